"""Deliveries: the outbox. A slot has one row for ever; its parts go out in order, once each."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, ScalarSelect, exists, func, literal, select, update
from sqlalchemy import insert as plain_insert

from bot.errors import StoreError
from bot.model import DeliveryState, NewPart, Part, Reminder, Slot, SlotRecord, Subscription
from bot.store.database import DatabaseRows, insert, reading, writing
from bot.store.rows import channel_from, from_json, to_json
from bot.store.schema import BRIEF, REMINDER, Moment, part
from bot.store.schema import slot as slots

_WORST_FIRST = (
    DeliveryState.FAILED,
    DeliveryState.UNKNOWN,
    DeliveryState.SENDING,
    DeliveryState.READY,
    DeliveryState.SENT,
)
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
        slot: Slot | Reminder,
        subscription: Subscription,
        parts: Sequence[NewPart],
        *,
        note: str = "",
    ) -> bool:
        """Keep a slot and its rendered parts; False, and nothing kept, if the slot has a row.

        Raises:
            StoreError: there are no parts, so nothing could ever be sent.
        """
        if not parts:
            raise StoreError(f"Slot {slot.key} has no parts: skip it instead")
        if not _save_slot(db, slot, subscription, is_skipped=False, reason=note):
            return False
        db.execute(plain_insert(part), [_part_columns(slot.key, new) for new in parts])
        return True

    @writing
    def skip_slot(
        self, db: Connection, slot: Slot, subscription: Subscription, reason: str
    ) -> bool:
        """Keep a slot that will not be posted; False if it has a row."""
        return _save_slot(db, slot, subscription, is_skipped=True, reason=reason)

    @writing
    def claim_part(
        self, db: Connection, owner: str, now: datetime, lease: timedelta
    ) -> Part | None:
        """Take the next part to send: ready, or sending with an ended lease, in order."""
        claimed = (
            update(part)
            .where(part.c.id == _next_part_id(now))
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
        of_slot = (slots.c.platform, slots.c.channel_id, slots.c.due_at)
        found = select(part, *of_slot).join_from(part, slots)
        return _part_from(db.execute(found.where(part.c.id == part_id)).mappings().one())

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
        """What became of the newest slots, newest first."""
        newest = (
            select(slots)
            .where(slots.c.workspace == workspace)
            .order_by(slots.c.due_at.desc(), slots.c.key.desc())
            .limit(limit)
        )
        return tuple(_record(db, row) for row in db.execute(newest).mappings().all())


def _list_keys(db: Connection, kind: str, subscription_id: int, since: datetime) -> frozenset[str]:
    keys = select(slots.c.key).where(
        slots.c.subscription_id == subscription_id, slots.c.due_at >= since, slots.c.kind == kind
    )
    return frozenset(db.scalars(keys))


def _save_slot(
    db: Connection,
    new: Slot | Reminder,
    subscription: Subscription,
    *,
    is_skipped: bool,
    reason: str,
) -> bool:
    saved = insert(db, slots).values(
        key=new.key,
        subscription_id=new.subscription_id,
        workspace=subscription.workspace,
        platform=subscription.channel.platform,
        channel_id=subscription.channel.channel_id,
        due_at=new.due_at,
        is_skipped=is_skipped,
        reason=reason,
        kind=REMINDER if isinstance(new, Reminder) else BRIEF,
    )
    return db.scalar(saved.on_conflict_do_nothing().returning(slots.c.key)) is not None


def _part_columns(slot_key: str, new: NewPart) -> dict[str, object]:
    return {
        "slot_key": slot_key,
        "number": new.number,
        "payload": to_json(new.payload),
        "nonce": new.nonce,
        "state": DeliveryState.READY.value,
    }


def _next_part_id(now: datetime) -> ScalarSelect[int]:
    """The part of the longest due slot that may be sent now and that nobody holds."""
    before = part.alias("before")
    is_waiting = exists().where(
        before.c.slot_key == part.c.slot_key,
        before.c.number < part.c.number,
        before.c.state != DeliveryState.SENT.value,
    )
    is_left = (part.c.state == DeliveryState.SENDING.value) & (part.c.lease_until <= now)
    return (
        select(part.c.id)
        .join_from(part, slots)
        .where((part.c.state == DeliveryState.READY.value) | is_left, ~is_waiting)
        .order_by(slots.c.due_at, part.c.id)
        .limit(1)
        # Where the database locks rows, two who claim at once must not meet in one.
        .with_for_update(of=part, skip_locked=True)
        .correlate(None)
        .scalar_subquery()
    )


def _part_from(row: RowMapping) -> Part:
    return Part(
        id=row["id"],
        slot_key=row["slot_key"],
        channel=channel_from(row),
        number=row["number"],
        payload=from_json(row["payload"]),
        nonce=row["nonce"],
        state=DeliveryState(row["state"]),
        due_at=row["due_at"],
        first_try_at=row["first_try_at"],
        tries=row["tries"],
    )


def _record(db: Connection, row: RowMapping) -> SlotRecord:
    of_slot = select(part.c.state, part.c.reason, part.c.message_id)
    parts = db.execute(of_slot.where(part.c.slot_key == row["key"]).order_by(part.c.number)).all()
    state, reason = DeliveryState.SKIPPED, ""
    if not row["is_skipped"]:
        worst = min(parts, key=lambda one: _WORST_FIRST.index(one.state))
        state, reason = DeliveryState(worst.state), worst.reason
    return SlotRecord(
        key=row["key"],
        workspace=row["workspace"],
        channel=channel_from(row),
        due_at=row["due_at"],
        state=state,
        reason=reason or row["reason"],
        message_ids=tuple(one.message_id for one in parts if one.message_id),
    )
