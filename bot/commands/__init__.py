"""What people may ask for, on any platform: each command is one method, told in model values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.commands.asking import AskCommands
from bot.commands.health import HealthCommands
from bot.commands.proposing import ProposalCommands
from bot.commands.setting_up import SetupCommands
from bot.commands.staying import WorkspaceCommands
from bot.commands.topics import check_tags
from bot.commands.undoing import HistoryCommands
from bot.commands.visiting import VisitCommands
from bot.errors import InputError
from bot.jobs import compose
from bot.jobs.choices import find_timezone
from bot.jobs.tools import Progress, unwatched
from bot.model import ArticleAnalysis, Brief

MAX_HOURS = 24 * 31


@dataclass(frozen=True)
class BotCommands(
    AskCommands,
    ProposalCommands,
    SetupCommands,
    HistoryCommands,
    WorkspaceCommands,
    HealthCommands,
    VisitCommands,
):
    """Keeps ``ports.Commands``, with what only the command line offers besides."""

    async def write_brief(
        self,
        workspace: str,
        *,
        hours: float,
        tags: Sequence[str] = (),
        now: datetime,
        progress: Progress = unwatched,
    ) -> Brief:
        """A brief of the last hours, its sources kept under its key."""
        _check_hours(hours)
        check_tags(self.tools.topics, tags)
        zone = await find_timezone(self.tools.store, workspace)
        return await compose.compose_brief(
            self.tools,
            workspace,
            start_at=now - timedelta(hours=hours),
            end_at=now,
            tags=tags,
            timezone=zone,
            progress=progress,
        )

    async def list_facts(
        self, workspace: str, *, hours: float | None, now: datetime
    ) -> tuple[ArticleAnalysis, ...]:
        """Every article of the last hours with what was made of it; no hours means all."""
        if hours is not None:
            _check_hours(hours)
        start_at = now - (timedelta(hours=hours) if hours else compose.LEDGER)
        return await self.tools.store.list_analyses(
            workspace, self.tools.engine.name, start_at=start_at, end_at=now
        )


def _check_hours(hours: float) -> None:
    if not 0 < hours <= MAX_HOURS:
        raise InputError(f"The hours must be between 1 and {MAX_HOURS} (31 days).")
