"""Visits for calendar programs: as a file, and as a link that they may subscribe to."""

import asyncio
import sys
from typing import Annotated

import typer

from bot.cli.files import check_place, save_file
from bot.cli.session import HERE, Workspace, open_commands, open_commands_at, run


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(calendar)


def calendar(
    new: Annotated[
        bool, typer.Option("--new", help="Make a new link; the old one opens nothing any more.")
    ] = False,
    workspace: Workspace = HERE,
) -> None:
    """Print the address of the visits' calendar, which calendar programs may subscribe to."""

    async def command() -> None:
        async with open_commands() as commands:
            print(await commands.get_calendar_link(workspace, is_new=new))

    run(command)


async def write_calendar(file: str, workspace: str, as_of: str, *, with_coarse: bool) -> None:
    """Write the visits into an iCalendar file, or to standard output for ``-``.

    Raises:
        InputError: the file can't be written there.
    """
    if file != "-":
        check_place(file)
    async with open_commands_at(as_of) as (commands, now):
        content = await commands.export_calendar(workspace, now=now, with_coarse=with_coarse)
    if file == "-":
        sys.stdout.buffer.write(content)
        return
    await asyncio.to_thread(save_file, file, content)
    count = content.count(b"\r\nBEGIN:VEVENT\r\n")
    print(f"{count} event{'' if count == 1 else 's'} written to {file}")
