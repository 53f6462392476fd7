"""Host → its turn: one request at once, with a pause between two starts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_MAX_HOSTS_REMEMBERED = 1000


class _Turn:
    __slots__ = ("free_at", "lock")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.free_at = 0.0


class Turns:
    """Gives each host's requests their turn: one at once, with a pause between starts."""

    def __init__(self, pause_s: float) -> None:
        self._pause_s = pause_s
        self._turns: dict[str, _Turn] = {}

    @asynccontextmanager
    async def take(self, host: str | None) -> AsyncIterator[None]:
        """Hold the turn of ``host``; None needs no turn."""
        if host is None:
            yield
            return
        clock = asyncio.get_running_loop().time
        self._forget(clock())
        turn = self._turns.setdefault(host, _Turn())
        async with turn.lock:
            await asyncio.sleep(turn.free_at - clock())
            turn.free_at = clock() + self._pause_s
            yield

    def _forget(self, now_s: float) -> None:
        if len(self._turns) > _MAX_HOSTS_REMEMBERED:
            self._turns = {
                host: turn
                for host, turn in self._turns.items()
                if turn.lock.locked() or turn.free_at > now_s
            }
