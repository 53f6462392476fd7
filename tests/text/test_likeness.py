"""How alike texts are by their marks."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.likeness import measure_likeness
from bot.text.marks import Marks, find_marks


def marks_of(text: str) -> Marks:
    return find_marks("", text, lead=0)


def likeness_of(*texts: str) -> dict[tuple[int, int], float]:
    return measure_likeness([marks_of(text) for text in texts])


def test_texts_with_nothing_in_common_make_no_pair() -> None:
    assert likeness_of("So Velquist fishes.", "So Hammerfeld builds.", "", "The of and.") == {}
    assert measure_likeness([]) == {}


def test_the_same_marks_are_wholly_alike() -> None:
    assert likeness_of("near Storvik Velquist", "near Velquist, Storvik") == {
        (0, 1): pytest.approx(1)
    }


def test_a_name_tells_more_than_a_country_and_a_word() -> None:
    by_name = likeness_of("We met Velquist in Norway.", "We met Velquist in Chile.")
    by_country = likeness_of("We met Velquist in Norway.", "We met Hammerfeld in Norway.")
    by_word = likeness_of("So Velquist smiled once.", "So Hammerfeld smiled often.")
    assert by_name[0, 1] > by_country.get((0, 1), 0)
    assert by_name[0, 1] > by_word.get((0, 1), 0)


def test_a_name_that_many_texts_have_tells_less() -> None:
    pair = ("So Velquist met Quill.", "So Velquist met Dural.")
    others = [f"So Velquist met Person{chr(97 + n) * 3}." for n in range(20)]
    assert likeness_of(*pair, *others)[0, 1] < likeness_of(*pair)[0, 1]


def test_a_name_that_all_texts_have_still_tells_something() -> None:
    texts = [f"So Velquist met {chr(65 + n // 26)}{chr(97 + n % 26)}." for n in range(100)]
    assert likeness_of(*texts)[0, 99] > 0.2


def test_a_name_with_an_adjective_weighs_as_a_country() -> None:
    country = likeness_of("for Kestria, Kestrian eels", "for Kestria, Kestrian hats")
    person = likeness_of("for Velquist, Velquist eels", "for Velquist, Velquist hats")
    assert country.get((0, 1), 0) < person[0, 1]


def test_a_name_meets_its_spelling_in_devanagari() -> None:
    found = likeness_of(
        "a yard at Storvik for Hammerfeld", "स्टोरविक और हैमरफ़ेल्ड", "स्टॉकहोम और हैदराबाद"
    )
    assert found[0, 1] > 0.5
    assert (0, 2) not in found


def test_a_mark_in_very_many_texts_joins_none() -> None:
    assert likeness_of(*[f"So Velquist {chr(97 + n % 26)}{n}." for n in range(201)]) == {}


def test_a_long_text_is_like_the_short_one_of_its_event() -> None:
    short = "At Storvik the ferry Gannet struck the quay of Hammerfeld."
    tail = " ".join(f"Then word{chr(97 + n % 26)}{chr(97 + n // 26)} fell." for n in range(600))
    assert likeness_of(short, f"{short} {tail}")[0, 1] > 0.4


WORDS = [
    "Velquist",
    "Storvik",
    "radar",
    "visit",
    "India",
    "harvest",
    "storm",
    "हैमरफ़ेल्ड",
    "Hammerfeld",
]


@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" so ".join), max_size=7),
    st.randoms(use_true_random=False),
)
def test_likeness_is_a_share_and_does_not_depend_on_order(
    texts: list[str], rng: random.Random
) -> None:
    marks = [marks_of(f"so {text}") for text in texts]
    found = measure_likeness(marks)
    assert all(0 < value <= 1 + 1e-9 and a < b for (a, b), value in found.items())
    places = list(range(len(texts)))
    rng.shuffle(places)
    shuffled = measure_likeness([marks[place] for place in places])
    back = {tuple(sorted((places[a], places[b]))): value for (a, b), value in shuffled.items()}
    assert back.keys() == found.keys()
    assert all(back[pair] == pytest.approx(found[pair]) for pair in found)
