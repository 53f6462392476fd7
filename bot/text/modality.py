"""Sentence → how sure it is, and what it denies."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from bot.text.cues import LANGUAGES, compile_cues, cue_pattern
from bot.text.lexicon import load_lexicon, one_of, whole


class Modality(IntEnum):
    """How firmly a sentence states its event, weakest first."""

    POSSIBLE = 1
    PLANNED = 2
    CERTAIN_FUTURE = 3
    ASSERTED = 4


def modality(sentence: str, language: str) -> Modality:
    """Return the firmness of the sentence: its weakest cue wins, no cue means asserted.

    ``language`` is en, fr, es or hi; any other is read as English.
    """
    cues = _load_cues(language)
    for level, cue in cues.levels:
        if cue.search(sentence):
            return level
    if not _STOP.search(sentence) and cues.headline.search(sentence):
        return Modality.CERTAIN_FUTURE
    return Modality.ASSERTED


def find_cues(sentence: str, language: str) -> tuple[tuple[int, int], ...]:
    """Return where each cue of doubt or of the future stands, in order; they don't overlap."""
    found = (m.span() for _, cue in _load_cues(language).levels for m in cue.finditer(sentence))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def is_negated(sentence: str, language: str) -> bool:
    """Tell whether the sentence denies something."""
    return negations(sentence, language) > 0


def negations(sentence: str, language: str) -> int:
    """Return how many words of denial the sentence has: not, never, refused and the like."""
    return len(find_denials(sentence, language))


def denies(sentence: str, language: str) -> bool:
    """Tell whether the sentence denies: ``did not sign``, ``refused to sign``.

    ``did not refuse`` does not.
    """
    cues = _load_cues(language)
    found = [match for match in cues.denial.finditer(sentence) if match["denial"]]
    verbs = [match for match in found if cues.denying.fullmatch(match["denial"])]
    return bool(verbs) != (len(found) > len(verbs))


def find_denials(sentence: str, language: str) -> tuple[int, ...]:
    """Return where each word of denial of the sentence ends."""
    found = _load_cues(language).denial.finditer(sentence)
    return tuple(match.end() for match in found if match["denial"])


_STOP = re.compile(r"[.!?।…][)\]\"'”’»]*\s*$")


@dataclass(frozen=True, slots=True)
class _Cues:
    """The cues of one language, compiled."""

    levels: tuple[tuple[Modality, re.Pattern[str]], ...]
    headline: re.Pattern[str]
    denial: re.Pattern[str]
    denying: re.Pattern[str]


def _load_cues(language: str) -> _Cues:
    return _load(language if language in LANGUAGES else "en")


@cache
def _load(language: str) -> _Cues:
    table = load_lexicon("modality")[language]
    levels, denial = table["modality"], table["denial"]
    never = levels.get("never", ())
    ignored = rf"{'|'.join(map(cue_pattern, denial['ignored']))}|no\.\s?\d"
    denied = whole(one_of(denial["words"]))
    return _Cues(
        levels=tuple(
            (level, compile_cues(levels[level.name.lower()], never)) for level in list(Modality)[:3]
        ),
        headline=compile_cues(levels.get("headline", ())),
        denial=re.compile(rf"{whole(ignored)}|(?P<denial>{denied})", re.IGNORECASE),
        denying=re.compile(one_of(denial["verbs"]), re.IGNORECASE),
    )
