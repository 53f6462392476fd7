"""orders of channels → cards that read them back in words, with the next posting."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.channels.discord.buttons import with_buttons
from bot.channels.discord.inert import clip, inert
from bot.channels.discord.limits import Payload
from bot.channels.discord.pages import Page, join, pack
from bot.channels.discord.stamps import stamp
from bot.channels.discord.undoing import undo_button
from bot.errors import InputError
from bot.model import Form, Length, Style, Subscription
from bot.schedule import list_slots
from bot.wording import Words

_WEEK = timedelta(days=8)
_WEEKDAYS, _WEEKEND = (1, 2, 3, 4, 5), (6, 7)
_REASON = 300


def render_order(
    order: Subscription, title: str, batch: str, now: datetime, words: Words
) -> tuple[Payload, ...]:
    """Return an order under what was done to it, with the button that takes it back."""
    messages = pack([Page(title, join(order_lines(order, now, words)))], words)
    return with_buttons(messages, [undo_button(batch, words)])


def render_removed(order: Subscription, batch: str, words: Words) -> tuple[Payload, ...]:
    """Return which order is no more."""
    told = join([_place(order), tell_times(order, words)])
    messages = pack([Page(words.say("schedule.removed"), told)], words)
    return with_buttons(messages, [undo_button(batch, words)])


def render_reminding(order: Subscription, batch: str, words: Words) -> tuple[Payload, ...]:
    """Return whether a channel is reminded of visits."""
    state = "on" if order.has_reminders else "off"
    told = (_place(order), words.say(f"schedule.reminders.{state}"))
    messages = pack([Page(words.say("schedule.reminders.title"), told)], words)
    return with_buttons(messages, [undo_button(batch, words)])


def render_orders(
    orders: Sequence[Subscription], now: datetime, words: Words
) -> tuple[Payload, ...]:
    """Return the orders of a server, each with its number and its next posting."""
    blocks = [
        block
        for order in orders
        for block in join([f"**{name_order(order, words)}**", *order_lines(order, now, words)])
    ]
    told = tuple(blocks) or (words.say("schedule.none"),)
    return pack([Page(words.say("schedule.list"), told)], words)


def name_order(order: Subscription, words: Words) -> str:
    """Return the name by which an order is told from others."""
    return words.say("schedule.order", number=order.id)


def order_lines(order: Subscription, now: datetime, words: Words) -> Iterator[str]:
    """Yield an order in words: where, when, what, how, and the next posting."""
    yield f"{_place(order)} · {tell_times(order, words)}"
    yield f"-# {' · '.join(_list_ways(order, words))}"
    yield tell_next(order, now, words)


def tell_times(order: Subscription, words: Words) -> str:
    """Return ``Monday to Friday at 06:00 and 18:30 (Europe/London)``."""
    return words.say(
        "schedule.when",
        days=tell_days(order.weekdays, words),
        times=words.join(order.times),
        timezone=inert(order.timezone),
    )


def find_next_at(order: Subscription, now: datetime) -> datetime | None:
    """Return when the order is next posted; None if it rests or its zone is unknown here."""
    try:
        slots = list_slots(order, now, now + _WEEK)
    except InputError:
        return None
    return slots[0].due_at if slots and not order.paused_for else None


def tell_next(order: Subscription, now: datetime, words: Words) -> str:
    """Return when the order is next posted, or why it is not."""
    if order.paused_for:
        reason = inert(clip(order.paused_for, _REASON)).rstrip(".")
        return words.say("schedule.rests", reason=reason, number=order.id)
    next_at = find_next_at(order, now)
    if next_at is None:
        return words.say("schedule.zone_gone")
    return words.say("schedule.next", when=stamp(next_at))


def _place(order: Subscription) -> str:
    """The channel, which Discord shows by its name to those who may see it."""
    return f"<#{order.channel.channel_id}>"


def tell_days(days: Sequence[int], words: Words) -> str:
    """Return ``Monday to Friday``, or the days one by one."""
    known = {_WEEKDAYS: "weekdays", _WEEKEND: "weekend", (*_WEEKDAYS, *_WEEKEND): "daily"}
    if name := known.get(tuple(days)):
        return words.say(f"schedule.days.{name}")
    return words.join([words.weekday(day) for day in days])


def _list_ways(order: Subscription, words: Words) -> Iterator[str]:
    look = order.look
    topics = inert(", ".join(order.tags)) or words.say("schedule.all_topics")
    yield words.say("schedule.topics", topics=topics)
    if look.form is not Form.MESSAGE:
        yield words.say(f"history.value.{look.form.value}")
    if look.forum_tags:
        yield words.say("schedule.tags", tags=inert(", ".join(look.forum_tags)))
    if look.length is not Length.STANDARD:
        length = words.say(f"history.value.{look.length.value}")
        yield words.say("schedule.length", length=length)
    if look.style is not Style.CITED:
        style = words.say(f"history.value.{look.style.value}")
        yield words.say("schedule.style", style=style)
    if order.skips_quiet:
        yield words.say("schedule.quiet")
    if order.alerts_per_day:
        yield words.count(order.alerts_per_day, "schedule.alerts")
    if order.has_reminders:
        yield words.say("schedule.reminded")
