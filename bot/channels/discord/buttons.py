"""key ↔ the buttons under a message: what they act on stands in their ids and nowhere else."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.channels.discord.limits import Payload
from bot.wording import Words

Button = Mapping[str, str]
"""``{"label", "id"}`` and perhaps ``"emoji"``."""

ASK, SOURCES, VOTE = "ask", "sources", "vote"
UP = "up"
ID = re.compile(
    rf"(?P<act>{ASK}|{SOURCES}|{VOTE}):(?P<key>[A-Za-z0-9_.-]{{1,80}})(?::(?P<side>{UP}|down))?"
)
"""The id of a button, and of the form that it opens."""


def answer_buttons(key: str, words: Words, *, has_sources: bool) -> tuple[Button, ...]:
    """Return what stands under an answer; nothing under one that is kept nowhere."""
    good, bad = words.say("answer.helpful"), words.say("answer.not_helpful")
    votes = (
        {"label": good, "id": f"{VOTE}:{key}:{UP}", "emoji": "👍"},
        {"label": bad, "id": f"{VOTE}:{key}:down", "emoji": "👎"},
    )
    return (*_sources_button(key, words, has_sources), *votes) if key else ()


def brief_buttons(key: str, words: Words, *, has_sources: bool) -> tuple[Button, ...]:
    """Return what stands under the end of a brief; nothing if it is kept nowhere."""
    ask = {"label": words.say("brief.ask"), "id": f"{ASK}:{key}"}
    return (ask, *_sources_button(key, words, has_sources)) if key else ()


def _sources_button(key: str, words: Words, has_sources: bool) -> tuple[Button, ...]:
    label = words.say("brief.sources")
    return ({"label": label, "id": f"{SOURCES}:{key}"},) if has_sources else ()


def with_buttons(payloads: Sequence[Payload], buttons: Sequence[Button]) -> tuple[Payload, ...]:
    """Return the messages with the buttons under the last of them."""
    return (*payloads[:-1], _add(payloads[-1], buttons))


def with_brief_buttons(
    payloads: Sequence[Payload], key: str, words: Words, *, has_sources: bool
) -> tuple[Payload, ...]:
    """Return a brief's messages: one may ask under the last, see the sources under each.

    So a reply to any part is known to be about the brief.
    """
    earlier = _sources_button(key, words, has_sources) if key else ()
    parts = (*(_add(payload, earlier) for payload in payloads[:-1]), payloads[-1])
    return with_buttons(parts, brief_buttons(key, words, has_sources=has_sources))


def _add(payload: Payload, buttons: Sequence[Button]) -> Payload:
    return {**payload, "buttons": list(buttons)} if buttons else payload


def find_key(ids: Iterable[str]) -> str:
    """Return the key that the buttons of those ids act on, or an empty one."""
    return next((match["key"] for each in ids if (match := ID.fullmatch(each))), "")
