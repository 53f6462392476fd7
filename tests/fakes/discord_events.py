"""The fake Discord's scheduled events, with its rules: no start in the past, 100 a server."""

from collections import deque
from datetime import UTC, datetime
from typing import Protocol

from aiohttp import web
from fakes import discord_world as world
from fakes.discord_wire import suffer
from fakes.discord_world import BOT_ID, GUILD_ID, Fault, Json, fail, reply

SCHEDULED, ACTIVE, COMPLETED = 1, 2, 3
_INVALID, _TOO_MANY, _UNKNOWN, _MISSING = 50035, 30038, 10070, 50013


class Server(Protocol):
    """What events need of the server they are on."""

    bot_permissions: int


class FakeEvents:
    """Keeps the events of the one server; ``now`` is its clock, the real one if not set.

    ``faults`` happen to the next creations, in turn; ``lag`` hides so many of the newest
    events from the lists, and ``is_cleared_when_listed`` takes all away after a list.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self.kept: dict[int, Json] = {}
        self.faults: deque[Fault] = deque()
        self.calls: list[str] = []
        self.bodies: list[Json] = []
        self.now: datetime | None = None
        self.lag = 0
        self.is_cleared_when_listed = False

    def routes(self) -> list[web.RouteDef]:
        path = "/api/v10/guilds/{guild}/scheduled-events"
        return [
            web.get(path, self._list),
            web.post(path, self._create),
            web.patch(f"{path}/{{event}}", self._edit),
            web.delete(f"{path}/{{event}}", self._delete),
        ]

    # ------------------------------------------------------------ for tests

    def add(self, *, creator_id: int = world.MEMBER_ID, **changes: object) -> Json:
        """An event that is there already, made by a person if nothing else is said."""
        event = {
            "id": str(world.snowflake()),
            "guild_id": str(GUILD_ID),
            "channel_id": None,
            "creator_id": str(creator_id),
            "name": "Team lunch",
            "description": "Bring cake.\nref 0a/1",
            "scheduled_start_time": "2030-01-01T12:00:00+00:00",
            "scheduled_end_time": "2030-01-01T13:00:00+00:00",
            "privacy_level": 2,
            "status": SCHEDULED,
            "entity_type": 3,
            "entity_id": None,
            "entity_metadata": {"location": "Canteen"},
            **changes,
        }
        self.kept[int(event["id"])] = event
        return event

    def pass_time(self, now: datetime) -> None:
        """Be it that moment: events begin and end by themselves."""
        self.now = now
        for event in self.kept.values():
            if event["status"] == SCHEDULED and _moment(event["scheduled_start_time"]) <= now:
                event["status"] = ACTIVE
            if event["status"] == ACTIVE and _moment(event["scheduled_end_time"]) <= now:
                event["status"] = COMPLETED

    @property
    def own(self) -> list[Json]:
        """The bot's events, by start."""
        own = (event for event in self.kept.values() if event["creator_id"] == str(BOT_ID))
        return sorted(own, key=lambda event: str(event["scheduled_start_time"]))

    # ------------------------------------------------------------ REST

    async def _list(self, request: web.Request) -> web.Response:
        self.calls.append("list")
        live = [event for event in self.kept.values() if event["status"] in (SCHEDULED, ACTIVE)]
        if self.is_cleared_when_listed:
            self.kept.clear()
        return reply(live[: len(live) - self.lag])

    async def _create(self, request: web.Request) -> web.Response:
        self.calls.append("create")
        body = await request.json()
        fault = self.faults.popleft() if self.faults else None
        if fault is None:
            return self._make(body)
        if fault.is_stored:
            self._make(body)
        return await suffer(request, fault)

    def _make(self, body: Json) -> web.Response:
        if not self._server.bot_permissions & world.CREATE_EVENTS:
            return fail(403, _MISSING)
        live = [event for event in self.kept.values() if event["status"] in (SCHEDULED, ACTIVE)]
        if len(live) >= 100:
            return fail(400, _TOO_MANY)
        if self._is_wrong(body) or _moment(body["scheduled_start_time"]) <= self._time():
            return fail(400, _INVALID)
        self.bodies.append(body)
        return reply(self.add(creator_id=BOT_ID, **body))

    async def _edit(self, request: web.Request) -> web.Response:
        self.calls.append("edit")
        event = self.kept.get(int(request.match_info["event"]))
        if event is None:
            return fail(404, _UNKNOWN)
        if not self._may_change(event):
            return fail(403, _MISSING)
        body = await request.json()
        start = body.get("scheduled_start_time")
        is_begun = event["status"] == ACTIVE or (start and _moment(start) <= self._time())
        if (start and is_begun) or self._is_wrong({**event, **body}):
            return fail(400, _INVALID)
        event.update(body)
        return reply(event)

    async def _delete(self, request: web.Request) -> web.Response:
        self.calls.append("delete")
        event = self.kept.get(int(request.match_info["event"]))
        if event is None:
            return fail(404, _UNKNOWN)
        if not self._may_change(event):
            return fail(403, _MISSING)
        del self.kept[int(event["id"])]
        return web.Response(status=204)

    def _may_change(self, event: Json) -> bool:
        is_own = event["creator_id"] == str(BOT_ID)
        return is_own and bool(self._server.bot_permissions & world.CREATE_EVENTS)

    def _is_wrong(self, event: Json) -> bool:
        """Whether Discord would answer 400, by the rules for external events."""
        location = (event.get("entity_metadata") or {}).get("location") or ""
        return not (
            1 <= len(event["name"].strip()) <= 100
            and 1 <= len(location.strip()) <= 100
            and len(event.get("description") or "") <= 1000
            and event["entity_type"] == 3
            and event.get("privacy_level") == 2
            and event.get("scheduled_end_time")
            and _moment(event["scheduled_start_time"]) < _moment(event["scheduled_end_time"])
        )

    def _time(self) -> datetime:
        return self.now or datetime.now(UTC)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
