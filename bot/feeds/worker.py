"""document → ``+`` and its value, or ``-`` and the error, as JSON: in a process of its own."""

import json
from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter

from bot.errors import DocumentError
from bot.feeds.page import parse_page
from bot.feeds.parse import parse_feed
from bot.model import ParsedFeed, ParsedPage
from bot.workers.inside import serve

_PARSERS: dict[str, tuple[Callable[..., object], TypeAdapter[Any]]] = {
    "feed": (parse_feed, TypeAdapter(ParsedFeed)),
    "page": (parse_page, TypeAdapter(ParsedPage)),
}


def parse(request: dict[str, Any], body: bytes) -> bytes:
    """Read one document as the request says what it is."""
    parse_as, adapter = _PARSERS[request["kind"]]
    try:
        value = parse_as(
            body,
            url=request["url"],
            content_type=request["content_type"],
            allow_hosts=frozenset(request["allow_hosts"]),
        )
    except DocumentError as error:
        fields = {"message": str(error), "reason": error.reason, "permanent": error.permanent}
        return b"-" + json.dumps(fields).encode()
    # Any other error ends the process: nobody knows what state it is in.
    return b"+" + adapter.dump_json(value)


if __name__ == "__main__":
    serve(parse)
