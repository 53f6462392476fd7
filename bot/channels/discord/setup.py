"""/setup → ``ports.Commands``: one form, and everything is made that a first brief needs."""

from datetime import datetime
from typing import Any

import discord
from discord import app_commands

from bot.channels.discord.asked import Desk, author_of, words_of, workspace_of
from bot.channels.discord.brief_group import show_brief
from bot.channels.discord.buttons import with_buttons
from bot.channels.discord.channel_checks import check_place
from bot.channels.discord.inert import clip, inert
from bot.channels.discord.limits import Payload
from bot.channels.discord.order_cards import order_lines
from bot.channels.discord.pages import Page, join, pack
from bot.channels.discord.press import Press, open_form, read_form
from bot.channels.discord.replies import answer, take
from bot.channels.discord.rights import MANAGE
from bot.channels.discord.setup_form import (
    Filled,
    Offer,
    build_fields,
    read_filled,
    read_rest,
    write_rest,
)
from bot.channels.discord.undoing import undo_button
from bot.channels.discord.zones import zone_of_locale
from bot.errors import InputError
from bot.model import ChannelRef, Form, Right, SetupPlan, SetupReport
from bot.ports.posting import PLAIN
from bot.wording import DEFAULT, Words

SETUP = "setup"
_HOUR = "07:00"
_LISTED = 30
_LINE = 900


def make_setup(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """Return ``/setup``."""

    @app_commands.command(
        name="setup",
        description="Choose channel, hour, topics, feeds in one form",
        extras=MANAGE,
    )
    async def setup(interaction: discord.Interaction) -> None:
        offer = await _find_offer(interaction, desk)
        await _open(interaction, desk, await _fill_first(interaction, desk, offer), offer)

    return setup


async def _reopen(interaction: discord.Interaction, desk: Desk, rest: str) -> None:
    """Open the form as it was left."""
    offer = await _find_offer(interaction, desk)
    try:
        filled = read_rest(rest, offer)
    except ValueError:
        filled = await _fill_first(interaction, desk, offer)
    await _open(interaction, desk, filled, offer)


async def _submit(interaction: discord.Interaction, desk: Desk, rest: str) -> None:
    """Make what the form asks for; a mistake in it changes nothing."""
    workspace, words = workspace_of(interaction), words_of(interaction, desk)
    await take(interaction, is_private=True)
    offer = await _find_offer(interaction, desk)
    filled = read_filled(read_form(interaction), offer)
    by = author_of(interaction, desk)
    try:
        check_place(interaction, desk, filled.channel_id, Form.MESSAGE)
        plan = SetupPlan(
            channel=ChannelRef("discord", filled.channel_id),
            timezone=filled.zone,
            times=filled.times,
            tags=filled.tags,
            starters=filled.starters,
            language=await _find_language(interaction, desk),
        )
        report = await desk.commands.set_up(workspace, plan, by=by)
    except InputError as error:
        await answer(interaction, render_mistake(str(error), filled, offer, words))
        return
    await answer(interaction, render_report(report, by.at, words))


PRESSES = {SETUP: Press(Right.MANAGE, _reopen, submit=_submit)}


async def _find_language(interaction: discord.Interaction, desk: Desk) -> str:
    """The server's own language for its briefs, where none was chosen and it is not the usual."""
    settings = await desk.commands.get_settings(workspace_of(interaction))
    own = desk.wordings.choose(str(interaction.guild_locale or "")).language
    return "" if settings.language or own == DEFAULT else own


async def _find_offer(interaction: discord.Interaction, desk: Desk) -> Offer:
    topics = await desk.commands.list_topics(workspace_of(interaction))
    return Offer(topics, await desk.commands.list_starters())


async def _fill_first(interaction: discord.Interaction, desk: Desk, offer: Offer) -> Filled:
    """What most would choose: here, in the server's zone, and all starter feeds if it has none."""
    workspace = workspace_of(interaction)
    settings = await desk.commands.get_settings(workspace)
    has_feeds = bool(await desk.commands.list_feeds(workspace))
    here = interaction.channel
    zone = settings.timezone
    if zone in ("", "UTC"):
        zone = zone_of_locale(str(interaction.guild_locale or ""))
    return Filled(
        channel_id=str(here.id) if isinstance(here, discord.TextChannel) else "",
        zone=zone,
        times=_HOUR,
        starters=() if has_feeds else tuple(offer.names),
    )


async def _open(interaction: discord.Interaction, desk: Desk, filled: Filled, offer: Offer) -> None:
    words = words_of(interaction, desk)
    fields = build_fields(filled, offer, words)
    await open_form(interaction, desk, f"{SETUP}:", words.say("setup.title"), fields)


def render_mistake(line: str, filled: Filled, offer: Offer, words: Words) -> tuple[Payload, ...]:
    """Return what is wrong, with the button that opens the form as it was left."""
    told = pack([Page(words.say("setup.mistake"), (inert(clip(line, _LINE)),))], words)
    button = {"label": words.say("setup.again"), "id": f"{SETUP}:{write_rest(filled, offer)}"}
    return with_buttons(told, [button])


def render_report(report: SetupReport, now: datetime, words: Words) -> tuple[Payload, ...]:
    """Return what was made, with the button that takes it back, and a brief as it would be."""
    feeds = words.count(len(report.feeds), "common.count.feed")
    named = ", ".join(inert(clip(name, 100)) for name in report.feeds[:_LISTED])
    told = words.say("setup.followed", feeds=feeds) if named else words.say("setup.no_feeds")
    steps = [words.say(f"setup.next.{step}") for step in ("preview", "feeds", "doctor")]
    pages = [
        Page(words.say("setup.made"), join(order_lines(report.order, now, words))),
        Page(words.say("feeds.title"), join(filter(None, (told, named)))),
        Page(words.say("setup.next.title"), join(steps)),
    ]
    made = with_buttons(pack(pages, words), [undo_button(report.batch, words)])
    return (*made, *show_brief(report.preview, PLAIN, words))
