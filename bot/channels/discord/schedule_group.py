"""/schedule → ``ports.Commands``: when and how a channel gets its briefs."""

from collections.abc import Iterable
from typing import Literal

import discord
from discord import app_commands

from bot.channels.discord.asked import (
    Desk,
    author_of,
    channel_of,
    words_of,
    workspace_of,
)
from bot.channels.discord.channel_checks import find_place
from bot.channels.discord.completing import (
    Choices,
    Named,
    go_on,
    list_topics,
    name_zones,
    offer,
)
from bot.channels.discord.order_cards import (
    name_order,
    render_order,
    render_orders,
    render_reminding,
    render_removed,
    tell_times,
)
from bot.channels.discord.ordering import Wish, order_of
from bot.channels.discord.replies import answer, take
from bot.channels.discord.rights import MANAGE, VIEW
from bot.errors import InputError
from bot.model import ChannelRef, Subscription
from bot.text.lexicon import fold

_Channel = discord.TextChannel | discord.ForumChannel
_Text = app_commands.Range[str, 1, 200]
_Order = app_commands.Range[str, 1, 40]


class ScheduleGroup(app_commands.Group):
    """``/schedule``: listed for who may look, changed by who may manage."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(name="schedule", description="When channels get their briefs")
        self._desk = desk

    @app_commands.command(
        name="set",
        description="Post briefs at these local times, here or elsewhere",
        extras=MANAGE,
    )
    @app_commands.describe(
        times="Such as 06:00 18:30, or weekdays at 7am; as they were if not given",
        timezone="Such as Europe/London; the server's if not given",
        days="Such as mon-fri or daily",
        topics="Such as defence, trade; “all” for all of them",
        channel="Where to; here if not given",
        length="How many lines a section may have",
        style="Sources below each line, or their numbers alone",
        form="How it is posted",
        forum_tags="The forum's tags to put on each post",
        quiet="Post nothing when there is nothing new",
        alerts="The most alerts a day in between, 0 for none",
        order="Which order to change, if the channel has several",
        another="Make one more order for the channel",
    )
    async def set_order(
        self,
        interaction: discord.Interaction,
        times: _Text = "",
        timezone: app_commands.Range[str, 1, 100] = "",
        days: app_commands.Range[str, 1, 100] = "",
        topics: app_commands.Range[str, 1, 500] = "",
        channel: _Channel | None = None,
        length: Literal["short", "standard", "long"] | None = None,
        style: Literal["cited", "compact"] | None = None,
        form: Literal["message", "thread", "forum"] | None = None,
        forum_tags: app_commands.Range[str, 1, 200] = "",
        quiet: bool | None = None,
        alerts: app_commands.Range[int, 0, 20] | None = None,
        order: _Order = "",
        another: bool = False,
    ) -> None:
        """Take the order and read it back; what is not given stays as it was."""
        wish = Wish(
            channel=ChannelRef("discord", str(channel.id)) if channel else None,
            times=times,
            timezone=timezone,
            days=days,
            topics=topics,
            length=length,
            style=style,
            form=form,
            forum_tags=forum_tags,
            quiet=quiet,
            alerts=alerts,
            order_id=self._read_order(interaction, order),
            is_another=another,
        )
        await self._take_order(interaction, wish)

    async def _take_order(self, interaction: discord.Interaction, wish: Wish) -> None:
        workspace, by = workspace_of(interaction), author_of(interaction, self._desk)
        await take(interaction, is_private=True)
        asked = await order_of(interaction, self._desk, wish)
        made = await self._desk.commands.set_schedule(
            workspace,
            asked.channel,
            times=asked.times,
            timezone=wish.timezone,
            days=asked.days,
            tags=asked.tags,
            look=asked.look,
            skips_quiet=asked.skips_quiet,
            alerts_per_day=asked.alerts_per_day,
            order_id=wish.order_id,
            is_another=wish.is_another,
            by=by,
        )
        words = words_of(interaction, self._desk)
        title = words.say("schedule.changed" if asked.is_change else "schedule.set")
        await answer(interaction, render_order(made, title, by.batch, by.at, words))

    @app_commands.command(
        name="list", description="Every channel's briefs, and when the next comes", extras=VIEW
    )
    async def show(self, interaction: discord.Interaction) -> None:
        """Show the server's orders to the one who asks."""
        workspace = workspace_of(interaction)
        await take(interaction, is_private=True)
        orders = await self._desk.commands.list_schedules(workspace)
        words = words_of(interaction, self._desk)
        await answer(interaction, render_orders(orders, self._desk.clock(), words))

    @app_commands.command(name="remove", description="Post no more briefs here", extras=MANAGE)
    @app_commands.describe(order="Which order, here or elsewhere; this channel's if not given")
    async def remove(self, interaction: discord.Interaction, order: _Order = "") -> None:
        """Drop an order; the button brings it back."""
        workspace, by = workspace_of(interaction), author_of(interaction, self._desk)
        order_id = self._read_order(interaction, order)
        await take(interaction, is_private=True)
        channel = await self._find_channel(interaction, order_id)
        dropped = await self._desk.commands.stop_schedule(
            workspace, channel, order_id=order_id, by=by
        )
        words = words_of(interaction, self._desk)
        await answer(interaction, render_removed(dropped, by.batch, words))

    @app_commands.command(
        name="reminders", description="Remind a channel of visits, or not", extras=MANAGE
    )
    @app_commands.describe(state="On or off", channel="Which channel; here if not given")
    async def remind(
        self,
        interaction: discord.Interaction,
        state: Literal["on", "off"],
        channel: _Channel | None = None,
    ) -> None:
        """Switch the reminders of a channel."""
        workspace, by = workspace_of(interaction), author_of(interaction, self._desk)
        place = ChannelRef("discord", str(channel.id)) if channel else channel_of(interaction)
        await take(interaction, is_private=True)
        order = await self._desk.commands.set_reminders(
            workspace, place, is_on=state == "on", by=by
        )
        words = words_of(interaction, self._desk)
        await answer(interaction, render_reminding(order, by.batch, words))

    def _read_order(self, interaction: discord.Interaction, typed: str) -> int | None:
        number = typed.strip().removeprefix("#")
        if not number:
            return None
        if not (number.isascii() and number.isdecimal() and len(number) <= 18):
            raise InputError(words_of(interaction, self._desk).say("schedule.no_order"))
        return int(number)

    async def _find_channel(
        self, interaction: discord.Interaction, order_id: int | None
    ) -> ChannelRef:
        """The order's channel, which may be a forum, where nobody can type a command."""
        orders = await self._desk.commands.list_schedules(workspace_of(interaction))
        found = (order.channel for order in orders if order.id == order_id)
        return next(found, channel_of(interaction))

    @set_order.autocomplete("timezone")
    async def _complete_zone(self, interaction: discord.Interaction, current: str) -> Choices:
        return await offer(name_zones(current))

    @set_order.autocomplete("topics")
    async def _complete_topics(self, interaction: discord.Interaction, current: str) -> Choices:
        return await offer(list_topics(self._desk, interaction, current))

    @set_order.autocomplete("forum_tags")
    async def _complete_tags(self, interaction: discord.Interaction, current: str) -> Choices:
        return await offer(_list_tags(interaction, current))

    @set_order.autocomplete("order")
    async def _complete_order_here(self, interaction: discord.Interaction, current: str) -> Choices:
        chosen = getattr(interaction.namespace, "channel", None)
        place = ChannelRef("discord", str(chosen.id)) if chosen else channel_of(interaction)
        return await offer(self._list_orders(interaction, current, place))

    @remove.autocomplete("order")
    async def _complete_order(self, interaction: discord.Interaction, current: str) -> Choices:
        return await offer(self._list_orders(interaction, current, None))

    async def _list_orders(
        self, interaction: discord.Interaction, current: str, place: ChannelRef | None
    ) -> list[Named]:
        orders = await self._desk.commands.list_schedules(workspace_of(interaction), place)
        return self._name_orders(interaction, orders, current)

    def _name_orders(
        self, interaction: discord.Interaction, orders: Iterable[Subscription], current: str
    ) -> list[Named]:
        words = words_of(interaction, self._desk)
        named = []
        for order in orders:
            place = find_place(interaction, order.channel.channel_id)
            where = f"#{place.name}" if place else order.channel.channel_id
            name = f"{name_order(order, words)} · {where} · {tell_times(order, words)}"
            named.append((name, str(order.id)))
        return [(name, value) for name, value in named if fold(current) in fold(name)]


async def _list_tags(interaction: discord.Interaction, current: str) -> list[Named]:
    chosen = getattr(interaction.namespace, "channel", None)
    forum = find_place(interaction, str(chosen.id)) if chosen else None
    if not isinstance(forum, discord.ForumChannel):
        return []
    return go_on([tag.name for tag in forum.available_tags], current)
