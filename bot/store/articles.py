"""Articles: one per canonical URL, its versions, and the search through them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import (
    Connection,
    Subquery,
    bindparam,
    distinct,
    func,
    select,
    union,
)

from bot.model import Article, NewArticle, Searched
from bot.store import search_sqlite
from bot.store.database import DatabaseRows, insert, reading, writing
from bot.store.rows import article_from, sentences_to_json
from bot.store.schema import article, follow, text, version
from bot.store.sight import newest_id, select_period, select_seen

# Databases take some ten thousand parameters a statement; a document may list more.
_CHUNK = 1000

_MATCH: Mapping[str, Callable[[Sequence[str]], Subquery]] = {"sqlite": search_sqlite.match}


class Articles(DatabaseRows):
    """Keeps ``ports.ArticleStore``."""

    @reading
    def list_known(self, db: Connection, feed_id: int, ids: Iterable[str]) -> frozenset[str]:
        """Those of the given guids and URLs that this feed has brought before."""
        left = iter(ids)
        known: set[str] = set()
        while chunk := list(islice(left, _CHUNK)):
            guids = select(version.c.guid).where(
                version.c.feed_id == feed_id, version.c.guid.in_(chunk)
            )
            urls = (
                select(article.c.url)
                .join(version, version.c.article_id == article.c.id)
                .where(version.c.feed_id == feed_id, article.c.url.in_(chunk))
            )
            known.update(db.execute(union(guids, urls)).scalars())
        return frozenset(known)

    @writing
    def save_articles(self, db: Connection, feed_id: int, articles: Sequence[NewArticle]) -> int:
        """Store what is new or changed for this feed, all or nothing; returns how many were."""
        if not articles:
            return 0
        texts = [_text_columns(new) for new in articles]
        db.execute(insert(db, text).on_conflict_do_nothing(), texts)
        urls = [{"url": new.url} for new in articles]
        db.execute(insert(db, article).on_conflict_do_nothing(), urls)
        versions = insert(db, version).values(
            article_id=select(article.c.id)
            .where(article.c.url == bindparam("of_url"))
            .scalar_subquery(),
            text_id=select(text.c.id)
            .where(text.c.text_hash == bindparam("of_hash"))
            .scalar_subquery(),
        )
        saved = db.execute(
            versions.on_conflict_do_nothing(),
            [_version_columns(feed_id, new) for new in articles],
            execution_options={"preserve_rowcount": True},
        )
        return saved.rowcount

    @reading
    def list_articles(
        self, db: Connection, workspace: str, *, start_at: datetime, end_at: datetime
    ) -> tuple[Article, ...]:
        """Newest versions as of ``end_at`` with ``start_at < seen_at <= end_at``, oldest first."""
        shown = select_period(workspace, start_at, end_at)
        return tuple(map(article_from, db.execute(shown).mappings()))

    @reading
    def find_article(self, db: Connection, workspace: str, url: str) -> Article | None:
        """The newest version under that canonical URL."""
        newest = newest_id(article.c.id, workspace, None)
        ids = select(newest).select_from(article).where(article.c.url == url)
        shown = select_seen(workspace).where(version.c.id.in_(ids))
        row = db.execute(shown).mappings().one_or_none()
        return None if row is None else article_from(row)

    @reading
    def search(
        self, db: Connection, workspace: str, words: Sequence[str], *, as_of: datetime, limit: int
    ) -> tuple[tuple[Article, float], ...]:
        """Articles with any of the words, best first, with a score (greater is better)."""
        if not words:
            return ()
        found = _MATCH[db.dialect.name](words)
        # The wall is checked hit by hit, best first; only what gets through is read in full.
        hits = (
            select(version.c.id, found.c.rank)
            .where(
                found.c.text_id == version.c.text_id,
                version.c.id == newest_id(version.c.article_id, workspace, as_of),
            )
            .order_by(found.c.rank)
            .limit(limit)
            .subquery("hits")
        )
        shown = (
            select_seen(workspace)
            .add_columns(hits.c.rank)
            .where(hits.c.id == version.c.id)
            .order_by(hits.c.rank, version.c.id)
        )
        rows = db.execute(shown).mappings()
        return tuple((article_from(row), -row["rank"]) for row in rows)

    @reading
    def count_searched(self, db: Connection, workspace: str, *, as_of: datetime) -> Searched:
        """What a search of this workspace looks through, and when it was published."""
        feeds = select(func.count()).where(follow.c.workspace == workspace)
        articles = (
            select(
                func.count(distinct(version.c.article_id)),
                func.min(version.c.published_at),
                func.max(version.c.published_at),
            )
            .join_from(version, follow, follow.c.feed_id == version.c.feed_id)
            .where(follow.c.workspace == workspace, version.c.seen_at <= as_of)
        )
        count, oldest_at, newest_at = db.execute(articles).one()
        return Searched(
            feeds=db.execute(feeds).scalar_one(),
            articles=count,
            oldest_at=oldest_at,
            newest_at=newest_at,
        )


def _text_columns(new: NewArticle) -> dict[str, object]:
    return {
        "text_hash": new.text_hash,
        "title": new.title,
        "text": new.text,
        "sentences": sentences_to_json(new.text, new.sentences),
        "language": new.language,
    }


def _version_columns(feed_id: int, new: NewArticle) -> dict[str, object]:
    return {
        "feed_id": feed_id,
        "of_url": new.url,
        "of_hash": new.text_hash,
        "guid": new.guid,
        "outlet": new.outlet,
        "published_at": new.published_at,
        "published_on": new.published_on,
        "seen_at": new.seen_at,
        "is_stub": new.is_stub,
    }
