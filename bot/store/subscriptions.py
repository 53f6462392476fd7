"""Subscriptions: the standing order of each channel."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from bot.model import ChannelRef, Subscription
from bot.store.database import DatabaseRows, insert, reading, writing
from bot.store.rows import subscription_from, to_json
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
    ) -> Subscription:
        """Set the channel's order, which counts from ``now``.

        It keeps the id of the one before, and whether it has reminders.
        """
        key = {
            "workspace": workspace,
            "platform": channel.platform,
            "channel_id": channel.channel_id,
        }
        values = {
            "timezone": timezone,
            "times": to_json(times),
            "weekdays": to_json(weekdays),
            "tags": to_json(tags),
            "created_at": now,
        }
        saved = (
            insert(db, subscription)
            .values(**key, **values)
            .on_conflict_do_update(index_elements=list(key), set_=values)
            .returning(subscription)
        )
        return subscription_from(db.execute(saved).mappings().one())

    @writing
    def remove_subscription(self, db: Connection, workspace: str, channel: ChannelRef) -> bool:
        """Drop the channel's order; False if it had none."""
        removed = delete(subscription).where(_is_of(workspace, channel))
        return db.execute(removed).rowcount > 0

    @writing
    def set_reminders(
        self, db: Connection, workspace: str, channel: ChannelRef, *, is_on: bool
    ) -> bool:
        """Post reminders of visits in that channel, or no more; False if it has no order."""
        changed = update(subscription).where(_is_of(workspace, channel))
        return db.execute(changed.values(has_reminders=is_on)).rowcount > 0

    @reading
    def list_subscriptions(
        self, db: Connection, workspace: str | None = None
    ) -> tuple[Subscription, ...]:
        """The orders of one workspace, or of all, oldest channel first."""
        orders = select(subscription).order_by(subscription.c.id)
        if workspace is not None:
            orders = orders.where(subscription.c.workspace == workspace)
        return tuple(map(subscription_from, db.execute(orders).mappings()))


def _is_of(workspace: str, channel: ChannelRef) -> ColumnElement[bool]:
    return and_(
        subscription.c.workspace == workspace,
        subscription.c.platform == channel.platform,
        subscription.c.channel_id == channel.channel_id,
    )
