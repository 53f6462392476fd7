"""The visits that are asked for, in people's own words, and no others."""

import pytest
from calendar_samples import CANCELLED, CONFIRMED, NOW, PLANNED, move, visit
from date_samples import dates
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.model import Visit, VisitQuery, VisitStatus
from bot.querying import choose_visits

TOKYO = visit(move(1, CONFIRMED, dates("2026-04-14", "2026-04-16")))
QUAD = visit(move(2, PLANNED, dates("2026-04")), visitor="Narendra Modi", host="India", place=None)
GENEVA = visit(
    move(3, VisitStatus.POSSIBLE),
    visitor="Indian foreign minister",
    host="Switzerland",
    place="Geneva",
)
OFF = visit(move(4, CANCELLED, dates("2026-05-02")), visitor="Emmanuel Macron", host="Brazil")
DONE = visit(move(5, VisitStatus.COMPLETED, dates("2026-02-01", "2026-02-03")), visitor="Anna Berg")
THERE = visit(move(6, VisitStatus.UNDERWAY), visitor="Prabowo Subianto", host="Australia")
LONG_OVER = visit(move(7, PLANNED, dates("2026-01-20")), host="Norway", is_overdue=True)
JUST_OVER = visit(move(8, PLANNED, dates("2026-03-01")), host="Chile", is_overdue=True)
ALL = (TOKYO, QUAD, GENEVA, OFF, DONE, THERE, LONG_OVER, JUST_OVER)


def chosen(**asked: str) -> tuple[Visit, ...]:
    return choose_visits(ALL, VisitQuery(**asked), NOW)


def test_nothing_asked_is_all_in_the_order_of_the_ledger() -> None:
    assert chosen() == ALL
    assert chosen(country=" ", when="  ") == ALL


@pytest.mark.parametrize("name", ["Japan", "japan", "Japon", "जापान", "Tokyo", "the Japanese"])
def test_a_country_is_found_under_any_name(name: str) -> None:
    assert TOKYO in chosen(country=name)
    assert QUAD not in chosen(country=name)


def test_a_city_is_found_that_is_no_capital() -> None:
    assert chosen(country="geneva") == (GENEVA,)


@pytest.mark.parametrize("name", ["Modi", "narendra modi", "Mr Modi", "MODI"])
def test_a_person_is_found_by_a_part_of_the_name(name: str) -> None:
    assert chosen(person=name) == (QUAD,)


def test_a_person_is_found_by_the_office_alone() -> None:
    assert chosen(person="foreign minister") == (GENEVA,)
    assert chosen(person="India's foreign minister") == (GENEVA,)


@pytest.mark.parametrize("name", ["Ann", "M", "…", "ana", "zzz"])
def test_a_letter_or_two_of_a_name_are_no_name(name: str) -> None:
    assert chosen(person=name) == ()


@pytest.mark.parametrize(
    "when", ["April", "april", "in April", "2026-04", "April 2026", "avril", "अप्रैल", "next month"]
)
def test_a_month_brings_all_that_may_fall_into_it(when: str) -> None:
    assert chosen(when=when) == (TOKYO, QUAD)


def test_a_day_within_a_stay_brings_the_stay() -> None:
    assert chosen(when="2026-04-15") == (TOKYO, QUAD)
    assert chosen(when="13 April") == (QUAD,)


def test_today_brings_what_is_underway_without_a_date() -> None:
    assert chosen(when="today") == (THERE,)
    assert THERE in chosen(when="this week")
    assert THERE not in chosen(when="next week")


def test_the_past_is_what_is_over_or_told_as_over() -> None:
    assert chosen(when="past") == (DONE, LONG_OVER, JUST_OVER)


def test_upcoming_is_what_is_open_and_what_passed_of_late_without_a_report() -> None:
    assert chosen(when="Upcoming") == (TOKYO, QUAD, GENEVA, THERE, JUST_OVER)


def test_all_that_is_asked_must_fit() -> None:
    assert chosen(country="Japan", person="Berg", when="April", status="confirmed") == (TOKYO,)
    assert chosen(country="Japan", person="Modi") == ()


def test_a_status_is_one_of_the_seven() -> None:
    assert chosen(status="Cancelled") == (OFF,)
    with pytest.raises(InputError, match="possible, planned, confirmed, underway"):
        chosen(status="maybe")


@pytest.mark.parametrize(
    "when", ["someday", "2026-13", "2026-02-30", "0000", "a lovely day in April", "x" * 5000]
)
def test_what_is_no_time_is_refused_with_what_may_be_written(when: str) -> None:
    with pytest.raises(InputError, match="write next week, this month, February") as caught:
        chosen(when=when)
    assert len(str(caught.value)) < 250
    assert "\n" not in str(caught.value)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_typed_chooses_in_order_or_is_refused(
    country: str, person: str, when: str
) -> None:
    try:
        found = chosen(country=country, person=person, when=when)
    except InputError:
        return
    assert list(found) == [one for one in ALL if one in found]
