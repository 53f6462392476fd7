"""a server as Discord tells it → Findings: which permission is missing where, and what is gone."""

from collections.abc import Iterable, Sequence
from typing import Any

import discord

from bot.channels.discord.faults import VENDOR_ERRORS
from bot.channels.discord.permissions import EVENTS, PICTURES, list_missing, list_needed
from bot.model import ChannelRef, Finding, Form, Subscription, WorkspaceSettings

_DISCORD = "discord"
PERMISSIONS = "permissions"
"""The value of a finding that holds names of permissions, with commas between."""


async def check_guild(
    guild: discord.Guild, orders: Sequence[Subscription], settings: WorkspaceSettings
) -> tuple[Finding, ...]:
    """Return what is wrong with channels, roles and rights, or that all is fine.

    The codes: channels, channel_gone*, channel_hidden*, rights_missing*, form_wrong*,
    tags_gone*, tag_wanted*, role_gone*, role_silent*, events_right*, intents, intents_few.
    """
    checked: list[ChannelRef] = []
    problems: list[Finding] = []
    for order in orders:
        if order.channel.platform == _DISCORD:
            checked.append(order.channel)
            problems += await _check_order(guild, order)
    if settings.notices and settings.notices.platform == _DISCORD:
        checked.append(settings.notices)
        problems += await _check_channel(guild, settings.notices, Form.MESSAGE)
    problems += _check_roles(guild, settings)
    if settings.has_events:
        missing = list_missing(guild.me.guild_permissions, EVENTS)
        problems += [_bad("events_right", permissions=",".join(missing))] if missing else []
    is_fine = checked and not problems
    fine = (_fine("channels", count=str(len({*checked}))),) if is_fine else ()
    return (*_drop_twins(problems), *fine)


def check_intents(client: discord.Client) -> Finding:
    """Return whether the bot is told of replies and mentions."""
    return _fine("intents" if client.intents.guild_messages else "intents_few")


async def _check_order(guild: discord.Guild, order: Subscription) -> list[Finding]:
    form = order.look.form
    problems = await _check_channel(guild, order.channel, form)
    channel = await _find_channel(guild, order.channel)
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return problems
    named = {"channel": order.channel.channel_id, "number": str(order.id)}
    is_forum = isinstance(channel, discord.ForumChannel)
    if is_forum != (form is Form.FORUM):
        code = "form_forum" if is_forum else "form_no_forum"
        return [*problems, _bad(code, **named)]
    if form is Form.THREAD and not isinstance(channel, discord.TextChannel):
        return [*problems, _bad("form_no_thread", **named)]
    if isinstance(channel, discord.ForumChannel):
        problems += _check_tags(channel, order.look.forum_tags, named)
    return problems


def _check_tags(
    forum: discord.ForumChannel, wanted: Iterable[str], named: dict[str, str]
) -> list[Finding]:
    known = {tag.name.casefold() for tag in forum.available_tags}
    lost = [name for name in wanted if name.casefold() not in known]
    if lost:
        return [_bad("tags_gone", tags=", ".join(lost), **named)]
    if forum.flags.require_tag and not list(wanted):
        return [_bad("tag_wanted", **named)]
    return []


async def _check_channel(guild: discord.Guild, place: ChannelRef, form: Form) -> list[Finding]:
    channel = await _find_channel(guild, place)
    if isinstance(channel, str):
        return [_bad(channel, channel=place.channel_id)]
    needed = list_needed(form, is_thread=isinstance(channel, discord.Thread))
    missing = list_missing(channel.permissions_for(guild.me), (*needed, *PICTURES))
    named = {"channel": place.channel_id, PERMISSIONS: ",".join(missing)}
    return [_bad("rights_missing", **named)] if missing else []


async def _find_channel(guild: discord.Guild, place: ChannelRef) -> Any:
    """The channel, or the code of why there is none."""
    if not place.channel_id.isdecimal():
        return "channel_gone"
    number = int(place.channel_id)
    if known := guild.get_channel_or_thread(number):
        return known
    try:
        return await guild.fetch_channel(number)
    except discord.Forbidden:
        return "channel_hidden"
    except (discord.InvalidData, *VENDOR_ERRORS):
        return "channel_gone"


def _check_roles(guild: discord.Guild, settings: WorkspaceSettings) -> list[Finding]:
    rights = settings.rights
    chosen = sorted({*rights.managers, *rights.viewers, *settings.mentions.values()})
    gone = [role for role in chosen if not (role.isdecimal() and guild.get_role(int(role)))]
    problems = [_bad("role_gone", role=role) for role in gone]
    if guild.me.guild_permissions.mention_everyone:
        return problems
    for tag, role in sorted(settings.mentions.items()):
        found = guild.get_role(int(role)) if role.isdecimal() else None
        if found is not None and not found.mentionable:
            problems.append(_bad("role_silent", role=found.name, topic=tag))
    return problems


def _drop_twins(problems: Iterable[Finding]) -> list[Finding]:
    """Several orders of a channel have the same troubles: each is told once."""
    kept: list[Finding] = []
    for problem in problems:
        if problem not in kept:
            kept.append(problem)
    return kept


def _bad(code: str, **values: str) -> Finding:
    return Finding(code, is_ok=False, values=values)


def _fine(code: str, **values: str) -> Finding:
    return Finding(code, is_ok=True, values=values)
