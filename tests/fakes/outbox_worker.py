"""A process that posts what is due and is killed at a chosen point, and its platform."""

import asyncio
import json
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.deliver import deliver, make_parts
from bot.errors import ChannelError
from bot.model import (
    CalendarEntry,
    ChannelRef,
    Due,
    NewPart,
    Part,
    Reminder,
    Slot,
    Subscription,
)
from bot.ports import DeliveryStore
from bot.remind.due import MEMORY, decide_reminders
from bot.schedule import LOOK_BACK, decide_due, slot_instant
from bot.store import open_store

PARTS = 2


@dataclass
class Crash:
    """Kills the process, as ``kill -9`` does, the ``nth`` time that ``point`` is reached."""

    point: str
    nth: int

    def reach(self, point: str) -> None:
        if point == self.point:
            self.nth -= 1
            if self.nth == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class CrashingStore:
    """The real store, with crash points around what it keeps."""

    def __init__(self, store: DeliveryStore, crash: Crash) -> None:
        self._store = store
        self._crash = crash

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def save_delivery(
        self, due: Due, workspace: str, channel: ChannelRef, parts: Sequence[NewPart]
    ) -> bool:
        self._crash.reach("before the row")
        is_kept = await self._store.save_delivery(due, workspace, channel, parts)
        self._crash.reach("after the row")
        return is_kept

    async def claim_part(self, owner: str, now: datetime, lease: timedelta) -> Part | None:
        self._crash.reach("before the claim")
        part = await self._store.claim_part(owner, now, lease)
        self._crash.reach("after the claim")
        return part

    async def finish_part(self, *args: Any, **kwargs: Any) -> bool:
        self._crash.reach("after the answer")
        is_ours = await self._store.finish_part(*args, **kwargs)
        self._crash.reach("after the outcome")
        return is_ours


class SocketChannel:
    """A platform on loopback that speaks JSON lines."""

    platform = "socket"

    def __init__(self, port: int, crash: Crash) -> None:
        self._port = port
        self._crash = crash

    async def send(
        self, channel_id: str, payload: Mapping[str, object], nonce: str, *, first_id: str = ""
    ) -> str:
        call = {"do": "send", "channel": channel_id, "nonce": nonce, "payload": dict(payload)}
        return str(await self._call(call))

    async def find_sent(
        self, channel_id: str, mark: str, after: datetime, *, first_id: str = ""
    ) -> str | None:
        return await self._call({"do": "find", "channel": channel_id, "mark": mark})

    async def close(self) -> None:
        """Every call has its own connection."""

    async def _call(self, call: Mapping[str, object]) -> str | None:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
            writer.write(json.dumps(call).encode() + b"\n")
            await writer.drain()
            if call["do"] == "send":
                self._crash.reach("as the request leaves")
            first = await reader.readexactly(1)
            if call["do"] == "send":
                self._crash.reach("before the answer is read")
            answer: str | None = json.loads(first + await reader.readline())
            writer.close()
            await writer.wait_closed()
        except (OSError, EOFError) as error:
            raise ChannelError("The answer was lost.", is_unknown=True) from error
        return answer


class SocketPlatform:
    """Keeps messages; knows a nonce until ``forget_nonces`` and a mark for ever."""

    def __init__(self) -> None:
        self.port = 0
        self.messages: list[Mapping[str, Any]] = []
        self._ids: dict[str, str] = {}
        self._busy = 0

    @asynccontextmanager
    async def serve(self):
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield self

    def forget_nonces(self) -> None:
        self._ids.clear()

    async def settle(self) -> None:
        """Wait for requests that a killed process had sent already."""
        await asyncio.sleep(0.01)
        while self._busy:
            await asyncio.sleep(0.001)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._busy += 1
        try:
            if line := await reader.readline():
                answer = json.dumps(self._do(json.loads(line)))
                writer.write(answer.encode() + b"\n")
                await writer.drain()
            writer.close()
            await writer.wait_closed()
        except ConnectionError:
            pass  # the process was killed
        finally:
            self._busy -= 1

    def _do(self, call: Mapping[str, Any]) -> str | None:
        if call["do"] == "find":
            for number, message in enumerate(self.messages, 1):
                if (
                    message["channel"] == call["channel"]
                    and message["payload"]["mark"] == call["mark"]
                ):
                    return str(number)
            return None
        if call["nonce"] not in self._ids:
            self.messages.append(call)
            self._ids[call["nonce"]] = str(len(self.messages))
        return self._ids[call["nonce"]]


def subscriptions(count: int, created_at: datetime) -> list[Subscription]:
    """As many channels, all with an order for six."""
    return [
        Subscription(
            id=number,
            workspace="w",
            channel=ChannelRef("socket", str(number)),
            timezone="UTC",
            times=("06:00",),
            weekdays=(1, 2, 3, 4, 5, 6, 7),
            tags=(),
            created_at=created_at,
        )
        for number in range(1, count + 1)
    ]


def work(
    url: str,
    port: int,
    orders: list[Subscription],
    now: datetime,
    crash: Crash,
    entries: Sequence[CalendarEntry] = (),
) -> None:
    """Post what is due at ``now``, as one run of the bot does, or die on the way.

    That are briefs, or with ``entries`` the reminders of these visits.
    """
    asyncio.run(_work(url, port, orders, now, crash, entries))


async def _work(
    url: str,
    port: int,
    orders: list[Subscription],
    now: datetime,
    crash: Crash,
    entries: Sequence[CalendarEntry],
) -> None:
    opened = open_store(url)
    store, channel = CrashingStore(opened, crash), SocketChannel(port, crash)
    for order in orders:
        find = _find_reminder(store, order, now, entries) if entries else _find(store, order, now)
        slot = await find
        if slot is not None:
            parts = make_parts(slot, order.channel, _render)
            await store.save_delivery(slot, order.workspace, order.channel, parts)
    await deliver(
        store=store, channels={"socket": channel}, owner=str(os.getpid()), clock=lambda: now
    )
    await opened.close()


async def _find(store: CrashingStore, order: Subscription, now: datetime) -> Slot | None:
    known = await store.list_slot_keys(order.id, now - LOOK_BACK)
    return decide_due(order, known, now).post


async def _find_reminder(
    store: CrashingStore, order: Subscription, now: datetime, entries: Sequence[CalendarEntry]
) -> Reminder | None:
    known = await store.list_reminder_keys(order.id, now - MEMORY)
    due = decide_reminders(order, entries, known, now, since=order.created_at, instant=slot_instant)
    return due[0].reminder if due else None


def _render(mark: Callable[[int], str]) -> tuple[Mapping[str, object], ...]:
    return tuple({"text": f"part {n}", "mark": mark(n)} for n in range(1, PARTS + 1))
