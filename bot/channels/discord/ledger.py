"""visits asked for → Discord messages: where each stands, since when, and who says otherwise."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.channels.discord.files import with_file, with_picture
from bot.channels.discord.inert import inert
from bot.channels.discord.limits import Payload
from bot.channels.discord.lines import move_source, name_visit, status
from bot.channels.discord.pages import Page, join, pack, pack_first
from bot.channels.discord.stamps import tell_dates
from bot.model import Move, Picture, Visit
from bot.wording import Words

CALENDAR_FILE = "visits.ics"
_TOLD_WHOLE = 3
"""So few visits are told with the steps of their history."""
_STEPS = 10
"""The newest steps of a history that are told; older ones are counted."""
_OTHERS = 3


def render_visits(
    visits: Sequence[Visit],
    picture: Picture | None,
    words: Words,
    *,
    is_narrowed: bool = False,
) -> tuple[Payload, ...]:
    """Return the visits in order, none parted from its sources, with the picture if there is one.

    ``is_narrowed`` says that not all were asked for. Visits for which an answer has no room
    are counted.
    """
    has_steps, title = len(visits) <= _TOLD_WHOLE, words.say("common.visits")
    told = [Page(title, _tell(visit, words, has_steps=has_steps)) for visit in visits]
    none = words.say("visits.none_fits" if is_narrowed else "visits.none")
    messages = pack_first(told or [Page(title, (none,))], words, way_on=words.say("visits.way_on"))
    return with_picture(messages, title, picture)


def render_export(calendar: bytes, words: Words) -> tuple[Payload, ...]:
    """Return the iCalendar file with what is in it."""
    told = words.count(calendar.count(b"\nBEGIN:VEVENT"), "visits.calendar.told")
    (message,) = pack([Page(words.say("visits.calendar.title"), (told,))], words)
    return (with_file(message, CALENDAR_FILE, calendar, told),)


def render_link(url: str, words: Words, *, is_new: bool) -> tuple[Payload, ...]:
    """Return the address of the calendar, which is ours and not from a feed."""
    renewed = words.say("visits.calendar.renewed" if is_new else "visits.calendar.renew")
    blocks = (words.say("visits.calendar.link"), f"```\n{url}\n```", renewed)
    return pack([Page(words.say("visits.calendar.title"), blocks)], words)


def render_events(words: Words, *, is_on: bool) -> tuple[Payload, ...]:
    """Say what becomes of the server's events."""
    told = words.say("visits.events.on" if is_on else "visits.events.off")
    return pack([Page(words.say("visits.events.title"), (told,))], words)


def other_lines(visit: Visit, words: Words) -> Iterator[str]:
    """Yield one small line for each report that says otherwise, newest first."""
    others = visit.alternatives
    for move in others[:_OTHERS]:
        source, state = move_source(move, words), _state(move, words)
        yield f"-# {words.say('visits.otherwise', source=source, state=state)}"
    if left := len(others[_OTHERS:]):
        yield f"-# {words.count(left, 'visits.older_reports')}"


def _tell(visit: Visit, words: Words, *, has_steps: bool) -> tuple[str, ...]:
    at = _find_since(visit)
    since = f" {words.say('visits.since', day=words.short_day(at))}" if at else ""
    overdue = f" · {words.say('common.change.passed')}" if visit.is_overdue else ""
    state = f"{tell_dates(visit, words)} · **{status(visit, words)}**{since}{overdue}"
    obeyed = [move for move in visit.history if move.is_obeyed]
    steps = obeyed[: -_STEPS - 1 : -1] if has_steps else obeyed[-1:]
    told = [f"-# {_state(move, words)} · {move_source(move, words)}" for move in steps]
    if has_steps and (left := len(obeyed[:-_STEPS])):
        told.append(f"-# {words.count(left, 'visits.older_steps')}")
    return join([f"**{name_visit(visit)}**", state, *told, *other_lines(visit, words)])


def _state(move: Move, words: Words) -> str:
    dates = f", {inert(words.dates(move.dates))}" if move.dates.start else ""
    return f"{status(move, words)}{dates}"


def _find_since(visit: Visit) -> datetime | None:
    """When the state was first told that has stood ever since."""
    since = None
    for move in reversed(visit.history):
        if move.is_obeyed:
            if move.status is not visit.status:
                break
            since = move.at
    return since
