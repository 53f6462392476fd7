"""Which sentences of a text were changed: real edits, and never another rendering of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.standing import find_edits

TEXT = [
    "India will buy four frigates.",
    "The price is 3 billion dollars.",
    "Delivery begins in 2027.",
    "The minister spoke in Delhi.",
    "Parliament must still agree.",
]


def changed(place: int, *now: str) -> list[str]:
    return [*TEXT[:place], *now, *TEXT[place + 1 :]]


def test_a_changed_figure_is_an_edit_with_the_sentence_as_it_reads_now() -> None:
    newer = changed(1, "The price is 4 billion dollars.")
    assert find_edits(TEXT, newer) == {2: "The price is 4 billion dollars."}


def test_a_sentence_that_was_taken_out_is_an_edit_without_another() -> None:
    assert find_edits(TEXT, changed(1)) == {2: ""}


def test_a_first_and_a_last_sentence_have_one_neighbour() -> None:
    assert find_edits(TEXT, changed(0, "India will buy nine frigates."))
    assert find_edits(TEXT, changed(4, "Parliament has agreed."))


def test_a_sentence_between_others_that_changed_too_is_left_alone() -> None:
    newer = [TEXT[0], "It costs more.", "It comes later.", *TEXT[3:]]
    assert find_edits(TEXT, newer) == {}


@pytest.mark.parametrize(
    "newer",
    [
        [],
        ["Accept our cookies to read on."],
        [*TEXT[:2], "Another story begins here.", "It has other words.", "And another end."],
        [TEXT[0]],
    ],
)
def test_another_page_is_no_edit(newer: list[str]) -> None:
    assert find_edits(TEXT, newer) == {}


@pytest.mark.parametrize(
    "newer",
    [
        TEXT,
        [sentence.upper() for sentence in TEXT],
        [sentence.replace(" ", "\u00a0 ") for sentence in TEXT],
        ["NEW DELHI (Gazette) — " + TEXT[0], *TEXT[1:]],
        ["Advertisement", TEXT[0], "Read more: Navy news", *TEXT[1:], "© Gazette"],
        [" ".join(TEXT[:2]), " ".join(TEXT[2:])],
        list(reversed(TEXT)),
    ],
)
def test_another_rendering_is_no_edit(newer: list[str]) -> None:
    assert find_edits(TEXT, newer) == {}


def test_a_dateline_that_only_the_feed_had_is_no_edit() -> None:
    assert find_edits(["NEW DELHI (Gazette) — " + TEXT[0], *TEXT[1:]], TEXT) == {}


def test_quotation_marks_and_dashes_may_be_drawn_otherwise() -> None:
    older = ["A.", "He said “we’ll see” – and left.", "B."]
    assert find_edits(older, ["A.", 'He said "we\'ll see" - and left.', "B."]) == {}


def test_a_text_of_one_sentence_has_no_edits() -> None:
    assert find_edits(["India will buy four frigates."], ["India will buy nine frigates."]) == {}
    assert find_edits([], TEXT) == {}


WORDS = st.lists(st.sampled_from(["a", "tax", "12", "“x”", "Über", "—", "été."]), min_size=1)
TEXTS = st.lists(WORDS.map(" ".join), max_size=8)


@given(older=TEXTS, newer=TEXTS, extra=TEXTS)
def test_laws(older: list[str], newer: list[str], extra: list[str]) -> None:
    edits = find_edits(older, newer)
    assert all(1 <= number <= len(older) for number in edits)
    assert all(now == "" or now in newer for now in edits.values())
    assert find_edits(older, [*extra, *older]) == {}, "what is added changes no sentence"
