"""What comes in: feeds polled, single texts read, new texts analysed."""

import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.extract import extract
from bot.ingest import ingest, make_article
from bot.jobs.tools import Progress, Tools, run_all, unwatched
from bot.limits import count_tokens_left
from bot.model import OVER_BUDGET, Analysis, Article, Feed, NewArticle, Reading

logger = logging.getLogger(__name__)

FEEDS_AT_ONCE = 8
ARTICLES_AT_ONCE = 4
MAX_FEEDS = 500
MAX_ARTICLES = 2000
MAX_MODEL_FAILURES = 3
"""Failures in a row after which the model is left alone for a while."""
MODEL_REST = timedelta(minutes=5)
TEXT_REST = timedelta(hours=1)
"""How long a text that the model failed on is not offered to it again."""


async def poll(
    tools: Tools, *, workspace: str | None = None, progress: Progress = unwatched
) -> int:
    """Fetch the feeds that are due and analyse what they brought; returns how many articles.

    One feed's trouble is that feed's state, and stops no other.
    """
    now = tools.clock()
    feeds = await tools.store.list_due_feeds(now, limit=MAX_FEEDS, workspace=workspace)
    counts: list[int] = []

    async def poll_one(feed: Feed) -> None:
        counts.append(
            await ingest(
                feed,
                store=tools.store,
                fetcher=tools.fetcher,
                parser=tools.parser,
                clock=tools.clock,
                interval=tools.poll_interval,
            )
        )

    await _run_by_turns(feeds, poll_one, progress)
    return sum(counts)


async def _run_by_turns(
    feeds: Sequence[Feed], poll_one: Callable[[Feed], Awaitable[None]], progress: Progress
) -> None:
    """Poll the feeds, those of one host one after another, and the hosts by turns.

    So a host with many feeds, that is asked once a second, takes one place of all that there are.
    """
    waiting: dict[str, deque[Feed]] = {}
    for feed in feeds:
        waiting.setdefault(urlsplit(feed.url).netloc, deque()).append(feed)
    hosts, done = deque(waiting), 0

    async def work(_: int) -> None:
        nonlocal done
        while hosts:
            host = hosts.popleft()
            await run_all([waiting[host].popleft()], poll_one, 1, unwatched)
            if waiting[host]:
                hosts.append(host)
            done += 1
            progress(done, len(feeds))

    progress(0, len(feeds))
    await run_all(range(FEEDS_AT_ONCE), work, FEEDS_AT_ONCE, unwatched)


async def read(tools: Tools, workspace: str, readings: Iterable[Reading]) -> tuple[int, int]:
    """Take in single texts, all or none; returns how many were given and how many are new.

    A text that says when it was published counts as seen then, so that old ones fill old
    periods.

    Raises:
        DocumentError: one of them is empty.
    """
    now = tools.clock()
    articles = [_take_in(reading, now) for reading in readings]
    feed = await tools.store.add_feed(
        workspace,
        f"read:{workspace}",
        title="Read by hand",
        outlet="",
        tier=2,
        now=now,
        is_manual=True,
    )
    return len(articles), await tools.store.save_articles(feed.id, articles)


def _take_in(reading: Reading, now: datetime) -> NewArticle:
    article = make_article(reading, seen_at=now)
    return replace(article, seen_at=min(now, article.published_at))


@dataclass(slots=True)
class _Leave:
    """Whether texts are read: not after failures in a row, not beyond the tokens left.

    Once there were too many failures, a late success changes nothing. ``reason`` is kept with
    each text as to why it is quoted.
    """

    is_resting: bool
    tokens_left: int | None = None
    reason: str = ""
    failures: int = 0

    def note(self, analysis: Analysis) -> None:
        self.failures = self.failures + 1 if analysis.note else 0
        self.is_resting = self.is_resting or self.failures >= MAX_MODEL_FAILURES
        if self.tokens_left is not None:
            self.tokens_left -= analysis.tokens

    def has_tokens(self) -> bool:
        return self.tokens_left is None or self.tokens_left > 0

    def has_ended(self) -> bool:
        return self.is_resting or not self.has_tokens()


async def extract_new(
    tools: Tools,
    *,
    workspace: str | None = None,
    since: datetime | None = None,
    progress: Progress = unwatched,
) -> int:
    """Analyse the texts that the engine has not read yet; returns how many.

    What it may not read now, for its failures or the tokens of the day, is quoted.
    """
    engine, now, count = tools.engine.name, tools.clock(), 0
    leave = await _get_leave(tools, now)
    if not leave.has_ended():
        async with tools.locks[engine]:
            # Whoever was before may have spent the tokens.
            leave = await _get_leave(tools, now)
            count = await _read_new(tools, leave, workspace, since, progress)
        if leave.is_resting:
            tools.rests[engine] = now + MODEL_REST
            logger.warning("model.left_alone engine=%s until=%s", engine, tools.rests[engine])
    if leave.has_ended():
        always = _Leave(is_resting=False, reason="" if leave.has_tokens() else OVER_BUDGET)
        async with tools.locks[tools.fallback.name]:
            count += await _read_new(quoting(tools), always, workspace, since, progress)
    return count


async def _read_new(
    tools: Tools,
    leave: _Leave,
    workspace: str | None,
    since: datetime | None,
    progress: Progress,
) -> int:
    """Analyse what is unread until the leave ends."""
    now, count = tools.clock(), 0

    async def extract_one(article: Article) -> None:
        nonlocal count
        if leave.has_ended():
            return
        analysis = await extract(
            article, engine=tools.engine, fallback=tools.fallback, topics=tools.topics
        )
        if analysis.note:
            tools.rests[article.text_hash] = now + TEXT_REST
        leave.note(analysis)
        kept = replace(analysis, note=analysis.note or leave.reason)
        await tools.store.save_analysis(kept, tools.clock())
        count += 1

    unread = await tools.store.list_unread(
        tools.engine.name,
        tools.engine.prompt_version,
        limit=MAX_ARTICLES,
        workspace=workspace,
        since=since,
    )
    fit = [text for text in unread if not _is_resting(tools, text.text_hash, now)]
    await run_all(fit, extract_one, ARTICLES_AT_ONCE, progress)
    return count


async def _get_leave(tools: Tools, now: datetime) -> _Leave:
    """Whether the engine may be asked, and what it may take; the one that quotes takes nothing."""
    if tools.engine is tools.fallback:
        return _Leave(is_resting=False)
    usage = await tools.store.count_usage("", "", now)
    return _Leave(
        is_resting=_is_resting(tools, tools.engine.name, now),
        tokens_left=count_tokens_left(usage, tools.limits),
    )


def _is_resting(tools: Tools, name: str, now: datetime) -> bool:
    return name in tools.rests and now < tools.rests[name]


def quoting(tools: Tools) -> Tools:
    """The same tools with the engine that needs no model."""
    return replace(tools, engine=tools.fallback)
