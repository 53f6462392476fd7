"""Article → draft, question → draft answer, by a model: what is asked, in how many calls."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import replace

from bot.errors import ModelError
from bot.llm.endpoints import Endpoint
from bot.llm.faults import add_tokens
from bot.llm.messages import (
    FORM,
    keep_readable,
    render_answer_messages,
    render_draft_messages,
    render_draft_system,
)
from bot.llm.shapes import get_answer_schema, get_draft_schema, parse_answer, parse_draft
from bot.llm.windows import Window, merge_drafts, share_drops, split_windows
from bot.model import Article, Draft, DraftAnswer, Drop, Passage, Topic
from bot.prompts import Prompts

MAX_CHARACTERS = 240_000
"""What one article, or the passages of one question, may have: a longer one is not sent."""


class OpenAIEngine:
    """Keeps ``ports.Engine``: Responses at OpenAI, Chat Completions at any other ``base_url``.

    ``timeout`` is in seconds for one try of one call. The client is made at the first call.
    """

    def __init__(
        self,
        api_key: str,
        base_url: str,
        model: str,
        prompts: Prompts,
        topics: Sequence[Topic],
        timeout: float = 60.0,
        max_retries: int = 1,
    ) -> None:
        self._name = f"openai/{model}"
        self._prompts = prompts
        self._endpoint = Endpoint(api_key, base_url, model, timeout, max_retries)
        system = render_draft_system(prompts.extract, get_draft_schema(topics), topics)
        hashed = hashlib.blake2b(f"{FORM} {system}".encode(), digest_size=6).hexdigest()
        self._prompt_version = f"{prompts.extract.version}-{hashed}"

    @property
    def name(self) -> str:
        """``openai/`` and the model's name."""
        return self._name

    @property
    def prompt_version(self) -> str:
        """Changes with the prompt's file, the topics and the shape of a draft."""
        return self._prompt_version

    async def draft(
        self, article: Article, topics: Sequence[Topic], *, drops: Sequence[Drop] = ()
    ) -> Draft:
        """Propose facts and visits; with ``drops``, those alone and mended. Long texts: more calls.

        Raises:
            ModelError: no whole answer of the right shape, or the text is too long. One window
                that can't be read fails the article: another engine can read it whole.
        """
        windows = await asyncio.to_thread(_list_windows, article)
        shares = share_drops(drops, windows, article.language)
        parts: list[Draft] = []
        for window, share in zip(windows, shares, strict=True):
            if drops and not share:
                continue
            try:
                parts.append(await self._draft_window(article, window, topics, share))
            except ModelError as error:
                raise add_tokens(error, merge_drafts(parts).tokens) from error
        return merge_drafts(parts)

    async def _draft_window(
        self, article: Article, window: Window, topics: Sequence[Topic], drops: Sequence[Drop]
    ) -> Draft:
        prompt, schema = self._prompts.extract, get_draft_schema(topics)
        messages = render_draft_messages(prompt, schema, article, window, topics, drops)
        reply = await self._endpoint.ask(prompt, schema, messages)
        try:
            return replace(parse_draft(reply.text, window), tokens=reply.tokens)
        except ModelError as error:
            raise add_tokens(error, reply.tokens) from error

    async def check(self) -> None:
        """Ask the server whether it has the model, which costs nothing.

        Raises:
            ModelError: the key, the model's name or the address is wrong, or it is down.
        """
        await self._endpoint.check()

    async def answer(self, question: str, passages: Sequence[Passage]) -> DraftAnswer:
        """Answer from the passages; with none, nothing is asked and nothing answered.

        Raises:
            ModelError: no whole answer of the right shape, or the passages are too long.
        """
        readable = await asyncio.to_thread(_list_readable, passages)
        if not any(passage.sentences for passage in readable):
            return DraftAnswer()
        prompt, schema = self._prompts.answer, get_answer_schema()
        messages = render_answer_messages(prompt, schema, question, readable)
        reply = await self._endpoint.ask(prompt, schema, messages)
        try:
            return replace(parse_answer(reply.text, readable), tokens=reply.tokens)
        except ModelError as error:
            raise add_tokens(error, reply.tokens) from error

    async def close(self) -> None:
        """Let go of connections."""
        await self._endpoint.close()


def _list_windows(article: Article) -> tuple[Window, ...]:
    _refuse_long(sum(len(sentence.text) for sentence in article.sentences))
    return split_windows(keep_readable(article.sentences, article))


def _list_readable(passages: Sequence[Passage]) -> list[Passage]:
    """The passages, each under its old number, without orders to the model."""
    _refuse_long(sum(len(item.text) for passage in passages for item in passage.sentences))
    return [
        replace(passage, sentences=keep_readable(passage.sentences, passage.article))
        for passage in passages
    ]


def _refuse_long(characters: int) -> None:
    # Refused, not cut: an engine that reads the whole text can take over, and nothing is lost.
    if characters > MAX_CHARACTERS:
        raise ModelError("This text is too long for the model.", permanent=True)
