"""Rows of the outbox: which part is next, and rows → model values."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, ScalarSelect, exists, func, select

from bot.model import DeliveryState, NewPart, Part, SlotRecord
from bot.store.rows import channel_from, from_json, to_json
from bot.store.schema import part
from bot.store.schema import slot as slots

_WORST_FIRST = (
    DeliveryState.FAILED,
    DeliveryState.UNKNOWN,
    DeliveryState.SENDING,
    DeliveryState.READY,
    DeliveryState.SENT,
)
_first = part.alias("first")
_FIRST_MESSAGE_ID = (
    select(_first.c.message_id)
    .where(
        _first.c.slot_key == part.c.slot_key,
        _first.c.number == 1,
        _first.c.state == DeliveryState.SENT.value,
    )
    .correlate(part)
    .scalar_subquery()
)

SELECT_PARTS = select(
    part,
    slots.c.platform,
    slots.c.channel_id,
    slots.c.due_at,
    func.coalesce(_FIRST_MESSAGE_ID, "").label("first_message_id"),
).join_from(part, slots)
"""What ``part_from`` reads."""


def next_part_id(now: datetime) -> ScalarSelect[int]:
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


def part_columns(slot_key: str, new: NewPart) -> dict[str, object]:
    """The row of a part that is ready to be sent."""
    return {
        "slot_key": slot_key,
        "number": new.number,
        "payload": to_json(new.payload),
        "nonce": new.nonce,
        "state": DeliveryState.READY.value,
    }


def part_from(row: RowMapping) -> Part:
    """A row of part with its slot's channel and moment; one never tried is tried when due."""
    return Part(
        id=row["id"],
        slot_key=row["slot_key"],
        channel=channel_from(row),
        number=row["number"],
        payload=from_json(row["payload"]),
        nonce=row["nonce"],
        state=DeliveryState(row["state"]),
        due_at=row["due_at"],
        first_try_at=row["first_try_at"] or row["due_at"],
        tries=row["tries"],
        first_message_id=row["first_message_id"],
    )


def read_records(db: Connection, rows: Sequence[RowMapping]) -> tuple[SlotRecord, ...]:
    """Rows of slot, with what became of their parts."""
    of_slots = select(part.c.slot_key, part.c.state, part.c.reason, part.c.message_id)
    own = part.c.slot_key.in_([row["key"] for row in rows])
    parts = defaultdict[str, list[Any]](list)
    for one in db.execute(of_slots.where(own).order_by(part.c.slot_key, part.c.number)):
        parts[one.slot_key].append(one)
    return tuple(_record_from(row, parts[row["key"]]) for row in rows)


def _record_from(row: RowMapping, parts: Sequence[Any]) -> SlotRecord:
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
        subscription_id=row["subscription_id"],
        kind=row["kind"],
    )
