"""question → the articles that may tell, by words and by meaning, and how near each sentence is."""

import asyncio
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.errors import EmbedError, StoreError
from bot.model import Article
from bot.passages import list_search_terms
from bot.ports import ArticleStore, Embedder, VectorStore
from bot.relevance.comparing import Similarities
from bot.relevance.period import find_since
from bot.relevance.question import Question
from bot.text.cues import LANGUAGES
from bot.vectors import DIMENSIONS, MAX_SENTENCES, passage_texts, similarities

logger = logging.getLogger(__name__)

MOST_BY_WORDS = 40
MOST_BY_MEANING = 20
MOST_RECENT = 20
"""Articles in other languages that are looked at where no vectors tell which."""
MOST_FRESH = 64
"""Sentences without a vector that get one while somebody waits for the answer."""
PATIENCE_S = 2.0
"""How long a question waits for its own vectors, and then for those of sentences."""


class Store(ArticleStore, VectorStore, Protocol):
    """What a search reads, and the vectors it adds."""


class Found(NamedTuple):
    """Articles, best first, and for each text of the question how near their sentences are.

    No similarities are known where there is no embedder.
    """

    articles: tuple[Article, ...]
    similarities: tuple[Similarities, ...] = ()


async def find_articles(
    question: Question,
    *,
    workspace: str,
    store: Store,
    embedder: Embedder | None,
    now: datetime,
    about: Collection[str] = (),
) -> Found:
    """What the workspace's feeds had brought by ``now``; ``about`` are URLs to look at too.

    Without an embedder, or while it fails, words alone find, and the newest articles in other
    languages are added.
    """
    named = await store.list_by_url(workspace, about, as_of=now) if about else ()
    by_words, since = await _search(question, workspace, store, now)
    asked = await _embed_question(question, embedder)
    if embedder is None or not asked:
        others = [language for language in LANGUAGES if language != question.language]
        recent = await store.list_recent(workspace, as_of=now, languages=others, limit=MOST_RECENT)
        return Found(_join(named, by_words, _since(since, recent)))
    near = [
        await store.find_nearest(workspace, embedder.name, vector, as_of=now, limit=MOST_BY_MEANING)
        for vector in asked
    ]
    articles = _join(named, by_words, *(_since(since, some) for some in near))
    rows = await _find_rows(articles, store, embedder)
    return Found(articles, await asyncio.to_thread(_compare, asked, rows))


async def _search(
    question: Question, workspace: str, store: ArticleStore, now: datetime
) -> tuple[list[Article], datetime | None]:
    """By words: in the time that the question names, which is told, unless nothing is there."""
    terms = await asyncio.to_thread(list_search_terms, question)
    since = await asyncio.to_thread(find_since, question.text, now)
    for start in dict.fromkeys((since, None)):
        hits = await store.search(workspace, terms, as_of=now, since=start, limit=MOST_BY_WORDS)
        if hits:
            return [article for article, _ in hits], start
    return [], None


def _since(start: datetime | None, articles: Iterable[Article]) -> list[Article]:
    return [one for one in articles if start is None or one.published_at >= start]


async def _embed_question(question: Question, embedder: Embedder | None) -> tuple[bytes, ...]:
    if embedder is None:
        return ()
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await embedder.embed(question.texts, is_question=True)
    except (EmbedError, TimeoutError) as error:
        logger.info("question.words_alone error=%s reason=%s", type(error).__name__, error)
        return ()


async def _find_rows(
    articles: Sequence[Article], store: VectorStore, embedder: Embedder
) -> dict[str, bytes]:
    """The vectors of the articles' sentences; of the best few that have none they are made."""
    hashes = {article.text_hash for article in articles}
    rows = dict(await store.find_vectors(embedder.name, hashes))
    try:
        async with asyncio.timeout(PATIENCE_S):
            for article in _choose_fresh(articles, rows):
                made = b"".join(await embedder.embed(passage_texts(article)))
                rows[article.text_hash] = made
                await store.save_vectors(article.text_hash, embedder.name, made)
    except (EmbedError, StoreError, TimeoutError) as error:
        logger.info("question.some_without_vectors error=%s reason=%s", type(error).__name__, error)
    return rows


def _choose_fresh(articles: Iterable[Article], known: Collection[str]) -> Iterator[Article]:
    left, seen = MOST_FRESH, set(known)
    for article in articles:
        count = min(len(article.sentences), MAX_SENTENCES)
        if article.text_hash not in seen and count <= left:
            left -= count
            seen.add(article.text_hash)
            yield article


def _compare(asked: Sequence[bytes], rows: Mapping[str, bytes]) -> tuple[Similarities, ...]:
    """Each text of the question with every row, all at once."""
    joined = b"".join(rows.values())
    return tuple(_share_out(similarities(vector, joined), rows) for vector in asked)


def _share_out(near: Sequence[float], rows: Mapping[str, bytes]) -> Similarities:
    own, start = dict[str, Sequence[float]](), 0
    for text_hash, packed in rows.items():
        end = start + len(packed) // DIMENSIONS
        own[text_hash], start = near[start:end], end
    return own


def _join(*found: Iterable[Article]) -> tuple[Article, ...]:
    """Each article once, in the order given."""
    return tuple({article.id: article for some in found for article in some}.values())
