"""Names that a question writes in one script and an article in the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.spelling import is_devanagari
from bot.text.transliterate import MOST, names_alike, transliterate


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("Modi", "मोदी"),
        ("Macron", "मैक्रों"),
        ("Macron", "मैक्रोन"),
        ("Macron", "माक्रों"),
        ("Trump", "ट्रंप"),
        ("Putin", "पुतिन"),
        ("Zelensky", "ज़ेलेंस्की"),
        ("Starmer", "स्टार्मर"),
        ("Vance", "वैंस"),
        ("Xi", "शी"),
        ("Rajnath", "राजनाथ"),
        ("Hamidi", "हमीदी"),
        ("Wadekar", "वाडेकर"),
        ("मोदी", "Modi"),
        ("मैक्रों", "Macron"),
        ("पुतिन", "Putin"),
        ("राजनाथ", "Rajnath"),
        ("शहबाज़", "Shahbaz"),
    ],
)
def test_a_name_is_spelled_as_the_other_script_does(name: str, spelling: str) -> None:
    assert spelling in transliterate(name)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("Modi", "मोदी"),
        ("trump", "ट्रम्प"),
        ("Trump", "ट्रंप"),
        ("Biden", "बाइडेन"),
        ("Netanyahu", "नेतन्याहू"),
        ("Jaishankar", "जयशंकर"),
        ("Hamidi", "हमीदी"),
        ("Lula", "लूला"),
        ("Xi", "शी"),
        ("Hammerfeld", "हैमरफ़ेल्ड"),
        ("Storvik", "स्टोरविक"),
        ("Vance", "वेंस"),
        ("Mohammed", "Muhammad"),
        ("Macron", "macron"),
    ],
)
def test_two_spellings_are_one_name(word: str, other: str) -> None:
    assert names_alike(word, other)
    assert names_alike(other, word)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("Modi", "मोती"),
        ("Modi", "मंत्री"),
        ("Modi", "मादी"),
        ("Macron", "मार्कर"),
        ("Lula", "लीला"),
        ("Xi", "सी"),
        ("Lee", "अली"),
        ("Putin", "Patten"),
        ("Putin", "पत्नी"),
        ("Meloni", "मिलना"),
        ("Carney", "करना"),
        ("Sharif", "सिर्फ़"),
        ("Modi", ""),
        ("", ""),
    ],
)
def test_other_names_are_not_alike(word: str, other: str) -> None:
    assert not names_alike(word, other)


@given(st.text(max_size=30))
def test_any_word_has_few_spellings_in_the_other_script(word: str) -> None:
    made = transliterate(word)
    assert len(made) == len(set(made)) <= MOST
    assert all(is_devanagari(other) != is_devanagari(word.strip()) for other in made if other)
