"""what a poll met → the state of its feed, and when it is asked again."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.errors import BotError
from bot.model import Feed, FeedState, ParsedFeed

MAX_BACK_OFF = timedelta(days=1)

_STATES = {
    "not_a_feed": FeedState.NOT_A_FEED,
    "captcha": FeedState.BLOCKED,
    "blocked": FeedState.BLOCKED,
    "gone": FeedState.GONE,
    "timeout": FeedState.TIMEOUT,
}


def judge_feed(parsed: ParsedFeed) -> FeedState:
    """The state of a feed that could be read."""
    if not parsed.entries:
        return FeedState.EMPTY
    if not any(entry.published_at for entry in parsed.entries):
        return FeedState.UNDATED
    return FeedState.OK


def judge_error(error: BotError) -> FeedState:
    """The state of a feed that could not be read."""
    return _STATES.get(getattr(error, "reason", ""), FeedState.UNREACHABLE)


def decide_next_poll(
    feed: Feed, state: FeedState, *, now: datetime, interval: timedelta, retry_after: str = ""
) -> datetime:
    """The usual interval, doubled with every failure in a row up to a day.

    A site that says when to ask again is not asked before, if that is within a day.
    """
    if not state.is_failing:
        return now + interval
    wait = min(interval * (1 << min(feed.failures + 1, 10)), MAX_BACK_OFF)
    return now + max(wait, min(read_retry_after(retry_after, now), MAX_BACK_OFF))


def read_retry_after(text: str, now: datetime) -> timedelta:
    """How long ``Retry-After`` asks to wait: seconds or an HTTP date; nothing for anything else."""
    if re.fullmatch(r"[0-9]{1,9}", text.strip()):
        return timedelta(seconds=int(text))
    try:
        at = parsedate_to_datetime(text)
        return max(timedelta(), at.replace(tzinfo=at.tzinfo or UTC) - now)
    except (ValueError, OverflowError):
        return timedelta()
