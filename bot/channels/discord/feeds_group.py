"""/feeds → ``ports.Commands``: looked at before it is followed, and taken back with a button."""

from collections.abc import Callable
from typing import Literal

import discord
from discord import app_commands

from bot.channels.discord.asked import Desk, author_of, words_of, workspace_of
from bot.channels.discord.completing import Choices, list_feeds, list_topics, offer, read_list
from bot.channels.discord.embeds import NOBODY
from bot.channels.discord.feed_cards import (
    FOLLOW,
    LEAVE,
    render_export,
    render_feed,
    render_feeds,
    render_preview,
    render_proposal,
)
from bot.channels.discord.importing import import_file
from bot.channels.discord.press import Press
from bot.channels.discord.replies import answer, take, take_press
from bot.channels.discord.rights import MANAGE, VIEW
from bot.errors import InputError
from bot.model import Feed, Right

_Name = app_commands.Range[str, 1, 2000]
_Status = Literal["all", "failing", "paused"]
_STATUSES: dict[_Status, Callable[[Feed], bool]] = {
    "all": lambda feed: True,
    "failing": lambda feed: feed.state.is_failing and not feed.is_paused,
    "paused": lambda feed: feed.is_paused,
}


class FeedsGroup(app_commands.Group):
    """``/feeds``: listed for who may look, changed by who may manage."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(name="feeds", description="The feeds this server follows")
        self._desk = desk

    @app_commands.command(
        name="add",
        description="Look at a feed, or the feed of a site, and follow it",
        extras=MANAGE,
    )
    @app_commands.describe(
        url="Address of the feed or of the site",
        title="A name of your own",
        topics="The only topics to read it for, such as defence, trade; all if not given",
    )
    async def add(
        self,
        interaction: discord.Interaction,
        url: _Name,
        title: app_commands.Range[str, 1, 100] = "",
        topics: app_commands.Range[str, 1, 500] = "",
    ) -> None:
        """Show the feed; its buttons follow it or leave it."""
        workspace = workspace_of(interaction)
        await take(interaction, is_private=True)
        proposal = await self._desk.commands.propose_feed(
            workspace, url, title=title, tags=read_list(topics), now=self._desk.clock()
        )
        await answer(interaction, render_proposal(proposal, words_of(interaction, self._desk)))

    @app_commands.command(name="list", description="The feeds and whether they work", extras=VIEW)
    @app_commands.describe(status="Only the feeds that stand so")
    async def show(self, interaction: discord.Interaction, status: _Status = "all") -> None:
        """Show the feeds to the one who asks."""
        workspace = workspace_of(interaction)
        await take(interaction, is_private=True)
        feeds = await self._desk.commands.list_feeds(workspace)
        shown = [feed for feed in feeds if _STATUSES[status](feed)]
        words = words_of(interaction, self._desk)
        await answer(interaction, render_feeds(shown, words, is_all=status == "all"))

    @app_commands.command(name="remove", description="Stop following a feed", extras=MANAGE)
    @app_commands.describe(feed="The feed's name")
    async def remove(self, interaction: discord.Interaction, feed: _Name) -> None:
        """Leave the feed; its articles stay as long as others follow it."""
        workspace, by = workspace_of(interaction), author_of(interaction, self._desk)
        await take(interaction, is_private=True)
        removed = await self._desk.commands.remove_feed(workspace, feed, by=by)
        await self._show_done(interaction, removed, "feeds.removed", by.batch)

    @app_commands.command(name="pause", description="Do not read a feed for now", extras=MANAGE)
    @app_commands.describe(feed="The feed's name")
    async def pause(self, interaction: discord.Interaction, feed: _Name) -> None:
        """Let a feed rest."""
        await self._set_paused(interaction, feed, is_paused=True)

    @app_commands.command(name="resume", description="Read a paused feed again", extras=MANAGE)
    @app_commands.describe(feed="The feed's name")
    async def resume(self, interaction: discord.Interaction, feed: _Name) -> None:
        """Go on with a feed that rests."""
        await self._set_paused(interaction, feed, is_paused=False)

    @app_commands.command(name="test", description="What a feed brings now", extras=MANAGE)
    @app_commands.describe(feed="The feed's name, or any address")
    async def test(self, interaction: discord.Interaction, feed: _Name) -> None:
        """Fetch a feed and show it; nothing is kept."""
        workspace = workspace_of(interaction)
        await take(interaction, is_private=True)
        preview = await self._desk.commands.test_feed(workspace, feed)
        await answer(interaction, render_preview(preview, words_of(interaction, self._desk)))

    @app_commands.command(name="import", description="Follow the feeds of a file", extras=MANAGE)
    @app_commands.describe(file="An OPML file, as feed readers export it, of at most 1 MB")
    async def import_opml(self, interaction: discord.Interaction, file: discord.Attachment) -> None:
        """Follow what a file lists, and tell what became of each entry."""
        await import_file(interaction, self._desk, file)

    @app_commands.command(name="export", description="The feeds as a file", extras=MANAGE)
    async def export_opml(self, interaction: discord.Interaction) -> None:
        """Attach the feeds as an OPML file, for the one who asks: addresses may hold keys."""
        workspace, words = workspace_of(interaction), words_of(interaction, self._desk)
        await take(interaction, is_private=True)
        if not interaction.app_permissions.attach_files:
            raise InputError(words.say("feeds.imported.no_files"))
        count = len(await self._desk.commands.list_feeds(workspace))
        document = await self._desk.commands.export_feeds(workspace)
        await answer(interaction, render_export(document, count, words))

    @add.autocomplete("topics")
    async def _complete_topics(self, interaction: discord.Interaction, current: str) -> Choices:
        return await offer(list_topics(self._desk, interaction, current))

    @remove.autocomplete("feed")
    @pause.autocomplete("feed")
    @resume.autocomplete("feed")
    @test.autocomplete("feed")
    async def _complete_feed(self, interaction: discord.Interaction, current: str) -> Choices:
        return await offer(list_feeds(self._desk, interaction, current))

    async def _set_paused(
        self, interaction: discord.Interaction, name: str, *, is_paused: bool
    ) -> None:
        workspace, by = workspace_of(interaction), author_of(interaction, self._desk)
        await take(interaction, is_private=True)
        commands = self._desk.commands
        feed = await commands.pause_feed(workspace, name, is_paused=is_paused, by=by)
        title = "feeds.paused_now" if is_paused else "feeds.resumed_now"
        await self._show_done(interaction, feed, title, by.batch)

    async def _show_done(
        self, interaction: discord.Interaction, feed: Feed, title: str, batch: str
    ) -> None:
        words = words_of(interaction, self._desk)
        await answer(interaction, render_feed(feed, words.say(title), batch, words))


async def _follow(interaction: discord.Interaction, desk: Desk, key: str) -> None:
    workspace, by = workspace_of(interaction), author_of(interaction, desk)
    await take_press(interaction)
    feed = await desk.commands.accept_feed(workspace, key, by=by)
    words = words_of(interaction, desk)
    await answer(interaction, render_feed(feed, words.say("feeds.following"), by.batch, words))


async def _leave(interaction: discord.Interaction, desk: Desk, key: str) -> None:
    workspace = workspace_of(interaction)
    await take_press(interaction)
    await desk.commands.drop_proposal(workspace, key)
    line = words_of(interaction, desk).say("feeds.cancelled")
    await interaction.edit_original_response(
        content=line, embeds=[], view=None, allowed_mentions=NOBODY
    )


PRESSES = {FOLLOW: Press(Right.MANAGE, _follow), LEAVE: Press(Right.MANAGE, _leave)}
