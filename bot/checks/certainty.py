"""claim × source → where the claim denies, or is surer, than what the source says of the same.

Clause is held against clause: in "no date is fixed, but both want the visit" only the first
half denies, and in "exports rose and may rise further" only the second is unsure.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import TypeVar

from bot.checks.context import load_offices
from bot.checks.source import Fault, Source
from bot.text.clauses import Clause, Part
from bot.text.modality import Modality
from bot.text.speech import has_report
from bot.text.statement import Statement
from bot.text.synonyms import is_told, list_statement_terms

NO_RISE = Modality.ASSERTED
"""Nothing is surer than what is asserted: a source that asserts is never risen above."""
_Spoken = TypeVar("_Spoken", Clause, Part)


def check_denial(claim: Statement, source: Source) -> Fault | None:
    """A clause denies if the source's clauses with its words deny, and only then."""
    there = source.evidence
    for clause in _list_told(claim):
        telling = _list_telling(clause.terms, there)
        found = (_find_voice(term, there.clauses, there.language) for term in telling)
        voices = [voice for voice in found if voice]
        if (
            clause.is_denied
            and clause.denied
            and all(_is_denied(term, there) for term in clause.denied)
        ):
            continue  # "carries no missiles" of "carries a radar, but no missiles"
        against = sum(all(v.is_denied != clause.is_denied for v in voice) for voice in voices)
        is_alone = clause.is_denied and not any(other.is_denied for other in there.clauses)
        if is_alone or 2 * against > len(voices):
            return Fault("negation", "it denies what the source states, or the other way round")
        word = _find_denied(clause, there)
        if word and not clause.is_denied and word not in clause.denied:
            return Fault("negation", f"the source denies “{word}”")
    if _tells_unsaid(claim, there):
        return Fault("negation", "it tells as said what the source says was not said")
    return None


def _tells_unsaid(claim: Statement, there: Statement) -> bool:
    """Whether "she has said whether" stands where the source has "she has not | said whether".

    There the denial is in a clause without a word of its own, cut off before the verb of saying.
    """
    denying = [first for first, _ in pairwise(claim.clauses) if first.is_denied]
    unsaid = [
        second.terms
        for first, second in pairwise(there.clauses)
        if first.is_denied and not first.terms and not second.is_denied
    ]
    return not denying and any(
        len(terms) > 1 and terms <= clause.terms and not clause.is_denied
        for terms in unsaid
        if sum(terms <= other.terms for other in there.clauses) == 1
        for clause in claim.clauses
    )


def _is_denied(term: str, there: Statement) -> bool:
    """Whether the term stands right after a word of denial in the source too."""
    return any(is_told(term, clause.denied, there.language) for clause in there.clauses)


def _find_denied(clause: Clause, there: Statement) -> str | None:
    """A term of the clause that the source has only right after a word of denial."""
    language = there.language
    for term in _list_telling(clause.terms, there):
        having = _find_voice(term, there.clauses, language)
        if having and all(is_told(term, other.denied, language) for other in having):
            return term
    return None


def check_firmness(claim: Statement, source: Source) -> Fault | None:
    """No part of the claim is surer than the source's parts that have its words.

    What a cue governs decides, as in "will | come"; so does a date, "probably in February".
    """
    there = source.evidence
    is_report = has_report(claim.text, claim.language)
    dated = " ".join(date.text for date in claim.dates)
    deciding = list_statement_terms(dated, claim.language)
    for part in (part for clause in _list_told(claim) for part in clause.parts):
        terms = {part.head, *_list_telling({*part.first, *deciding}, there)} - {""}
        terms &= part.terms
        rises = {term: _find_rise(term, part, there, is_report) for term in terms}
        risen = {term: told for term, told in rises.items() if told not in (None, NO_RISE)}
        known = [term for term, told in rises.items() if told is not None]
        if deciding & risen.keys() or part.head in risen or 2 * len(risen) > len(known):
            return _tell_rise(part.framed, min(level for level in risen.values() if level))
    return None


def _find_rise(term: str, part: Part, there: Statement, is_report: bool) -> Modality | None:
    """The source's level if the part is surer there, ``NO_RISE`` if not, None if it has no term."""
    spoken = [piece for clause in there.clauses for piece in clause.parts]
    found = _find_voice(term, spoken, there.language)
    if not found:
        return None
    told = max(piece.reported if is_report else piece.framed for piece in found)
    alone = max(max(piece.alone, piece.reported if is_report else piece.alone) for piece in found)
    if part.framed > told:
        return told
    return alone if part.alone > alone else NO_RISE


def _list_told(claim: Statement) -> list[Clause]:
    """The clauses without those that only say who speaks."""
    return [clause for clause in claim.clauses if not clause.is_attribution]


def _list_telling(terms: AbstractSet[str], there: Statement) -> list[str]:
    """The terms by which a clause is known: no countries, offices and bare numbers."""
    offices = load_offices(there.language)
    return sorted(
        term for term in terms if term[0] != "@" and not term[0].isdigit() and term not in offices
    )


def _find_voice(term: str, spoken: Sequence[_Spoken], language: str) -> list[_Spoken]:
    """The clauses with the very word, else those with one that means the same."""
    very = [other for other in spoken if term in other.terms]
    return very or [other for other in spoken if is_told(term, other.terms, language)]


def _tell_rise(claimed: Modality, told: Modality) -> Fault:
    said, source = (level.name.lower().replace("_", " ") for level in (claimed, told))
    return Fault("modality", f"it says “{said}” where the source says “{source}”")
