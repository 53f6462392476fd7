"""What a question is read as: its language, its parts, its terms and what it wants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.relevance.question import (
    MAX_PARTS,
    MAX_TERMS,
    find_language,
    find_wants,
    read_question,
    split_parts,
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("how much was indias predator drone contract worth", "en"),
        ("quel droit paie le Canada sur le poisson", "fr"),
        ("c'est toujours prévu l'arrivée d'al-harzi", "fr"),
        ("al final en cuánto se queda el arancel", "es"),
        ("¿Qué arancel paga la harina peruana?", "es"),
        ("मोदी का वॉशिंगटन जाना पक्का हुआ क्या", "hi"),
        ("Modi Washington", "en"),
    ],
)
def test_the_language_is_told_by_script_and_small_words(text: str, language: str) -> None:
    assert find_language(text) == language


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "did modi get to washington and what came out of it",
            ("did modi get to washington", "what came out of it"),
        ),
        (
            "which yard landed the order, and for how much money",
            ("which yard landed the order", "for how much money"),
        ),
        (
            "तटरक्षक को पोत कब मिलेगा और उसकी कीमत कितनी है",
            ("तटरक्षक को पोत कब मिलेगा", "उसकी कीमत कितनी है"),
        ),
        ("how much did india and france agree on", ("how much did india and france agree on",)),
        ("who is coming, and when", ("who is coming, when",)),
        ("?", ("?",)),
    ],
)
def test_several_questions_in_one_are_told_apart(text: str, parts: tuple[str, ...]) -> None:
    assert split_parts(text) == parts


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("how much did the drones cost", {"money", "amount"}),
        ("how much weight did price get", {"amount", "money"} - {"money"}),
        ("what duty does tovalia charge on barley", {"amount", "share"}),
        ("which days is the sultan in france", {"date"}),
        ("how long must the boats stay away", {"duration"}),
        ("why has Canada walked away", {"why"}),
        ("is marenholt still off to canada", {"whether"}),
        ("which city is she going to", {"where"}),
        ("qué empresa construye los drones", {"body"}),
        ("pourquoi la visite a été reportée", {"why"}),
        ("नूरा हमीदी किससे बातचीत करेंगी", {"who"}),
        ("सूरजमुखी तेल पर शुल्क कितना है", {"amount", "share"}),
    ],
)
def test_the_kind_of_thing_that_is_asked_for(text: str, wants: set[str]) -> None:
    assert find_wants(text) == wants


def test_a_word_that_only_joins_asks_for_nothing() -> None:
    assert "date" not in find_wants("which steel did kestria spare when it raised prices")
    assert "date" in find_wants("when did kestria raise prices")
    assert "who" not in find_wants("what did the minister who resigned sign")


def test_somebody_who_asks_politely_does_not_ask_whether() -> None:
    assert "whether" not in find_wants("Hello, could somebody tell me what Norvane pays")


def test_terms_are_in_order_as_typed_and_without_words_of_asking() -> None:
    terms = read_question("please tell me how much the us pays for indias drones").terms
    assert [term.written for term in terms] == ["US", "pays", "Indias", "drones"]
    assert [term.word for term in terms] == ["@United States", "pay", "@India", "drone"]


def test_a_term_knows_what_it_means_in_any_language() -> None:
    duty = {term.written: term.meanings for term in read_question("शुल्क कितना है").terms}
    assert duty["शुल्क"] & read_question("what tariff").terms[0].meanings


def test_the_newest_state_and_disagreement_are_noticed() -> None:
    assert read_question("latest on the graphite tax").is_latest
    assert read_question("is the visit going ahead").is_latest
    assert not read_question("who signed the graphite deal").is_latest
    assert read_question("how many radars? i keep hearing two numbers").wants_both
    assert not read_question("how many radars did they buy").wants_both


def test_the_whole_is_embedded_too_where_there_are_parts() -> None:
    assert len(read_question("who signed the deal").texts) == 1
    two = read_question("who signed the deal and when does it start")
    assert two.texts == (two.parts[0].text, two.parts[1].text, two.text)


def test_us_and_eu_are_places_only_where_they_can_be() -> None:
    words = [term.word for term in read_question("did they tell us about the eu").terms]
    assert words == ["@European Union"]
    assert not read_question("la ministre a eu raison").terms[0].word.startswith("@")


@given(st.text(max_size=500))
def test_anything_can_be_read(text: str) -> None:
    question = read_question(text)
    assert 1 <= len(question.parts) <= MAX_PARTS
    assert all(len(part.terms) <= MAX_TERMS for part in question.parts)
