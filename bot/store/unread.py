"""The texts that something is still to be made of: one article each, newest first."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Subquery, exists, func, select

from bot.model import Article
from bot.store.rows import article_from
from bot.store.schema import follow, version
from bot.store.sight import ARTICLE_COLUMNS, SIGHTINGS


def list_first(
    db: Connection,
    is_done: ColumnElement[bool],
    *,
    limit: int,
    workspace: str | None,
    since: datetime | None,
) -> tuple[Article, ...]:
    """One article per text that ``is_done`` does not hold of, newest first.

    ``is_done`` is a condition on ``version.c.text_id``, ``since`` a ``seen_at``. A text that its
    own feed has replaced is left out.
    """
    numbered = _number(is_done, workspace, since)
    is_first = (numbered.c.id == version.c.id) & (numbered.c.workspace == follow.c.workspace)
    first = (
        select(*ARTICLE_COLUMNS)
        .select_from(SIGHTINGS.join(numbered, is_first))
        .where(numbered.c.number == 1)
        .order_by(version.c.seen_at.desc(), version.c.id.desc())
        .limit(limit)
    )
    return tuple(map(article_from, db.execute(first).mappings()))


def _number(
    is_done: ColumnElement[bool], workspace: str | None, since: datetime | None
) -> Subquery:
    """The versions, each for each follower, numbered within their text from the oldest."""
    later = version.alias("later")
    # Written as a difference, lest SQLite walk all that the feed has brought since.
    is_same_feed = later.c.feed_id - version.c.feed_id == 0
    is_replaced = exists().where(
        later.c.article_id == version.c.article_id,
        later.c.seen_at > version.c.seen_at,
        is_same_feed,
    )
    order = (version.c.seen_at, version.c.id, follow.c.followed_at, follow.c.workspace)
    number = func.row_number().over(partition_by=version.c.text_id, order_by=order)
    left = (
        select(version.c.id, follow.c.workspace, number.label("number"))
        .join_from(version, follow, follow.c.feed_id == version.c.feed_id)
        .where(~is_replaced, ~is_done)
    )
    if workspace is not None:
        left = left.where(follow.c.workspace == workspace)
    if since is not None:
        left = left.where(version.c.seen_at > since)
    return left.subquery("numbered")
