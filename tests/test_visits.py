"""The ledger as a whole: from the demo's articles, in any order, and what of it is still open."""

import random
from datetime import UTC, datetime

from stage_samples import NOW, analyse, load_seeds
from visit_samples import ledger, mention, only, report

from bot.model import VisitStatus
from bot.visits import build_ledger, list_open

SET = report("2025-03-10", mention("confirmed", "2025-04-14", "2025-04-16"))


def test_no_reports_are_no_visits() -> None:
    assert build_ledger([], NOW) == ()
    assert ledger(report("2025-03-10")) == ()


def test_what_is_next_comes_first_and_what_is_over_last() -> None:
    visits = ledger(
        report("2025-03-01", mention("confirmed", "2025-05-02", host="Chile")),
        report("2025-03-02", mention("possible", host="Peru")),
        report("2025-03-03", mention("confirmed", "2025-04-02", host="Kenya")),
        report("2025-03-04", mention("completed", "2025-03-02", host="Ghana")),
        report("2025-03-05", mention("confirmed", "2025-02-25", host="Spain")),
        now=datetime(2025, 3, 6, tzinfo=UTC),
    )
    assert [visit.host for visit in visits] == ["Kenya", "Chile", "Peru", "Spain", "Ghana"]


def test_a_text_that_changed_tells_what_its_newest_version_tells() -> None:
    old = report("2025-03-10", mention("confirmed", "2025-04-14"), url="https://a.example/1")
    new = report("2025-03-11", mention("confirmed", "2025-04-21"), url="https://a.example/1")
    for versions in ((old, new), (new, old)):
        visit = only(ledger(*versions))
        assert visit.dates.start == "2025-04-21"
        assert len(visit.history) == 1


def test_a_date_that_passed_without_report_is_shown_and_not_guessed() -> None:
    later = datetime(2025, 5, 1, tzinfo=UTC)
    visit = only(ledger(SET, now=later))
    assert visit.is_overdue
    assert visit.status is VisitStatus.CONFIRMED
    assert list_open((visit,), later) == (visit,)


def test_a_date_that_passed_long_ago_without_report_is_not_open() -> None:
    later = datetime(2025, 6, 1, tzinfo=UTC)
    assert not list_open(ledger(SET, now=later), later)


def test_a_visit_long_over_is_not_open() -> None:
    found = build_ledger([analyse(found) for found in load_seeds()], NOW)
    assert found
    assert all(v.status is not VisitStatus.COMPLETED for v in list_open(found, NOW))


def test_the_order_of_arrival_does_not_matter() -> None:
    analyses = [analyse(found) for found in load_seeds()]
    expected = build_ledger(analyses, NOW)
    shuffled = list(analyses)
    for seed in range(10):
        random.Random(seed).shuffle(shuffled)
        assert build_ledger(shuffled, NOW) == expected


def test_the_visit_of_the_first_story_goes_from_planned_to_completed() -> None:
    found = build_ledger([analyse(found) for found in load_seeds()], NOW)
    visit = only([v for v in found if (v.visitor, v.host) == ("Narendra Modi", "United States")])
    assert visit.status is VisitStatus.COMPLETED
    assert (visit.dates.start, visit.dates.end) == ("2025-02-12", "2025-02-13")
    assert visit.history[0].status in (VisitStatus.POSSIBLE, VisitStatus.PLANNED)
    assert VisitStatus.CONFIRMED in {move.status for move in visit.history}
    assert all(move.quote for move in visit.history)
