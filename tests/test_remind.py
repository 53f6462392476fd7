"""A visit is reminded of three days and one day before, once each, and never after it began."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from calendar_samples import CANCELLED, CONFIRMED, PLANNED, POSTPONED, entry, move, visit
from date_samples import dates
from hypothesis import given
from hypothesis import strategies as st
from schedule_samples import order

from bot.model import CalendarEntry, Move, Subscription, VisitDates, VisitStatus
from bot.remind.due import REMINDED, DueReminder, decide_reminders, write_note
from bot.schedule import slot_instant

STAY = dates("2026-03-20", "2026-03-22")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
LONG_KNOWN = datetime(2026, 3, 1, tzinfo=UTC)
THREE_AT = datetime(2026, 3, 17, 6, tzinfo=UTC)
ONE_AT = datetime(2026, 3, 19, 6, tzinfo=UTC)
BEGINS_AT = datetime(2026, 3, 20, tzinfo=UTC)
TWICE_A_DAY = order("06:00", "18:30")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ZONES = sorted(available_timezones() - {"Factory", "localtime"})


def known(
    *history: Move, uid: str = "a1b2", at: datetime = LONG_KNOWN, **how: object
) -> CalendarEntry:
    """An entry as it stands since ``at``."""
    told = visit(*(history or (move(1, CONFIRMED, STAY),)))
    return replace(entry(told, uid=uid), changed_at=at, **how)


def decide(
    now: datetime,
    *entries: CalendarEntry,
    keys: Iterable[str] = (),
    since: datetime = LONG_KNOWN,
    subscription: Subscription = TWICE_A_DAY,
) -> tuple[DueReminder, ...]:
    return decide_reminders(
        subscription,
        entries or (known(),),
        frozenset(keys),
        now,
        since=since,
        instant=slot_instant,
    )


def only(due: tuple[DueReminder, ...]) -> DueReminder:
    (one,) = due
    return one


# ---------------------------------------------------------------- when


def test_three_days_and_one_day_before_at_the_first_local_time() -> None:
    first, last = only(decide(THREE_AT)), only(decide(ONE_AT))
    assert first.reminder.key == "7/visit/a1b2/2026-03-20/3"
    assert last.reminder.key == "7/visit/a1b2/2026-03-20/1"
    assert (first.days, last.days) == (3, 1)
    assert (first.until_at, last.until_at) == (ONE_AT, BEGINS_AT)
    assert write_note(first) == write_note(last) == ""


@pytest.mark.parametrize("at", [THREE_AT - MINUTE, BEGINS_AT, BEGINS_AT + 30 * HOUR])
def test_nothing_is_due_before_the_first_time_or_once_the_visit_has_begun(at: datetime) -> None:
    assert decide(at) == ()


def test_each_is_due_once_for_ever() -> None:
    keys = {only(decide(THREE_AT)).reminder.key}
    assert decide(THREE_AT + HOUR, keys=keys) == ()
    keys.add(only(decide(ONE_AT, keys=keys)).reminder.key)
    assert decide(ONE_AT + HOUR, keys=keys) == ()


def test_the_weekdays_of_briefs_do_not_matter() -> None:
    weekly = order("06:00", weekdays=(1,))
    assert only(decide(THREE_AT, subscription=weekly)).days == 3


def test_visits_that_are_due_together_come_with_the_next_one_first() -> None:
    later = known(move(1, PLANNED, dates("2026-03-22")), uid="aaaa")
    due = decide(ONE_AT, known(uid="bbbb"), later)
    assert [(one.reminder.uid, one.days) for one in due] == [("bbbb", 1), ("aaaa", 3)]


@given(
    zone=st.sampled_from(ZONES),
    starts=st.dates(date(2024, 1, 4), date(2030, 12, 28)),
    time=st.sampled_from(["00:00", "00:30", "02:30", "06:00", "23:30"]),
)
def test_in_every_zone_each_is_posted_once_in_order_and_before_the_day_begins(
    zone: str, starts: date, time: str
) -> None:
    there = known(move(1, CONFIRMED, dates(starts.isoformat())), at=LONG_AGO)
    begins_at = slot_instant(starts, "00:00", zone)
    keys: list[str] = []
    at = datetime.combine(starts - timedelta(days=5), datetime.min.time(), UTC)
    while at < begins_at + timedelta(days=2):
        for due in decide(
            at,
            there,
            keys=keys,
            since=LONG_AGO,
            subscription=order(time, timezone=zone),
        ):
            keys.append(due.reminder.key)
            local = at.astimezone(ZoneInfo(zone))
            assert at < begins_at
            assert due.days == (starts - local.date()).days in (1, 3)
            assert not due.late_by
        at += timedelta(minutes=10)
    assert [key[-1] for key in keys] == ["3", "1"]


# ---------------------------------------------------------------- which


@pytest.mark.parametrize("status", VisitStatus)
def test_only_what_is_planned_or_confirmed_is_reminded_of(status: VisitStatus) -> None:
    assert bool(decide(THREE_AT, known(move(1, status, STAY)))) == (status in REMINDED)
    assert {PLANNED, CONFIRMED} == set(REMINDED)


@pytest.mark.parametrize("when", ["", "2026-03", "2026-Q1", "2026"])
def test_a_visit_whose_day_is_not_known_is_not_reminded_of(when: str) -> None:
    assert decide(THREE_AT, known(move(1, CONFIRMED, dates(when)))) == ()


def test_what_no_article_tells_of_any_more_is_not_reminded_of() -> None:
    assert decide(THREE_AT, known(is_withdrawn=True)) == ()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_date_at_the_edge_of_time_does_no_harm(day: str) -> None:
    assert decide(THREE_AT, known(move(1, CONFIRMED, dates(day)))) == ()


# ---------------------------------------------------------------- late


def test_a_first_reminder_that_was_missed_goes_out_until_the_next_and_says_so() -> None:
    late = only(decide(THREE_AT + 5 * HOUR))
    assert write_note(late) == "Posted 5 hours late."
    very_late = only(decide(ONE_AT - MINUTE))
    assert (very_late.reminder.days_before, very_late.days) == (3, 1)
    assert write_note(very_late) == "Posted 48 hours late."
    assert only(decide(ONE_AT)).reminder.days_before == 1


def test_a_last_reminder_that_was_missed_goes_out_until_the_day_begins() -> None:
    late = only(decide(BEGINS_AT - MINUTE))
    assert (late.reminder.days_before, late.days) == (1, 1)
    assert write_note(late) == "Posted 18 hours late."


def test_some_minutes_are_not_late() -> None:
    assert write_note(only(decide(THREE_AT + 9 * MINUTE))) == ""
    assert write_note(only(decide(THREE_AT + 11 * MINUTE))) == "Posted 11 minutes late."


def test_a_visit_heard_of_after_the_first_was_due_gets_the_last_only_and_none_is_late() -> None:
    fresh = known(at=THREE_AT + 20 * MINUTE)
    assert decide(THREE_AT + HOUR, fresh) == ()
    assert write_note(only(decide(ONE_AT, fresh))) == ""
    surprise = known(at=ONE_AT + HOUR)
    assert write_note(only(decide(ONE_AT + 2 * HOUR, surprise))) == ""


def test_reminders_switched_on_after_the_first_was_due_begin_with_the_last() -> None:
    assert decide(THREE_AT + 5 * MINUTE, since=THREE_AT + MINUTE) == ()
    assert only(decide(ONE_AT, since=THREE_AT + MINUTE)).reminder.days_before == 1
    on_since = ONE_AT + HOUR
    assert write_note(only(decide(on_since + HOUR, since=on_since))) == ""


def at_(number: int, at: datetime, status: VisitStatus, when: VisitDates = STAY) -> Move:
    return replace(move(number, status, when), at=at)


BEFORE, AFTER = THREE_AT - HOUR, THREE_AT + HOUR


@pytest.mark.parametrize(
    ("history", "is_late"),
    [
        ([at_(1, BEFORE, PLANNED), at_(2, AFTER, CONFIRMED)], True),
        ([at_(1, BEFORE, VisitStatus.POSSIBLE), at_(2, AFTER, CONFIRMED)], False),
        ([at_(1, BEFORE, CONFIRMED, dates("2026-03")), at_(2, AFTER, CONFIRMED)], False),
        (
            [at_(1, BEFORE - HOUR, PLANNED), at_(2, BEFORE, POSTPONED), at_(3, AFTER, PLANNED)],
            False,
        ),
        ([at_(1, AFTER, PLANNED), at_(2, AFTER + MINUTE, CONFIRMED)], False),
    ],
    ids=["surer", "was possible", "had no day", "was off", "unheard of"],
)
def test_of_a_visit_that_changed_meanwhile_it_counts_how_it_stood_when_it_was_due(
    history: list[Move], is_late: bool
) -> None:
    changed = known(*history, at=AFTER, sequence=1)
    assert bool(decide(AFTER + HOUR, changed)) == is_late


# ---------------------------------------------------------------- moved


def test_a_visit_that_moves_after_a_reminder_is_reminded_of_anew_and_says_from_when() -> None:
    keys = {only(decide(THREE_AT)).reminder.key}
    moved = known(move(1, CONFIRMED, STAY), move(2, CONFIRMED, dates("2026-03-27")), sequence=1)
    due = only(decide(THREE_AT + timedelta(days=7), moved, keys=keys))
    assert due.reminder.key == "7/visit/a1b2/2026-03-27/3"
    assert write_note(due) == "Moved from 20 March 2026, the day of the last reminder here."
    keys.add(due.reminder.key)
    again = only(decide(ONE_AT + timedelta(days=7), moved, keys=keys))
    assert again.moved_from is None, "it was told at the first reminder of the new day"


def test_a_visit_that_is_called_off_after_a_reminder_is_left_alone() -> None:
    keys = {only(decide(THREE_AT)).reminder.key}
    off = known(move(1, CONFIRMED, STAY), move(2, CANCELLED, STAY), sequence=1)
    assert decide(ONE_AT, off, keys=keys) == ()


def test_other_visits_and_channels_do_not_make_a_visit_moved() -> None:
    keys = {"7/visit/a1b2c3/2026-03-10/3", "17/visit/a1b2/2026-03-10/3", "7/2026-03-10/06:00"}
    assert only(decide(THREE_AT, keys=keys)).moved_from is None
