"""bytes ↔ payload: files travel with their message as JSON, so that a retry sends the same ones."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any, cast

from bot.channels.discord.inert import clip
from bot.channels.discord.limits import ALT, FILES_SIZE, Payload, measure
from bot.model import Picture

TIMELINE = "timeline.png"


def with_file(payload: Payload, name: str, content: bytes, alt: str = "") -> Payload:
    """Return the message with one more file; ``alt`` says what it shows, for who can't see it."""
    words = clip(alt, ALT)
    if measure(words) > ALT:  # letters that take two units each
        words = clip(alt, ALT // 2)
    file = {"name": name, "alt": words, "content": base64.b64encode(content).decode()}
    return {**payload, "files": [*_list_files(payload), file]}


def with_picture(
    payloads: Sequence[Payload], title: str, picture: Picture | None
) -> tuple[Payload, ...]:
    """Return the messages with the picture below the first embed that has that title.

    They stay as they are if there is no such embed or no picture, or one too large to send:
    the words of the message say the same.
    """
    if picture is None or len(picture.png) > FILES_SIZE:
        return tuple(payloads)
    for place, payload in enumerate(payloads):
        embeds = cast("Sequence[Mapping[str, Any]]", payload["embeds"])
        for number, embed in enumerate(embeds):
            if embed["title"] == title:
                shown = {**embed, "image": {"url": f"attachment://{TIMELINE}"}}
                changed = {**payload, "embeds": [*embeds[:number], shown, *embeds[number + 1 :]]}
                whole = with_file(changed, TIMELINE, picture.png, picture.alt)
                return (*payloads[:place], whole, *payloads[place + 1 :])
    return tuple(payloads)


def without_files(payload: Payload) -> Payload:
    """Return the message in words alone."""
    embeds = cast("Sequence[Mapping[str, Any]]", payload["embeds"])
    bare = [{name: part for name, part in each.items() if name != "image"} for each in embeds]
    rest = {name: part for name, part in payload.items() if name != "files"}
    return {**rest, "embeds": bare}


def read_files(payload: Payload) -> tuple[tuple[str, str, bytes], ...]:
    """Return the name, the words and the bytes of each file of a message."""
    return tuple(
        (file["name"], file["alt"], base64.b64decode(file["content"]))
        for file in _list_files(payload)
    )


def _list_files(payload: Payload) -> Sequence[Mapping[str, str]]:
    return cast("Sequence[Mapping[str, str]]", payload.get("files") or ())
