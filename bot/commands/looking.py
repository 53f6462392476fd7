"""address → feed as it looks now: its newest entries and their cadence, nothing is stored."""

from statistics import median

from bot.errors import BotError, DocumentError, InputError
from bot.ingest import FULL_TEXT, judge_feed
from bot.jobs.tools import Tools
from bot.model import Feed, FeedPreview, Fetched, ParsedFeed

MAX_TITLE = 300
MAX_ANNOUNCED = 5
"""Feeds that a page announces and that are tried."""


async def preview_feed(tools: Tools, url: str) -> FeedPreview:
    """What following the URL would bring; nothing is stored.

    Raises:
        InputError: there is no feed, nor a page that announces one.
        FetchError: the address is refused, or can't be read.
    """
    fetched, parsed = await _find_feed(tools, url)
    feed = Feed(
        id=0,
        workspace="",
        url=fetched.url,
        title=(parsed.title or fetched.url)[:MAX_TITLE],
        outlet=parsed.title[:MAX_TITLE],
        tier=3,
        state=judge_feed(parsed),
    )
    lengths = [len(entry.text) for entry in parsed.entries]
    return FeedPreview(
        feed=feed,
        entries=parsed.entries[:3],
        hours_between=_hours_between(parsed),
        has_full_text=bool(lengths) and median(lengths) >= FULL_TEXT,
        language=parsed.language,
    )


async def _find_feed(tools: Tools, url: str) -> tuple[Fetched, ParsedFeed]:
    """The feed at a URL, or the first one its page announces that can be read."""
    fetched = await tools.fetcher.fetch(url)
    try:
        return fetched, await _parse(tools, fetched)
    except DocumentError as error:
        if error.reason != "not_a_feed":
            raise InputError(f"{error} Check the address, or try another one.") from error
        refusal: BotError = error
    try:
        page = await tools.parser.parse_page(
            fetched.body, url=fetched.url, content_type=fetched.content_type
        )
    except DocumentError:
        raise InputError(f"{refusal} Give the address of a feed or of its site.") from refusal
    for announced in page.feed_urls[:MAX_ANNOUNCED]:
        try:
            found = await tools.fetcher.fetch(announced)
            return found, await _parse(tools, found)
        except BotError as error:
            refusal = error
    if page.feed_urls:
        raise refusal
    raise InputError(
        f"{fetched.url} is a web page and announces no feed: give the feed's own address."
    ) from refusal


async def _parse(tools: Tools, fetched: Fetched) -> ParsedFeed:
    return await tools.parser.parse_feed(
        fetched.body, url=fetched.url, content_type=fetched.content_type
    )


def _hours_between(parsed: ParsedFeed) -> float | None:
    """The mean time between a feed's dated entries."""
    dates = sorted(entry.published_at for entry in parsed.entries if entry.published_at)
    if len(dates) < 2:
        return None
    return (dates[-1] - dates[0]).total_seconds() / 3600 / (len(dates) - 1)
