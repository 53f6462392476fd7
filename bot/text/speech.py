"""Sentence → who speaks in it, as far as it says."""

import re
from functools import cache
from typing import NamedTuple

from bot.text.cues import LANGUAGES
from bot.text.lexicon import LETTER, load_lexicon, one_of, whole
from bot.text.names import find_names

_SPEECH = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»")
_NEAR = 90
_RELATIVE = re.compile(r"\s*(?:who|which|whose|qui|dont|quien|que)\b")
_SUBJECT = re.compile(
    r"\s+(?:[A-ZÀ-Þ]|(?:the|a|an|his|her|its|one|le|la|les|l'|un|une|el|los|las|su)\b)"
)
_WHERE = re.compile(r"\s(?:in|at|of|from|à|en|de|du|a)\s(?:the\s)?[A-ZÀ-Þ][\w'’-]*\s*$")


class _Cues(NamedTuple):
    verb: re.Pattern[str]
    by: re.Pattern[str]
    others: re.Pattern[str]
    self: re.Pattern[str]
    nobody: frozenset[str]


def has_report(text: str, language: str) -> bool:
    """Tell whether a sentence reports what somebody says, by whatever word."""
    cues, rest = _load(language), _SPEECH.sub(" ", text)
    return any(cue.search(rest) for cue in (cues.verb, cues.by, cues.others))


def is_own_speech(text: str, language: str) -> bool:
    """Tell whether its speaker speaks of himself, as in an interview."""
    return bool(_load(language).self.search(text))


def find_speakers(text: str, language: str) -> tuple[tuple[str, ...], ...]:
    """Return who speaks, for each verb of saying: the names it may mean, or the noun before it.

    ``the ministry said`` gives ``ministry``, ``he said`` nothing.
    """
    cues = _load(language)
    rest = _SPEECH.sub(' " ', text)
    found: list[tuple[str, ...]] = []
    for match in cues.verb.finditer(rest):
        before, after = rest[: match.start()], rest[match.end() :]
        is_inverted = _is_inverted(before, after)
        found.append(_read_after(after) if is_inverted else _read_before(before, cues))
    found += [_read_after(rest[match.end() :]) for match in cues.by.finditer(rest)]
    return tuple(names for names in found if names)


def _is_inverted(before: str, after: str) -> bool:
    """``… for 25, said Colonel Radanek``: who speaks comes after the verb."""
    return before.rstrip()[-1:] in {",", '"'} and bool(_SUBJECT.match(after))


def _read_before(before: str, cues: _Cues) -> tuple[str, ...]:
    """The name that ends the clause before the verb, else its last noun.

    ``the ministry in Karsk`` is the ministry.
    """
    clauses = re.split(r"[;:\"(]|[,.?!]\s", before[-_NEAR:].rstrip(" ,"))
    told = [part for part in clauses if not _RELATIVE.match(part)] or [""]
    clause = _WHERE.sub("", told[-1])
    names = find_names(clause)
    if names and clause.rstrip().endswith(names[-1]):
        return names[-1:]
    nouns: list[str] = re.findall(rf"{LETTER}+", clause.lower())
    return tuple(nouns[-1:]) if nouns and nouns[-1] not in cues.nobody else ()


def _read_after(after: str) -> tuple[str, ...]:
    """``said Vikram Misri``, ``according to the London broker Pike``: the names that come first."""
    near = re.split(r"[;:\"(]|(?<=[a-z]{4})[.]\s", after[:_NEAR])[0]
    return find_names(",".join(near.split(",")[:2]))


@cache
def _load(language: str) -> _Cues:
    table = load_lexicon("speech")[language if language in LANGUAGES else "en"]
    return _Cues(
        verb=re.compile(whole(one_of(table["verbs"])), re.IGNORECASE),
        by=re.compile(whole(one_of(table["by"])), re.IGNORECASE),
        others=re.compile(whole(one_of(table["others"])), re.IGNORECASE),
        self=re.compile(whole(one_of(table["self"])), re.IGNORECASE),
        nobody=frozenset(table["nobody"]),
    )
