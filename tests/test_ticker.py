"""The clock calls at start and at intervals, whatever happens in a call."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator

import pytest

from bot.clock.apscheduler import Ticker
from bot.errors import FetchError


@pytest.fixture
async def ticker() -> AsyncIterator[Ticker]:
    ticker = Ticker()
    yield ticker
    await ticker.stop()


async def ticks_of(ticker: Ticker, calls: list[object], number: int) -> None:
    ticker.start()
    async with asyncio.timeout(5):
        while len(calls) < number:
            await asyncio.sleep(0.005)


async def test_a_callback_is_called_at_start_and_again_and_again(ticker):
    calls: list[object] = []

    async def tick() -> None:
        calls.append(1)

    ticker.every(0.05, "tick", tick, timeout_seconds=1)
    await ticks_of(ticker, calls, 3)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FetchError("It is down.", reason="timeout"), "tick.failed name=tick error=It is down."),
        (KeyError("x"), "tick.failed name=tick error=KeyError('x') where="),
        (TimeoutError(), "tick.timed_out name=tick"),
    ],
)
async def test_an_exception_is_one_line_and_the_ticks_go_on(ticker, caplog, error, words):
    calls: list[object] = []

    async def fail() -> None:
        calls.append(1)
        raise error

    ticker.every(0.05, "tick", fail, timeout_seconds=1)
    await ticks_of(ticker, calls, 2)
    lines = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert lines[0].startswith(words)
    assert "\n" not in lines[0]
    assert all(record.exc_info is None for record in caplog.records)


async def test_a_callback_that_overruns_is_stopped_and_others_do_not_wait(ticker, caplog):
    calls: list[object] = []
    stopped: list[object] = []

    async def hang() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.append(1)

    async def tick() -> None:
        calls.append(1)

    ticker.every(0.05, "slow", hang, timeout_seconds=0.12)
    ticker.every(0.02, "quick", tick, timeout_seconds=1)
    await ticks_of(ticker, calls, 10)
    assert stopped
    assert "tick.timed_out name=slow seconds=0.12" in caplog.messages


async def test_a_callback_never_runs_twice_at_once(ticker):
    running, most, calls = 0, 0, list[object]()

    async def tick() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.05)
        running -= 1
        calls.append(1)

    ticker.every(0.01, "tick", tick, timeout_seconds=1)
    await ticks_of(ticker, calls, 3)
    assert most == 1


async def test_a_blocked_loop_delays_a_tick_but_does_not_lose_it(ticker):
    calls: list[object] = []

    async def tick() -> None:
        calls.append(1)

    ticker.every(1.1, "tick", tick, timeout_seconds=1)
    await ticks_of(ticker, calls, 1)
    time.sleep(2.15)  # the tick is then later than the scheduler forgives by default
    await asyncio.sleep(0.02)
    assert len(calls) == 2


async def test_a_clock_that_never_started_can_be_stopped():
    await Ticker().stop()


async def test_nothing_is_called_once_the_clock_has_stopped(ticker):
    calls: list[object] = []

    async def tick() -> None:
        calls.append(1)

    ticker.every(0.01, "tick", tick, timeout_seconds=1)
    await ticks_of(ticker, calls, 2)
    await ticker.stop()
    called = len(calls)
    await asyncio.sleep(0.05)
    assert len(calls) == called


async def test_stopping_cancels_what_runs_and_waits_for_it_to_end(caplog):
    ended: list[object] = []

    async def hang() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.05)
            ended.append(1)

    ticker = Ticker()
    ticker.every(10, "slow", hang, timeout_seconds=60)
    ticker.start()
    await asyncio.sleep(0.05)
    await ticker.stop()
    assert ended
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
