"""Deliveries: the outbox. A slot has one row for ever; its parts go out in order, once each."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, func, literal, select, update

from bot.errors import StoreError
from bot.model import (
    Alert,
    Brief,
    ChannelRef,
    DeliveryState,
    Due,
    Look,
    NewPart,
    Notice,
    Part,
    Reminder,
    Slot,
    SlotRecord,
)
from bot.ports import PLAIN
from bot.store.briefs import keep_brief
from bot.store.database import DatabaseRows, insert, reading, writing
from bot.store.parts import SELECT_PARTS, next_part_id, part_columns, part_from, read_records
from bot.store.schema import ALERT, BRIEF, NOTICE, REMINDER, Moment, part
from bot.store.schema import slot as slots

_KINDS = {Slot: BRIEF, Reminder: REMINDER, Alert: ALERT, Notice: NOTICE}
_STOPPING = (DeliveryState.FAILED, DeliveryState.UNKNOWN)


class Deliveries(DatabaseRows):
    """Keeps ``ports.DeliveryStore``."""

    @reading
    def list_slot_keys(
        self, db: Connection, subscription_id: int, since: datetime
    ) -> frozenset[str]:
        """Keys of slots due at or after ``since`` that have a row already."""
        return _list_keys(db, BRIEF, subscription_id, since)

    @reading
    def list_reminder_keys(
        self, db: Connection, subscription_id: int, since: datetime
    ) -> frozenset[str]:
        """Keys of reminders due at or after ``since`` that have a row already."""
        return _list_keys(db, REMINDER, subscription_id, since)

    @reading
    def list_alert_keys(
        self, db: Connection, subscription_id: int, since: datetime
    ) -> frozenset[str]:
        """Keys of alerts due at or after ``since`` that have a row already."""
        return _list_keys(db, ALERT, subscription_id, since)

    @reading
    def find_last_slot_at(
        self, db: Connection, subscription_id: int, before: datetime
    ) -> datetime | None:
        """When the newest slot before ``before`` was due that was neither skipped nor failed."""
        reached = exists().where(
            part.c.slot_key == slots.c.key, part.c.state != DeliveryState.FAILED.value
        )
        posted = (
            select(slots.c.due_at)
            .where(
                slots.c.subscription_id == subscription_id,
                slots.c.due_at < before,
                slots.c.kind == BRIEF,
                ~slots.c.is_skipped,
                reached,
            )
            .order_by(slots.c.due_at.desc())
            .limit(1)
        )
        return db.execute(posted).scalar_one_or_none()

    @writing
    def save_delivery(
        self,
        db: Connection,
        due: Due,
        workspace: str,
        channel: ChannelRef,
        parts: Sequence[NewPart],
        *,
        note: str = "",
        brief: Brief | None = None,
        look: Look = PLAIN,
    ) -> bool:
        """Keep what is due, its rendered parts and the brief; False, nothing kept, if it has a row.

        Raises:
            StoreError: there are no parts, so nothing could ever be sent.
        """
        if not parts:
            raise StoreError(f"Slot {due.key} has no parts: skip it instead")
        if not _save_slot(db, due, workspace, channel, is_skipped=False, reason=note):
            return False
        db.execute(part.insert(), [part_columns(due.key, new) for new in parts])
        if brief is not None:
            keep_brief(db, due, workspace, channel, brief, look)
        return True

    @writing
    def skip_slot(
        self, db: Connection, due: Due, workspace: str, channel: ChannelRef, reason: str
    ) -> bool:
        """Keep a slot that will not be posted; False if it has a row."""
        return _save_slot(db, due, workspace, channel, is_skipped=True, reason=reason)

    @writing
    def claim_part(
        self, db: Connection, owner: str, now: datetime, lease: timedelta
    ) -> Part | None:
        """Take the next part to send: ready, or sending with an ended lease, in order."""
        claimed = (
            update(part)
            .where(part.c.id == next_part_id(now))
            .values(
                state=DeliveryState.SENDING.value,
                owner=owner,
                lease_until=now + lease,
                first_try_at=func.coalesce(part.c.first_try_at, literal(now, Moment)),
                tries=part.c.tries + 1,
            )
            .returning(part.c.id)
        )
        part_id = db.scalar(claimed)
        if part_id is None:
            return None
        return part_from(db.execute(SELECT_PARTS.where(part.c.id == part_id)).mappings().one())

    @writing
    def finish_part(
        self,
        db: Connection,
        part_id: int,
        owner: str,
        state: DeliveryState,
        *,
        message_id: str = "",
        reason: str,
    ) -> bool:
        """Record the outcome if ``owner`` still holds the part; False if it doesn't."""
        outcome = {"state": state.value, "reason": reason}
        finished = (
            update(part)
            .where(
                part.c.id == part_id,
                part.c.owner == owner,
                part.c.state == DeliveryState.SENDING.value,
            )
            .values(**outcome, message_id=message_id, owner=None, lease_until=None)
            .returning(part.c.slot_key, part.c.number)
        )
        row = db.execute(finished).one_or_none()
        if row is not None and state in _STOPPING:
            after = (part.c.slot_key == row.slot_key) & (part.c.number > row.number)
            db.execute(update(part).where(after).values(**outcome))
        return row is not None

    @reading
    def list_slots(self, db: Connection, workspace: str, *, limit: int) -> tuple[SlotRecord, ...]:
        """What became of the newest slots, newest first, whatever their kind."""
        newest = (
            select(slots)
            .where(slots.c.workspace == workspace)
            .order_by(slots.c.due_at.desc(), slots.c.key.desc())
            .limit(limit)
        )
        return read_records(db, db.execute(newest).mappings().all())

    @reading
    def find_part(self, db: Connection, slot_key: str, number: int) -> Part | None:
        """That part of a delivery, as it was rendered."""
        found = SELECT_PARTS.where(part.c.slot_key == slot_key, part.c.number == number)
        row = db.execute(found).mappings().one_or_none()
        return None if row is None else part_from(row)


def _list_keys(db: Connection, kind: str, subscription_id: int, since: datetime) -> frozenset[str]:
    keys = select(slots.c.key).where(
        slots.c.subscription_id == subscription_id, slots.c.due_at >= since, slots.c.kind == kind
    )
    return frozenset(db.scalars(keys))


def _save_slot(
    db: Connection,
    due: Due,
    workspace: str,
    channel: ChannelRef,
    *,
    is_skipped: bool,
    reason: str,
) -> bool:
    saved = insert(db, slots).values(
        key=due.key,
        subscription_id=due.subscription_id,
        workspace=workspace,
        platform=channel.platform,
        channel_id=channel.channel_id,
        due_at=due.due_at,
        is_skipped=is_skipped,
        reason=reason,
        kind=_KINDS[type(due)],
    )
    return db.scalar(saved.on_conflict_do_nothing().returning(slots.c.key)) is not None
