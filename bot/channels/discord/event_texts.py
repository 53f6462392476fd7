"""entry × time zone → the event it is on Discord: name, place, days, and the mark to find it by."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.channels.discord.inert import clip, find_link_target, inert, unlinked
from bot.channels.discord.limits import measure
from bot.channels.discord.lines import capital, status
from bot.model import CalendarEntry, Move, Precision, Visit
from bot.text.dates import span
from bot.wording import Words

NAME = LOCATION = 100
DESCRIPTION = 1_000
_LONGEST_LINK = 400
_MARK = re.compile(r"(?:^|\n)ref ([0-9a-z]{1,64})/(\d{1,9})$")
_LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an event should be; ``start_at`` and ``end_at`` are UTC."""

    uid: str
    sequence: int
    name: str
    location: str
    description: str
    start_at: datetime
    end_at: datetime


def make_event(entry: CalendarEntry, timezone: str, words: Words) -> Wanted | None:
    """Return the event of a visit whose days are known: from the first midnight to the last."""
    visit = entry.visit
    days = span(visit.dates)
    if days is None or visit.dates.precision is not Precision.DAY:
        return None
    first, last, zone = min(days), max(days), ZoneInfo(timezone)
    if not date.min.year < first.year <= last.year < date.max.year:
        return None
    return Wanted(
        uid=entry.uid,
        sequence=entry.sequence,
        name=_name(visit, words),
        location=_locate(visit) or words.say("visits.events.unknown_place"),
        description=_describe(entry, words),
        start_at=datetime.combine(first, time(), zone).astimezone(UTC),
        end_at=datetime.combine(last, _LAST_MINUTE, zone).astimezone(UTC),
    )


def read_mark(description: str | None) -> tuple[str, int] | None:
    """Return the uid and sequence that the last line of our events carries."""
    found = _MARK.search((description or "").rstrip())
    return (found[1], int(found[2])) if found else None


def _name(visit: Visit, words: Words) -> str:
    """``Narendra Modi → Washington (planned)``; both names keep their beginnings."""
    tail = f" ({status(visit, words)})"
    room = (NAME - len(tail) - len(" → ")) // 2
    visitor, place = _fit(visit.visitor, room), _fit(visit.place or visit.host, room)
    return f"{visitor} → {place}{tail}"


def _locate(visit: Visit) -> str:
    return _fit(", ".join(filter(None, (visit.place, visit.host))), LOCATION)


def _fit(text: str, room: int, tame: Callable[[str], str] = unlinked) -> str:
    """The beginning of untrusted ``text``, tamed, in ``room`` of Discord's units.

    Taming takes no more than two units for a character.
    """
    for size in (room, room * 3 // 4, room // 2):
        words = tame(clip(text, size))
        if measure(words) <= room:
            break
    return words


def _describe(entry: CalendarEntry, words: Words) -> str:
    visit = entry.visit
    head = f"{capital(status(visit, words))} · {inert(words.dates(visit.dates))}"
    mark = f"ref {entry.uid}/{entry.sequence}"
    obeyed = [move for move in visit.history if move.is_obeyed]
    room = DESCRIPTION - measure(f"{head}\n\n{mark}")
    told = _quote(obeyed[-1], room, words) if obeyed else ""
    return "\n".join(filter(None, (head, told, mark)))


def _quote(move: Move, room: int, words: Words) -> str:
    """The sentence, shortened as need be, who told it, and where it stands."""
    target = find_link_target(move.article_url)
    link = f"\n{target}" if target and len(target) <= _LONGEST_LINK else ""
    outlet = _fit(move.outlet, 60, inert) or words.say("common.source")
    source = f"{outlet} · {words.short_day(move.at)}{link}"
    empty = words.say("common.quote", text="")
    quote = _fit(move.quote, room - measure(f"{empty}\n{source}"), inert)
    return f"{words.say('common.quote', text=quote)}\n{source}"
