"""Commands that follow the visits: visits, changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.calendar import write_calendar
from bot.cli.files import save_file
from bot.cli.session import (
    HERE,
    AsJson,
    AsOf,
    Workspace,
    open_commands,
    parse_as_of,
    run,
    show,
    show_json,
)
from bot.errors import InputError
from bot.model import VisitQuery

if TYPE_CHECKING:
    from bot.model import Picture, Visit


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (visits, changes):
        app.command()(command)


Country = Annotated[str, typer.Option(help="Where to: a country or city, under any name.")]
Person = Annotated[str, typer.Option(help="Who: a name, or a part of it.")]
When = Annotated[
    str, typer.Option(help="As next week, this month, February, 2025-02, upcoming, past.")
]
Status = Annotated[str, typer.Option(help="As possible, planned, confirmed, cancelled.")]


def visits(
    country: Country = "",
    person: Person = "",
    when: When = "",
    status: Status = "",
    history: Annotated[bool, typer.Option("--history", help="Every step with its source.")] = False,
    ics: Annotated[
        str, typer.Option("--ics", metavar="FILE", help="Write a calendar file; - is stdout.")
    ] = "",
    coarse: Annotated[
        bool, typer.Option("--coarse", help="With --ics: visits of a quarter or a year, too.")
    ] = False,
    picture: Annotated[
        str, typer.Option("--picture", metavar="FILE", help="Draw the coming weeks as a PNG file.")
    ] = "",
    as_of: AsOf = "",
    as_json: AsJson = False,
    workspace: Workspace = HERE,
) -> None:
    """List the visits that the articles tell of, next first, and show the coming weeks."""
    if coarse and not ics:
        raise typer.BadParameter("--coarse goes with --ics FILE")
    if ics and any((country, person, when, status)):
        raise typer.BadParameter("--ics FILE holds every visit: leave the other options out")
    if ics:
        run(lambda: write_calendar(ics, workspace, as_of, with_coarse=coarse))
        return

    async def command() -> None:
        from bot.channels.console import shapes

        async with open_commands() as commands:
            now = parse_as_of(as_of, commands.tools.clock())
            query = VisitQuery(country, person, when, status)
            ledger = await commands.list_visits(workspace, now=now, query=query)
            drawn = await commands.draw_timeline(ledger, now=now) if picture else None
        if picture:
            _save_picture(picture, drawn)
        elif as_json:
            show_json(shapes.visits_json(ledger))
        else:
            _show_visits(ledger, now, history=history)

    run(command)


def _show_visits(ledger: Sequence["Visit"], now: datetime, *, history: bool) -> None:
    from bot.channels.console import lists, timeline
    from bot.timeline import lay_out_timeline

    show(lists.render_visits(ledger, history=history))
    weeks = lay_out_timeline(ledger, now, "UTC")
    if weeks.rows and not history:
        show(timeline.render_timeline(weeks))


def _save_picture(file: str, picture: "Picture | None") -> None:
    """Write the picture, and print the words that stand for it.

    Raises:
        InputError: there is nothing to draw, or the file can't be written.
    """
    if picture is None:
        raise InputError("No visit has a date in the coming eight weeks: there is nothing to draw.")
    save_file(file, picture.png)
    print(picture.alt)


def changes(
    since: Annotated[
        str, typer.Option(help="As 2025-02-01, 3 days, 36 hours, yesterday, monday, last week.")
    ] = "7 days",
    as_of: AsOf = "",
    as_json: AsJson = False,
    workspace: Workspace = HERE,
) -> None:
    """Tell what changed about visits and facts, and where sources disagree."""

    async def command() -> None:
        async with open_commands() as commands:
            now = parse_as_of(as_of, commands.tools.clock())
            report = await commands.list_changes(workspace, since=since, now=now)
        from bot.channels.console import render, shapes

        if as_json:
            show_json(shapes.changes_json(report))
        else:
            show(render.render_changes(report))

    run(command)
