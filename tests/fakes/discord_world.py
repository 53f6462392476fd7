"""What the fake Discord knows: ids, payloads as Discord sends them, its limits and faults."""

import asyncio
import itertools
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

TOKEN = "fake-token"
BOT_ID = 9001
GUILD_ID = 7001
CHANNEL_ID = 8001
MEMBER_ID = 6001

VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
ADMINISTRATOR = 1 << 3
MANAGE_GUILD = 1 << 5
MENTION_EVERYONE = 1 << 17
MANAGE_THREADS = 1 << 34
CREATE_THREADS = 1 << 35
SEND_IN_THREADS = 1 << 38
CREATE_EVENTS = 1 << 44
ENOUGH = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | READ_MESSAGE_HISTORY | SEND_IN_THREADS

EPHEMERAL = 1 << 6
GUILDS = 1 << 0

TEXT, ANNOUNCEMENT, THREAD, FORUM = 0, 5, 11, 15
THREADS = (10, THREAD, 12)
_EPOCH_MS = 1_420_070_400_000
_counter = itertools.count(1)

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What happens to the next message sent: no status is a connection reset."""

    status: int | None = None
    code: int = 0
    is_stored: bool = False
    has_via: bool = True
    seconds: float = 0.0
    retry_after: float = 0.05


def snowflake(at: datetime | None = None) -> int:
    """An id that carries its moment, as Discord's do."""
    moment = (at or datetime.now(UTC)).timestamp() * 1000
    return (int(moment - _EPOCH_MS) << 22) + next(_counter)


def user(user_id: int) -> Json:
    return {
        "id": str(user_id),
        "username": f"user{user_id}",
        "discriminator": "0",
        "global_name": None,
        "avatar": None,
        "bot": user_id == BOT_ID,
    }


def member(user_id: int, permissions: int = 0, roles: Iterable[int] = ()) -> Json:
    return {
        "user": user(user_id),
        "roles": [str(each) for each in roles],
        "joined_at": "2024-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": str(permissions),
    }


def channel(
    channel_id: int,
    kind: int = TEXT,
    parent_id: int | None = None,
    *,
    guild_id: int = GUILD_ID,
    **changes: object,
) -> Json:
    return {
        "id": str(channel_id),
        "type": kind,
        "guild_id": str(guild_id),
        "name": f"channel{channel_id}",
        "position": 0,
        "permission_overwrites": [],
        "parent_id": str(parent_id) if parent_id else None,
        "nsfw": False,
        "topic": None,
        "owner_id": str(BOT_ID),
        "message_count": 0,
        "member_count": 1,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 60,
            "archive_timestamp": "2024-01-01T00:00:00+00:00",
            "locked": False,
        },
        **changes,
    }


def message(channel_id: int, author_id: int, body: Json, at: datetime | None = None) -> Json:
    return {
        "id": str(snowflake(at)),
        "channel_id": str(channel_id),
        "author": user(author_id),
        "content": body.get("content") or "",
        "embeds": [{"type": "rich", **embed} for embed in body.get("embeds") or []],
        "flags": body.get("flags", 0),
        "timestamp": (at or datetime.now(UTC)).isoformat(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [
            {
                "id": str(snowflake()),
                "filename": file["filename"],
                "description": file["description"],
                "size": len(file["content"]),
                "url": f"https://cdn.test/{file['filename']}",
                "proxy_url": f"https://cdn.test/{file['filename']}",
            }
            for file in body.get("files") or []
        ],
        "components": body.get("components") or [],
        "pinned": False,
        "type": 0,
    }


def change_message(message: Json, new: Json, body: Json) -> None:
    """Change a message in its place; its files stay unless ``body`` says which."""
    message |= {key: new[key] for key in ("content", "embeds", "components")}
    if "attachments" in body:
        ids = {str(each.get("id")) for each in body["attachments"]}
        kept = [each for each in message["attachments"] if each["id"] in ids]
        message["attachments"] = [*kept, *new["attachments"]]
    message["edited_timestamp"] = new["timestamp"]


def reply(data: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """JSON without a charset in its type: the client reads any other as text."""
    body = json.dumps(data).encode()
    return web.Response(body=body, status=status, content_type="application/json", headers=headers)


def fail(status: int, code: int) -> web.Response:
    return reply({"message": "refused", "code": code}, status)


async def until(is_true: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait until something has happened."""
    async with asyncio.timeout(seconds):
        while not is_true():
            await asyncio.sleep(0.005)
