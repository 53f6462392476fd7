"""Reminders: which visits are near enough to tell of, and what is open about them."""
