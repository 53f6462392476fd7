"""What becomes of visits between two ledgers: the most telling word, and in whose words."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.changes import find_change, list_changes
from bot.citations import Numbering, cite_whole, rank_side
from bot.model import (
    Change,
    Evidence,
    Item,
    Move,
    Precision,
    Visit,
    VisitDates,
    VisitStatus,
)
from bot.sides import list_disputes, list_rivals

OPEN = VisitDates()
MAY = VisitDates("2026-05", None, Precision.MONTH)
THIRD = VisitDates("2026-05-03", None, Precision.DAY)
STAY = VisitDates("2026-05-03", "2026-05-05", Precision.DAY)
JUNE = VisitDates("2026-06-10", None, Precision.DAY)
SPRING = VisitDates("2026-Q2", None, Precision.QUARTER)


def move(
    number: int,
    status: VisitStatus,
    dates: VisitDates = OPEN,
    *,
    is_obeyed: bool = True,
    tier: int = 2,
    article: int = 0,
) -> Move:
    """The report of day ``number`` of April, in an article of its own unless one is given."""
    return Move(
        at=datetime(2026, 4, number, 9, tzinfo=UTC),
        status=status,
        dates=dates,
        article_id=article or number,
        article_url=f"https://wire.example/{number}",
        outlet=f"Outlet {number}",
        title="A visit",
        sentence=1,
        quote=f"Report {number}.",
        tier=tier,
        is_obeyed=is_obeyed,
    )


def visit(*moves: Move, **changes: object) -> Visit:
    """A visit that stands where its last obeyed report says."""
    last = [step for step in moves if step.is_obeyed][-1]
    whole = Visit(
        key="v",
        visitor="Anna Berg",
        host="Japan",
        place="Tokyo",
        dates=last.dates,
        status=last.status,
        history=moves,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def changes(before: Iterable[Visit], now: Iterable[Visit], seen: Iterable[int]) -> tuple[Item, ...]:
    return list_changes(tuple(before), tuple(now), frozenset(seen), {})


POSSIBLE, PLANNED, CONFIRMED, UNDERWAY, COMPLETED, POSTPONED, CANCELLED = VisitStatus


@pytest.mark.parametrize(
    ("was", "stands", "change"),
    [
        ((PLANNED, OPEN), (PLANNED, THIRD), Change.DATED),
        ((PLANNED, MAY), (PLANNED, THIRD), Change.DATED),
        ((PLANNED, SPRING), (PLANNED, MAY), Change.DATED),
        ((PLANNED, THIRD), (PLANNED, STAY), Change.DATED),
        ((PLANNED, THIRD), (PLANNED, JUNE), Change.MOVED),
        ((PLANNED, MAY), (PLANNED, JUNE), Change.MOVED),
        ((PLANNED, STAY), (PLANNED, THIRD), Change.MOVED),
        ((PLANNED, THIRD), (PLANNED, OPEN), Change.LESS_SURE),
        ((PLANNED, THIRD), (PLANNED, MAY), Change.LESS_SURE),
        ((PLANNED, THIRD), (PLANNED, THIRD), None),
        ((POSSIBLE, OPEN), (PLANNED, OPEN), Change.UPDATED),
        ((POSSIBLE, OPEN), (PLANNED, THIRD), Change.DATED),
        ((PLANNED, MAY), (CONFIRMED, JUNE), Change.CONFIRMED),
        ((CONFIRMED, THIRD), (PLANNED, THIRD), Change.LESS_SURE),
        ((CONFIRMED, THIRD), (UNDERWAY, THIRD), Change.UNDERWAY),
        ((PLANNED, THIRD), (COMPLETED, STAY), Change.COMPLETED),
        ((POSTPONED, OPEN), (UNDERWAY, THIRD), Change.UNDERWAY),
        ((POSTPONED, OPEN), (PLANNED, JUNE), Change.REVIVED),
        ((CANCELLED, THIRD), (CONFIRMED, JUNE), Change.REVIVED),
        ((POSTPONED, OPEN), (POSTPONED, JUNE), Change.DATED),
        ((CONFIRMED, THIRD), (POSTPONED, JUNE), Change.POSTPONED),
        ((UNDERWAY, THIRD), (CANCELLED, THIRD), Change.CANCELLED),
    ],
)
def test_the_most_telling_word_says_what_became_of_a_visit(
    was: tuple[VisitStatus, VisitDates],
    stands: tuple[VisitStatus, VisitDates],
    change: Change | None,
) -> None:
    assert find_change(visit(move(2, *stands)), visit(move(1, *was))) is change


@pytest.mark.parametrize(
    ("status", "change"),
    [
        (POSSIBLE, Change.NEW),
        (CONFIRMED, Change.NEW),
        (UNDERWAY, Change.UNDERWAY),
        (COMPLETED, Change.COMPLETED),
        (POSTPONED, Change.POSTPONED),
        (CANCELLED, Change.CANCELLED),
    ],
)
def test_a_visit_first_heard_of_is_new_unless_it_is_off_or_begun(
    status: VisitStatus, change: Change
) -> None:
    (item,) = changes([], [visit(move(2, status, THIRD))], {2})
    assert (item.change, item.before, item.was) == (change, None, ())


def test_what_changed_cites_the_new_sentence_and_the_one_that_told_the_old_state() -> None:
    first, second = move(1, PLANNED, THIRD), move(2, PLANNED, JUNE)
    (item,) = changes([visit(first)], [visit(first, second)], {2})
    assert (item.change, item.before) == (Change.MOVED, "planned, 3 May 2026")
    assert [cited.quote for cited in item.citations] == ["Report 2."]
    assert [cited.quote for cited in item.was] == ["Report 1."]
    assert item.text == "Report 2."


def test_an_old_state_told_by_two_sentences_is_cited_by_both() -> None:
    dated, sure = move(1, PLANNED, THIRD), move(2, CONFIRMED)
    old = visit(dated, sure, dates=THIRD)
    (item,) = changes([old], [visit(dated, sure, move(3, CANCELLED, THIRD))], {3})
    assert item.before == "confirmed, 3 May 2026"
    assert [cited.quote for cited in item.was] == ["Report 2.", "Report 1."]


def test_a_report_that_was_not_obeyed_carries_no_change() -> None:
    first, second = move(1, PLANNED, MAY), move(3, CONFIRMED, THIRD)
    weaker = move(2, POSSIBLE, JUNE, is_obeyed=False)
    (item,) = changes([visit(first)], [visit(first, weaker, second)], {2, 3})
    assert item.change is Change.CONFIRMED
    assert [cited.quote for cited in item.citations] == ["Report 3."]
    assert changes([visit(first)], [visit(first, weaker)], {2}) == ()


def test_steps_on_the_way_are_not_cited_for_where_it_stands_now() -> None:
    steps = (move(1, POSSIBLE), move(2, PLANNED, MAY), move(3, CONFIRMED, THIRD))
    (item,) = changes([], [visit(*steps)], {1, 2, 3})
    assert (item.change, item.text) == (Change.NEW, "Report 3.")
    assert [cited.quote for cited in item.citations] == ["Report 3."]


def test_further_sentences_of_a_report_are_cited_with_their_rank() -> None:
    report = replace(move(2, CONFIRMED, THIRD, tier=1), more=(Evidence(4, "From 3 May."),))
    (item,) = changes([], [visit(report)], {2})
    assert [(c.sentence, c.quote, c.tier) for c in item.citations] == [
        (1, "Report 2.", 1),
        (4, "From 3 May.", 1),
    ]
    numbered = Numbering().item(replace(item, was=cite_whole(move(1, PLANNED))))
    assert [c.n for c in (*numbered.citations, *numbered.was)] == [1, 2, 3]


def test_copies_of_one_report_are_cited_once() -> None:
    copies = {2: frozenset({2, 3}), 3: frozenset({2, 3})}
    stands = visit(move(2, CONFIRMED, THIRD), move(3, CONFIRMED, THIRD))
    (item,) = list_changes((), (stands,), frozenset({2, 3}), copies)
    assert len(item.citations) == 1


def test_a_date_that_passed_in_silence_is_told_by_the_last_report() -> None:
    stands = visit(move(1, CONFIRMED, THIRD))
    (item,) = changes([stands], [replace(stands, is_overdue=True)], set())
    assert (item.change, item.before) == (Change.PASSED, "confirmed, 3 May 2026")
    assert [cited.quote for cited in item.citations] == ["Report 1."]
    overdue = replace(stands, is_overdue=True)
    assert changes([overdue], [overdue], set()) == ()


def test_a_date_that_was_over_before_anybody_heard_of_it_has_not_passed_now() -> None:
    late = replace(move(9, PLANNED, THIRD), at=datetime(2026, 5, 9, tzinfo=UTC))
    told = changes([], [visit(late, is_overdue=True)], {9})
    assert [item.change for item in told] == [Change.NEW]
    early = changes([], [visit(move(9, PLANNED, THIRD), is_overdue=True)], {9})
    assert [item.change for item in early] == [Change.NEW, Change.PASSED]


def test_one_sentence_that_tells_of_two_visits_is_read_once() -> None:
    told = move(2, CONFIRMED, THIRD)
    two = [visit(told), visit(told, key="w", host="Korea")]
    assert len(changes([], two, {2})) == 1
    off = replace(told, quote="Another sentence.", sentence=2)
    assert len(changes([], [visit(told), visit(off, key="w", host="Korea")], {2})) == 2


# ---------------------------------------------------------------- who says otherwise


@pytest.mark.parametrize(
    ("stands", "rival", "is_told"),
    [
        ((CONFIRMED, THIRD), (CANCELLED, THIRD), True),
        ((CONFIRMED, THIRD), (POSTPONED, OPEN), True),
        ((CANCELLED, THIRD), (CONFIRMED, THIRD), True),
        ((CONFIRMED, THIRD), (PLANNED, JUNE), True),
        ((CONFIRMED, THIRD), (POSSIBLE, OPEN), True),
        ((CONFIRMED, THIRD), (PLANNED, MAY), False),
        ((CONFIRMED, THIRD), (PLANNED, OPEN), False),
        ((COMPLETED, THIRD), (CONFIRMED, THIRD), False),
    ],
)
def test_a_report_is_shown_beside_a_visit_only_where_both_cannot_be_true(
    stands: tuple[VisitStatus, VisitDates],
    rival: tuple[VisitStatus, VisitDates],
    *,
    is_told: bool,
) -> None:
    held = visit(move(1, *stands), move(2, *rival, is_obeyed=False))
    assert bool(list_rivals(held, {})) is is_told


def test_both_sides_say_which_is_newer_and_which_is_a_primary_source() -> None:
    stands = move(1, CONFIRMED, THIRD, tier=1)
    rival = move(2, POSTPONED, OPEN, is_obeyed=False)
    (pair,) = list_disputes([visit(stands, rival)], datetime(2026, 4, 2, tzinfo=UTC), {})
    assert pair.subject == "Anna Berg → Tokyo, Japan"
    assert (pair.first.text, pair.second.text) == ("Report 2.", "Report 1.")
    assert rank_side(pair.first, pair.second) == "newer"
    assert rank_side(pair.second, pair.first) == "older, primary source"


def test_what_disagreed_before_the_period_is_not_told_again() -> None:
    held = visit(move(1, CONFIRMED, THIRD), move(2, CANCELLED, THIRD, is_obeyed=False))
    assert list_disputes([held], datetime(2026, 4, 3, tzinfo=UTC), {}) == []


def test_copies_of_what_stands_are_no_other_source_and_one_rumour_counts_once() -> None:
    stands = move(1, CONFIRMED, THIRD)
    rumours = [move(n, CANCELLED, THIRD, is_obeyed=False) for n in (2, 3)]
    assert [rival.quote for rival in list_rivals(visit(stands, *rumours), {})] == ["Report 3."]
    copies = {n: frozenset({1, 2, 3}) for n in (1, 2, 3)}
    assert list_rivals(visit(stands, *rumours), copies) == []
