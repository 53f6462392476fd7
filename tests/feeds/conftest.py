"""A web server on loopback for each test that asks for it."""

from collections.abc import AsyncIterator

import pytest
from fakes.web import FakeWeb


@pytest.fixture
async def web() -> AsyncIterator[FakeWeb]:
    async with FakeWeb() as server:
        yield server
