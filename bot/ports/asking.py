"""What the stages ask of the database about questions; each method is one transaction."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import Article, Citation, Review, Turn, Usage, Vote


class TurnStore(Protocol):
    """Questions as they were asked, their answers, and what members think of them."""

    async def open_turn(self, turn: Turn, check: Callable[[Usage], None]) -> Usage:
        """Keep a question that has no answer yet, unless ``check`` raises; returns the usage.

        Counted and kept in one transaction, so that no two slip through a limit together.
        Questions without an answer for five minutes no longer count as waiting.
        """

    async def count_usage(self, workspace: str, member: str, now: datetime) -> Usage:
        """The usage as ``open_turn`` counts it; nothing is kept."""

    async def close_turn(self, turn: Turn, citations: Sequence[Citation]) -> None:
        """Keep the answer of a question, and the sources that it cites.

        Of one that was erased meanwhile only what it took counts.
        """

    async def find_turn(self, workspace: str, key: str) -> Turn | None:
        """The question kept under that key, if the workspace has it."""

    async def list_turns(
        self, workspace: str, conversation: str, *, before: datetime, limit: int
    ) -> tuple[Turn, ...]:
        """The newest answered turns of a conversation before a moment, oldest first."""

    async def save_vote(self, workspace: str, vote: Vote) -> bool:
        """Keep a vote; False if the workspace has no such question."""

    async def list_reviews(self, workspace: str, *, limit: int) -> tuple[Review, ...]:
        """The answers that were voted on, last vote first."""

    async def forget_turns(self, before: datetime, *, erased_before: datetime) -> int:
        """Delete questions asked before a moment, with their votes; returns how many.

        What limits still count of erased ones goes by a moment of its own.
        """


class SourceStore(Protocol):
    """What a posted brief or an answer cites, under its key."""

    async def save_sources(
        self, workspace: str, key: str, citations: Sequence[Citation], now: datetime
    ) -> None:
        """Keep the numbered citations; keeping them again changes nothing."""

    async def list_sources(self, workspace: str, key: str) -> tuple[Citation, ...]:
        """The citations kept under that key in that workspace, by number; none if unknown."""

    async def forget_sources(self, before: datetime) -> int:
        """Delete what was kept before a moment; returns how many keys."""


class VectorStore(Protocol):
    """The vectors of sentences, by text and by the name of the model that made them.

    Row i (384 bytes) of a text belongs to its sentence i + 1.
    """

    async def list_unembedded(
        self,
        model: str,
        *,
        limit: int,
        workspace: str | None = None,
        since: datetime | None = None,
    ) -> tuple[Article, ...]:
        """One article per text that has no vectors of that model, newest first."""

    async def save_vectors(self, text_hash: str, model: str, rows: bytes) -> None:
        """Keep the rows of a text; what stands already stays."""

    async def find_vectors(self, model: str, text_hashes: Collection[str]) -> Mapping[str, bytes]:
        """The rows of those texts that have any, by hash."""

    async def find_nearest(
        self, workspace: str, model: str, question: bytes, *, as_of: datetime, limit: int
    ) -> tuple[Article, ...]:
        """The articles with the sentence that is nearest to the question's vector, best first.

        Looked for among the newest 100,000 sentences that the workspace saw by then.
        """
