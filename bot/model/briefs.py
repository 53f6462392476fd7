"""Briefs: what a channel reads, each line cited."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.channels import ChannelRef, Look
from bot.model.visits import Picture, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A numbered source: the article and the very sentence."""

    n: int
    article_id: int
    article_url: str
    outlet: str
    title: str
    published_at: datetime
    sentence: int
    quote: str
    tier: int = 3


class Change(StrEnum):
    """What became of an item since the period before."""

    NEW = "new"
    UPDATED = "updated"
    DATED = "date set"
    MOVED = "date moved"
    LESS_SURE = "less sure"
    REVIVED = "on again"
    REVERSED = "reversed"
    CONFIRMED = "confirmed"
    UNDERWAY = "underway"
    COMPLETED = "completed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    PASSED = "date passed, no report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a brief.

    ``before`` is the value it replaces, if it replaces one, and ``was`` the sentences that
    told that value. ``about`` says of what visit a change is and how that stands now.
    """

    text: str
    citations: tuple[Citation, ...]
    change: Change | None = None
    before: str | None = None
    was: tuple[Citation, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A topic's part of a brief; ``omitted`` counts lines beyond the section's cap."""

    tag: str
    title: str
    items: tuple[Item, ...]
    omitted: int = 0


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sources that disagree, newest first."""

    subject: str
    first: Item
    second: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """The line that says what a brief rests on. ``sources`` counts copies of a text once."""

    articles: int
    sources: int
    kept: int
    dropped: int
    feeds_failing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A cited sentence that its source changed after the brief was posted.

    ``n`` is the source's number in the brief; ``now`` the nearest sentence of the new text, or
    empty if there is none like it.
    """

    n: int
    outlet: str
    before: str
    now: str
    noticed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The cited document of one period. ``note`` says what a reader must know, if anything.

    ``key`` is the name under which its sources are kept, or empty.
    """

    start_at: datetime
    end_at: datetime
    sections: tuple[Section, ...]
    visits: tuple[Visit, ...]
    contradictions: tuple[Contradiction, ...]
    trust: Trust
    engine: str
    timezone: str = "UTC"
    note: str = ""
    picture: Picture | None = None
    key: str = ""

    @property
    def is_quiet(self) -> bool:
        """Whether no section has anything."""
        return not any(section.items for section in self.sections)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReport:
    """What became of visits and facts between two moments, and where sources disagree."""

    start_at: datetime
    end_at: datetime
    visits: tuple[Item, ...]
    facts: tuple[Item, ...]
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBrief:
    """A brief that was put into the outbox, as it was written.

    ``checks`` counts how often its sources were looked at again since.
    """

    slot_key: str
    workspace: str
    channel: ChannelRef
    due_at: datetime
    brief: Brief
    look: Look
    corrections: tuple[Correction, ...] = ()
    checks: int = 0
    message_ids: tuple[str, ...] = ()
