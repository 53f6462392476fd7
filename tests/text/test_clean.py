"""Clean text: nothing unseen, one form for equal content."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.clean import clean_text, hash_text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("", ""),
        (" \n\t ", ""),
        ("a\u00a0\u2003 b\tc", "a b c"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\n \n\n\n two", "one\n\ntwo"),
        ("one\u2029two\u2028three", "one\n\ntwo\nthree"),
        ("e\u0301lys\u00e9e", "élysée"),
        ("pay\u200bload \u202egnp.exe\u202c", "payload gnp.exe"),
        ("hi\U000e0049\U000e0067\U000e006e there", "hi there"),
        ("smile \u263a\ufe0f", "smile \u263a"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("lone \ud800 half", "lone half"),
        ("soft\u00adhyphen \ufeffmark", "softhyphen mark"),
        ("\u092b\u093c\u093c", "\u092b\u093c\u093c"),
    ],
)
def test_text_is_cleaned(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text())
def test_cleaning_twice_changes_nothing_and_the_result_is_storable(raw: str) -> None:
    once = clean_text(raw)
    assert clean_text(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\n\n\n" not in once
    assert "  " not in once
    once.encode()


@pytest.mark.timeout(30)
def test_of_a_tower_of_combining_marks_little_stands() -> None:
    clean = clean_text("a" + "\u0316\u0301" * 50_000 + " text")
    assert clean.endswith(" text")
    assert len(clean) < 25


def test_equal_content_has_one_hash() -> None:
    assert hash_text("T", "a\r\n\r\nb ") == hash_text(" T", "a\n\nb\u200b")
    assert len(hash_text("", "")) == 32


def test_the_hash_tells_title_and_text_apart() -> None:
    assert (
        len({hash_text("a", "b"), hash_text("b", "a"), hash_text("ab", ""), hash_text("", "")}) == 4
    )
