"""Brief → channel, exactly once: rendered once, claimed, sent, and looked up when in doubt."""

import asyncio
import base64
import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.errors import ChannelError
from bot.model import ChannelRef, DeliveryState, Due, NewPart, Part
from bot.ports import Channel, Clock, DeliveryStore

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)
"""How long a claimed part is one process's own; a part that was not sent is tried after it."""
NONCE_WINDOW = timedelta(minutes=3)
"""How long after its first try a platform surely remembers a nonce."""
STALE = timedelta(hours=12)
"""How long after its slot was due a part is still sent, however long the bot was down."""
GIVE_UP = timedelta(hours=6)
"""How long after its first try a part is still sent."""

NOT_IN_TIME = f"could not be posted within {GIVE_UP // timedelta(hours=1)} hours"
"""Why a part failed that nobody refused."""
GONE = "the channel is not there any more: choose another"
"""How the reason of a part ends whose channel is gone."""

# Clocks differ, and a mark is unique for ever: reading more than needed does no harm.
_CLOCK_SLACK = timedelta(minutes=10)
# One try must end before the lease does, or two processes would send one part.
_LEASE_SHARE = 0.75
# Every claim adds a try: at first each one is used, later one in six.
_EAGER_TRIES = 5
_PATIENT_EVERY = 6


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a part, and why; without a state it stays claimed, for a later try."""

    state: DeliveryState | None
    reason: str = ""


class Step(Enum):
    """What to do with a claimed part."""

    SEND = "send"
    LOOK_UP = "look up, and send if it is not there"
    WAIT = "leave it for a later claim"
    CLOSE = "look up, and send no more"


def make_nonce(slot_key: str, channel: ChannelRef, number: int) -> str:
    """The nonce and mark of one part: 24 lower-case letters and digits, ever the same."""
    name = f"{slot_key}|{channel.platform}|{channel.channel_id}|{number}"
    hashed = hashlib.blake2b(name.encode(), digest_size=15).digest()
    return base64.b32encode(hashed).decode().lower()


def make_parts(
    due: Due,
    channel: ChannelRef,
    render: Callable[[Callable[[int], str]], tuple[Mapping[str, object], ...]],
) -> tuple[NewPart, ...]:
    """The messages of one delivery; ``render`` is a platform's rendering with what it renders.

    Raises:
        ChannelError: nothing was rendered.
    """

    def mark(number: int) -> str:
        return make_nonce(due.key, channel, number)

    payloads = render(mark)
    if not payloads:
        raise ChannelError(
            f"{channel.platform} made no message of it; please report this.", permanent=True
        )
    return tuple(NewPart(n, payload, mark(n)) for n, payload in enumerate(payloads, 1))


def decide(part: Part, now: datetime, nonce_window: timedelta = NONCE_WINDOW) -> Step:
    """What to do with a part claimed at ``now``: never send blind once its nonce is forgotten."""
    age = now - part.first_try_at
    if age > GIVE_UP or now - part.due_at > STALE:
        return Step.CLOSE
    if part.tries > _EAGER_TRIES and part.tries % _PATIENT_EVERY:
        return Step.WAIT
    # A negative age means that a clock was set: nobody knows how old the nonce is.
    return Step.SEND if timedelta(0) <= age < nonce_window else Step.LOOK_UP


def judge(
    step: Step, message_id: str | None, error: Exception | None, *, is_first: bool = True
) -> Outcome:
    """What a try means that ended at ``step`` with the message's id, without, or with an error.

    What a later part misses is the first one's thread, not the channel.
    """
    if error is None and message_id is not None:
        return Outcome(DeliveryState.SENT)
    if error is None:
        return Outcome(DeliveryState.FAILED, NOT_IN_TIME)
    reason = str(error) or "the platform gave no answer in time"
    is_refused = isinstance(error, ChannelError) and error.permanent and not error.is_unknown
    if isinstance(error, ChannelError) and error.is_gone and is_first:
        reason = GONE
    if step is Step.SEND:
        return Outcome(DeliveryState.FAILED if is_refused else None, reason)
    # The part may be in the channel, and the history can't be read: only people can tell.
    is_final = is_refused or step is Step.CLOSE
    return Outcome(DeliveryState.UNKNOWN if is_final else None, f"may have been posted: {reason}")


def get_channel(channels: Mapping[str, Channel], platform: str) -> Channel:
    """The platform's channel.

    Raises:
        ChannelError: this process has none; not permanent, settings can be mended.
    """
    if platform not in channels:
        raise ChannelError(f"{platform} is not set up; set its token in .env and start again.")
    return channels[platform]


def _seconds_to_try(
    part: Part, step: Step, now: datetime, lease: timedelta, nonce_window: timedelta
) -> float:
    """How long a try may take: within the lease and, sent by nonce alone, within its window."""
    within_lease = lease * _LEASE_SHARE
    if step is not Step.SEND:
        return within_lease.total_seconds()
    return min(within_lease, part.first_try_at + nonce_window - now).total_seconds()


def _log_outcome(part: Part, outcome: Outcome) -> None:
    level = logging.INFO if outcome.state is DeliveryState.SENT else logging.WARNING
    line = "delivery.%s slot=%s part=%d try=%d reason=%s"
    state = outcome.state or "put_off"
    logger.log(level, line, state, part.slot_key, part.number, part.tries, outcome.reason or "-")


async def _finish(
    store: DeliveryStore, part: Part, owner: str, outcome: Outcome, message_id: str
) -> bool:
    """Record an outcome, if there is one; whether the part was sent, and by us."""
    if outcome.state is None:
        return False
    is_kept = await store.finish_part(
        part.id, owner, outcome.state, message_id=message_id, reason=outcome.reason
    )
    return is_kept and outcome.state is DeliveryState.SENT


async def deliver(
    *,
    store: DeliveryStore,
    channels: Mapping[str, Channel],
    owner: str,
    clock: Clock,
    lease: timedelta = LEASE,
    nonce_window: timedelta = NONCE_WINDOW,
) -> int:
    """Send the parts that wait, until none is left to claim; returns how many were sent.

    Runs under other ``owner`` names share the work; no two may run under one. A part is tried
    once a run, even if slow channels outlast its lease, and then stays claimed for a later run.
    """
    sent, seen = 0, set[int]()
    while part := await store.claim_part(owner, now := clock(), lease):
        step = decide(part, now, nonce_window)
        if part.id in seen or step is Step.WAIT:
            continue
        seen.add(part.id)
        message_id, error = None, None
        place, first = part.channel.channel_id, part.first_message_id
        seconds = _seconds_to_try(part, step, now, lease, nonce_window)
        try:
            async with asyncio.timeout(seconds):
                channel = get_channel(channels, part.channel.platform)
                if step is not Step.SEND:
                    start_at = min(part.first_try_at, now) - _CLOCK_SLACK
                    message_id = await channel.find_sent(
                        place, part.nonce, start_at, first_id=first
                    )
                if message_id is None and step is not Step.CLOSE:
                    step = Step.SEND
                    message_id = await channel.send(place, part.payload, part.nonce, first_id=first)
        except (ChannelError, TimeoutError) as failure:
            error = failure
        outcome = judge(step, message_id, error, is_first=not first)
        _log_outcome(part, outcome)
        sent += await _finish(store, part, owner, outcome, message_id or "")
    return sent
