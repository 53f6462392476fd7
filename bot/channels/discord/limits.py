"""payload → what Discord would refuse in it: lengths and counts as Discord counts them."""

import re
from collections.abc import Mapping, Sequence
from typing import cast

Payload = Mapping[str, object]
"""A message as JSON: ``{"embeds": [{"title", "description", "footer": {"text"}}, …]}``.

With files also ``"files": [{"name", "alt", "content"}]``, their bytes in base64, and in one
embed ``"image": {"url"}``. With buttons also ``"buttons": [{"label", "id", "emoji"?}]``.

With roles to mention also ``"content"``, nothing but their mentions, and ``"mentions": [id]``.
``"post": {"name", "tags"}`` makes a forum's post of the message, ``"in_post": True`` goes into
that of the first message, and ``"thread": {"name"}`` into the thread below it. ``"corrected":
True`` says that the first embed tells corrections.
"""

CONTENT = 2_000
NAME = 100
TAGS = 5
EMBEDS = 10
TITLE = 256
DESCRIPTION = 4_096
FOOTER = 2_048
MESSAGE = 6_000
ALT = 1_024
BUTTONS = 25
LABEL = 80
BUTTON_ID = 100
# Discord takes 10 MiB with a message in any server.
FILES_SIZE = 8_000_000
# Clients stop drawing a long run of markup and show nothing of the rest, with no error.
NODES = 80

_PLACES = ("post", "in_post", "thread")
_PARTS = {"embeds", "files", "buttons", "content", "mentions", "corrected", *_PLACES}
_BUTTON_PARTS = {"label", "id", "emoji"}
_ID = re.compile(r"[1-9]\d{0,19}", re.ASCII)
_NODE = re.compile(r"(?<!\\)\]\(|(?:^|\n)(?:-# |> )|\*\*[^*]+\*\*")


def measure(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units, the widest way to count."""
    return len(text.encode("utf-16-le")) // 2


def count_nodes(text: str) -> int:
    """Return how many links, bold words, small lines and quotes are in our own markup."""
    return len(_NODE.findall(text))


def check_payload(payload: Payload) -> list[str]:
    """Return what is over a limit or missing in a message, one line each; empty is fit."""
    embeds = cast("Sequence[Mapping[str, object]]", payload.get("embeds") or ())
    problems = [] if embeds else ["the message is empty"]
    problems += [f"unknown part {name}" for name in sorted(set(payload) - _PARTS)]
    problems += _over("embeds", len(embeds), EMBEDS)
    for number, embed in enumerate(embeds, 1):
        problems += [f"embed {number}: {problem}" for problem in _check_embed(embed)]
    texts = [text for embed in embeds for text in _texts(embed).values()]
    problems += _over("text of all embeds", sum(map(measure, texts)), MESSAGE)
    problems += _over("markup of all embeds", sum(map(count_nodes, texts)), NODES)
    problems += _check_mentions(payload) + _check_place(payload)
    return problems + _check_files(payload, embeds) + _check_buttons(payload)


def is_id(known_as: str) -> bool:
    """Return whether this can be the id of a role or a channel."""
    return _ID.fullmatch(known_as) is not None


def mention_roles(roles: Sequence[str]) -> str:
    """Return the text that mentions those roles."""
    return " ".join(f"<@&{role}>" for role in roles)


def _check_mentions(payload: Payload) -> list[str]:
    content = str(payload.get("content") or "")
    roles = cast("Sequence[str]", payload.get("mentions") or ())
    problems = _over("content", measure(content), CONTENT)
    problems += [f"no id of a role: {role}" for role in roles if not is_id(role)]
    if content != mention_roles(roles):
        problems.append("content: other than the mentions of its roles")
    return problems


def _check_place(payload: Payload) -> list[str]:
    places = [name for name in _PLACES if name in payload]
    problems = [f"{' and '.join(places)}: only one is possible"] if len(places) > 1 else []
    for kind in ("post", "thread"):
        place = cast("Mapping[str, object]", payload.get(kind, {"name": kind}))
        name = str(place.get("name") or "")
        problems += [] if name.strip() else [f"{kind}: no name"]
        problems += _over(f"{kind}: name", measure(name), NAME)
        tags = cast("Sequence[str]", place.get("tags") or ())
        problems += _over(f"{kind}: tags", len(tags), TAGS)
    return problems


def _check_files(payload: Payload, embeds: Sequence[Mapping[str, object]]) -> list[str]:
    files = cast("Sequence[Mapping[str, str]]", payload.get("files") or ())
    problems = _over(
        "bytes of all files", sum(_count_bytes(file["content"]) for file in files), FILES_SIZE
    )
    for number, file in enumerate(files, 1):
        problems += _over(f"words of file {number}", measure(file["alt"]), ALT)
    known = [{"url": f"attachment://{file['name']}"} for file in files]
    shown = (embed["image"] for embed in embeds if "image" in embed)
    return problems + [f"no file for the image {image}" for image in shown if image not in known]


def _check_buttons(payload: Payload) -> list[str]:
    buttons = cast("Sequence[Mapping[str, str]]", payload.get("buttons") or ())
    problems = _over("buttons", len(buttons), BUTTONS)
    for number, button in enumerate(buttons, 1):
        name, label, known_as = f"button {number}", button.get("label", ""), button.get("id", "")
        if not label.strip() or not known_as:
            problems.append(f"{name}: no label or no id")
        problems += _over(f"{name}: label", measure(label), LABEL)
        problems += _over(f"{name}: id", measure(known_as), BUTTON_ID)
        problems += [f"{name}: unknown part {part}" for part in sorted(set(button) - _BUTTON_PARTS)]
    ids = [button.get("id") for button in buttons]
    return problems + (["buttons: two of one id"] if len(set(ids)) < len(ids) else [])


def _count_bytes(encoded: str) -> int:
    return len(encoded) * 3 // 4 - encoded[-2:].count("=")


def _check_embed(embed: Mapping[str, object]) -> list[str]:
    texts = _texts(embed)
    limits = {"title": TITLE, "description": DESCRIPTION, "footer": FOOTER}
    problems = [f"unknown part {name}" for name in sorted(set(embed) - set(limits) - {"image"})]
    if not texts["title"].strip() and not texts["description"].strip():
        problems.append("neither title nor description")
    for name, text in texts.items():
        problems += _over(name, measure(text), limits[name])
    return problems


def _texts(embed: Mapping[str, object]) -> dict[str, str]:
    footer = cast("Mapping[str, object]", embed.get("footer") or {})
    return {
        "title": str(embed.get("title") or ""),
        "description": str(embed.get("description") or ""),
        "footer": str(footer.get("text") or ""),
    }


def _over(name: str, size: int, limit: int) -> list[str]:
    return [f"{name}: {size:,} of {limit:,}"] if size > limit else []
