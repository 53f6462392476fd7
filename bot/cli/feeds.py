"""Commands that look after feeds."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import (
    HERE,
    AsJson,
    Workspace,
    author_of,
    open_commands,
    run,
    show_either,
    show_progress,
)
from bot.errors import InputError

if TYPE_CHECKING:
    from bot.model import FeedPreview

app = typer.Typer(no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="FEED", help="Its number, address or title.")]
Url = Annotated[str, typer.Argument(help="A feed, or a site that has one.")]
Tier = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=3,
        help="1 government, 2 wire or quality outlet, 3 other; what is known of it, else 3.",
    ),
]


@app.command()
def add(
    url: Url,
    title: Annotated[str, typer.Option(help="A name of your own for it.")] = "",
    tier: Tier = None,
    as_json: AsJson = False,
    workspace: Workspace = HERE,
) -> None:
    """Follow a feed; its first articles come with the next poll."""

    async def command() -> None:
        async with open_commands() as commands:
            by = author_of(commands)
            preview = await commands.add_feed(workspace, url, title=title, tier=tier, by=by)
        _show_preview(preview, as_json=as_json)
        if not as_json:
            print(f"\nFollowed as number {preview.feed.id}. Next: briefing-bot poll")

    run(command)


@app.command(name="test")
def preview(url: Url, as_json: AsJson = False, workspace: Workspace = HERE) -> None:
    """Show what a feed brings, without following it."""

    async def command() -> None:
        async with open_commands() as commands:
            preview = await commands.test_feed(workspace, url)
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
            removed = await commands.remove_feed(workspace, feed, by=author_of(commands))
        print(f"No longer following {removed.title}. To undo: briefing-bot undo")

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
            by = author_of(commands)
            feed = await commands.pause_feed(workspace, name, is_paused=is_paused, by=by)
        print(f"{'Paused' if is_paused else 'Polling again'}: {feed.title}")

    run(command)


@app.command(name="import")
def import_opml(
    path: Annotated[Path, typer.Argument(help="An OPML file, such as seeds/feeds.opml.")],
    workspace: Workspace = HERE,
) -> None:
    """Follow every feed of an OPML file; they are checked at the next poll."""

    async def command() -> None:
        document = await asyncio.to_thread(_load, path)
        async with open_commands() as commands:
            with show_progress("Following feeds") as progress:
                report = await commands.import_feeds(
                    workspace, document, by=author_of(commands), progress=progress
                )
        added, known = len(report.added), len(report.known)
        more = "1 feed more is" if added == 1 else f"{added} feeds more are"
        print(f"{more} followed, {known} {'was' if known == 1 else 'were'} before.")
        for title, reason in report.refused:
            print(f"left out: {title}: {reason}", file=sys.stderr)
        if report.refused and not report.added and not report.known:
            raise InputError(f"No feed of {path} could be followed.")

    run(command)


def _load(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror or error}") from error


@app.command(name="export")
def export_opml(workspace: Workspace = HERE) -> None:
    """Print the feeds as OPML."""

    async def command() -> None:
        async with open_commands() as commands:
            document = await commands.export_feeds(workspace)
        print(document.decode())

    run(command)
