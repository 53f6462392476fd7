"""claim × source → the first telling word that is not the source's, nor means the same."""

from functools import cache, partial

from bot.checks.context import is_title_of
from bot.checks.source import Fault, Source
from bot.text.lexicon import load_lexicon
from bot.text.names import mask_names
from bot.text.statement import Statement
from bot.text.synonyms import is_told, list_statement_terms, load_terms


def check_words(claim: Statement, source: Source) -> Fault | None:
    """Rose is not fell, met is not killed; numbers, dates and names have their own checks."""
    language = claim.language
    for term in sorted(list_statement_terms(_mask(claim), language)):
        # Where a script has capitals, countries are names and were checked as such.
        is_name = term.startswith("@") and language != "hi"
        is_free = is_name or term in _load_free(language)
        if is_free or is_told(term, source.evidence.terms, language):
            continue
        if not is_title_of(term, claim, source):
            return source.miss("word", term, partial(_tells, term))
    return None


def _tells(term: str, there: Statement) -> bool:
    return is_told(term, there.terms, there.language)


def _mask(claim: Statement) -> str:
    """The claim with signs in place of its numbers and dates, and without names."""
    text = claim.text
    spans = [(found.start, found.end) for found in claim.quantities]
    spans += [(found.start, found.end) for found in claim.dates]
    for start, end in spans:
        text = f"{text[:start]}{'#' * (end - start)}{text[end:]}"
    return mask_names(text, claim.names)


@cache
def _load_free(language: str) -> frozenset[str]:
    """Stems that a line may add to its source: they say who speaks, not what happened."""
    table = load_lexicon("synonyms").get(language, {})
    return load_terms(table.get("free", "").split(), language)
