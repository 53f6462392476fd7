"""The command that scores an engine on evaluation sets, in a throw-away database."""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bot.cli.session import AsJson, run, show, show_json, show_progress
from bot.errors import InputError, SettingsError

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.evals.gold import EvalSet
    from bot.evals.report import Report


class EngineName(StrEnum):
    """Which engine is scored."""

    EXTRACTIVE = "extractive"
    MODEL = "model"


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command(name="eval")(evaluate)


def evaluate(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="An evaluation set, or a folder of sets.")
    ],
    engine: Annotated[
        EngineName | None, typer.Option(help="What is scored; not given, what is configured.")
    ] = None,
    misses: Annotated[bool, typer.Option("--misses", help="List what is not as labelled.")] = False,
    seed: Annotated[int, typer.Option(help="Of the seeded faults and the intervals.")] = 1,
    write_faults: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the seeded faults to FILE as JSON Lines."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Score an engine on labelled articles: tags, sentences, stories, visits, answers, faults.

    Everything happens in a throw-away database; the extractive engine sends nothing anywhere.
    """

    async def command() -> None:
        from bot.evals.sets import load_sets

        settings = _choose(engine)
        scored = [await _score(gold, settings, seed) for gold in load_sets(folder)]
        if write_faults:
            _write(write_faults, [line for one in scored for line in one.lines])
        from bot.cli import scores

        reports = [one.report for one in scored]
        if as_json:
            show_json(scores.reports_json(reports, seed, with_misses=misses))
        else:
            show(scores.render_reports(reports, with_misses=misses))

    run(command)


class _Scored(NamedTuple):
    report: "Report"
    lines: list[str]


def _write(path: Path, lines: Sequence[str]) -> None:
    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} can't be written: {error.strerror or error}") from error


def _choose(engine: EngineName | None) -> "Settings":
    """The configured settings with the engine asked for.

    Raises:
        SettingsError: the model is asked for and none is configured.
    """
    from pydantic import SecretStr

    from bot.config import load_settings

    settings = load_settings()
    if engine is EngineName.EXTRACTIVE:
        return settings.model_copy(
            update={"openai_api_key": SecretStr(""), "openai_base_url": "", "openai_model": ""}
        )
    if engine is EngineName.MODEL and not settings.has_model:
        raise SettingsError("No model is set up: put OPENAI_API_KEY or OPENAI_BASE_URL into .env.")
    return settings


async def _score(gold: "EvalSet", settings: "Settings", seed: int) -> _Scored:
    """One set in a database of its own; the clock stands just after the set's last moment."""
    from bot.app import open_tools
    from bot.commands import BotCommands
    from bot.evals.lines import make_suite, render_fault, score_lines
    from bot.evals.report import write_report
    from bot.evals.run import run_set
    from bot.logs import set_up_logging

    set_up_logging("WARNING", settings.secrets, sys.stderr)
    with tempfile.TemporaryDirectory() as folder, show_progress("Scoring") as progress:
        # What is scored is the engine, whatever a day's tokens would have stopped.
        own = settings.model_copy(
            update={"database_url": f"sqlite:///{folder}/eval.db", "tokens_per_day": 0}
        )
        async with open_tools(own, clock=lambda: gold.until) as tools:
            outcome = await run_set(gold, tools, BotCommands(tools), progress)
            suite = make_suite(gold, outcome.articles, seed)
            report = await asyncio.to_thread(
                write_report,
                gold,
                outcome,
                await asyncio.to_thread(score_lines, gold, outcome, suite, progress),
                engine=tools.engine.name,
                prompt_version=tools.engine.prompt_version,
                seed=seed,
            )
    return _Scored(report, [render_fault(gold.name, fault) for fault in suite])
