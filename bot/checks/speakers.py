"""claim × source → the speaker whom the source does not have say it."""

from bot.checks.source import Fault, Source
from bot.text.names import same_name
from bot.text.speech import find_speakers, has_report, is_own_speech
from bot.text.statement import Statement


def check_speakers(claim: Statement, source: Source) -> Fault | None:
    """Whom the claim has speak, the source has speak, where it says who speaks."""
    told = [name for names in find_speakers(source.evidence.text, claim.language) for name in names]
    text = source.evidence.text
    is_open = has_report(text, claim.language) or is_own_speech(text, claim.language)
    if not told and is_open:
        return None  # a pronoun speaks, whose name was checked as such
    for speakers in find_speakers(claim.text, claim.language):
        if not told and all(map(str.islower, speakers)):
            continue  # "the writer says"
        if not any(
            _is_same(speaker, other) or _is_office(speaker, other, claim, source)
            for speaker in speakers
            for other in told
        ):
            claimed, teller = " or ".join(speakers), " and ".join(told) or "nobody"
            return Fault("speaker", f"the source has {teller} say it, not {claimed}")
    return None


def _is_same(a: str, b: str) -> bool:
    return a.casefold() == b.casefold() or same_name(a, b)


def _is_office(claimed: str, told: str, claim: Statement, source: Source) -> bool:
    """Whether one is a common noun that the other text has too: "the minister"."""
    if claimed.islower() and source.evidence.has_words(claimed):
        return True
    return told.islower() and claim.has_words(told)
