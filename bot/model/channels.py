"""Channels and time: where and when something is posted, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class ChannelRef:
    """One place that receives messages: ``platform`` is discord, slack or console."""

    platform: str
    channel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A channel's standing order: which topics, on which days, at which local times.

    ``times`` are ``HH:MM``; ``weekdays`` are ISO numbers, 1 is Monday; no tags means all.
    ``has_reminders`` adds a message some days before each visit.
    """

    id: int
    workspace: str
    channel: ChannelRef
    timezone: str
    times: tuple[str, ...]
    weekdays: tuple[int, ...]
    tags: tuple[str, ...]
    created_at: datetime
    has_reminders: bool = False

    @property
    def is_weekly(self) -> bool:
        """Whether it posts on one day of the week."""
        return len(self.weekdays) == 1


@dataclass(frozen=True, slots=True)
class Slot:
    """One due moment of a subscription. ``key`` is unique for ever."""

    subscription_id: int
    local_on: date
    local_time: str
    due_at: datetime

    @property
    def key(self) -> str:
        """``subscription/date/time``: what makes a second posting impossible."""
        return f"{self.subscription_id}/{self.local_on.isoformat()}/{self.local_time}"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One due reminder of a visit that starts on ``start_on``; a moved visit is a new one."""

    subscription_id: int
    uid: str
    start_on: date
    days_before: int
    due_at: datetime

    @property
    def key(self) -> str:
        """``subscription/visit/uid/date/days``: what makes a second posting impossible."""
        return (
            f"{self.subscription_id}/visit/{self.uid}/{self.start_on.isoformat()}"
            f"/{self.days_before}"
        )


class DeliveryState(StrEnum):
    """The state of a delivery's part; the delivery itself shows its worst part's."""

    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class NewPart:
    """One message of a delivery, rendered once: the platform's own payload and its nonce."""

    number: int
    payload: Mapping[str, object]
    nonce: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message of a delivery as the outbox keeps it."""

    id: int
    slot_key: str
    channel: ChannelRef
    number: int
    payload: Mapping[str, object]
    nonce: str
    state: DeliveryState
    due_at: datetime
    first_try_at: datetime
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRecord:
    """What became of a slot, for people to see."""

    key: str
    workspace: str
    channel: ChannelRef
    due_at: datetime
    state: DeliveryState
    reason: str
    message_ids: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Why an article was or was not in a brief: one line a step, in order."""

    url: str
    steps: tuple[str, ...]
