"""Similarity by words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.similar import Weights, containment, cosine, numbers, shingles, words


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "The tariffs, and a tariff!", ("tariff", "tariff")),
        ("en", "visiting visited visits visit", ("visit",) * 4),
        ("en", "planned planning plans", ("plan",) * 3),
        ("en", "countries country", ("country",) * 2),
        ("en", "exchange exchanged exchanges", ("exchang",) * 3),
        ("en", "India's F-35 jets cost $1.5", ("india", "f-35", "jet", "cost", "1.5")),
        ("en", "1,000 in 2025", ("1,000", "2025")),
        ("fr", "Les ministres et l'Élysée", ("ministre", "elysee")),
        ("es", "Los acuerdos del país", ("acuerdo", "pais")),
        ("hi", "भारत की ख़रीद और खरीद", ("भारत", "खरीद", "खरीद")),
        ("xx", "the one", ("the", "one")),
        ("en", "the of and", ()),
        ("en", '" AND NEAR( -', ("near",)),
        ("en", "", ()),
    ],
)  # fmt: skip
def test_words_of_a_text(language: str, text: str, found: tuple[str, ...]) -> None:
    assert words(text, language) == found


def test_shingles_are_runs_of_words() -> None:
    assert shingles("One two, three four", 3) == {"one two three", "two three four"}
    assert shingles("One two", 3) == {"one two"}
    assert shingles("", 3) == frozenset()


def test_a_shortened_copy_is_contained_in_its_original() -> None:
    original = "The ministry signed a contract for eighteen drones on Wednesday after long talks"
    copy = "The ministry signed a contract for eighteen drones on Wednesday"
    other = "A football club bought a winger for two draft picks before the deadline"
    assert containment(shingles(original, 3), shingles(copy, 3)) == 1
    assert containment(shingles(original, 3), shingles(other, 3)) == 0
    assert containment(frozenset(), shingles(copy, 3)) == 0


def test_numbers_are_runs_of_digits_of_any_script() -> None:
    assert numbers("$1,200 on १२ May, F-35") == {"1", "200", "12", "35"}
    assert numbers("none") == frozenset()
    assert numbers("9" * 10_000) == {"9" * 10_000}


def test_a_rare_word_makes_texts_more_alike_than_a_common_one() -> None:
    weights = Weights([["trade", "kestria"], ["trade", "radar"], ["trade", "ship"]])
    query = weights.vector(["trade", "kestria"])
    assert cosine(query, weights.vector(["kestria", "boat"])) > cosine(
        query, weights.vector(["trade", "boat"])
    )


def test_no_words_are_like_nothing() -> None:
    weights = Weights([])
    assert weights.vector([]) == {}
    assert cosine({}, weights.vector(["a"])) == 0


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=6))
def test_cosine_is_symmetric_and_one_for_the_same(texts: list[list[str]]) -> None:
    weights = Weights(texts)
    vectors = [weights.vector(text) for text in texts]
    for a in vectors:
        for b in vectors:
            assert cosine(a, b) == pytest.approx(cosine(b, a))
            assert 0 <= cosine(a, b) <= 1
        assert not a or cosine(a, a) == pytest.approx(1)


@given(st.text(), st.sampled_from(["en", "fr", "es", "hi"]))
def test_any_text_has_words_without_spaces(text: str, language: str) -> None:
    assert all(word and " " not in word for word in words(text, language))
