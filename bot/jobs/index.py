"""text → the vectors of its sentences, kept: what a question is compared with beside its words."""

import asyncio
import logging
from contextlib import suppress
from datetime import datetime

from bot.errors import EmbedError
from bot.jobs.tools import Progress, Tools, unwatched
from bot.model import Article
from bot.ports import Embedder
from bot.vectors import passage_texts

logger = logging.getLogger(__name__)

MAX_TEXTS = 50
"""Texts of one run: it is over in half a minute, and then newer ones are first again."""


async def embed_new(
    tools: Tools,
    *,
    workspace: str | None = None,
    since: datetime | None = None,
    limit: int = MAX_TEXTS,
    progress: Progress = unwatched,
) -> int:
    """Embed the texts that have no vectors yet, newest first; returns how many now have.

    Without an embedder, or while it is left alone, that is none.
    """
    embedder, count = tools.embedder, 0
    if embedder is None:
        return 0
    async with tools.locks[embedder.name]:
        articles = await tools.store.list_unembedded(
            embedder.name, limit=limit, workspace=workspace, since=since
        )
        for article in articles:
            progress(count, len(articles))
            try:
                rows = await _embed_twice(embedder, article)
            except EmbedError as error:
                logger.info("index.stopped reason=%s", error)
                return count
            await tools.store.save_vectors(article.text_hash, embedder.name, rows)
            count += 1
        progress(count, len(articles))
    return count


async def embed_within(tools: Tools, seconds: float, *, workspace: str) -> None:
    """Embed what can be embedded in that time, for a question that can't wait for all."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await embed_new(tools, workspace=workspace)


async def _embed_twice(embedder: Embedder, article: Article) -> bytes:
    """The rows of the text; none if it is what the embedder dies of.

    Raises:
        EmbedError: it was not for this text.
    """
    for _ in range(2):
        try:
            return await _embed(embedder, article)
        except EmbedError as error:
            if error.permanent:
                raise
    logger.warning("index.left_out url=%s", article.url)
    return b""


async def _embed(embedder: Embedder, article: Article) -> bytes:
    return b"".join(await embedder.embed(passage_texts(article)))
