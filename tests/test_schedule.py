"""What is due: one instant a local date in every zone, the newest missed slot only."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schedule_samples import order

from bot.errors import InputError
from bot.schedule import (
    decide_due,
    list_slots,
    slot_instant,
)

NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)  # a Wednesday


@cache
def zones() -> list[str]:
    return sorted(available_timezones() - {"Factory", "localtime"})


def list_different_zones() -> list[str]:
    """One zone of those that are the same under other names."""
    by_rules = {}
    for name in zones():
        paths = (Path(folder) / name for folder in TZPATH)
        file = next((path for path in paths if path.is_file()), None)
        rules = file or resources.files("tzdata.zoneinfo").joinpath(*name.split("/"))
        by_rules.setdefault(rules.read_bytes(), name)
    return list(by_rules.values())


# ---------------------------------------------------------------- instants


@pytest.mark.parametrize(
    ("zone", "on", "at", "instant"),
    [
        ("America/New_York", date(2026, 3, 8), "02:30", "2026-03-08T07:30"),  # 03:30 EDT
        ("America/New_York", date(2026, 3, 9), "00:00", "2026-03-09T04:00"),
        ("Europe/Berlin", date(2026, 3, 30), "00:00", "2026-03-29T22:00"),
        ("Africa/Cairo", date(2026, 4, 24), "00:00", "2026-04-23T22:00"),  # 01:00 EEST
        ("America/Santiago", date(2026, 9, 6), "00:00", "2026-09-06T04:00"),
        ("Asia/Beirut", date(2026, 3, 29), "00:00", "2026-03-28T22:00"),
        ("America/Havana", date(2026, 11, 1), "00:30", "2026-11-01T04:30"),  # the first
        ("Australia/Lord_Howe", date(2026, 4, 5), "01:45", "2026-04-04T14:45"),  # the first
        ("Pacific/Chatham", date(2026, 9, 27), "02:45", "2026-09-26T14:00"),  # 03:45 +13:45
        ("Asia/Kathmandu", date(2026, 6, 1), "06:00", "2026-06-01T00:15"),
    ],
)
def test_a_day_of_changing_clocks_has_one_slot_at_the_right_instant(zone, on, at, instant):
    expected = datetime.fromisoformat(f"{instant}+00:00")
    around = timedelta(days=2)
    subscription = order(at, timezone=zone)
    slots = list_slots(subscription, expected - around, expected + around)
    assert [slot.due_at for slot in slots if slot.local_on == on] == [expected]


def assert_right_instant(zone: ZoneInfo, on: date, at: str, instant: datetime) -> None:
    wanted = datetime.combine(on, time.fromisoformat(at))
    local = instant.astimezone(zone)
    moved = local.replace(tzinfo=None) - wanted
    if moved:
        # Only a time that no clock shows may move, forward and by no more than the jump.
        before, after = (zone.utcoffset(wanted.replace(fold=fold)) for fold in (0, 1))
        assert moved == after - before > timedelta(0), (zone, on, at)
    else:
        assert local.fold == 0, (zone, on, at)


def test_every_zone_has_one_instant_a_local_date_through_a_year():
    times = ("00:00", "01:30", "02:30")
    start_at, end_at = datetime(2025, 12, 30, tzinfo=UTC), datetime(2027, 1, 2, tzinfo=UTC)
    for name in list_different_zones():
        slots = list_slots(order(*times, timezone=name), start_at, end_at)
        year = [slot for slot in slots if slot.local_on.year == 2026]
        assert len({slot.key for slot in year}) == len(year) == 365 * len(times), name
        for slot in year:
            assert_right_instant(ZoneInfo(name), slot.local_on, slot.local_time, slot.due_at)


@given(
    zone=st.sampled_from(zones()),
    on=st.dates(date(1990, 1, 1), date(2037, 12, 31)),
    minute=st.integers(0, 24 * 60 - 1),
)
def test_any_time_on_any_date_has_its_right_instant(zone, on, minute):
    at = f"{minute // 60:02}:{minute % 60:02}"
    assert_right_instant(ZoneInfo(zone), on, at, slot_instant(on, at, zone))


# ---------------------------------------------------------------- what is due


def test_slots_are_listed_after_the_start_up_to_the_end_in_order():
    subscription = order("18:30", "06:00", weekdays=(3, 4))
    slots = list_slots(
        subscription,
        datetime(2026, 6, 3, 6, tzinfo=UTC),
        datetime(2026, 6, 11, 6, tzinfo=UTC),
    )
    assert [slot.key for slot in slots] == [
        "7/2026-06-03/18:30",
        "7/2026-06-04/06:00",
        "7/2026-06-04/18:30",
        "7/2026-06-10/06:00",
        "7/2026-06-10/18:30",
        "7/2026-06-11/06:00",
    ]


def test_slots_of_a_day_that_a_country_left_out_are_not_lost():
    # Samoa went from 29 to 31 December 2011.
    subscription = order("06:00", timezone="Pacific/Apia")
    due_at = datetime(2011, 12, 30, 16, tzinfo=UTC)
    slots = list_slots(subscription, due_at - timedelta(hours=1), due_at)
    assert [slot.key for slot in slots] == ["7/2011-12-30/06:00", "7/2011-12-31/06:00"]


@given(
    zone=st.sampled_from(zones()),
    cuts=st.lists(st.integers(1, 14 * 24 * 60), min_size=1, max_size=6, unique=True),
)
def test_ticks_at_any_moments_find_each_slot_once(zone, cuts):
    subscription = order("00:10", "02:30", "23:50", timezone=zone)
    start_at = datetime(2026, 3, 20, tzinfo=UTC)
    moments = [start_at, *(start_at + timedelta(minutes=cut) for cut in sorted(cuts))]
    found = [
        slot for begin, end in pairwise(moments) for slot in list_slots(subscription, begin, end)
    ]
    assert found == list(list_slots(subscription, moments[0], moments[-1]))


def test_a_slot_just_due_is_posted_and_not_late():
    due = decide_due(order("12:00", created_at=NOON - timedelta(hours=1)), set(), NOON)
    assert due.post is not None
    assert (due.post.key, due.is_late, due.skip) == ("7/2026-06-03/12:00", False, ())


def test_nothing_is_due_before_its_minute_or_once_it_has_a_row():
    subscription = order("12:00", created_at=NOON - timedelta(hours=1))
    assert decide_due(subscription, set(), NOON - timedelta(seconds=1)).post is None
    due = decide_due(subscription, {"7/2026-06-03/12:00"}, NOON)
    assert (due.post, due.skip) == (None, ())


def test_an_order_given_after_its_time_has_nothing_due_for_the_time_before():
    due = decide_due(order("11:59", created_at=NOON - timedelta(seconds=59)), set(), NOON)
    assert (due.post, due.skip) == (None, ())


def test_a_slot_missed_for_ten_minutes_is_posted_once_at_the_next_start():
    subscription = order("11:50", created_at=NOON - timedelta(hours=1))
    due = decide_due(subscription, set(), NOON)
    assert due.post is not None
    assert not due.is_late
    assert decide_due(subscription, {due.post.key}, NOON).post is None


def test_after_three_days_down_only_the_newest_slot_is_posted_marked_late():
    created_at = NOON - timedelta(days=3, hours=1)
    due = decide_due(order("09:00", created_at=created_at), set(), NOON)
    assert due.post is not None
    assert (due.post.key, due.is_late) == ("7/2026-06-03/09:00", True)
    assert [slot.key for slot, _ in due.skip] == [
        "7/2026-06-01/09:00",
        "7/2026-06-02/09:00",
    ]
    assert all("newer brief" in reason for _, reason in due.skip)


def test_a_slot_older_than_the_catch_up_is_skipped_with_a_reason():
    created_at = NOON - timedelta(days=1)
    due = decide_due(order("05:59", created_at=created_at), set(), NOON)
    assert due.post is None
    [(slot, reason)] = due.skip
    assert slot.key == "7/2026-06-03/05:59"
    assert "too old" in reason
    assert decide_due(order("06:00", created_at=created_at), set(), NOON).post is not None


def test_an_older_slot_is_never_posted_after_a_newer_one():
    subscription = order("10:00", "11:00", created_at=NOON - timedelta(hours=3))
    due = decide_due(subscription, {"7/2026-06-03/11:00"}, NOON)
    assert due.post is None
    assert [slot.key for slot, _ in due.skip] == ["7/2026-06-03/10:00"]


def test_a_clock_that_jumps_a_day_ahead_and_back_makes_at_most_one_brief_a_slot():
    subscription = order("11:00", "23:00", created_at=NOON - timedelta(hours=2))
    known = {"7/2026-06-03/11:00"}
    ahead = decide_due(subscription, known, NOON + timedelta(days=1))
    assert ahead.post is not None
    assert ahead.post.key == "7/2026-06-04/11:00"
    known |= {ahead.post.key, *(slot.key for slot, _ in ahead.skip)}
    for hours in range(26):
        due = decide_due(subscription, known, NOON + timedelta(hours=hours))
        assert (due.post, due.skip) == (None, ())


def test_a_week_is_as_far_as_missed_slots_are_looked_for():
    due = decide_due(order("13:00"), set(), NOON)
    assert len(due.skip) == 7
    assert due.post is None


def test_an_order_moved_an_hour_on_just_after_posting_gives_no_second_brief_that_day():
    moved_at = datetime(2026, 6, 3, 6, 0, 1, tzinfo=UTC)
    subscription = order("07:00", created_at=moved_at)
    seven = datetime(2026, 6, 3, 7, tzinfo=UTC)
    due = decide_due(subscription, {"7/2026-06-03/06:00"}, seven)
    assert due.post is None
    [(slot, reason)] = due.skip
    assert slot.key == "7/2026-06-03/07:00"
    assert "moved from 06:00" in reason
    assert decide_due(subscription, set(), seven).post is not None
    tomorrow = decide_due(
        subscription,
        {"7/2026-06-03/06:00", "7/2026-06-03/07:00"},
        seven + timedelta(days=1),
    )
    assert tomorrow.post is not None


def test_a_time_that_is_added_or_moved_long_after_posting_is_posted_the_same_day():
    posted = {"7/2026-06-03/06:00"}
    added = order("06:00", "12:00", created_at=datetime(2026, 6, 3, 6, 0, 1, tzinfo=UTC))
    assert decide_due(added, posted, NOON).post is not None
    moved = order("12:00", created_at=datetime(2026, 6, 3, 9, tzinfo=UTC))
    assert decide_due(moved, posted, NOON).post is not None


def test_a_moved_first_time_leaves_the_second_brief_of_the_day_alone():
    subscription = order("07:00", "12:00", created_at=datetime(2026, 6, 3, 6, 0, 1, tzinfo=UTC))
    due = decide_due(subscription, {"7/2026-06-03/06:00", "7/2026-06-03/07:00"}, NOON)
    assert due.post is not None
    assert due.post.local_time == "12:00"


def test_two_orders_of_one_minute_are_both_due_under_their_own_keys():
    both = [
        decide_due(order("12:00", number=one), {f"{other}/2026-06-03/12:00"}, NOON).post
        for one, other in ((1, 2), (2, 1))
    ]
    assert [slot and slot.key for slot in both] == ["1/2026-06-03/12:00", "2/2026-06-03/12:00"]


def test_an_order_whose_zone_the_machine_lost_is_refused_in_words():
    with pytest.raises(InputError, match="unknown here"):
        decide_due(order("12:00", timezone="Atlantis/Capital"), set(), NOON)
