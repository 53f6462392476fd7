"""The entries of a calendar: a change is told once, and what is lost is withdrawn once."""

from dataclasses import replace

import pytest
from calendar_samples import (
    APRIL,
    CANCELLED,
    CONFIRMED,
    DAY,
    MAY,
    NO_DATE,
    NOW,
    PLANNED,
    POSTPONED,
    entry,
    follow,
    move,
    only,
    visit,
)
from date_samples import dates

from bot.calendars import find_telling, follow_visits, recall_visits, without_coarse

# ---------------------------------------------------------------- what raises a sequence


@pytest.mark.parametrize(
    "change",
    [
        {"status": CONFIRMED},
        {"dates": MAY},
        {"place": "Kyoto"},
        {"visitor": "Anna Maria Berg"},
        {"host": "Japanese government"},
        {"purpose": "trade talks"},
        {"is_overdue": True},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_a_calendar_shows_raises_the_sequence_by_one(change: dict[str, object]) -> None:
    told = visit(move(1, PLANNED, APRIL))
    first = only(follow([told]))
    changed = only(follow([replace(told, **change)], [first], 2))  # type: ignore[arg-type]
    assert (changed.uid, changed.sequence) == (first.uid, 1)
    assert changed.changed_at == NOW + 2 * DAY


def test_a_sentence_that_a_source_rewords_raises_the_sequence() -> None:
    first = only(follow([visit(move(1, PLANNED, APRIL), move(2, CONFIRMED, APRIL))]))
    reworded = move(2, CONFIRMED, APRIL, quote="It is settled.")
    assert only(follow([visit(move(1, PLANNED, APRIL), reworded)], [first])).sequence == 1


def test_one_more_report_of_the_same_joins_the_history_and_changes_nothing_else() -> None:
    told = [move(1, PLANNED, APRIL), move(2, CONFIRMED, APRIL)]
    first = only(follow([visit(*told)]))
    repeated = visit(*told, move(3, CONFIRMED, NO_DATE), status=CONFIRMED, when=APRIL)
    weaker = visit(
        *repeated.history, move(4, PLANNED, MAY, is_obeyed=False), status=CONFIRMED, when=APRIL
    )
    second = only(follow([weaker], [first], 3))
    assert (second.sequence, second.changed_at) == (0, NOW)
    assert len(second.visit.history) == 4


def test_a_repeated_postponement_with_the_dropped_date_is_no_news() -> None:
    told = [move(1, CONFIRMED, APRIL), move(2, POSTPONED, APRIL)]
    first = only(follow([visit(*told, when=NO_DATE)]))
    again = visit(*told, move(3, POSTPONED, APRIL), when=NO_DATE)
    assert only(follow([again], [first])).sequence == 0


def test_the_telling_report_is_the_first_of_those_that_say_where_it_stands() -> None:
    first, moved = move(1, PLANNED, APRIL), move(2, PLANNED, MAY)
    back, repeat = move(3, PLANNED, APRIL), move(4, PLANNED, APRIL)
    assert find_telling(visit(first, moved, back, repeat)) is back
    assert find_telling(visit(first, move(5, is_obeyed=False), status=PLANNED, when=APRIL)) is first
    assert find_telling(replace(visit(first), history=())) is None


# ---------------------------------------------------------------- what is lost


def test_a_visit_that_no_article_tells_any_more_is_withdrawn_once_and_forgotten_in_time() -> None:
    first = follow([visit(move(1, PLANNED, APRIL))])
    gone = only(follow([], first, 1))
    assert (gone.is_withdrawn, gone.sequence, gone.changed_at) == (True, 1, NOW + DAY)
    assert follow([], [gone], 2) == (gone,)
    assert follow([], [gone], 367) == (gone,)
    assert follow([], [gone], 368) == ()


def test_a_withdrawn_visit_that_is_told_again_comes_back_under_its_name() -> None:
    told = visit(move(1, PLANNED, APRIL))
    first = follow([told])
    back = only(follow([told], follow([], first, 1), 2))
    assert (back.uid, back.sequence, back.is_withdrawn) == (first[0].uid, 2, False)


def test_what_only_left_the_sight_of_the_ledger_is_not_withdrawn() -> None:
    old = visit(move(1, PLANNED, dates("2026-12-01")))
    first = follow([old])
    since = old.history[-1].at + DAY
    stays = follow_visits("desk", [], first, NOW + 200 * DAY, since=since)
    assert stays == first
    assert follow_visits("desk", [], first, NOW + 900 * DAY, since=since) == ()


def test_a_look_back_knows_the_names_but_no_calendar_takes_it_for_news() -> None:
    before = visit(move(1, PLANNED, APRIL))
    after = visit(move(1, PLANNED, APRIL), move(2, CANCELLED, APRIL))
    other = visit(move(3, PLANNED, MAY), visitor="Ola Dahl")
    known = follow([after, other], follow([before], (), -5))
    recalled = only(recall_visits("desk", [before], known, NOW - 3 * DAY))
    assert (recalled.uid, recalled.sequence, recalled.visit) == (known[0].uid, 0, before)
    assert recalled.changed_at == before.history[0].at


def test_dates_coarser_than_a_month_are_left_out_and_nothing_else_is() -> None:
    kept = [entry(visit(move(1, PLANNED, when))) for when in (APRIL, dates("2026-04"), NO_DATE)]
    assert without_coarse(kept) == tuple(kept)
    for coarse in (dates("2026-Q2"), dates("2026", "2027")):
        blurred = only(without_coarse([entry(visit(move(1, PLANNED, coarse)))]))
        assert blurred.visit.dates == NO_DATE
        assert blurred.visit.history[0].dates == coarse
