"""What the fake Discord knows: ids, payloads as Discord sends them, its limits and faults."""

import asyncio
import itertools
import json
from collections.abc import Callable
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
MANAGE_GUILD = 1 << 5
SEND_IN_THREADS = 1 << 38
CREATE_EVENTS = 1 << 44
ENOUGH = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | READ_MESSAGE_HISTORY | SEND_IN_THREADS

EPHEMERAL = 1 << 6
GUILDS = 1 << 0

_THREADS = (10, 11, 12)
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


def member(user_id: int, permissions: int = 0) -> Json:
    return {
        "user": user(user_id),
        "roles": [],
        "joined_at": "2024-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": str(permissions),
    }


def channel(channel_id: int, kind: int = 0, parent_id: int | None = None) -> Json:
    return {
        "id": str(channel_id),
        "type": kind,
        "guild_id": str(GUILD_ID),
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
    }


def guild(permissions: int, channels: list[Json]) -> Json:
    everyone = {
        "id": str(GUILD_ID),
        "name": "@everyone",
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "permissions": str(permissions),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    return {
        "id": str(GUILD_ID),
        "name": "A desk",
        "owner_id": "1",
        "roles": [everyone],
        "channels": [each for each in channels if each["type"] not in _THREADS],
        "threads": [each for each in channels if each["type"] in _THREADS],
        "members": [member(BOT_ID)],
        "member_count": 2,
        "emojis": [],
        "stickers": [],
        "features": [],
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "premium_tier": 0,
        "nsfw_level": 0,
        "mfa_level": 0,
        "preferred_locale": "en-US",
        "large": False,
        "unavailable": False,
        "system_channel_flags": 0,
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


def refused(body: Json) -> str | None:
    """Why Discord would answer 400 to this message, counted on its own terms."""
    if len(body.get("content") or "") > 2000:
        return "content"
    if len(str(body.get("nonce") or "")) > 25:
        return "nonce"
    embeds = body.get("embeds") or []
    if len(embeds) > 10 or not (embeds or body.get("content")):
        return "embeds"
    files = body.get("files") or []
    if sum(len(file["content"]) for file in files) > 10 * 1024**2 or len(files) > 10:
        return "files"
    if any(len(file["description"] or "") > 1024 for file in files):
        return "words of a file"
    names = [f"attachment://{file['filename']}" for file in files]
    return _refused_embeds(embeds, names) or _refused_components(body.get("components") or [])


def _refused_embeds(embeds: list[Json], names: list[str]) -> str | None:
    whole = 0
    for embed in embeds:
        url = embed.get("image", {}).get("url")
        if url and url not in names:
            return "image without a file"
        title, description = embed.get("title", "").strip(), embed.get("description", "").strip()
        footer = embed.get("footer", {}).get("text", "").strip()
        if len(title) > 256 or len(description) > 4096 or len(footer) > 2048:
            return "embed"
        if not title and not description:
            return "empty embed"
        whole += len(title) + len(description) + len(footer)
    return "embeds together" if whole > 6000 else None


def _refused_components(rows: list[Json]) -> str | None:
    buttons = [button for row in rows for button in row["components"]]
    ids = [button["custom_id"] for button in buttons]
    if len(rows) > 5 or any(not 1 <= len(row["components"]) <= 5 for row in rows):
        return "rows of buttons"
    if any(not 1 <= len(button["label"]) <= 80 for button in buttons):
        return "label"
    if any(not 1 <= len(each) <= 100 for each in ids) or len(set(ids)) < len(ids):
        return "custom id"
    return None


def refused_form(form: Json) -> str | None:
    """Why Discord would answer 400 to this form."""
    if not 1 <= len(form["title"]) <= 45 or not 1 <= len(form["custom_id"]) <= 100:
        return "form"
    labels = form["components"]
    if not 1 <= len(labels) <= 5 or any(not 1 <= len(each["label"]) <= 45 for each in labels):
        return "label"
    return None


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
