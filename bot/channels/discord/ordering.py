"""what was typed for an order, and the order that stands → what the order is to be."""

from dataclasses import dataclass

import discord

from bot.channels.discord.asked import Desk, channel_of, words_of, workspace_of
from bot.channels.discord.channel_checks import check_place, check_tags, default_form, find_place
from bot.channels.discord.completing import read_list
from bot.errors import InputError
from bot.model import ChannelRef, Form, Length, Look, Style, Subscription
from bot.schedule.words import parse_timing

_ALL = "all"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The options of ``/schedule set`` as given; None and empty are “not given”."""

    channel: ChannelRef | None
    times: str
    timezone: str
    days: str
    topics: str
    length: str | None
    style: str | None
    form: str | None
    forum_tags: str
    quiet: bool | None
    alerts: int | None
    order_id: int | None
    is_another: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The whole order: what was not given is as it was, or plain for a new one."""

    channel: ChannelRef
    times: str
    days: str
    tags: tuple[str, ...]
    look: Look
    skips_quiet: bool
    alerts_per_day: int
    is_change: bool


async def order_of(interaction: discord.Interaction, desk: Desk, wish: Wish) -> Asked:
    """Return what the order is to be, in a channel where the bot may post it.

    Raises:
        InputError: no order has that number, there are no times, or the bot can't post there
            in that form.
    """
    old = await _find_old(interaction, desk, wish)
    if old is None and not wish.times.strip():
        raise InputError(words_of(interaction, desk).say("schedule.no_times"))
    channel = wish.channel or (old.channel if old else channel_of(interaction))
    look = _look(interaction, desk, wish, old, channel)
    tags = tuple(read_list(wish.topics)) or (old.tags if old else ())
    quiet, alerts = wish.quiet, wish.alerts
    return Asked(
        channel=channel,
        times=_times(wish, old),
        days=_days(wish, old),
        tags=() if wish.topics.strip().casefold() == _ALL else tags,
        look=look,
        skips_quiet=bool(old and old.skips_quiet) if quiet is None else quiet,
        alerts_per_day=(old.alerts_per_day if old else 0) if alerts is None else alerts,
        is_change=old is not None,
    )


async def _find_old(
    interaction: discord.Interaction, desk: Desk, wish: Wish
) -> Subscription | None:
    """The order that is changed: that of the number, or the only one of the channel."""
    if wish.is_another and wish.order_id is None:
        return None
    orders = await desk.commands.list_schedules(workspace_of(interaction))
    if wish.order_id is not None:
        found = next((order for order in orders if order.id == wish.order_id), None)
        if found is None:
            raise InputError(words_of(interaction, desk).say("schedule.no_order"))
        return found
    channel = wish.channel or channel_of(interaction)
    here = [order for order in orders if order.channel == channel]
    return here[0] if len(here) == 1 else None


def _times(wish: Wish, old: Subscription | None) -> str:
    return wish.times if old is None or wish.times.strip() else " ".join(old.times)


def _days(wish: Wish, old: Subscription | None) -> str:
    """The days, given by themselves or with the times; else those of the order that stands."""
    if old is None or wish.days.strip() or _names_days(wish.times):
        return wish.days
    return " ".join(_DAYS[number - 1] for number in old.weekdays)


def _names_days(times: str) -> bool:
    return bool(times.strip()) and parse_timing(times).weekdays is not None


def _look(
    interaction: discord.Interaction,
    desk: Desk,
    wish: Wish,
    old: Subscription | None,
    channel: ChannelRef,
) -> Look:
    was = old.look if old else Look()
    stays = old is not None and old.channel == channel
    usual = was.form if stays else default_form(find_place(interaction, channel.channel_id))
    form = Form(wish.form) if wish.form else usual
    place = check_place(interaction, desk, channel.channel_id, form)
    given = read_list(wish.forum_tags) or (list(was.forum_tags) if stays else [])
    return Look(
        form=form,
        length=Length(wish.length) if wish.length else was.length,
        style=Style(wish.style) if wish.style else was.style,
        forum_tags=check_tags(interaction, desk, place, given),
    )
