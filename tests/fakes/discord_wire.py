"""What goes over the fake Discord's wire: bodies with files in them, and answers gone wrong."""

import asyncio
import json
import socket as sockets
import struct

from aiohttp import web
from fakes.discord_world import Fault, Json, fail, reply


async def read_body(request: web.Request) -> Json:
    """The JSON of a request; files that came with it stand under ``files``, with their bytes."""
    if not request.content_type.startswith("multipart/"):
        body: Json = await request.json()
        return body
    parts = {part.name: await part.read() async for part in await request.multipart()}  # type: ignore[union-attr]
    body = json.loads(parts.pop("payload_json"))
    # A forum's post has its first message inside it.
    holder = body.get("message", body)
    holder["files"] = [
        {
            "filename": told["filename"],
            "description": told.get("description"),
            "content": bytes(parts.pop(f"files[{told['id']}]")),
        }
        for told in holder.get("attachments", [])
        if f"files[{told['id']}]" in parts
    ]
    assert not parts, "files that the payload does not name"
    return body


async def suffer(request: web.Request, fault: Fault) -> web.Response:
    """What the client gets to see of a fault."""
    await asyncio.sleep(fault.seconds)
    if fault.status is None:
        return _reset(request)
    if fault.status == 429:
        headers = {"Via": "1.1 google"} if fault.has_via else {}
        body = {"message": "slow", "retry_after": fault.retry_after, "global": True}
        return reply(body, 429, headers)
    return fail(fault.status, fault.code)


def _reset(request: web.Request) -> web.Response:
    assert request.transport is not None
    raw = request.transport.get_extra_info("socket")
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()
    return web.Response()
