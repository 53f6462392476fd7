"""What tells an event from others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.marks import find_marks, has_adjective


def marks_of(text: str) -> dict[str, float]:
    return dict(find_marks("", text, lead=0).counts)


@pytest.mark.parametrize(
    "text",
    ["a visit to Delhi", "une visite à New Delhi", "una visita a Nueva Delhi", "भारत की यात्रा"],
)
def test_one_thing_has_one_mark_in_four_languages(text: str) -> None:
    assert marks_of(text) == {"#visit": 1, "@India": 1}


def test_a_country_has_one_mark_under_all_its_names() -> None:
    assert marks_of("India, Indians and New Delhi") == {"@India": 3}
    assert marks_of("it told us; the US") == {"@United States": 1}


def test_forms_of_a_word_have_one_mark() -> None:
    assert marks_of("Kestria, Kestrian and kestrien") == {"kestri": 3}


def test_words_that_every_article_has_are_no_marks() -> None:
    assert marks_of("The minister said on Monday that it was announced last week.") == {}


def test_a_name_of_two_words_counts_once() -> None:
    assert marks_of("So Marta Velquist spoke, and Velquist left.") == {"marta": 0.5, "velqui": 1.5}


def test_capitals_make_names_but_not_at_the_beginning_of_a_sentence() -> None:
    found = find_marks("Bazaar Rejoices", "Harvests failed. Then Velquist saw harvests.", lead=0)
    assert found.names == {"velqui": frozenset({"velquist"})}


def test_a_known_person_is_a_name_in_a_script_without_capitals() -> None:
    assert find_marks("", "नरेंद्र मोदी", lead=0).names["modi"] == {"modi"}


def test_the_top_of_a_text_is_told_from_the_rest() -> None:
    found = find_marks("Radar bought", "Velquist paid. Storvik follows.", lead=14)
    assert found.title == {"#radar", "#purchase"}
    assert found.lead == {"velqui"}
    assert "storvi" in found.counts


@pytest.mark.parametrize(
    "forms",
    [
        {"kestria", "kestrian"},
        {"kestria", "kestrians"},
        {"catalonia", "catalonian"},
        {"tovalie", "tovalienne"},
        {"bavaria", "bavarian"},
    ],
)
def test_a_name_with_an_adjective_is_a_country_or_a_people(forms: set[str]) -> None:
    assert has_adjective(forms)


@pytest.mark.parametrize("forms", [{"velquist"}, {"hammerfeld", "hammerfelds"}, {"idris"}, set()])
def test_other_names_have_none(forms: set[str]) -> None:
    assert not has_adjective(forms)


@given(st.text(), st.text())
def test_any_text_has_marks(title: str, text: str) -> None:
    found = find_marks(title, text, lead=len(text))
    assert found.title | found.lead <= found.counts.keys()
    assert found.names.keys() <= found.counts.keys()
    assert all(count > 0 for count in found.counts.values())


def test_a_very_long_text_is_read_to_a_bound() -> None:
    assert "storvi" not in marks_of("harvest " * 100_000 + "near Storvik")
