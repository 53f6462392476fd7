"""Discord: briefs, answers and commands, through discord.py, imported only where it is used."""
