"""Articles: one per canonical URL, and its versions."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, bindparam, select, union

from bot.model import Article, NewArticle
from bot.store.database import DatabaseRows, insert, reading, writing
from bot.store.rows import article_from, sentences_to_json
from bot.store.schema import article, text, version
from bot.store.sight import newest_id, select_period, select_seen

# Databases take some ten thousand parameters a statement; a document may list more.
_CHUNK = 1000


class Articles(DatabaseRows):
    """Keeps ``ports.ArticleStore``, with ``Searches``."""

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
