"""Somebody imports every file: each visit stands there once, as the newest file tells it."""

from dataclasses import replace
from datetime import date

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
    move,
    visit,
)
from date_samples import dates
from hypothesis import given, settings
from hypothesis import strategies as st
from ics_reader import Diary, read, write

from bot.calendars import follow_visits, without_coarse
from bot.model import Visit, VisitDates, VisitStatus

APRIL_1 = date(2026, 4, 1)


def test_a_calendar_that_takes_in_every_file_shows_each_visit_once_as_it_stands() -> None:
    diary = Diary()
    steps: list[tuple[Visit, list[tuple[str, date]]]] = []
    history = [move(1, VisitStatus.POSSIBLE, dates("2026-04"))]
    steps.append(
        (visit(*history), [("possible: Anna Berg → Tokyo (some time in April 2026)", APRIL_1)])
    )
    history = [*history, move(2, CONFIRMED, APRIL)]
    steps.append((visit(*history), [("Anna Berg → Tokyo", date(2026, 4, 14))]))
    history = [*history, move(3, POSTPONED, NO_DATE)]
    steps.append((visit(*history), []))
    history = [*history, move(4, PLANNED, MAY)]
    steps.append((visit(*history), [("planned: Anna Berg → Tokyo", date(2026, 5, 20))]))
    history = [*history, move(5, CANCELLED, MAY)]
    steps.append((visit(*history), []))
    known, files = (), []
    for day, (told, expected) in enumerate(steps):
        known = follow_visits("desk", [told], known, NOW + day * DAY)
        files.append(write(*known))
        diary.take_in(files[-1])
        assert [(event.summary, event.first) for event in diary.shown] == expected
    assert len(diary.events) == 1
    for late in files[:-1]:
        diary.take_in(late)
    assert diary.shown == [], "an older file changes nothing"


def test_a_visit_that_vanishes_and_comes_back_does_so_in_calendars_too() -> None:
    diary, told = Diary(), visit(move(1, CONFIRMED, APRIL))
    known = follow_visits("desk", [told], (), NOW)
    shown = []
    for day, ledger in enumerate([[told], [], [told]], start=1):
        known = follow_visits("desk", ledger, known, NOW + day * DAY)
        diary.take_in(write(*known))
        shown.append(len(diary.shown))
    assert shown == [1, 0, 1]
    assert len(diary.events) == 1


WINDOWS = (NO_DATE, APRIL, MAY, dates("2026-04"), dates("2026-Q2"), dates("2026"))
reports = st.tuples(st.sampled_from(VisitStatus), st.sampled_from(WINDOWS), st.booleans())


@settings(deadline=None)
@given(st.lists(reports, min_size=1, max_size=8))
def test_whatever_is_reported_a_calendar_shows_what_the_newest_file_says(
    told: list[tuple[VisitStatus, VisitDates, bool]],
) -> None:
    diary, history, known = Diary(), [], ()
    for number, (status, when, is_obeyed) in enumerate(told, start=1):
        history.append(move(number, status, when, is_obeyed=is_obeyed or number == 1))
        stands = [one for one in history if one.is_obeyed][-1]
        ledger = [visit(*history, status=stands.status, when=stands.dates)]
        known = follow_visits("desk", ledger, known, NOW + number * DAY)
        file = write(*without_coarse(known))
        diary.take_in(file)
        assert [replace(event, description="", url="") for event in diary.events.values()] == [
            replace(event, description="", url="") for event in read(file).values()
        ]
