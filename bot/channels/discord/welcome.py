"""a server that the bot joined, or came back to → what it says there."""

from bot.channels.discord.limits import Payload
from bot.channels.discord.pages import Page, pack
from bot.wording import Words

_STEPS = ("setup", "feeds", "doctor")


def render_welcome(words: Words) -> tuple[Payload, ...]:
    """Return the next three steps, for whoever manages a server that is new."""
    steps = "\n".join(words.say(f"welcome.{step}") for step in _STEPS)
    blocks = (words.say("welcome.intro"), steps, words.say("welcome.who"))
    return pack([Page(words.say("welcome.title"), blocks)], words)


def render_back(words: Words) -> tuple[Payload, ...]:
    """Return the line that says that everything goes on."""
    return ({"embeds": [{"description": words.say("welcome.back")}]},)
