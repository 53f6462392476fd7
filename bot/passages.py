"""question × articles → passages: the sentences nearest to it, with their neighbours."""

import re
from collections.abc import Iterable, Mapping, Sequence
from math import log

from bot.model import Article, Passage, Sentence
from bot.text.commands_to_machines import list_addressed
from bot.text.terms import is_among, list_asked, list_terms

MAX_PASSAGES = 10
PER_ARTICLE = 3


def list_search_words(question: str) -> tuple[str, ...]:
    """The words of the question that tell something, and the country behind each place."""
    asked = list_asked(question)
    plain = re.findall(r"[\w\u0900-\u097f]+", question.casefold())
    telling = [word for word in plain if any(word.startswith(term[:4]) for term in asked)]
    countries = [term.removeprefix("@") for term in asked if term.startswith("@")]
    return tuple(dict.fromkeys((*telling, *countries, *(t for t in asked if t[0] != "@"))))


def make_passages(question: str, hits: Sequence[tuple[Article, float]]) -> tuple[Passage, ...]:
    """The sentences nearest to the question with their neighbours, best first."""
    asked = list_asked(question)
    weights = _weigh(asked, [article for article, _ in hits])
    passages = [passage for article, _ in hits for passage in _passages_of(article, weights)]
    passages.sort(key=lambda p: (p.score, p.article.published_at), reverse=True)
    return tuple(passages[:MAX_PASSAGES])


def _weigh(asked: Iterable[str], articles: Sequence[Article]) -> dict[str, float]:
    """How telling each term is: one that few of the articles have tells more."""
    bags = [list_terms(f"{a.title}\n{a.text}", a.language) for a in articles]
    return {
        term: log(1 + len(bags) / (1 + sum(is_among(term, bag) for bag in bags))) for term in asked
    }


def _passages_of(article: Article, weights: Mapping[str, float]) -> list[Passage]:
    """At most three passages of one article: the hit between its neighbours."""
    titled = _sum(weights, list_terms(article.title, article.language))
    # An order to a machine answers nothing, and is not shown as the nearest thing either.
    orders = list_addressed(article.sentences, article.text)
    scored = [
        (_sum(weights, list_terms(sentence.text, article.language)), sentence)
        for sentence in article.sentences
        if sentence.number not in orders
    ]
    best = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])
    return [
        Passage(
            article=article, sentences=_neighbours(article, hit, orders), score=score + titled / 2
        )
        for score, hit in best[:PER_ARTICLE]
    ]


def _sum(weights: Mapping[str, float], terms: frozenset[str]) -> float:
    return sum(weight for term, weight in weights.items() if is_among(term, terms))


def _neighbours(article: Article, hit: Sentence, without: frozenset[int]) -> tuple[Sentence, ...]:
    around = article.sentences[max(0, hit.number - 2) : hit.number + 1]
    return tuple(sentence for sentence in around if sentence.number not in without)


def find_hit(question: str, passage: Passage) -> Sentence:
    """The passage's sentence that is nearest to the question."""
    asked = dict.fromkeys(list_asked(question), 1.0)
    language = passage.article.language
    return max(passage.sentences, key=lambda s: _sum(asked, list_terms(s.text, language)))
