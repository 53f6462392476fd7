"""Vectors of sentences, and the articles that are nearest to a question by them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import TypeVar

import numpy as np
from sqlalchemy import BigInteger, Connection, bindparam, exists, func, select, type_coerce

from bot.errors import StoreError
from bot.model import Article
from bot.store.database import Database, DatabaseRows, insert, reading, writing
from bot.store.rows import article_from
from bot.store.schema import follow, text, vector, version
from bot.store.shelf import Shelf
from bot.store.sight import View
from bot.store.unread import list_first
from bot.vectors import DIMENSIONS, compare_rows, split_rows

T = TypeVar("T")
MAX_SEARCHED = 100_000
"""Sentences that a question is held against: the newest ones of the workspace."""

_AT_ONCE = 100
_MIN_SHOWN = 20


class Vectors(DatabaseRows):
    """Keeps ``ports.VectorStore``."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._shelves: dict[str, Shelf] = {}

    @reading
    def list_unembedded(
        self,
        db: Connection,
        model: str,
        *,
        limit: int,
        workspace: str | None = None,
        since: datetime | None = None,
    ) -> tuple[Article, ...]:
        """One article per text that has no vectors of that model, newest first.

        ``since`` is a ``seen_at``. A text that its own feed has replaced is left out.
        """
        has_rows = exists().where(vector.c.text_id == version.c.text_id, vector.c.model == model)
        return list_first(db, has_rows, limit=limit, workspace=workspace, since=since)

    @writing
    def save_vectors(self, db: Connection, text_hash: str, model: str, rows: bytes) -> None:
        """Keep the rows of a text; what stands already stays.

        Raises:
            StoreError: no text of that hash is stored, or a row is cut short.
        """
        if len(rows) % DIMENSIONS:
            raise StoreError(f"{len(rows)} bytes are no rows of {DIMENSIONS}")
        text_id = db.scalar(select(text.c.id).where(text.c.text_hash == text_hash))
        if text_id is None:
            raise StoreError(f"No text {text_hash} is stored: save its article first")
        kept = insert(db, vector).values(text_id=text_id, model=model, rows=rows)
        db.execute(kept.on_conflict_do_nothing())

    @reading
    def find_vectors(
        self, db: Connection, model: str, text_hashes: Collection[str]
    ) -> Mapping[str, bytes]:
        """The rows of those texts that have any, by hash."""
        found: dict[str, bytes] = {}
        for some in _cut(list(text_hashes)):
            asked = (
                select(text.c.text_hash, vector.c.rows)
                .join_from(text, vector, vector.c.text_id == text.c.id)
                .where(text.c.text_hash.in_(some), vector.c.model == model)
            )
            found.update((row.text_hash, row.rows) for row in db.execute(asked))
        return found

    @reading
    def find_nearest(
        self,
        db: Connection,
        workspace: str,
        model: str,
        question: bytes,
        *,
        as_of: datetime,
        limit: int,
    ) -> tuple[Article, ...]:
        """The articles with the sentence that is nearest to the question's vector, best first.

        Looked for among the newest 100,000 sentences that the workspace saw by then: those of
        some 7,000 articles. Their rows stay in memory, 38 MB for all workspaces together.
        """
        view = View(workspace, as_of)
        near: dict[int, float] = {}
        # The oldest first, so that the newest are what was used last.
        for some in _cut(_list_newest(db, view, model)[::-1]):
            near.update(_compare(question, self._get_rows(db, model, some)))
        best = sorted(near, key=lambda text_id: (-near[text_id], -text_id))
        # What is shown is read a few at a time: nearly always the first few are enough.
        few = _cut(best, max(limit, _MIN_SHOWN))
        shown = (article for some in few for article in _list_shown(db, view, some))
        return tuple(islice(shown, limit))

    def _get_rows(self, db: Connection, model: str, text_ids: list[int]) -> dict[int, bytes]:
        shelf = self._shelves.setdefault(model, Shelf(MAX_SEARCHED * DIMENSIONS))
        rows = shelf.take(text_ids)
        missing = [text_id for text_id in text_ids if text_id not in rows]
        if missing:
            asked = select(vector.c.text_id, vector.c.rows).where(
                vector.c.text_id.in_(missing), vector.c.model == model
            )
            read = {row.text_id: row.rows for row in db.execute(asked)}
            shelf.put(read)
            rows.update(read)
        return rows


def _list_newest(db: Connection, view: View, model: str) -> list[int]:
    """The newest texts with rows, as many as have ``MAX_SEARCHED`` of them, newest first."""
    age = -type_coerce(version.c.seen_at, BigInteger)
    of_feed = (
        select(age, vector.c.text_id, func.length(vector.c.rows))
        .join_from(version, vector, vector.c.text_id == version.c.text_id)
        .where(
            version.c.feed_id == bindparam("feed_id"),
            version.c.seen_at <= view.as_of,
            vector.c.model == model,
            vector.c.rows != b"",
        )
        .order_by(version.c.seen_at.desc())
    )
    feed_ids = db.scalars(select(follow.c.feed_id).where(follow.c.workspace == view.workspace))
    # Each feed by its index and no further than is needed: all at once, they would be sorted.
    feeds = [db.execute(of_feed, {"feed_id": feed_id}) for feed_id in feed_ids.all()]
    newest: dict[int, None] = {}
    room = MAX_SEARCHED * DIMENSIONS
    for _, text_id, size in merge(*feeds, key=itemgetter(0)):
        if text_id not in newest:
            room -= size
            if room < 0:
                break
            newest[text_id] = None
    for feed in feeds:
        feed.close()
    return list(newest)


def _compare(question: bytes, rows: Mapping[int, bytes]) -> Iterator[tuple[int, float]]:
    """How near the nearest sentence of each text is."""
    near = compare_rows(question, split_rows(b"".join(rows.values())))
    ends = np.cumsum([len(own) // DIMENSIONS for own in rows.values()])
    nearest = np.maximum.reduceat(near, [0, *ends[:-1]])
    return zip(rows, nearest.tolist(), strict=True)


def _list_shown(db: Connection, view: View, text_ids: list[int]) -> list[Article]:
    """The articles that show those texts, in the order of the texts, then newest first."""
    rows = view.read_texts(db, text_ids)
    places = {text_id: place for place, text_id in enumerate(text_ids)}
    newest = sorted(rows, key=lambda row: row["published_at"], reverse=True)
    return [article_from(row) for row in sorted(newest, key=lambda row: places[row["text_id"]])]


def _cut(values: Sequence[T], size: int = _AT_ONCE) -> Iterator[list[T]]:
    for start in range(0, len(values), size):
        yield list(values[start : start + size])
