"""The fake Discord's gateway: hello, identify, ready, resume, heartbeats and dispatches."""

import asyncio
from collections.abc import Callable

from aiohttp import WSMsgType, web
from fakes.discord_world import BOT_ID, TOKEN, Json, user


class FakeGateway:
    """Speaks JSON text frames; ``is_down`` refuses connections, ``refuse_with`` closes them.

    What happens while a bot with a session is away is told when it resumes, unless
    ``forgets_sessions`` says that it can't (op 9): then it must identify anew.
    """

    def __init__(self, list_guilds: Callable[[], list[Json]]) -> None:
        self.identifies: list[Json] = []
        self.resumes = 0
        self.is_down = False
        self.is_mute = False
        self.forgets_sessions = False
        self.refuse_with: int | None = None
        self.url = ""
        self._list_guilds = list_guilds
        self._sockets: list[web.WebSocketResponse] = []
        self._listening: web.WebSocketResponse | None = None
        self._missed: list[Json] = []
        self._sequence = 0

    @property
    def is_listening(self) -> bool:
        """Whether a bot is identified or resumed on an open socket."""
        return self._listening is not None and not self._listening.closed

    @property
    def has_session(self) -> bool:
        """Whether a bot has identified, be it there now or away."""
        return bool(self.identifies)

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
        elif frame["op"] == 6 and self.forgets_sessions:
            await socket.send_json({"op": 9, "d": False})
        elif frame["op"] == 6:
            await self._resume(socket)

    async def _resume(self, socket: web.WebSocketResponse) -> None:
        self.resumes += 1
        self._listening = socket
        missed, self._missed = self._missed, []
        for event in missed:
            await socket.send_json(event)
        await self.dispatch("RESUMED", {})

    async def _identify(self, socket: web.WebSocketResponse, identity: Json) -> None:
        self.identifies.append(identity)
        if self.refuse_with or identity["token"] != TOKEN:
            await socket.close(code=self.refuse_with or 4004)
            return
        self._listening, self._missed = socket, []
        if self.is_mute:
            return
        guilds = self._list_guilds()
        ready = {
            "v": 10,
            "user": user(BOT_ID),
            "guilds": [{"id": each["id"], "unavailable": True} for each in guilds],
            "session_id": f"session{len(self.identifies)}",
            "resume_gateway_url": self.url,
            "application": {"id": str(BOT_ID), "flags": 0},
        }
        await self.dispatch("READY", ready)
        for guild in guilds:
            await self.dispatch("GUILD_CREATE", guild)

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event to the bot; if it is away, when it comes back."""
        assert self.has_session, "no bot is listening"
        self._sequence += 1
        frame = {"op": 0, "t": event, "s": self._sequence, "d": data}
        if self._listening is None or self._listening.closed:
            self._missed.append(frame)
        else:
            await self._listening.send_json(frame)

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
