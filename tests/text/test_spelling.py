"""Names in two scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.lexicon import fold
from bot.text.spelling import is_devanagari, spell


@pytest.mark.parametrize(
    ("latin", "devanagari"),
    [
        ("Modi", "मोदी"),
        ("Kestria", "केस्ट्रिया"),
        ("Sundara", "सुंदरा"),
        ("Vasudevan", "वासुदेवन"),
        ("Putin", "पुतिन"),
        ("Okonjo", "ओकोंजो"),
        ("Harzi", "हार्ज़ी"),
    ],
)
def test_a_name_sounds_the_same_in_both_scripts(latin: str, devanagari: str) -> None:
    assert spell(fold(latin))[0] == spell(fold(devanagari))[0]


@pytest.mark.parametrize(
    ("latin", "devanagari"),
    [
        ("Hammerfeld", "हैमरफ़ेल्ड"),
        ("Storvik", "स्टोरविक"),
        ("Macron", "मैक्रों"),
        ("Charles", "चार्ल्स"),
        ("Schmidt", "श्मिट"),
        ("Zelensky", "ज़ेलेंस्की"),
        ("Jaishankar", "जयशंकर"),
        ("Lindqvist", "लिंडक्विस्ट"),
    ],
)
def test_a_short_a_that_nobody_writes_does_not_part_two_names(latin: str, devanagari: str) -> None:
    first, second = spell(fold(latin)), spell(fold(devanagari))
    assert first[1] == second[1]
    assert len(first[1]) >= 3


@pytest.mark.parametrize(
    ("latin", "devanagari"), [("Kestria", "लेडानिया"), ("Modi", "मादी"), ("Macron", "मार्कर")]
)
def test_other_names_do_not_sound_the_same(latin: str, devanagari: str) -> None:
    assert spell(fold(latin))[0] != spell(fold(devanagari))[0]
    assert spell(fold(latin))[1] != spell(fold(devanagari))[1] or len(spell(latin)[1]) < 4


def test_the_script_of_a_word_is_told() -> None:
    assert is_devanagari("मोदी")
    assert not is_devanagari("Modi")
    assert not is_devanagari("")


@given(st.text(max_size=30))
def test_any_word_has_a_sound(word: str) -> None:
    sound, bones = spell(word)
    assert set(bones) <= set(sound)
    assert not set(bones) & set("aeiou")
