"""visits asked for → Discord messages: where each stands, since when, and who says otherwise."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time

from bot.channels.discord.files import with_file, with_picture
from bot.channels.discord.inert import inert
from bot.channels.discord.limits import Payload
from bot.channels.discord.lines import count, move_source, name_visit, short_day
from bot.channels.discord.pages import Page, join, number_parts, pack, pack_first
from bot.model import Change, Move, Picture, Precision, Visit
from bot.text.dates import format_dates, span

VISITS = "Visits"
NO_VISITS = "No upcoming visit is known from the feeds."
NONE_FITS = "No visit that is known from the feeds fits that. /visits alone shows what is coming."
CALENDAR = "Calendar of visits"
CALENDAR_FILE = "visits.ics"
EVENTS = "Visits as events"
_TOLD_WHOLE = 3
"""So few visits are told with the steps of their history."""
_STEPS = 10
"""The newest steps of a history that are told; older ones are counted."""
_OTHERS = 3
_WAY_ON = "narrow by country, person or when, or use export"
_NOON = time(12, tzinfo=UTC)


def render_visits(
    visits: Sequence[Visit], picture: Picture | None = None, *, is_narrowed: bool = False
) -> tuple[Payload, ...]:
    """Return the visits in order, none parted from its sources, with the picture if there is one.

    ``is_narrowed`` says that not all were asked for. Visits for which an answer has no room
    are counted.
    """
    has_steps = len(visits) <= _TOLD_WHOLE
    told = [Page(VISITS, _tell(visit, has_steps=has_steps)) for visit in visits]
    told = told or [Page(VISITS, (NONE_FITS if is_narrowed else NO_VISITS,))]
    return with_picture(pack_first(told, _WAY_ON), VISITS, picture)


def render_export(calendar: bytes) -> tuple[Payload, ...]:
    """Return the iCalendar file with what is in it."""
    events = count(calendar.count(b"\nBEGIN:VEVENT"), "visit")
    told = f"{events} whose month or days are known, for any calendar program."
    (message,) = pack([Page(CALENDAR, (told,))], number_parts)
    return (with_file(message, CALENDAR_FILE, calendar, told),)


def render_link(url: str, *, is_new: bool) -> tuple[Payload, ...]:
    """Return the address of the calendar, which is ours and not from a feed."""
    told = "Whoever has this address can read the visits of this server. Add it to a calendar"
    renewed = (
        "The old address opens nothing any more."
        if is_new
        else "/calendar link with renew makes a new one, and the old one opens nothing any more."
    )
    blocks = (f"{told} program as a calendar from a web address.", f"```\n{url}\n```", renewed)
    return pack([Page(CALENDAR, blocks)], number_parts)


def render_events(*, is_on: bool) -> tuple[Payload, ...]:
    """Say what becomes of the server's events."""
    told = (
        "On. Within some minutes, visits to come whose days are known are among the events of"
        " this server; the bot keeps them as the reports say."
        if is_on
        else "Off. Within some minutes, the bot takes its events away; those of people stay."
    )
    return pack([Page(EVENTS, (told,))], number_parts)


def tell_dates(visit: Visit) -> str:
    """Return the dates in words, a day with how far it is for whoever reads."""
    words = inert(format_dates(visit.dates))
    days = span(visit.dates)
    is_exact = visit.dates.precision is Precision.DAY
    return f"{words} ({tell_distance(days[0])})" if days and is_exact else words


def tell_distance(on: date) -> str:
    """Return Discord's mark for ``in 3 days``, which it keeps up to date.

    Its marks for a date would show a day of the reader's own zone, which may be another one.
    """
    return f"<t:{int(datetime.combine(on, _NOON).timestamp())}:R>"


def other_lines(visit: Visit) -> Iterator[str]:
    """Yield one small line for each report that says otherwise, newest first."""
    others = visit.alternatives
    for move in others[:_OTHERS]:
        yield f"-# reported otherwise by {move_source(move)}: {_state(move)}"
    if left := len(others[_OTHERS:]):
        yield f"-# and by {count(left, 'older report')}"


def _tell(visit: Visit, *, has_steps: bool) -> tuple[str, ...]:
    since = f" since {short_day(at)}" if (at := _find_since(visit)) else ""
    overdue = f" · {Change.PASSED.value}" if visit.is_overdue else ""
    state = f"{tell_dates(visit)} · **{visit.status.value}**{since}{overdue}"
    obeyed = [move for move in visit.history if move.is_obeyed]
    steps = obeyed[: -_STEPS - 1 : -1] if has_steps else obeyed[-1:]
    told = [f"-# {_state(move)} · {move_source(move)}" for move in steps]
    if has_steps and (left := len(obeyed[:-_STEPS])):
        told.append(f"-# and {count(left, 'older step')}")
    return join([f"**{name_visit(visit)}**", state, *told, *other_lines(visit)])


def _state(move: Move) -> str:
    dates = f", {inert(format_dates(move.dates))}" if move.dates.start else ""
    return f"{move.status.value}{dates}"


def _find_since(visit: Visit) -> datetime | None:
    """When the state was first told that has stood ever since."""
    since = None
    for move in reversed(visit.history):
        if move.is_obeyed:
            if move.status is not visit.status:
                break
            since = move.at
    return since
