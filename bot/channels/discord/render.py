"""briefs, changes, feeds, orders → Discord messages as JSON, each within Discord's limits."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.channels.discord.buttons import with_brief_buttons
from bot.channels.discord.files import with_picture
from bot.channels.discord.inert import inert
from bot.channels.discord.limits import Payload
from bot.channels.discord.lines import (
    contradiction_blocks,
    count,
    day,
    entry_lines,
    feed_blocks,
    item_blocks,
    moment,
    paragraphs,
    trust_blocks,
    visit_blocks,
)
from bot.channels.discord.pages import (
    Page,
    heading,
    join,
    number_parts,
    pack,
    pack_first,
    pieces,
)
from bot.model import Brief, ChangeReport, Feed, FeedPreview, Section, Subscription

NOTHING_NEW = "Nothing new."
CHANGES = "What changed"
NOTHING_CHANGED = "Nothing changed."
VISITS = "Visit ledger"
CONTRADICTIONS = "Where sources disagree"
FEEDS = "Feeds"
NO_FEEDS = "No feed yet. Someone with Manage Server can add one with /feeds add."
NEWEST = "Its newest entries"
REMOVED = "No longer following"
SCHEDULE = "Brief scheduled"
REMINDERS = "Reminders of visits"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PREVIEWED = 5


def render_brief(brief: Brief, mark: Callable[[int], str]) -> tuple[Payload, ...]:
    """Return a brief's messages; ``mark(number)`` ends the footer of message ``number``.

    An empty mark leaves the footer without one.
    """
    end_at = brief.end_at.astimezone(ZoneInfo(brief.timezone))
    pages = [_cover(brief, end_at), *map(_section, brief.sections)]
    if brief.visits:
        blocks = (block for visit in brief.visits for block in visit_blocks(visit))
        pages.append(Page(VISITS, tuple(blocks)))
    pages += _disputes(brief)
    messages = pack(pages, footer(f"Brief of {day(end_at)}", mark))
    cited = bool(brief.contradictions) or not brief.is_quiet
    shown = with_picture(messages, VISITS, brief.picture)
    return with_brief_buttons(shown, brief.key, has_sources=cited)


def render_changes(report: ChangeReport) -> tuple[Payload, ...]:
    """Return what became of visits and facts, and where sources disagree.

    What an answer has no room for is counted.
    """
    period = f"From {moment(report.start_at)} to {moment(report.end_at)} (UTC)"
    is_empty = not (report.visits or report.facts or report.contradictions)
    told = [Page(CHANGES, (period, NOTHING_CHANGED) if is_empty else (period,))]
    told += [Page("Visits", item_blocks(item)) for item in report.visits]
    told += [Page("Facts", item_blocks(item)) for item in report.facts]
    told += [Page(CONTRADICTIONS, contradiction_blocks(pair)) for pair in report.contradictions]
    return pack_first(told, "choose a later since")


def _disputes(brief: Brief) -> list[Page]:
    blocks = tuple(block for pair in brief.contradictions for block in contradiction_blocks(pair))
    return [Page(CONTRADICTIONS, blocks)] if blocks else []


def _cover(brief: Brief, end_at: datetime) -> Page:
    start_at = brief.start_at.astimezone(end_at.tzinfo)
    is_daily = abs(brief.end_at - brief.start_at - timedelta(days=1)) <= timedelta(hours=1)
    title = f"Brief · {day(end_at) if is_daily else moment(end_at)}"
    period = f"From {moment(start_at)} to {moment(end_at)} ({inert(brief.timezone)})"
    return Page(title, (*paragraphs(brief.note), period, *trust_blocks(brief.trust, brief.engine)))


def _section(section: Section) -> Page:
    blocks = [block for item in section.items for block in item_blocks(item)]
    if section.omitted:
        blocks.append(f"{count(section.omitted, 'more line')} left out: over this section's cap.")
    return Page(heading(section.title) or section.tag, tuple(blocks) or (NOTHING_NEW,))


def without_mark(number: int) -> str:
    """Return the mark of a message that nobody will look for."""
    return ""


def footer(words: str = "", mark: Callable[[int], str] = without_mark) -> Callable[[int, int], str]:
    """Return what ``pack`` asks for: the words, which part it is, and the mark of the message."""

    def write(number: int, total: int) -> str:
        return " · ".join(filter(None, (words, number_parts(number, total), mark(number))))

    return write


def render_feeds(feeds: Sequence[Feed]) -> tuple[Payload, ...]:
    """Return the workspace's feeds with what the last poll of each found."""
    blocks = tuple(block for feed in feeds for block in feed_blocks(feed)) or (NO_FEEDS,)
    return pack([Page(FEEDS, blocks)], footer())


def render_preview(preview: FeedPreview) -> tuple[Payload, ...]:
    """Return a feed as it looks before anyone relies on it."""
    hours = preview.hours_between
    pace = "pace unknown" if hours is None else f"about one entry every {_duration(hours)}"
    depth = "full text" if preview.has_full_text else "teasers only"
    facts = " · ".join(filter(None, (pace, depth, inert(preview.language))))
    newest = [(entry.title, entry.published_at) for entry in preview.entries[:_PREVIEWED]]
    pages = [Page("Now following", (*feed_blocks(preview.feed), facts))]
    if newest:
        pages.append(Page(NEWEST, join(entry_lines(newest))))
    return pack(pages, footer())


def _duration(hours: float) -> str:
    if hours < 1:
        return count(max(1, round(hours * 60)), "minute")
    return count(round(hours), "hour") if hours < 48 else count(round(hours / 24), "day")


def render_removed(feed: Feed) -> tuple[Payload, ...]:
    """Return which feed is not followed any more."""
    return pack([Page(REMOVED, feed_blocks(feed))], footer())


def render_stopped(subscription: Subscription) -> tuple[Payload, ...]:
    """Say that a channel's order is off, and how to have it back."""
    times = " ".join(subscription.times)
    told = f"No more briefs here. To have them back: /schedule set with {times} and its time zone."
    return pack([Page(SCHEDULE, pieces(told))], footer())


def render_reminding(subscription: Subscription) -> tuple[Payload, ...]:
    """Say whether the channel is reminded of visits."""
    told = (
        "On. Three days and one day before a visit that is planned or confirmed for known days,"
        " this channel is told of it at the hour of its brief."
        if subscription.has_reminders
        else "Off. To have reminders of visits back: /schedule reminders on."
    )
    return pack([Page(REMINDERS, (told,))], number_parts)


def render_subscription(subscription: Subscription) -> tuple[Payload, ...]:
    """Return the standing order of a channel in words."""
    days = ", ".join(_DAYS[number - 1] for number in subscription.weekdays)
    when = "every day" if len(subscription.weekdays) == len(_DAYS) else days
    topics = ", ".join(subscription.tags) or "all"
    order = (
        f"Here, {when} at {' and '.join(subscription.times)} ({subscription.timezone})"
        f" · topics: {topics}"
    )
    return pack([Page(SCHEDULE, pieces(order))], footer())
