"""The command line: every job and command of the bot, for people and for scripts."""

import typer

from bot.cli import (
    articles,
    calendar,
    demo,
    doctor,
    evaluate,
    feeds,
    history,
    running,
    showing,
    visiting,
)

app = typer.Typer(
    name="briefing-bot",
    help="Cited briefs on defence, trade and upcoming visits, every line held against its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_COMMANDS = (
    demo,
    running,
    articles,
    showing,
    visiting,
    calendar,
    evaluate,
    history,
    doctor,
)
for register in _COMMANDS:
    register.add_to(app)
app.add_typer(feeds.app, name="feeds", help="Add, list and look after feeds.")
app.add_typer(running.db_app, name="db", help="Look after the database.")
