"""The servers of the fake Discord: channels, roles, rights; the bot is added and removed."""

from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web
from fakes import discord_world as world
from fakes.discord_gateway import FakeGateway
from fakes.discord_world import BOT_ID, CHANNEL_ID, GUILD_ID, Json, fail, reply


@dataclass
class FakeGuild:
    """One server; ``permissions`` are those of everyone in it."""

    id: int
    name: str = "A desk"
    permissions: int = world.ENOUGH
    roles: list[Json] = field(default_factory=list)
    bot_roles: list[int] = field(default_factory=list)
    locale: str = "en-US"
    system_channel_id: int | None = None
    updates_channel_id: int | None = None
    is_away: bool = False

    def add_role(self, name: str, permissions: int = 0, *, is_bots: bool = False) -> int:
        """A new role, perhaps the bot's own; returns its id."""
        role = _role(world.snowflake(), name, permissions)
        self.roles.append(role)
        if is_bots:
            self.bot_roles.append(int(role["id"]))
        return int(role["id"])


class Server(Protocol):
    """What servers need of the Discord they are in."""

    gateway: FakeGateway
    channels: dict[int, Json]


class FakeGuilds:
    """Keeps the servers that the bot is in; what changes here is told at the gateway."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.home = FakeGuild(GUILD_ID)
        self.here = {GUILD_ID: self.home}

    def routes(self) -> list[web.RouteDef]:
        path = "/api/v10/guilds/{guild}"
        return [
            web.get("/api/v10/channels/{channel}", self._channel),
            web.get("/api/v10/users/@me/guilds", self._list),
            web.get(path, self._guild),
            web.get(f"{path}/channels", self._channels),
            web.get(f"{path}/roles", self._roles),
            web.get(f"{path}/members/{{user}}", self._member),
        ]

    # ------------------------------------------------------------ for tests

    async def join(self, guild_id: int, *channels: Json, **changes: object) -> FakeGuild:
        """Somebody adds the bot to a server, or back to one; with channels of its own."""
        guild = self.here[guild_id] = FakeGuild(guild_id, **changes)  # type: ignore[arg-type]
        for channel in channels:
            self._server.channels[int(channel["id"])] = channel
        # A server that was not there before says nothing of being unavailable.
        told = {key: value for key, value in self.payload(guild).items() if key != "unavailable"}
        await self._tell("GUILD_CREATE", told)
        return guild

    async def rejoin(self, guild: FakeGuild) -> None:
        """Add the bot back to a server that removed it, as it stands."""
        self.here[guild.id] = guild
        told = {key: value for key, value in self.payload(guild).items() if key != "unavailable"}
        await self._tell("GUILD_CREATE", told)

    async def remove(self, guild_id: int) -> FakeGuild:
        """The server removes the bot."""
        guild = self.here.pop(guild_id)
        await self._tell("GUILD_DELETE", {"id": str(guild_id)})
        return guild

    async def black_out(self, guild_id: int) -> None:
        """The server can't be reached for a while: the bot is in it still."""
        self.here[guild_id].is_away = True
        await self._tell("GUILD_DELETE", {"id": str(guild_id), "unavailable": True})

    async def end_black_out(self, guild_id: int) -> None:
        """The server is there again."""
        self.here[guild_id].is_away = False
        await self._tell("GUILD_CREATE", self.payload(self.here[guild_id]))

    async def add_channel(self, channel: Json) -> Json:
        """Make a channel while the bot is there."""
        self._server.channels[int(channel["id"])] = channel
        await self._tell("CHANNEL_CREATE", channel)
        return channel

    async def delete_channel(self, channel_id: int = CHANNEL_ID) -> None:
        """Delete a channel; what is in it goes with it."""
        await self._tell("CHANNEL_DELETE", self._server.channels.pop(channel_id))

    async def forbid(self, permissions: int, channel_id: int = CHANNEL_ID) -> None:
        """Take these rights from everybody in one channel."""
        channel = self._server.channels[channel_id]
        channel["permission_overwrites"] = [
            {"id": channel["guild_id"], "type": 0, "allow": "0", "deny": str(permissions)}
        ]
        await self._tell("CHANNEL_UPDATE", channel)

    def permissions_in(self, channel_id: int, roles: tuple[int, ...] | None = None) -> int:
        """What the bot may do in a channel, or whoever has these roles."""
        channel = self._server.channels[channel_id]
        guild = self.here.get(int(channel["guild_id"]))
        if guild is None:
            return 0
        if channel["type"] in world.THREADS:
            channel = self._server.channels.get(int(channel["parent_id"]), channel)
        mine = set(map(str, guild.bot_roles if roles is None else roles))
        granted = guild.permissions
        for role in guild.roles:
            granted |= int(role["permissions"]) if role["id"] in mine else 0
        if granted & world.ADMINISTRATOR:
            return (1 << 53) - 1
        for each in channel["permission_overwrites"]:
            if each["id"] in {str(guild.id), *mine, str(BOT_ID)}:
                granted = granted & ~int(each["deny"]) | int(each["allow"])
        return granted

    def payload(self, guild: FakeGuild) -> Json:
        """The server as the gateway tells it."""
        channels = [
            each for each in self._server.channels.values() if each["guild_id"] == str(guild.id)
        ]
        everyone = _role(guild.id, "@everyone", guild.permissions, position=0)
        return {
            "id": str(guild.id),
            "name": guild.name,
            "owner_id": "1",
            "roles": [everyone, *guild.roles],
            "channels": [each for each in channels if each["type"] not in world.THREADS],
            "threads": [each for each in channels if _is_live_thread(each)],
            "members": [world.member(BOT_ID, roles=guild.bot_roles)],
            "member_count": 2,
            "emojis": [],
            "stickers": [],
            "features": ["COMMUNITY"] if guild.updates_channel_id else [],
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "premium_tier": 0,
            "nsfw_level": 0,
            "mfa_level": 0,
            "preferred_locale": guild.locale,
            "large": False,
            "unavailable": False,
            "system_channel_flags": 0,
            "system_channel_id": _text(guild.system_channel_id),
            "public_updates_channel_id": _text(guild.updates_channel_id),
        }

    async def _tell(self, event: str, data: Json) -> None:
        if self._server.gateway.has_session:
            await self._server.gateway.dispatch(event, data)

    # ------------------------------------------------------------ REST

    async def _channel(self, request: web.Request) -> web.Response:
        found = self._server.channels.get(int(request.match_info["channel"]))
        if found is None:
            return fail(404, 10003)
        return reply(found) if int(found["guild_id"]) in self.here else fail(403, 50001)

    async def _list(self, request: web.Request) -> web.Response:
        after = int(request.query.get("after", 0))
        told = [self.payload(each) for each in self.here.values() if each.id > after]
        return reply([{**each, "owner": False, "permissions": "0"} for each in told])

    def _find(self, request: web.Request) -> Json | None:
        guild = self.here.get(int(request.match_info["guild"]))
        return self.payload(guild) if guild else None

    async def _guild(self, request: web.Request) -> web.Response:
        found = self._find(request)
        return reply({**found, "channels": [], "threads": []}) if found else fail(404, 10004)

    async def _channels(self, request: web.Request) -> web.Response:
        found = self._find(request)
        return reply(found["channels"]) if found else fail(404, 10004)

    async def _roles(self, request: web.Request) -> web.Response:
        found = self._find(request)
        return reply(found["roles"]) if found else fail(404, 10004)

    async def _member(self, request: web.Request) -> web.Response:
        guild, user = self.here.get(int(request.match_info["guild"])), request.match_info["user"]
        if guild is None:
            return fail(404, 10004)
        roles = guild.bot_roles if user == str(BOT_ID) else ()
        return reply(world.member(int(user), roles=roles))


def _role(role_id: int, name: str, permissions: int, *, position: int = 1) -> Json:
    return {
        "id": str(role_id),
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": position,
        "permissions": str(permissions),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def _is_live_thread(channel: Json) -> bool:
    return channel["type"] in world.THREADS and not channel["thread_metadata"]["archived"]


def _text(number: int | None) -> str | None:
    return str(number) if number else None
