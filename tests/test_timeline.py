"""What the coming weeks look like in days, and how they are told to a listener."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timeline_samples import (
    CHAIN,
    CROWD,
    EVERY_KIND,
    HOSTILE,
    LEYEN,
    MODI,
    MONTH,
    NOW,
    QUARTER,
    UNDATED,
    ZONE,
    days,
    visit,
)

from bot.model import Precision, Visit, VisitDates, VisitStatus
from bot.timeline import (
    MAX_ALT,
    MAX_ROWS,
    Certainty,
    Row,
    Timeline,
    describe_timeline,
    lay_out_timeline,
    note_words,
)


def lay_out(*visits: Visit, now: datetime = NOW, zone: str = ZONE) -> Timeline:
    return lay_out_timeline(visits, now, zone)


def only_row(one: Visit) -> Row:
    (row,) = lay_out(one).rows
    return row


def notes_of(timeline: Timeline) -> dict[str, str]:
    return {note.title: note_words(note) for note in timeline.notes}


def count_told(timeline: Timeline) -> int:
    noted = sum(len(note.lines) + note.omitted for note in timeline.notes)
    return len(timeline.rows) + timeline.omitted + noted


# ---------------------------------------------------------------- the window


def test_the_window_is_eight_weeks_from_this_weeks_monday() -> None:
    timeline = lay_out(*CHAIN)
    assert (timeline.start_on, timeline.end_on) == (date(2025, 2, 3), date(2025, 3, 30))
    assert len(timeline.mondays) == 8
    assert {day.weekday() for day in timeline.mondays} == {0}
    assert timeline.title == "Visits, 3 February – 30 March 2025"
    assert timeline.as_of == "As of 5 February 2025, Asia/Kolkata"


def test_the_week_is_that_of_the_zone() -> None:
    sunday_night = datetime(2025, 2, 9, 20, tzinfo=UTC)
    assert lay_out(now=sunday_night, zone="UTC").start_on == date(2025, 2, 3)
    assert lay_out(now=sunday_night, zone="Asia/Kolkata").start_on == date(2025, 2, 10)


def test_rows_are_in_order_of_start_whatever_the_order_of_the_ledger() -> None:
    rows = lay_out(*CHAIN).rows
    assert [row.label for row in rows] == [
        "Narendra Modi → Paris",
        "Narendra Modi → Washington",
        "Ursula von der Leyen → New Delhi",
        "Lucía Arrizabal → Puerto Lazo",
    ]
    assert lay_out(*reversed(CHAIN)) == lay_out(*CHAIN)


def test_a_row_beyond_an_edge_is_clipped_and_says_so() -> None:
    long = only_row(replace(MODI, dates=days("2025-01-30", "2025-04-02")))
    assert (long.first, long.last) == (date(2025, 2, 3), date(2025, 3, 30))
    assert (long.runs_before, long.runs_after) == (True, True)
    inside = only_row(MODI)
    assert (inside.runs_before, inside.runs_after) == (False, False)


@pytest.mark.parametrize(
    ("start", "is_row"),
    [
        ("2025-02-02", False),
        ("2025-02-03", True),
        ("2025-03-30", True),
        ("2025-03-31", False),
    ],
)
def test_the_first_and_the_last_day_of_the_window_belong_to_it(start: str, is_row: bool) -> None:
    assert bool(lay_out(replace(MODI, dates=days(start))).rows) is is_row


# ---------------------------------------------------------------- what a row says


@pytest.mark.parametrize(
    ("status", "certainty", "words"),
    [
        (VisitStatus.POSSIBLE, Certainty.TENTATIVE, "possible, 12–13 Feb"),
        (VisitStatus.PLANNED, Certainty.TENTATIVE, "planned, 12–13 Feb"),
        (VisitStatus.CONFIRMED, Certainty.CERTAIN, "confirmed, 12–13 Feb"),
        (VisitStatus.UNDERWAY, Certainty.CERTAIN, "underway, 12–13 Feb"),
        (VisitStatus.COMPLETED, Certainty.CERTAIN, "completed, 12–13 Feb"),
        (VisitStatus.POSTPONED, Certainty.TENTATIVE, "postponed, now 12–13 Feb"),
        (VisitStatus.CANCELLED, Certainty.OFF, "cancelled, was 12–13 Feb"),
    ],
)
def test_each_status_has_its_certainty_and_its_words(
    status: VisitStatus, certainty: Certainty, words: str
) -> None:
    row = only_row(replace(MODI, status=status))
    assert (row.certainty, row.words) == (certainty, words)


def test_a_possible_visit_is_never_drawn_as_certain() -> None:
    shown = lay_out(*EVERY_KIND, *CROWD).rows
    sure = {"confirmed", "underway", "completed"}
    for row in shown:
        assert (row.certainty is Certainty.CERTAIN) is (row.words.split(",")[0] in sure)


@pytest.mark.parametrize(
    ("dates", "words", "is_exact"),
    [
        (days("2025-02-12"), "planned, 12 Feb", True),
        (days("2025-02-27", "2025-03-02"), "planned, 27 Feb – 2 Mar", True),
        (VisitDates("2025-03", None, MONTH), "planned, March", False),
        (VisitDates("2025-02", "2025-03", MONTH), "planned, February – March", False),
        (VisitDates("2025-Q1", None, QUARTER), "planned, Q1 2025", False),
        (VisitDates("2025-Q1", "2025-Q2", QUARTER), "planned, Q1 2025 – Q2 2025", False),
    ],
)
def test_dates_are_told_in_few_words_and_as_exactly_as_they_are_known(
    dates: VisitDates, words: str, is_exact: bool
) -> None:
    row = only_row(replace(LEYEN, dates=dates))
    assert (row.words, row.is_exact) == (words, is_exact)


def test_another_year_is_named() -> None:
    december = datetime(2025, 12, 20, 12, tzinfo=UTC)
    row = lay_out(replace(MODI, dates=days("2025-12-30", "2026-01-02")), now=december).rows[0]
    assert row.words == "confirmed, 30 Dec – 2 Jan 2026"


def test_a_month_takes_all_its_days() -> None:
    row = only_row(replace(LEYEN, dates=VisitDates("2025-02", None, MONTH)))
    assert (row.first, row.last, row.runs_before) == (date(2025, 2, 3), date(2025, 2, 28), True)


def test_a_date_that_passed_with_no_report_is_marked() -> None:
    passed = replace(LEYEN, dates=days("2025-02-03", "2025-02-04"), is_overdue=True)
    row = only_row(passed)
    assert row.is_overdue
    assert row.words == "planned, 3–4 Feb, no report yet"
    before = replace(LEYEN, dates=days("2025-01-13", "2025-01-15"), is_overdue=True)
    assert notes_of(lay_out(before)) == {
        "Date passed": "Ursula von der Leyen → New Delhi (planned, 13–15 Jan, no report yet)"
    }


def test_a_visit_underway_with_no_end_goes_on_until_today() -> None:
    begun = replace(MODI, status=VisitStatus.UNDERWAY, dates=days("2025-02-01"))
    row = only_row(begun)
    assert (row.first, row.last) == (date(2025, 2, 3), date(2025, 2, 5))
    silent = replace(begun, is_overdue=True)
    assert lay_out(silent).rows == ()


def test_where_no_place_is_known_the_host_is_named() -> None:
    assert only_row(replace(MODI, place=None)).label == "Narendra Modi → United States"


# ---------------------------------------------------------------- what has no row


def test_visits_without_a_day_in_the_window_are_listed_below() -> None:
    assert notes_of(lay_out(*CHAIN)) == {
        "Later": "Fermín Oquendo → Madrid (possible, October)",
        "No date yet": "Quad leaders → India (planned, 2025); Idris al-Harzi → London (postponed)",
    }


@pytest.mark.parametrize(
    ("one", "title"),
    [
        (visit("A", "B", None, UNDATED, VisitStatus.CANCELLED), "Cancelled"),
        (visit("A", "B", None, UNDATED, VisitStatus.COMPLETED), "Earlier"),
        (visit("A", "B", None, UNDATED, VisitStatus.UNDERWAY), "Underway"),
        (visit("A", "B", None, UNDATED, VisitStatus.POSSIBLE), "No date yet"),
        (replace(MODI, dates=days("2025-01-02"), status=VisitStatus.COMPLETED), "Earlier"),
        (replace(MODI, dates=days("2026-02-12")), "Later"),
    ],
)
def test_each_is_told_under_a_title_that_fits(one: Visit, title: str) -> None:
    assert [note.title for note in lay_out(one).notes] == [title]


def test_what_is_left_out_is_counted() -> None:
    timeline = lay_out(*CROWD)
    assert len(timeline.rows) == MAX_ROWS
    assert timeline.shortfall == "And 7 more visits in these weeks"
    later = [replace(MODI, visitor=f"Envoy {n}", dates=days("2025-06-01")) for n in range(8)]
    words = notes_of(lay_out(*later))["Later"]
    assert words.count("→") == 5
    assert words.endswith("; and 3 more")
    over = replace(MODI, dates=days("2025-01-02"))
    assert notes_of(lay_out(over)) == {"Earlier": "1 visit"}
    assert lay_out(over).shortfall == "No visit has a date in these weeks"


# ---------------------------------------------------------------- for a listener


def test_the_alternative_text_reads_well_aloud() -> None:
    assert describe_timeline(lay_out(*CHAIN)) == (
        "Timeline. Visits, 3 February to 30 March 2025. As of 5 February 2025, Asia/Kolkata. "
        "Narendra Modi to Paris: confirmed, 10 to 12 February. "
        "Narendra Modi to Washington: confirmed, 12 to 13 February. "
        "Ursula von der Leyen to New Delhi: planned, 27 to 28 February. "
        "Lucía Arrizabal to Puerto Lazo: possible, March. "
        "Later: Fermín Oquendo to Madrid (possible, October). "
        "No date yet: Quad leaders to India (planned, 2025); Idris al-Harzi to London (postponed)."
    )
    assert describe_timeline(lay_out()).endswith("No visit has a date in these weeks.")


def test_a_long_alternative_text_ends_at_a_row_and_counts_the_rest() -> None:
    text = describe_timeline(lay_out(*EVERY_KIND, *CROWD))
    assert len(text) <= MAX_ALT
    *told, last = text.split(". ")
    listed = sum(" to " in sentence and ":" in sentence for sentence in told)
    assert last == f"And {len(EVERY_KIND) + len(CROWD) - listed} more visits."


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_it(name: str) -> None:
    timeline = lay_out(replace(MODI, visitor=name, place=name))
    (row,) = timeline.rows
    for text in (row.visitor, row.place):
        assert 1 <= len(text) <= 60
        assert text.isprintable()
    assert len(describe_timeline(timeline)) <= MAX_ALT


# ---------------------------------------------------------------- whatever the ledger holds


@st.composite
def ledgers(draw: st.DrawFn) -> list[Visit]:
    some_days = st.integers(-80, 120).map(lambda n: NOW.date() + timedelta(days=n))

    def dates() -> VisitDates:
        precision = draw(st.sampled_from(Precision))
        first, last = sorted((draw(some_days), draw(some_days)))
        cut = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}.get(precision)
        if precision is Precision.UNKNOWN:
            return UNDATED
        if cut is None:
            return VisitDates(f"{first.year}-Q{(first.month + 2) // 3}", None, precision)
        end = draw(st.sampled_from([None, last.isoformat()[:cut]]))
        return VisitDates(first.isoformat()[:cut], end, precision)

    names = st.text(max_size=12)
    return [
        replace(
            visit(draw(names), draw(names), None, dates(), draw(st.sampled_from(VisitStatus))),
            is_overdue=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(0, 30)))
    ]


@settings(max_examples=60)
@given(ledgers())
def test_every_visit_is_told_or_counted_once(visits: Sequence[Visit]) -> None:
    timeline = lay_out(*visits)
    assert count_told(timeline) == len(visits)
    assert len(describe_timeline(timeline)) <= MAX_ALT
    for row in timeline.rows:
        assert timeline.start_on <= row.first <= row.last <= timeline.end_on
