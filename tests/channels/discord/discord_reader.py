"""Discord markup → what a person sees and what is live in it, read character by character."""

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fakes.discord_rules import refused

from bot.channels.discord.limits import Payload, check_payload

JOINER = "\u2060"
_DEAD = re.compile(r"[^\\*\[\]_~|`<]+")
_BLOCKS = (">>> ", "> ", "-# ", "### ", "## ", "# ", "- ", "* ")
TRIGGERS = (
    "@everyone",
    "@here",
    "://",
    "discord.gg/",
    "discord.com/",
    "discordapp.com/",
    "www.",
)


@dataclass
class Reading:
    """``text`` as shown, with joiners; ``live`` holds (kind, words or target) in order."""

    parts: list[str] = field(default_factory=list)
    live: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def kinds(self) -> set[str]:
        return {kind for kind, _ in self.live}

    @property
    def words(self) -> str:
        """What stands there for an eye: no joiners, no spaces."""
        return "".join(self.text.replace(JOINER, "").split())


_TIME = re.compile(r"<t:\d+:R>")


def read(markup: str) -> Reading:
    """Read a description or a message."""
    reading = Reading()
    for line in markup.split("\n"):
        _read_line(line, reading)
        reading.parts.append("\n")
    low = reading.text.casefold()
    reading.live += [("trigger", each) for each in TRIGGERS if each in low]
    return reading


def _read_line(line: str, reading: Reading) -> None:
    for block in _BLOCKS:
        if line.startswith(block):
            reading.live.append(("block", block))
            line = line[len(block) :]
    digits = len(line) - len(line.lstrip("0123456789"))
    if digits and line[digits : digits + 2] == ". ":
        reading.live.append(("block", "1. "))
    _read_words(line, reading)


def _read_words(line: str, reading: Reading) -> None:
    at = 0
    while at < len(line):
        if run := _DEAD.match(line, at):
            reading.parts.append(run[0])
            at = run.end()
            continue
        char = line[at]
        if (
            char == "\\"
            and at + 1 < len(line)
            and not (line[at + 1].isalnum() or line[at + 1] == " ")
        ):
            reading.parts.append(line[at + 1])
            at += 2
        elif (
            char == "*" and line[at + 1 : at + 2] == "*" and (end := _find(line, "**", at + 2)) > 0
        ):
            reading.live.append(("bold", line[at + 2 : end]))
            _read_words(line[at + 2 : end], reading)
            at = end + 2
        elif char == "[" and (middle := _find(line, "](", at + 1)) > 0:
            end = line.index(")", middle)
            reading.live.append(("link", line[middle + 2 : end]))
            _read_words(line[at + 1 : middle], reading)
            at = end + 1
        elif char == "<" and (time := _TIME.match(line, at)):
            reading.live.append(("time", time[0]))
            reading.parts.append(time[0])
            at = time.end()
        else:
            if char in "*_~|`<[]\\":
                reading.live.append(("mark", char))
            reading.parts.append(char)
            at += 1


def _find(line: str, what: str, start: int) -> int:
    at = start
    while at < len(line):
        if line[at] == "\\":
            at += 2
        elif line.startswith(what, at):
            return at
        else:
            at += 1
    return -1


def list_embeds(payloads: Sequence[Payload]) -> list[dict[str, Any]]:
    """The embeds of all messages, as they go over the wire."""
    whole = json.loads(json.dumps(payloads))
    return [embed for payload in whole for embed in payload["embeds"]]


def read_all(payloads: Sequence[Payload]) -> Reading:
    """Read the titles and descriptions of all messages."""
    texts = (part for e in list_embeds(payloads) for part in (e["title"], e["description"]))
    return read("\n".join(texts))


def must_fit(payloads: Sequence[Payload]) -> None:
    """Our own count and an independent one agree that Discord takes every message."""
    assert payloads
    for payload in payloads:
        assert check_payload(payload) == []
        sent = json.loads(json.dumps(payload))
        sent["files"] = [
            {
                "filename": file["name"],
                "description": file["alt"],
                "content": base64.b64decode(file["content"]),
            }
            for file in sent.get("files", [])
        ]
        pressed = [
            {"label": each["label"], "custom_id": each["id"]} for each in sent.get("buttons", [])
        ]
        sent["components"] = [{"components": pressed}] if pressed else []
        assert refused(sent) is None
