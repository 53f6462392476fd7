"""The product's words as frozen values; everything of ours may import it, it imports nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

# ---------------------------------------------------------------- feeds and articles


class FeedState(StrEnum):
    """What the last poll of a feed found."""

    NEW = "new"
    OK = "ok"
    EMPTY = "empty"
    UNDATED = "undated"
    NOT_A_FEED = "not_a_feed"
    BLOCKED = "blocked"
    GONE = "gone"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"

    @property
    def is_failing(self) -> bool:
        """Whether nothing can be read from the feed as it is now."""
        return self not in (FeedState.NEW, FeedState.OK, FeedState.EMPTY, FeedState.UNDATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed as published; ``text`` is its fullest content without markup.

    ``url`` is canonical, or empty; ``published_at`` keeps the publisher's own offset.
    """

    url: str
    guid: str
    title: str
    text: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed document: RSS, Atom or JSON Feed, read into one shape."""

    title: str
    site_url: str
    language: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPage:
    """A web page: its article as plain text, and the feeds it announces."""

    title: str
    text: str
    outlet: str
    language: str
    published_at: datetime | None
    feed_urls: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One answer from the web. ``url`` is where the redirects ended; 304 has no body."""

    url: str
    status: int
    body: bytes
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A URL that is polled, as one workspace follows it.

    ``tier`` ranks the source: 1 a government or international body, 2 a wire or quality
    outlet, 3 anything else. ``is_manual`` marks the feed that holds what was taken in by
    ``read``; it is never polled.
    """

    id: int
    workspace: str
    url: str
    title: str
    outlet: str
    tier: int
    state: FeedState
    reason: str = ""
    is_paused: bool = False
    is_manual: bool = False
    etag: str = ""
    last_modified: str = ""
    failures: int = 0
    next_poll_at: datetime | None = None
    succeeded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """The outcome of one poll of a feed, as it is kept."""

    state: FeedState
    reason: str
    polled_at: datetime
    next_poll_at: datetime
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPreview:
    """A feed as it looks before anyone relies on it: its newest entries and their cadence."""

    feed: Feed
    entries: tuple[Entry, ...]
    hours_between: float | None
    has_full_text: bool
    language: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One numbered sentence: ``text == article.text[start:end]``, numbers from 1."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One text on its way to an article, wherever it came from.

    ``html`` stands in for ``text`` until it is parsed. ``published_at`` keeps its own offset.
    """

    url: str
    guid: str
    outlet: str
    title: str
    text: str
    language: str
    published_at: datetime | None
    html: str = ""
    is_stub: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article read and cut into sentences, before it is stored.

    ``published_on`` is the date in the publisher's own zone: relative dates in the text
    are resolved against it. ``seen_at`` is when we first had it, the clock that periods
    use. ``is_stub`` says that only a teaser was to be had.
    """

    url: str
    guid: str
    outlet: str
    title: str
    text: str
    text_hash: str
    sentences: tuple[Sentence, ...]
    language: str
    published_at: datetime
    published_on: date
    seen_at: datetime
    is_stub: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(NewArticle):
    """A stored article: its newest version that the workspace may see."""

    id: int
    feed_id: int
    tier: int

    def sentence(self, number: int) -> Sentence | None:
        """The sentence of that number, or None."""
        return self.sentences[number - 1] if 1 <= number <= len(self.sentences) else None


@dataclass(frozen=True, slots=True)
class Story:
    """The articles about one event; ``copies`` groups near-copies of one text among them."""

    key: str
    article_ids: tuple[int, ...]
    copies: tuple[frozenset[int], ...]


# ---------------------------------------------------------------- topics, facts, visits


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject: one file of ``prompts/topics``. Its file name is the tag.

    ``vocabulary`` and ``traps`` map a language code to words and phrases in lower case.
    ``is_ledger`` marks the topic whose section follows the visits.
    """

    tag: str
    title: str
    order: int
    description: str
    vocabulary: Mapping[str, tuple[str, ...]]
    traps: Mapping[str, tuple[str, ...]]
    max_items: int
    is_ledger: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that carries a fact: its number in the article and its very words."""

    sentence: int
    quote: str


@dataclass(frozen=True, slots=True)
class DraftFact:
    """A statement an engine proposes, with the numbers of the sentences it rests on."""

    tag: str
    text: str
    sentences: tuple[int, ...]


class VisitStatus(StrEnum):
    """How far a visit has come, weakest first; the last two stand outside the order."""

    POSSIBLE = "possible"
    PLANNED = "planned"
    CONFIRMED = "confirmed"
    UNDERWAY = "underway"
    COMPLETED = "completed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class VisitDates:
    """When a visit is, as exactly as it is known.

    ``start`` is ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY-Qn`` or ``YYYY`` by ``precision``, None
    when unknown; ``end`` has the same form and is None for one day or when not given.
    """

    start: str | None = None
    end: str | None = None
    precision: Precision = Precision.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftVisit:
    """A visit an engine reads out of sentences; the date stays in the text's own words."""

    visitor: str
    host: str
    place: str | None
    date_text: str
    status: VisitStatus
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine makes of one article, before grounding."""

    facts: tuple[DraftFact, ...] = ()
    visits: tuple[DraftVisit, ...] = ()
    tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One statement under one tag with the sentences that carry it; it passed grounding."""

    tag: str
    text: str
    evidence: tuple[Evidence, ...]
    engine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One article's word on a visit; it passed grounding."""

    visitor: str
    host: str
    place: str | None
    dates: VisitDates
    status: VisitStatus
    evidence: Evidence
    engine: str


@dataclass(frozen=True, slots=True)
class Drop:
    """A draft line that did not pass, and why: ``reason`` one word, ``detail`` for people."""

    tag: str
    text: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All that one engine made of one text; shared by every workspace that sees the text."""

    text_hash: str
    engine: str
    prompt_version: str
    facts: tuple[Fact, ...]
    mentions: tuple[Mention, ...]
    drops: tuple[Drop, ...]
    tokens: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class ArticleAnalysis:
    """An article beside what was made of it."""

    article: Article
    analysis: Analysis


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step in a visit's history, with the sentence that tells it.

    ``is_obeyed`` is False for a report that was weaker than what stood already.
    """

    at: datetime
    status: VisitStatus
    dates: VisitDates
    article_id: int
    article_url: str
    outlet: str
    title: str
    sentence: int
    quote: str
    is_obeyed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One trip or summit and its history, oldest move first.

    ``is_overdue`` says that its last possible day has passed with no report.
    """

    key: str
    visitor: str
    host: str
    place: str | None
    dates: VisitDates
    status: VisitStatus
    history: tuple[Move, ...]
    is_overdue: bool = False


# ---------------------------------------------------------------- briefs and answers


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


class Change(StrEnum):
    """What became of an item since the period before."""

    NEW = "new"
    UPDATED = "updated"
    CONFIRMED = "confirmed"
    UNDERWAY = "underway"
    COMPLETED = "completed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a brief. ``before`` is the value it replaces, if it replaces one."""

    text: str
    citations: tuple[Citation, ...]
    change: Change | None = None
    before: str | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The cited document of one period. ``note`` says what a reader must know, if anything."""

    start_at: datetime
    end_at: datetime
    sections: tuple[Section, ...]
    visits: tuple[Visit, ...]
    contradictions: tuple[Contradiction, ...]
    trust: Trust
    engine: str
    timezone: str = "UTC"
    note: str = ""

    @property
    def is_quiet(self) -> bool:
        """Whether no section has anything."""
        return not any(section.items for section in self.sections)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Sentences found for a question: the hit with its neighbours, and their article."""

    article: Article
    sentences: tuple[Sentence, ...]
    score: float


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    """What an engine answers: sentences, each with the (passage, sentence) numbers it cites.

    Passage numbers count from 1 in the order given; sentence numbers are the article's.
    No lines means that the passages do not tell.
    """

    lines: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = ()
    tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What was looked through for a question."""

    feeds: int
    articles: int
    oldest_at: datetime | None
    newest_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The cited reply, or a refusal that says what was searched."""

    question: str
    is_answered: bool
    text: str
    citations: tuple[Citation, ...]
    as_of: datetime
    engine: str
    searched: Searched
    note: str = ""


# ---------------------------------------------------------------- channels and time


@dataclass(frozen=True, slots=True)
class ChannelRef:
    """One place that receives messages: ``platform`` is discord, slack or console."""

    platform: str
    channel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A channel's standing order: which topics, on which days, at which local times.

    ``times`` are ``HH:MM``; ``weekdays`` are ISO numbers, 1 is Monday; no tags means all.
    """

    id: int
    workspace: str
    channel: ChannelRef
    timezone: str
    times: tuple[str, ...]
    weekdays: tuple[int, ...]
    tags: tuple[str, ...]
    created_at: datetime


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
