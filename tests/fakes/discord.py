"""A Discord on loopback that the real client logs in to: REST v10, gateway, faults by script."""

from collections import deque
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from fakes import discord_world as world
from fakes.discord_events import FakeEvents
from fakes.discord_gateway import FakeGateway
from fakes.discord_guilds import FakeGuilds
from fakes.discord_people import Exchange, FakePeople
from fakes.discord_posts import FakePosts
from fakes.discord_talk import FakeTalk
from fakes.discord_threads import FakeThreads
from fakes.discord_wire import suffer
from fakes.discord_world import BOT_ID, CHANNEL_ID, Fault, Json, reply


class FakeDiscord:
    """``async with FakeDiscord() as discord_server``; then point the client at its two URLs.

    ``faults`` happen to the next messages sent, in turn; ``channels`` are of all servers, with
    their threads; ``bot_permissions`` are everybody's in the first one.
    """

    def __init__(self) -> None:
        self.messages: list[Json] = []
        self.faults: deque[Fault] = deque()
        self.sync_faults: deque[Fault] = deque()
        self.sends: list[Json] = []
        self.commands: list[Json] = []
        self.syncs = 0
        self.logins = 0
        self.is_down = False
        self.channels = {CHANNEL_ID: world.channel(CHANNEL_ID)}
        self.gateway = FakeGateway(self._whole_guilds)
        self.guilds = FakeGuilds(self)
        self.posts = FakePosts(self)
        self.threads = FakeThreads(self)
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
                *self.guilds.routes(),
                *self.posts.routes(),
                *self.threads.routes(),
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
        self.url = f"http://127.0.0.1:{port}"
        self.api_url = f"{self.url}/api/v10"
        self.gateway_url = self.gateway.url = f"ws://127.0.0.1:{port}/gw"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        frames: TracebackType | None,
    ) -> None:
        await self.stop()

    def _whole_guilds(self) -> list[Json]:
        return [self.guilds.payload(each) for each in self.guilds.here.values()]

    # ------------------------------------------------------------ for tests

    @property
    def bot_permissions(self) -> int:
        return self.guilds.home.permissions

    @bot_permissions.setter
    def bot_permissions(self, permissions: int) -> None:
        self.guilds.home.permissions = permissions

    async def stop(self) -> None:
        """Be gone: nothing answers at the address any more."""
        await self.gateway.close()
        await self._runner.cleanup()

    def store(self, author_id: int, body: Json, at: datetime | None = None) -> Json:
        """Put a message into the channel's history, older or newer than now."""
        return self.posts.put(CHANNEL_ID, author_id, body, at)

    def delete(self, message_id: str) -> None:
        """Delete a message, as a moderator does; its nonce stays known."""
        self.messages = [each for each in self.messages if each["id"] != message_id]

    async def interaction(self, name: str, options: Json | None = None, **how: Any) -> Exchange:
        """Type a slash command and wait for the answer; ``how`` as ``FakePeople.type`` has it."""
        return await self.people.type(name, options, **how)

    # ------------------------------------------------------------ REST

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        is_open = any(f"/{each}/" in request.path for each in ("interactions", "webhooks", "cdn"))
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
        if self.sync_faults:
            return await suffer(request, self.sync_faults.popleft())
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
