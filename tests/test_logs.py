"""No line of the log shows a secret, forges another line or fills the screen."""

import io
import logging
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import aiohttp
import openai
import pytest
from aiohttp import web
from secret_samples import DATABASE, DISCORD, OPENAI

from bot.errors import ModelError
from bot.logs import set_up_logging


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where the log goes; logging itself is as it was afterwards."""
    root, ours = logging.getLogger(), logging.getLogger("bot")
    before = (root.handlers[:], root.level, ours.level, logging.raiseExceptions)
    yield io.StringIO()
    root.handlers[:], level, our_level, logging.raiseExceptions = before
    root.setLevel(level)
    ours.setLevel(our_level)


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose own time is not UTC."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def log(stream: io.StringIO) -> logging.Logger:
    set_up_logging("INFO", [DISCORD, OPENAI, "s3cr3tpw", "p@ss/w ord"], stream)
    return logging.getLogger("bot.deliver")


def test_a_line_has_its_time_in_utc_its_level_its_place_and_its_event(log, stream, far_east):
    before = datetime.now(UTC).replace(microsecond=0)
    log.info("delivery.sent slot=%s part=%d", "7/2026-06-03/06:00", 1)
    assert re.fullmatch(
        r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ INFO bot\.deliver"
        r" delivery\.sent slot=7/2026-06-03/06:00 part=1\n",
        stream.getvalue(),
    )
    assert before <= datetime.fromisoformat(stream.getvalue().split()[0]) <= datetime.now(UTC)


def test_secrets_in_messages_arguments_and_chained_exceptions_never_reach_the_log(log, stream):
    log.info(f"message {DISCORD}")
    log.info("argument %s %r", DISCORD, {"key": OPENAI})
    try:
        try:
            raise ConnectionError(f"p@ss/w ord and {DATABASE}")
        except ConnectionError as error:
            raise ModelError(f"401: {OPENAI[:30]}") from error
    except ModelError:
        log.exception("model.failed key=%s", OPENAI)
    written = stream.getvalue()
    for secret in (DISCORD, OPENAI, OPENAI[:30], "s3cr3tpw", "p@ss/w ord"):
        assert secret not in written
    assert "ModelError" in written
    assert "ConnectionError" in written


def test_an_exception_nobody_caught_in_a_task_is_redacted_too(log, stream):
    logging.getLogger("asyncio").error("Task exception was never retrieved: %s", DISCORD)
    assert DISCORD not in stream.getvalue()
    assert "never retrieved" in stream.getvalue()


def test_a_hostile_title_can_not_forge_a_line_or_steer_a_terminal(log, stream):
    log.info(
        "article.kept title=%s", "x\n2026-06-03T06:00:00Z INFO bot.deliver forged\r\x1b[2J\u2028"
    )
    try:
        raise ValueError("x\n2026-06-03T06:00:00Z INFO bot.deliver forged\x1b[2J")
    except ValueError:
        log.exception("feed.failed")
    lines = stream.getvalue().split("\n")
    assert len([line for line in lines if re.match(r"20\d\d-", line)]) == 2
    assert "\x1b" not in stream.getvalue()
    assert "\\x1b[2J" in lines[0]


def test_a_long_line_is_cut_and_a_secret_at_the_cut_is_not_shown(log, stream):
    log.info("%s", "z" * 1990 + DISCORD + "z" * 100_000)
    assert len(stream.getvalue()) < 2100
    assert DISCORD[:5] not in stream.getvalue()


def test_a_wrong_log_call_loses_neither_the_line_nor_a_secret(log, stream, capsys):
    log.info("%d items for %s", DISCORD)
    log.info("broken %s", BrokenText())
    assert "(arguments do not fit: TypeError)" in stream.getvalue()
    assert "(arguments do not fit: RuntimeError)" in stream.getvalue()
    assert DISCORD not in stream.getvalue() + "".join(capsys.readouterr())


class BrokenText:
    def __str__(self) -> str:
        raise RuntimeError("no text")


def test_a_closed_log_stream_neither_stops_the_bot_nor_shows_arguments(log, stream, capsys):
    stream.close()
    log.info("token %s", DISCORD)
    assert DISCORD not in "".join(capsys.readouterr())


def test_setting_up_twice_writes_each_line_once(log, stream):
    set_up_logging("INFO", [], stream)
    log.info("once")
    assert stream.getvalue().count("once") == 1


def test_levels_are_ours_for_our_lines_and_warning_for_everybody_else(stream):
    set_up_logging("DEBUG", [], stream)
    logging.getLogger("bot.feeds.http").debug("feed.fetched")
    for library in ("openai", "httpx2", "discord.gateway", "sqlalchemy.engine", "alembic", "new"):
        logging.getLogger(library).info("chatter of %s", library)
        logging.getLogger(library).warning("warning of %s", library)
    assert "feed.fetched" in stream.getvalue()
    assert "chatter" not in stream.getvalue()
    assert stream.getvalue().count("warning of") == 6


async def test_neither_article_nor_key_is_logged_by_a_real_model_client_at_debug(stream):
    async def refuse(request: web.Request) -> web.Response:
        message = f"Incorrect API key provided: {OPENAI[:12]}****{OPENAI[-4:]}."
        return web.json_response({"error": {"message": message}}, status=401)

    app = web.Application()
    app.router.add_post("/v1/chat/completions", refuse)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://user:s3cr3tpw@127.0.0.1:{runner.addresses[0][1]}/v1"
    set_up_logging("DEBUG", [], stream)
    async with openai.AsyncOpenAI(api_key=OPENAI, base_url=url, max_retries=0) as client:
        try:
            await client.chat.completions.create(
                model="m", messages=[{"role": "user", "content": "The article's own words."}]
            )
        except openai.AuthenticationError as error:
            logging.getLogger("bot.llm.openai").warning("model.refused error=%s", error)
    await runner.cleanup()
    assert "model.refused" in stream.getvalue()
    for leak in (OPENAI, OPENAI[:12], OPENAI[-4:] + ".", "s3cr3tpw", "article's own words"):
        assert leak not in stream.getvalue()


async def test_the_address_in_a_real_connection_error_shows_no_password(log, stream):
    address = "http://user:k3yv4lue@127.0.0.1:9/rss?key=k3yv4lue"
    async with aiohttp.ClientSession() as session:
        try:
            await session.get(address)
        except aiohttp.ClientError:
            log.exception("feed.failed url=%s", address)
    assert "feed.failed url=http://***@127.0.0.1:9/rss?key=***" in stream.getvalue()
    assert "k3yv4lue" not in stream.getvalue()
