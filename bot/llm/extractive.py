"""article → draft in the article's own words: the engine that needs no key and can't invent.

It can omit, it cannot invent: every line is a sentence of the article, chosen by the topics'
vocabulary, its place in the text and whether it stands alone.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from bot.llm.mentions import find_visits
from bot.llm.replies import choose_lines
from bot.model import (
    Article,
    Draft,
    DraftAnswer,
    DraftFact,
    DraftVisit,
    Drop,
    Passage,
    Sentence,
    Topic,
)
from bot.text.numbers import find_quantities
from bot.text.similar import Weights, cosine, words

VERSION = "1"
"""Raise it when the same text could give another draft."""
MAX_PER_TOPIC = 3
MAX_WORDS = 70
MIN_WORDS = 5
SAME_LINE = 0.7

_WORD = r"\w\u0900-\u0963\u0966-\u097f"
_LEANS_ON_TEXT_BEFORE = re.compile(
    r"(?:He|She|It|They|This|That|These|Those|His|Her|Its|Their|There|But|And|Nor|Then|Finally|"
    r"Next|Instead|Second|Neither|None|Start|Il|Elle|Ils|Elles|Cela|Ce|Él|Ella|Ellos|Esto|Eso)\b"
)
_NOT_NEWS = re.compile(
    r"https?://|www\.|@\w|\?[\"”»]?$|[{}<>]|\[/?INST\]|^#{2,}|\b(?:SYSTEM|ASSISTANT|USER)\s*[:,]|"
    r"\b(?:ignore|disregard|forget)\b.{0,30}\binstructions?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence, and how much it is about a topic."""

    sentence: Sentence
    score: float


class ExtractiveEngine:
    """Chooses and quotes sentences; keeps ``ports.Engine``."""

    name = "extractive"

    def __init__(self, topics: Sequence[Topic]) -> None:
        digest = blake2b(repr(topics).encode(), digest_size=4).hexdigest()
        self.prompt_version = f"{VERSION}-{digest}"

    async def draft(
        self, article: Article, topics: Sequence[Topic], *, drops: Sequence[Drop] = ()
    ) -> Draft:
        """Pick sentences and read visits; ``drops`` can't happen to verbatim lines."""
        return await asyncio.to_thread(draft_article, article, topics)

    async def answer(self, question: str, passages: Sequence[Passage]) -> DraftAnswer:
        """Quote the sentences that answer, newest first, or none."""
        return await asyncio.to_thread(choose_lines, question, passages)


def draft_article(article: Article, topics: Sequence[Topic]) -> Draft:
    """The facts and visits of one article; the same article gives the same draft."""
    facts: list[DraftFact] = []
    visits: tuple[DraftVisit, ...] = ()
    for topic in topics:
        if topic.is_ledger:
            visits = () if _is_trap(article, topic) else find_visits(article)
            numbers = sorted({number for visit in visits for number in visit.sentences})
            chosen = [article.sentences[number - 1] for number in numbers]
        else:
            chosen = choose_sentences(article, topic)
        facts += [DraftFact(topic.tag, item.text, (item.number,)) for item in chosen]
    return Draft(facts=tuple(facts), visits=visits)


def choose_sentences(article: Article, topic: Topic) -> list[Sentence]:
    """At most three sentences about the topic that stand alone, in the article's order."""
    if _is_trap(article, topic):
        return []
    scored = [
        Scored(sentence, _score(sentence, article, topic))
        for sentence in article.sentences
        if _is_news(sentence.text)
    ]
    best = sorted((item for item in scored if item.score > 1), key=lambda item: -item.score)
    chosen = _drop_alike([item.sentence for item in best], article.language)[:MAX_PER_TOPIC]
    return sorted(chosen, key=lambda sentence: sentence.number)


def _is_news(text: str) -> bool:
    """Whether a sentence can be a line of a brief: whole, not a question, not an address."""
    length = len(text.split())
    return MIN_WORDS <= length <= MAX_WORDS and not _NOT_NEWS.search(text)


def _score(sentence: Sentence, article: Article, topic: Topic) -> float:
    """Vocabulary first; then the article's weight on the topic, place, figures, standing alone."""
    hits = _count(sentence.text, topic.vocabulary, article.language)
    if not hits:
        return 0
    around = _count(f"{article.title}\n{article.text}", topic.vocabulary, article.language)
    score = min(hits, 3) + min(around, 8) / 8
    score += 0.5 * _count(article.title, topic.vocabulary, article.language) / max(hits, 1)
    score += 0.5 * bool(find_quantities(sentence.text))
    score += 0.6 * (1 - min(sentence.number, 12) / 12)
    if _LEANS_ON_TEXT_BEFORE.match(sentence.text):
        score -= 0.8
    return score if around > 1 else score - 1


def _is_trap(article: Article, topic: Topic) -> bool:
    """Whether the text is about something else that uses the topic's words, as sport does."""
    whole = f"{article.title}\n{article.text}"
    traps = _count(whole, topic.traps, article.language)
    return traps >= 2 and traps * 2 >= _count(whole, topic.vocabulary, article.language)


def _count(text: str, entries: Mapping[str, tuple[str, ...]], language: str) -> int:
    """How many different entries of the language's vocabulary (English if none) occur."""
    terms = entries.get(language) or entries.get("en") or ()
    if not terms:
        return 0
    folded = text.casefold().replace("’", "'")
    return len({match.group(0) for match in _pattern(terms).finditer(folded)})


@lru_cache(maxsize=256)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for all entries; a star stands for any ending of the word."""
    parts = [
        re.escape(term.removesuffix("*")) + (f"[{_WORD}]*" if term.endswith("*") else "")
        for term in sorted(terms, key=len, reverse=True)
    ]
    return re.compile(f"(?<![{_WORD}])(?:{'|'.join(parts)})(?![{_WORD}])")


def _drop_alike(sentences: Sequence[Sentence], language: str) -> list[Sentence]:
    """The sentences without those that repeat a better one."""
    bags = [words(sentence.text, language) for sentence in sentences]
    weights = Weights(bags)
    kept: list[tuple[Sentence, dict[str, float]]] = []
    for sentence, bag in zip(sentences, bags, strict=True):
        vector = weights.vector(bag)
        if all(cosine(vector, other) < SAME_LINE for _, other in kept):
            kept.append((sentence, vector))
    return [sentence for sentence, _ in kept]
