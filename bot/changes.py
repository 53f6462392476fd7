"""two ledgers → items: what became of each visit between them, with the sentence that tells it."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from bot.citations import cite_move
from bot.lines import Copies
from bot.model import Change, Citation, Item, Move, Visit, VisitStatus
from bot.text.dates import format_dates

_STATUS_CHANGE = {
    VisitStatus.CONFIRMED: Change.CONFIRMED,
    VisitStatus.UNDERWAY: Change.UNDERWAY,
    VisitStatus.COMPLETED: Change.COMPLETED,
    VisitStatus.POSTPONED: Change.POSTPONED,
    VisitStatus.CANCELLED: Change.CANCELLED,
}


def list_changes(
    before: Sequence[Visit], now: Sequence[Visit], seen: AbstractSet[int], copies: Copies
) -> tuple[Item, ...]:
    """One item per visit that a report of the articles ``seen`` changed between two ledgers."""
    known_as = {move_key(move): visit for visit in before for move in visit.history}
    items = []
    for visit in now:
        moves = [move for move in visit.history if move.article_id in seen]
        known = [known_as[key] for move in visit.history if (key := move_key(move)) in known_as]
        item = _visit_item(visit, known[-1] if known else None, moves, copies) if moves else None
        if item:
            items.append(item)
    return tuple(items)


def move_key(move: Move) -> tuple[int, int]:
    """The sentence a move rests on: (article id, sentence number)."""
    return (move.article_id, move.sentence)


def _visit_item(
    visit: Visit,
    old: Visit | None,
    moves: Sequence[Move],
    copies: Copies,
) -> Item | None:
    """What changed about a visit, told by the sentence that says where it stands now."""
    if old and (old.status, old.dates) == (visit.status, visit.dates):
        return None
    telling = sorted(moves, key=lambda move: _tells(move, visit), reverse=True)
    cited: dict[frozenset[int], Citation] = {}
    for move in telling:
        key = copies.get(move.article_id, frozenset({move.article_id}))
        cited.setdefault(key, cite_move(move))
    return Item(
        text=telling[0].quote,
        citations=tuple(cited.values()),
        change=_visit_change(visit, old),
        before=describe_state(old) if old else None,
    )


def _tells(move: Move, visit: Visit) -> tuple[bool, bool, bool, float]:
    """How well a report tells where the visit stands; of equals, who reported it first."""
    is_same_status = move.status is visit.status
    return (move.dates == visit.dates, is_same_status, move.is_obeyed, -move.at.timestamp())


def _visit_change(visit: Visit, old: Visit | None) -> Change:
    if old and old.status is visit.status:
        return Change.UPDATED
    return _STATUS_CHANGE.get(visit.status, Change.UPDATED if old else Change.NEW)


def describe_state(visit: Visit) -> str:
    """``planned, February 2025``."""
    return f"{visit.status}, {format_dates(visit.dates)}"
