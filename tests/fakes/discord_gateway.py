"""The fake Discord's gateway: hello, identify, ready, resume, heartbeats and dispatches."""

import asyncio
from collections.abc import Callable

from aiohttp import WSMsgType, web
from fakes.discord_world import BOT_ID, GUILD_ID, TOKEN, Json, user


class FakeGateway:
    """Speaks JSON text frames; ``is_down`` refuses connections, ``refuse_with`` closes them."""

    def __init__(self, get_guild: Callable[[], Json]) -> None:
        self.identifies: list[Json] = []
        self.resumes = 0
        self.is_down = False
        self.refuse_with: int | None = None
        self.url = ""
        self._get_guild = get_guild
        self._sockets: list[web.WebSocketResponse] = []
        self._listening: web.WebSocketResponse | None = None
        self._sequence = 0

    @property
    def is_listening(self) -> bool:
        """Whether a bot is identified or resumed on an open socket."""
        return self._listening is not None and not self._listening.closed

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if self.is_down:
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.append(socket)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41250}})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._receive(socket, frame.json())
        return socket

    async def _receive(self, socket: web.WebSocketResponse, frame: Json) -> None:
        if frame["op"] == 1:
            await socket.send_json({"op": 11})
        elif frame["op"] == 2:
            await self._identify(socket, frame["d"])
        elif frame["op"] == 6:
            self.resumes += 1
            self._listening = socket
            await self.dispatch("RESUMED", {})

    async def _identify(self, socket: web.WebSocketResponse, identity: Json) -> None:
        self.identifies.append(identity)
        if self.refuse_with or identity["token"] != TOKEN:
            await socket.close(code=self.refuse_with or 4004)
            return
        self._listening = socket
        ready = {
            "v": 10,
            "user": user(BOT_ID),
            "guilds": [{"id": str(GUILD_ID), "unavailable": True}],
            "session_id": f"session{len(self.identifies)}",
            "resume_gateway_url": self.url,
            "application": {"id": str(BOT_ID), "flags": 0},
        }
        await self.dispatch("READY", ready)
        await self.dispatch("GUILD_CREATE", self._get_guild())

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event to the bot that listens."""
        assert self._listening is not None, "no bot is listening"
        self._sequence += 1
        await self._listening.send_json({"op": 0, "t": event, "s": self._sequence, "d": data})

    async def invalidate_session(self) -> None:
        """Op 9: the bot must identify anew."""
        assert self._listening is not None
        socket, self._listening = self._listening, None
        await socket.send_json({"op": 9, "d": False})

    async def drop(self, code: int) -> None:
        """Close the bot's socket with that code."""
        assert self._listening is not None
        socket, self._listening = self._listening, None
        await socket.close(code=code)

    async def close(self) -> None:
        await asyncio.gather(*(socket.close() for socket in self._sockets))
