"""Sentence → its clauses, each with how sure it is and whether it denies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from bot.text.lexicon import load_lexicon, one_of, whole
from bot.text.modality import LANGUAGES, Modality, find_denials, is_negated, modality
from bot.text.names import find_names, mask_names
from bot.text.synonyms import list_statement_terms

_SIGNS = r"[;:—\"“”«»]|\s[–-]\s|(?<=[.!?।])\s(?=\S)"
_HEADLINE = re.compile(r"^\W*(?:(?!\w+ing\b)[A-Z\d][\w’'.-]*\s+(?:(?:and|of|the)\s+)*)+to\s+[a-z]+")
SHORT = 8
"""Words of a clause that opens with "said" and has no room for what is said."""
_BACKSHIFT = re.compile(r"\bwould\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that says one thing: its terms, its firmness, its denial.

    ``denied`` are the terms right after a word of denial: ``weapons`` in ``but no weapons``.
    ``is_attribution`` tells that it only says who speaks. ``reported`` is its firmness for a
    line that reports it too: ``said he would go`` is ``he will go``.
    """

    text: str
    terms: frozenset[str]
    modality: Modality
    reported: Modality
    is_denied: bool
    denied: frozenset[str]
    is_attribution: bool


@dataclass(frozen=True, slots=True)
class _Cuts:
    """Where the sentences of one language fall apart, compiled."""

    cut: re.Pattern[str]
    frame: re.Pattern[str]
    reporting: re.Pattern[str]
    relative: re.Pattern[str]
    trailing: re.Pattern[str]
    auxiliary: re.Pattern[str]
    temporal: re.Pattern[str]


@lru_cache(maxsize=512)
def read_clauses(text: str, language: str) -> tuple[Clause, ...]:
    """Return the clauses of ``text`` in order; a condition or an accusation frames them all."""
    cuts = _load(language if language in LANGUAGES else "en")
    framing = (modality(match.group(), language) for match in cuts.frame.finditer(text))
    frame = min(framing, default=Modality.ASSERTED)
    clauses: list[Clause] = []
    for start, end in split_clauses(text, language):
        part = text[start:end].strip()
        above = clauses[-1].modality if clauses and _is_list(part, cuts) else frame
        clauses.append(_read(part, language, above, cuts))
    return tuple(clause for clause in clauses if clause.text)


def _is_list(part: str, cuts: _Cuts) -> bool:
    """``: three for the navy``, with no verb of its own: as sure as what it is a list of."""
    return part.startswith(":") and not cuts.auxiliary.search(part)


def split_clauses(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Return where the clauses of ``text`` start and end; together they are the whole text."""
    cuts = _load(language if language in LANGUAGES else "en")
    edges = [0, *(match.start() for match in cuts.cut.finditer(text)), len(text)]
    for start, end in pairwise(edges):
        comma = text.find(",", start + 1, end)
        if comma > 0 and cuts.relative.match(text, start):
            edges.append(comma)
    return tuple((a, b) for a, b in pairwise(sorted(edges)) if b > a)


def _read(part: str, language: str, above: Modality, cuts: _Cuts) -> Clause:
    level = modality(part, language)
    if level is Modality.ASSERTED and language == "en" and _HEADLINE.match(part):
        level = Modality.CERTAIN_FUTURE  # "India to buy jets"
    if cuts.temporal.match(part):
        level = min(level, Modality.CERTAIN_FUTURE)  # "until the board reports"
    is_report = bool(cuts.reporting.match(part.lstrip(", ")))
    reported = modality(_BACKSHIFT.sub("will", part), language) if is_report else level
    return Clause(
        text=part,
        terms=list_statement_terms(mask_names(part, find_names(part)), language),
        modality=min(level, above),
        reported=min(reported, above),
        is_denied=is_negated(part, language),
        denied=frozenset(_list_denied(part, language)),
        is_attribution=bool(cuts.trailing.match(part)) or (is_report and len(part.split()) < SHORT),
    )


def _list_denied(part: str, language: str) -> Iterator[str]:
    """The terms that follow each word of denial."""
    for end in find_denials(part, language):
        yield from list_statement_terms(" ".join(part[end:].split()[:3]), language)


@cache
def _load(language: str) -> _Cuts:
    table = load_lexicon("clauses")[language]
    words = [word for word in table["cut"] if not word.startswith(",")]
    after_comma = [word for word in table["cut"] if word.startswith(",")]
    reporting, auxiliary = whole(one_of(table["reporting"])), whole(one_of(table["auxiliary"]))
    # "… , the minister said": who says it stands apart from what is said.
    trailing = rf",[\"”»]?\s(?=(?:\S+\s){{1,6}}?{reporting})"
    cuts = [
        _SIGNS,
        whole(one_of(words)),
        *(rf"{one_of([word])}(?!\w)" for word in after_comma),
        reporting,
        rf"(?:,\s)?{whole(one_of(table['and']))}(?=(?:\s\S+){{0,{table['reach']}}}?\s{auxiliary})",
        trailing,
    ]
    return _Cuts(
        cut=_compile("|".join(cuts)),
        frame=_compile(whole(one_of(table["frame"]))),
        reporting=_compile(reporting),
        relative=_compile(whole(one_of(table["relative"]))),
        trailing=_compile(trailing),
        auxiliary=_compile(auxiliary),
        temporal=_compile(rf"{whole(one_of(table['temporal']))}(?! that\b| this\b|,)"),
    )


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
