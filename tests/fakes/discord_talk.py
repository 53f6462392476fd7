"""What people of the fake Discord say in channels, and what of it the bot is told, and of typing.

As at Discord, the bot is sent a message only if it asked for messages, and reads the words of
those alone that mention it.
"""

from typing import Protocol

from aiohttp import web
from fakes import discord_world as world
from fakes.discord_gateway import FakeGateway
from fakes.discord_world import BOT_ID, CHANNEL_ID, GUILD_ID, Json, fail, reply

GUILD_MESSAGES = 1 << 9
_DEFAULT, _REPLY = 0, 19


class Server(Protocol):
    """What talk needs of the server it is on."""

    gateway: FakeGateway
    messages: list[Json]
    bot_permissions: int


class FakeTalk:
    """Says things as people; ``typing`` holds the channels in which the bot was seen typing."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.typing: list[int] = []
        self.is_typing_broken = False
        self.looked_up: list[str] = []

    def routes(self) -> list[web.RouteDef]:
        path = "/api/v10/channels/{channel}"
        return [
            web.post(f"{path}/typing", self._type),
            web.get(f"{path}/messages/{{message}}", self._find),
        ]

    async def say(
        self,
        words: str,
        *,
        reply_to: Json | None = None,
        has_ping: bool = True,
        is_resolved: bool = True,
        channel_id: int = CHANNEL_ID,
        **changes: object,
    ) -> Json:
        """Say something, perhaps in reply; ``has_ping`` is the switch of a reply.

        ``is_resolved`` False leaves out the message that is replied to, as Discord may.
        """
        said = world.message(channel_id, world.MEMBER_ID, {"content": words})
        said |= {"guild_id": str(GUILD_ID), "member": world.member(world.MEMBER_ID)}
        is_ping = f"<@{BOT_ID}>" in words
        if reply_to is not None:
            said |= {"type": _REPLY, "message_reference": _refer(reply_to)}
            is_ping = is_ping or (has_ping and reply_to["author"]["id"] == str(BOT_ID))
            if is_resolved:
                said["referenced_message"] = reply_to
        if is_ping:
            said["mentions"] = [world.user(BOT_ID)]
        said |= changes
        self._server.messages.append(said)
        await self._tell(said if said["mentions"] else {**said, "content": ""})
        return said

    async def _tell(self, said: Json) -> None:
        identity = self._server.gateway.identifies[-1]
        if identity["intents"] & GUILD_MESSAGES:
            await self._server.gateway.dispatch("MESSAGE_CREATE", said)

    async def say_again(self, said: Json) -> None:
        """Send the bot the same message once more, as a resumed connection may."""
        await self._tell(said)

    def answers_to(self, said: Json) -> list[Json]:
        """What the bot replied to a message."""
        return [
            each
            for each in self._server.messages
            if each["author"]["id"] == str(BOT_ID)
            and each.get("message_reference", {}).get("message_id") == said["id"]
        ]

    # ------------------------------------------------------------ REST

    async def _type(self, request: web.Request) -> web.Response:
        if self.is_typing_broken:
            return fail(403, 50013)
        self.typing.append(int(request.match_info["channel"]))
        return web.Response(status=204)

    async def _find(self, request: web.Request) -> web.Response:
        wanted = request.match_info["message"]
        self.looked_up.append(wanted)
        if not self._server.bot_permissions & world.READ_MESSAGE_HISTORY:
            return fail(403, 50001)
        found = next((each for each in self._server.messages if each["id"] == wanted), None)
        return reply(found) if found else fail(404, 10008)


def _refer(message: Json) -> Json:
    return {
        "message_id": message["id"],
        "channel_id": message["channel_id"],
        "guild_id": str(GUILD_ID),
    }
