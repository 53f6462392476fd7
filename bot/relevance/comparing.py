"""question × articles → how far each sentence speaks of each term, and how near it is."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from bot.model import Article
from bot.relevance.digest import Digest, read_digest
from bot.relevance.matching import KNOWN, Vocabulary, cover
from bot.relevance.question import Question, Term

CARRIED = 0.7
"""What a term counts that stands in the sentence before."""
_MIN_ROWS = 20
"""Sentences with vectors from which those without can be judged."""

Similarities = Mapping[str, Sequence[float]]
"""Text hash → how near each sentence from the first is to a question."""
Floats = np.ndarray[Any, np.dtype[np.float64]]
Covered = Mapping[str, float]
"""Term → how far it is spoken of, 0 to 1."""


class Candidate(NamedTuple):
    """An article and what is covered: by each sentence with the one before, headline, and all."""

    article: Article
    digest: Digest
    sentences: Sequence[Covered]
    title: Covered
    whole: Covered


class Compared(NamedTuple):
    """A question held against articles; ``weights`` are what each term tells."""

    question: Question
    candidates: Sequence[Candidate]
    weights: Mapping[str, float]

    def share(self, terms: Sequence[Term], covered: Covered) -> float:
        """Return the share of the terms' weight that is covered."""
        total = sum(self.weights[term.word] for term in terms)
        said = sum(self.weights[term.word] * covered.get(term.word, 0.0) for term in terms)
        return said / total if total else 0.0

    def share_all(self, terms: Sequence[Term], candidate: Candidate) -> Floats:
        """Return the same of each sentence."""
        return np.array([self.share(terms, one) for one in candidate.sentences])


def compare(question: Question, articles: Sequence[Article]) -> Compared:
    """Hold the terms of a question and of its parts against the articles.

    A term that few of them have tells more.
    """
    digests = [read_digest(article) for article in articles]
    vocabulary = Vocabulary(frozenset[str]().union(*(digest.all for digest in digests)))
    terms = dict.fromkeys((*question.terms, *(t for part in question.parts for t in part.terms)))
    alike = {term.word: vocabulary.find_alike(term, question.language) for term in terms}
    candidates = [
        Candidate(
            article,
            digest,
            _carry([cover(own, alike) for own in digest.sentences]),
            cover(digest.title, alike),
            cover(digest.all, alike),
        )
        for article, digest in zip(articles, digests, strict=True)
    ]
    weights = {word: _weigh(word, candidates) for word in alike}
    return Compared(question, candidates, weights)


def _weigh(word: str, candidates: Sequence[Candidate]) -> float:
    known = sum(one.whole.get(word, 0.0) >= KNOWN for one in candidates)
    return math.log(1 + len(candidates) / (1 + known))


def _carry(covered: Sequence[Covered]) -> list[Covered]:
    """What each sentence covers, and a little less what the one before it does."""
    before = ({}, *covered)
    return [
        {word: max(own.get(word, 0.0), CARRIED * last.get(word, 0.0)) for word in (*own, *last)}
        for own, last in zip(covered, before, strict=False)
    ]


# ---------------------------------------------------------------- nearness


def find_nearness(
    terms: Sequence[Term], compared: Compared, similarities: Similarities
) -> list[Floats] | None:
    """Return how near each sentence is, in deviations from the mean of all.

    A sentence without a vector is as near as those that speak as much of the terms. None if
    there are too few vectors to tell.
    """
    rows = [_read_row(one, similarities) for one in compared.candidates]
    near = np.concatenate([np.empty(0), *rows])
    known = ~np.isnan(near)
    if known.sum() < min(_MIN_ROWS, len(near)) or not known.any():
        return None
    near = (near - near[known].mean()) / max(float(near[known].std()), 1e-9)
    if not known.all():
        said = np.concatenate([compared.share_all(terms, one) for one in compared.candidates])
        near = np.where(known, near, _guess(said, near, known))
    return np.split(near, np.cumsum([len(row) for row in rows])[:-1])


def _read_row(one: Candidate, similarities: Similarities) -> Floats:
    """The similarity of each sentence that is read; not a number where there is none."""
    row = np.full(len(one.sentences), np.nan)
    given = similarities.get(one.article.text_hash, ())[: len(row)]
    row[: len(given)] = given
    return row


def _guess(said: Floats, near: Floats, known: np.ndarray[Any, np.dtype[np.bool_]]) -> Floats:
    """The line through those that are known."""
    centred = said - said[known].mean()
    spread = float((centred[known] ** 2).sum())
    slope = float((centred[known] * near[known]).sum()) / spread if spread else 0.0
    guessed: Floats = slope * centred
    return guessed
