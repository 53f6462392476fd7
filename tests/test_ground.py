"""What grounding lets through, and what it stops."""

import pytest
from stage_samples import article

from bot.ground import find_fault, ground_fact, quote_fact
from bot.ground_visits import ground_visit
from bot.model import DraftFact, DraftVisit, Drop, Fact, Mention, Precision, VisitDates, VisitStatus

CALL = article(
    "Prime Minister Narendra Modi may visit Washington in February, two officials said. "
    "India signed a contract of about $4 billion for 31 Predator drones in October. "
    "No date has been fixed for the trip. "
    '"We will buy American," Foreign Minister Anita Rao said on Monday. '
    "Exports rose by 12 per cent to €96m. "
    "Donald Trump did not mention F-35 jets."
)


def judge(text: str, *sentences: int) -> Fact | Drop:
    return ground_fact(DraftFact("trade", text, sentences), CALL, "test")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Prime Minister Narendra Modi may visit Washington in February, two officials said.", 1),
        ("Narendra Modi may visit the United States in February.", 1),
        ("India signed a $4bn contract for 31 Predator drones.", 2),
        ("India signed a contract of 4,000 million dollars for Predator drones.", 2),
        ("No date is fixed for the trip.", 3),
        ('Anita Rao said: "We will buy American".', 4),
        ("Exports rose 12% to 96 million euros.", 5),
    ],
)
def test_a_line_that_its_sentence_carries_is_kept(text: str, sentence: int) -> None:
    assert isinstance(judge(text, sentence), Fact)


@pytest.mark.parametrize(
    ("text", "sentence", "reason"),
    [
        ("India signed a contract of about $5 billion for Predator drones.", 2, "number"),
        ("India signed a contract of about $4 million for Predator drones.", 2, "number"),
        ("India signed a contract of about €4 billion for Predator drones.", 2, "number"),
        ("India signed a contract for 13 Predator drones.", 2, "number"),
        ("Russia signed a contract of about $4 billion for Predator drones.", 2, "name"),
        ("Emmanuel Macron may visit Washington in February.", 1, "name"),
        ("Narendra Modi may visit Washington in March.", 1, "date"),
        ("Narendra Modi will visit Washington in February.", 1, "modality"),
        ("Narendra Modi visited Washington in February.", 1, "modality"),
        ("A date has been fixed for the trip.", 3, "negation"),
        ('Anita Rao said: "We will buy Russian".', 4, "quotation"),
        ("Donald Trump mentioned F-35 jets.", 6, "negation"),
        ("Donald Trump did not mention F-16 jets.", 6, "number"),
        ("Exports rose by 12 per cent to €96m.", 2, "number"),
        ("Exports fell by 12 per cent to €96m.", 5, "word"),
        ("India destroyed 31 Predator drones in October.", 2, "word"),
        ("A date has been fixed", 3, "negation"),
        ("Anything at all.", 99, "evidence"),
        ("   ", 1, "empty"),
    ],
)
def test_a_line_that_says_more_than_its_sentence_is_dropped(
    text: str, sentence: int, reason: str
) -> None:
    verdict = judge(text, sentence)
    assert isinstance(verdict, Drop)
    assert verdict.reason == reason


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("India will buy the jets.", "Officials denied that India will buy the jets."),
        ("Modi visited Paris on Monday.", "It is not true that Modi visited Paris on Monday."),
        ("India will buy 31 drones.", "If Congress agrees, India will buy 31 drones."),
        ("China sank 3 ships.", "China claimed that it sank 3 ships."),
        ("India bought 31 drones.", "India offered to buy 31 drones."),
        ("The talks made progress.", "The talks hardly made progress."),
        ("India signed the contract.", "India is about to sign the contract."),
    ],
)
def test_a_part_of_a_sentence_is_no_proof_of_it(claim: str, source: str) -> None:
    found = article(source)
    assert find_fault(claim, source, found) is not None
    assert find_fault(source, source, found) is None


def test_a_drop_tells_found_elsewhere_from_found_nowhere() -> None:
    elsewhere = judge("India signed a contract of €96m for Predator drones.", 2)
    nowhere = judge("India signed a contract of €97m for Predator drones.", 2)
    assert isinstance(elsewhere, Drop)
    assert "another sentence" in elsewhere.detail
    assert isinstance(nowhere, Drop)
    assert "nowhere" in nowhere.detail


def test_a_language_that_cannot_be_judged_passes_verbatim_only() -> None:
    dutch = article("De minister bezoekt mogelijk Londen in juli van dit jaar.", language="nl")
    assert dutch.language == "nl"
    assert find_fault("De minister bezoekt Londen.", dutch.text, dutch) is not None
    assert find_fault(dutch.text, dutch.text, dutch) is None


def test_what_fails_can_be_replaced_by_its_sentence() -> None:
    fact = quote_fact(DraftFact("trade", "Nonsense of 7 billion.", (2,)), CALL, "test")
    assert fact is not None
    assert fact.text == CALL.sentences[1].text
    assert quote_fact(DraftFact("trade", "Nonsense.", (99,)), CALL, "test") is None


def visit(**changes: object) -> Mention | Drop:
    values: dict[str, object] = {
        "visitor": "Narendra Modi",
        "host": "United States",
        "place": "Washington",
        "date_text": "February",
        "status": VisitStatus.POSSIBLE,
        "sentences": (1,),
    }
    return ground_visit(DraftVisit(**(values | changes)), CALL, "test")  # type: ignore[arg-type]


def test_a_visit_keeps_what_its_sentence_says() -> None:
    mention = visit()
    assert isinstance(mention, Mention)
    assert mention.dates == VisitDates("2025-02", None, Precision.MONTH)
    assert mention.status is VisitStatus.POSSIBLE
    assert mention.place == "Washington"


def test_a_visit_that_may_happen_is_never_confirmed() -> None:
    for claimed in (VisitStatus.CONFIRMED, VisitStatus.COMPLETED, VisitStatus.CANCELLED):
        mention = visit(status=claimed)
        assert isinstance(mention, Mention)
        assert mention.status is VisitStatus.POSSIBLE


def test_a_date_that_is_not_in_the_sentence_is_not_believed() -> None:
    mention = visit(date_text="12 March")
    assert isinstance(mention, Mention)
    assert mention.dates == VisitDates()


def test_a_visitor_or_host_that_the_article_does_not_name_is_dropped() -> None:
    assert isinstance(visit(visitor="Emmanuel Macron"), Drop)
    assert isinstance(visit(host="Japan"), Drop)
    assert isinstance(visit(sentences=(77,)), Drop)
