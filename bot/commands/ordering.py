"""What is asked of an order → which one is meant, and whether it may stand beside the others."""

from collections.abc import Sequence
from dataclasses import replace

from bot.errors import InputError
from bot.model import ChannelRef, Subscription
from bot.schedule.words import Timing, parse_days, parse_timing
from bot.schedule.zones import check_timezone, join_words

MAX_ORDERS = 100
"""Of one workspace."""
MAX_ORDERS_OF_CHANNEL = 10
MAX_ALERTS = 20
"""Of one order in a day."""


def read_timing(times: str, days: str, timezone: str) -> Timing:
    """When to post; days and a zone that are given by themselves count more than those in words.

    Raises:
        InputError: no such time, day or zone.
    """
    timing = parse_timing(times)
    return replace(
        timing,
        weekdays=parse_days(days) if days.strip() else timing.weekdays,
        timezone=check_timezone(timezone) if timezone.strip() else timing.timezone,
    )


def check_alerts(alerts_per_day: int) -> int:
    """The cap of alerts.

    Raises:
        InputError: there can be no such cap.
    """
    if not 0 <= alerts_per_day <= MAX_ALERTS:
        raise InputError(f"The alerts of a day must be between 0 and {MAX_ALERTS}.")
    return alerts_per_day


def choose_order(
    orders: Sequence[Subscription], channel: ChannelRef, order_id: int
) -> Subscription | None:
    """The order of that number, or with 0 the channel's only one; None if it has none.

    Raises:
        InputError: there is none of that number, or the channel has several.
    """
    if order_id:
        named = next((order for order in orders if order.id == order_id), None)
        if named is None:
            raise InputError(f"There is no order {order_id} here: list the orders first.")
        return named
    own = [order for order in orders if order.channel == channel]
    if len(own) > 1:
        names = join_words([f"{order.id} ({', '.join(order.times)})" for order in own], "and")
        raise InputError(
            f"This channel has several orders, {names}: name the one you mean, as order of "
            "/schedule set or remove."
        )
    return own[0] if own else None


def check_place(order: Subscription, others: Sequence[Subscription]) -> None:
    """Let an order pass that has room beside the others and is never due together with one.

    Raises:
        InputError: it is one too many, or posts in its channel when another one does.
    """
    own = [other for other in others if other.channel == order.channel]
    if len(own) >= MAX_ORDERS_OF_CHANNEL:
        raise InputError(f"{MAX_ORDERS_OF_CHANNEL} orders a channel are the most: remove one.")
    if len(others) >= MAX_ORDERS:
        raise InputError(f"{MAX_ORDERS} orders are the most: remove one first.")
    for other in own:
        times = sorted(set(order.times) & set(other.times))
        is_day_shared = bool(set(order.weekdays) & set(other.weekdays))
        if times and is_day_shared and order.timezone == other.timezone:
            raise InputError(
                f"Order {other.id} of this channel posts at {times[0]} already: choose another "
                "time, or change that order."
            )
