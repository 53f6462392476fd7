"""question × ledger → the visit it asks about, and nobody else's."""

from datetime import UTC, datetime

import pytest

from bot.model import Move, Precision, Visit, VisitDates, VisitStatus
from bot.visit_lines import find_visit, tell_visit


def move(day: int, status: VisitStatus, dates: VisitDates, quote: str) -> Move:
    return Move(
        at=datetime(2025, 2, day, tzinfo=UTC),
        status=status,
        dates=dates,
        article_id=day,
        article_url=f"https://gazette.example/{day}",
        outlet="Gazette",
        title="A visit",
        sentence=1,
        quote=quote,
    )


def visit(visitor: str, host: str, place: str, *history: Move) -> Visit:
    last = history[-1]
    return Visit(
        key=visitor,
        visitor=visitor,
        host=host,
        place=place,
        dates=last.dates,
        status=last.status,
        history=history,
    )


MARCH = VisitDates("2025-03", None, Precision.MONTH)
DAYS = VisitDates("2025-03-20", "2025-03-21", Precision.DAY)
TRUMP = visit(
    "Donald Trump",
    "France",
    "Paris",
    move(1, VisitStatus.PLANNED, MARCH, "Donald Trump plans to visit Paris in March."),
    move(9, VisitStatus.CONFIRMED, DAYS, "Donald Trump will be in Paris on 20 and 21 March."),
)
MODI = visit(
    "Narendra Modi",
    "United States",
    "Washington",
    move(2, VisitStatus.CONFIRMED, DAYS, "Narendra Modi will be in Washington."),
)
HARZI = visit(
    "Idris al-Harzi",
    "United Kingdom",
    "London",
    move(3, VisitStatus.CONFIRMED, DAYS, "The Merawi defence minister, Idris al-Harzi, comes."),
)
LEDGER = (TRUMP, MODI, HARZI)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("when is trump in paris", TRUMP),
        ("is President Trump going to France?", TRUMP),
        ("when is trumps paris trip", TRUMP),
        ("ट्रंप पेरिस कब जा रहे हैं", TRUMP),
        ("quand Modi va-t-il à Washington ?", MODI),
        ("is the merawi defence minister still coming to london", HARZI),
        ("When is Donald Tusk in Paris?", None),
        ("When did Ivanka Trump visit Paris?", None),
        ("when is Donald Trump Jr. in Paris", None),
        ("when is modi in paris", None),
        ("when is trump in paris in 2027", None),
        ("what does trump think of tariffs on France", None),
    ],
)
def test_a_visit_is_found_by_its_visitor_and_its_place(question: str, found: Visit | None) -> None:
    assert find_visit(question, LEDGER) is found


@pytest.mark.parametrize(
    ("question", "context", "found"),
    [
        ("and when?", "is trump going to paris", TRUMP),
        ("is he still going there", "when is modi in washington", MODI),
        ("And when is Lula visiting?", "When is Modi in Washington?", None),
    ],
)
def test_earlier_questions_name_only_what_is_left_to_them(
    question: str, context: str, found: Visit | None
) -> None:
    assert find_visit(question, LEDGER, context=context) is found


def test_a_visit_is_told_with_what_it_was_before() -> None:
    lines = tell_visit(TRUMP)
    assert [line.text for line in lines] == [
        "Donald Trump → France (Paris): confirmed, 20–21 March 2025.",
        "Before that: planned, March 2025.",
    ]
    assert [line.citations[0].article_id for line in lines] == [9, 1]
    assert len(tell_visit(MODI)) == 1
