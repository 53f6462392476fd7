"""When two terms are one: forms, synonyms, meanings, sounds, slips of typing."""

import pytest

from bot.relevance.matching import TYPO, Vocabulary, cover, is_typo, measure_forms
from bot.relevance.question import Term, read_question
from bot.relevance.terms import list_text_terms


def _find(question: str, text: str, language: str = "en") -> float:
    """How far the last term of the question is in the text."""
    term = read_question(question).terms[-1]
    vocabulary = Vocabulary(list_text_terms(text, language))
    alike = vocabulary.find_alike(term, read_question(question).language)
    return max(alike.values(), default=0.0)


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("the drones", "India ordered one drone.", "en"),
        ("what will they buy", "The purchase was announced.", "en"),
        ("what of tovalia", "The Tovalian navy sailed.", "en"),
        ("anything from india", "Indian officials met.", "en"),
        ("what tariff", "Un droit de douane de 9 % s'applique.", "fr"),
        ("what did marenholt say", "मारेनहोल्ट ने कहा।", "hi"),
        ("कितना शुल्क", "The customs duty falls.", "en"),
    ],
)
def test_a_term_is_found_in_another_form_or_language(
    question: str, text: str, language: str
) -> None:
    assert _find(question, text, language) >= 0.7


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("the price of wheat", "The weather was fine."),
        ("about 1200 cc", "There were 12000 people."),
        ("what of austria", "Australia agreed."),
        ("the minister", "The ministry of silence."),
    ],
)
def test_other_words_are_not_taken_for_it(question: str, text: str) -> None:
    assert _find(question, text) < 0.9


def test_a_slip_is_thought_of_only_where_the_word_is_unknown() -> None:
    slip = Term("hammerfield", "hammerfield")
    assert Vocabulary({"hammerfeld"}).find_alike(slip, "en") == {"hammerfeld": TYPO}
    known = Vocabulary({"hammerfeld", "hammerfield"}).find_alike(slip, "en")
    assert known["hammerfield"] == 1
    assert is_typo("contrcat", "contract")
    assert not is_typo("wheat", "wheel")


def test_forms_are_alike_both_ways_round() -> None:
    for a, b in (("kestria", "kestrian"), ("tovalia", "tovalian"), ("port", "portugal")):
        assert measure_forms(a, b, "en") == measure_forms(b, a, "en")


def test_what_a_text_covers_is_the_likest_of_its_terms() -> None:
    alike = {"drone": {"drone": 1.0, "uav": 0.9}, "price": {"price": 1.0}}
    assert cover(frozenset({"uav", "ship"}), alike) == {"drone": 0.9}
