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


class Form(StrEnum):
    """How a brief is posted: as messages, a message with a thread, or a post of a forum."""

    MESSAGE = "message"
    THREAD = "thread"
    FORUM = "forum"


class Length(StrEnum):
    """How many lines a section of a brief may have: three, the topic's own cap, twice that."""

    SHORT = "short"
    STANDARD = "standard"
    LONG = "long"


class Style(StrEnum):
    """Whether each line has its sources below it, or only their linked numbers."""

    CITED = "cited"
    COMPACT = "compact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a channel's briefs look.

    ``language`` is that of headings and dates; lines and quotations stay as they are.
    ``mentions`` are pairs of a tag and the platform's id of the role to mention when its
    section has something. ``forum_tags`` are the names of a forum's tags to put on the post.
    """

    form: Form = Form.MESSAGE
    length: Length = Length.STANDARD
    style: Style = Style.CITED
    language: str = "en"
    mentions: tuple[tuple[str, str], ...] = ()
    forum_tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A channel's standing order: which topics, on which days, at which local times.

    ``times`` are ``HH:MM``; ``weekdays`` are ISO numbers, 1 is Monday; no tags means all.
    ``has_reminders`` adds a message some days before each visit. ``skips_quiet`` posts nothing
    when there is nothing. ``alerts_per_day`` is the cap of alerts between briefs, 0 for none.
    ``paused_for`` is why it rests, or empty; of ``look`` it keeps form, length, style and
    forum tags.
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
    look: Look = Look()
    skips_quiet: bool = False
    alerts_per_day: int = 0
    paused_for: str = ""

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


@dataclass(frozen=True, slots=True)
class Alert:
    """One due alert between briefs; ``name`` is what it tells, so it is told once."""

    subscription_id: int
    name: str
    due_at: datetime

    @property
    def key(self) -> str:
        """``subscription/alert/name``: what makes a second posting impossible."""
        return f"{self.subscription_id}/alert/{self.name}"


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to a workspace's admins; ``name`` is what it tells, so it is told once."""

    workspace: str
    name: str
    due_at: datetime

    @property
    def key(self) -> str:
        """``workspace/notice/name``: what makes a second posting impossible."""
        return f"{self.workspace}/notice/{self.name}"

    @property
    def subscription_id(self) -> int:
        """No order: ids begin with 1."""
        return 0


Due = Slot | Reminder | Alert | Notice
"""What the outbox keeps a row for."""


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
    """One message of a delivery as the outbox keeps it.

    ``first_message_id`` is that of the delivery's first message, once it is sent.
    """

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
    first_message_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRecord:
    """What became of a slot, for people to see.

    ``kind`` is brief, reminder, alert or notice.
    """

    key: str
    workspace: str
    channel: ChannelRef
    due_at: datetime
    state: DeliveryState
    reason: str
    message_ids: tuple[str, ...] = field(default=())
    subscription_id: int = 0
    kind: str = "brief"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Why an article was or was not in a brief: one line a step, in order."""

    url: str
    steps: tuple[str, ...]
