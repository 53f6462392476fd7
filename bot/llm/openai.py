"""Article → draft, question → draft answer, by a model: what is asked, in how many calls."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.errors import ModelError
from bot.llm.endpoints import Endpoint
from bot.llm.messages import (
    render_answer_messages,
    render_draft_messages,
    render_draft_system,
    split_windows,
)
from bot.llm.shapes import get_answer_schema, get_draft_schema, parse_answer, parse_draft
from bot.model import Article, Draft, DraftAnswer, Drop, Passage, Sentence, Topic
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
        digest = hashlib.blake2b(system.encode(), digest_size=6).hexdigest()
        self._prompt_version = f"{prompts.extract.version}-{digest}"

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
            ModelError: no whole answer of the right shape, or the text is too long.
        """
        _refuse_long(article.sentences)
        prompt, schema = self._prompts.extract, get_draft_schema(topics)
        draft = Draft()
        for window in split_windows(article.sentences):
            messages = render_draft_messages(prompt, schema, article, window, topics, drops)
            reply = await self._endpoint.ask(prompt, schema, messages)
            part = parse_draft(reply.text, window, topics)
            draft = Draft(
                facts=draft.facts + part.facts,
                visits=draft.visits + part.visits,
                tokens=draft.tokens + reply.tokens,
            )
        return draft

    async def answer(self, question: str, passages: Sequence[Passage]) -> DraftAnswer:
        """Answer from the passages; with none, nothing is asked and nothing answered.

        Raises:
            ModelError: no whole answer of the right shape, or the passages are too long.
        """
        if not passages:
            return DraftAnswer()
        _refuse_long(sentence for passage in passages for sentence in passage.sentences)
        prompt, schema = self._prompts.answer, get_answer_schema()
        messages = render_answer_messages(prompt, schema, question, passages)
        reply = await self._endpoint.ask(prompt, schema, messages)
        return replace(parse_answer(reply.text, passages), tokens=reply.tokens)

    async def close(self) -> None:
        """Let go of connections."""
        await self._endpoint.close()


def _refuse_long(sentences: Iterable[Sentence]) -> None:
    # Refused, not cut: an engine that reads the whole text can take over, and nothing is lost.
    if sum(len(sentence.text) for sentence in sentences) > MAX_CHARACTERS:
        raise ModelError("This text is too long for the model.", permanent=True)
