"""What an event of a visit says, and which events are made, changed and taken away."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from calendar_samples import (
    APRIL,
    CANCELLED,
    CONFIRMED,
    NOW,
    PLANNED,
    POSTPONED,
    entry,
    move,
    visit,
)
from date_samples import dates
from discord_reader import read
from discord_words import ENGLISH
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.discord.event_plan import CAP, Plan, Standing, decide
from bot.channels.discord.event_texts import Wanted, make_event, read_mark
from bot.channels.discord.limits import measure
from bot.model import CalendarEntry, Visit, VisitStatus

TRIP = visit(
    move(1, PLANNED, APRIL, quote="She plans to come."),
    move(2, CONFIRMED, APRIL, quote="Ms Berg will visit Tokyo from 14 to 16 April."),
)


def event_of(told: Visit, timezone: str = "UTC", **how: object) -> Wanted:
    made = make_event(entry(told, **how), timezone, ENGLISH)  # type: ignore[arg-type]
    assert made is not None
    return made


def standing(wanted: Wanted, *, number: int = 1, is_active: bool = False) -> Standing:
    return Standing(
        id=number,
        uid=wanted.uid,
        sequence=wanted.sequence,
        start_at=wanted.start_at,
        end_at=wanted.end_at,
        is_active=is_active,
    )


def plan(
    *entries: CalendarEntry, has: tuple[Standing, ...] = (), others: int = 0, now: datetime = NOW
) -> Plan:
    return decide(entries, has, others=others, timezone="UTC", words=ENGLISH, now=now)


# ---------------------------------------------------------------- what an event says


def test_an_event_says_who_where_how_sure_by_whose_word_and_carries_its_mark() -> None:
    event = event_of(TRIP, uid="ab12", sequence=3)
    assert event.name == "Anna Berg → Tokyo (confirmed)"
    assert event.location == "Tokyo, Japan"
    assert event.description == (
        "Confirmed · 14–16 April 2026\n"
        "“Ms Berg will visit Tokyo from 14 to 16 April.”\n"
        "Gazette · 10 Feb 2026\n"
        "https://gazette.example/2\n"
        "ref ab12/3"
    )
    assert read_mark(event.description) == ("ab12", 3)


@pytest.mark.parametrize(
    ("timezone", "start", "end"),
    [
        ("UTC", "2026-04-14T00:00", "2026-04-16T23:59"),
        ("Asia/Kolkata", "2026-04-13T18:30", "2026-04-16T18:29"),
        ("America/New_York", "2026-04-14T04:00", "2026-04-17T03:59"),
    ],
)
def test_an_event_lasts_from_midnight_to_midnight_where_the_workspace_lives(
    timezone: str, start: str, end: str
) -> None:
    event = event_of(TRIP, timezone)
    assert event.start_at == datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert event.end_at == datetime.fromisoformat(end).replace(tzinfo=UTC)


def test_a_visit_of_one_day_lasts_that_day() -> None:
    event = event_of(visit(move(1, PLANNED, dates("2026-04-14"))))
    assert event.end_at - event.start_at == timedelta(hours=23, minutes=59)


def test_a_visit_without_place_is_where_its_host_is() -> None:
    event = event_of(visit(move(1, PLANNED, APRIL), place=None))
    assert (event.name, event.location) == ("Anna Berg → Japan (planned)", "Japan")


@pytest.mark.parametrize("start", ["", "2026-04", "2026-Q2", "2026", "0001-01-01", "9999-12-31"])
def test_without_a_day_that_clocks_know_there_is_no_event(start: str) -> None:
    told = entry(visit(move(1, PLANNED, dates(start))))
    assert make_event(told, "Pacific/Kiritimati", ENGLISH) is None


_PARTS = [*"@<>[]()*_~`|#\\:/.\n -", "everyone", "https", "\u202e", "𝔘", "é", "\nref ab/1", "word "]
_TEXT = st.lists(st.sampled_from(_PARTS), max_size=600).map("".join)


@given(_TEXT, _TEXT, _TEXT, _TEXT, _TEXT)
def test_whatever_feeds_say_an_event_fits_and_does_nothing(
    visitor: str, host: str, place: str, quote: str, outlet: str
) -> None:
    told = visit(
        move(1, CONFIRMED, APRIL, quote=quote or "q", outlet=outlet, url="https://[evil"),
        visitor=visitor,
        host=host,
        place=place,
    )
    event = event_of(told, uid="f" * 32, sequence=10)
    assert 1 <= measure(event.name.strip()) <= 100
    assert 1 <= measure(event.location.strip()) <= 100
    assert 1 <= measure(event.description) <= 1000
    assert "\n" not in event.name + event.location
    assert read_mark(event.description) == ("f" * 32, 10)
    for text in (event.name, event.location):
        assert "://" not in text
        assert "@everyone" not in text
    assert read(event.description).kinds() == set()


def test_a_long_sentence_is_cut_and_a_long_address_left_out() -> None:
    told = visit(move(1, PLANNED, APRIL, quote="word " * 900, url="https://a.example/" + "x" * 900))
    event = event_of(told)
    assert measure(event.description) > 900
    assert "…”" in event.description
    assert "https" not in event.description


@pytest.mark.parametrize(
    "text", [None, "", "ref a/1 ", "x ref a/1", "ref a/1\nmore", "ref A/1", "ref a/", "ref /1"]
)
def test_only_a_last_line_that_is_a_mark_is_one(text: str | None) -> None:
    expected = ("a", 1) if text == "ref a/1 " else None
    assert read_mark(text) == expected


# ---------------------------------------------------------------- what is done


def test_a_visit_to_come_gets_an_event_once() -> None:
    wanted = event_of(TRIP)
    assert plan(entry(TRIP)) == Plan(create=(wanted,))
    assert plan(entry(TRIP), has=(standing(wanted),)) == Plan()


def test_a_newer_sequence_changes_the_event() -> None:
    old = standing(event_of(TRIP))
    new = entry(TRIP, sequence=1)
    assert plan(new, has=(old,)) == Plan(change=((old, event_of(TRIP, sequence=1)),))


def test_another_time_zone_changes_the_event() -> None:
    old = standing(event_of(TRIP, "Asia/Tokyo"))
    assert plan(entry(TRIP), has=(old,)).change == ((old, event_of(TRIP)),)


@pytest.mark.parametrize(
    "gone",
    [
        entry(TRIP, is_withdrawn=True),
        entry(replace(TRIP, status=CANCELLED)),
        entry(replace(TRIP, status=VisitStatus.COMPLETED)),
        entry(replace(TRIP, status=POSTPONED, dates=dates())),
        entry(replace(TRIP, dates=dates("2026-04"))),
        entry(TRIP, uid="another"),
    ],
    ids=["withdrawn", "cancelled", "completed", "postponed", "no day", "unknown"],
)
def test_a_visit_that_is_off_or_loses_its_day_loses_its_event(gone: CalendarEntry) -> None:
    old = standing(event_of(TRIP))
    assert plan(gone, has=(old,)).remove == (old,)


def test_a_visit_postponed_to_a_new_day_keeps_its_event() -> None:
    later = replace(TRIP, status=POSTPONED, dates=dates("2026-05-02"))
    old = standing(event_of(TRIP))
    ((changed, wanted),) = plan(entry(later, sequence=1), has=(old,)).change
    assert changed == old
    assert wanted.name == "Anna Berg → Tokyo (postponed)"


def test_of_twins_the_older_stays() -> None:
    wanted = event_of(TRIP)
    first, second, third = (standing(wanted, number=n) for n in (3, 5, 9))
    assert plan(entry(TRIP), has=(third, first, second)) == Plan(remove=(second, third))


def test_what_has_begun_is_never_made_but_keeps_the_event_that_it_has() -> None:
    during = datetime(2026, 4, 15, tzinfo=UTC)
    assert plan(entry(TRIP), now=during) == Plan()
    active = standing(event_of(TRIP), is_active=True)
    assert plan(entry(TRIP), has=(active,), now=during) == Plan()
    underway = entry(replace(TRIP, status=VisitStatus.UNDERWAY), sequence=1)
    assert [pair[0] for pair in plan(underway, has=(active,), now=during).change] == [active]


def test_what_begins_this_minute_is_not_made() -> None:
    assert plan(entry(TRIP), now=datetime(2026, 4, 13, 23, 59, 30, tzinfo=UTC)) == Plan()


def test_an_event_that_has_begun_can_not_move_and_is_made_anew() -> None:
    active = standing(event_of(TRIP), is_active=True)
    moved = entry(replace(TRIP, dates=dates("2026-05-02")), sequence=1)
    done = plan(moved, has=(active,), now=datetime(2026, 4, 14, 12, tzinfo=UTC))
    assert done.remove == (active,)
    assert [event.sequence for event in done.create] == [1]


def test_an_event_can_not_move_into_the_past_and_goes() -> None:
    waiting = standing(event_of(TRIP))
    moved = entry(replace(TRIP, dates=dates("2026-03-09", "2026-03-12")), sequence=1)
    assert plan(moved, has=(waiting,)) == Plan(remove=(waiting,))


def test_what_is_over_and_what_is_years_away_get_none() -> None:
    over = visit(move(1, PLANNED, dates("2026-03-01")))
    far = visit(move(1, PLANNED, dates("2030-03-01")))
    assert plan(entry(over, uid="a"), entry(far, uid="b")) == Plan()


def test_where_there_is_no_room_for_all_the_nearest_come_first() -> None:
    starts = [datetime(2026, 4, 1, tzinfo=UTC) + timedelta(days=n) for n in range(120)]
    entries = [
        entry(visit(move(1, PLANNED, dates(start.date().isoformat()))), uid=f"u{n:03}")
        for n, start in enumerate(starts)
    ]
    done = plan(*reversed(entries), others=10)
    assert [event.uid for event in done.create] == [f"u{n:03}" for n in range(90)]
    assert done.left_out == 30
    farthest = standing(make_event(entries[-1], "UTC", ENGLISH))  # type: ignore[arg-type]
    assert plan(*entries, has=(farthest,), others=10).remove == (farthest,)
    assert plan(*entries, others=CAP + 5) == Plan(left_out=120)


_STATUSES = st.sampled_from([PLANNED, CONFIRMED, CANCELLED, POSTPONED, VisitStatus.UNDERWAY])
_DAYS = st.sampled_from(["", "2026-03", "2026-03-01", "2026-03-10", "2026-03-12", "2026-04-14"])
_ENTRIES = st.lists(
    st.builds(
        lambda uid, sequence, status, start, is_withdrawn: entry(
            visit(move(1, status, dates(start))),
            uid=uid,
            sequence=sequence,
            is_withdrawn=is_withdrawn,
        ),
        st.sampled_from("abcdef"),
        st.integers(0, 3),
        _STATUSES,
        _DAYS,
        st.booleans(),
    ),
    unique_by=lambda made: made.uid,
    max_size=6,
)


@given(_ENTRIES, _ENTRIES, st.integers(0, 102))
def test_once_done_nothing_is_left_to_do(
    before: list[CalendarEntry], after: list[CalendarEntry], others: int
) -> None:
    has = _carry_out(plan(*before, others=others), ())
    has = _carry_out(plan(*after, has=has, others=others), has)
    done = plan(*after, has=has, others=others)
    assert (done.create, done.change, done.remove) == ((), (), ())
    assert len(has) == len({event.uid for event in has}) <= max(0, CAP - others)


def _carry_out(done: Plan, has: tuple[Standing, ...]) -> tuple[Standing, ...]:
    changed = {old.id: standing(wanted, number=old.id) for old, wanted in done.change}
    kept = [changed.get(old.id, old) for old in has if old not in done.remove]
    made = [standing(wanted, number=100 + n) for n, wanted in enumerate(done.create)]
    return (*kept, *made)
