"""claim × source → the speaker whom the source does not have say it."""

from bot.checks.source import Fault, Source
from bot.text.names import same_name
from bot.text.speech import find_speakers
from bot.text.statement import Statement


def check_speakers(claim: Statement, source: Source) -> Fault | None:
    """Whom the claim has speak, the source has speak, where it says who speaks."""
    claimed = find_speakers(claim.text, claim.language)
    told = find_speakers(source.evidence.text, claim.language)
    if not told:
        return None
    for speaker in claimed:
        if not any(_is_same(speaker, other) or _is_office(other, claim) for other in told):
            return Fault("speaker", f"the source has {' and '.join(told)} say it, not {speaker}")
    return None


def _is_same(a: str, b: str) -> bool:
    return a.casefold() == b.casefold() or same_name(a, b)


def _is_office(told: str, claim: Statement) -> bool:
    """Whether the source's speaker is a common noun that the claim has too: "the minister"."""
    return told.islower() and claim.has_words(told)
