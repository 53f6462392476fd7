"""The one place where stages meet adapters: settings in, tools out, and the running bot."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.channels.console import ConsoleChannel
from bot.commands import BotCommands
from bot.config import Settings
from bot.errors import SettingsError
from bot.ics import IcsWriter
from bot.jobs.calendar import write_calendar
from bot.jobs.choices import LANGUAGE, find_timezone
from bot.jobs.regular import list_regular
from bot.jobs.tools import Tools
from bot.limits import Limits
from bot.llm.extractive import ExtractiveEngine
from bot.llm.rating import rate_article
from bot.model import Topic
from bot.pictures import TimelinePainter
from bot.ports import Channel, Clock, Engine
from bot.relevance.warming import warm_up
from bot.topics import load_topics
from bot.wording import load_wordings

if TYPE_CHECKING:
    from bot.llm.openai import OpenAIEngine

logger = logging.getLogger(__name__)

DEFAULT_MODEL = "gpt-5-mini"
TICK_SECONDS = 5.0


def read_clock() -> datetime:
    """The present, in UTC."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_tools(settings: Settings, *, clock: Clock = read_clock) -> AsyncIterator[Tools]:
    """Everything a job needs, without any platform; closed at the end, whatever happens.

    Raises:
        StoreError: the database can't be opened.
        PromptError: a file under ``prompts/`` is wrong.
    """
    from bot.embed import find_embedder
    from bot.feeds.http import GuardedFetcher
    from bot.feeds.opml import OpmlOutlines
    from bot.feeds.sandbox import Sandbox
    from bot.store import open_store, upgrade

    topics, wording = load_topics(settings.prompts_dir / "topics"), settings.prompts_dir / "wording"
    fallback = ExtractiveEngine(topics)
    await asyncio.to_thread(upgrade, settings.database_url)
    async with AsyncExitStack() as stack:
        engine: Engine = fallback
        if settings.has_model:
            engine = model = _make_model_engine(settings, topics)
            stack.push_async_callback(model.close)
        store = open_store(settings.database_url)
        stack.push_async_callback(store.close)
        fetcher = GuardedFetcher(
            user_agent=settings.user_agent, allow_hosts=settings.allow_private_hosts
        )
        stack.push_async_callback(fetcher.close)
        parser = Sandbox(allow_hosts=settings.allow_private_hosts)
        stack.push_async_callback(parser.close)
        embedder = find_embedder()
        if embedder:
            stack.push_async_callback(embedder.close)
        yield Tools(
            store=store,
            fetcher=fetcher,
            parser=parser,
            engine=engine,
            fallback=fallback,
            topics=topics,
            channels={},
            clock=clock,
            owner=f"{os.uname().nodename}/{os.getpid()}",
            poll_interval=timedelta(minutes=settings.poll_minutes),
            calendars=IcsWriter(),
            painter=TimelinePainter(),
            outlines=OpmlOutlines(settings.starters_file, allow_hosts=settings.allow_private_hosts),
            limits=_make_limits(settings),
            embedder=embedder,
            calendar_url=settings.calendar_url,
            rate=rate_article,
            languages=sorted(path.parent.name for path in wording.glob("*/language.toml")),
        )


def _make_limits(settings: Settings) -> Limits:
    return Limits(
        questions_per_minute=settings.questions_per_minute,
        questions_per_day=settings.questions_per_day,
        server_questions_per_day=settings.server_questions_per_day,
        workspace_tokens_per_day=settings.workspace_tokens_per_day,
        tokens_per_day=settings.tokens_per_day,
    )


def _make_model_engine(settings: Settings, topics: tuple[Topic, ...]) -> "OpenAIEngine":
    from bot.llm.openai import OpenAIEngine
    from bot.prompts import load_prompts

    if settings.openai_base_url and not settings.openai_model:
        raise SettingsError(
            "OPENAI_BASE_URL is set but OPENAI_MODEL is not: name the model that server runs."
        )
    return OpenAIEngine(
        api_key=settings.openai_api_key.get_secret_value(),
        base_url=settings.openai_base_url,
        model=settings.openai_model or DEFAULT_MODEL,
        prompts=load_prompts(settings.prompts_dir),
        topics=topics,
    )


async def run(
    settings: Settings, *, clock: Clock = read_clock, tick_seconds: float = TICK_SECONDS
) -> None:
    """The bot: polls, analyses and posts by the clock, and listens at Discord, until a signal.

    Every ``tick_seconds`` it asks the database what is due.

    Raises:
        SettingsError: no platform is set up, or METRICS_PORT can't be opened.
        ChannelError: Discord refuses the token.
    """
    if not settings.discord_token.get_secret_value():
        raise SettingsError(
            "DISCORD_TOKEN is missing: put the bot's token into .env (README, “Point it at "
            "Discord”). Without Discord, `briefing-bot brief` and `ask` work in the terminal."
        )
    from bot.channels.discord.asked import Desk
    from bot.channels.discord.events import DiscordEvents
    from bot.channels.discord.gateway import Gateway
    from bot.channels.discord.login import Login
    from bot.channels.discord.send import DiscordChannel

    wordings = load_wordings(settings.prompts_dir / "wording")
    async with open_tools(settings, clock=clock) as bare, AsyncExitStack() as stack:
        login = Login(
            settings.discord_token.get_secret_value(),
            api_url=settings.discord_api_url,
            gateway_url=settings.discord_gateway_url,
            reads_replies=settings.discord_replies,
        )
        stack.push_async_callback(login.close)
        channels: dict[str, Channel] = {
            "console": ConsoleChannel(sys.stdout),
            "discord": DiscordChannel(login, wordings),
        }
        events = DiscordEvents(
            login,
            wordings,
            lambda workspace: find_timezone(bare.store, workspace),
            lambda workspace: bare.store.find_choice(workspace, LANGUAGE),
        )
        tools = replace(bare, channels=channels, boards={events.platform: events})
        gateway = Gateway(login, Desk(BotCommands(tools), clock, wordings), tools.store)
        await stack.enter_async_context(_serving(settings, tools, gateway.find_trouble))
        await stack.enter_async_context(_ticking(tools, tick_seconds))
        await asyncio.to_thread(warm_up)
        logger.info("bot.started engine=%s topics=%d", tools.engine.name, len(tools.topics))
        await _run_until_signal(gateway.run())
        logger.info("bot.stopped")


async def _run_until_signal(running: Coroutine[object, object, None]) -> None:
    """Run until it ends by itself, or until SIGTERM or SIGINT asks to stop."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    tasks = asyncio.create_task(running), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if tasks[0].done():
            tasks[0].result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def _serving(
    settings: Settings, tools: Tools, find_trouble: Callable[[], str]
) -> AsyncIterator[None]:
    """The health check and the calendars over HTTP, if a port is set for them."""
    if settings.metrics_port is None:
        yield
        return
    from bot.web.server import WebServer

    async def read_calendar(workspace: str) -> bytes:
        return await write_calendar(tools, workspace, tools.clock())

    server = WebServer(
        settings.metrics_port,
        settings.metrics_host,
        find_workspace=tools.store.find_calendar_workspace,
        read_calendar=read_calendar,
        find_trouble=find_trouble,
    )
    await server.start()
    try:
        yield
    finally:
        await server.close()


@asynccontextmanager
async def _ticking(tools: Tools, tick_seconds: float) -> AsyncIterator[None]:
    """The regular jobs, for as long as the bot runs."""
    from bot.clock.apscheduler import Ticker

    ticker = Ticker()
    for job in list_regular(tools):
        seconds = job.ticks * tick_seconds
        ticker.every(seconds, job.name, job.start, timeout_seconds=job.timeout_seconds)
    ticker.start()
    try:
        yield
    finally:
        await ticker.stop()
