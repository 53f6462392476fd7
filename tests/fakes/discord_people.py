"""People of the fake Discord: they type slash commands and see what is answered."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from aiohttp import web
from fakes import discord_world as world
from fakes.discord_answers import FakeAnswers
from fakes.discord_exchange import Exchange, Resolver
from fakes.discord_forms import fill_form
from fakes.discord_gateway import FakeGateway
from fakes.discord_guilds import FakeGuilds
from fakes.discord_world import BOT_ID, CHANNEL_ID, GUILD_ID, Fault, Json, until

STRING_SELECT = 3
_SELECTS = {5: 6, 6: 8, 8: 7}
_SUBCOMMAND, _GROUP = 1, 2


class Server(Protocol):
    """What people need of the server they are on."""

    url: str
    gateway: FakeGateway
    guilds: FakeGuilds
    commands: list[Json]
    channels: dict[int, Json]


class FakePeople:
    """Sends interactions through the gateway and takes the bot's answers over REST.

    Every way to begin one takes also: ``permissions`` and ``roles`` (ids) of the person,
    ``user_id``, ``guild_id`` (None is a private chat), ``channel_id``, ``locale``,
    ``is_waiting`` (False returns when the answer is announced), ``is_expired`` (no answer is
    taken any more) and ``faults`` of the answers,
    None for a good one.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._answers = FakeAnswers()

    def routes(self) -> list[web.RouteDef]:
        return self._answers.routes()

    async def type(
        self,
        name: str,
        options: Mapping[str, Any] | None = None,
        *,
        focused: str = "",
        **how: Any,
    ) -> Exchange:
        """Type a slash command, or only its option ``focused``, and wait for the answer.

        Channels, roles and people are given as ids, files as ``Upload``.
        """
        resolver, node = self._resolver(how), self._find_command(name)
        kinds = {each["name"]: each["type"] for each in node.get("options", [])}
        given = [
            {"name": key, "value": resolver.resolve(kinds[key], value), "type": kinds[key]}
            | ({"focused": True} if key == focused else {})
            for key, value in (options or {}).items()
        ]
        data = self._command_data(name, given) | _told(resolver)
        return await self._begin(4 if focused else 2, data, **how)

    async def click(self, message: Json, custom_id: str, **how: Any) -> Exchange:
        """Press a button under a message; the answer may be a form."""
        data = {"custom_id": custom_id, "component_type": 2}
        return await self._begin(3, data, message=message, **how)

    async def choose(
        self,
        message: Json,
        custom_id: str,
        values: Sequence[object],
        *,
        kind: int = STRING_SELECT,
        **how: Any,
    ) -> Exchange:
        """Choose in a select under a message; ``kind`` is the component's type."""
        resolver = self._resolver(how)
        chosen = [resolver.resolve(_SELECTS.get(kind, 0), each) for each in values]
        data = {"custom_id": custom_id, "component_type": kind, "values": chosen}
        return await self._begin(3, data | _told(resolver), message=message, **how)

    async def submit(
        self,
        shown: Exchange,
        message: Json | None,
        given: str | Mapping[str, object],
        **how: Any,
    ) -> Exchange:
        """Send off the form that was shown: words for its only field, or values by label or id.

        ``message`` is the one whose button showed the form, if one did.
        """
        assert shown.form is not None, "no form was shown"
        resolver = self._resolver(how)
        parts = fill_form(shown.form, given, resolver)
        data = {"custom_id": shown.form["custom_id"], "components": parts} | _told(resolver)
        return await self._begin(5, data, message=message, **how)

    async def _begin(
        self,
        kind: int,
        data: Json,
        *,
        message: Json | None = None,
        guild_id: int | None = GUILD_ID,
        channel_id: int = CHANNEL_ID,
        is_waiting: bool = True,
        is_expired: bool = False,
        faults: Iterable[Fault | None] = (),
        **who: Any,
    ) -> Exchange:
        exchange = Exchange(
            id=world.snowflake(),
            token=f"token{len(self._answers.exchanges)}",
            channel_id=channel_id,
            pressed=message,
            is_expired=is_expired,
        )
        exchange.faults.extend(faults)
        self._answers.exchanges[exchange.token] = exchange
        sent = self._envelope(exchange, guild_id, **who) | {"type": kind, "data": data}
        if message is not None:
            sent["message"] = message
        await self._server.gateway.dispatch("INTERACTION_CREATE", sent)
        await until(
            lambda: (
                exchange.is_answered
                or (exchange.is_expired and exchange.refusals > 0)
                or (exchange.is_deferred and not is_waiting)
            ),
            10.0,
        )
        return exchange

    def _envelope(
        self,
        exchange: Exchange,
        guild_id: int | None,
        *,
        permissions: int = 0,
        roles: Iterable[int] = (),
        user_id: int = world.MEMBER_ID,
        locale: str = "en-US",
    ) -> Json:
        sent: Json = {
            "id": str(exchange.id),
            "application_id": str(BOT_ID),
            "token": exchange.token,
            "version": 1,
            "channel_id": str(exchange.channel_id),
            "channel": self._server.channels[exchange.channel_id],
            "app_permissions": str(self._server.guilds.permissions_in(exchange.channel_id)),
            "attachment_size_limit": 10 * 1024**2,
            "entitlements": [],
            "authorizing_integration_owners": {},
            "context": 0,
            "locale": locale,
        }
        if guild_id is None:
            return sent | {"context": 1, "user": world.user(user_id)}
        known = self._server.guilds.here.get(guild_id, self._server.guilds.home)
        return sent | {
            "guild_id": str(guild_id),
            "guild": {"id": str(guild_id), "locale": known.locale, "features": []},
            "guild_locale": known.locale,
            "member": world.member(user_id, permissions, roles),
        }

    def _resolver(self, how: Mapping[str, Any]) -> Resolver:
        guild = self._server.guilds.here.get(how.get("guild_id", GUILD_ID))
        roles = self._server.guilds.payload(guild)["roles"] if guild else []
        resolver = Resolver(self._server.channels, roles, f"{self._server.url}/cdn")
        resolver.files = self._answers.files
        return resolver

    def _command_data(self, name: str, given: list[Json]) -> Json:
        root, *path = name.split()
        command = next(each for each in self._server.commands if each["name"] == root)
        kind = _SUBCOMMAND
        for step in reversed(path):
            given, kind = [{"name": step, "type": kind, "options": given}], _GROUP
        return {"id": command["id"], "name": root, "type": 1, "options": given}

    def _find_command(self, name: str) -> Json:
        found: Json = {"options": self._server.commands}
        for step in name.split():
            found = next(each for each in found["options"] if each["name"] == step)
        return found


def _told(resolver: Resolver) -> Json:
    return {"resolved": resolver.resolved} if resolver.resolved else {}
