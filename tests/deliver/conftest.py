"""An outbox in memory and in the real database, a scripted platform, and a clock that is set."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from fakes.outbox import SIX, MemoryOutbox, SetClock
from fakes.scripted import ScriptedChannel

from bot.deliver import deliver
from bot.ports import DeliveryStore
from bot.store import open_store, upgrade


@pytest.fixture(params=["memory", "sqlite"])
async def outbox(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[DeliveryStore]:
    if request.param == "memory":
        yield MemoryOutbox()
        return
    url = f"sqlite:///{tmp_path}/outbox.db"
    upgrade(url)
    store = open_store(url)
    yield store
    await store.close()


@pytest.fixture
def clock() -> SetClock:
    return SetClock(SIX)


@pytest.fixture
def channel() -> ScriptedChannel:
    return ScriptedChannel()


@pytest.fixture
def run(outbox, channel, clock):
    """Deliver once, as one process would at this moment."""
    return partial(deliver, store=outbox, channels={"scripted": channel}, owner="a", clock=clock)
