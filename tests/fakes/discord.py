"""A Discord on loopback that the real client logs in to: REST v10, gateway, faults by script."""

from collections import deque
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from fakes import discord_world as world
from fakes.discord_events import FakeEvents
from fakes.discord_gateway import FakeGateway
from fakes.discord_people import Exchange, FakePeople
from fakes.discord_talk import FakeTalk
from fakes.discord_wire import read_body, suffer
from fakes.discord_world import BOT_ID, CHANNEL_ID, Fault, Json, fail, reply


class FakeDiscord:
    """``async with FakeDiscord() as discord_server``; then point the client at its two URLs."""

    def __init__(self) -> None:
        self.messages: list[Json] = []
        self.faults: deque[Fault] = deque()
        self.sends: list[Json] = []
        self.commands: list[Json] = []
        self.syncs = 0
        self.logins = 0
        self.is_down = False
        self.bot_permissions = world.ENOUGH
        self.channels = {CHANNEL_ID: world.channel(CHANNEL_ID)}
        self._by_nonce: dict[tuple[int, str], Json] = {}
        self.gateway = FakeGateway(self._whole_guild)
        self.people = FakePeople(self)
        self.events = FakeEvents(self)
        self.talk = FakeTalk(self)

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self._guard], client_max_size=25 * 1024**2)
        app.add_routes(
            [
                web.get("/api/v10/users/@me", self._me),
                web.get("/api/v10/oauth2/applications/@me", self._application),
                web.put("/api/v10/applications/{id}/commands", self._sync),
                web.get("/api/v10/channels/{channel}", self._channel),
                web.get("/api/v10/channels/{channel}/messages", self._history),
                web.post("/api/v10/channels/{channel}/messages", self._send),
                web.get("/api/v10/guilds/{guild}", self._guild),
                web.get("/api/v10/guilds/{guild}/members/{user}", self._member),
                *self.people.routes(),
                *self.events.routes(),
                *self.talk.routes(),
                web.get("/gw", self.gateway.handle),
            ]
        )
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.api_url = f"http://127.0.0.1:{port}/api/v10"
        self.gateway_url = self.gateway.url = f"ws://127.0.0.1:{port}/gw"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        frames: TracebackType | None,
    ) -> None:
        await self.stop()

    def _whole_guild(self) -> Json:
        return world.guild(self.bot_permissions, list(self.channels.values()))

    # ------------------------------------------------------------ for tests

    async def stop(self) -> None:
        """Be gone: nothing answers at the address any more."""
        await self.gateway.close()
        await self._runner.cleanup()

    def store(self, author_id: int, body: Json, at: datetime | None = None) -> Json:
        """Put a message into the channel's history, older or newer than now."""
        stored = world.message(CHANNEL_ID, author_id, body, at)
        self.messages.append(stored)
        return stored

    def delete(self, message_id: str) -> None:
        """Delete a message, as a moderator does; its nonce stays known."""
        self.messages = [each for each in self.messages if each["id"] != message_id]

    async def interaction(self, name: str, options: Json | None = None, **how: Any) -> Exchange:
        """Type a slash command and wait for the answer; ``how`` as ``FakePeople.type`` has it."""
        return await self.people.type(name, options, **how)

    # ------------------------------------------------------------ REST

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        is_open = "/interactions/" in request.path or "/webhooks/" in request.path
        if request.path == "/gw":
            return await handler(request)  # type: ignore[no-any-return]
        if self.is_down:
            return reply({"message": "unavailable"}, 503)
        if not is_open and request.headers.get("Authorization") != f"Bot {world.TOKEN}":
            return reply({"message": "401: Unauthorized", "code": 0}, 401)
        return await handler(request)  # type: ignore[no-any-return]

    async def _me(self, request: web.Request) -> web.Response:
        self.logins += 1
        return reply(world.user(BOT_ID) | {"verified": True, "mfa_enabled": False})

    async def _application(self, request: web.Request) -> web.Response:
        return reply(
            {
                "id": str(BOT_ID),
                "name": "briefing",
                "description": "",
                "icon": None,
                "bot_public": True,
                "bot_require_code_grant": False,
                "owner": world.user(1),
                "verify_key": "",
                "flags": 0,
            }
        )

    async def _sync(self, request: web.Request) -> web.Response:
        self.syncs += 1
        self.commands = [
            {
                "id": str(1000 + number),
                "application_id": str(BOT_ID),
                "version": "1",
                "default_member_permissions": None,
                **command,
            }
            for number, command in enumerate(await request.json())
        ]
        return reply(self.commands)

    async def _channel(self, request: web.Request) -> web.Response:
        found = self.channels.get(int(request.match_info["channel"]))
        return reply(found) if found else fail(404, 10003)

    async def _guild(self, request: web.Request) -> web.Response:
        if request.match_info["guild"] != str(world.GUILD_ID):
            return fail(404, 10004)
        return reply(world.guild(self.bot_permissions, []))

    async def _member(self, request: web.Request) -> web.Response:
        return reply(world.member(int(request.match_info["user"])))

    async def _history(self, request: web.Request) -> web.Response:
        if not self.bot_permissions & world.VIEW_CHANNEL:
            return fail(403, 50001)
        if not self.bot_permissions & world.READ_MESSAGE_HISTORY:
            return reply([])
        after = int(request.query.get("after", 0))
        newer = sorted((m for m in self.messages if int(m["id"]) > after), key=_id)
        return reply(newer[: int(request.query["limit"])][::-1])

    async def _send(self, request: web.Request) -> web.Response:
        body = await read_body(request)
        self.sends.append(body)
        fault = self.faults.popleft() if self.faults else None
        if fault is None:
            return self._post(int(request.match_info["channel"]), body)
        if fault.is_stored:
            self._post(int(request.match_info["channel"]), body)
        return await suffer(request, fault)

    def _post(self, channel_id: int, body: Json) -> web.Response:
        problem = world.refused(body)
        if problem:
            return fail(400, 50035)
        if channel_id not in self.channels:
            return fail(404, 10003)
        if not self.bot_permissions & world.SEND_MESSAGES:
            return fail(403, 50013)
        if body.get("files") and not self.bot_permissions & world.ATTACH_FILES:
            return fail(403, 50013)
        answered = body.get("message_reference")
        if answered and not self.bot_permissions & world.READ_MESSAGE_HISTORY:
            return fail(403, 50013)
        nonce = str(body.get("nonce") or "")
        if body.get("enforce_nonce") and (known := self._by_nonce.get((channel_id, nonce))):
            return reply(known) if known in self.messages else fail(404, 10008)
        stored = world.message(channel_id, BOT_ID, body)
        if answered:
            stored["message_reference"] = {**answered, "message_id": str(answered["message_id"])}
        self.messages.append(stored)
        self._by_nonce[channel_id, nonce] = stored
        return reply(stored)


def _id(message: Json) -> int:
    return int(message["id"])
