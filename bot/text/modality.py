"""Sentence → how sure it is, what state of a visit it tells, and what it denies."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from bot.model import VisitStatus
from bot.text.lexicon import LETTER, load_lexicon, one_of, whole

LANGUAGES = ("en", "fr", "es", "hi")


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


def visit_status(sentence: str, language: str, at: int | None = None) -> VisitStatus:
    """Return the state of a visit that the sentence speaks for.

    What was cancelled, moved, ended or begun is told by its own words, unless they are
    denied. Else what is only floated is possible; a hedge or an unnamed source leaves it
    planned; a confirmation or plain future confirms it. No cue at all means planned.
    """
    cues = _load_cues(language)
    clause = sentence if at is None else _clause(sentence, at)
    for status, cue in cues.events:
        begun = status in (VisitStatus.UNDERWAY, VisitStatus.COMPLETED)
        if cues.is_told(clause if begun else sentence, cue):
            return status
    if modality(sentence, language) is Modality.POSSIBLE:
        return VisitStatus.POSSIBLE
    if cues.hedged.search(sentence) or not cues.is_told(sentence, cues.confirmed):
        return VisitStatus.PLANNED
    return VisitStatus.CONFIRMED


def _clause(sentence: str, at: int) -> str:
    """The part of the sentence around ``at``: what began or ended in another is another trip."""
    cuts = [0, *(m.start() for m in _CUT.finditer(sentence)), len(sentence)]
    return sentence[max(c for c in cuts if c <= at) : min(c for c in cuts if c > at)]


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


_EVENTS = (
    ("cancelled", VisitStatus.CANCELLED),
    ("postponed", VisitStatus.POSTPONED),
    ("dated", VisitStatus.CONFIRMED),
    ("completed", VisitStatus.COMPLETED),
    ("underway", VisitStatus.UNDERWAY),
)
_STOP = re.compile(r"[.!?।…][)\]\"'”’»]*\s*$")
_CUT = re.compile(
    r"[,;:—–]|\b(?:after|before|while|but|and then|and may|and will)\b", re.IGNORECASE
)
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class _Cues:
    """The cues of one language, compiled."""

    levels: tuple[tuple[Modality, re.Pattern[str]], ...]
    headline: re.Pattern[str]
    events: tuple[tuple[VisitStatus, re.Pattern[str]], ...]
    hedged: re.Pattern[str]
    confirmed: re.Pattern[str]
    denial: re.Pattern[str]
    denying: re.Pattern[str]
    denied_before: re.Pattern[str]
    denied_after: re.Pattern[str]

    def is_told(self, sentence: str, cue: re.Pattern[str]) -> bool:
        """Whether the cue occurs with no word of denial close by."""
        return any(not self._is_denied(sentence, match) for match in cue.finditer(sentence))

    def _is_denied(self, sentence: str, match: re.Match[str]) -> bool:
        before = sentence[max(0, match.start() - 60) : match.start()]
        after = self.denied_after.match(sentence, match.end())
        return bool(self.denied_before.search(before) or after)


def _load_cues(language: str) -> _Cues:
    return _load(language if language in LANGUAGES else "en")


@cache
def _load(language: str) -> _Cues:
    table = load_lexicon("modality")[language]
    levels, visit, denial = table["modality"], table["visit"], table["denial"]
    never = levels.get("never", ())
    ignored = rf"{'|'.join(map(_cue_pattern, denial['ignored']))}|no\.\s?\d"
    denied = whole(one_of(denial["words"]))
    after = one_of(denial["after"]) if "after" in denial else None
    return _Cues(
        levels=tuple(
            (level, _compile(levels[level.name.lower()], never)) for level in list(Modality)[:3]
        ),
        headline=_compile(levels.get("headline", ())),
        events=tuple((status, _compile(visit.get(name, ()))) for name, status in _EVENTS),
        hedged=_compile(visit["hedged"]),
        confirmed=_compile(visit["confirmed"]),
        denial=re.compile(rf"{whole(ignored)}|(?P<denial>{denied})", re.IGNORECASE),
        denying=re.compile(one_of(denial["verbs"]), re.IGNORECASE),
        denied_before=re.compile(
            rf"{denied}(?:\s+(?!but |and |mais |et |sino |y |और )\S+){{0,3}}\s*\Z", re.I
        ),
        denied_after=re.compile(rf"(?:\s+\S+)?\s+{after}") if after else _NEVER,
    )


def _compile(cues: Iterable[str], never: Sequence[str] = ()) -> re.Pattern[str]:
    """One pattern for all cues; it matches none of the words of ``never``."""
    patterns = [_cue_pattern(cue) for cue in cues]
    if not patterns:
        return _NEVER
    unless = rf"(?!{whole(one_of(never))})" if never else ""
    return re.compile(rf"{unless}(?:{'|'.join(patterns)})", re.IGNORECASE)


def _cue_pattern(cue: str) -> str:
    pattern = one_of([cue.removeprefix("=")])
    pattern = pattern.replace(r"\*\s+", r"(?:\S+\s+){0,4}?").replace(r"\^", "(?-i:[A-Z])")
    if cue.startswith("~"):  # no names: "Moira" is no French future
        pattern = pattern.replace(r"\~", rf"(?-i:(?![A-Z]){LETTER}){LETTER}+", 1)
    pattern = pattern.replace(r"\~", f"{LETTER}*")
    return whole(f"(?-i:{pattern})" if cue.startswith("=") else pattern)
