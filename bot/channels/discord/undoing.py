"""a batch of changes → the Undo button under them; what a press does is in ``undo_press``."""

from bot.channels.discord.buttons import Button
from bot.wording import Words

UNDO = "undo"


def undo_button(batch: str, words: Words) -> Button:
    """Return the button that takes back what was changed in one batch."""
    return {"label": words.say("replies.undo"), "id": f"{UNDO}:{batch}"}
