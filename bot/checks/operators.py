"""claim × source → the small word that was left out, or put in, and turns what is said.

"Some members" are not "all members", nor is bought what was "almost bought". An operator must
be kept where what it governs is kept; whole phrases may go, and their operators with them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from bot.checks.context import load_offices
from bot.checks.source import Fault, Source
from bot.text.lexicon import LETTER, load_lexicon, one_of, whole
from bot.text.names import get_country
from bot.text.statement import Statement
from bot.text.synonyms import is_told, list_lemmas, list_statement_terms

REACH = 4
"""Words beside an operator in which stands what it governs."""
GOVERNED = 2
"""Content words among them that count."""
MAIN = 0.7
"""Share of a sentence's terms from which a claim says the sentence without its condition."""
_STOP = re.compile(r"[,;:.!?।()\"“”«»—]")
_SENTENCE = re.compile(r"(?<=[.!?।])\s+")


@dataclass(frozen=True, slots=True)
class _Kind:
    """Operators that may stand for one another, and words that carry the same, compiled."""

    operator: re.Pattern[str]
    carrier: re.Pattern[str]
    rules: frozenset[str]
    side: str
    at: str
    widens: str


def check_operators(claim: Statement, source: Source) -> Fault | None:
    """Who keeps a word keeps the "against" or "former" before it, and adds no "all"."""
    there = source.evidence
    for kind in _load_kinds(claim.language).values():
        if "add" in kind.rules and not _has(kind.carrier, there.text):
            added = next(_find(kind, claim), None)
            if added:
                return Fault("operator", f"the source does not say “{added.group()}”")
        if "drop" in kind.rules and not _has(kind.carrier, claim.text):
            lost = (found for found in _find(kind, there) if _is_kept(kind, found, claim, there))
            dropped = next(lost, None)
            if dropped:
                return Fault("operator", f"it leaves out the source's “{dropped.group()}”")
    return None


def _find(kind: _Kind, statement: Statement) -> Iterator[re.Match[str]]:
    """The operators of a kind that stand beside what they must stand beside."""
    for match in kind.operator.finditer(statement.text):
        if match["found"] and _is_beside(kind, match, statement):
            yield match


def _is_beside(kind: _Kind, match: re.Match[str], statement: Statement) -> bool:
    near = _cut_beside(kind, match)
    if kind.at == "office":
        return bool(_list_offices(near, statement.language))
    if kind.at == "person":
        return bool(_list_people(near, statement))
    if kind.at == "superlative":
        return _has(_load_kinds(statement.language)["superlative"].operator, near)
    if kind.at == "date":
        # The word is part of some dates: "by 2030".
        after = match.string[match.start() : match.end() + len(near) + 1]
        return any(date.text in after for date in statement.dates)
    if kind.at == "number":
        return bool(_list_values(near, statement))
    first = list_lemmas(near, statement.language)[:1]
    numbers = list_lemmas(" ".join(q.text for q in statement.quantities), statement.language)
    return kind.at != "no number" or not set(first) & set(numbers)


def _is_kept(kind: _Kind, match: re.Match[str], claim: Statement, there: Statement) -> bool:
    """Whether the claim says what the operator governs, or "all" without its exception."""
    language = claim.language
    if kind.widens and any(_find(_load_kinds(language)[kind.widens], claim)):
        return True
    near = _cut_beside(kind, match)
    if kind.side == "all":
        return _is_said(_cut_main(match), claim)
    if kind.at == "number":
        return bool(_list_values(near, there) & {q.value for q in claim.quantities})
    governed: Sequence[str] = list_lemmas(near, language)
    if kind.side == "before":
        governed = governed[::-1]
    if kind.at == "office":
        governed = _list_offices(near, language)[:1]
    elif kind.at == "person":
        governed = _list_people(near, there)
    return _are_told(governed[:GOVERNED], claim, there)


def _are_told(terms: Sequence[str], claim: Statement, there: Statement) -> bool:
    """Whether the claim has them all; a term that the source has twice may be from elsewhere."""
    told = claim.terms | {*list_lemmas(claim.text, claim.language)}
    said = list_lemmas(there.text, there.language)
    is_only_here = all(said.count(term) == 1 for term in terms)
    return bool(terms) and is_only_here and all(is_told(t, told, claim.language) for t in terms)


def _list_offices(near: str, language: str) -> list[str]:
    offices = load_offices(language)
    return [lemma for lemma in list_lemmas(near, language) if lemma in offices]


def _list_people(near: str, statement: Statement) -> list[str]:
    """The last names of those named with two names or more."""
    names = (name for name in statement.names if " " in name and not get_country(name))
    lasts = (name.split()[-1] for name in names)
    return [
        lemma for last in lasts if last in near for lemma in list_lemmas(last, statement.language)
    ]


def _list_values(near: str, statement: Statement) -> set[Decimal]:
    return {quantity.value for quantity in statement.quantities if quantity.text in near}


def _cut_beside(kind: _Kind, match: re.Match[str]) -> str:
    """The words beside the operator, up to a sign that parts them."""
    if kind.side == "before":
        return " ".join(_STOP.split(match.string[: match.start()])[-1].split()[-REACH:])
    return " ".join(_STOP.split(match.string[match.end() :])[0].split()[:REACH])


def _cut_main(match: re.Match[str]) -> str:
    """The rest of the sentence of a condition: what is before it, or after its comma."""
    text = match.string
    starts = [found.end() for found in _SENTENCE.finditer(text, 0, match.start())]
    start = starts[-1] if starts else 0
    before = text[start : match.start()].strip()
    if len(before.split()) > 1:
        return before
    sentence = _SENTENCE.split(text[match.end() :])[0]
    return sentence.partition(",")[2] or sentence


def _is_said(text: str, claim: Statement) -> bool:
    terms = list_statement_terms(text, claim.language)
    told = [term for term in terms if is_told(term, claim.terms, claim.language)]
    return len(terms) > 1 and len(told) >= MAIN * len(terms)


@cache
def _load_kinds(language: str) -> dict[str, _Kind]:
    return {
        name: _read_kind(row) for name, row in load_lexicon("operators").get(language, {}).items()
    }


def _read_kind(row: dict[str, Any]) -> _Kind:
    words, never = row["words"], row.get("never", [])
    return _Kind(
        operator=_compile(words, never),
        carrier=_compile([*words, *row.get("also", [])], never),
        rules=frozenset(row["rule"]),
        side=row.get("side", "after"),
        at=row.get("at", ""),
        widens=row.get("widens", ""),
    )


def _compile(words: Sequence[str], never: Sequence[str]) -> re.Pattern[str]:
    ignored = "|".join(map(_pattern, never)) or "(?!)"
    return re.compile(f"{ignored}|(?P<found>{'|'.join(map(_pattern, words))})", re.IGNORECASE)


def _has(pattern: re.Pattern[str], text: str) -> bool:
    return any(match["found"] for match in pattern.finditer(text))


def _pattern(words: str) -> str:
    """A whole word or phrase; "~" stands for any rest of a word."""
    return whole(one_of([words]).replace(r"\~", f"{LETTER}*"))
