"""draft fact × its evidence → fact, or the reason it is dropped.

A line is kept only if the sentences it cites carry it: numbers, names, quotations, negation
and modality are compared by rule, and what can't be judged is not believed. The verbatim
sentence is always true to its source, so it is what a failed line falls back to.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from bot.model import (
    Article,
    DraftFact,
    Drop,
    Evidence,
    Fact,
    VisitDates,
)
from bot.text.dates import find_dates, resolve_dates
from bot.text.modality import is_negated, modality
from bot.text.names import (
    find_names,
    find_places,
    get_country,
    longest_name,
    same_name,
)
from bot.text.numbers import Quantity, find_codes, find_quantities
from bot.text.terms import is_among, list_terms

JUDGED_LANGUAGES = frozenset({"en", "fr", "es", "hi"})
"""Languages in which negation and modality can be compared; others pass verbatim only."""

FREE_WORDS = frozenset({"say", "said", "tell", "told", "accord", "report", "state", "also"})
"""Stems that a line may add to its source: they say who speaks, not what happened."""
MAX_EVIDENCE = 3
"""Sentences one line may cite: with more, anything could be put together out of their words."""

_QUOTED = re.compile(r"[\"“”„«»]\s*([^\"“”„«»]{2,}?)\s*[\"“”„«»]")


class _Dated(NamedTuple):
    """A date expression and what it means on the day of its article."""

    text: str
    dates: VisitDates


def get_evidence(numbers: Sequence[int], article: Article) -> tuple[Evidence, ...]:
    """The cited sentences that exist, in the article's order, each once."""
    found = (article.sentence(number) for number in sorted(set(numbers)))
    return tuple(Evidence(sentence.number, sentence.text) for sentence in found if sentence)[
        :MAX_EVIDENCE
    ]


def ground_fact(draft: DraftFact, article: Article, engine: str) -> Fact | Drop:
    """Keep the draft if its evidence carries it, else say why not."""
    evidence = get_evidence(draft.sentences, article)
    quotes = " ".join(item.quote for item in evidence)
    if not quotes:
        return Drop(draft.tag, draft.text, "evidence", "it cites no sentence of the article")
    fault = find_fault(draft.text, quotes, article)
    if fault:
        return Drop(draft.tag, draft.text, *fault)
    return Fact(tag=draft.tag, text=draft.text.strip(), evidence=evidence, engine=engine)


def quote_fact(draft: DraftFact, article: Article, engine: str) -> Fact | None:
    """The first cited sentence in its own words, in place of a line that failed."""
    evidence = get_evidence(draft.sentences, article)[:1]
    if not evidence:
        return None
    return Fact(tag=draft.tag, text=evidence[0].quote, evidence=evidence, engine=engine)


def find_fault(text: str, evidence: str, article: Article) -> tuple[str, str] | None:
    """The first thing in ``text`` that ``evidence`` does not carry: (reason, words for people).

    ``article`` tells *found nowhere* from *found in another sentence*; its names vouch for
    longer forms of the names in the evidence.
    """
    if not text.strip():
        return "empty", "it says nothing"
    if _is_verbatim(text, evidence, article):
        return None
    if article.language not in JUDGED_LANGUAGES:
        return "language", f"only verbatim sentences can be checked in {article.language!r}"
    checks = (
        _check_quotes,
        _check_numbers,
        _check_dates,
        _check_names,
        _check_negation,
        _check_modality,
        _check_words,
    )
    return next((fault for check in checks if (fault := check(text, evidence, article))), None)


def _is_verbatim(text: str, evidence: str, article: Article) -> bool:
    """Whether the text is a whole sentence of the evidence: a part of one may say another thing."""
    claimed = fold_quotes(text)
    sentences = [item.text for item in article.sentences]
    is_whole = any(claimed == fold_quotes(sentence) for sentence in sentences)
    return is_whole and claimed in fold_quotes(evidence)


def fold_quotes(text: str) -> str:
    """``text`` with blanks and quotation marks in one form."""
    return re.sub(r"\s+", " ", re.sub("[“”„«»]", '"', text.replace("’", "'"))).strip()


def _explain(words: str, article: Article, is_in: Callable[[str], bool]) -> str:
    """Say that the words are missing, and whether another sentence of the article has them."""
    if any(is_in(sentence.text) for sentence in article.sentences):
        return f"“{words}” stands in another sentence, which is not cited"
    return f"“{words}” stands nowhere in the article"


def _has_words(words: str, sentence: str) -> bool:
    return fold_quotes(words).casefold() in fold_quotes(sentence).casefold()


def _check_quotes(text: str, evidence: str, article: Article) -> tuple[str, str] | None:
    for quote in _QUOTED.findall(fold_quotes(text)):
        words = quote.rstrip(".,!?;: ")
        if words not in fold_quotes(evidence):
            return "quotation", _explain(words, article, partial(_has_words, words))
    return None


def _check_numbers(text: str, evidence: str, article: Article) -> tuple[str, str] | None:
    for claimed in find_quantities(text):
        if not _tells_quantity(claimed, evidence):
            return "number", _explain(claimed.text, article, partial(_tells_quantity, claimed))
    for code in find_codes(text):
        if not _tells_code(code, evidence):
            return "number", _explain(code, article, partial(_tells_code, code))
    return None


def _tells_code(code: str, sentence: str) -> bool:
    """``F-35`` and ``2023/24`` are compared whole."""
    return code in find_codes(sentence)


def _tells_quantity(claimed: Quantity, sentence: str) -> bool:
    """Equal value and unit; a bare number in the claim may stand for one with a unit."""
    return any(
        claimed.value == other.value and claimed.unit in (other.unit, "")
        for other in find_quantities(sentence)
    )


def _check_dates(text: str, evidence: str, article: Article) -> tuple[str, str] | None:
    there = {found.dates for found in _resolve_all(evidence, article)}
    for claimed in _resolve_all(text, article):
        if claimed.dates not in there and not _has_words(claimed.text, evidence):
            return "date", _explain(claimed.text, article, partial(_has_words, claimed.text))
    return None


def _resolve_all(text: str, article: Article) -> list[_Dated]:
    found = find_dates(text, article.language)
    return [
        _Dated(words.text, resolve_dates(words.text, article.published_on, article.language))
        for words in found
    ]


def _check_names(text: str, evidence: str, article: Article) -> tuple[str, str] | None:
    for name in find_names(text):
        if not _has_name(name, evidence, article):
            return "name", _explain(name, article, partial(_has_words, name))
    return None


def _has_name(name: str, evidence: str, article: Article) -> bool:
    """The name itself, another name of its country, or the article's longer form of a name."""
    if name.casefold() in evidence.casefold():
        return True
    country = get_country(name)
    if country:
        return any(place.country == country for place in find_places(evidence))
    for other in find_names(evidence):
        if same_name(name, other) and (_is_form_of(name, other, article)):
            return True
    return False


def _is_form_of(name: str, short: str, article: Article) -> bool:
    """Whether the article itself uses ``name`` for what the evidence calls ``short``."""
    full = longest_name(short, f"{article.title}\n{article.text}")
    return full.casefold() == name.casefold() or name.casefold() in full.casefold()


def _check_negation(text: str, evidence: str, article: Article) -> tuple[str, str] | None:
    language = article.language
    claimed, there = is_negated(text, language), is_negated(evidence, language)
    if claimed != there:
        return "negation", "it denies what the source states, or states what the source denies"
    return None


def _check_modality(text: str, evidence: str, article: Article) -> tuple[str, str] | None:
    language = article.language
    claimed, there = modality(text, language), modality(evidence, language)
    if claimed > there:
        return "modality", (
            f"it says “{claimed.name.lower().replace('_', ' ')}” where the source says "
            f"“{there.name.lower().replace('_', ' ')}”"
        )
    return None


def _check_words(text: str, evidence: str, article: Article) -> tuple[str, str] | None:
    """Every telling word must be the source's, in some form: rose is not fell, met is not killed.

    Numbers, dates and names have their own checks; a few words that only report are free.
    """
    language = article.language
    there = list_terms(evidence, language)
    for term in sorted(list_terms(_mask(text, language), language)):
        if not term.startswith("@") and term not in FREE_WORDS and not is_among(term, there):
            return "word", _explain(term, article, partial(_has_words, term))
    return None


def _mask(text: str, language: str) -> str:
    """The text without its numbers, dates and names."""
    spans = [(found.start, found.end) for found in find_quantities(text)]
    spans += [(found.start, found.end) for found in find_dates(text, language)]
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    for name in find_names(text):
        text = text.replace(name, " ")
    return text
