"""What is kept for admins: who changed what, and workspaces that left, as Protocols."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.model import Author, ConfigChange


class ChoiceStore(Protocol):
    """What the admins of a workspace have chosen."""

    async def find_choice(self, workspace: str, name: str) -> str | None:
        """The value chosen for ``name``."""

    async def list_choices(self, workspace: str) -> Mapping[str, str]:
        """Everything chosen, by name."""

    async def save_choice(
        self, workspace: str, name: str, value: str, *, by: Author | None = None
    ) -> None:
        """Keep a choice, in place of the one before."""

    async def drop_choice(self, workspace: str, name: str, *, by: Author | None = None) -> None:
        """Take a choice back, if there is one."""

    async def list_choosers(self, name: str, value: str) -> tuple[str, ...]:
        """The workspaces that have chosen that value."""


class HistoryStore(Protocol):
    """The history of each workspace's configuration.

    Whatever is changed with an author (``by``) is recorded in the transaction that changes it.
    """

    async def list_config_changes(self, workspace: str, *, limit: int) -> tuple[ConfigChange, ...]:
        """What was changed, newest first, each batch as one."""

    async def undo_config_change(self, workspace: str, batch: str, *, by: Author) -> ConfigChange:
        """Put back everything that a batch changed, or nothing.

        The undoing is a change of its own in the history. Orders that come back count from
        ``by.at``: what they missed meanwhile is not posted.

        Raises:
            InputError: there is no such batch, it was undone already, or something that it
                changed was changed again since.
        """


class WorkspaceStore(Protocol):
    """Workspaces that the bot is not in for now, and those to be forgotten."""

    async def save_absence(self, workspace: str, now: datetime) -> bool:
        """Keep that the bot was removed; its feeds are not polled. False if that was known."""

    async def end_absence(self, workspace: str) -> bool:
        """Everything counts again as it was; False if the workspace was not absent."""

    async def list_absent(self) -> Mapping[str, datetime]:
        """The workspaces that the bot is not in, with the moment it was removed."""

    async def list_workspaces(self) -> tuple[str, ...]:
        """Every workspace with a feed, an order or a choice."""

    async def erase_workspace(self, workspace: str) -> int:
        """Delete all that only this workspace has, its history too; returns how many rows.

        Articles that another workspace sees stay, and for a day what limits count.
        """

    async def erase_member(self, workspace: str, member: str) -> int:
        """Erase a member's questions, answers and votes; returns how many rows.

        For a day it stays who asked, when, and the tokens: limits count them.
        """
