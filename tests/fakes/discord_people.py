"""People of the fake Discord: they type slash commands and see what is answered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web
from fakes import discord_world as world
from fakes.discord_gateway import FakeGateway
from fakes.discord_wire import read_body
from fakes.discord_world import BOT_ID, CHANNEL_ID, GUILD_ID, Json, fail, reply, until

DEFERRED, MESSAGE, CHOICES, FORM = 5, 4, 8, 9


@dataclass
class Exchange:
    """One interaction: what the person sees, and every body the bot sent."""

    id: int
    token: str
    channel_id: int = CHANNEL_ID
    is_deferred: bool = False
    original_flags: int = 0
    original: Json | None = None
    followups: list[Json] = field(default_factory=list)
    choices: list[Json] | None = None
    form: Json | None = None
    is_answered: bool = False
    bodies: list[Json] = field(default_factory=list)

    @property
    def shown(self) -> list[Json]:
        """The messages that stand now, in order."""
        return ([self.original] if self.original else []) + self.followups

    @property
    def is_private(self) -> bool:
        """Whether the one who asked is the only one to see any of it."""
        return all(each["flags"] & world.EPHEMERAL for each in self.shown)

    @property
    def text(self) -> str:
        """All words shown, one part a line."""
        parts = []
        for each in self.shown:
            parts.append(each["content"])
            for embed in each["embeds"]:
                parts += [embed.get("title", ""), embed.get("description", "")]
        return "\n".join(filter(None, parts))


class Server(Protocol):
    """What people need of the server they are on."""

    gateway: FakeGateway
    commands: list[Json]
    channels: dict[int, Json]
    bot_permissions: int


class FakePeople:
    """Sends interactions through the gateway and takes the bot's answers over REST."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._exchanges: dict[str, Exchange] = {}

    def routes(self) -> list[web.RouteDef]:
        webhook = "/api/v10/webhooks/{id}/{token}"
        return [
            web.post("/api/v10/interactions/{id}/{token}/callback", self._callback),
            web.patch(f"{webhook}/messages/@original", self._edit),
            web.delete(f"{webhook}/messages/@original", self._delete),
            web.post(webhook, self._follow_up),
        ]

    async def type(
        self,
        name: str,
        options: Json | None = None,
        *,
        focused: str = "",
        **how: int | None,
    ) -> Exchange:
        """Type a slash command, or only its option ``focused``, and wait for the answer."""
        given = [
            {"name": key, "value": value, "type": self._option_type(name, key)}
            | ({"focused": True} if key == focused else {})
            for key, value in (options or {}).items()
        ]
        return await self._begin(4 if focused else 2, self._command_data(name, given), **how)

    async def click(self, message: Json, custom_id: str, **how: int | None) -> Exchange:
        """Press a button under a message; the answer may be a form."""
        data = {"custom_id": custom_id, "component_type": 2}
        return await self._begin(3, data, message=message, **how)

    async def submit(
        self, shown: Exchange, message: Json, words: str, **how: int | None
    ) -> Exchange:
        """Send off the form that a press showed, with these words in its one field."""
        assert shown.form is not None, "no form was shown"
        (label,) = shown.form["components"]
        typed = {"type": 4, "custom_id": label["component"]["custom_id"], "value": words}
        data = {
            "custom_id": shown.form["custom_id"],
            "components": [{"type": 18, "component": typed}],
        }
        return await self._begin(5, data, message=message, **how)

    async def _begin(
        self,
        kind: int,
        data: Json,
        *,
        message: Json | None = None,
        permissions: int = 0,
        user_id: int = world.MEMBER_ID,
        guild_id: int | None = GUILD_ID,
        channel_id: int = CHANNEL_ID,
        is_waiting: bool = True,
    ) -> Exchange:
        exchange = Exchange(
            id=world.snowflake(), token=f"token{len(self._exchanges)}", channel_id=channel_id
        )
        self._exchanges[exchange.token] = exchange
        sent = {
            "id": str(exchange.id),
            "application_id": str(BOT_ID),
            "type": kind,
            "token": exchange.token,
            "version": 1,
            "channel_id": str(channel_id),
            "channel": self._server.channels[channel_id],
            "app_permissions": str(self._server.bot_permissions),
            "attachment_size_limit": 1,
            "entitlements": [],
            "authorizing_integration_owners": {},
            "context": 0,
            "locale": "en-US",
            "data": data,
        }
        if guild_id is None:
            sent["user"] = world.user(user_id)
        else:
            member = world.member(user_id, permissions)
            sent |= {"guild_id": str(guild_id), "member": member}
        if message is not None:
            sent["message"] = message
        await self._server.gateway.dispatch("INTERACTION_CREATE", sent)
        await until(lambda: exchange.is_answered or (exchange.is_deferred and not is_waiting))
        return exchange

    def _command_data(self, name: str, given: list[Json]) -> Json:
        root, *path = name.split()
        command = next(each for each in self._server.commands if each["name"] == root)
        options = [{"name": path[0], "type": 1, "options": given}] if path else given
        return {"id": command["id"], "name": root, "type": 1, "options": options}

    def _option_type(self, name: str, option: str) -> int:
        root, *path = name.split()
        node = next(each for each in self._server.commands if each["name"] == root)
        for step in (*path, option):
            node = next(each for each in node["options"] if each["name"] == step)
        kind: int = node["type"]
        return kind

    # ------------------------------------------------------------ interactions

    def _exchange(self, request: web.Request) -> Exchange:
        return self._exchanges[request.match_info["token"]]

    async def _callback(self, request: web.Request) -> web.Response:
        body = await request.json()
        exchange = self._exchange(request)
        data = body.get("data") or {}
        exchange.original_flags = data.get("flags", 0)
        exchange.is_deferred = body["type"] == DEFERRED
        if body["type"] == MESSAGE:
            self._fill(exchange, data)
        if body["type"] == CHOICES:
            exchange.choices = data["choices"]
            exchange.is_answered = True
        if body["type"] == FORM:
            if world.refused_form(data):
                return fail(400, 50035)
            exchange.form = data
            exchange.is_answered = True
        summary = {"id": str(exchange.id), "type": 2, "response_message_id": "1"}
        return reply({"interaction": summary, "resource": {"type": body["type"]}})

    async def _edit(self, request: web.Request) -> web.Response:
        return self._fill(self._exchange(request), await read_body(request))

    async def _delete(self, request: web.Request) -> web.Response:
        exchange = self._exchange(request)
        if exchange.original is None:
            return fail(404, 10008)
        exchange.original = None
        return web.Response(status=204)

    async def _follow_up(self, request: web.Request) -> web.Response:
        exchange = self._exchange(request)
        body = await read_body(request)
        if exchange.is_deferred:
            return self._fill(exchange, body)
        return self._show(exchange, body, exchange.followups.append)

    def _fill(self, exchange: Exchange, body: Json) -> web.Response:
        # What fills the answer that waits can't change any more who may see it.
        exchange.is_deferred = False
        body = {**body, "flags": exchange.original_flags}
        return self._show(exchange, body, lambda shown: setattr(exchange, "original", shown))

    def _show(
        self, exchange: Exchange, body: Json, place: Callable[[Json], object]
    ) -> web.Response:
        if world.refused(body):
            return fail(400, 50035)
        shown = world.message(exchange.channel_id, BOT_ID, body)
        exchange.bodies.append(body)
        place(shown)
        exchange.is_answered = True
        return reply(shown)
