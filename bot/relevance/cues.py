"""wants.toml → patterns: what a question asks for, and what in a sentence answers it."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

from bot.text.cues import LANGUAGES
from bot.text.lexicon import compile_words, fold

KINDS = ("money", "amount", "share", "date", "duration", "who", "where", "body", "why")
"""The kinds of thing that a question may ask for, beside ``whether``."""


@cache
def load_table() -> dict[str, dict[str, list[str]]]:
    """The lists by kind and language, in NFC like the texts they are held against."""
    raw = Path(__file__).with_name("wants.toml").read_text("utf-8")
    table: dict[str, Any] = tomllib.loads(normalize("NFC", raw))
    return table


def has_cue(kind: str, text: str, language: str = "") -> bool:
    """Tell whether ``text`` has a word of the list, in its language, or in any if none is given.

    Texts of other languages are read by the English list.
    """
    return bool(_load_pattern(kind, language).search(text))


@cache
def _load_pattern(kind: str, language: str) -> re.Pattern[str]:
    lists = load_table()[kind]
    if language:
        return compile_words(lists.get(language) or lists["en"])
    return compile_words(word for one in LANGUAGES for word in lists.get(one, ()))


@cache
def load_asking() -> frozenset[str]:
    """The words of asking in all languages, folded."""
    lists = load_table()["asking"]
    return frozenset(fold(word) for language in LANGUAGES for word in lists[language])
