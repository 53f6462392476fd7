"""Orders for the tests of the schedule."""

from datetime import UTC, datetime

from bot.model import ChannelRef, Subscription

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


def order(
    *times: str,
    timezone: str = "UTC",
    weekdays: tuple[int, ...] = EVERY_DAY,
    tags: tuple[str, ...] = (),
    created_at: datetime = datetime(2026, 1, 1, tzinfo=UTC),
    number: int = 7,
) -> Subscription:
    return Subscription(
        id=number,
        workspace="w",
        channel=ChannelRef("discord", "1"),
        timezone=timezone,
        times=times,
        weekdays=weekdays,
        tags=tags,
        created_at=created_at,
    )
