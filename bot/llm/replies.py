"""question × passages → the sentences that answer, verbatim, or none: answering without a model."""

import re
from collections.abc import Sequence
from math import log
from typing import NamedTuple

from bot.model import Article, DraftAnswer, Passage, Sentence
from bot.text.dates import find_dates
from bot.text.names import find_names, find_places
from bot.text.numbers import find_quantities
from bot.text.similar import containment, shingles
from bot.text.terms import is_among, list_asked, list_terms, split_question

MAX_LINES = 3
ENOUGH = 0.62
"""Share of the question's weight that a passage must carry to be an answer."""
COPY = 0.6
"""Share of two-word runs from which two sentences are copies of one."""
NEARLY = 0.85
"""A further line is quoted if it scores at least this share of the best one."""

AnswerLine = tuple[str, tuple[tuple[int, int], ...]]

_WANTS_NUMBER = re.compile(
    r"\b(?:how (?:much|many|big|large)|cost|worth|price|combien|cuánto|cuántos|कितन\w*)\b",
    re.IGNORECASE,
)
_WANTS_DATE = re.compile(r"\b(?:when|what (?:date|day)|quand|cuándo)\b|कब", re.IGNORECASE)
_WANTS_PERSON = re.compile(r"\b(?:who|whom|qui|quién)\b|कौन|किस", re.IGNORECASE)
_WANTS_PLACE = re.compile(r"\b(?:where|où|dónde)\b|कहाँ|कहां", re.IGNORECASE)


class Candidate(NamedTuple):
    """A sentence that may answer: its passage's and its own number, and its worth."""

    passage: int
    sentence: Sentence
    article: Article
    score: float


def choose_lines(question: str, passages: Sequence[Passage]) -> DraftAnswer:
    """Quote at most three sentences to each part of a question; none where nothing tells."""
    parts = split_question(question)
    lines = dict.fromkeys(line for part in parts for line in _answer_part(part, passages))
    return DraftAnswer(lines=tuple(lines))


def _answer_part(question: str, passages: Sequence[Passage]) -> tuple[AnswerLine, ...]:
    """The best sentences, newest first."""
    asked = list_asked(question)
    if not asked or not passages:
        return ()
    weights = _weigh(asked, passages)
    candidates = [
        Candidate(number, sentence, passage.article, score)
        for number, passage in enumerate(passages, 1)
        for sentence in passage.sentences
        if (score := _score(question, sentence, passage, weights)) >= ENOUGH
    ]
    if not candidates:
        return ()
    best = max(candidate.score for candidate in candidates)
    chosen = _keep_different([c for c in candidates if c.score >= best * NEARLY])[:MAX_LINES]
    chosen.sort(key=lambda candidate: candidate.article.published_at, reverse=True)
    return tuple((c.sentence.text, ((c.passage, c.sentence.number),)) for c in chosen)


def _weigh(asked: Sequence[str], passages: Sequence[Passage]) -> dict[str, float]:
    """Each asked term's share of the question: a term in few passages tells more.

    A term that no passage has weighs most: what the articles don't speak of isn't answered.
    """
    bags = [list_terms(_context(passage), passage.article.language) for passage in passages]
    raw = {
        term: log(2 + len(bags) / (1 + sum(is_among(term, bag) for bag in bags))) for term in asked
    }
    total = sum(raw.values())
    return {term: value / total for term, value in raw.items()}


def _context(passage: Passage) -> str:
    return "\n".join((passage.article.title, *(sentence.text for sentence in passage.sentences)))


def _score(question: str, sentence: Sentence, passage: Passage, weights: dict[str, float]) -> float:
    """The asked terms in the sentence count whole, those only around it by two thirds."""
    language = passage.article.language
    own, around = list_terms(sentence.text, language), list_terms(_context(passage), language)
    if not any(is_among(term, own) for term in weights):
        return 0
    if any(term.startswith("@") and term not in around for term in weights):
        return 0  # it is about another country
    score = sum(
        weight * (1 if is_among(term, own) else 2 / 3 if is_among(term, around) else 0)
        for term, weight in weights.items()
    )
    return score * _fits(question, sentence.text, passage.article.language)


def _fits(question: str, text: str, language: str) -> float:
    """Whether the sentence has the kind of thing that is asked for."""
    wants = (
        (_WANTS_NUMBER, lambda: find_quantities(text)),
        (_WANTS_DATE, lambda: find_dates(text, language)),
        (_WANTS_PERSON, lambda: language == "hi" or find_names(text)),
        (_WANTS_PLACE, lambda: find_places(text) or find_names(text)),
    )
    asked = [bool(has()) for pattern, has in wants if pattern.search(question)]
    return 1.0 if all(asked) else 0.6


def _keep_different(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Best first, each sentence once, however many copies of its text there are."""
    kept: list[tuple[Candidate, frozenset[str]]] = []
    for candidate in sorted(candidates, key=lambda candidate: -candidate.score):
        runs = shingles(candidate.sentence.text, 2)
        if all(containment(runs, other) < COPY for _, other in kept):
            kept.append((candidate, runs))
    return [candidate for candidate, _ in kept]
