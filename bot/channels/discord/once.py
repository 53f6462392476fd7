"""A call that must not be made twice: the client's own repeats of it become an error.

discord.py makes a call again after some answers of a server in trouble, which may have obeyed
the first. Where nothing else keeps a thing from being made twice, we look before we try again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp

_IS_ON: ContextVar[bool] = ContextVar("is_on", default=False)


@contextmanager
def calling_once() -> Iterator[None]:
    """Raise ``aiohttp.ClientResponseError`` in this block where the client would try again."""
    before = _IS_ON.set(True)
    try:
        yield
    finally:
        _IS_ON.reset(before)


def watch_answers() -> aiohttp.TraceConfig:
    """Return what a client must be made with, so that ``calling_once`` works."""
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(_refuse_trouble)
    return trace


async def _refuse_trouble(
    session: aiohttp.ClientSession,
    context: SimpleNamespace,
    told: aiohttp.TraceRequestEndParams,
) -> None:
    answer = told.response
    if _IS_ON.get() and answer.status >= 500:
        raise aiohttp.ClientResponseError(
            answer.request_info, answer.history, status=answer.status, message="server in trouble"
        )
