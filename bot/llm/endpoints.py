"""Messages → a model's text, through the openai SDK; all but a whole answer is a ModelError."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from openai import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AsyncOpenAI,
    BadRequestError,
    UnprocessableEntityError,
    omit,
)

from bot.errors import ModelError
from bot.llm.messages import Message
from bot.prompts import Prompt

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion, ChatCompletionMessageParam
    from openai.types.chat.completion_create_params import ResponseFormat
    from openai.types.responses import Response, ResponseInputParam

Schema = Mapping[str, Any]

logger = logging.getLogger(__name__)

_FAULTS = {
    401: "The model's server refused the key; put a valid one into OPENAI_API_KEY.",
    403: "The key may not use this model; choose another in OPENAI_MODEL, or another key.",
    404: "The model's server has no such model; check OPENAI_MODEL and OPENAI_BASE_URL.",
    429: "The model's server is busy; try again later.",
}


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
        self._takes_schema = True

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
            raise _explain(error) from error
        logger.info("model.answered model=%s tokens=%d", self._model, reply.tokens)
        return reply

    async def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            await self._client.close()

    async def _call(self, prompt: Prompt, schema: Schema, messages: Sequence[Message]) -> Reply:
        if not self._base_url:
            return await self._respond(prompt, schema, messages)
        if self._takes_schema:
            try:
                return await self._complete(prompt, schema, messages)
            except (BadRequestError, UnprocessableEntityError):
                # The prompt holds the schema too, for servers that know no response_format.
                reply = await self._complete(prompt, None, messages)
                self._takes_schema = False
                logger.warning("model.schema_refused model=%s", self._model)
                return reply
        return await self._complete(prompt, None, messages)

    async def _respond(self, prompt: Prompt, schema: Schema, messages: Sequence[Message]) -> Reply:
        temperature = prompt.settings.temperature
        response = await self._open().responses.create(
            model=self._model,
            input=cast("ResponseInputParam", list(messages)),
            text={
                "format": {
                    "type": "json_schema",
                    "name": prompt.name,
                    "strict": True,
                    "schema": dict(schema),
                }
            },
            max_output_tokens=prompt.settings.max_output_tokens,
            temperature=omit if temperature is None else temperature,
            store=False,
        )
        return _read_response(response)

    async def _complete(
        self, prompt: Prompt, schema: Schema | None, messages: Sequence[Message]
    ) -> Reply:
        temperature = prompt.settings.temperature
        completion = await self._open().chat.completions.create(
            model=self._model,
            messages=cast("list[ChatCompletionMessageParam]", list(messages)),
            response_format=omit if schema is None else _format(prompt, schema),
            max_tokens=prompt.settings.max_output_tokens,
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


def _format(prompt: Prompt, schema: Schema) -> "ResponseFormat":
    return {
        "type": "json_schema",
        "json_schema": {"name": prompt.name, "strict": True, "schema": dict(schema)},
    }


def _read_response(response: "Response") -> Reply:
    if response.incomplete_details is not None:
        raise _stopped(response.incomplete_details.reason)
    if response.status != "completed":
        raise ModelError("The model did not finish its answer; try again later.")
    parts = [part for item in response.output if item.type == "message" for part in item.content]
    if any(part.type == "refusal" for part in parts):
        raise _refused()
    text = "".join(part.text for part in parts if part.type == "output_text")
    return _whole(text, _count(response.usage, "input_tokens", "output_tokens"))


def _read_completion(completion: "ChatCompletion") -> Reply:
    choice = completion.choices[0]
    if choice.finish_reason in ("length", "content_filter"):
        raise _stopped(choice.finish_reason)
    if choice.message.refusal:
        raise _refused()
    text = choice.message.content or ""
    return _whole(text, _count(completion.usage, "prompt_tokens", "completion_tokens"))


def _whole(text: str, tokens: int) -> Reply:
    if not text.strip():
        raise ModelError("The model's answer was empty; try again later.")
    return Reply(text, tokens)


def _count(usage: object, *names: str) -> int:
    """Tokens, or 0 where a server does not say: some send no usage, some only a part of it."""
    counts = (getattr(usage, name, None) for name in names)
    return sum(count for count in counts if isinstance(count, int))


def _refused() -> ModelError:
    return ModelError("The model refused to work on this text.")


def _stopped(reason: str | None) -> ModelError:
    if reason == "content_filter":
        return ModelError("The content filter of the model's server stopped the answer.")
    return ModelError(
        "The model's answer was cut off before its end; "
        "if this goes on, raise max_output_tokens in the prompt's file."
    )


def _explain(error: Exception) -> ModelError:
    """What to tell people; the vendor's own words may hold a part of the key."""
    if isinstance(error, APITimeoutError | TimeoutError):
        return ModelError("The model did not answer in time; try again later.")
    if isinstance(error, APIConnectionError):
        return ModelError("The model can't be reached; check OPENAI_BASE_URL and the network.")
    if not isinstance(error, APIStatusError):
        return ModelError("The model's server sent nothing readable; check OPENAI_BASE_URL.")
    if error.code == "insufficient_quota":
        return ModelError("The model's account has no credit left; add some.", permanent=True)
    status = error.status_code
    message = _FAULTS.get(status, f"The model's server failed with status {status}.")
    return ModelError(message, permanent=status in (401, 403, 404))
