"""The fake Discord's threads: posts of forums, threads under messages, archived and locked ones."""

from collections import deque
from datetime import UTC, datetime
from typing import Protocol

from aiohttp import web
from fakes import discord_world as world
from fakes.discord_gateway import FakeGateway
from fakes.discord_guilds import FakeGuilds
from fakes.discord_posts import MISSING, FakePosts
from fakes.discord_rules import refused, refused_tags
from fakes.discord_wire import read_body, suffer
from fakes.discord_world import BOT_ID, Fault, Json, fail, reply

_EXISTS, _TOO_MANY = 160004, 160006
_PAGE = 50


class Server(Protocol):
    """What threads need of the server they are on."""

    gateway: FakeGateway
    channels: dict[int, Json]
    guilds: FakeGuilds
    posts: FakePosts


def forum(channel_id: int, *tags: str, flags: int = 0, guild_id: int = world.GUILD_ID) -> Json:
    """A forum with tags of those names."""
    available = [
        {"id": str(world.snowflake()), "name": name, "moderated": False}
        | {"emoji_id": None, "emoji_name": None}
        for name in tags
    ]
    return world.channel(
        channel_id, world.FORUM, guild_id=guild_id, available_tags=available, flags=flags
    )


class FakeThreads:
    """Makes and archives threads.

    ``faults`` happen to the next makings, in turn; ``bodies`` are what was asked to be made;
    ``is_full`` is a server that has as many threads as it may.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self.faults: deque[Fault] = deque()
        self.bodies: list[Json] = []
        self.is_full = False

    def routes(self) -> list[web.RouteDef]:
        path = "/api/v10/channels/{channel}"
        return [
            web.post(f"{path}/threads", self._start),
            web.post(f"{path}/messages/{{message}}/threads", self._start),
            web.get(f"{path}/threads/archived/public", self._list_archived),
            web.get("/api/v10/guilds/{guild}/threads/active", self._list_active),
            web.patch(path, self._edit),
        ]

    # ------------------------------------------------------------ for tests

    def list_in(self, channel_id: int) -> list[Json]:
        """The threads of a channel, oldest first, archived or not."""
        found = (each for each in self._server.channels.values() if _parent(each) == channel_id)
        return sorted(found, key=lambda thread: int(thread["id"]))

    def archive(self, thread_id: int, *, is_locked: bool = False) -> None:
        """Archive a thread, as time does; ``is_locked`` as a moderator does."""
        metadata = self._server.channels[thread_id]["thread_metadata"]
        at = datetime.now(UTC).isoformat()
        metadata |= {"archived": True, "locked": is_locked, "archive_timestamp": at}

    # ------------------------------------------------------------ REST

    async def _start(self, request: web.Request) -> web.Response:
        body = await read_body(request)
        self.bodies.append(body)
        fault = self.faults.popleft() if self.faults else None
        if fault is None:
            return await self._make(request, body)
        if fault.is_stored:
            await self._make(request, body)
        return await suffer(request, fault)

    async def _make(self, request: web.Request, body: Json) -> web.Response:
        parent = self._server.channels.get(int(request.match_info["channel"]))
        if parent is None:
            return fail(404, 10003)
        if not 1 <= len(body["name"].strip()) <= 100:
            return fail(400, 50035)
        if self.is_full:
            return fail(400, _TOO_MANY)
        if "message" in request.match_info:
            return await self._make_under(parent, request.match_info["message"], body)
        if parent["type"] == world.FORUM:
            return await self._make_post(parent, body)
        return await self._make_free(parent, world.snowflake(), body)

    async def _make_under(self, parent: Json, message_id: str, body: Json) -> web.Response:
        message = self._server.posts.find(message_id)
        if message is None or message["channel_id"] != parent["id"]:
            return fail(404, 10008)
        if int(message_id) in self._server.channels:
            return fail(400, _EXISTS)
        return await self._make_free(parent, int(message_id), body)

    async def _make_free(self, parent: Json, thread_id: int, body: Json) -> web.Response:
        permissions = self._server.guilds.permissions_in(int(parent["id"]))
        if not permissions & world.CREATE_THREADS:
            return fail(403, MISSING)
        return reply(await self._keep(parent, thread_id, body), 201)

    async def _make_post(self, parent: Json, body: Json) -> web.Response:
        sent = body["message"]
        if refused(sent):
            return fail(400, 50035)
        if code := refused_tags(parent, list(map(str, body.get("applied_tags", [])))):
            return fail(400, code)
        if problem := self._server.posts.why_not(parent, sent):
            return problem
        thread_id = world.snowflake()
        thread = await self._keep(parent, thread_id, body)
        message = self._server.posts.put(thread_id, BOT_ID, sent)
        # The post and its first message have one id.
        message["id"] = str(thread_id)
        return reply({**thread, "message": message}, 201)

    async def _keep(self, parent: Json, thread_id: int, body: Json) -> Json:
        thread = world.channel(
            thread_id,
            world.THREAD,
            int(parent["id"]),
            guild_id=int(parent["guild_id"]),
            name=body["name"],
            applied_tags=list(map(str, body.get("applied_tags", []))),
        )
        self._server.channels[thread_id] = thread
        if self._server.gateway.has_session:
            await self._server.gateway.dispatch("THREAD_CREATE", {**thread, "newly_created": True})
        return thread

    async def _list_archived(self, request: web.Request) -> web.Response:
        channel_id = int(request.match_info["channel"])
        permissions = self._server.guilds.permissions_in(channel_id)
        if not permissions & world.READ_MESSAGE_HISTORY:
            return fail(403, MISSING)
        limit = int(request.query.get("limit", _PAGE))
        found = [each for each in self.list_in(channel_id) if _is_archived(each)][::-1]
        before = request.query.get("before")
        if before:
            # All here were archived at one moment: a second page has nothing more.
            found = []
        return reply({"threads": found[:limit], "members": [], "has_more": len(found) > limit})

    async def _list_active(self, request: web.Request) -> web.Response:
        found = [
            each
            for each in self._server.channels.values()
            if each["type"] in world.THREADS
            and each["guild_id"] == request.match_info["guild"]
            and not _is_archived(each)
        ]
        return reply({"threads": found, "members": []})

    async def _edit(self, request: web.Request) -> web.Response:
        thread = self._server.channels.get(int(request.match_info["channel"]))
        if thread is None:
            return fail(404, 10003)
        if thread["type"] not in world.THREADS:
            return fail(403, MISSING)
        body = await request.json()
        may_manage = self._server.guilds.permissions_in(int(thread["id"])) & world.MANAGE_THREADS
        if thread["thread_metadata"]["locked"] and not may_manage:
            return fail(403, MISSING)
        keys = thread["thread_metadata"].keys() & body.keys()
        thread["thread_metadata"] |= {key: body[key] for key in keys}
        thread |= {key: body[key] for key in {"name", "applied_tags"} & body.keys()}
        return reply(thread)


def _parent(channel: Json) -> int | None:
    is_thread = channel["type"] in world.THREADS and channel["parent_id"]
    return int(channel["parent_id"]) if is_thread else None


def _is_archived(thread: Json) -> bool:
    return bool(thread["thread_metadata"]["archived"])
