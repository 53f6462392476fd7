"""How dates of visits relate, and which days a report can mean."""

from datetime import date

import pytest
from date_samples import dates
from visit_samples import mention

from bot.text.dates import days_between
from bot.visits.spans import Relation, reach, relate

ON = date(2025, 2, 15)


@pytest.mark.parametrize(
    ("told", "known", "relation"),
    [
        (("2025-02-12",), ("2025-02-12",), Relation.SAME),
        (("2025-02-12", "2025-02-12"), ("2025-02-12",), Relation.SAME),
        ((), (), Relation.SAME),
        (("2025",), (), Relation.FINER),
        ((), ("2025",), Relation.COARSER),
        (("2025-02",), ("2025-Q1",), Relation.FINER),
        (("2025-Q1",), ("2025-02-12",), Relation.COARSER),
        (("2025-03",), ("2025-02-12",), Relation.OTHER),
        (("2025-03-01",), ("2025-02",), Relation.OTHER),
        (("2025-02-12", "2025-02-13"), ("2025-02-12",), Relation.FINER),
        (("2025-02-12", "2025-02-14"), ("2025-02-13",), Relation.FINER),
        (("2025-02-13",), ("2025-02-12", "2025-02-13"), Relation.COARSER),
        (("2025-02-12", "2025-02-14"), ("2025-02-12", "2025-02-13"), Relation.OTHER),
        (("2025-02-13",), ("2025-02-12",), Relation.OTHER),
        (("2025-05",), ("2025-05", "2025-06"), Relation.FINER),
        (("2025-05", "2025-06"), ("2025-05",), Relation.COARSER),
        (("2025-04", "2025-05"), ("2025-05", "2025-06"), Relation.OTHER),
    ],
)
def test_told_dates_are_finer_coarser_or_other(
    told: tuple[str, ...], known: tuple[str, ...], relation: Relation
) -> None:
    assert relate(dates(*told), dates(*known)) is relation


@pytest.mark.parametrize(
    ("status", "start", "first", "last"),
    [
        ("planned", "2025", date(2025, 2, 15), date(2025, 12, 31)),
        ("planned", "2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("completed", "2025", date(2025, 1, 1), date(2025, 2, 15)),
        ("completed", "2025-03", date(2025, 3, 1), date(2025, 3, 1)),
        ("completed", None, date(2024, 12, 17), date(2025, 2, 15)),
        ("underway", None, date(2025, 2, 15), date(2025, 2, 15)),
        ("cancelled", None, date(2025, 2, 15), date.max),
        ("planned", "2025-02-12", date(2025, 2, 12), date(2025, 2, 12)),
    ],
)
def test_a_report_means_days_that_fit_what_it_says(
    status: str, start: str | None, first: date, last: date
) -> None:
    assert reach(mention(status, start), ON) == (first, last)


def test_a_report_on_the_first_day_of_all_has_days() -> None:
    assert reach(mention("completed"), date.min) == (date.min, date.min)


def test_windows_that_touch_have_no_days_between() -> None:
    a, b = (date(2025, 1, 1), date(2025, 1, 9)), (date(2025, 1, 12), date.max)
    assert (days_between(a, b), days_between(b, a), days_between(a, a)) == (3, 3, 0)
