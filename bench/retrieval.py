"""questions → how long a search takes among 100,000 articles, beside an OR of all the words.

With ``BENCH_MILLION=1`` among a million too: that takes half an hour and 4 GB of disk. With
``BENCH_KEEP=FOLDER`` the databases are kept there, and found again the next time.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from sqlalchemy import Connection, text

from bench.figure import Column, Figure, Value, write_number
from bench.haystack import FEW, SETS, WORKSPACE, Haystack, Needle, fill, read_haystack
from bench.stopwatch import Progress
from bot.answer import answer
from bot.config import find_folder
from bot.llm.extractive import ExtractiveEngine
from bot.passages import list_search_terms
from bot.ports import Store
from bot.relevance.question import read_question
from bot.searching import MOST_BY_WORDS
from bot.store import open_store, upgrade
from bot.store.database import Database
from bot.store.search_sqlite import write_term
from bot.topics import load_topics

SIZES = (100_000,)
MILLION = 1_000_000
OR, SEARCH, OWN, ANSWER = "OR of all words", "search", "search, 20 articles", "answer"
CUTS = (Column("p50", "p50 ms", "number"), Column("p99", "p99 ms", "number"))
"""What ``cut`` gives."""
COLUMNS = (
    Column("articles", "articles", "count"),
    Column("way", "way", "text"),
    Column("n", "questions", "count"),
    *CUTS,
    Column("cpu50", "CPU p50", "number"),
    Column("cpu99", "CPU p99", "number"),
    Column("found", "found", "percent"),
)

Found = Collection[str]
"""URLs."""
Ask = Callable[[str], Awaitable[Found]]
_OR = text(
    "SELECT article.url FROM (SELECT rowid, rank FROM text_search WHERE text_search MATCH :query"
    " ORDER BY rank LIMIT :size) AS best JOIN version ON version.text_id = best.rowid"
    " JOIN article ON article.id = version.article_id"
)


def measure(
    seconds: float,
    progress: Progress,
    *,
    sizes: Sequence[int] = (),
    folders: Sequence[Path] = SETS,
) -> Figure:
    """Ask every question once, in each way, among so many articles."""
    wanted = sizes or (*SIZES, *((MILLION,) if os.environ.get("BENCH_MILLION") else ()))
    rows = [row for size in wanted for row in _measure(size, folders, progress)]
    best = {row["way"]: row for row in rows if row["articles"] == wanted[0]}
    p99 = {way: write_number(float(best[way]["p99"])) for way in (SEARCH, OR)}
    return Figure(
        name="retrieval",
        headline=f"Retrieval: p99 {p99[SEARCH]} ms among {wanted[0]:,} articles; an OR of all "
        f"words takes {p99[OR]} ms",
        columns=COLUMNS,
        rows=tuple(rows),
        notes=_NOTES,
    )


def _measure(size: int, folders: Sequence[Path], progress: Progress) -> list[Mapping[str, Value]]:
    with TemporaryDirectory(prefix="bench-") as folder:
        file = Path(os.environ.get("BENCH_KEEP") or folder) / f"haystack-{size}.db"
        if not file.exists():
            # What was broken off is not whole, and has another name.
            part = file.with_suffix(".part")
            part.unlink(missing_ok=True)
            asyncio.run(_fill(f"sqlite:///{part}", size, folders, progress))
            part.rename(file)
        return asyncio.run(_ask_all(f"sqlite:///{file}", size, read_haystack(folders)))


async def _fill(url: str, size: int, folders: Sequence[Path], progress: Progress) -> None:
    upgrade(url)
    store = open_store(url)
    await fill(store, size, progress, folders)
    await store.close()


async def _ask_all(url: str, size: int, haystack: Haystack) -> list[Mapping[str, Value]]:
    store, database = open_store(url), Database(url)
    rows = [
        await _time(size, way, haystack.needles, ask)
        for way, ask in _list_ways(store, database, haystack)
    ]
    await store.close()
    database.close()
    return rows


def _list_ways(store: Store, database: Database, haystack: Haystack) -> Iterator[tuple[str, Ask]]:
    engine = ExtractiveEngine(load_topics(find_folder("prompts") / "topics"))
    now = haystack.now
    terms = {
        one.question: list_search_terms(read_question(one.question)) for one in haystack.needles
    }

    async def ask_or(question: str) -> Found:
        def search(db: Connection) -> Found:
            return db.scalars(_OR, {"query": query, "size": MOST_BY_WORDS}).all()

        query = " OR ".join(filter(None, map(write_term, terms[question])))
        return await asyncio.to_thread(database.run, search, is_writing=False)

    async def search(question: str, workspace: str = WORKSPACE) -> Found:
        hits = await store.search(workspace, terms[question], as_of=now, limit=MOST_BY_WORDS)
        return [article.url for article, _ in hits]

    async def ask(question: str) -> Found:
        reply = await answer(
            question,
            workspace=WORKSPACE,
            visits=(),
            store=store,
            engine=engine,
            fallback=engine,
            now=now,
        )
        return [citation.article_url for citation in reply.citations]

    yield OR, ask_or
    yield SEARCH, search
    yield OWN, lambda question: search(question, FEW)
    yield ANSWER, ask


async def _time(size: int, way: str, needles: Sequence[Needle], ask: Ask) -> dict[str, Value]:
    for needle in needles[:5]:
        await ask(needle.question)
    clock, cpu, found = [], [], 0
    for needle in needles:
        wall, used = perf_counter(), process_time()
        urls = await ask(needle.question)
        cpu.append(1000 * (process_time() - used))
        clock.append(1000 * (perf_counter() - wall))
        found += not needle.urls.isdisjoint(urls)
    return {
        "articles": size,
        "way": way,
        "n": len(needles),
        **dict(zip(("p50", "p99"), cut(clock), strict=True)),
        **dict(zip(("cpu50", "cpu99"), cut(cpu), strict=True)),
        "found": found / len(needles) if way in (OR, SEARCH) else "",
    }


def cut(values: Sequence[float]) -> tuple[float, float]:
    """The median and the 99th percentile; at least two values."""
    cuts = quantiles(values, n=100, method="inclusive")
    return cuts[49], cuts[98]


_NOTES = (
    "Milliseconds by the clock, and of CPU, from the question's terms to the articles read; "
    "each question once, after five to warm up. The OR is FTS5's own ranking alone, without "
    "the wall and without reading the articles.",
    f"Found: an article that tells is among the first {MOST_BY_WORDS}. Answers are those of the "
    "built-in engine, without vectors; how good they are among articles that are no prose would "
    "say nothing.",
    "The articles are made: real words in no order, as frequent as in the sets (haystack.py). "
    "The questions are those of tests/evals in English, the articles that tell are among them.",
)
