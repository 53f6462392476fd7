"""an entry near its day, with what is open about it → one Discord message, within the limits."""

from collections.abc import Iterable, Iterator, Sequence

from bot.channels.discord.inert import clip, inert
from bot.channels.discord.ledger import other_lines
from bot.channels.discord.limits import Payload
from bot.channels.discord.lines import item_blocks, move_source, paragraphs, quoted, status
from bot.channels.discord.pages import Page, join, pack
from bot.channels.discord.stamps import tell_dates
from bot.model import CalendarEntry, Item, Visit
from bot.wording import Words

_QUOTE = 300
# Twice these letters, made inert, and the words before them fit into a title.
_NAME = 55


def render_reminder(
    entry: CalendarEntry,
    agenda: Sequence[Item],
    mark: str,
    *,
    days: int,
    words: Words,
    note: str = "",
) -> tuple[Payload, ...]:
    """Return one message; of an agenda that is too long for it, what is left out is counted.

    ``mark`` ends the footer. ``days`` are left until the visit; ``note`` says what a reader must
    know, if anything.
    """
    visit = entry.visit

    def pack_up(others: Iterable[str], kept: Sequence[Item]) -> tuple[Payload, ...]:
        left = len(agenda) - len(kept)
        head = (*paragraphs(note), *join([*_tell_visit(visit, words), *others]))
        points = (*_list_points(kept, left, words), f"-# {words.say('reminder.to_stop')}")
        title, below = _write_title(visit, days, words), words.say("reminder.agenda")
        pages, footer = [Page(title, head), Page(below, points)], words.say("reminder.footer")
        return pack(pages, words, footer=footer, mark=lambda number: mark)

    others = list(other_lines(visit, words))
    for number in range(len(agenda), -1, -1):
        payloads = pack_up(others, agenda[:number])
        if len(payloads) == 1:
            return payloads
    return pack_up((), ())


def _write_title(visit: Visit, days: int, words: Words) -> str:
    """Return ``In 3 days: Narendra Modi → Washington, United States``."""
    when = words.say("reminder.tomorrow") if days == 1 else words.count(days, "reminder.in")
    where = f"{visit.place}, " if visit.place and visit.place != visit.host else ""
    visitor, place = inert(clip(visit.visitor, _NAME)), inert(clip(where + visit.host, _NAME))
    return words.say("reminder.title", when=when, visitor=visitor, place=place)


def _tell_visit(visit: Visit, words: Words) -> Iterator[str]:
    """Yield where the visit stands, what it is for, and who told of it last."""
    yield f"{tell_dates(visit, words)} · **{status(visit, words)}**"
    if visit.purpose:
        yield words.say("reminder.purpose", text=inert(clip(visit.purpose, _QUOTE)))
    for move in [move for move in visit.history if move.is_obeyed][-1:]:
        yield words.say("reminder.last_report", source=move_source(move, words))
        yield from (f"> {part}" for part in quoted(clip(move.quote, _QUOTE), words))


def _list_points(kept: Sequence[Item], left: int, words: Words) -> Iterator[str]:
    for item in kept:
        yield from item_blocks(item, words)
    if left:
        yield words.count(left, "brief.full")
    elif not kept:
        yield words.say("reminder.nothing_open")
