"""Set-up in one go: starter feeds, an order, a language, and a brief as it would be now."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.commands.carrying import FULL, OutlineCommands
from bot.commands.choosing import ChoiceCommands, check_language
from bot.commands.following import count_room
from bot.commands.ordering import read_timing
from bot.commands.scheduling import ScheduleCommands
from bot.commands.starting import list_chosen
from bot.commands.topics import check_tags
from bot.errors import InputError
from bot.jobs import choices, compose, gather
from bot.model import Author, Brief, Outline, SetupPlan, SetupReport, Subscription
from bot.schedule.words import EVERY_DAY

POLL_SECONDS = 25
"""How long the new feeds are waited for."""
READ_SECONDS = 20
"""How long the model is waited for; then sentences are quoted."""
PREVIEWED = timedelta(days=1)


@dataclass(frozen=True)
class SetupCommands(OutlineCommands, ScheduleCommands, ChoiceCommands):
    """The part of ``ports.SettingCommands`` that begins."""

    async def set_up(self, workspace: str, plan: SetupPlan, *, by: Author) -> SetupReport:
        """Follow the starter feeds, set the order, and write a brief as it would be now.

        Done all in one batch; what the plan gets wrong changes nothing.
        """
        order = await self._plan(workspace, plan, by)
        new = await self._list_new(workspace, plan)
        for outline in new:
            await self.follow_outline(workspace, outline, by=by)
        if plan.language.strip():
            await self.set_language(workspace, plan.language, by=by)
        await self.tools.store.save_choice(workspace, choices.TIMEZONE, order.timezone, by=by)
        kept = await self.save_order(order, by=by)
        return SetupReport(
            order=kept,
            feeds=tuple(outline.title for outline in new),
            preview=await self._preview(kept),
            batch=by.batch,
        )

    async def _plan(self, workspace: str, plan: SetupPlan, by: Author) -> Subscription:
        """The order that the plan means, everything checked; how one looks that stands is kept."""
        check_language(self.tools.languages, plan.language)
        timing = read_timing(plan.times, "", plan.timezone)
        order = await self.plan_order(
            Subscription(
                id=0,
                workspace=workspace,
                channel=plan.channel,
                timezone=timing.timezone,
                times=timing.times,
                weekdays=timing.weekdays or EVERY_DAY,
                tags=check_tags(self.tools.topics, plan.tags),
                created_at=by.at,
            )
        )
        orders = await self.list_schedules(workspace, plan.channel)
        standing = next((each for each in orders if each.id == order.id), order)
        return replace(
            order,
            look=standing.look,
            skips_quiet=standing.skips_quiet,
            alerts_per_day=standing.alerts_per_day,
        )

    async def _list_new(self, workspace: str, plan: SetupPlan) -> list[Outline]:
        """The feeds of the chosen sets that are not followed yet."""
        chosen = await list_chosen(self.tools, plan.starters)
        feeds = await self.tools.store.list_feeds(workspace)
        followed = {feed.url for feed in feeds}
        new = [outline for outline in chosen if outline.url not in followed]
        if len(new) > count_room(feeds):
            raise InputError(f"{FULL}: remove some first, or choose fewer.")
        return new

    async def _preview(self, order: Subscription) -> Brief:
        """A brief of the last day as it would be now, from what feeds bring in a short time."""
        try:
            async with asyncio.timeout(POLL_SECONDS):
                await gather.poll(self.tools, workspace=order.workspace)
        except TimeoutError:
            pass  # what is missing comes with the next poll
        try:
            async with asyncio.timeout(READ_SECONDS):
                return await self._compose(order)
        except TimeoutError:
            return await replace(self, tools=gather.quoting(self.tools))._compose(order)

    async def _compose(self, order: Subscription) -> Brief:
        now = self.tools.clock()
        return await compose.compose_brief(
            self.tools,
            order.workspace,
            start_at=now - PREVIEWED,
            end_at=now,
            timezone=order.timezone,
            tags=order.tags,
            length=order.look.length,
        )
