"""Feeds: a URL is polled once for all; each workspace follows it under its own title and tier."""

from datetime import datetime

from sqlalchemy import Connection, Select, and_, delete, exists, select, update

from bot.model import Feed, FeedState, Poll
from bot.store.database import DatabaseRows, insert, reading, writing
from bot.store.rows import feed_from
from bot.store.schema import feed, follow


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
    ) -> Feed:
        """Follow ``url``; following it twice changes nothing and returns what stands."""
        feed_id = _save_url(db, workspace if is_manual else "", url, None if is_manual else now)
        follows = {"workspace": workspace, "feed_id": feed_id, "title": title, "outlet": outlet}
        db.execute(
            insert(db, follow)
            .values(**follows, tier=tier, followed_at=now)
            .on_conflict_do_nothing()
        )
        row = db.execute(_select_followed(workspace).where(feed.c.id == feed_id)).mappings().one()
        return feed_from(row)

    @writing
    def remove_feed(self, db: Connection, workspace: str, feed_id: int) -> None:
        """Stop following; articles stay, unseen by this workspace."""
        db.execute(
            delete(follow).where(follow.c.workspace == workspace, follow.c.feed_id == feed_id)
        )

    @writing
    def pause_feed(self, db: Connection, workspace: str, feed_id: int, *, is_paused: bool) -> None:
        """Stop or go on polling for this workspace."""
        db.execute(
            update(follow)
            .where(follow.c.workspace == workspace, follow.c.feed_id == feed_id)
            .values(is_paused=is_paused)
        )

    @reading
    def list_feeds(self, db: Connection, workspace: str) -> tuple[Feed, ...]:
        """What the workspace follows, by title."""
        rows = db.execute(_select_followed(workspace)).mappings()
        return tuple(sorted(map(feed_from, rows), key=lambda one: (one.title.casefold(), one.id)))

    @reading
    def list_due_feeds(
        self, db: Connection, now: datetime, *, limit: int, workspace: str | None = None
    ) -> tuple[Feed, ...]:
        """Feeds to poll now, longest due first, each as its oldest unpaused follow has it."""
        older = follow.alias("older")
        has_older = exists().where(
            older.c.feed_id == follow.c.feed_id,
            ~older.c.is_paused,
            (older.c.followed_at < follow.c.followed_at)
            | and_(
                older.c.followed_at == follow.c.followed_at,
                older.c.workspace < follow.c.workspace,
            ),
        )
        which = ~has_older if workspace is None else follow.c.workspace == workspace
        due = (
            _select_feeds()
            .where(feed.c.next_poll_at <= now, ~follow.c.is_paused, which)
            .order_by(feed.c.next_poll_at, feed.c.id)
            .limit(limit)
        )
        return tuple(map(feed_from, db.execute(due).mappings()))

    @writing
    def save_poll(self, db: Connection, feed_id: int, poll: Poll) -> None:
        """Keep the outcome of a poll; a failing state adds to ``failures``, others clear it."""
        values: dict[str, object] = {
            "state": poll.state.value,
            "reason": poll.reason,
            "etag": poll.etag,
            "last_modified": poll.last_modified,
            "next_poll_at": poll.next_poll_at,
        }
        if poll.state.is_failing:
            values["failures"] = feed.c.failures + 1
        else:
            values |= {"failures": 0, "succeeded_at": poll.polled_at}
        db.execute(update(feed).where(feed.c.id == feed_id).values(values))


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


def _select_feeds() -> Select[tuple[object, ...]]:
    return select(feed, follow).join_from(feed, follow, follow.c.feed_id == feed.c.id)


def _select_followed(workspace: str) -> Select[tuple[object, ...]]:
    return _select_feeds().where(follow.c.workspace == workspace)
