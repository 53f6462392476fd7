"""What is kept for posting: the orders of channels and the outbox, as Protocols."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.model import (
    Author,
    Brief,
    ChannelRef,
    Correction,
    DeliveryState,
    Due,
    KeptBrief,
    Look,
    NewPart,
    Part,
    SlotRecord,
    Subscription,
)

PLAIN = Look()


class SubscriptionStore(Protocol):
    """Standing orders of channels; a channel may have several."""

    async def save_subscription(
        self,
        workspace: str,
        channel: ChannelRef,
        *,
        timezone: str,
        times: Sequence[str],
        weekdays: Sequence[int],
        tags: Sequence[str],
        now: datetime,
        order_id: int | None = None,
        look: Look = PLAIN,
        skips_quiet: bool = False,
        alerts_per_day: int = 0,
        by: Author | None = None,
    ) -> Subscription:
        """Set the order of that id, or a new one; it counts from ``now`` and is not paused.

        A changed order keeps its id, and whether it has reminders.

        Raises:
            InputError: the workspace has no order of that id.
        """

    async def remove_subscription(
        self, workspace: str, order_id: int, *, by: Author | None = None
    ) -> bool:
        """Drop an order; False if the workspace has none of that id."""

    async def pause_subscription(self, order_id: int, reason: str) -> None:
        """Let an order rest for a reason, or go on with an empty one."""

    async def set_reminders(
        self, workspace: str, channel: ChannelRef, *, is_on: bool, by: Author | None = None
    ) -> bool:
        """Post reminders of visits in that channel, or no more; False if it has no order.

        Its oldest order carries them, so that they come once.
        """

    async def list_subscriptions(self, workspace: str | None = None) -> tuple[Subscription, ...]:
        """The orders of one workspace, or of all, oldest first, with paused ones."""


class DeliveryStore(Protocol):
    """The outbox (FACTS of exactly-once posting are in docs/decisions.md)."""

    async def list_slot_keys(self, subscription_id: int, since: datetime) -> frozenset[str]:
        """Keys of slots due at or after ``since`` that have a row already."""

    async def list_reminder_keys(self, subscription_id: int, since: datetime) -> frozenset[str]:
        """Keys of reminders due at or after ``since`` that have a row already."""

    async def list_alert_keys(self, subscription_id: int, since: datetime) -> frozenset[str]:
        """Keys of alerts due at or after ``since`` that have a row already."""

    async def find_last_slot_at(self, subscription_id: int, before: datetime) -> datetime | None:
        """When the newest slot before ``before`` was due that was neither skipped nor failed.

        Reminders, alerts and notices are no slots of the schedule and don't count.
        """

    async def save_delivery(
        self,
        due: Due,
        workspace: str,
        channel: ChannelRef,
        parts: Sequence[NewPart],
        *,
        note: str = "",
        brief: Brief | None = None,
        look: Look = PLAIN,
    ) -> bool:
        """Keep what is due and its rendered parts; False if it has a row.

        With them, all in one transaction, the brief as it was written, without its picture.
        """

    async def skip_slot(self, due: Due, workspace: str, channel: ChannelRef, reason: str) -> bool:
        """Keep a slot that will not be posted; False if it has a row."""

    async def claim_part(self, owner: str, now: datetime, lease: timedelta) -> Part | None:
        """Take the next part to send: ready, or sending with an ended lease, in order.

        A part waits until the part before it is sent. The first claim sets
        ``first_try_at``; every claim adds one to ``tries``.
        """

    async def finish_part(
        self, part_id: int, owner: str, state: DeliveryState, *, message_id: str = "", reason: str
    ) -> bool:
        """Record the outcome if ``owner`` still holds the part; False if it doesn't.

        A part that failed or is unknown stops the parts after it, which take its state.
        """

    async def list_slots(self, workspace: str, *, limit: int) -> tuple[SlotRecord, ...]:
        """What became of the newest slots, newest first, whatever their kind."""

    async def find_part(self, slot_key: str, number: int) -> Part | None:
        """That part of a delivery, as it was rendered."""


class BriefStore(Protocol):
    """Briefs as they were written: to be read again, and corrected."""

    async def list_briefs(
        self,
        *,
        start_at: datetime,
        end_at: datetime,
        workspace: str | None = None,
        channel: ChannelRef | None = None,
    ) -> tuple[KeptBrief, ...]:
        """Those posted whole and due with ``start_at <= due_at < end_at``, oldest first."""

    async def list_unchecked(
        self, *, start_at: datetime, due_by: Sequence[datetime]
    ) -> tuple[KeptBrief, ...]:
        """Those posted whole whose sources are to be looked at now, oldest first.

        Due at or after ``start_at``; and one that was looked at n times at or before
        ``due_by[n]``, so that none is looked at more often than there are moments.
        """

    async def save_check(self, slot_key: str, corrections: Sequence[Correction]) -> None:
        """Count one more look at a brief's sources, and keep what has to be corrected."""

    async def forget_briefs(self, before: datetime) -> int:
        """Delete briefs due before a moment; returns how many."""
