"""The wall: what a workspace sees are the versions that feeds it follows have brought.

A feed of somebody else may claim any URL and any text; none of it is ever seen here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    RowMapping,
    ScalarSelect,
    Select,
    Text,
    bindparam,
    case,
    exists,
    func,
    select,
    tuple_,
)

from bot.store.moment import Moment
from bot.store.schema import article, feed, follow, text, version

_Name = str | ColumnElement[str]

# A hand-read article names its own outlet. For all others the workspace's own name for the
# feed stands: a version carries the name that whoever followed the feed first gave it.
_OUTLET = case(
    (feed.c.owner != "", version.c.outlet),
    (follow.c.outlet != "", follow.c.outlet),
    else_=follow.c.title,
).label("outlet")

ARTICLE_COLUMNS = (
    article.c.url,
    version.c.article_id,
    version.c.feed_id,
    version.c.guid,
    _OUTLET,
    version.c.published_at,
    version.c.published_on,
    version.c.seen_at,
    version.c.is_stub,
    text.c.title,
    text.c.text,
    text.c.text_hash,
    text.c.sentences,
    text.c.language,
    follow.c.tier,
)
"""What ``rows.article_from`` reads."""

SIGHTINGS = (
    version.join(follow, follow.c.feed_id == version.c.feed_id)
    .join(feed, feed.c.id == version.c.feed_id)
    .join(article, article.c.id == version.c.article_id)
    .join(text, text.c.id == version.c.text_id)
)
"""Every version once for every workspace that follows its feed."""


def select_seen(workspace: str) -> Select[tuple[object, ...]]:
    """Every version that ``workspace`` may see, as ``rows.article_from`` reads it."""
    return select(*ARTICLE_COLUMNS).select_from(SIGHTINGS).where(follow.c.workspace == workspace)


def select_period(
    workspace: str, start_at: datetime, end_at: datetime
) -> Select[tuple[object, ...]]:
    """What articles show as of ``end_at`` and is newer than ``start_at``, oldest first."""
    is_recent = (version.c.seen_at > start_at) & (version.c.seen_at <= end_at)
    # By article, not by version: a feed may have brought thousands of versions of one.
    recent = (
        select(version.c.article_id)
        .distinct()
        .join(follow, follow.c.feed_id == version.c.feed_id)
        .where(follow.c.workspace == workspace, is_recent)
        .subquery("recent")
    )
    newest_ids = select(newest_id(recent.c.article_id, workspace, end_at)).select_from(recent)
    return (
        select_seen(workspace)
        .where(version.c.id.in_(newest_ids), is_recent)
        .order_by(version.c.seen_at, version.c.id)
    )


def newest_id(
    article_id: ColumnElement[int],
    workspace: _Name,
    as_of: datetime | ColumnElement[datetime] | None,
) -> ScalarSelect[int]:
    """The id of the version that an article shows to ``workspace`` as of a moment."""
    newest = version.alias("newest")
    found = select(newest.c.id).where(
        newest.c.article_id == article_id,
        _is_followed(newest, workspace),
        ~_is_repeat(newest, workspace),
    )
    if as_of is not None:
        found = found.where(newest.c.seen_at <= as_of)
    latest = found.order_by(newest.c.seen_at.desc(), newest.c.id.desc()).limit(1)
    return latest.correlate_except(newest).scalar_subquery()


def _is_repeat(versions: FromClause, workspace: _Name) -> ColumnElement[bool]:
    """Whether the article had the same text before, by any feed of the workspace.

    A second feed that brings a text later makes no new version of it.
    """
    earlier = version.alias("earlier")
    return exists().where(
        earlier.c.article_id == versions.c.article_id,
        earlier.c.text_id == versions.c.text_id,
        tuple_(earlier.c.seen_at, earlier.c.id) < tuple_(versions.c.seen_at, versions.c.id),
        _is_followed(earlier, workspace),
    )


def _is_followed(versions: FromClause, workspace: _Name) -> ColumnElement[bool]:
    follows = follow.alias()
    return exists().where(follows.c.workspace == workspace, follows.c.feed_id == versions.c.feed_id)


# Statements that are asked many times a second are made once: making one takes longer than most
# take to answer. ``View.params`` has their parameters.
WORKSPACE = bindparam("workspace", type_=Text)
AS_OF = bindparam("as_of", type_=Moment)
_SINCE = bindparam("since", type_=Moment)
_IN_VIEW = (
    (follow.c.workspace == WORKSPACE)
    & (version.c.seen_at <= AS_OF)
    & (version.c.published_at >= _SINCE)
    # Follows from the line before, but is what an index knows.
    & (version.c.seen_at >= bindparam("seen_since", type_=Moment))
)
_FOLLOWED = version.join(follow, follow.c.feed_id == version.c.feed_id)

VIEWED_TEXTS = select(version.c.text_id).select_from(_FOLLOWED).where(_IN_VIEW)
"""The texts of all versions of a view, those that were replaced too."""
_AT_MOST = select(func.count()).select_from(
    VIEWED_TEXTS.limit(bindparam("most", type_=Integer)).subquery()
)
_SHOWN_IDS = select(version.c.id).where(
    version.c.published_at >= _SINCE,
    version.c.id == newest_id(version.c.article_id, WORKSPACE, AS_OF),
)
_SHOWN = (
    select(*ARTICLE_COLUMNS, version.c.text_id)
    .select_from(SIGHTINGS)
    .where(follow.c.workspace == WORKSPACE)
)
_SHOWN_TEXTS = _SHOWN.where(
    version.c.id.in_(_SHOWN_IDS.where(version.c.text_id.in_(bindparam("text_ids", expanding=True))))
)
_SHOWN_URLS = _SHOWN.where(
    version.c.id.in_(
        _SHOWN_IDS.where(
            version.c.article_id.in_(
                select(article.c.id).where(article.c.url.in_(bindparam("urls", expanding=True)))
            )
        )
    )
)
_EVER = datetime(1, 1, 3, tzinfo=UTC)
# A reading that is dated later than a day after it was seen is dated when it was seen.
_MAX_AHEAD = timedelta(days=1)


def is_viewed(text_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a version of the view has that text."""
    return exists().select_from(_FOLLOWED).where(version.c.text_id == text_id, _IN_VIEW)


@dataclass(frozen=True, slots=True)
class View:
    """What a workspace could see by a moment; ``since`` is the earliest publication."""

    workspace: str
    as_of: datetime
    since: datetime | None = None

    @property
    def params(self) -> dict[str, object]:
        """The parameters of the statements above."""
        since = max(self.since or _EVER, _EVER)
        return {
            "workspace": self.workspace,
            "as_of": self.as_of,
            "since": since,
            "seen_since": since - _MAX_AHEAD,
        }

    def has_at_most(self, db: Connection, count: int) -> bool:
        """Whether there are no more versions than that."""
        return (db.scalar(_AT_MOST, {**self.params, "most": count + 1}) or 0) <= count

    def read_texts(self, db: Connection, text_ids: Sequence[int]) -> Sequence[RowMapping]:
        """The versions with those texts that their articles show by then; with ``text_id``."""
        return db.execute(_SHOWN_TEXTS, {**self.params, "text_ids": text_ids}).mappings().all()

    def read_urls(self, db: Connection, urls: Sequence[str]) -> Sequence[RowMapping]:
        """The versions that the articles under those URLs show by then."""
        return db.execute(_SHOWN_URLS, {**self.params, "urls": urls}).mappings().all()
