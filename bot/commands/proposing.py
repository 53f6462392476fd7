"""Commands on feeds that are looked at first, and followed once somebody has confirmed them."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.commands.following import FeedCommands, count_room
from bot.commands.topics import check_tags
from bot.errors import InputError
from bot.jobs.choices import PENDING
from bot.jobs.forget import PROPOSALS_KEPT
from bot.model import Author, Feed, FeedState, Proposal
from bot.ports.admin_commands import MAX_FEEDS

MAX_WAITING = 20
"""Proposals of one workspace; a newer one takes the place of the oldest."""


@dataclass(frozen=True)
class ProposalCommands(FeedCommands):
    """The part of ``ports.FeedCommands`` that is about feeds to be confirmed."""

    async def propose_feed(
        self,
        workspace: str,
        url: str,
        *,
        title: str = "",
        tags: Sequence[str] = (),
        now: datetime,
    ) -> Proposal:
        """Look at a feed, or at the feed that a site announces; it waits a day to be confirmed.

        Raises:
            InputError: no such topic; it is followed already; too many feeds.
        """
        check_tags(self.tools.topics, tags)
        preview = await self.look_at_feed(workspace, url, title=title, tags=tags)
        key = secrets.token_hex(8)
        await self._make_room(workspace, now)
        waiting = _write(preview.feed, now)
        await self.tools.store.save_choice(workspace, PENDING + key, waiting)
        return Proposal(key=key, preview=preview, tags=preview.feed.tags)

    async def _make_room(self, workspace: str, now: datetime) -> None:
        """Drop what waited too long, and the oldest where too many wait."""
        chosen = await self.tools.store.list_choices(workspace)
        waiting = {name: _read_moment(chosen[name]) for name in chosen if name.startswith(PENDING)}
        newest = sorted(waiting, key=lambda name: waiting[name], reverse=True)
        for place, name in enumerate(newest):
            if place >= MAX_WAITING - 1 or waiting[name] + PROPOSALS_KEPT <= now:
                await self.tools.store.drop_choice(workspace, name)

    async def accept_feed(self, workspace: str, key: str, *, by: Author) -> Feed:
        """Follow what was proposed under that key; doing it twice follows it once.

        Raises:
            InputError: nothing waits under it (any more), or too many feeds are followed.
        """
        kept = await self.tools.store.find_choice(workspace, PENDING + key)
        if kept is None or _read_moment(kept) + PROPOSALS_KEPT <= by.at:
            raise InputError("This feed does not wait to be confirmed any more: add it again.")
        feed = _read(workspace, kept)
        feeds = await self.tools.store.list_feeds(workspace)
        is_known = any(known.url == feed.url for known in feeds)
        if not is_known and count_room(feeds) < 1:
            raise InputError(f"{MAX_FEEDS} feeds are the most: remove one first.")
        return await self.follow(workspace, feed, by=by)

    async def drop_proposal(self, workspace: str, key: str) -> None:
        """Forget what was proposed."""
        await self.tools.store.drop_choice(workspace, PENDING + key)


def _write(feed: Feed, now: datetime) -> str:
    return json.dumps(
        {
            "at": now.isoformat(),
            "url": feed.url,
            "title": feed.title,
            "outlet": feed.outlet,
            "tier": feed.tier,
            "tags": feed.tags,
        },
        ensure_ascii=False,
    )


def _read_moment(kept: str) -> datetime:
    return datetime.fromisoformat(json.loads(kept)["at"])


def _read(workspace: str, kept: str) -> Feed:
    value = json.loads(kept)
    return Feed(
        id=0,
        workspace=workspace,
        url=value["url"],
        title=value["title"],
        outlet=value["outlet"],
        tier=value["tier"],
        tags=tuple(value["tags"]),
        state=FeedState.NEW,
    )
