"""Commands that show what the bot knows: brief, ask, answers, facts, why."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import (
    HERE,
    AsJson,
    AsOf,
    Workspace,
    open_commands,
    open_commands_at,
    run,
    show,
    show_either,
    show_json,
    show_progress,
)

if TYPE_CHECKING:
    from bot.model import Brief

PATIENCE_S = 3.0
"""How long a question waits for sentences that have no vectors yet."""


class Format(StrEnum):
    """The forms of a brief."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (brief, ask, answers, facts, why):
        app.command()(command)


def brief(
    hours: Annotated[float, typer.Option(help="How far back the brief goes.")] = 24,
    topic: Annotated[
        list[str] | None, typer.Option(help="Only this topic; may be given again.")
    ] = None,
    form: Annotated[
        Format | None, typer.Option("--format", help="For files and other programs.")
    ] = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
    workspace: Workspace = HERE,
) -> None:
    """Write the brief of the last hours; with --as-of a date, of the hours before that day."""

    async def command() -> None:
        async with open_commands_at(as_of, at_start=True) as (commands, now):
            tags = [tag.strip().lower() for tag in topic or ()]
            with show_progress("Analysing") as progress:
                written = await commands.write_brief(
                    workspace, hours=hours, tags=tags, now=now, progress=progress
                )
        _show_brief(written, Format.JSON if as_json else form)

    run(command)


def _show_brief(brief: "Brief", form: Format | None) -> None:
    """No form means: for the terminal, or as plain text in a pipe."""
    from bot.channels.console import export, render, shapes

    if form is None:
        show(render.render_brief(brief))
    elif form is Format.JSON:
        show_json(shapes.brief_json(brief))
    elif form is Format.MARKDOWN:
        print(export.render_markdown(brief))
    elif form is Format.HTML:
        print(export.render_html(brief))
    else:
        print(export.render_text(brief))


def ask(
    question: Annotated[str, typer.Argument(help="In your own words.")],
    as_of: AsOf = "",
    as_json: AsJson = False,
    workspace: Workspace = HERE,
) -> None:
    """Answer a question from the articles, cited, or say that they do not tell."""

    async def command() -> None:
        from bot.jobs.index import embed_within

        async with open_commands_at(as_of) as (commands, now):
            await embed_within(commands.tools, PATIENCE_S, workspace=workspace)
            answer = await commands.ask(workspace, question, now=now)
        from bot.channels.console import render, shapes

        show_either(answer, shapes.answer_json, render.render_answer, as_json=as_json)

    run(command)


def answers(as_json: AsJson = False, workspace: Workspace = HERE) -> None:
    """List the answers that members of a server found helpful or not, last vote first."""

    async def command() -> None:
        async with open_commands() as commands:
            reviews = await commands.list_reviews(workspace)
        from bot.channels.console import lists, shapes

        show_either(reviews, shapes.reviews_json, lists.render_reviews, as_json=as_json)

    run(command)


def facts(
    hours: Annotated[
        float | None, typer.Option(help="Only articles of the last hours; all if not given.")
    ] = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
    workspace: Workspace = HERE,
) -> None:
    """List the facts that were kept, with the sentences that carry them."""

    async def command() -> None:
        async with open_commands_at(as_of) as (commands, now):
            analyses = await commands.list_facts(workspace, hours=hours, now=now)
        from bot.channels.console import lists, shapes

        show_either(analyses, shapes.facts_json, lists.render_facts, as_json=as_json)

    run(command)


def why(
    url: Annotated[str, typer.Argument(help="The address of an article.")],
    as_json: AsJson = False,
    workspace: Workspace = HERE,
) -> None:
    """Tell why an article was or was not in a brief."""

    async def command() -> None:
        from bot.feeds.urls import canonical_url

        address = canonical_url(url) if "://" in url else url
        async with open_commands() as commands:
            trace = await commands.trace(workspace, address, now=commands.tools.clock())
        from bot.channels.console import lists, shapes

        show_either(trace, shapes.trace_json, lists.render_trace, as_json=as_json)

    run(command)
