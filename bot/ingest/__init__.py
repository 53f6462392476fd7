"""feed → articles: what is new in a feed, read whole and cut into numbered sentences."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.errors import DocumentError, FetchError
from bot.ingest.polling import decide_next_poll, judge_error
from bot.ingest.polling import judge_feed as judge_feed
from bot.ingest.renamed import find_renamed, load_renamed, name_entry, save_renamed
from bot.model import Entry, Feed, FeedState, NewArticle, ParsedFeed, ParsedPage, Poll, Reading
from bot.ports import Clock, Fetcher, Parser, Store
from bot.text.clean import clean_text, hash_text
from bot.text.sentences import detect_language, split_sentences

logger = logging.getLogger(__name__)

MAX_NEW = 30
"""New entries read in one poll; the rest wait for the next."""
FULL_TEXT = 1200
"""Characters from which an entry's own text is taken for the whole article."""


def make_article(reading: Reading, *, seen_at: datetime) -> NewArticle:
    """Clean the text, number its sentences and settle its dates.

    An undated article counts as published when it was seen; one dated in the future too.

    Raises:
        DocumentError: there is no text to read.
    """
    title, text = " ".join(clean_text(reading.title).split()), clean_text(reading.text)
    if not text:
        name = reading.url or "The text"
        raise DocumentError(f"{name} is empty: there is nothing to read", reason="empty")
    published_at = reading.published_at or seen_at
    if published_at > seen_at + timedelta(days=1):
        published_at = seen_at
    language = detect_language(text, reading.language)
    return NewArticle(
        url=reading.url,
        guid=reading.guid or reading.url,
        outlet=reading.outlet,
        title=title,
        text=text,
        # The date is part of it: "next month" in one text means two things on two days.
        text_hash=hash_text(f"{published_at.date()} {title}", text),
        sentences=split_sentences(text, language),
        language=language,
        published_at=published_at.astimezone(UTC),
        published_on=published_at.date(),
        seen_at=seen_at,
        is_stub=reading.is_stub,
    )


def list_new(
    feed: ParsedFeed, known: frozenset[str], renamed: frozenset[str] = frozenset()
) -> list[Entry]:
    """Entries that were not brought before under their guid or URL; each once, newest first.

    ``renamed`` are the names of entries that were brought before under others.
    """
    fresh: dict[str, Entry] = {}
    for entry in feed.entries:
        is_known = entry.guid in known or entry.url in known or name_entry(entry) in renamed
        if entry.url and not is_known:
            fresh.setdefault(entry.url, entry)
    return list(fresh.values())[:MAX_NEW]


def decide_seen_at(entry: Entry, *, is_first_poll: bool, now: datetime) -> datetime:
    """When an entry counts as seen: now; in a feed's first poll, when it says it was published.

    So a feed that is added today does not pour its archive into today's brief, and one that
    re-dates its entries brings nothing back.
    """
    if is_first_poll and entry.published_at:
        return min(now, entry.published_at.astimezone(UTC))
    return now


def merge_page(feed: Feed, parsed: ParsedFeed, entry: Entry, page: ParsedPage | None) -> Reading:
    """The page's text when it is the fuller one, else the entry's own, marked as a stub."""
    has_page = page is not None and len(page.text) > len(entry.text)
    text = page.text if page and has_page else entry.text
    return Reading(
        url=entry.url,
        guid=entry.guid,
        outlet=feed.outlet or parsed.title,
        title=entry.title or (page.title if page else ""),
        text=text,
        language=(page.language if page and has_page else "") or parsed.language,
        published_at=entry.published_at or (page.published_at if page else None),
        is_stub=not has_page and len(entry.text) < FULL_TEXT,
    )


async def _read_page(entry: Entry, fetcher: Fetcher, parser: Parser) -> ParsedPage | None:
    """The entry's page, or None when it can't be had: its own text must do then."""
    if len(entry.text) >= FULL_TEXT:
        return None
    try:
        page = await fetcher.fetch(entry.url)
        return await parser.parse_page(page.body, url=page.url, content_type=page.content_type)
    except (FetchError, DocumentError) as error:
        logger.info("article.page_unread url=%s reason=%s", entry.url, error.reason)
        return None


async def _read_new(
    feed: Feed,
    parsed: ParsedFeed,
    new: Sequence[Entry],
    fetcher: Fetcher,
    parser: Parser,
    now: datetime,
) -> list[NewArticle]:
    articles = []
    for entry in new:
        page = await _read_page(entry, fetcher, parser)
        seen_at = decide_seen_at(entry, is_first_poll=feed.succeeded_at is None, now=now)
        try:
            reading = merge_page(feed, parsed, entry, page)
            articles.append(await asyncio.to_thread(make_article, reading, seen_at=seen_at))
        except DocumentError as error:
            logger.info("article.empty url=%s reason=%s", entry.url, error.reason)
    return articles


async def _read_feed(
    feed: Feed, parsed: ParsedFeed, store: Store, fetcher: Fetcher, parser: Parser, now: datetime
) -> list[NewArticle]:
    """The articles of a feed that it has not brought before, under whatever name."""
    ids = [word for entry in parsed.entries for word in (entry.guid, entry.url)]
    known = await store.list_known(feed.id, ids)
    renamed = await load_renamed(store, feed)
    new = list_new(parsed, known, renamed)
    articles = await _read_new(feed, parsed, new, fetcher, parser, now)
    found = await find_renamed(store, feed, articles, now)
    if found:
        present = {name_entry(entry) for entry in parsed.entries}
        await save_renamed(store, feed, (renamed & present) | {name_entry(x) for x in found})
    return [article for article in articles if article not in found]


async def _keep(store: Store, feed: Feed, articles: Sequence[NewArticle], clock: Clock) -> int:
    """Store what was read; returns how many articles were new."""
    if feed.succeeded_at is not None:
        # Fetching took a while: a brief that was written meanwhile must not count them as its own.
        articles = [replace(article, seen_at=clock()) for article in articles]
    return await store.save_articles(feed.id, articles) if articles else 0


async def ingest(
    feed: Feed,
    *,
    store: Store,
    fetcher: Fetcher,
    parser: Parser,
    clock: Clock,
    interval: timedelta,
) -> int:
    """Poll one feed and store its new articles; returns how many. A failure is a state."""
    articles: list[NewArticle] = []
    now, retry_after = clock(), ""
    state, reason, etag, last_modified = FeedState.OK, "", feed.etag, feed.last_modified
    try:
        fetched = await fetcher.fetch(feed.url, etag=etag, last_modified=last_modified)
        if fetched.status != 304:
            parsed = await parser.parse_feed(
                fetched.body, url=fetched.url, content_type=fetched.content_type
            )
            articles = await _read_feed(feed, parsed, store, fetcher, parser, now)
            state, etag, last_modified = judge_feed(parsed), fetched.etag, fetched.last_modified
        elif not feed.state.is_failing:
            state = feed.state
    except (FetchError, DocumentError) as error:
        state, reason = judge_error(error), str(error)
        retry_after = getattr(error, "retry_after", "")
    count = await _keep(store, feed, articles, clock)
    poll = Poll(
        state=state,
        reason=reason,
        polled_at=now,
        next_poll_at=decide_next_poll(
            feed, state, now=now, interval=interval, retry_after=retry_after
        ),
        etag=etag,
        last_modified=last_modified,
    )
    await store.save_poll(feed.id, poll)
    return count
