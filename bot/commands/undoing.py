"""Commands on history: who changed what, and taking it back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from bot.commands.ordering import check_place
from bot.errors import InputError
from bot.jobs.choices import MENTION, MUTED, ROLE, end_mute
from bot.jobs.tools import Tools
from bot.model import Author, ChannelRef, ConfigChange, ConfigKind, Subscription
from bot.ports.admin_commands import UNDO_WITHIN

MAX_SHOWN = 50
MAX_SEARCHED = 1000


@dataclass(frozen=True)
class HistoryCommands:
    """The part of ``ports.SettingCommands`` that is about what was changed."""

    tools: Tools

    async def list_history(self, workspace: str) -> tuple[ConfigChange, ...]:
        """What was changed, newest first; at most ``MAX_SHOWN``."""
        return await self.tools.store.list_config_changes(workspace, limit=MAX_SHOWN)

    async def undo(
        self, workspace: str, batch: str = "", *, may_rule: bool = True, by: Author
    ) -> ConfigChange:
        """Take a change back, the newest that was not undone if none is named.

        Raises:
            InputError: it is older than a day, was undone, or was changed again since; or
                what comes back would post together with another order; or it chose roles and
                ``may_rule`` is not so.
        """
        changes = await self.tools.store.list_config_changes(workspace, limit=MAX_SEARCHED)
        change = _find_named(changes, batch) if batch else _find_newest(changes)
        if by.at - change.at >= UNDO_WITHIN:
            raise InputError("This change is older than 24 hours: it can't be undone any more.")
        if not may_rule and _has_roles(change):
            raise InputError("This change chose roles: it takes Manage Server to undo it.")
        back = list(_list_back(workspace, change, by))
        orders = await self.tools.store.list_subscriptions(workspace)
        for order in back:
            check_place(order, [other for other in orders if other.id != order.id])
        if any(edit.kind is ConfigKind.CHOICE and edit.name == MUTED for edit in change.edits):
            await end_mute(self.tools.store, workspace, by.at)
        undone = await self.tools.store.undo_config_change(workspace, change.batch, by=by)
        for place in {order.channel for order in back if order.has_reminders}:
            # Another order of the channel may carry them by now.
            await self.tools.store.set_reminders(workspace, place, is_on=True, by=by)
        return undone


def _has_roles(change: ConfigChange) -> bool:
    """Whether who may do what, or who is called, would be other again."""
    chosen = (edit.name for edit in change.edits if edit.kind is ConfigKind.CHOICE)
    return any(name.startswith((ROLE, MENTION)) for name in chosen)


def _list_back(workspace: str, change: ConfigChange, by: Author) -> Iterator[Subscription]:
    """The orders as they would be again."""
    # A change may have several edits of one order: the first knows what it was.
    first = {(edit.kind, edit.name): edit for edit in reversed(change.edits)}
    for edit in first.values():
        if edit.kind is ConfigKind.SCHEDULE and edit.before is not None:
            was = cast("Mapping[str, Any]", edit.before)
            yield Subscription(
                id=int(edit.name),
                workspace=workspace,
                channel=ChannelRef(was["platform"], was["channel_id"]),
                timezone=was["timezone"],
                times=tuple(was["times"]),
                weekdays=tuple(was["weekdays"]),
                tags=tuple(was["tags"]),
                created_at=by.at,
                has_reminders=was["has_reminders"],
            )


def _find_named(changes: Sequence[ConfigChange], batch: str) -> ConfigChange:
    found = next((change for change in changes if change.batch == batch.strip()), None)
    if found is None:
        raise InputError(
            "There is no such change here, or it changed nothing: look at the history."
        )
    return found


def _find_newest(changes: Sequence[ConfigChange]) -> ConfigChange:
    """The newest change that stands and undid nothing itself."""
    undoings = {(change.undone_by, change.undone_at) for change in changes}
    for change in changes:
        if change.undone_at is None and (change.member, change.at) not in undoings:
            return change
    raise InputError("Nothing was changed in the last 24 hours that could be undone.")
