"""Subscriptions: the standing orders of channels."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from bot.errors import InputError
from bot.model import Author, ChannelRef, ConfigKind, Look, Subscription
from bot.ports import PLAIN
from bot.store.config_rows import find_start
from bot.store.database import DatabaseRows, reading, writing
from bot.store.history import record, recording
from bot.store.rows import order_look_to_json, subscription_from, to_json
from bot.store.schema import subscription


class Subscriptions(DatabaseRows):
    """Keeps ``ports.SubscriptionStore``."""

    @writing
    def save_subscription(
        self,
        db: Connection,
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

        A slot of this very minute that it had already counts still.

        Raises:
            InputError: the workspace has no order of that id.
        """
        values = {
            "platform": channel.platform,
            "channel_id": channel.channel_id,
            "timezone": timezone,
            "times": to_json(times),
            "weekdays": to_json(weekdays),
            "tags": to_json(tags),
            "look": order_look_to_json(look),
            "skips_quiet": skips_quiet,
            "alerts_per_day": alerts_per_day,
            "paused_for": "",
        }
        if order_id is None:
            return _add(db, workspace, values | {"created_at": now}, by)
        return _change(db, workspace, order_id, values, now, by)

    @writing
    def remove_subscription(
        self, db: Connection, workspace: str, order_id: int, *, by: Author | None = None
    ) -> bool:
        """Drop an order; False if the workspace has none of that id."""
        is_it = (subscription.c.workspace == workspace) & (subscription.c.id == order_id)
        with recording(db, ConfigKind.SCHEDULE, workspace, order_id, by):
            return db.execute(delete(subscription).where(is_it)).rowcount > 0

    @writing
    def pause_subscription(self, db: Connection, order_id: int, reason: str) -> None:
        """Let an order rest for a reason, or go on with an empty one."""
        rests = update(subscription).where(subscription.c.id == order_id)
        db.execute(rests.values(paused_for=reason))

    @writing
    def set_reminders(
        self,
        db: Connection,
        workspace: str,
        channel: ChannelRef,
        *,
        is_on: bool,
        by: Author | None = None,
    ) -> bool:
        """Post reminders of visits in that channel, or no more; False if it has no order.

        Its oldest order carries them, so that they come once.
        """
        ids = db.scalars(
            select(subscription.c.id)
            .where(
                subscription.c.workspace == workspace,
                subscription.c.platform == channel.platform,
                subscription.c.channel_id == channel.channel_id,
            )
            .order_by(subscription.c.id)
        ).all()
        for order_id in ids:
            changed = update(subscription).where(subscription.c.id == order_id)
            with recording(db, ConfigKind.SCHEDULE, workspace, order_id, by):
                db.execute(changed.values(has_reminders=is_on and order_id == ids[0]))
        return bool(ids)

    @reading
    def list_subscriptions(
        self, db: Connection, workspace: str | None = None
    ) -> tuple[Subscription, ...]:
        """The orders of one workspace, or of all, oldest first, with paused ones."""
        orders = select(subscription).order_by(subscription.c.id)
        if workspace is not None:
            orders = orders.where(subscription.c.workspace == workspace)
        return tuple(map(subscription_from, db.execute(orders).mappings()))


def _add(
    db: Connection, workspace: str, values: dict[str, object], by: Author | None
) -> Subscription:
    added = subscription.insert().values(workspace=workspace, **values).returning(subscription)
    order = subscription_from(db.execute(added).mappings().one())
    record(db, ConfigKind.SCHEDULE, workspace, order.id, by, before=None)
    return order


def _change(
    db: Connection,
    workspace: str,
    order_id: int,
    values: dict[str, object],
    now: datetime,
    by: Author | None,
) -> Subscription:
    is_it = (subscription.c.workspace == workspace) & (subscription.c.id == order_id)
    values["created_at"] = find_start(db, is_it, values, now)
    changed = update(subscription).where(is_it).values(values).returning(subscription)
    with recording(db, ConfigKind.SCHEDULE, workspace, order_id, by):
        row = db.execute(changed).mappings().one_or_none()
        if row is None:
            raise InputError(f"There is no order {order_id}: list the orders to see their numbers")
    return subscription_from(row)
