"""Visits as events that calendar programs can read, and update."""

from dataclasses import replace
from datetime import date, timedelta

import icalendar
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
    move,
    visit,
)
from date_samples import dates
from ics_reader import only, read, write

from bot.calendars import without_coarse
from bot.model import VisitDates, VisitStatus


def seen(status: VisitStatus, when: VisitDates, **said: object):  # type: ignore[no-untyped-def]
    return only(write(entry(visit(move(1, status, when), **said))))  # type: ignore[arg-type]


# ---------------------------------------------------------------- when


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        (dates("2026-04-14"), date(2026, 4, 14), date(2026, 4, 14)),
        (APRIL, date(2026, 4, 14), date(2026, 4, 16)),
        (dates("2026-12-31"), date(2026, 12, 31), date(2026, 12, 31)),
        (dates("2028-02"), date(2028, 2, 1), date(2028, 2, 29)),
        (dates("2026-04", "2026-05"), date(2026, 4, 1), date(2026, 5, 31)),
        (dates("2026-Q2"), date(2026, 4, 1), date(2026, 6, 30)),
        (dates("2026"), date(2026, 1, 1), date(2026, 12, 31)),
    ],
    ids=str,
)
def test_an_event_stands_over_every_day_that_is_possible(
    when: VisitDates, first: date, last: date
) -> None:
    event = seen(PLANNED, when)
    assert (event.first, event.last) == (first, last)


@pytest.mark.parametrize("when", [NO_DATE, dates("9999-12-31")], ids=str)
def test_a_visit_without_a_date_that_a_calendar_knows_is_left_out(when: VisitDates) -> None:
    assert read(write(entry(visit(move(1, PLANNED, when))))) == {}


def test_an_end_before_the_start_still_makes_an_event() -> None:
    event = seen(PLANNED, dates("2026-04-14", "2026-04-12"))
    assert (event.first, event.last) == (date(2026, 4, 14), date(2026, 4, 14))


def test_what_was_over_more_than_a_year_ago_is_left_out() -> None:
    told = entry(visit(move(1, VisitStatus.COMPLETED, dates("2025-03-09"))))
    assert read(write(told)) != {}
    assert read(write(told, now=NOW + DAY)) == {}


# ---------------------------------------------------------------- what it says


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (VisitStatus.POSSIBLE, "TENTATIVE"),
        (PLANNED, "TENTATIVE"),
        (POSTPONED, "TENTATIVE"),
        (CONFIRMED, "CONFIRMED"),
        (VisitStatus.UNDERWAY, "CONFIRMED"),
        (VisitStatus.COMPLETED, "CONFIRMED"),
        (CANCELLED, "CANCELLED"),
    ],
)
def test_programs_are_told_how_sure_a_visit_is(status: VisitStatus, word: str) -> None:
    assert seen(status, APRIL).status == word


@pytest.mark.parametrize(
    ("status", "when", "summary"),
    [
        (CONFIRMED, APRIL, "Anna Berg → Tokyo"),
        (VisitStatus.COMPLETED, APRIL, "Anna Berg → Tokyo"),
        (PLANNED, APRIL, "planned: Anna Berg → Tokyo"),
        (POSTPONED, APRIL, "postponed: Anna Berg → Tokyo"),
        (CANCELLED, APRIL, "cancelled: Anna Berg → Tokyo"),
        (CANCELLED, dates("2026-04"), "cancelled: Anna Berg → Tokyo (April 2026)"),
        (CONFIRMED, dates("2026-04"), "Anna Berg → Tokyo (some time in April 2026)"),
        (
            VisitStatus.POSSIBLE,
            dates("2026-04"),
            "possible: Anna Berg → Tokyo (some time in April 2026)",
        ),
        (
            PLANNED,
            dates("2026-Q2"),
            "planned: Anna Berg → Tokyo (some time in the second quarter of 2026)",
        ),
    ],
)
def test_people_read_how_sure_a_visit_is(
    status: VisitStatus, when: VisitDates, summary: str
) -> None:
    assert seen(status, when).summary == summary


def test_the_place_and_the_host_are_the_location() -> None:
    assert seen(PLANNED, APRIL).location == "Tokyo, Japan"
    assert seen(PLANNED, APRIL, place=None).location == "Japan"
    assert seen(PLANNED, APRIL, host="Singapore", place="Singapore").location == "Singapore"
    assert seen(PLANNED, APRIL, place=None).summary == "planned: Anna Berg → Japan"


def test_each_step_stands_in_the_description_with_its_sentence_newest_first() -> None:
    told = visit(
        move(1, PLANNED, dates("2026-04")),
        move(2, CONFIRMED, APRIL, outlet="Meridian Wire"),
        move(3, VisitStatus.POSSIBLE, MAY, is_obeyed=False),
        status=CONFIRMED,
        when=APRIL,
        purpose="talks on trade",
    )
    event = only(write(entry(told)))
    assert event.description.split("\n") == [
        "Confirmed, 14–16 April 2026.",
        "Purpose: talks on trade",
        "",
        "11 February 2026, Gazette: possible, 20 May 2026, weaker report, not followed",
        "“Sentence 3 tells of it.”",
        "https://gazette.example/3",
        "",
        "10 February 2026, Meridian Wire: confirmed, 14–16 April 2026",
        "“Sentence 2 tells of it.”",
        "https://gazette.example/2",
        "",
        "9 February 2026, Gazette: planned, April 2026",
        "“Sentence 1 tells of it.”",
        "https://gazette.example/1",
    ]
    assert event.url == "https://gazette.example/2", "the newest that was followed"
    assert event.categories == ("Visit", "Confirmed")


def test_a_long_history_is_cut_with_a_count() -> None:
    told = visit(*(move(number, PLANNED, APRIL) for number in range(1, 13)))
    description = only(write(entry(told))).description
    assert "Sentence 12 tells" in description
    assert "Sentence 5 tells" in description
    assert "Sentence 4 tells" not in description
    assert description.endswith("and 4 earlier reports")


def test_a_date_that_passed_without_a_report_is_told() -> None:
    assert "has passed without a report" in seen(PLANNED, APRIL, is_overdue=True).description


# ---------------------------------------------------------------- what is off


def test_a_visit_postponed_without_a_date_is_off_on_its_last_date() -> None:
    told = visit(move(1, CONFIRMED, APRIL), move(2, POSTPONED, NO_DATE))
    event = only(write(entry(told)))
    assert (event.status, event.first, event.last) == (
        "CANCELLED",
        date(2026, 4, 14),
        date(2026, 4, 16),
    )
    assert event.summary == "postponed, no new date: Anna Berg → Tokyo"
    assert event.description.startswith(
        "Postponed, no new date; the last one given was 14–16 April 2026."
    )


def test_a_visit_that_no_article_tells_any_more_is_off() -> None:
    event = only(write(entry(visit(move(1, CONFIRMED, APRIL)), is_withdrawn=True)))
    assert event.status == "CANCELLED"
    assert event.summary == "withdrawn: Anna Berg → Tokyo"
    assert "No article tells" in event.description
    assert event.categories == ("Visit", "Withdrawn")


def test_a_date_that_was_only_a_weaker_report_is_never_shown() -> None:
    told = visit(move(1, PLANNED), move(2, PLANNED, MAY, is_obeyed=False), when=NO_DATE)
    assert read(write(entry(told))) == {}


def test_an_event_whose_date_became_coarse_is_taken_out_of_calendars_that_have_it() -> None:
    told = visit(
        move(1, CONFIRMED, APRIL), move(2, POSTPONED, NO_DATE), move(3, PLANNED, dates("2026"))
    )
    event = only(write(*without_coarse([entry(told)])))
    assert (event.status, event.first) == ("CANCELLED", date(2026, 4, 14))
    assert event.summary == "planned, no exact date: Anna Berg → Tokyo"
    assert only(write(entry(told))).status == "TENTATIVE"


# ---------------------------------------------------------------- the file


def test_the_same_visits_make_the_same_bytes_whenever_and_in_whatever_order() -> None:
    entries = [
        entry(visit(move(n, PLANNED, dates(f"2026-04-{n:02}"))), uid=f"u{n}") for n in (3, 1, 2)
    ]
    assert write(*entries) == write(*entries[::-1], now=NOW + 9 * DAY)
    assert list(read(write(*entries))) == [f"u{n}@briefing-bot" for n in (1, 2, 3)]


def test_the_moment_of_change_is_the_stamp() -> None:
    event = only(write(entry(visit(move(1, PLANNED, APRIL)), sequence=4)))
    assert (event.uid, event.sequence) == ("a1b2@briefing-bot", 4)
    assert (event.stamp, event.changed) == (NOW, NOW)


def test_the_calendar_has_a_name_and_asks_to_be_read_hourly() -> None:
    file = write(name="Visits, all; of them")
    for name in (b"NAME", b"X-WR-CALNAME"):
        assert b"\r\n" + name + b":Visits\\, all\\; of them\r\n" in file
    calendar = icalendar.Calendar.from_ical(file)
    assert calendar["version"] == "2.0"
    assert calendar["refresh-interval"].dt == timedelta(hours=1)
    assert calendar["refresh-interval"].params["VALUE"] == "DURATION"
    assert "method" not in calendar


def test_an_empty_calendar_is_a_valid_file() -> None:
    file = write()
    assert read(file) == {}
    assert file.count(b"BEGIN:") > 1, "RFC 5545 wants at least one component"


def test_a_name_in_another_script_is_whole() -> None:
    told = visit(move(1, PLANNED, APRIL, quote="प्रधानमंत्री नरेंद्र मोदी अप्रैल में जाएंगे।" * 4))
    event = only(write(entry(replace(told, visitor="नरेंद्र मोदी"))))
    assert event.summary == "planned: नरेंद्र मोदी → Tokyo"
    assert "प्रधानमंत्री नरेंद्र मोदी अप्रैल में जाएंगे।" * 4 in event.description
