"""What people may ask for, on any platform: each command is one method, told in model values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.commands.asking import AskCommands
from bot.commands.following import FeedCommands
from bot.commands.visiting import VisitCommands
from bot.errors import InputError
from bot.jobs import compose, remind
from bot.jobs.tools import Progress, unwatched
from bot.model import ArticleAnalysis, Brief, ChannelRef, Subscription, Trace
from bot.schedule import check_timezone, parse_days, parse_times
from bot.why import explain, explain_unknown

MAX_HOURS = 24 * 31


@dataclass(frozen=True)
class BotCommands(AskCommands, FeedCommands, VisitCommands):
    """Keeps ``ports.Commands``, with what only the command line offers besides."""

    async def write_brief(
        self,
        workspace: str,
        *,
        hours: float,
        tags: Sequence[str] = (),
        now: datetime,
        progress: Progress = unwatched,
    ) -> Brief:
        """A brief of the last hours, its sources kept under its key."""
        _check_hours(hours)
        self._check_tags(tags)
        start_at = now - timedelta(hours=hours)
        return await compose.compose_brief(
            self.tools, workspace, start_at=start_at, end_at=now, tags=tags, progress=progress
        )

    def _check_tags(self, tags: Sequence[str]) -> None:
        known = [topic.tag for topic in self.tools.topics]
        for tag in tags:
            if tag not in known:
                raise InputError(f"There is no topic “{tag}”; there are {', '.join(known)}.")

    async def list_facts(
        self, workspace: str, *, hours: float | None, now: datetime
    ) -> tuple[ArticleAnalysis, ...]:
        """Every article of the last hours with what was made of it; no hours means all."""
        if hours is not None:
            _check_hours(hours)
        start_at = now - (timedelta(hours=hours) if hours else compose.LEDGER)
        return await self.tools.store.list_analyses(
            workspace, self.tools.engine.name, start_at=start_at, end_at=now
        )

    async def trace(self, workspace: str, url: str) -> Trace:
        """Why an article was or was not in a brief."""
        article = await self.tools.store.find_article(workspace, url.strip())
        if article is None:
            feeds = await self.tools.store.list_feeds(workspace)
            return explain_unknown(url, len(feeds))
        moment = timedelta(microseconds=1)
        found = await self.tools.store.list_analyses(
            workspace,
            self.tools.engine.name,
            start_at=article.seen_at - moment,
            end_at=article.seen_at,
        )
        own = next((known for known in found if known.article.id == article.id), None)
        return explain(article, own)

    async def set_schedule(
        self,
        workspace: str,
        channel: ChannelRef,
        *,
        times: str,
        timezone: str,
        days: str = "",
        tags: Sequence[str] = (),
        now: datetime,
    ) -> Subscription:
        """Post at these local times."""
        self._check_tags(tags)
        return await self.tools.store.save_subscription(
            workspace,
            channel,
            timezone=check_timezone(timezone),
            times=parse_times(times),
            weekdays=parse_days(days),
            tags=tags,
            now=now,
        )

    async def stop_schedule(self, workspace: str, channel: ChannelRef) -> Subscription:
        """Post no more in that channel; returns the order that stood."""
        standing = await self._find_order(workspace, channel)
        if standing is None:
            raise InputError("No brief is scheduled in this channel.")
        await self.tools.store.remove_subscription(workspace, channel)
        return standing

    async def find_last_brief_at(
        self, workspace: str, channel: ChannelRef, *, now: datetime
    ) -> datetime | None:
        """When the channel's last brief was due that was posted; None if there was none."""
        standing = await self._find_order(workspace, channel)
        if standing is None:
            return None
        return await self.tools.store.find_last_slot_at(standing.id, now)

    async def _find_order(self, workspace: str, channel: ChannelRef) -> Subscription | None:
        orders = await self.tools.store.list_subscriptions(workspace)
        return next((order for order in orders if order.channel == channel), None)

    async def set_reminders(
        self, workspace: str, channel: ChannelRef, *, is_on: bool
    ) -> Subscription:
        """Post a reminder some days before each visit in that channel, or no more."""
        return await remind.switch_reminders(self.tools, workspace, channel, is_on=is_on)


def _check_hours(hours: float) -> None:
    if not 0 < hours <= MAX_HOURS:
        raise InputError(f"The hours must be between 1 and {MAX_HOURS} (31 days).")
