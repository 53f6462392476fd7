"""Searches: what the articles of a workspace hold for a question."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, RowMapping, bindparam, distinct, func, select

from bot.model import Article, Searched
from bot.store.database import DatabaseRows, reading
from bot.store.rows import article_from
from bot.store.schema import follow, text, version
from bot.store.search_sqlite import Ranking, rank_texts
from bot.store.sight import AS_OF, WORKSPACE, View, is_viewed

_Rank = Callable[[Connection, Sequence[Sequence[str]], View, int], Iterator[Ranking]]
_RANK: Mapping[str, _Rank] = {"sqlite": rank_texts}

_CHUNK = 1000
_EXACT = 20_000
_NEWEST = 4
"""The order of arrival is about that of publication: so many times too many are looked at."""

_FEEDS = select(func.count()).where(follow.c.workspace == WORKSPACE)
_EACH_ARTICLE = (
    select(
        func.count(distinct(version.c.article_id)),
        func.min(version.c.published_at),
        func.max(version.c.published_at),
    )
    .join_from(version, follow, follow.c.feed_id == version.c.feed_id)
    .where(follow.c.workspace == WORKSPACE, version.c.seen_at <= AS_OF)
)
_of_feed = select(version.c.published_at).where(
    version.c.feed_id == follow.c.feed_id, version.c.seen_at <= AS_OF
)
_BY_FEED = select(
    _of_feed.with_only_columns(func.count()).scalar_subquery(),
    _of_feed.order_by(version.c.seen_at).limit(1).scalar_subquery(),
    _of_feed.order_by(version.c.seen_at.desc()).limit(1).scalar_subquery(),
).where(follow.c.workspace == WORKSPACE)
_IN_LANGUAGE = (
    select(text.c.id)
    .where(text.c.language == bindparam("language"), is_viewed(text.c.id))
    .order_by(text.c.id.desc())
)


class Searches(DatabaseRows):
    """Keeps what ``ports.ArticleStore`` has for questions."""

    @reading
    def search(
        self,
        db: Connection,
        workspace: str,
        terms: Sequence[Sequence[str]],
        *,
        as_of: datetime,
        since: datetime | None = None,
        limit: int,
    ) -> tuple[tuple[Article, float], ...]:
        """Articles with any of the terms, best first, with a score (greater is better)."""
        view = View(workspace, as_of, since)
        hits: list[tuple[Article, float]] = []
        for ranking in _RANK[db.dialect.name](db, terms, view, limit):
            ranks = dict(ranking)
            rows = _read_shown(db, view, ranks, limit)
            hits = [(article_from(row), -ranks[row["text_id"]]) for row in rows]
            if len(hits) >= limit:
                break
        hits.sort(key=lambda hit: (hit[1], hit[0].published_at), reverse=True)
        return tuple(hits[:limit])

    @reading
    def list_recent(
        self,
        db: Connection,
        workspace: str,
        *,
        as_of: datetime,
        languages: Collection[str],
        limit: int,
    ) -> tuple[Article, ...]:
        """The articles in those languages that came last, newest publication first."""
        view = View(workspace, as_of)
        found = [
            article_from(row)
            for language in sorted(set(languages))
            for row in _read_shown(db, view, _list_in(db, language, view), _NEWEST * limit)
        ]
        found.sort(key=lambda one: (one.published_at, one.id), reverse=True)
        return tuple(found[:limit])

    @reading
    def list_by_url(
        self, db: Connection, workspace: str, urls: Collection[str], *, as_of: datetime
    ) -> tuple[Article, ...]:
        """What the articles under those canonical URLs show, in the order of the URLs."""
        view, left = View(workspace, as_of), iter(urls)
        found: dict[str, Article] = {}
        while chunk := list(islice(left, _CHUNK)):
            found |= {row["url"]: article_from(row) for row in view.read_urls(db, chunk)}
        return tuple(found[url] for url in dict.fromkeys(urls) if url in found)

    @reading
    def count_searched(self, db: Connection, workspace: str, *, as_of: datetime) -> Searched:
        """What a search of this workspace looks through, and when it was published.

        Of more than 20,000 versions all are counted as articles, and the dates are those of the
        first and the last that each feed brought: to tell them apart would take seconds.
        """
        params = View(workspace, as_of).params
        is_few = View(workspace, as_of).has_at_most(db, _EXACT)
        counted = db.execute(_EACH_ARTICLE if is_few else _BY_FEED, params).all()
        oldest = [oldest_at for _, oldest_at, _ in counted if oldest_at]
        newest = [newest_at for _, _, newest_at in counted if newest_at]
        return Searched(
            feeds=db.scalar(_FEEDS, params) or 0,
            articles=sum(count for count, _, _ in counted),
            oldest_at=min(oldest, default=None),
            newest_at=max(newest, default=None),
        )


def _read_shown(
    db: Connection, view: View, text_ids: Iterable[int], count: int
) -> list[RowMapping]:
    """About so many of the first texts that articles show: the wall is checked some at a time."""
    rows: list[RowMapping] = []
    left = iter(text_ids)
    while len(rows) < count and (chunk := list(islice(left, min(count, _CHUNK)))):
        rows += view.read_texts(db, chunk)
    return rows


def _list_in(db: Connection, language: str, view: View) -> Iterator[int]:
    """Texts in the language, those that came last first."""
    return iter(db.scalars(_IN_LANGUAGE, {**view.params, "language": language}))
