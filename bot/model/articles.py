"""Feeds and articles: what is read, as it was published."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


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
    ``read``; it is never polled. ``tags`` are the topics it is followed for, all if empty.
    ``failing_since`` is when the first failure in a row was.
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
    failing_since: datetime | None = None
    tags: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that carries a fact: its number in the article and its very words."""

    sentence: int
    quote: str
