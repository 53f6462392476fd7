"""The words of ``account.toml`` → patterns, one set a language."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from bot.text.cues import LANGUAGES
from bot.text.lexicon import LETTER, fold, load_lexicon, one_of, whole
from bot.text.synonyms import load_terms

_NEVER = re.compile(r"(?!)")


class Cues(NamedTuple):
    """The words of one language, compiled; ``account.toml`` tells what each is for.

    ``leading``, ``according`` and ``trailing`` match who says it, at a sentence's two ends.
    """

    tolls: tuple[re.Pattern[str], ...]
    old: re.Pattern[str]
    old_after: re.Pattern[str]
    by: re.Pattern[str]
    step: re.Pattern[str]
    bounds: tuple[tuple[str, re.Pattern[str]], ...]
    revised: re.Pattern[str]
    dropped: re.Pattern[str]
    denied: re.Pattern[str]
    empty: re.Pattern[str]
    without: frozenset[str]
    daily: re.Pattern[str]
    unnamed: re.Pattern[str]
    ago: re.Pattern[str]
    links: frozenset[str]
    idle_words: frozenset[str]
    leading: re.Pattern[str]
    according: re.Pattern[str]
    trailing: re.Pattern[str]


@cache
def load_idle(language: str) -> frozenset[str]:
    """Return the terms that tell nothing of what a value is of."""
    return load_terms(load_lexicon("account")[language]["idle"], language)


@cache
def load_people(language: str) -> frozenset[str]:
    """Return the terms that may stand for anybody in a toll."""
    return load_terms(load_lexicon("account")[language]["people"], language)


def load_cues(language: str) -> Cues:
    """Return the words of a language; of an unknown one English's."""
    return _load(language if language in LANGUAGES else "en")


@cache
def _load(language: str) -> Cues:
    table = load_lexicon("account")[language]
    bounds = load_lexicon("bounds")[language]
    speech = load_lexicon("speech")[language]
    verbs = [*speech["verbs"], *speech["others"], *table["says"]]
    by = [*speech["by"], *(word for word in verbs if word in _BY)]
    return Cues(
        tolls=tuple(_compile(line.split()) for line in table["tolls"]),
        old=_before(table["old"]),
        old_after=_after(table["old_after"]),
        by=_before(table["by"]),
        step=_before(table["step"]),
        bounds=(
            ("least", _before(bounds["least"])),
            ("most", _before(bounds["most"])),
            ("about", _before(table["about"])),
        ),
        revised=_compile(table["revised"]),
        dropped=_compile(table["dropped"]),
        denied=_compile(table["denied"]),
        empty=_compile(table["empty"]),
        without=frozenset(table["without"]),
        daily=_compile(table["daily"]),
        unnamed=_compile(table["unnamed"]),
        ago=_compile(table["ago"]),
        links=frozenset(table["links"]),
        idle_words=frozenset(map(fold, table["idle"])),
        leading=re.compile(rf"\s*{_any(by)}\s[^,]{{1,80}},", re.IGNORECASE) if by else _NEVER,
        according=re.compile(rf",?\s{_any(by)}\s[^,;]*(?:,[^,;]*)?\Z", re.I) if by else _NEVER,
        trailing=re.compile(rf",(?=[\"”»]?\s(?:\S+\s){{0,6}}?{_any(verbs)}[^;]*\Z)", re.IGNORECASE),
    )


_BY = ("selon", "d'après", "según")


def _any(words: Iterable[str]) -> str:
    return whole(one_of(words).replace("\\~", f"{LETTER}*"))


def _compile(words: Iterable[str]) -> re.Pattern[str]:
    listed = list(words)
    return re.compile(_any(listed), re.IGNORECASE) if listed else _NEVER


def _before(words: Iterable[str]) -> re.Pattern[str]:
    """The words right before a value, or parted from it by an article."""
    listed = list(words)
    article = r"(?:\s(?:the|a|an|le|la|les|l'|el|los|las))?"
    return re.compile(rf"{_any(listed)}{article}\s*\Z", re.IGNORECASE) if listed else _NEVER


def _after(words: Iterable[str]) -> re.Pattern[str]:
    listed = list(words)
    return re.compile(rf"\s*{_any(listed)}", re.IGNORECASE) if listed else _NEVER
