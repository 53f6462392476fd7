"""Commands that look after feeds."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import HERE, AsJson, Workspace, open_commands, run, show_either
from bot.errors import BotError, InputError

if TYPE_CHECKING:
    from bot.commands import BotCommands
    from bot.feeds.opml import OpmlFeed
    from bot.model import FeedPreview

app = typer.Typer(no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="FEED", help="Its number, address or title.")]
Url = Annotated[str, typer.Argument(help="A feed, or a site that has one.")]
Tier = Annotated[
    int, typer.Option(min=1, max=3, help="1 government, 2 wire or quality outlet, 3 other.")
]


@app.command()
def add(
    url: Url,
    title: Annotated[str, typer.Option(help="A name of your own for it.")] = "",
    tier: Tier = 3,
    as_json: AsJson = False,
    workspace: Workspace = HERE,
) -> None:
    """Follow a feed; its first articles come with the next poll."""

    async def command() -> None:
        async with open_commands() as commands:
            now = commands.tools.clock()
            preview = await commands.add_feed(workspace, url, now=now, title=title, tier=tier)
        _show_preview(preview, as_json=as_json)
        if not as_json:
            print(f"\nFollowed as number {preview.feed.id}. Next: briefing-bot poll")

    run(command)


@app.command(name="test")
def preview(url: Url, as_json: AsJson = False) -> None:
    """Show what a feed brings, without following it."""

    async def command() -> None:
        async with open_commands() as commands:
            preview = await commands.test_feed(HERE, url)
        _show_preview(preview, as_json=as_json)

    run(command)


def _show_preview(preview: "FeedPreview", *, as_json: bool) -> None:
    from bot.channels.console import lists, shapes

    show_either(preview, shapes.preview_json, lists.render_preview, as_json=as_json)


@app.command(name="list")
def list_feeds(as_json: AsJson = False, workspace: Workspace = HERE) -> None:
    """List the feeds with their states."""

    async def command() -> None:
        async with open_commands() as commands:
            feeds = await commands.list_feeds(workspace)
        from bot.channels.console import lists, shapes

        show_either(feeds, shapes.feeds_json, lists.render_feeds, as_json=as_json)

    run(command)


@app.command()
def remove(feed: Name, workspace: Workspace = HERE) -> None:
    """Stop following a feed."""

    async def command() -> None:
        async with open_commands() as commands:
            removed = await commands.remove_feed(workspace, feed)
        print(f"No longer following {removed.title}. To undo: briefing-bot feeds add {removed.url}")

    run(command)


@app.command()
def pause(feed: Name, workspace: Workspace = HERE) -> None:
    """Stop polling a feed for a while."""
    _set_paused(workspace, feed, is_paused=True)


@app.command()
def resume(feed: Name, workspace: Workspace = HERE) -> None:
    """Go on polling a paused feed."""
    _set_paused(workspace, feed, is_paused=False)


def _set_paused(workspace: str, name: str, *, is_paused: bool) -> None:
    async def command() -> None:
        async with open_commands() as commands:
            feed = await commands.pause_feed(workspace, name, is_paused=is_paused)
        print(f"{'Paused' if is_paused else 'Polling again'}: {feed.title}")

    run(command)


@app.command(name="import")
def import_opml(
    path: Annotated[Path, typer.Argument(help="An OPML file, such as seeds/feeds.opml.")],
    workspace: Workspace = HERE,
) -> None:
    """Follow every feed of an OPML file; they are checked at the next poll."""

    async def command() -> None:
        from bot.feeds.opml import parse_opml

        try:
            found = parse_opml(await asyncio.to_thread(path.read_bytes))
        except OSError as error:
            raise InputError(f"{path} can't be read: {error.strerror or error}") from error
        async with open_commands() as commands:
            refused = await _follow_all(commands, workspace, found)
        print(f"Following {len(found) - len(refused)} feeds of {path}.")
        for line in refused:
            print(f"left out: {line}", file=sys.stderr)
        if found and len(refused) == len(found):
            raise InputError(f"No feed of {path} could be followed.")

    run(command)


async def _follow_all(
    commands: "BotCommands", workspace: str, found: Sequence["OpmlFeed"]
) -> list[str]:
    """Follow each feed; the lines of those whose address can't be used."""
    from bot.config import load_settings
    from bot.feeds.urls import check_url

    allow_hosts = load_settings().allow_private_hosts
    refused = []
    for feed in found:
        try:
            url = check_url(feed.url, allow_hosts=allow_hosts)
            await commands.follow(
                workspace, url, title=feed.title, outlet=feed.outlet, tier=feed.tier
            )
        except BotError as error:
            refused.append(f"{feed.title}: {error}")
    return refused


@app.command(name="export")
def export_opml(workspace: Workspace = HERE) -> None:
    """Print the feeds as OPML."""

    async def command() -> None:
        from bot.feeds.opml import OpmlFeed, render_opml

        async with open_commands() as commands:
            feeds = await commands.list_feeds(workspace)
        print(
            render_opml(
                [
                    OpmlFeed(url=feed.url, title=feed.title, outlet=feed.outlet, tier=feed.tier)
                    for feed in feeds
                    if not feed.is_manual
                ]
            )
        )

    run(command)
