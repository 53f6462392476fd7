"""Calls callbacks at intervals and nothing more: what is due is asked of the database each time."""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import BotError

logger = logging.getLogger(__name__)


class Ticker:
    """Calls each callback at start and then every so often, never twice at once.

    A callback that fails or takes too long is logged in one line and called again next time.
    """

    def __init__(self) -> None:
        self._running: set[asyncio.Task[object]] = set()
        # Any moment is better than never: a late tick finds in the database what was missed.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            jobstores={"default": MemoryJobStore()},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def every(
        self,
        seconds: float,
        name: str,
        callback: Callable[[], Awaitable[object]],
        *,
        timeout_seconds: float,
    ) -> None:
        """Call ``callback`` every ``seconds`` and stop a call after ``timeout_seconds``."""
        self._scheduler.add_job(
            self._call,
            "interval",
            args=(name, callback, timeout_seconds),
            id=name,
            seconds=seconds,
            # The scheduler's own clock: from any other it would count every interval between.
            next_run_time=datetime.now(UTC),
        )

    def start(self) -> None:
        """Begin to call, on the running event loop."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Call no more; callbacks under way are cancelled and waited for."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        # The scheduler cancels what it runs, but waits for none of it.
        if self._running:
            await asyncio.wait(self._running)

    async def _call(
        self, name: str, callback: Callable[[], Awaitable[object]], timeout_seconds: float
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            async with asyncio.timeout(timeout_seconds):
                await callback()
        except asyncio.CancelledError:
            logger.info("tick.stopped name=%s", name)
        except TimeoutError:
            logger.error("tick.timed_out name=%s seconds=%s", name, timeout_seconds)
        except BotError as error:
            logger.error("tick.failed name=%s error=%s", name, error)
        except Exception as error:  # one callback's bug must not stop the clock
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{last.filename}:{last.lineno}"
            logger.error("tick.failed name=%s error=%r where=%s", name, error, where)
        finally:
            self._running.discard(task)
