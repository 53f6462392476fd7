"""Whatever the ledgers of some days, a visit keeps its name and no sequence falls."""

from datetime import UTC, datetime

from calendar_samples import DAY, NO_DATE, NOW, move, visit
from date_samples import dates
from hypothesis import given, settings
from hypothesis import strategies as st
from visit_samples import mention, report

from bot.calendars import follow_visits
from bot.model import CalendarEntry, Visit, VisitStatus
from bot.visits import build_ledger

PLACES = (("Japan", "Tokyo"), ("France", "Paris"), ("Kenya", None))
WINDOWS = (dates("2026-04-14"), dates("2026-04", "2026-05"), dates("2026"), NO_DATE)
LATER = (dates("2026-11-03"), dates("2026-11-20", "2026-11-21"))

Trip = tuple[str, str, str | None, bool]
# Only Dahl goes twice to one place, and then his dates tell which of the two is meant.
trips = st.one_of(
    st.sampled_from([("Anna Berg", *place, False) for place in PLACES]),
    st.sampled_from([("Ola Dahl", *place, later) for place in PLACES for later in (False, True)]),
)


@st.composite
def ledgers(draw: st.DrawFn) -> list[dict[Trip, Visit]]:
    """The ledger of some days: reports are added, and articles vanish, but never the first.

    Reports of one day stand in one sentence, as in an article about a tour.
    """
    histories = {trip: [_draw_move(draw, trip, 0)] for trip in draw(st.sets(trips, min_size=1))}
    days = []
    for day in range(1, draw(st.integers(2, 6))):
        for trip in draw(st.sets(trips)):
            histories.setdefault(trip, []).append(_draw_move(draw, trip, day))
        lost = draw(st.sets(st.sampled_from(sorted(histories, key=repr))))
        days.append(
            {trip: _stand(trip, told) for trip, told in histories.items() if trip not in lost}
        )
    return days


def _draw_move(draw: st.DrawFn, trip: Trip, day: int):  # type: ignore[no-untyped-def]
    visitor, *_, is_later = trip
    dated = LATER if is_later else WINDOWS[:2]
    when = draw(st.sampled_from(WINDOWS if visitor == "Anna Berg" else dated))
    quote = f"On day {day} this was said{' of autumn' if is_later else ''}."
    return move(day + 1, draw(st.sampled_from(VisitStatus)), when, quote=quote)


def _stand(trip: Trip, told: list) -> Visit:  # type: ignore[type-arg]
    visitor, host, place, _ = trip
    return visit(*told, visitor=visitor, host=host, place=place)


@settings(deadline=None)
@given(ledgers())
def test_whatever_the_ledgers_a_visit_keeps_its_name_and_no_sequence_falls(
    days: list[dict[Trip, Visit]],
) -> None:
    known: tuple[CalendarEntry, ...] = ()
    names: dict[Trip, str] = {}
    for number, ledger in enumerate(days):
        before = {one.uid: one for one in known}
        known = follow_visits("desk", list(ledger.values()), known, NOW + number * DAY)
        by_uid = {one.uid: one for one in known}
        assert len(by_uid) == len(known)
        for trip, told in zip(ledger, known, strict=False):
            assert told.visit == ledger[trip]
            assert names.setdefault(trip, told.uid) == told.uid
        assert len(set(names.values())) == len(names)
        for uid, one in by_uid.items():
            if uid in before:
                assert one.sequence - before[uid].sequence in (0, 1)
                assert (one.changed_at == NOW + number * DAY) or one.sequence == before[
                    uid
                ].sequence
        in_order = sorted(known, key=lambda one: one.uid)
        shuffled = list(ledger.values())[::-1]
        assert (
            sorted(
                follow_visits("desk", shuffled, in_order, NOW + (number + 1) * DAY),
                key=lambda one: one.uid,
            )
            == in_order
        )


# Each list is one person, told better and better, also in another script.
SPELLINGS = (
    ("हमीदी", "नूरा हमीदी", "Hamidi", "Nura Hamidi"),
    ("Lavrenko", "M. Sergey Lavrenko", "Sergei Lavrenko", "Sergey Lavrenko"),
)
TOLD_HOSTS = (("ज़रावन", "Zaravan"), ("Ledanie", "Ledania", "लेडानिया"), ("Tokyo", "Japan"))
Told = tuple[int, int, int, int]
tellings = st.tuples(*(st.integers(0, n) for n in (1, 2, 3, 2)))


@settings(deadline=None)
@given(st.lists(tellings, min_size=1, max_size=8))
def test_a_visit_keeps_its_name_however_its_visitor_and_host_are_spelled(told: list[Told]) -> None:
    reports, known = [], ()
    names: dict[str, str] = {}
    for day, (person, land, spelling, form) in enumerate(told, 1):
        visitor, hosts = SPELLINGS[person][spelling], TOLD_HOSTS[land]
        host = hosts[form % len(hosts)]
        found = mention("planned", "2026-05-10", visitor=visitor, host=host)
        url = f"https://a.example/{day}/{person}/{land}"
        reports.append(report(f"2026-04-{day:02}", found, url=url))
        ledger = build_ledger(reports, datetime(2026, 4, day, 12, tzinfo=UTC))
        known = follow_visits("desk", ledger, known, NOW + day * DAY)
        assert len(known) == len(ledger), "none is withdrawn"
        for one in known:
            first = one.visit.history[0].article_url
            assert names.setdefault(first, one.uid) == one.uid
