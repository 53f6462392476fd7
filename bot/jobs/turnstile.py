"""Lets a few questions in at once, of one workspace and in all; the others wait in order."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

OF_ONE = 2
OF_ALL = 16
"""Most of a question is waiting for a model, which takes none of our processors: it would take
eight workspaces with two slow questions each to hold up the others."""


class Turnstile:
    """What one process does at once; a workspace that asks much holds up itself alone."""

    def __init__(self, of_one: int = OF_ONE, of_all: int = OF_ALL) -> None:
        self._of_all = asyncio.Semaphore(of_all)
        self._of_one: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(of_one)
        )

    @asynccontextmanager
    async def pass_through(self, workspace: str) -> AsyncIterator[None]:
        """Wait until it is this one's turn, and keep its place until it is done."""
        # First its own workspace: nobody who waits there takes a place that others could use.
        async with self._of_one[workspace], self._of_all:
            yield
