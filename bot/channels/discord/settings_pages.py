"""settings → Discord messages: what was chosen, and what has just been chosen, with Undo."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.channels.discord.buttons import with_buttons
from bot.channels.discord.inert import inert
from bot.channels.discord.limits import Payload
from bot.channels.discord.lines import name_topic
from bot.channels.discord.names import Names
from bot.channels.discord.pages import Page, join, pack
from bot.channels.discord.stamps import stamp
from bot.channels.discord.undoing import undo_button
from bot.model import Topic, WorkspaceSettings
from bot.wording import Wordings, Words


def render_settings(
    settings: WorkspaceSettings, names: Names, words: Words, wordings: Wordings
) -> tuple[Payload, ...]:
    """Return everything chosen, one line each; what was not chosen is said, too."""
    language = wordings[settings.language].name if settings.language in wordings else ""
    notices = names.channel(settings.notices.channel_id) if settings.notices else ""
    none = words.say("settings.none")
    managers, viewers = settings.rights.managers, settings.rights.viewers
    everybody = words.say("settings.everybody")
    lines = [
        _line("timezone", inert(settings.timezone), words),
        _line("language", inert(language) or words.say("settings.own"), words),
        _line("notices", inert(notices) or none, words),
        _line("managers", inert(names.roles(managers)) if managers else none, words),
        _line("viewers", inert(names.roles(viewers)) if viewers else everybody, words),
        _line("events", words.say(f"settings.{'on' if settings.has_events else 'off'}"), words),
    ]
    lines += [
        _line("mention", inert(names.role(role)), words, topic=inert(tag))
        for tag, role in sorted(settings.mentions.items())
    ]
    if settings.muted_until:
        lines.append(_line("muted", stamp(settings.muted_until), words))
    return pack([Page(words.say("settings.title"), join(lines))], words)


def _line(key: str, value: str, words: Words, **values: str) -> str:
    return words.say("settings.line", name=words.say(f"settings.name.{key}", **values), value=value)


def render_chosen(
    key: str, values: Mapping[str, str], batch: str, words: Words
) -> tuple[Payload, ...]:
    """Return what was chosen just now, in one line, with a button that takes it back."""
    told = words.say(key, **{name: inert(value) for name, value in values.items()})
    return _with_undo(told, batch, words)


def render_muted(until: datetime, batch: str, words: Words) -> tuple[Payload, ...]:
    """Return until when nothing is posted, with a button that takes it back."""
    return _with_undo(words.say("settings.muted", until=stamp(until)), batch, words)


def _with_undo(told: str, batch: str, words: Words) -> tuple[Payload, ...]:
    page = Page(words.say("settings.title"), (told,))
    return with_buttons(pack([page], words), [undo_button(batch, words)])


def render_topics(topics: Sequence[Topic], words: Words) -> tuple[Payload, ...]:
    """Return the topics that articles are read for, each by what belongs to it."""
    blocks = tuple(
        words.say(
            "settings.topic",
            title=inert(name_topic(topic, words)),
            tag=inert(topic.tag),
            description=inert(topic.description.partition("\n\n")[0]),
        )
        for topic in topics
    )
    return pack([Page(words.say("settings.topics"), blocks)], words)


def name_permissions(names: Sequence[str], words: Words) -> str:
    """Return permissions as Discord calls them."""
    return words.join([words.say(f"replies.permission.{name}") for name in names])
