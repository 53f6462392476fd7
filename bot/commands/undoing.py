"""Commands on history: who changed what, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.errors import InputError
from bot.jobs.tools import Tools
from bot.model import Author, ConfigChange

UNDOABLE = timedelta(days=1)
"""How long a change can be taken back."""
MAX_SHOWN = 50
MAX_SEARCHED = 1000


@dataclass(frozen=True)
class HistoryCommands:
    """The part of ``ports.SettingCommands`` that is about what was changed."""

    tools: Tools

    async def list_history(self, workspace: str) -> tuple[ConfigChange, ...]:
        """What was changed, newest first; at most ``MAX_SHOWN``."""
        return await self.tools.store.list_config_changes(workspace, limit=MAX_SHOWN)

    async def undo(self, workspace: str, batch: str = "", *, by: Author) -> ConfigChange:
        """Take a change back, the newest that was not undone if none is named.

        Raises:
            InputError: it is older than a day, was undone, or was changed again since.
        """
        changes = await self.tools.store.list_config_changes(workspace, limit=MAX_SEARCHED)
        change = _find_named(changes, batch) if batch else _find_newest(changes)
        if change.at <= by.at - UNDOABLE:
            raise InputError("This change is older than 24 hours: it can't be undone any more.")
        return await self.tools.store.undo_config_change(workspace, change.batch, by=by)


def _find_named(changes: Sequence[ConfigChange], batch: str) -> ConfigChange:
    found = next((change for change in changes if change.batch == batch.strip()), None)
    if found is None:
        raise InputError("There is no such change here: look it up in the history.")
    return found


def _find_newest(changes: Sequence[ConfigChange]) -> ConfigChange:
    """The newest change that stands and undid nothing itself."""
    undoings = {(change.undone_by, change.undone_at) for change in changes}
    for change in changes:
        if change.undone_at is None and (change.member, change.at) not in undoings:
            return change
    raise InputError("Nothing was changed in the last 24 hours that could be undone.")
