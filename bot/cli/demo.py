"""The whole product on the offline articles, in a throw-away database: no key, no network."""

import asyncio
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.articles import load_readings
from bot.cli.session import HERE, open_commands, run, show, show_progress
from bot.errors import BotError
from bot.model import Origin
from bot.ports import NOWHERE

if TYPE_CHECKING:
    from bot.commands import BotCommands

_PERIODS = (
    ("The morning after the call", datetime(2025, 1, 29, tzinfo=UTC), 24),
    ("A week later", datetime(2025, 2, 5, tzinfo=UTC), 7 * 24),
    ("The visit is confirmed", datetime(2025, 2, 8, tzinfo=UTC), 3 * 24),
    ("The visit is over", datetime(2025, 2, 16, tzinfo=UTC), 8 * 24),
)
_QUESTIONS = (
    "How much was India's Predator drone contract worth?",
    "Did Modi get to Washington?",
)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(demo)


def demo() -> None:
    """Show everything on offline articles of January and February 2025: no key, no network."""

    async def command() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with open_commands(f"sqlite:///{folder}/demo.db") as commands:
                await _read_seeds(commands)
                await _show_briefs(commands)
                await _show_ledger(commands)
                for question in _QUESTIONS:
                    await _answer(commands, question, now=_PERIODS[-1][1])
                if sys.stdin.isatty() and sys.stdout.isatty():
                    await prompt(commands)

    run(command)


def _announce(text: str) -> None:
    from rich.text import Text

    show(Text(f"\n▌ {text}\n", style="bold"))


async def _read_seeds(commands: "BotCommands") -> None:
    from bot.config import find_folder
    from bot.jobs import gather

    readings = await load_readings(commands, _list_files(find_folder("seeds")))
    await gather.read(commands.tools, HERE, readings)
    with show_progress("Reading the demo articles") as progress:
        await gather.extract_new(commands.tools, workspace=HERE, progress=progress)


def _list_files(seeds: Path) -> list[str]:
    return sorted(str(path) for path in (seeds / "articles").glob("*.jsonl"))


async def _show_briefs(commands: "BotCommands") -> None:
    from bot.channels.console.render import render_brief

    for title, now, hours in _PERIODS:
        _announce(title)
        show(render_brief(await commands.write_brief(HERE, hours=hours, now=now)))


async def _show_ledger(commands: "BotCommands") -> None:
    from bot.channels.console.lists import render_visits

    _announce("Every visit, step by step")
    now = _PERIODS[-1][1]
    show(render_visits(await commands.list_visits(HERE, now=now), history=True))


async def _answer(
    commands: "BotCommands", question: str, *, now: datetime, origin: Origin = NOWHERE
) -> None:
    from bot.channels.console.render import render_answer

    _announce("A question")
    show(render_answer(await commands.ask(HERE, question, now=now, origin=origin)))


async def prompt(commands: "BotCommands") -> None:
    """Answer what is typed until an empty line, as one conversation."""
    print("\nAsk something about these articles; an empty line ends.")
    origin = Origin(thread="demo")
    for seconds in count(1):
        try:
            question = (await asyncio.to_thread(input, "? ")).strip()
        except EOFError:
            return
        if not question:
            return
        try:
            # Each question is asked after the one before it, though the demo's clock stands.
            now = _PERIODS[-1][1] + timedelta(seconds=seconds)
            await _answer(commands, question, now=now, origin=origin)
        except BotError as error:
            print(error)
