"""The generator's word lists, one table a language."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

LETTER = r"[\w\u0900-\u0963\u0970-\u097f]"
"""A character of a word; ``\\w`` alone stops at Devanagari's vowel signs."""


@cache
def _load() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


def get_words(language: str, name: str) -> Any:
    """The list of that name; an empty one for a language that we have no words of."""
    return _load().get(language, {}).get(name, [])


@cache
def get_rules(language: str, name: str) -> tuple[tuple[str, str], ...]:
    """The (pattern, replacement) pairs of that name."""
    rules = []
    for rule in re.split(r"[;\n]", get_words(language, name) or ""):
        pattern, arrow, replacement = rule.partition("→")
        if arrow:
            rules.append((pattern.strip(), replacement.strip().replace("_", " ")))
    return tuple(rules)


def get_nations(language: str) -> list[list[str]]:
    """Groups of names that stand for one country each."""
    return _load()["nations"].get(language, [])  # type: ignore[no-any-return]


def get_peoples(language: str) -> list[str]:
    """Adjectives of countries, one a country."""
    return _load()["peoples"].get(language, [])  # type: ignore[no-any-return]


def whole(pattern: str) -> str:
    """The pattern where it cuts no word in two."""
    return rf"(?<!{LETTER})(?:{pattern})(?:(?<!{LETTER})|(?!{LETTER}))"


@cache
def one_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words or patterns, whole, the longest first, in any case."""
    return re.compile(whole("|".join(sorted(words, key=len, reverse=True))), re.IGNORECASE)


def has_any(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words or patterns stands in the text."""
    listed = tuple(words)
    return bool(listed) and bool(one_of(listed).search(text))
