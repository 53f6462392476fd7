"""Commands that follow the visits: visits, changes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
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
    open_commands_at,
    run,
    show,
    show_either,
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
WithHistory = Annotated[bool, typer.Option("--history", help="Every step with its source.")]
CalendarFile = Annotated[
    str, typer.Option("--ics", metavar="FILE", help="Write a calendar file; - is stdout.")
]
WithCoarse = Annotated[
    bool, typer.Option("--coarse", help="With --ics: visits of a quarter or a year, too.")
]
PictureFile = Annotated[
    str, typer.Option("--picture", metavar="FILE", help="Draw the coming weeks as a PNG file.")
]


def visits(
    country: Country = "",
    person: Person = "",
    when: When = "",
    status: Status = "",
    history: WithHistory = False,
    ics: CalendarFile = "",
    coarse: WithCoarse = False,
    picture: PictureFile = "",
    as_of: AsOf = "",
    as_json: AsJson = False,
    workspace: Workspace = HERE,
) -> None:
    """List the visits that the articles tell of, next first, and show the coming weeks."""
    query = VisitQuery(country, person, when, status)
    if coarse and not ics:
        raise typer.BadParameter("--coarse goes with --ics FILE")
    forms = {"--history": history, "--json": as_json}
    if ics:
        narrowing = {f"--{name}": value for name, value in asdict(query).items()}
        _check_alone("--ics FILE holds every visit", {**narrowing, **forms, "--picture": picture})
        run(lambda: write_calendar(ics, workspace, as_of, with_coarse=coarse))
        return
    if picture:
        _check_alone("--picture FILE draws the visits", forms)

    async def command() -> None:
        async with open_commands_at(as_of) as (commands, now):
            ledger = await commands.list_visits(workspace, now=now, query=query)
            drawn = await commands.draw_timeline(ledger, now=now) if picture else None
        if picture:
            _save_picture(picture, drawn)
        else:
            _show_visits(ledger, now, history=history, as_json=as_json)

    run(command)


def _check_alone(reason: str, others: Mapping[str, object]) -> None:
    """What goes into a file goes with none of the other options.

    Raises:
        BadParameter: one of them is given; nothing is ignored silently.
    """
    given = ", ".join(name for name, value in others.items() if value)
    if given:
        raise typer.BadParameter(f"{reason}: leave out {given}")


def _show_visits(ledger: Sequence["Visit"], now: datetime, *, history: bool, as_json: bool) -> None:
    from bot.channels.console import lists, shapes, timeline
    from bot.timeline import lay_out_timeline

    if as_json:
        show_json(shapes.visits_json(ledger))
        return
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
        async with open_commands_at(as_of) as (commands, now):
            report = await commands.list_changes(workspace, since=since, now=now)
        from bot.channels.console import render, shapes

        show_either(report, shapes.changes_json, render.render_changes, as_json=as_json)

    run(command)
