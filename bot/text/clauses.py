"""Sentence → its clauses, each with how sure it is and whether it denies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.text.cues import LANGUAGES
from bot.text.dates import find_dates
from bot.text.lexicon import load_lexicon, one_of, whole
from bot.text.modality import Modality, denies, find_cues, find_denials, modality
from bot.text.names import find_names, mask_names
from bot.text.synonyms import list_lemmas, list_statement_terms

_SIGNS = r"[;:—\"“”«»]|\s[–-]\s"
# Not after "Gen." or "Adm.": a sentence's last word is longer, or a quotation ends with it.
_SENTENCE = re.compile(r"(?:(?<=\w{4}[.!?।])|(?<=[.!?।][\"”»]))\s+(?=[^\Wa-z]|[\"“«])")
_HEADLINE = re.compile(r"^\W*(?:(?!\w+ing\b)[A-Z\d][\w’'.-]*\s+(?:(?:and|of|the)\s+)*)+to\s+[a-z]+")
FIRST = 4
"""Terms within which a piece has its subject and its verb."""
SHORT = 8
"""Words of a clause that opens with "said" and has no room for what is said."""
_BACKSHIFT = re.compile(r"\bwould\b", re.IGNORECASE)


class Part(NamedTuple):
    """Terms of a clause that are equally sure, and how sure: alone, within what frames them.

    ``first`` are the first few in order: subject and verb come first, what is added comes last.

    ``reported`` is ``framed`` for a line that reports it too: ``said he would go`` is then
    ``he will go``. ``head`` is the term that their cue governs, if they have one.
    """

    terms: frozenset[str]
    alone: Modality
    framed: Modality
    reported: Modality
    head: str
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that says one thing: its terms, how sure they are, its denial.

    ``denied`` are the terms right after a word of denial: ``weapons`` in ``but no weapons``.
    ``is_attribution`` tells that it only says who speaks.
    """

    text: str
    terms: frozenset[str]
    parts: tuple[Part, ...]
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
    asserting: re.Pattern[str]


@lru_cache(maxsize=512)
def read_clauses(text: str, language: str) -> tuple[Clause, ...]:
    """Return the clauses of ``text`` in order; a condition or an accusation frames a sentence."""
    clauses: list[Clause] = []
    for sentence in _SENTENCE.split(text):
        clauses += _read_sentence(sentence, language)
    return tuple(clauses)


def _read_sentence(text: str, language: str) -> list[Clause]:
    cuts = _load(language if language in LANGUAGES else "en")
    framing = [modality(match.group(), language) for match in cuts.frame.finditer(text)]
    frame = min([*framing, Modality.PLANNED]) if framing else Modality.ASSERTED
    clauses: list[Clause] = []
    for start, end in split_clauses(text, language):
        clause = text[start:end].strip()
        above = clauses[-1].parts[-1].framed if clauses and _is_list(clause, cuts) else frame
        if clause:
            clauses.append(_read(clause, language, above, cuts))
    return clauses


def _is_list(part: str, cuts: _Cuts) -> bool:
    """``: three for the navy``, with no verb of its own: as sure as what it is a list of."""
    return part.startswith(":") and not cuts.auxiliary.search(part)


def split_clauses(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Return where the clauses of ``text`` start and end; together they are the whole text."""
    cuts = _load(language if language in LANGUAGES else "en")
    dates = find_dates(text, language)
    found = (match.start() for match in cuts.cut.finditer(text))
    inner = [at for at in found if not any(date.start < at < date.end for date in dates)]
    edges = [0, *inner, len(text)]
    for start, end in pairwise(edges):
        comma = text.find(",", start + 1, end)
        if comma > 0 and cuts.relative.match(text, start):
            edges.append(comma)
    return tuple((a, b) for a, b in pairwise(sorted(edges)) if b > a)


def _read(text: str, language: str, frame: Modality, cuts: _Cuts) -> Clause:
    is_report = bool(cuts.reporting.match(text.lstrip(", ")))
    is_short = len(text.split()) < SHORT and not cuts.auxiliary.search(text)
    parts = tuple(_read_parts(text, language, frame, cuts))
    return Clause(
        text=text,
        terms=frozenset(term for part in parts for term in part.terms),
        parts=parts,
        is_denied=denies(text, language),
        denied=frozenset(_list_denied(text, language)),
        is_attribution=bool(cuts.trailing.match(text)) or (is_report and is_short),
    )


def _read_parts(text: str, language: str, frame: Modality, cuts: _Cuts) -> Iterator[Part]:
    """Cut before each cue: "will cut what it | may sell"; doubt lasts, once told."""
    is_report = bool(cuts.reporting.match(text.lstrip(", ")))
    # "until the board reports", "India to buy"
    is_open = cuts.temporal.match(text) or (language == "en" and _HEADLINE.match(text))
    alone = shifted = Modality.CERTAIN_FUTURE if is_open else Modality.ASSERTED
    for start, end, head in _list_pieces(text, language, cuts):
        piece = text[start:end]
        alone = min(alone, modality(cuts.frame.sub(" ", piece), language))
        reported = _BACKSHIFT.sub("will", piece) if is_report else piece
        shifted = min(shifted, modality(reported, language))
        rest = mask_names(piece, find_names(piece))
        terms, lemmas = list_statement_terms(rest, language), list_lemmas(rest, language)
        yield Part(
            terms=terms,
            alone=alone,
            framed=min(alone, frame),
            reported=min(shifted, frame),
            head=head,
            # A phrase has one term for its words, which stand nowhere else.
            first=(*(x for x in lemmas if x in terms), *sorted(terms.difference(lemmas)))[:FIRST],
        )


def _list_pieces(text: str, language: str, cuts: _Cuts) -> Iterator[tuple[int, int, str]]:
    """Where the pieces stand that have one cue each, and what the cue governs.

    What stands before the first cue is its subject, unless it has a verb of its own. Hindi's
    cues stand at the end, after all that they tell of.
    """
    cues = () if language == "hi" else find_cues(text, language)
    if not cues:
        yield 0, len(text), ""
        return
    starts = [start for start, _ in cues]
    verb = cuts.asserting.search(text[: starts[0]])
    is_said = verb and list_lemmas(text[verb.end() : starts[0]], language)
    report = cuts.reporting.match(text)
    first = starts[0] if is_said else report.end() if report else 0
    if first:
        yield 0, first, ""
    starts[0] = first
    ends = (*starts[1:], len(text))
    for start, (_, after), end in zip(starts, cues, ends, strict=True):
        yield start, end, "".join(list_lemmas(text[after:end], language)[:1])


def _list_denied(part: str, language: str) -> Iterator[str]:
    """The terms that follow each word of denial."""
    for end in find_denials(part, language):
        yield from list_statement_terms(" ".join(part[end:].split()[:3]), language)


@cache
def _load(language: str) -> _Cuts:
    table = load_lexicon("clauses")[language]
    words = [word for word in table["cut"] if not word.startswith(",")]
    after_comma = [word for word in table["cut"] if word.startswith(",")]
    reporting = rf"{whole(one_of(table['reporting']))}(?! to (?:be|have)\b)"
    auxiliary = whole(one_of(table["auxiliary"]))
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
        asserting=_compile(whole(one_of(table["asserting"]))),
        temporal=_compile(rf"{whole(one_of(table['temporal']))}(?! that\b| this\b|,)"),
    )


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
