"""findings, status, traces → Discord messages: what is wrong first, what is fine in one line."""

import re
from collections.abc import Sequence
from datetime import datetime

from bot.channels.discord.doctor_check import PERMISSIONS
from bot.channels.discord.inert import clip, inert
from bot.channels.discord.limits import Payload
from bot.channels.discord.order_cards import tell_next, tell_times
from bot.channels.discord.pages import Page, heading, join, pack, pieces
from bot.channels.discord.settings_pages import name_permissions
from bot.channels.discord.stamps import ago, stamp
from bot.model import ChannelRef, Feed, Finding, SlotRecord, Status, Subscription, Trace
from bot.wording import Words

_LONGEST = 300
_ORDER = re.compile(r"^(order \d+) \(channel (\d+)\):")
"""How a step on an order begins; Discord shows the channel by its name."""
_FEEDS_SHOWN = 10


def render_findings(findings: Sequence[Finding], words: Words) -> tuple[Payload, ...]:
    """Return what has to be mended, each with what to do, and in one line what is fine."""
    fine = [_tell(each, words) for each in findings if each.is_ok]
    wrong = [each for each in findings if not each.is_ok]
    blocks = [
        f"**{number}.** {_tell(each, words)}\n{_tell(each, words, '.do')}"
        for number, each in enumerate(wrong, 1)
    ]
    title = words.count(len(wrong), "doctor.title") if wrong else words.say("doctor.all_fine")
    last = words.say("doctor.fine", list=" · ".join(fine))
    return pack([Page(title, (*blocks, last) if fine else tuple(blocks))], words)


def _tell(finding: Finding, words: Words, part: str = "") -> str:
    values = {name: _show(name, value, words) for name, value in finding.values.items()}
    return words.say(f"doctor.{finding.code}{part}", **values)


def _show(name: str, value: str, words: Words) -> str:
    if name == PERMISSIONS:
        return name_permissions(value.split(","), words)
    if name == "channel" and value.isdecimal():
        return f"<#{value}>"
    return inert(clip(value, _LONGEST))


def render_status(status: Status, words: Words) -> tuple[Payload, ...]:
    """Return how a server stands."""
    pages = [
        Page(words.say("status.title"), join(_summary(status, words))),
        Page(words.say("status.orders"), _orders(status, words)),
        Page(words.say("status.posted"), _posted(status, words)),
    ]
    if status.feeds_troubled:
        pages.append(Page(words.say("status.troubled"), _troubled(status.feeds_troubled, words)))
    return pack(pages, words)


def _summary(status: Status, words: Words) -> list[str]:
    feeds = words.count(status.feed_count, "common.count.feed")
    lines = [
        words.say("status.feeds", feeds=feeds, failing=words.number(len(status.feeds_troubled)))
    ]
    if status.model_rests_until:
        until = stamp(status.model_rests_until)
        lines.append(words.say("status.model_rests", engine=inert(status.engine), until=until))
    else:
        lines.append(words.say("status.model", engine=inert(status.engine)))
    spent = words.number(status.tokens_today)
    if status.tokens_per_day is None:
        lines.append(words.say("status.tokens", spent=spent))
    else:
        most = words.number(status.tokens_per_day)
        lines.append(words.say("status.tokens_of", spent=spent, most=most))
    if status.muted_until:
        lines.append(words.say("status.muted", until=stamp(status.muted_until)))
    place = _place(status.notices) if status.notices else words.say("status.nowhere")
    return [*lines, words.say("status.notices", channel=place)]


def _orders(status: Status, words: Words) -> tuple[str, ...]:
    lines = [_order(order, status.as_of, words) for order in status.orders]
    return join(lines) or (words.say("status.no_orders"),)


def _order(order: Subscription, now: datetime, words: Words) -> str:
    line = words.say(
        "status.order",
        number=order.id,
        channel=_place(order.channel),
        times=tell_times(order, words),
    )
    return f"{line}\n{tell_next(order, now, words)}"


def _posted(status: Status, words: Words) -> tuple[str, ...]:
    lines = [_slot(slot, words) for slot in status.slots]
    return join(lines) or (words.say("status.nothing_posted"),)


def _slot(slot: SlotRecord, words: Words) -> str:
    line = words.say(
        "status.slot",
        when=ago(slot.due_at),
        kind=words.say(f"status.kind.{slot.kind}"),
        channel=_place(slot.channel),
        state=words.say(f"status.state.{slot.state.value}"),
    )
    if not slot.reason:
        return line
    return words.say("status.reason", slot=line, reason=_short(slot.reason))


def _troubled(feeds: Sequence[Feed], words: Words) -> tuple[str, ...]:
    lines = [
        words.say(
            "status.feed",
            title=inert(clip(feed.title or feed.outlet, _LONGEST)),
            reason=_short(feed.reason or feed.state.value),
            since=ago(feed.failing_since) if feed.failing_since else "",
        ).rstrip()
        for feed in feeds[:_FEEDS_SHOWN]
    ]
    left = len(feeds) - len(lines)
    if left:
        lines.append(words.say("status.more", n=words.number(left)))
    return join(lines)


def _place(channel: ChannelRef) -> str:
    is_number = channel.platform == "discord" and channel.channel_id.isdecimal()
    return f"<#{channel.channel_id}>" if is_number else inert(channel.channel_id)


def _short(text: str) -> str:
    return inert(clip(text, _LONGEST))


def render_trace(trace: Trace, words: Words) -> tuple[Payload, ...]:
    """Return step by step why an article was or was not in a brief."""
    blocks = [
        f"**{number}.** {_name_channel(part)}" if first else part
        for number, step in enumerate(trace.steps, 1)
        for first, part in zip((True, *[False] * 9), pieces(step), strict=False)
    ]
    return pack([Page(words.say("status.why", url=heading(trace.url)), tuple(blocks))], words)


def _name_channel(step: str) -> str:
    return _ORDER.sub(r"\1 (<#\2>):", step)
