"""Commands on questions: ask, what an answer or a brief cites, what members think of it."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import InputError
from bot.jobs import asking
from bot.jobs.forget import SOURCES_KEPT, TURNS_KEPT
from bot.jobs.tools import Tools
from bot.model import Answer, Citation, Origin, Review, Vote
from bot.ports import NOWHERE
from bot.text.clean import clean_text

MAX_REVIEWS = 50
MAX_REASON = 500


@dataclass(frozen=True)
class AskCommands:
    """The part of ``ports.Commands`` that is about questions."""

    tools: Tools

    async def ask(
        self, workspace: str, question: str, *, now: datetime, origin: Origin = NOWHERE
    ) -> Answer:
        """Answer from the workspace's articles as of ``now``; ``origin`` joins it to earlier turns.

        Raises:
            InputError: nothing to search for, or a limit is reached.
        """
        return await asking.ask(self.tools, workspace, question, now=now, origin=origin)

    async def list_sources(self, workspace: str, key: str) -> tuple[Citation, ...]:
        """What the brief or answer of that key cites, by number.

        Raises:
            InputError: nothing is kept under it (any more).
        """
        found = await self.tools.store.list_sources(workspace, key)
        if not found:
            raise InputError(
                f"No sources are kept of this: it has none, or is older than "
                f"{SOURCES_KEPT.days} days."
            )
        return found

    async def vote(
        self,
        workspace: str,
        key: str,
        *,
        member: str,
        is_good: bool,
        reason: str = "",
        now: datetime,
    ) -> None:
        """Keep what a member thinks of an answer, in place of what they thought before.

        Raises:
            InputError: the answer is not kept (any more), or the reason is too long.
        """
        words = " ".join(clean_text(reason).split())
        if len(words) > MAX_REASON:
            raise InputError(f"That is too long: say why in {MAX_REASON} characters or fewer.")
        vote = Vote(key=key, member=member, is_good=is_good, reason=words, voted_at=now)
        if not await self.tools.store.save_vote(workspace, vote):
            raise InputError(
                f"This answer is not kept any more: answers are for {TURNS_KEPT.days} days."
            )

    async def list_reviews(self, workspace: str) -> tuple[Review, ...]:
        """The answers that were voted on, last vote first; at most ``MAX_REVIEWS``."""
        return await self.tools.store.list_reviews(workspace, limit=MAX_REVIEWS)
