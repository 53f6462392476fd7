"""A model server on loopback that speaks Responses and Chat Completions as the real ones do."""

import asyncio
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Self

from aiohttp import web


class Fault(Enum):
    """What can be wrong with an answer of status 200; RAW sends the text as the HTTP body."""

    HANG = auto()
    DRIP = auto()
    CUT = auto()
    FILTER = auto()
    REFUSE = auto()
    FAIL = auto()
    NO_CHOICES = auto()
    NO_CONTENT = auto()
    UNFINISHED = auto()
    NO_USAGE = auto()
    HTML = auto()
    RAW = auto()


@dataclass(frozen=True)
class Act:
    """One answer: its text, and what is wrong with it; or an HTTP error with its code."""

    content: str = ""
    fault: Fault | None = None
    status: int = 200
    code: str = ""
    message: str = "refused"


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]
    raw: bytes

    @property
    def messages(self) -> list[dict[str, str]]:
        return self.body["messages"] if "messages" in self.body else self.body["input"]

    @property
    def schema(self) -> dict[str, Any] | None:
        if "messages" in self.body:
            return self.body.get("response_format", {}).get("json_schema")
        return self.body.get("text", {}).get("format")


class FakeModel:
    """``async with FakeModel(reply) as model``: ``reply`` turns each request into an answer.

    It refuses what the API refuses: a schema that is not strict. It turns down the settings of
    ``refuses`` in the words of the real servers; with ``schema`` among them no schema is wanted.
    """

    def __init__(
        self, reply: Callable[[Asked], str | Act], *, refuses: Collection[str] = ()
    ) -> None:
        self.requests: list[Asked] = []
        self._reply = reply
        self._refuses = refuses
        self._closing = asyncio.Event()
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._handle)
        app.router.add_post("/v1/responses", self._handle)
        app.router.add_get("/v1/models/{name:.+}", self._tell_model)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        self.base_url = ""

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        asked = Asked(
            request.path, dict(request.headers), await request.json(), await request.read()
        )
        self.requests.append(asked)
        act = self._reply(asked)
        act = Act(act) if isinstance(act, str) else act
        if act.status != 200:
            return _error(
                act.status, act.code, f"{request.headers.get('Authorization')} {act.message}"
            )
        if problem := self._find_problem(asked):
            return _error(400, "invalid_request_error", problem)
        if act.fault is Fault.HANG:
            await self._closing.wait()
        if act.fault is Fault.DRIP:
            return await self._drip(request)
        if act.fault is Fault.HTML:
            return web.Response(text="<html><h1>It works!</h1></html>", content_type="text/html")
        if act.fault is Fault.RAW:
            return web.Response(body=act.content.encode(), content_type="application/json")
        is_chat = request.path.endswith("completions")
        return web.json_response(_completion(act) if is_chat else _response(act))

    async def _tell_model(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        act = self._reply(Asked(request.path, dict(request.headers), {}, b""))
        act = Act() if isinstance(act, str) else act
        if act.status != 200:
            return _error(act.status, act.code, act.message)
        if act.fault is Fault.HANG:
            await self._closing.wait()
        if act.fault is Fault.HTML:
            return web.Response(text="<html><h1>It works!</h1></html>", content_type="text/html")
        owner = {"object": "model", "created": 1738000000, "owned_by": "fake"}
        return web.json_response({"id": name, **owner})

    async def _drip(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        while not self._closing.is_set():
            await response.write(b" ")
            await asyncio.sleep(0.02)
        return response

    def _find_problem(self, asked: Asked) -> str:
        for setting in self._refuses:
            if setting in asked.body:
                return f"Unsupported parameter: '{setting}' is not supported with this model."
        if asked.schema is None:
            return "" if "schema" in self._refuses else "the schema is missing"
        if "schema" in self._refuses:
            return "extra fields not permitted"
        name = asked.schema.get("name", "")
        if asked.schema.get("strict") is not True or not re.fullmatch(r"[\w-]{1,64}", name):
            return "the schema has no strict: true, or no name"
        return next(find_schema_problems(asked.schema["schema"]), "")


def find_schema_problems(schema: object) -> Iterator[str]:
    """What strict mode refuses: open objects, optional keys, defaults."""
    if isinstance(schema, list):
        for part in schema:
            yield from find_schema_problems(part)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "object":
        if schema.get("additionalProperties") is not False:
            yield "additionalProperties must be false"
        if set(schema.get("required", ())) != set(schema.get("properties", {})):
            yield "all keys must be required"
    if "default" in schema:
        yield "default is not allowed"
    for part in schema.values():
        yield from find_schema_problems(part)


_WITHOUT_CHOICES = (Fault.NO_CHOICES, Fault.FAIL, Fault.UNFINISHED)


def _completion(act: Act) -> dict[str, Any]:
    reasons = {Fault.CUT: "length", Fault.FILTER: "content_filter"}
    message = {"role": "assistant", "content": act.content, "refusal": None}
    if act.fault is Fault.REFUSE:
        message = {"role": "assistant", "content": None, "refusal": act.content}
    if act.fault is Fault.NO_CONTENT:
        message = {"role": "assistant", "content": None}
    choice = {
        "index": 0,
        "message": message,
        "finish_reason": reasons.get(act.fault, "stop"),
        "logprobs": None,
    }
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1738000000,
        "model": "fake",
        "choices": [] if act.fault in _WITHOUT_CHOICES else [choice],
        **({} if act.fault is Fault.NO_USAGE else {"usage": usage}),
    }


def _response(act: Act) -> dict[str, Any]:
    reasons = {Fault.CUT: "max_output_tokens", Fault.FILTER: "content_filter"}
    part = {"type": "output_text", "text": act.content, "annotations": []}
    if act.fault is Fault.REFUSE:
        part = {"type": "refusal", "refusal": act.content}
    output = {
        "type": "message",
        "id": "msg_1",
        "role": "assistant",
        "status": "completed",
        "content": [part],
    }
    reason = reasons.get(act.fault)
    statuses = {Fault.FAIL: "failed", Fault.UNFINISHED: "in_progress"}
    status = statuses.get(act.fault, "incomplete" if reason else "completed")
    usage = {"input_tokens": 100, "output_tokens": 20, "total_tokens": 120}
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": 1738000000,
        "model": "fake",
        "status": status,
        "incomplete_details": {"reason": reason} if reason else None,
        "output": [] if act.fault in (*_WITHOUT_CHOICES, Fault.NO_CONTENT) else [output],
        **({} if act.fault is Fault.NO_USAGE else {"usage": usage}),
    }


def _error(status: int, code: str, message: str) -> web.Response:
    body = {"error": {"message": message, "type": code, "param": None, "code": code}}
    return web.json_response(body, status=status)
