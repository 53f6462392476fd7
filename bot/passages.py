"""question × articles → passages: the sentences that may answer, with their neighbours."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from bot.model import Article, Passage
from bot.relevance.alternatives import list_alternatives
from bot.relevance.comparing import Similarities, compare
from bot.relevance.digest import read_digest
from bot.relevance.question import Question
from bot.relevance.ranking import Ranked, mix, rank
from bot.relevance.telling import find_chance
from bot.text.similar import containment, shingles

MAX_PASSAGES = 12
PER_ARTICLE = 4
"""Passages of one part that one article may give."""
COPY = 0.6
"""Share of two-word runs from which two sentences are copies of one."""
_LOOKED_AT = 40
"""Of a part's sentences, best first, so many are held against each other."""


def list_search_terms(question: Question) -> tuple[tuple[str, ...], ...]:
    """The words to search for: a group for each term, of which any will do."""
    terms = dict.fromkeys((*question.terms, *chain(*(part.terms for part in question.parts))))
    groups = (list_alternatives(term, question.language) for term in terms)
    return tuple(dict.fromkeys(group for group in groups if group))


def make_passages(
    question: Question,
    articles: Sequence[Article],
    similarities: Sequence[Similarities] = (),
) -> tuple[Passage, ...]:
    """The sentences likeliest to answer, with their neighbours; the best of each part first.

    ``similarities`` has one mapping for each of ``question.texts``, or is empty.
    """
    compared = compare(question, articles)
    found = []
    for number, part in enumerate(question.parts):
        near = choose_similarities(number, question, similarities)
        ranked = rank(part, compared, near)
        found.append((ranked, find_chance(part, ranked, near)))
    return arrange(question, found)


def arrange(
    question: Question, found: Sequence[tuple[Sequence[Ranked], float]]
) -> tuple[Passage, ...]:
    """The passages of each part's ranked sentences, with the chance that the part is told."""
    parts = (
        [_make_passage(hit, number, told) for hit in _choose_hits(question, ranked)]
        for number, (ranked, told) in enumerate(found)
    )
    mixed = chain.from_iterable(zip_longest(*parts))
    return tuple(passage for passage in mixed if passage)[:MAX_PASSAGES]


def choose_similarities(
    number: int, question: Question, similarities: Sequence[Similarities]
) -> Similarities | None:
    """How near the sentences are to a part, with the whole question in mind if it says more."""
    if len(similarities) < len(question.texts):
        return None
    own = similarities[number]
    return mix(own, similarities[-1]) if len(similarities) > len(question.parts) else own


def _choose_hits(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The sentences of one part that passages are made of, best first."""
    hits = _limit_articles(_keep_different(ranked[:_LOOKED_AT]))
    return (_put_forward_other(hits) if question.wants_both else hits)[:MAX_PASSAGES]


def _limit_articles(hits: Sequence[Ranked]) -> list[Ranked]:
    """So many of each article, lest one fill all passages."""
    given = Counter[int]()
    kept = []
    for hit in hits:
        given[hit.article.id] += 1
        if given[hit.article.id] <= PER_ARTICLE:
            kept.append(hit)
    return kept


def _make_passage(hit: Ranked, part: int, told: float) -> Passage:
    orders = read_digest(hit.article).orders
    number = hit.sentence.number
    around = hit.article.sentences[max(0, number - 2) : number + 1]
    return Passage(
        article=hit.article,
        sentences=tuple(one for one in around if one.number not in orders),
        score=hit.share,
        hit=number,
        part=part,
        told=told,
    )


def _keep_different(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Best first, each sentence once; of copies the one of the better source, then the newer."""
    kept: list[tuple[Ranked, frozenset[str]]] = []
    for one in ranked:
        runs = shingles(one.sentence.text, 2)
        for place, (other, their_runs) in enumerate(kept):
            if containment(runs, their_runs) >= COPY:
                kept[place] = (min(other, one, key=_order_of_source), their_runs)
                break
        else:
            kept.append((one, runs))
    return [one for one, _ in kept]


def _order_of_source(one: Ranked) -> tuple[int, float]:
    return (one.article.tier, -one.article.published_at.timestamp())


def _put_forward_other(hits: Sequence[Ranked]) -> list[Ranked]:
    """The best sentence of another article second, and as likely: the two may differ."""
    other = next((hit for hit in hits[1:] if hit.article.id != hits[0].article.id), None)
    if other is None:
        return list(hits)
    rest = (hit for hit in hits[1:] if hit is not other)
    return [hits[0], replace(other, share=hits[0].share), *rest]
