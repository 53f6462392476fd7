"""what can't wait, and what admins must know → one Discord message, within the limits."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.channels.discord.inert import clip, inert
from bot.channels.discord.limits import Payload, is_id
from bot.channels.discord.lines import item_blocks
from bot.channels.discord.pages import Page, join, pack
from bot.channels.discord.places import put_in_place, with_mentions
from bot.channels.discord.stamps import stamp
from bot.model import Finding, Item, Look
from bot.wording import Words

_VALUE = 300
_TEXT = 1_000
"""Even a sentence without an end leaves room for its sources."""


def render_alert(items: Sequence[Item], mark: str, look: Look, words: Words) -> tuple[Payload, ...]:
    """Return one message with the items and their sources; those without room are counted.

    It mentions the roles of its look: who makes that knows what the items are about.
    """
    told = [replace(item, text=clip(item.text, _TEXT)) for item in items]

    def list_blocks(kept: int) -> tuple[str, ...]:
        return tuple(b for item in told[:kept] for b in item_blocks(item, words, look.style))

    shown = _fit(words.say("brief.alert.title"), len(items), list_blocks, mark, look, words)
    return with_mentions(shown, look, [tag for tag, _ in look.mentions])


def render_notice(
    findings: Sequence[Finding], mark: str, look: Look, words: Words
) -> tuple[Payload, ...]:
    """Return one message with what is wrong and below each what to do about it."""

    def list_blocks(kept: int) -> tuple[str, ...]:
        return tuple(block for each in findings[:kept] for block in _tell(each, words))

    return _fit(words.say("notice.title"), len(findings), list_blocks, mark, look, words)


def _tell(finding: Finding, words: Words) -> tuple[str, ...]:
    values = {name: _tell_value(name, value, words) for name, value in finding.values.items()}
    told, remedy = words.say(finding.code, **values), f"{finding.code}.do"
    return join([told, f"-# {words.say(remedy, **values)}"] if words.has(remedy) else [told])


def _tell_value(name: str, value: str, words: Words) -> str:
    """Return a value in the reader's forms; channels and moments as Discord shows them."""
    if name == "channel" and is_id(value):
        return f"<#{value}>"
    if name == "due":
        return stamp(datetime.fromisoformat(value))
    if name == "tokens":
        return words.number(int(value))
    if name == "days":
        return words.count(int(value), "common.count.day")
    return inert(clip(value, _VALUE))


def _fit(
    title: str,
    number: int,
    list_blocks: Callable[[int], tuple[str, ...]],
    mark: str,
    look: Look,
    words: Words,
) -> tuple[Payload, ...]:
    """Return one message with as many things as it has room for; the others are counted."""
    for kept in range(number, -1, -1):
        left = number - kept
        counted = (words.count(left, "brief.full"),) if left else ()
        pages = [Page(title, (*list_blocks(kept), *counted))]
        payloads = pack(pages, words, footer=title, mark=lambda _: mark)
        if len(payloads) == 1:
            break
    return put_in_place(payloads, look, name=title)
