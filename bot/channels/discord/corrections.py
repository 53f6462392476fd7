"""a brief's first message × what its sources changed since → the same with that above it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from zoneinfo import ZoneInfo

from bot.channels.discord.inert import clip, inert
from bot.channels.discord.limits import Payload, check_payload
from bot.channels.discord.lines import quoted
from bot.model import Correction, Look
from bot.wording import Words

ROOM = 700
"""Characters that a brief's first message leaves free for what its sources change later."""
_MOST = 10
_OUTLET, _QUOTE = 50, 150


def render_corrected(
    payload: Payload, corrections: Sequence[Correction], look: Look, words: Words, timezone: str
) -> Payload:
    """Return the message with its corrections first, the oldest kept; the others are counted.

    Corrections that it told before are replaced. Where there is no room even to count them, it
    stays as it was.
    """
    bare = _without_corrections(payload)
    told = sorted(corrections, key=lambda each: (each.noticed_at, each.n))
    lines = [_tell(correction, words, timezone) for correction in told]
    for kept in range(min(len(lines), _MOST), -1, -1):
        shown = lines[:kept]
        if left := len(lines) - kept:
            shown.append(words.count(left, "brief.corrected.more"))
        changed = _with_corrections(bare, shown, words)
        if shown and not check_payload(changed):
            return changed
    return bare


def _tell(correction: Correction, words: Words, timezone: str) -> str:
    """``Corrected 29 January 2025, 09:40 · [3] BBC News: the sentence now reads “…”``."""
    outlet = inert(clip(correction.outlet, _OUTLET)) or words.say("common.unknown_outlet")
    at = words.moment(correction.noticed_at.astimezone(ZoneInfo(timezone)))
    source = f"\\[{correction.n}\\] {outlet}"
    now = clip(correction.now, _QUOTE)
    if not now:
        return words.say("brief.corrected.gone", at=at, source=source)
    (quote,) = quoted(now, words)
    return words.say("brief.corrected.reads", at=at, source=source, quote=quote)


def _with_corrections(payload: Payload, lines: Iterable[str], words: Words) -> Payload:
    title = words.say("brief.corrected.title")
    embed = {"title": title, "description": "\n\n".join(lines)}
    return {**payload, "embeds": [embed, *_list_embeds(payload)], "corrected": True}


def _without_corrections(payload: Payload) -> Payload:
    if not payload.get("corrected"):
        return payload
    bare = {name: part for name, part in payload.items() if name != "corrected"}
    return {**bare, "embeds": _list_embeds(payload)[1:]}


def _list_embeds(payload: Payload) -> list[Mapping[str, Any]]:
    return list(cast("Sequence[Mapping[str, Any]]", payload["embeds"]))
