"""Briefs: each as it was written, beside its delivery; read again, and corrected."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, RowMapping, Select, delete, exists, false, or_, select, update

from bot.model import Brief, ChannelRef, Correction, DeliveryState, Due, KeptBrief, Look
from bot.store.database import DatabaseRows, reading, writing
from bot.store.rows import channel_from, from_json, to_json
from bot.store.schema import part
from bot.store.schema_administration import brief as briefs


class Briefs(DatabaseRows):
    """Keeps ``ports.BriefStore``."""

    @reading
    def list_briefs(
        self,
        db: Connection,
        *,
        start_at: datetime,
        end_at: datetime,
        workspace: str | None = None,
        channel: ChannelRef | None = None,
    ) -> tuple[KeptBrief, ...]:
        """Those posted whole and due with ``start_at <= due_at < end_at``, oldest first."""
        posted = _select_posted(start_at).where(briefs.c.due_at < end_at)
        if workspace is not None:
            posted = posted.where(briefs.c.workspace == workspace)
        if channel is not None:
            posted = posted.where(
                briefs.c.platform == channel.platform, briefs.c.channel_id == channel.channel_id
            )
        return tuple(_read_brief(db, row) for row in db.execute(posted).mappings().all())

    @reading
    def list_unchecked(
        self, db: Connection, *, start_at: datetime, due_by: Sequence[datetime]
    ) -> tuple[KeptBrief, ...]:
        """Those posted whole, due since ``start_at``, and, looked at n times, by ``due_by[n]``."""
        is_open = (
            (briefs.c.checks == checks) & (briefs.c.due_at <= by)
            for checks, by in enumerate(due_by)
        )
        unchecked = _select_posted(start_at).where(or_(false(), *is_open))
        return tuple(_read_brief(db, row) for row in db.execute(unchecked).mappings().all())

    @writing
    def save_check(self, db: Connection, slot_key: str, corrections: Sequence[Correction]) -> None:
        """Count one more look at a brief's sources; ``corrections`` are all that it needs now."""
        looked = update(briefs).where(briefs.c.slot_key == slot_key)
        kept = _to_json(tuple[Correction, ...], tuple(corrections))
        db.execute(looked.values(checks=briefs.c.checks + 1, corrections=kept))

    @writing
    def forget_briefs(self, db: Connection, before: datetime) -> int:
        """Delete briefs due before a moment; returns how many."""
        return db.execute(delete(briefs).where(briefs.c.due_at < before)).rowcount


def keep_brief(
    db: Connection, due: Due, workspace: str, channel: ChannelRef, brief: Brief, look: Look
) -> None:
    """Keep a brief inside a transaction, without its picture: that is drawn from the brief."""
    db.execute(
        briefs.insert().values(
            slot_key=due.key,
            workspace=workspace,
            platform=channel.platform,
            channel_id=channel.channel_id,
            due_at=due.due_at,
            brief=_to_json(Brief, replace(brief, picture=None)),
            look=_to_json(Look, look),
        )
    )


def _select_posted(start_at: datetime) -> Select[Any]:
    is_left = exists().where(
        part.c.slot_key == briefs.c.slot_key, part.c.state != DeliveryState.SENT.value
    )
    return (
        select(briefs)
        .where(briefs.c.due_at >= start_at, ~is_left)
        .order_by(briefs.c.due_at, briefs.c.slot_key)
    )


def _read_brief(db: Connection, row: RowMapping) -> KeptBrief:
    of_slot = select(part.c.message_id).where(part.c.slot_key == row["slot_key"])
    return KeptBrief(
        slot_key=row["slot_key"],
        workspace=row["workspace"],
        channel=channel_from(row),
        due_at=row["due_at"],
        brief=_from_json(Brief, row["brief"]),
        look=_from_json(Look, row["look"]),
        corrections=_from_json(tuple[Correction, ...], row["corrections"]),
        checks=row["checks"],
        message_ids=tuple(db.scalars(of_slot.order_by(part.c.number))),
    )


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    # Made when it is first needed: it takes longer than all else at the start.
    return TypeAdapter(shape)


def _to_json(shape: Any, value: object) -> str:
    return to_json(_adapter(shape).dump_python(value, mode="json"))


def _from_json(shape: Any, text: str) -> Any:
    return _adapter(shape).validate_python(from_json(text))
