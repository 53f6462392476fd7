"""What every command shares: its options, the open tools, and how results are shown."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.errors import InputError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from bot.commands import BotCommands
    from bot.jobs.tools import Progress
    from bot.model import Author

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON (docs/commands.md).")]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="ISO",
        help="Pretend it is this moment, as 2025-01-29T06:00+05:30; a date alone is its end, UTC "
        "(for a brief its start).",
    ),
]
Workspace = Annotated[
    str,
    typer.Option(
        "--workspace", help="Whose feeds and articles, as discord:<server id>.", show_default=True
    ),
]
Result = TypeVar("Result")
HERE = "console"
"""The workspace of the command line itself."""


@asynccontextmanager
async def open_commands(demo_database: str = "") -> AsyncIterator["BotCommands"]:
    """The commands on the configured database; or on the demo's, with nothing but defaults."""
    from bot.app import open_tools
    from bot.commands import BotCommands
    from bot.config import load_demo_settings, load_settings
    from bot.logs import set_up_logging

    settings = load_demo_settings(demo_database) if demo_database else load_settings()
    level = "DEBUG" if settings.log_level == "DEBUG" else "WARNING"
    set_up_logging(level, settings.secrets, sys.stderr)
    async with open_tools(settings) as tools:
        yield BotCommands(tools)


@asynccontextmanager
async def open_commands_at(
    as_of: str, *, at_start: bool = False
) -> AsyncIterator[tuple["BotCommands", datetime]]:
    """The commands, and the moment that --as-of means.

    Raises:
        InputError: not ISO 8601.
    """
    async with open_commands() as commands:
        yield commands, _parse_as_of(as_of, commands.tools.clock(), at_start=at_start)


def author_of(commands: "BotCommands") -> "Author":
    """Whoever sits at the command line, as one who changes something now."""
    from bot.model import make_author

    return make_author(HERE, commands.tools.clock())


def run(command: Callable[[], Coroutine[object, object, None]]) -> None:
    """Run an async command to its end."""
    asyncio.run(command())


def _parse_as_of(text: str, now: datetime, *, at_start: bool) -> datetime:
    """The moment asked for, UTC; nothing means now.

    A date alone is its end, so that the day is known; ``at_start`` makes it its midnight.

    Raises:
        InputError: not ISO 8601.
    """
    if not text:
        return now
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"--as-of “{text}” is no ISO date: write 2025-01-29") from None
    if len(text.strip()) == len("2025-01-29") and not at_start:
        moment = datetime.combine(moment.date(), time.max)
    if not 1990 <= moment.year <= 2100:
        raise InputError(f"--as-of “{text}” is out of reach: years 1990 to 2100")
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def show(rendered: "RenderableType") -> None:
    """Print for people; in a pipe without colour."""
    from rich.console import Console

    from bot.channels.console.layout import print_page

    print_page(Console(), rendered)


def show_json(shape: object) -> None:
    """Print for programs."""
    print(json.dumps(shape, ensure_ascii=False, indent=2))


def show_either(
    result: Result,
    to_json: Callable[[Result], object],
    render: Callable[[Result], "RenderableType"],
    *,
    as_json: bool,
) -> None:
    """Print for programs or for people."""
    if as_json:
        show_json(to_json(result))
    else:
        show(render(result))


@contextmanager
def show_progress(label: str) -> Iterator["Progress"]:
    """A progress bar on a terminal, nothing in a pipe."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)

        def update(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield update
