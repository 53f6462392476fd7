"""Sentence → who speaks in it, as far as it says."""

import re
from functools import cache
from typing import NamedTuple

from bot.text.lexicon import LETTER, load_lexicon, one_of, whole
from bot.text.modality import LANGUAGES
from bot.text.names import find_names

_SPEECH = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»")
_NEAR = 60


class _Cues(NamedTuple):
    verb: re.Pattern[str]
    inverted: re.Pattern[str]
    by: re.Pattern[str]
    nobody: frozenset[str]


def has_report(text: str, language: str) -> bool:
    """Tell whether a sentence reports what somebody says."""
    return bool(_load(language).verb.search(_SPEECH.sub(" ", text)))


def find_speakers(text: str, language: str) -> tuple[str, ...]:
    """Return who speaks: names, or the noun before the verb; nobody where a pronoun stands.

    ``the ministry said`` gives ``ministry``, ``he said`` nothing.
    """
    cues = _load(language)
    rest = _SPEECH.sub(' " ', text)
    found: list[str] = []
    for match in cues.verb.finditer(rest):
        if _is_inverted(rest[: match.start()]):
            continue
        if speaker := _read_before(rest[: match.start()], cues):
            found.append(speaker)
    for pattern in (cues.inverted, cues.by):
        for match in pattern.finditer(rest):
            found += _read_after(rest[match.end() :])
    return tuple(dict.fromkeys(found))


def _is_inverted(before: str) -> bool:
    """``… for 25, said Colonel Radanek``: who speaks comes after the verb."""
    return before.rstrip()[-1:] in {",", '"'}


def _read_before(before: str, cues: _Cues) -> str | None:
    """The name that ends the clause before the verb, else its last noun."""
    clause = re.split(r"[;:\"(]|[,.?!]\s", before[-_NEAR:].rstrip(" ,"))[-1]
    names = find_names(clause)
    if names:
        return names[-1]
    nouns: list[str] = re.findall(rf"{LETTER}+", clause.lower())
    return nouns[-1] if nouns and nouns[-1] not in cues.nobody else None


def _read_after(after: str) -> tuple[str, ...]:
    """``said Vikram Misri``, ``according to the White House``: the name that comes first."""
    clause = re.split(r"[,;:.\"(]", after[:_NEAR])[0]
    return find_names(clause)[:1]


@cache
def _load(language: str) -> _Cues:
    table = load_lexicon("speech")[language if language in LANGUAGES else "en"]
    return _Cues(
        verb=re.compile(whole(one_of(table["verbs"])), re.IGNORECASE),
        inverted=re.compile(rf"[\",]\s*{whole(one_of(table['inverted']))}", re.IGNORECASE),
        by=re.compile(whole(one_of(table["by"])), re.IGNORECASE),
        nobody=frozenset(table["nobody"]),
    )
