"""claim × source → where the claim denies, or is surer, than what the source says of the same.

Clause is held against clause: in "no date is fixed, but both want the visit" only the first
half denies, and in "exports rose and may rise further" only the second is unsure.
"""

from bot.checks.context import load_offices
from bot.checks.source import Fault, Source
from bot.text.clauses import Clause
from bot.text.modality import Modality
from bot.text.speech import has_report
from bot.text.statement import Statement
from bot.text.synonyms import is_told


def check_denial(claim: Statement, source: Source) -> Fault | None:
    """A clause denies if the source's clauses with its words deny, and only then."""
    there = source.evidence
    for clause in _list_told(claim):
        voices = _list_voices(clause, there)
        against = sum(all(v.is_denied != clause.is_denied for v in voice) for voice in voices)
        is_alone = clause.is_denied and not any(other.is_denied for other in there.clauses)
        if is_alone or 2 * against > len(voices):
            return Fault("negation", "it denies what the source states, or the other way round")
        if not clause.is_denied and (word := _find_denied(clause, there)):
            return Fault("negation", f"the source denies “{word}”")
    return None


def _find_denied(clause: Clause, there: Statement) -> str | None:
    """A term of the clause that the source has only right after a word of denial."""
    language = there.language
    for term in sorted(clause.terms):
        having = _find_voice(term, there)
        if having and all(is_told(term, other.denied, language) for other in having):
            return term
    return None


def check_firmness(claim: Statement, source: Source) -> Fault | None:
    """No clause is surer than the source's clauses that have its words."""
    there = source.evidence
    is_report = has_report(claim.text, claim.language)
    levels = {other: other.reported if is_report else other.modality for other in there.clauses}
    surest = max(levels.values(), default=Modality.POSSIBLE)
    for clause in _list_told(claim):
        voices = _list_voices(clause, there)
        if not voices:
            continue
        told = [max(levels[other] for other in voice) for voice in voices]
        risen = [level for level in told if clause.modality > level]
        if clause.modality > surest or 2 * len(risen) >= len(told):
            return _tell_rise(clause.modality, min(risen, default=surest))
    return None


def _list_told(claim: Statement) -> list[Clause]:
    """The clauses without those that only say who speaks."""
    return [clause for clause in claim.clauses if not clause.is_attribution]


def _list_voices(clause: Clause, there: Statement) -> list[list[Clause]]:
    """For each telling word of the clause, the source's clauses that have it."""
    offices = load_offices(there.language)
    terms = (t for t in clause.terms if not t.startswith("@") and t not in offices)
    return [voice for term in terms if (voice := _find_voice(term, there))]


def _find_voice(term: str, there: Statement) -> list[Clause]:
    """The clauses with the very word, else those with one that means the same."""
    very = [other for other in there.clauses if term in other.terms]
    return very or [other for other in there.clauses if is_told(term, other.terms, there.language)]


def _tell_rise(claimed: Modality, told: Modality) -> Fault:
    said, source = (level.name.lower().replace("_", " ") for level in (claimed, told))
    return Fault("modality", f"it says “{said}” where the source says “{source}”")
