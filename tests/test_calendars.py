"""The entries of a calendar: a visit keeps its name, and a change is told once."""

from dataclasses import replace

import pytest
from calendar_samples import (
    APRIL,
    CONFIRMED,
    DAY,
    MAY,
    NOW,
    PLANNED,
    follow,
    move,
    only,
    visit,
)
from date_samples import dates

from bot.calendars import follow_visits
from bot.model import Visit, VisitStatus
from bot.text.places import load_codes

# ---------------------------------------------------------------- names that last


def test_a_new_visit_gets_a_name_that_any_process_would_give_it() -> None:
    told = visit(move(1, PLANNED, APRIL))
    made = only(follow([told]))
    assert (made.sequence, made.changed_at, made.visit) == (0, NOW, told)
    assert made.uid == only(follow([replace(told, key="other")], days=5)).uid
    assert made.uid != only(follow_visits("other", [told], (), NOW)).uid


def test_a_visit_keeps_its_name_when_its_state_dates_and_key_change() -> None:
    first = only(follow([visit(move(1, PLANNED, APRIL))]))
    told = visit(move(1, PLANNED, APRIL), move(2, CONFIRMED, MAY), visitor="Prime Minister Berg")
    second = only(follow([replace(told, key="new")], [first], 1))
    assert (second.uid, second.sequence, second.changed_at) == (first.uid, 1, NOW + DAY)


def test_a_visit_told_by_wholly_other_sentences_is_known_by_names_and_dates() -> None:
    first = only(follow([visit(move(1, PLANNED, APRIL))]))
    rewritten = visit(move(2, PLANNED, dates("2026-04")), visitor="Berg")
    assert only(follow([rewritten], [first])).uid == first.uid


def test_a_second_visit_to_the_same_host_months_later_has_a_name_of_its_own() -> None:
    first = only(follow([visit(move(1, PLANNED, APRIL))]))
    later = visit(move(2, PLANNED, dates("2026-10-05")))
    both = follow([visit(move(1, PLANNED, APRIL)), later], [first])
    assert both[0] == first
    assert both[1].uid != first.uid
    alone = follow([later], [first])
    assert [one.is_withdrawn for one in alone] == [False, True]
    assert alone[1].uid == first.uid


@pytest.mark.parametrize(
    ("first", "better"),
    [("नूरा हमीदी", "Nura Hamidi"), ("M. Sergey Lavrenko", "Sergei Lavrenko")],
)
def test_a_visit_keeps_its_name_when_a_better_spelling_of_the_visitor_arrives(
    first: str, better: str
) -> None:
    told = [move(1, PLANNED, APRIL), move(2, CONFIRMED, APRIL)]
    entries = follow([visit(told[0], visitor=first)])
    renamed = only(follow([visit(*told, visitor=better)], entries, 1))
    assert (renamed.uid, renamed.visit.visitor) == (entries[0].uid, better)
    rewritten = only(follow([visit(told[1], visitor=better)], entries, 1))
    assert rewritten.uid == entries[0].uid


@pytest.mark.parametrize(
    ("first", "better", "place"),
    [("Ledanie", "Ledania", None), ("Zhemar", "Japan", "Tokyo"), ("Tokyo", "Japan", None)],
)
def test_a_host_told_otherwise_by_wholly_other_sentences_is_the_same(
    first: str, better: str, place: str | None
) -> None:
    entries = follow([visit(move(1, PLANNED, APRIL), host=first, place=place)])
    retold = visit(move(2, PLANNED, APRIL), host=better, place=place)
    assert only(follow([retold], entries)).uid == entries[0].uid


@pytest.mark.timeout(30)
def test_a_thousand_visits_told_anew_are_found_again() -> None:
    hosts = sorted(load_codes().values())

    def tell(first: int) -> list[Visit]:
        return [
            visit(move(first + n, PLANNED, APRIL), visitor=f"A{n} Berg{n}", host=host, place=None)
            for n, host in enumerate(hosts * 4)
        ]

    known = follow(tell(1))
    again = follow(tell(5_000), known)
    assert [one.uid for one in again] == [one.uid for one in known]


def test_an_undated_new_word_is_no_visit_that_was_over_long_ago() -> None:
    done = visit(move(1, VisitStatus.COMPLETED, dates("2026-01-05")))
    first = only(follow([done]))
    entries = follow([visit(move(2, PLANNED))], [first])
    assert entries[0].uid != first.uid


def test_one_sentence_that_tells_of_a_tour_makes_one_entry_a_stop() -> None:
    both = move(1, PLANNED, APRIL, quote="Berg will visit Tokyo and Seoul.")
    tokyo = visit(both)
    seoul = visit(both, host="South Korea", place="Seoul")
    first = follow([tokyo, seoul])
    assert len({one.uid for one in first}) == 2
    again = follow([seoul, tokyo], first, 1)
    assert {one.uid: one for one in again} == {one.uid: one for one in first}
    left = follow([seoul], first, 1)
    assert left[0] == first[1]
    assert (left[1].uid, left[1].is_withdrawn) == (first[0].uid, True)


def test_two_visits_told_in_one_sentence_by_one_visitor_have_two_names() -> None:
    quote = "Berg goes to Tokyo in April and again in May."
    spring = visit(move(1, PLANNED, APRIL, quote=quote))
    summer = visit(move(1, PLANNED, MAY, quote=quote))
    first = follow([spring, summer])
    assert len({one.uid for one in first}) == 2
    again = follow([summer, spring], first, 1)
    assert {one.uid: one for one in again} == {one.uid: one for one in first}
    same_day = follow([spring, replace(spring, key="twin")])
    assert len({one.uid for one in same_day}) == 2


def test_a_visit_to_a_host_read_anew_keeps_its_name_only_if_the_host_can_be_the_same() -> None:
    told = move(1, PLANNED, APRIL)
    first = only(follow([visit(told, host="Zhemgrad", place=None)]))
    assert only(follow([visit(told, host="Zhemar", place=None)], [first])).uid == first.uid
    japan = only(follow([visit(told)]))
    korea = follow([visit(told, host="South Korea", place="Seoul")], [japan])
    assert korea[0].uid != japan.uid


def test_of_two_entries_that_turn_out_to_be_one_visit_one_is_kept_and_one_withdrawn() -> None:
    one = visit(move(1, PLANNED), move(2, PLANNED, APRIL))
    other = visit(move(3, PLANNED, MAY))
    first = follow([one, other])
    joined = visit(*one.history, *other.history)
    entries = follow([joined], first, 1)
    assert [(two.uid, two.is_withdrawn) for two in entries] == [
        (first[0].uid, False),
        (first[1].uid, True),
    ]
    assert follow([joined], entries, 2) == entries
