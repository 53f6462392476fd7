"""Commands that take articles in: read and poll."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import HERE, AsJson, Workspace, open_commands, run, show_json, show_progress
from bot.errors import DocumentError, InputError
from bot.model import Reading

if TYPE_CHECKING:
    from bot.commands import BotCommands


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(read)
    app.command()(poll)


def read(
    sources: Annotated[
        list[str], typer.Argument(metavar="PATH|URL…", help="Files, or addresses of articles.")
    ],
    as_json: AsJson = False,
    workspace: Workspace = HERE,
) -> None:
    """Take in single articles: text, Markdown, HTML, JSON Lines, or a URL.

    A text file may say when it was published in a first line such as: date 2025-01-28
    """

    async def command() -> None:
        from bot.jobs import gather

        async with open_commands() as commands:
            readings = await load_readings(commands, sources)
            given, new = await gather.read(commands.tools, workspace, readings)
            with show_progress("Analysing") as progress:
                await gather.extract_new(commands.tools, workspace=workspace, progress=progress)
        if as_json:
            show_json({"given": given, "new": new})
        else:
            print(f"Read {_count(given)}, {new} new or changed.")

    run(command)


def _count(number: int) -> str:
    return "1 article" if number == 1 else f"{number} articles"


async def load_readings(commands: "BotCommands", sources: Sequence[str]) -> list[Reading]:
    """Every article of the given files and addresses, all or none."""
    readings: list[Reading] = []
    for source in sources:
        if source.startswith(("http://", "https://")):
            readings.append(await _load_url(commands, source))
        else:
            readings += await _load_file(commands, Path(source))
    return [await _parse_html(commands, reading) for reading in readings]


async def _load_url(commands: "BotCommands", url: str) -> Reading:
    from bot.feeds.urls import canonical_url
    from bot.read import read_page

    fetched = await commands.tools.fetcher.fetch(url)
    page = await commands.tools.parser.parse_page(
        fetched.body, url=fetched.url, content_type=fetched.content_type
    )
    return read_page(canonical_url(fetched.url), page)


async def _load_file(commands: "BotCommands", path: Path) -> list[Reading]:
    from bot.read import read_lines, read_page, read_text

    body = await asyncio.to_thread(_load_bytes, path)
    if path.suffix.lower() in (".html", ".htm"):
        page = await commands.tools.parser.parse_page(body, url=f"file:{path.name}")
        return [read_page(str(path), page)]
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path} is not UTF-8 text: save it as UTF-8", reason="junk") from error
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return read_lines(str(path), text)
    return [read_text(str(path), text)]


def _load_bytes(path: Path) -> bytes:
    if path.is_dir():
        raise InputError(f"{path} is a folder: name the files in it, as {path}/*.txt")
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror or error}") from error


async def _parse_html(commands: "BotCommands", reading: Reading) -> Reading:
    """A reading with its HTML turned into text."""
    if not reading.html:
        return reading
    page = await commands.tools.parser.parse_page(reading.html.encode(), url=reading.url)
    return replace(reading, text=page.text, html="")


def poll(as_json: AsJson = False, workspace: Workspace = HERE) -> None:
    """Fetch the feeds that are due, once, and analyse what is new."""

    async def command() -> None:
        from bot.jobs import gather

        async with open_commands() as commands:
            with show_progress("Fetching feeds") as progress:
                new = await gather.poll(commands.tools, workspace=workspace, progress=progress)
            with show_progress("Analysing") as progress:
                await gather.extract_new(commands.tools, workspace=workspace, progress=progress)
            feeds = [feed for feed in await commands.list_feeds(workspace) if not feed.is_manual]
        failing = [feed for feed in feeds if feed.state.is_failing]
        if as_json:
            show_json({"new": new, "feeds": len(feeds), "failing": [feed.url for feed in failing]})
            return
        print(f"{_count(new)} new from {len(feeds)} feeds.")
        for feed in failing:
            print(f"{feed.title}: {feed.state}: {feed.reason}", file=sys.stderr)

    run(command)
