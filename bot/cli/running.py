"""Commands that run the bot and look after its database."""

import asyncio
import sys

import typer

db_app = typer.Typer(no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command(name="run")(run_bot)


def run_bot() -> None:
    """Run the bot: poll, analyse and post by the clock, and answer on Discord."""
    from bot import app
    from bot.config import load_settings
    from bot.logs import set_up_logging

    settings = load_settings()
    set_up_logging(settings.log_level, settings.secrets, sys.stderr)
    asyncio.run(app.run(settings))


@db_app.command()
def upgrade() -> None:
    """Bring the database up to date; every command does this by itself."""
    from bot.config import load_settings
    from bot.store import upgrade as upgrade_store

    upgrade_store(load_settings().database_url)
    print("The database is up to date.")
