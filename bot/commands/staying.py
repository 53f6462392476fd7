"""Commands on workspaces as a whole: they leave, come back, and are forgotten on request."""

import logging
from dataclasses import dataclass
from datetime import datetime

from bot.errors import ChannelError
from bot.jobs.choices import EVENTS
from bot.jobs.tools import Tools

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class WorkspaceCommands:
    """The part of ``ports.SettingCommands`` that is about whole workspaces."""

    tools: Tools

    async def forget(self, workspace: str, *, member: str = "") -> int:
        """Erase all that is kept of the workspace, or of a member; returns how many rows."""
        if member:
            return await self.tools.store.erase_member(workspace, member)
        await self._remove_events(workspace)
        return await self.tools.store.erase_workspace(workspace)

    async def _remove_events(self, workspace: str) -> None:
        """Take our events away while it is known that there may be some."""
        board = self.tools.boards.get(workspace.partition(":")[0])
        if board and await self.tools.store.find_choice(workspace, EVENTS):
            try:
                await board.sync_events(workspace, (), now=self.tools.clock())
            except ChannelError as error:
                logger.warning("events.left workspace=%s reason=%s", workspace, error)

    async def leave(self, workspace: str, *, now: datetime) -> None:
        """The bot was removed: everything rests, nothing is lost."""
        await self.tools.store.save_absence(workspace, now)

    async def come_back(self, workspace: str, *, now: datetime) -> bool:
        """The bot is there (again); True if everything goes on that rested."""
        return await self.tools.store.end_absence(workspace)

    async def list_workspaces(self) -> tuple[str, ...]:
        """Every workspace that something is kept of, without those that rest."""
        absent = await self.tools.store.list_absent()
        kept = await self.tools.store.list_workspaces()
        return tuple(workspace for workspace in kept if workspace not in absent)
