"""Host → its pace: one request at once, with a pause between two starts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_MAX_HOSTS_REMEMBERED = 1000


class _Host:
    __slots__ = ("free_at", "lock")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.free_at = 0.0


class Pace:
    """Sends each host one request at once, with a pause between starts."""

    def __init__(self, pause_s: float) -> None:
        self._pause_s = pause_s
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def keep(self, name: str | None) -> AsyncIterator[None]:
        """Wait until the host of that name may be asked, and hold it; None need not wait."""
        if name is None:
            yield
            return
        clock = asyncio.get_running_loop().time
        self._forget(clock())
        host = self._hosts.setdefault(name, _Host())
        async with host.lock:
            await asyncio.sleep(host.free_at - clock())
            host.free_at = clock() + self._pause_s
            yield

    def _forget(self, now_s: float) -> None:
        if len(self._hosts) > _MAX_HOSTS_REMEMBERED:
            self._hosts = {
                name: host
                for name, host in self._hosts.items()
                if host.lock.locked() or host.free_at > now_s
            }
