"""Word lists: in the form the code compares, and loaded only when asked for."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import bot.text
from bot.text.lexicon import fold, load_lexicon, one_of, plain, whole

LEXICONS = sorted(path.stem for path in Path(bot.text.__file__).parent.glob("*.toml"))


@pytest.mark.parametrize("name", LEXICONS)
def test_every_word_list_can_be_read(name: str) -> None:
    assert load_lexicon(name)


def test_a_word_ends_where_its_vowel_signs_end() -> None:
    two = re.compile(whole(one_of(["दो"])))
    assert two.search("दो जहाज़")
    assert not two.search("दोनों देश")


def test_words_match_without_nukta_dots_and_across_spaces() -> None:
    pattern = re.compile(whole(one_of(["फ़रवरी", "White House", "l'Inde"])))
    assert all(pattern.fullmatch(text) for text in ("फरवरी", "फ़रवरी", "White  House", "l’Inde"))


def test_folding_removes_what_spellings_differ_in() -> None:
    assert fold("Élysée") == "elysee"
    assert fold("ख़रीद") == fold("खरीद")
    assert fold("मोदी") == "मोदी"


def test_plain_text_keeps_every_offset() -> None:
    text = "१२\u00a0फ़रवरी\nl’été ٣"
    assert plain(text) == "12 फ़रवरी l'été 3"
    assert len(plain(text)) == len(text)


def test_importing_the_language_modules_loads_no_data() -> None:
    modules = "clean, sentences, numbers, dates, names, modality, similar"
    code = (
        f"import sys; from bot.text import {modules}\n"
        "slow = {'babel', 'py3langid', 'sentencex', 'numpy', 'tomllib'}\n"
        "print(sorted(slow & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
