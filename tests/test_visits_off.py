"""Visits that are put off or called off, and on again: whose word is obeyed."""

import pytest
from visit_samples import (
    BY_MINISTRY,
    SET,
    after,
    ledger,
    mention,
    obeyed,
    only,
    report,
    state,
    told,
)


@pytest.mark.parametrize("told_as", ["postponed", "cancelled"])
def test_a_weak_word_that_a_confirmed_visit_is_off_is_shown_and_not_obeyed(told_as: str) -> None:
    visit = after(told("2025-04-01", told_as, tier=3))
    assert state(visit) == ("confirmed", "2025-04-14", "2025-04-16")
    assert [step.status.value for step in visit.alternatives] == [told_as]


@pytest.mark.parametrize("outlets", [("Wire",), ("Blog", "Letter")])
def test_the_same_source_or_a_second_one_calls_a_visit_off(outlets: tuple[str, ...]) -> None:
    words = [told(f"2025-04-0{n}", "cancelled", outlet=o, tier=3) for n, o in enumerate(outlets, 1)]
    assert state(after(*words)) == ("cancelled", "2025-04-14", "2025-04-16")


def test_one_rumour_printed_twice_is_one_source() -> None:
    rumour = mention("cancelled", quote="Two people say that the trip of Berg is off for good.")
    visit = after(
        report("2025-04-01", rumour, outlet="Blog", tier=3),
        report("2025-04-02", rumour, outlet="Letter", tier=3),
    )
    assert visit.status == "confirmed"


def test_a_denial_between_two_rumours_parts_them() -> None:
    visit = after(
        told("2025-04-01", "cancelled", outlet="Blog", tier=3),
        told("2025-04-02", "confirmed", "2025-04-14", "2025-04-16", outlet="Ministry", tier=1),
        told("2025-04-03", "cancelled", outlet="Letter", tier=3),
    )
    assert visit.status == "confirmed"
    assert len(visit.alternatives) == 2


def test_a_wire_is_believed_that_what_a_ministry_announced_is_off() -> None:
    visit = after(told("2025-04-01", "postponed", "2025-06"), first=BY_MINISTRY)
    assert state(visit) == ("postponed", "2025-06", None)


def test_an_idea_is_off_by_any_word() -> None:
    idea = told("2025-03-01", "possible", "2025-05", outlet="Ministry", tier=1)
    assert after(told("2025-03-05", "cancelled", tier=3), first=idea).status == "cancelled"


def test_the_dropped_date_of_a_postponed_visit_stays_in_its_history() -> None:
    visit = after(told("2025-04-01", "postponed", "2025-04-14"))
    assert state(visit) == ("postponed", None, None)
    assert visit.history[0].dates.start == "2025-04-14"
    later = after(told("2025-04-01", "postponed"), told("2025-04-05", "postponed", "2025-04-14"))
    assert state(later) == ("postponed", None, None)
    assert not later.alternatives


def test_a_postponed_visit_first_heard_of_after_its_day_has_no_date() -> None:
    visit = only(ledger(told("2025-04-20", "postponed", "2025-04-14")))
    assert state(visit) == ("postponed", None, None)


def test_a_postponed_visit_takes_its_new_date_and_a_finer_one_later() -> None:
    visit = after(
        told("2025-04-01", "postponed", "2025-06"), told("2025-05-01", "postponed", "2025-06-17")
    )
    assert state(visit) == ("postponed", "2025-06-17", None)


@pytest.mark.parametrize("told_as", ["planned", "confirmed"])
def test_a_postponed_visit_that_is_planned_anew_is_on_again(told_as: str) -> None:
    visit = after(told("2025-04-01", "postponed"), told("2025-05-01", told_as, "2025-09-12"))
    assert state(visit) == (told_as, "2025-09-12", None)


def test_an_idea_of_a_new_date_does_not_revive_a_postponed_visit() -> None:
    visit = after(told("2025-04-01", "postponed"), told("2025-05-01", "possible", "2025-09"))
    assert state(visit) == ("postponed", None, None)
    assert [step.dates.start for step in visit.alternatives] == ["2025-09"]


def test_a_denied_postponement_leaves_the_visit_as_it_was() -> None:
    visit = after(
        told("2025-04-01", "postponed", "2025-Q3"),
        told("2025-04-02", "confirmed", "2025-04-14", "2025-04-16"),
    )
    assert state(visit) == ("confirmed", "2025-04-14", "2025-04-16")


def test_a_postponed_visit_that_takes_place_after_all_has_its_old_date_back() -> None:
    visit = after(told("2025-04-01", "postponed"), told("2025-04-14", "underway"))
    assert state(visit) == ("underway", "2025-04-14", "2025-04-16")


def test_a_visit_on_its_way_is_not_put_off_by_a_wire() -> None:
    visit = after(told("2025-04-14", "underway"), told("2025-04-15", "postponed"))
    assert visit.status == "underway"
    by_ministry = told("2025-04-15", "cancelled", tier=1)
    assert after(told("2025-04-14", "underway"), by_ministry).status == "cancelled"


def test_a_cancelled_visit_keeps_its_dates_whatever_is_told_of_it_later() -> None:
    visit = after(
        told("2025-04-01", "cancelled", "2025-04-14"),
        told("2025-04-09", "cancelled"),
        told("2025-04-20", "planned", "2025-04-14"),
        told("2025-05-20", "planned"),
        told("2025-06-01", "confirmed", "2025-04-14"),
    )
    assert state(visit) == ("cancelled", "2025-04-14", "2025-04-16")
    assert obeyed(visit) == [True, True, True, False, False, False]


def test_a_cancelled_visit_that_is_planned_anew_is_on_again() -> None:
    visit = after(told("2025-04-01", "cancelled"), told("2025-05-08", "planned", "2025-07"))
    assert state(visit) == ("planned", "2025-07", None)
    years_later = ledger(
        SET, told("2025-04-01", "cancelled"), told("2025-12-08", "planned", "2026-03")
    )
    assert len(years_later) == 2


def test_a_weak_rumour_and_then_a_new_date_are_one_visit() -> None:
    visit = after(
        told("2025-04-01", "postponed", tier=3), told("2025-04-20", "confirmed", "2025-05-19")
    )
    assert state(visit) == ("confirmed", "2025-05-19", None)
