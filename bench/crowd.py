"""100 questions at once, while feeds are polled and a brief is written → how long each waits."""

import asyncio
import html
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.figure import Column, Figure, Value, write_number
from bench.haystack import SETS, WORKSPACE, Haystack, fill, make_writer
from bench.retrieval import CUTS, cut
from bench.stopwatch import Progress
from bot.app import open_tools
from bot.commands import BotCommands
from bot.config import Settings
from bot.jobs.gather import poll
from bot.jobs.tools import Tools
from bot.model import NewArticle, Origin, Turn, Usage
from bot.store import SqlStore
from bot.store.database import Database

QUESTIONS = 100
ARTICLES = 2_000
FEEDS, ENTRIES = 20, 20
HOURS = 72.0
"""The period of the brief: what the feeds bring, and some articles more."""
BLINK_S = 0.005
ADMITTED, ANSWERED, BLOCKED = "admitted", "answered", "loop blocked"
COLUMNS = (
    Column("step", "step", "text"),
    Column("n", "n", "count"),
    *CUTS,
    Column("longest", "longest ms", "number"),
)


class WatchedStore(SqlStore):
    """The store, with the moments at which each member's question was kept."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.admitted: dict[str, float] = {}

    async def open_turn(self, turn: Turn, check: Callable[[Usage], None]) -> Usage:
        """As the store does; the moment is kept."""
        usage = await super().open_turn(turn, check)
        self.admitted[turn.member] = perf_counter()
        return usage


@dataclass(frozen=True, slots=True)
class Waits:
    """Milliseconds of each question, and by how much each short sleep was too long."""

    admitted: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    blocked: list[float] = field(default_factory=list)


def measure(
    seconds: float,
    progress: Progress,
    *,
    questions: int = QUESTIONS,
    articles: int = ARTICLES,
    feeds: int = FEEDS,
    folders: Sequence[Path] = SETS,
) -> Figure:
    """Ask once; how long that takes is the figure."""
    waits = asyncio.run(_measure(questions, articles, feeds, folders, progress))
    rows = [
        _make_row(step, values)
        for step, values in (
            (ADMITTED, waits.admitted),
            (ANSWERED, waits.answered),
            (BLOCKED, waits.blocked),
        )
    ]
    p99 = write_number(float(rows[0]["p99"]) / 1000)
    return Figure(
        name="crowd",
        headline=f"Crowd: of {questions} questions at once the 99th percentile is admitted "
        f"after {p99} s, while feeds are polled and a brief is written",
        columns=COLUMNS,
        rows=tuple(rows),
        notes=(
            "By the clock, from the moment when all are asked. Admitted: counted against the "
            "limits and kept. Answered: by the built-in engine, without vectors, two of a "
            "workspace at a time. In Discord each is acknowledged before either.",
            f"Loop blocked: by how much a sleep of {1000 * BLINK_S:.0f} ms took longer.",
            f"Meanwhile {feeds} feeds of {ENTRIES} full texts are polled from this machine, and "
            f"a brief of {HOURS:.0f} hours is written. The questions and their articles are those "
            f"of tests/evals, with {articles:,} made ones.",
        ),
    )


def _make_row(step: str, values: Sequence[float]) -> dict[str, Value]:
    p50, p99 = cut(values)
    return {"step": step, "n": len(values), "p50": p50, "p99": p99, "longest": max(values)}


async def _measure(
    questions: int, articles: int, feeds: int, folders: Sequence[Path], progress: Progress
) -> Waits:
    with TemporaryDirectory(prefix="bench-") as folder:
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            database_url=f"sqlite:///{folder}/bench.db",
            allow_private_hosts="127.0.0.1",  # type: ignore[arg-type]
        )
        moment: list[datetime] = []
        (served := Path(folder) / "feeds").mkdir()
        async with (
            open_tools(settings, clock=lambda: moment[0]) as tools,
            _serve_feeds(served) as site,
        ):
            haystack = await fill(tools.store, articles, progress, folders)
            moment.append(haystack.now)
            make = make_writer(articles, haystack.now)
            for number in range(feeds):
                first = articles + number * ENTRIES
                entries = [make(n) for n in range(first, first + ENTRIES)]
                (served / f"{number}.xml").write_text(_write_feed(entries), "utf-8")
                await tools.store.add_feed(
                    WORKSPACE,
                    f"{site}/{number}.xml",
                    title="Made",
                    outlet="Made",
                    tier=2,
                    now=haystack.now,
                )
            store = WatchedStore(Database(settings.database_url))
            waits = await _ask(replace(tools, store=store, embedder=None), haystack, questions)
            await store.close()
    return waits


async def _ask(tools: Tools, haystack: Haystack, count: int) -> Waits:
    commands, waits = BotCommands(tools), Waits()
    asked = list(islice(cycle(needle.question for needle in haystack.needles), count))
    watching = asyncio.create_task(_watch(waits.blocked))
    others = asyncio.gather(
        poll(tools), commands.write_brief(WORKSPACE, hours=HOURS, now=haystack.now)
    )
    await asyncio.sleep(0)
    start = perf_counter()

    async def ask(number: int, question: str) -> None:
        origin = Origin(member=f"member {number}")
        await commands.ask(WORKSPACE, question, now=haystack.now, origin=origin)
        waits.answered.append(1000 * (perf_counter() - start))

    await asyncio.gather(*(ask(number, question) for number, question in enumerate(asked)))
    await others
    watching.cancel()
    store = tools.store
    assert isinstance(store, WatchedStore)
    waits.admitted.extend(1000 * (moment - start) for moment in store.admitted.values())
    return waits


async def _watch(blocked: list[float]) -> None:
    while True:
        before = perf_counter()
        await asyncio.sleep(BLINK_S)
        blocked.append(1000 * (perf_counter() - before - BLINK_S))


# ---------------------------------------------------------------- local feeds


@asynccontextmanager
async def _serve_feeds(folder: Path) -> AsyncIterator[str]:
    """A web server of its own process, lest it take part in what is measured."""
    command = ("-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder))
    server = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert server.stdout
    said = (await server.stdout.readline()).decode()
    try:
        yield f"http://127.0.0.1:{said.partition(' port ')[2].split()[0]}"
    finally:
        server.kill()
        await server.wait()


def _write_feed(articles: Sequence[NewArticle]) -> str:
    return (
        '<rss version="2.0"><channel><title>Made</title><link>https://made.example/</link>'
        f"<description>Made</description>{''.join(map(_write_entry, articles))}</channel></rss>"
    )


def _write_entry(article: NewArticle) -> str:
    return (
        f"<item><title>{html.escape(article.title)}</title><link>{article.url}</link>"
        f"<guid>{article.guid}</guid><pubDate>{article.published_at:%a, %d %b %Y %H:%M:%S} GMT"
        f"</pubDate><description>{html.escape(article.text)}</description></item>"
    )
