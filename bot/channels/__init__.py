"""The platforms: each renders briefs for one kind of channel and sends them there."""
