"""The wall: what a workspace sees are the versions that feeds it follows have brought.

A feed of somebody else may claim any URL and any text; none of it is ever seen here.
"""

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    case,
    exists,
    select,
    tuple_,
)

from bot.store.schema import article, feed, follow, text, version

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
    article_id: ColumnElement[int], workspace: str, as_of: datetime | None
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


def _is_repeat(versions: FromClause, workspace: str) -> ColumnElement[bool]:
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


def _is_followed(versions: FromClause, workspace: str) -> ColumnElement[bool]:
    follows = follow.alias()
    return exists().where(follows.c.workspace == workspace, follows.c.feed_id == versions.c.feed_id)
