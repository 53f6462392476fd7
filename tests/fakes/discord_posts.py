"""What the bot posts in the fake Discord: messages, their nonces, edits, and the history."""

from collections import deque
from datetime import datetime
from typing import Protocol

from aiohttp import web
from fakes import discord_world as world
from fakes.discord_guilds import FakeGuilds
from fakes.discord_rules import refused, refused_edit
from fakes.discord_wire import read_body, suffer
from fakes.discord_world import BOT_ID, Fault, Json, change_message, fail, reply

ARCHIVED, MISSING, NO_ACCESS, NOT_TEXT = 50083, 50013, 50001, 50008


class Server(Protocol):
    """What messages need of the server they are on."""

    channels: dict[int, Json]
    guilds: FakeGuilds
    messages: list[Json]
    faults: deque[Fault]
    sends: list[Json]


class FakePosts:
    """Keeps the messages of all channels.

    ``edit_faults`` happen to the next edits, in turn; ``edits`` are their bodies.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self.edits: list[Json] = []
        self.edit_faults: deque[Fault] = deque()
        self._by_nonce: dict[tuple[int, str], Json] = {}

    def routes(self) -> list[web.RouteDef]:
        path = "/api/v10/channels/{channel}/messages"
        return [
            web.get(path, self._history),
            web.post(path, self._send),
            web.patch(f"{path}/{{message}}", self._edit),
        ]

    def put(self, channel_id: int, author_id: int, body: Json, at: datetime | None = None) -> Json:
        """Put a message into a channel's history, older or newer than now."""
        stored = world.message(channel_id, author_id, body, at)
        self._server.messages.append(stored)
        return stored

    def find(self, message_id: str) -> Json | None:
        """The message of that id that stands."""
        return next((each for each in self._server.messages if each["id"] == message_id), None)

    def list_in(self, channel_id: int) -> list[Json]:
        """The messages of one channel or thread, oldest first."""
        found = (each for each in self._server.messages if each["channel_id"] == str(channel_id))
        return sorted(found, key=_id)

    # ------------------------------------------------------------ REST

    async def _history(self, request: web.Request) -> web.Response:
        channel_id = int(request.match_info["channel"])
        if channel_id not in self._server.channels:
            return fail(404, 10003)
        permissions = self._server.guilds.permissions_in(channel_id)
        if not permissions & world.VIEW_CHANNEL:
            return fail(403, NO_ACCESS)
        if not permissions & world.READ_MESSAGE_HISTORY:
            return reply([])
        after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 50))
        before = int(request.query.get("before", 1 << 63))
        found = [each for each in self.list_in(channel_id) if after < _id(each) < before]
        return reply((found[:limit] if after else found[-limit:])[::-1])

    async def _send(self, request: web.Request) -> web.Response:
        body = await read_body(request)
        self._server.sends.append(body)
        faults = self._server.faults
        fault = faults.popleft() if faults else None
        if fault is None:
            return self._post(int(request.match_info["channel"]), body)
        if fault.is_stored:
            self._post(int(request.match_info["channel"]), body)
        return await suffer(request, fault)

    def _post(self, channel_id: int, body: Json) -> web.Response:
        if refused(body):
            return fail(400, 50035)
        channel = self._server.channels.get(channel_id)
        if channel is None:
            return fail(404, 10003)
        if channel["type"] == world.FORUM:
            return fail(400, NOT_TEXT)
        if problem := self.why_not(channel, body):
            return problem
        nonce = str(body.get("nonce") or "")
        if body.get("enforce_nonce") and (known := self._by_nonce.get((channel_id, nonce))):
            return reply(known) if known in self._server.messages else fail(404, 10008)
        stored = self.put(channel_id, BOT_ID, body)
        if answered := body.get("message_reference"):
            stored["message_reference"] = {**answered, "message_id": str(answered["message_id"])}
        self._by_nonce[channel_id, nonce] = stored
        return reply(stored)

    def why_not(self, channel: Json, body: Json) -> web.Response | None:
        """The answer if the bot may not post this there; an archived thread comes back."""
        permissions = self._server.guilds.permissions_in(int(channel["id"]))
        is_thread = channel["type"] in world.THREADS
        needed = world.SEND_IN_THREADS if is_thread else world.SEND_MESSAGES
        if body.get("files"):
            needed |= world.ATTACH_FILES
        if body.get("message_reference"):
            needed |= world.READ_MESSAGE_HISTORY
        if permissions & needed != needed:
            return fail(403, MISSING)
        may_unlock = permissions & world.MANAGE_THREADS
        if is_thread and channel["thread_metadata"]["locked"] and not may_unlock:
            return fail(403, ARCHIVED)
        if is_thread:
            channel["thread_metadata"]["archived"] = False
        return None

    async def _edit(self, request: web.Request) -> web.Response:
        body = await read_body(request)
        self.edits.append(body)
        fault = self.edit_faults.popleft() if self.edit_faults else None
        if fault is None:
            return self._change(request, body)
        if fault.is_stored:
            self._change(request, body)
        return await suffer(request, fault)

    def _change(self, request: web.Request, body: Json) -> web.Response:
        channel = self._server.channels.get(int(request.match_info["channel"]))
        if channel is None:
            return fail(404, 10003)
        message = self.find(request.match_info["message"])
        if message is None or message["channel_id"] != channel["id"]:
            return fail(404, 10008)
        if message["author"]["id"] != str(BOT_ID):
            return fail(403, 50005)
        if not self._server.guilds.permissions_in(int(channel["id"])) & world.VIEW_CHANNEL:
            return fail(403, NO_ACCESS)
        if channel["type"] in world.THREADS and channel["thread_metadata"]["archived"]:
            return fail(400, ARCHIVED)
        if refused_edit(message, body):
            return fail(400, 50035)
        new = world.message(int(channel["id"]), BOT_ID, {**message, **body})
        change_message(message, new, body)
        return reply(message)


def _id(message: Json) -> int:
    return int(message["id"])
