"""draft fact × its evidence → fact, or the reason it is dropped.

A line is kept only if the sentences it cites carry it: numbers, names, quotations, negation
and modality are compared by rule, and what can't be judged is not believed. The verbatim
sentence is always true to its source, so it is what a failed line falls back to.
"""

import logging
from collections.abc import Sequence

from bot.checks import find_first_fault
from bot.checks.source import Fault, Source
from bot.model import Article, DraftFact, Drop, Evidence, Fact
from bot.text.statement import Statement, fold_quotes

logger = logging.getLogger(__name__)

JUDGED_LANGUAGES = frozenset({"en", "fr", "es", "hi"})
"""Languages in which negation and modality can be compared; others pass verbatim only."""

MAX_EVIDENCE = 3
"""Sentences one line may cite: with more, anything could be put together out of their words."""


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


def find_fault(text: str, evidence: str, article: Article) -> Fault | None:
    """The first thing in ``text`` that ``evidence`` does not carry: (reason, words for people).

    ``article`` tells *found nowhere* from *found in another sentence*; its names vouch for
    longer forms of the names in the evidence.
    """
    if not text.strip():
        return Fault("empty", "it says nothing")
    if _is_verbatim(text, evidence, article):
        return None
    if article.language not in JUDGED_LANGUAGES:
        return Fault("language", f"only verbatim sentences can be checked in {article.language!r}")
    language, day = article.language, article.published_on
    source = Source(Statement(evidence, language, day), article)
    try:
        return find_first_fault(Statement(text, language, day), source)
    except Exception:  # a text that no rule foresaw must not stop the others, nor pass
        logger.exception("line.not_judged url=%s", article.url)
        return Fault("check", "it could not be judged")


def _is_verbatim(text: str, evidence: str, article: Article) -> bool:
    """Whether the text is a whole sentence of the evidence: a part of one may say another thing."""
    claimed = fold_quotes(text)
    sentences = [item.text for item in article.sentences]
    is_whole = any(claimed == fold_quotes(sentence) for sentence in sentences)
    return claimed == fold_quotes(evidence) or (is_whole and claimed in fold_quotes(evidence))
