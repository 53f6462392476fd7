"""A client and a model's name → whether the server would answer, at no cost."""

import asyncio
from collections.abc import Callable

from openai import AsyncOpenAI, NotFoundError
from openai.types import Model

from bot.errors import ModelError
from bot.llm import faults

TIMEOUT_S = 10.0


async def check_model(open_client: Callable[[], AsyncOpenAI], model: str) -> None:
    """Ask for the model's name: an answer means that key, name and address are right.

    Raises:
        ModelError: one of them is wrong, or the server is down; ``permanent`` if only a person
            can help.
    """
    try:
        async with asyncio.timeout(TIMEOUT_S):
            has_it = await _has_model(open_client().with_options(max_retries=0), model)
    except Exception as error:  # no list of what the SDK raises is complete
        raise faults.explain(error) from error
    if not has_it:
        raise ModelError(faults.UNREADABLE)


async def _has_model(client: AsyncOpenAI, model: str) -> bool:
    try:
        found = await client.models.retrieve(model)
    except NotFoundError:
        # Some servers of other makers tell of their models only in a list.
        listed = await client.models.list()
        if all(one.id != model for one in listed.data):
            raise
        return True
    return isinstance(found, Model)
