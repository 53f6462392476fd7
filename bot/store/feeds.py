"""Feeds: a URL is polled once for all; each workspace follows it under its own title and tier."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    delete,
    exists,
    func,
    literal,
    select,
    update,
)

from bot.model import Author, ConfigKind, Feed, FeedState, Poll
from bot.store.database import DatabaseRows, insert, reading, writing
from bot.store.history import recording
from bot.store.rows import feed_from, to_json
from bot.store.schema import Moment, feed, follow
from bot.store.schema_administration import absence


class Feeds(DatabaseRows):
    """Keeps ``ports.FeedStore``."""

    @writing
    def add_feed(
        self,
        db: Connection,
        workspace: str,
        url: str,
        *,
        title: str,
        outlet: str,
        tier: int,
        now: datetime,
        is_manual: bool = False,
        tags: Sequence[str] = (),
        by: Author | None = None,
    ) -> Feed:
        """Follow ``url``; following it twice changes nothing and returns what stands."""
        feed_id = _save_url(db, workspace if is_manual else "", url, None if is_manual else now)
        follows = {"workspace": workspace, "feed_id": feed_id, "title": title, "outlet": outlet}
        made = insert(db, follow).values(**follows, tier=tier, followed_at=now, tags=to_json(tags))
        with recording(db, ConfigKind.FEED, workspace, feed_id, by):
            db.execute(made.on_conflict_do_nothing())
        row = db.execute(_select_followed(workspace).where(feed.c.id == feed_id)).mappings().one()
        return feed_from(row)

    @writing
    def remove_feed(
        self, db: Connection, workspace: str, feed_id: int, *, by: Author | None = None
    ) -> None:
        """Stop following; articles stay, unseen by this workspace."""
        with recording(db, ConfigKind.FEED, workspace, feed_id, by):
            db.execute(delete(follow).where(_is_follow(workspace, feed_id)))

    @writing
    def pause_feed(
        self,
        db: Connection,
        workspace: str,
        feed_id: int,
        *,
        is_paused: bool,
        by: Author | None = None,
    ) -> None:
        """Stop or go on polling for this workspace."""
        changed = update(follow).where(_is_follow(workspace, feed_id))
        with recording(db, ConfigKind.FEED, workspace, feed_id, by):
            db.execute(changed.values(is_paused=is_paused))

    @reading
    def list_feeds(self, db: Connection, workspace: str) -> tuple[Feed, ...]:
        """What the workspace follows, by title."""
        rows = db.execute(_select_followed(workspace)).mappings()
        return tuple(sorted(map(feed_from, rows), key=lambda one: (one.title.casefold(), one.id)))

    @reading
    def list_due_feeds(
        self, db: Connection, now: datetime, *, limit: int, workspace: str | None = None
    ) -> tuple[Feed, ...]:
        """Feeds to poll now, longest due first, each as its oldest follow that counts has it."""
        older = follow.alias("older")
        has_older = exists().where(
            older.c.feed_id == follow.c.feed_id,
            _counts(older),
            (older.c.followed_at < follow.c.followed_at)
            | and_(
                older.c.followed_at == follow.c.followed_at,
                older.c.workspace < follow.c.workspace,
            ),
        )
        which = ~has_older if workspace is None else follow.c.workspace == workspace
        due = (
            _select_feeds()
            .where(feed.c.next_poll_at <= now, _counts(follow), which)
            .order_by(feed.c.next_poll_at, feed.c.id)
            .limit(limit)
        )
        return tuple(map(feed_from, db.execute(due).mappings()))

    @writing
    def save_poll(self, db: Connection, feed_id: int, poll: Poll) -> None:
        """Keep the outcome of a poll.

        A failing state adds to ``failures`` and begins ``failing_since``; others clear both.
        """
        values: dict[str, object] = {
            "state": poll.state.value,
            "reason": poll.reason,
            "etag": poll.etag,
            "last_modified": poll.last_modified,
            "next_poll_at": poll.next_poll_at,
        }
        if poll.state.is_failing:
            since = func.coalesce(feed.c.failing_since, literal(poll.polled_at, Moment))
            values |= {"failures": feed.c.failures + 1, "failing_since": since}
        else:
            values |= {"failures": 0, "failing_since": None, "succeeded_at": poll.polled_at}
        db.execute(update(feed).where(feed.c.id == feed_id).values(values))

    @reading
    def list_failing(self, db: Connection, before: datetime) -> tuple[Feed, ...]:
        """Feeds failing since before a moment, once for each workspace where they count."""
        failing = (
            _select_feeds()
            .where(feed.c.failing_since < before, _counts(follow))
            .order_by(feed.c.failing_since, feed.c.id, follow.c.workspace)
        )
        return tuple(map(feed_from, db.execute(failing).mappings()))


def _save_url(db: Connection, owner: str, url: str, next_poll_at: datetime | None) -> int:
    """The id of the feed of that URL, made if it is new; a manual feed is never due."""
    made = insert(db, feed).values(
        owner=owner,
        url=url,
        state=FeedState.NEW.value,
        reason="",
        etag="",
        last_modified="",
        failures=0,
        next_poll_at=next_poll_at,
    )
    db.execute(made.on_conflict_do_nothing())
    of_url = select(feed.c.id).where(feed.c.owner == owner, feed.c.url == url)
    feed_id: int = db.execute(of_url).scalar_one()
    return feed_id


def _counts(follows: FromClause) -> ColumnElement[bool]:
    """Whether a feed is polled for that follow: it is not paused, and the bot is there."""
    is_absent = exists().where(absence.c.workspace == follows.c.workspace)
    return and_(~follows.c.is_paused, ~is_absent)


def _is_follow(workspace: str, feed_id: int) -> ColumnElement[bool]:
    return (follow.c.workspace == workspace) & (follow.c.feed_id == feed_id)


def _select_feeds() -> Select[tuple[object, ...]]:
    return select(feed, follow).join_from(feed, follow, follow.c.feed_id == feed.c.id)


def _select_followed(workspace: str) -> Select[tuple[object, ...]]:
    return _select_feeds().where(follow.c.workspace == workspace)
