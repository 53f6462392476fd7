"""Messages → a model's text, through the openai SDK; all but a whole answer is a ModelError."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from openai import (
    APIStatusError,
    AsyncOpenAI,
    BadRequestError,
    UnprocessableEntityError,
    omit,
)

from bot.errors import ModelError
from bot.llm import faults
from bot.llm.checking import check_model
from bot.llm.messages import Message
from bot.prompts import Prompt

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion, ChatCompletionMessageParam
    from openai.types.responses import Response, ResponseInputParam

Schema = Mapping[str, Any]

logger = logging.getLogger(__name__)

MAX_REPLY = 2_000_000
"""Characters of an answer that are read: reading must not hold up the loop."""


class Setting(Enum):
    """What a server may turn down; a call goes without, or with the other name of it.

    The values are what its complaint speaks of.
    """

    TEMPERATURE = ("temperature",)
    MAX_TOKENS = ("max_completion_tokens", "max_tokens")
    SCHEMA = ("response_format", "json_schema", "text.format", "schema", "grammar")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote, whole, and the tokens it took in both directions."""

    text: str
    tokens: int


class Endpoint:
    """One model at one address: Responses at OpenAI, Chat Completions at any other address.

    ``create`` with a schema is used, not the SDK's ``parse``: that one can't read JSON in a
    ``` fence and loses the token count of an answer that it can't read.
    """

    def __init__(
        self, api_key: str, base_url: str, model: str, timeout: float, max_retries: int
    ) -> None:
        self._api_key = api_key
        self._base_url = base_url
        self._model = model
        self._timeout = timeout
        self._max_retries = max_retries
        self._client: AsyncOpenAI | None = None
        self._without: frozenset[Setting] = frozenset()

    async def ask(self, prompt: Prompt, schema: Schema, messages: Sequence[Message]) -> Reply:
        """Ask for JSON of that schema.

        Raises:
            ModelError: anything but a whole answer; ``permanent`` if only a person can help.
        """
        try:
            # The SDK's time-out is per read: a server that drips would never end.
            async with asyncio.timeout(self._timeout * (self._max_retries + 1)):
                reply = await self._call(prompt, schema, messages)
        except ModelError:
            raise
        # Of an answer of another kind the SDK makes AttributeError, IndexError, RecursionError,
        # of an odd address InvalidURL, of an odd key UnicodeEncodeError: no list is complete.
        except Exception as error:
            raise faults.explain(error) from error
        logger.info("model.answered model=%s tokens=%d", self._model, reply.tokens)
        return reply

    async def check(self) -> None:
        """Ask whether it has the model.

        Raises:
            ModelError: as ``check_model``.
        """
        await check_model(self._open, self._model)

    async def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            await self._client.close()

    async def _call(self, prompt: Prompt, schema: Schema, messages: Sequence[Message]) -> Reply:
        """Ask, and again without what the server turns down; what helped is remembered."""
        without = self._without
        while True:
            try:
                reply = await self._send(prompt, schema, messages, without)
                break
            except (BadRequestError, UnprocessableEntityError) as error:
                turned_down = _find_turned_down(error, prompt, without)
                if turned_down is None:
                    raise
                without |= {turned_down}
        for setting in without - self._without:
            logger.info("model.setting_refused model=%s setting=%s", self._model, setting.name)
        self._without = without
        return reply

    async def _send(
        self,
        prompt: Prompt,
        schema: Schema,
        messages: Sequence[Message],
        without: frozenset[Setting],
    ) -> Reply:
        if self._base_url:
            return await self._complete(prompt, schema, messages, without)
        return await self._respond(prompt, schema, messages, without)

    async def _respond(
        self,
        prompt: Prompt,
        schema: Schema,
        messages: Sequence[Message],
        without: frozenset[Setting],
    ) -> Reply:
        temperature = _get_temperature(prompt, without)
        shape: Any = {"format": {"type": "json_schema", **_named(prompt, schema)}}
        response = await self._open().responses.create(
            model=self._model,
            input=cast("ResponseInputParam", list(messages)),
            text=omit if Setting.SCHEMA in without else shape,
            max_output_tokens=prompt.settings.max_output_tokens,
            temperature=omit if temperature is None else temperature,
            store=False,
        )
        return _read_response(response)

    async def _complete(
        self,
        prompt: Prompt,
        schema: Schema,
        messages: Sequence[Message],
        without: frozenset[Setting],
    ) -> Reply:
        temperature = _get_temperature(prompt, without)
        shape: Any = {"type": "json_schema", "json_schema": _named(prompt, schema)}
        limit, is_new = prompt.settings.max_output_tokens, Setting.MAX_TOKENS in without
        completion = await self._open().chat.completions.create(
            model=self._model,
            messages=cast("list[ChatCompletionMessageParam]", list(messages)),
            response_format=omit if Setting.SCHEMA in without else shape,
            # Servers of other makers know the old name, OpenAI's newest models the new one.
            max_tokens=omit if is_new else limit,
            max_completion_tokens=limit if is_new else omit,
            temperature=omit if temperature is None else temperature,
        )
        return _read_completion(completion)

    def _open(self) -> AsyncOpenAI:
        if self._client is None:
            self._client = AsyncOpenAI(
                # Most local servers need no key; the SDK insists on one.
                api_key=self._api_key or "none",
                base_url=self._base_url or None,
                timeout=self._timeout,
                max_retries=self._max_retries,
            )
        return self._client


def _find_turned_down(
    error: APIStatusError, prompt: Prompt, without: frozenset[Setting]
) -> Setting | None:
    """What to leave out next: what the complaint speaks of, else what servers often lack.

    The prompt's own text holds the schema too, for servers that know no such setting.
    """
    if faults.is_final(error):
        return None
    said = f"{error.param} {error.message}".lower()
    left = [setting for setting in Setting if setting not in without]
    if prompt.settings.temperature is None:
        left = [setting for setting in left if setting is not Setting.TEMPERATURE]
    named = (setting for setting in left if any(word in said for word in setting.value))
    unnamed = (setting for setting in (Setting.SCHEMA, Setting.TEMPERATURE) if setting in left)
    return next(named, None) or next(unnamed, None)


def _get_temperature(prompt: Prompt, without: frozenset[Setting]) -> float | None:
    return None if Setting.TEMPERATURE in without else prompt.settings.temperature


def _named(prompt: Prompt, schema: Schema) -> dict[str, Any]:
    return {"name": prompt.name, "strict": True, "schema": dict(schema)}


def _read_response(response: "Response") -> Reply:
    tokens = _count(response.usage, "input_tokens", "output_tokens")
    if response.incomplete_details is not None:
        raise _stopped(response.incomplete_details.reason, tokens)
    if response.status != "completed":
        raise ModelError(faults.UNFINISHED, tokens=tokens)
    parts = [part for item in response.output if item.type == "message" for part in item.content]
    if any(part.type == "refusal" for part in parts):
        raise ModelError(faults.REFUSED, tokens=tokens)
    return _whole("".join(part.text for part in parts if part.type == "output_text"), tokens)


def _read_completion(completion: "ChatCompletion") -> Reply:
    tokens = _count(completion.usage, "prompt_tokens", "completion_tokens")
    choice = completion.choices[0]
    if choice.finish_reason in ("length", "content_filter"):
        raise _stopped(choice.finish_reason, tokens)
    if choice.message.refusal:
        raise ModelError(faults.REFUSED, tokens=tokens)
    return _whole(choice.message.content or "", tokens)


def _stopped(reason: str | None, tokens: int) -> ModelError:
    message = faults.FILTERED if reason == "content_filter" else faults.CUT
    return ModelError(message, tokens=tokens)


def _whole(text: str, tokens: int) -> Reply:
    if not text.strip():
        raise ModelError(faults.EMPTY, tokens=tokens)
    if len(text) > MAX_REPLY:
        raise ModelError(faults.BOUNDLESS, tokens=tokens)
    return Reply(text, tokens)


def _count(usage: object, *names: str) -> int:
    """Tokens, or 0 where a server does not say: some send no usage, some only a part of it."""
    counts = (getattr(usage, name, None) for name in names)
    return sum(count for count in counts if isinstance(count, int))
