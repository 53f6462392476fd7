"""What the bot answers to interactions at the fake Discord: taken, refused, or hit by a fault."""

from collections.abc import Callable

from aiohttp import web
from fakes import discord_world as world
from fakes.discord_exchange import Exchange, Upload
from fakes.discord_rules import refused, refused_edit, refused_form
from fakes.discord_wire import read_body, suffer
from fakes.discord_world import BOT_ID, Json, change_message, fail, reply

MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, FORM = 4, 5, 6, 7, 8, 9
_ACKED, _UNKNOWN, _TOKEN_DEAD = 40060, 10062, 50027


class FakeAnswers:
    """Takes answers over REST for the exchanges that are open, and hands out their files."""

    def __init__(self) -> None:
        self.exchanges: dict[str, Exchange] = {}
        self.files: dict[str, Upload] = {}

    def routes(self) -> list[web.RouteDef]:
        webhook = "/api/v10/webhooks/{id}/{token}"
        return [
            web.post("/api/v10/interactions/{id}/{token}/callback", self._callback),
            web.get(f"{webhook}/messages/@original", self._look_up),
            web.patch(f"{webhook}/messages/@original", self._edit),
            web.delete(f"{webhook}/messages/@original", self._delete),
            web.post(webhook, self._follow_up),
            web.get("/cdn/{file}/{name}", self._download),
        ]

    def _exchange(self, request: web.Request) -> Exchange:
        return self.exchanges[request.match_info["token"]]

    async def _callback(self, request: web.Request) -> web.Response:
        exchange, body = self._exchange(request), await request.json()
        if exchange.is_expired:
            return _refuse(exchange, 404, _UNKNOWN)
        if exchange.is_acked:
            return _refuse(exchange, 400, _ACKED)
        if fault := exchange.next_fault():
            if fault.is_stored:
                self._take(exchange, body)
            return await suffer(request, fault)
        return self._take(exchange, body)

    def _take(self, exchange: Exchange, body: Json) -> web.Response:
        data = body.get("data") or {}
        kind = body["type"]
        if kind == FORM and refused_form(data):
            return _refuse(exchange, 400, 50035)
        if kind == CHOICES and len(data["choices"]) > 25:
            return _refuse(exchange, 400, 50035)
        exchange.is_acked = True
        exchange.original_flags = data.get("flags", 0)
        exchange.is_deferred = kind == DEFERRED
        if kind in (UPDATE, DEFERRED_UPDATE):
            # The answer is the message that was pressed; it changes where it stands.
            exchange.original = exchange.pressed
        if kind in (MESSAGE, UPDATE):
            answer = self._fill(exchange, data)
            if answer.status >= 400:
                return answer
        exchange.choices = data["choices"] if kind == CHOICES else None
        exchange.form = data if kind == FORM else None
        exchange.is_answered = exchange.is_answered or kind in (CHOICES, FORM)
        shown = exchange.original or {"id": "1"}
        summary = {"id": str(exchange.id), "type": 2, "response_message_id": shown["id"]}
        return reply({"interaction": summary, "resource": {"type": kind}})

    async def _answer(
        self, request: web.Request, act: Callable[[Exchange, Json], web.Response]
    ) -> web.Response:
        exchange, body = self._exchange(request), await read_body(request)
        if exchange.is_expired:
            return _refuse(exchange, 401, _TOKEN_DEAD)
        if fault := exchange.next_fault():
            if fault.is_stored:
                act(exchange, body)
            return await suffer(request, fault)
        return act(exchange, body)

    async def _look_up(self, request: web.Request) -> web.Response:
        shown = self._exchange(request).original
        return reply(shown) if shown else fail(404, 10008)

    async def _edit(self, request: web.Request) -> web.Response:
        return await self._answer(request, self._fill)

    async def _delete(self, request: web.Request) -> web.Response:
        exchange = self._exchange(request)
        if exchange.original is None and not exchange.is_deferred:
            return fail(404, 10008)
        exchange.original, exchange.is_deferred = None, False
        exchange.is_answered = True
        return web.Response(status=204)

    async def _follow_up(self, request: web.Request) -> web.Response:
        return await self._answer(request, self._add)

    def _add(self, exchange: Exchange, body: Json) -> web.Response:
        if exchange.is_deferred:
            return self._fill(exchange, body)
        return self._show(exchange, body, exchange.followups.append)

    def _fill(self, exchange: Exchange, body: Json) -> web.Response:
        if exchange.original is not None:
            if refused_edit(exchange.original, body):
                return _refuse(exchange, 400, 50035)
            new = world.message(exchange.channel_id, BOT_ID, {**exchange.original, **body})
            change_message(exchange.original, new, body)
            exchange.bodies.append(body)
            exchange.is_answered = True
            return reply(exchange.original)
        # What fills the answer that waits can't change any more who may see it.
        exchange.is_deferred = False
        body = {**body, "flags": exchange.original_flags}
        return self._show(exchange, body, lambda shown: setattr(exchange, "original", shown))

    def _show(
        self, exchange: Exchange, body: Json, place: Callable[[Json], object]
    ) -> web.Response:
        if refused(body):
            return _refuse(exchange, 400, 50035)
        shown = world.message(exchange.channel_id, BOT_ID, body)
        shown["interaction_metadata"] = _metadata(exchange)
        exchange.bodies.append(body)
        place(shown)
        exchange.is_answered = True
        return reply(shown)

    async def _download(self, request: web.Request) -> web.Response:
        found = self.files.get(request.match_info["file"])
        if found is None:
            return web.Response(status=404)
        return web.Response(body=found.content, content_type=found.content_type)


def _refuse(exchange: Exchange, status: int, code: int) -> web.Response:
    exchange.refusals += 1
    return fail(status, code)


def _metadata(exchange: Exchange) -> Json:
    return {
        "id": str(exchange.id),
        "type": 2,
        "user": world.user(exchange.user_id),
        "authorizing_integration_owners": {},
    }
