"""two ledgers → items: what became of each visit between them, with the sentences that tell it."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from bot.citations import cite_whole
from bot.lines import Copies
from bot.model import (
    OFF,
    RANK,
    Change,
    Citation,
    Item,
    Move,
    Visit,
    VisitDates,
    VisitStatus,
    is_finer,
)
from bot.text.dates import format_dates, span

_TELLING = {
    VisitStatus.CANCELLED: Change.CANCELLED,
    VisitStatus.POSTPONED: Change.POSTPONED,
    VisitStatus.UNDERWAY: Change.UNDERWAY,
    VisitStatus.COMPLETED: Change.COMPLETED,
}
"""What is off or begun is told so even of a visit that nobody had heard of."""
_URGENCY = (
    *(Change.CANCELLED, Change.POSTPONED, Change.MOVED, Change.REVIVED, Change.LESS_SURE),
    *(Change.UNDERWAY, Change.COMPLETED, Change.CONFIRMED, Change.DATED, Change.REVERSED),
    *(Change.UPDATED, Change.NEW, Change.PASSED, None),
)
"""What is off comes first: a cap must never hide it."""


def list_changes(
    before: Sequence[Visit], now: Sequence[Visit], seen: AbstractSet[int], copies: Copies
) -> tuple[Item, ...]:
    """What the articles ``seen`` changed about visits between two ledgers, and what passed.

    Of several changes of one visit the most telling word stands: off, then begun, then how
    sure, then the date; ``before`` tells the whole state that it had.
    """
    by_key = {visit.key: visit for visit in before}
    by_report = {_report_key(move, visit): visit for visit in before for move in visit.history}
    items: list[Item] = []
    for visit in now:
        keys = (_report_key(move, visit) for move in visit.history)
        known = [by_report[key] for key in keys if key in by_report]
        old = by_key.get(visit.key) or (known[-1] if known else None)
        moves = [move for move in visit.history if move.article_id in seen]
        change = find_change(visit, old) if moves else None
        if change:
            items.append(_tell_change(visit, old, moves, change, copies))
        if visit.is_overdue and (_was_ahead(visit) if old is None else not old.is_overdue):
            items.append(_tell_passed(visit))
    return tuple(sorted(_join_told(items), key=lambda item: _URGENCY.index(item.change)))


def _join_told(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items, those once that one sentence tells alike of several visits."""
    joined: dict[tuple[str, Change | None, str | None], Item] = {}
    for item in items:
        first = joined.setdefault((item.text, item.change, item.before), item)
        joined[item.text, item.change, item.before] = replace(
            first,
            about="; ".join(dict.fromkeys(filter(None, (first.about, item.about)))),
            citations=tuple(dict.fromkeys((*first.citations, *item.citations))),
            was=tuple(dict.fromkeys((*first.was, *item.was))),
        )
    return tuple(joined.values())


def _was_ahead(visit: Visit) -> bool:
    """Whether its last possible day was still to come when it was first heard of."""
    days = span(visit.dates)
    return days is not None and visit.history[0].at.date() <= days[1]


def move_key(move: Move) -> tuple[int, int]:
    """The sentence a move rests on: (article id, sentence number)."""
    return (move.article_id, move.sentence)


def _report_key(move: Move, visit: Visit) -> tuple[tuple[int, int], str, str]:
    """A report of one visit: a sentence may tell of two."""
    return (move_key(move), visit.visitor, visit.host)


def describe_visit(visit: Visit) -> str:
    """``Narendra Modi → Washington, planned, February 2025``."""
    return f"{visit.visitor} → {visit.place or visit.host}, {describe_state(visit)}"


def describe_state(state: Visit | Move) -> str:
    """``planned, February 2025``."""
    return f"{state.status}, {format_dates(state.dates)}"


# ---------------------------------------------------------------- which change


def find_change(visit: Visit, old: Visit | None) -> Change | None:
    """Return the most telling word for what became of a visit; None if nothing did."""
    if old is None:
        return _TELLING.get(visit.status, Change.NEW)
    if old.status is visit.status:
        return _find_date_change(old.dates, visit.dates)
    if visit.status in _TELLING:
        return _TELLING[visit.status]
    if old.status in OFF:
        return Change.REVIVED
    if RANK[visit.status] < RANK[old.status]:
        return Change.LESS_SURE
    if visit.status is VisitStatus.CONFIRMED:
        return Change.CONFIRMED
    return _find_date_change(old.dates, visit.dates) or Change.UPDATED


def _find_date_change(old: VisitDates, new: VisitDates) -> Change | None:
    """Set where it was open, moved where it was another one, less sure where it is open now."""
    was, stands = span(old), span(new)
    if old == new or was == stands:
        return None
    if was is None:
        return Change.DATED
    if stands is None or is_finer(old, new):
        return Change.LESS_SURE
    is_within = was[0] <= stands[0] and stands[1] <= was[1]
    has_new_end = old.end is None and new.end is not None and old.start == new.start
    return Change.DATED if (is_within and is_finer(new, old)) or has_new_end else Change.MOVED


# ---------------------------------------------------------------- in whose words


def _tell_change(
    visit: Visit, old: Visit | None, moves: Sequence[Move], change: Change, copies: Copies
) -> Item:
    """What changed about a visit, told by the sentence that says where it stands now."""
    telling = sorted(moves, key=lambda move: _tells(move, visit), reverse=True)
    agreeing = [move for move in telling if _agrees(move, visit)] or telling[:1]
    return Item(
        text=agreeing[0].quote,
        citations=_cite_once(agreeing, copies),
        change=change,
        before=describe_state(old) if old else None,
        was=_cite_state(old) if old else (),
        about=describe_visit(visit),
    )


def _tell_passed(visit: Visit) -> Item:
    """A visit whose last possible day has passed in silence, in the words of its last report."""
    last = find_standing(visit)
    return Item(
        text=last.quote,
        citations=cite_whole(last),
        change=Change.PASSED,
        before=describe_state(visit),
        about=f"{visit.visitor} → {visit.place or visit.host}",
    )


def _tells(move: Move, visit: Visit) -> tuple[bool, bool, bool, float]:
    """How well a report tells where the visit stands; of equals, who reported it first."""
    is_same_status = move.status is visit.status
    return (move.is_obeyed, move.dates == visit.dates, is_same_status, -move.at.timestamp())


def _agrees(move: Move, visit: Visit) -> bool:
    """Whether a report tells the state or the date that stands."""
    has_date = move.dates == visit.dates and visit.dates.start is not None
    told, stands = span(move.dates), span(visit.dates)
    is_other = bool(told and stands and (told[1] < stands[0] or stands[1] < told[0]))
    return move.is_obeyed and not is_other and (move.status is visit.status or has_date)


def _cite_once(moves: Iterable[Move], copies: Copies) -> tuple[Citation, ...]:
    """The sentences of the moves; of copies of one text only the first one's."""
    cited: dict[frozenset[int], tuple[Citation, ...]] = {}
    for move in moves:
        text = copies.get(move.article_id, frozenset({move.article_id}))
        cited.setdefault(text, cite_whole(move))
    return tuple(citation for source in cited.values() for citation in source)


def find_standing(visit: Visit) -> Move:
    """The report that tells best where a visit stands."""
    return _list_telling(visit)[0]


def _list_telling(visit: Visit) -> list[Move]:
    """The reports that tell where a visit stands, the newest of the best ones first."""
    obeyed = [move for move in visit.history if move.is_obeyed] or list(visit.history)
    newest_first = reversed(obeyed)
    return sorted(newest_first, key=lambda move: _tells(move, visit)[:3], reverse=True)


def _cite_state(visit: Visit) -> tuple[Citation, ...]:
    """The sentences that told a state: one, or one for the status and one for the date."""
    telling = _list_telling(visit)
    status = next((move for move in telling if move.status is visit.status), telling[0])
    dates = next((move for move in telling if move.dates == visit.dates), status)
    cited = (*cite_whole(status), *(() if dates is status else cite_whole(dates)))
    return tuple(dict.fromkeys(cited))
