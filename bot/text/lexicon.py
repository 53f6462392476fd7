"""Word lists on disk → dictionaries, and patterns that know where a word ends in any script.

The lists are data that an editor can extend: one ``.toml`` file beside each module.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

LETTER = r"[\w\u0300-\u036f\u0900-\u0963\u0971-\u097f]"
"""A character of a word. ``\\w`` alone stops at Devanagari's vowel signs."""

_NUKTA = "\u093c"


@cache
def load_lexicon(name: str) -> dict[str, Any]:
    """Return the tables of ``name``.toml, in NFC like the texts they are held against."""
    import tomllib  # together 20 ms that most commands never need
    from unicodedata import normalize

    raw = Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(normalize("NFC", raw))


def one_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, longest first.

    A space stands for any run of spaces; the nukta dot of Hindi may be missing.
    """
    escaped = (re.escape(word) for word in sorted(words, key=len, reverse=True))
    loose = (
        word.replace("\\ ", r"\s+").replace(_NUKTA, _NUKTA + "?").replace("'", "['’]")
        for word in escaped
    )
    return f"(?:{'|'.join(loose)})"


def whole(pattern: str) -> str:
    """Return ``pattern`` so that it matches no part of a longer word."""
    return rf"(?<!{LETTER})(?:{pattern})(?!{LETTER})"


def fold(text: str) -> str:
    """Return ``text`` without case, accents and nuktas, to compare spellings."""
    if text.isascii():
        return text.lower()
    from unicodedata import combining, normalize

    split = normalize("NFD", text.casefold().replace("’", "'"))
    kept = "".join(c for c in split if not combining(c) or "\u0900" <= c <= "\u097f")
    return normalize("NFC", kept.replace(_NUKTA, ""))


def plain(text: str) -> str:
    """Return ``text`` with ASCII digits, spaces and apostrophes only; every offset stays."""
    if text.isascii():
        return re.sub(r"\s", " ", text)
    return "".join(map(_plain_character, text))


def _plain_character(character: str) -> str:
    if character.isdecimal():
        return str(int(character))
    if character.isspace():
        return " "
    return "'" if character == "’" else character


def compile_words(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern for any of the words: ``~`` at the end is any rest, ``*`` up to four words."""
    parts = [_word_pattern(word) for word in words]
    return re.compile(whole("|".join(parts)) if parts else r"(?!)", re.IGNORECASE)


def _word_pattern(word: str) -> str:
    pattern = one_of([word.removesuffix("~")]).replace(r"\*\s+", r"(?:\S+\s+){0,4}?")
    pattern = pattern.replace(r"\~\s+", rf"{LETTER}*\s+")
    return pattern + (f"{LETTER}*" if word.endswith("~") else "")
