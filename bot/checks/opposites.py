"""claim × source → the word whose opposite is what the source says."""

from functools import cache

from bot.checks.source import Fault, Source
from bot.text.lexicon import load_lexicon
from bot.text.statement import Statement
from bot.text.synonyms import load_terms


def check_opposites(claim: Statement, source: Source) -> Fault | None:
    """``before`` is not ``after``, nor ``imports`` ``exports``, whatever else agrees."""
    ours, theirs = claim.every_term, source.evidence.every_term
    for pair in _load_pairs(claim.language):
        for side, other in (pair, pair[::-1]):
            if side & ours and not side & theirs and other & theirs and not other & ours:
                word = min(side & ours)
                return Fault("opposite", f"“{word}” stands where the source has its opposite")
    return None


@cache
def _load_pairs(language: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    pairs = load_lexicon("opposites").get(language, {}).get("pairs", ())
    return tuple(
        (load_terms(one.split(), language), load_terms(other.split(), language))
        for one, other in pairs
    )
