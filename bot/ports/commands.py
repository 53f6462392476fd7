"""What platforms and the command line may ask of the product."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.model import (
    Answer,
    Brief,
    ChangeReport,
    ChannelRef,
    Citation,
    Origin,
    Picture,
    Review,
    Visit,
    VisitQuery,
)
from bot.ports.admin_commands import AdminCommands

ALL_VISITS = VisitQuery()
NOWHERE = Origin()


class Commands(AdminCommands, Protocol):
    """The commands of the product; platforms and the command line call them alike.

    All raise ``BotError`` with one line for the person who asked.
    """

    async def ask(
        self, workspace: str, question: str, *, now: datetime, origin: Origin = NOWHERE
    ) -> Answer:
        """Answer from the workspace's articles as of ``now``; ``origin`` joins it to earlier turns.

        Raises:
            InputError: nothing to search for, or a limit is reached.
        """

    async def list_sources(self, workspace: str, key: str) -> tuple[Citation, ...]:
        """What the brief or answer of that key cites, by number.

        Raises:
            InputError: nothing is kept under it (any more).
        """

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
        """Keep what a member thinks of an answer, in place of what they thought before."""

    async def list_reviews(self, workspace: str) -> tuple[Review, ...]:
        """The answers that were voted on, last vote first."""

    async def write_brief(
        self, workspace: str, *, hours: float, tags: Sequence[str] = (), now: datetime
    ) -> Brief:
        """A brief of the last hours, its sources kept under its key."""

    async def list_visits(
        self, workspace: str, *, now: datetime, query: VisitQuery = ALL_VISITS
    ) -> tuple[Visit, ...]:
        """The visits asked for, as of ``now``, next first."""

    async def list_changes(self, workspace: str, *, since: str, now: datetime) -> ChangeReport:
        """What changed since then: ``2025-02-01``, ``3 days``, ``yesterday``, ``monday``."""

    async def draw_timeline(
        self, visits: Sequence[Visit], *, now: datetime, timezone: str = "UTC"
    ) -> Picture | None:
        """A picture of the coming weeks of those visits; None if none has a date there."""

    async def export_calendar(
        self, workspace: str, *, now: datetime, with_coarse: bool = False
    ) -> bytes:
        """The visits as an iCalendar file; coarser dates than a month only on demand."""

    async def get_calendar_link(self, workspace: str, *, is_new: bool = False) -> str:
        """The address that calendar programs may subscribe to; ``is_new`` ends the old one."""

    async def find_last_brief_at(
        self, workspace: str, channel: ChannelRef, *, now: datetime
    ) -> datetime | None:
        """When the channel's last brief was due that was posted; None if there was none."""
