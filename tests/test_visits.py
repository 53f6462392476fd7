"""The ledger: one visit per trip, moved by evidence, the same whatever order reports arrive in."""

import random
from datetime import UTC, datetime

from stage_samples import NOW, analyse, article, load_seeds

from bot.model import ArticleAnalysis, Visit, VisitDates, VisitStatus
from bot.visits import build_ledger, list_open


def reports(*texts: tuple[str, str]) -> list[ArticleAnalysis]:
    """Analyses of (published, text) about Prime Minister Anna Berg going to Japan."""
    return [
        analyse(article(text, number=number, published=published, title="Berg and Japan"))
        for number, (published, text) in enumerate(texts, 1)
    ]


def only(visits: tuple[Visit, ...]) -> Visit:
    assert len(visits) == 1, visits
    return visits[0]


MAY = ("2025-03-01T08:00+00:00", "Prime Minister Anna Berg may visit Tokyo in April.")
PLAN = ("2025-03-05T08:00+00:00", "Prime Minister Anna Berg plans to visit Tokyo in April.")
SET = (
    "2025-03-10T08:00+00:00",
    "Prime Minister Anna Berg will visit Tokyo from 14 to 16 April, the ministry announced.",
)
OFF = (
    "2025-04-10T08:00+00:00",
    "The visit of Prime Minister Anna Berg to Tokyo has been postponed, her office said.",
)


def test_reports_of_one_trip_are_one_visit_with_its_history() -> None:
    visit = only(build_ledger(reports(MAY, PLAN, SET), NOW))
    assert visit.status is VisitStatus.CONFIRMED
    assert (visit.dates.start, visit.dates.end) == ("2025-04-14", "2025-04-16")
    assert [move.status for move in visit.history] == [
        VisitStatus.POSSIBLE,
        VisitStatus.PLANNED,
        VisitStatus.CONFIRMED,
    ]
    assert visit.host == "Japan"
    assert visit.visitor == "Anna Berg"


def test_a_weaker_word_does_not_undo_a_confirmation() -> None:
    rumour = ("2025-03-12T08:00+00:00", "Prime Minister Anna Berg may visit Tokyo in May.")
    visit = only(build_ledger(reports(SET, rumour), NOW))
    assert visit.status is VisitStatus.CONFIRMED
    assert visit.dates.start == "2025-04-14"
    assert not visit.history[-1].is_obeyed


def test_cancelling_one_visit_leaves_the_visitors_other_one_alone() -> None:
    both = reports(
        ("2025-03-01T08:00+00:00", "Prime Minister Anna Berg will visit Tokyo on 12 April."),
        ("2025-03-02T08:00+00:00", "Prime Minister Anna Berg will visit Tokyo on 20 November."),
        (
            "2025-03-03T08:00+00:00",
            "Prime Minister Anna Berg has cancelled her visit to Tokyo on 12 April.",
        ),
    )
    states = {visit.dates.start: visit.status for visit in build_ledger(both, NOW)}
    assert states == {
        "2025-04-12": VisitStatus.CANCELLED,
        "2025-11-20": VisitStatus.CONFIRMED,
    }


def test_a_postponed_visit_has_no_date_until_one_is_given() -> None:
    visit = only(build_ledger(reports(SET, OFF), NOW))
    assert visit.status is VisitStatus.POSTPONED
    assert visit.dates == VisitDates()


def test_a_date_that_passed_without_report_is_shown_and_not_guessed() -> None:
    later = datetime(2025, 5, 1, tzinfo=UTC)
    visit = only(build_ledger(reports(SET), later))
    assert visit.is_overdue
    assert visit.status is VisitStatus.CONFIRMED
    assert list_open((visit,), later) == (visit,)


def test_the_order_of_arrival_does_not_matter() -> None:
    analyses = [analyse(found) for found in load_seeds()]
    expected = build_ledger(analyses, NOW)
    shuffled = list(analyses)
    for seed in range(10):
        random.Random(seed).shuffle(shuffled)
        assert build_ledger(shuffled, NOW) == expected


def test_the_visit_of_the_first_story_goes_from_planned_to_completed() -> None:
    ledger = build_ledger([analyse(found) for found in load_seeds()], NOW)
    visit = only(
        tuple(v for v in ledger if v.visitor == "Narendra Modi" and v.host == "United States")
    )
    assert visit.status is VisitStatus.COMPLETED
    assert (visit.dates.start, visit.dates.end) == ("2025-02-12", "2025-02-13")
    assert visit.history[0].status in (VisitStatus.POSSIBLE, VisitStatus.PLANNED)
    assert VisitStatus.CONFIRMED in {move.status for move in visit.history}
    assert all(move.quote for move in visit.history)


def test_a_visit_long_over_is_not_open() -> None:
    ledger = build_ledger([analyse(found) for found in load_seeds()], NOW)
    assert all(v.status is not VisitStatus.COMPLETED for v in list_open(ledger, NOW))
