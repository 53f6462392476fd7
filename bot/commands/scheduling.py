"""Commands on orders: when and how a channel gets its briefs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.commands.ordering import check_alerts, check_place, choose_order, read_timing
from bot.commands.topics import check_tags
from bot.errors import InputError
from bot.jobs import compose, remind
from bot.jobs.choices import find_timezone
from bot.jobs.forget import BRIEFS_KEPT
from bot.jobs.post import find_start
from bot.jobs.silence import complete_look
from bot.jobs.tools import Tools
from bot.model import Author, Brief, ChannelRef, KeptBrief, Look, Subscription
from bot.ports import PLAIN
from bot.schedule import LOOK_BACK, list_slots
from bot.schedule.words import EVERY_DAY

DAY = timedelta(days=1)


@dataclass(frozen=True)
class ScheduleCommands:
    """Keeps ``ports.ScheduleCommands``."""

    tools: Tools

    async def set_schedule(
        self,
        workspace: str,
        channel: ChannelRef,
        *,
        times: str,
        timezone: str = "",
        days: str = "",
        tags: Sequence[str] = (),
        look: Look = PLAIN,
        skips_quiet: bool = False,
        alerts_per_day: int = 0,
        order_id: int | None = None,
        is_another: bool = False,
        by: Author,
    ) -> Subscription:
        """Post at these local times; ``times`` may name days and a zone too.

        Raises:
            InputError: which of several is not clear; no such time, zone, day or topic; too many.
        """
        timing = read_timing(times, days, timezone)
        asked = Subscription(
            id=order_id or 0,
            workspace=workspace,
            channel=channel,
            timezone=timing.timezone,
            times=timing.times,
            weekdays=timing.weekdays or EVERY_DAY,
            tags=check_tags(self.tools.topics, tags),
            created_at=by.at,
            look=look,
            skips_quiet=skips_quiet,
            alerts_per_day=check_alerts(alerts_per_day),
        )
        return await self.save_order(await self.plan_order(asked, is_another=is_another), by=by)

    async def plan_order(self, asked: Subscription, *, is_another: bool = False) -> Subscription:
        """The order that would be kept: with its number, 0 for a new one, and a zone.

        Raises:
            InputError: which of several is not clear, too many, or two due together.
        """
        orders = await self.tools.store.list_subscriptions(asked.workspace)
        is_new = is_another and not asked.id
        changed = None if is_new else choose_order(orders, asked.channel, asked.id)
        zone = asked.timezone or (changed.timezone if changed else "")
        zone = zone or await find_timezone(self.tools.store, asked.workspace)
        order = replace(asked, id=changed.id if changed else 0, timezone=zone)
        check_place(order, [other for other in orders if other != changed])
        return order

    async def save_order(self, order: Subscription, *, by: Author) -> Subscription:
        """Keep an order that was planned; of those of a channel the oldest has the reminders."""
        kept = await self.tools.store.save_subscription(
            order.workspace,
            order.channel,
            timezone=order.timezone,
            times=order.times,
            weekdays=order.weekdays,
            tags=order.tags,
            look=order.look,
            skips_quiet=order.skips_quiet,
            alerts_per_day=order.alerts_per_day,
            order_id=order.id or None,
            now=by.at,
            by=by,
        )
        if not kept.has_reminders:
            return kept
        await self.tools.store.set_reminders(kept.workspace, kept.channel, is_on=True, by=by)
        orders = await self.list_schedules(kept.workspace, kept.channel)
        return next(order for order in orders if order.id == kept.id)

    async def list_schedules(
        self, workspace: str, channel: ChannelRef | None = None
    ) -> tuple[Subscription, ...]:
        """The orders of a channel, or of the workspace, oldest first."""
        orders = await self.tools.store.list_subscriptions(workspace)
        return tuple(order for order in orders if channel in (None, order.channel))

    async def stop_schedule(
        self, workspace: str, channel: ChannelRef, *, order_id: int | None = None, by: Author
    ) -> Subscription:
        """Drop an order, the channel's only one without a number; returns what stood."""
        orders = await self.tools.store.list_subscriptions(workspace)
        standing = choose_order(orders, channel, order_id or 0)
        if standing is None:
            raise InputError("No brief is scheduled in this channel.")
        await self.tools.store.remove_subscription(workspace, standing.id, by=by)
        if standing.has_reminders and await self.list_schedules(workspace, standing.channel):
            await self.set_reminders(workspace, standing.channel, is_on=True, by=by)
        return standing

    async def set_reminders(
        self, workspace: str, channel: ChannelRef, *, is_on: bool, by: Author
    ) -> Subscription:
        """Post a reminder some days before each visit in that channel, or no more."""
        return await remind.switch_reminders(self.tools, workspace, channel, is_on=is_on, by=by)

    async def preview_brief(
        self, workspace: str, channel: ChannelRef, *, now: datetime
    ) -> tuple[Brief, Look]:
        """The channel's next brief as it would be now; a plain one of a day without an order."""
        orders = await self.list_schedules(workspace, channel)
        chosen = await self.tools.store.list_choices(workspace)
        if not orders:
            zone = await find_timezone(self.tools.store, workspace)
            brief = await compose.compose_brief(
                self.tools, workspace, start_at=now - DAY, end_at=now, timezone=zone
            )
            return brief, complete_look(PLAIN, chosen)
        order = min(orders, key=lambda order: _find_next(order, now))
        brief = await compose.compose_brief(
            self.tools,
            workspace,
            start_at=await find_start(self.tools, order, now),
            end_at=now,
            timezone=order.timezone,
            tags=order.tags,
            length=order.look.length,
        )
        return brief, complete_look(order.look, chosen)

    async def list_briefs_of(
        self, workspace: str, channel: ChannelRef, on: date
    ) -> tuple[KeptBrief, ...]:
        """What was posted in the channel on that day of its own zone, earliest first.

        Raises:
            InputError: nothing was, or it is not kept any more.
        """
        found: tuple[KeptBrief, ...] = ()
        if 1990 <= on.year <= 2100:
            midnight = datetime.combine(on, time.min, UTC)
            kept = await self.tools.store.list_briefs(
                start_at=midnight - DAY,
                end_at=midnight + 2 * DAY,
                workspace=workspace,
                channel=channel,
            )
            found = tuple(one for one in kept if _is_of(one, on))
        if not found:
            raise InputError(
                f"No brief of {on.isoformat()} is kept of this channel: none was posted, or it "
                f"is older than {BRIEFS_KEPT.days} days."
            )
        return found

    async def find_last_brief_at(
        self, workspace: str, channel: ChannelRef, *, now: datetime
    ) -> datetime | None:
        """When the channel's last brief was due that was posted; None if there was none."""
        orders = await self.list_schedules(workspace, channel)
        found = [await self.tools.store.find_last_slot_at(order.id, now) for order in orders]
        return max((at for at in found if at), default=None)


def _find_next(order: Subscription, now: datetime) -> datetime:
    """When the order is due next; a week has one slot at least."""
    return list_slots(order, now, now + LOOK_BACK + DAY)[0].due_at


def _is_of(kept: KeptBrief, on: date) -> bool:
    return kept.due_at.astimezone(ZoneInfo(kept.brief.timezone)).date() == on
