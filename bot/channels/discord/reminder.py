"""an entry near its day, with what is open about it → one Discord message, within the limits."""

from collections.abc import Iterable, Iterator, Sequence

from bot.channels.discord.inert import clip, inert
from bot.channels.discord.ledger import other_lines, tell_dates
from bot.channels.discord.limits import Payload
from bot.channels.discord.lines import count, item_blocks, move_source, paragraphs
from bot.channels.discord.pages import Page, join, pack
from bot.model import CalendarEntry, Item, Visit

AGENDA = "Open agenda"
NO_AGENDA = "The articles tell of nothing that is open."
TO_STOP = "-# To have no more reminders here: /schedule reminders off"
_QUOTE = 300
# Twice these letters, made inert, and the words before them fit into a title.
_NAME = 55


def render_reminder(
    entry: CalendarEntry, agenda: Sequence[Item], mark: str, *, days: int, note: str = ""
) -> tuple[Payload, ...]:
    """Return one message; of an agenda that is too long for it, what is left out is counted.

    ``mark`` ends the footer. ``days`` are left until the visit; ``note`` says what a reader must
    know, if anything.
    """
    visit = entry.visit

    def pack_up(others: Iterable[str], kept: Sequence[Item]) -> tuple[Payload, ...]:
        left = len(agenda) - len(kept)
        head = (*paragraphs(note), *join([*_tell_visit(visit), *others]))
        points = (*_list_points(kept, left), TO_STOP)
        pages = [Page(_write_title(visit, days), head), Page(AGENDA, points)]
        return pack(pages, lambda number, total: f"Reminder of a visit · {mark}")

    others = list(other_lines(visit))
    for number in range(len(agenda), -1, -1):
        payloads = pack_up(others, agenda[:number])
        if len(payloads) == 1:
            return payloads
    return pack_up((), ())


def _write_title(visit: Visit, days: int) -> str:
    """Return ``In 3 days: Narendra Modi → Washington, United States``."""
    when = "Tomorrow" if days == 1 else f"In {days} days"
    place = f"{visit.place}, " if visit.place and visit.place != visit.host else ""
    return f"{when}: {inert(clip(visit.visitor, _NAME))} → {inert(clip(place + visit.host, _NAME))}"


def _tell_visit(visit: Visit) -> Iterator[str]:
    """Yield where the visit stands, what it is for, and who told of it last."""
    yield f"{tell_dates(visit)} · **{visit.status.value}**"
    if visit.purpose:
        yield f"Purpose: {inert(clip(visit.purpose, _QUOTE))}"
    for move in [move for move in visit.history if move.is_obeyed][-1:]:
        yield f"Last report: {move_source(move)}"
        yield f"> “{inert(clip(move.quote, _QUOTE))}”"


def _list_points(kept: Sequence[Item], left: int) -> Iterator[str]:
    for item in kept:
        yield from item_blocks(item)
    if left:
        yield f"{count(left, 'more line')} left out: this message is full."
    elif not kept:
        yield NO_AGENDA
