"""Administration: who changed what, who may, what is wrong, and what a set-up asks for."""

import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.articles import Feed, FeedPreview
from bot.model.briefs import Brief
from bot.model.channels import ChannelRef, SlotRecord, Subscription


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes the configuration, and when; what shares a ``batch`` is undone together.

    ``member`` is ``discord:`` and an id, or ``console``.
    """

    member: str
    at: datetime
    batch: str


def make_author(member: str, now: datetime) -> Author:
    """Return who changes something now, with a batch of its own."""
    letters = string.ascii_letters + string.digits
    return Author(member, now, "".join(secrets.choice(letters) for _ in range(12)))


class ConfigKind(StrEnum):
    """What part of the configuration a change touches."""

    FEED = "feed"
    SCHEDULE = "schedule"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigEdit:
    """One value before and after: a feed as followed, an order, or a choice.

    ``name`` is the feed's title, the order's number or the choice's name; None is “not there”.
    """

    kind: ConfigKind
    name: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigChange:
    """What one command changed, newest first in a history; undone as a whole or not at all."""

    batch: str
    member: str
    at: datetime
    edits: tuple[ConfigEdit, ...]
    undone_by: str = ""
    undone_at: datetime | None = None


class Right(StrEnum):
    """What a command needs: to look, to change, or to rule over who may and what is kept at all."""

    VIEW = "view"
    MANAGE = "manage"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Rights:
    """The platform's roles that may manage, and those that may look; no viewers means all may."""

    managers: frozenset[str] = frozenset()
    viewers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A feed that was looked at and waits to be confirmed under ``key``."""

    key: str
    preview: FeedPreview
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A feed in a list that other programs read and write, as OPML.

    ``problem`` is why its address can't be used, in a line, or empty; then ``url`` is as it
    is polled. ``categories`` are words of their own, which may name topics.
    """

    url: str
    title: str
    outlet: str = ""
    tier: int = 3
    categories: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of the entries of an imported list of feeds."""

    added: tuple[str, ...]
    known: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked. ``code`` names its wording, ``values`` fill it in.

    Its remedy has the same code with ``.do``; only what is not fine has one.
    """

    code: str
    is_ok: bool
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoreSize:
    """Bytes of the database, and bytes left on its disk (None if nobody knows)."""

    used: int
    free: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How a workspace stands: what was posted, what fails, what the model may still spend.

    ``slots`` are the newest first. Limits of None are none.
    """

    as_of: datetime
    orders: tuple[Subscription, ...]
    slots: tuple[SlotRecord, ...]
    feed_count: int
    feeds_troubled: tuple[Feed, ...]
    engine: str
    model_rests_until: datetime | None
    tokens_today: int
    tokens_per_day: int | None
    muted_until: datetime | None
    notices: ChannelRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceSettings:
    """Everything that admins have chosen, besides feeds and orders.

    ``mentions`` are roles to mention by tag. ``language`` is empty where none was chosen.
    """

    timezone: str
    language: str
    notices: ChannelRef | None
    rights: Rights
    mentions: Mapping[str, str]
    has_events: bool
    muted_until: datetime | None


@dataclass(frozen=True, slots=True)
class Starter:
    """A set of feeds to begin with: its name and how many feeds it has."""

    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupPlan:
    """What a set-up asks for. ``times`` and ``timezone`` as people type them."""

    channel: ChannelRef
    timezone: str
    times: str
    tags: tuple[str, ...] = ()
    starters: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupReport:
    """What a set-up made: the order, the feeds followed, and a brief as it would be now."""

    order: Subscription
    feeds: tuple[str, ...]
    preview: Brief
    batch: str
