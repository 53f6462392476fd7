"""What changed between two moments, and where sources disagree."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from bot.changes import list_changes as list_visit_changes
from bot.citations import Numbering
from bot.conflicts import Background, find_conflicts, make_item, mark_change, show_disputes
from bot.errors import InputError
from bot.jobs.compose import LEDGER, REPEATS
from bot.jobs.tools import Tools
from bot.lines import Copies, is_repeat, join_lines, make_lines
from bot.model import ArticleAnalysis, ChangeReport, Contradiction, Item, Story, Topic
from bot.sides import list_disputes
from bot.stories import forget_retold, group_stories
from bot.visits import build_ledger

LONGEST = timedelta(days=366)
STEP = timedelta(days=7)
"""Facts are compared week by week, each with the week before it."""
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS = {"h": 1, "hour": 1, "d": 24, "day": 24, "w": 168, "week": 168}
_AMOUNT = re.compile(r"([0-9]{1,4}|an?)\s*(h|d|w|hours?|days?|weeks?)")


def parse_since(text: str, now: datetime) -> datetime:
    """Return the moment that ``text`` names, in the zone of ``now``.

    ``2025-02-01`` is its midnight, ``yesterday`` and ``monday`` the midnight they began with
    (``monday`` on a Monday is last week's), ``last week`` the Monday before this week's.

    Raises:
        InputError: nothing of the kind, not before ``now``, or further back than 366 days.
    """
    said = " ".join(text.split())
    words = said.lower().removeprefix("since ").removesuffix(" ago")
    moment = _find_named(words, now) or _find_amount(words, now) or _find_date(said, now)
    if moment is None or not timedelta() < now - moment <= LONGEST:
        raise InputError(
            f"“{said[:40]}” names no moment of the past 366 days: write 2025-02-01, "
            "2025-02-01T06:00+01:00, 3 days, 36 hours, yesterday, monday or last week."
        )
    return moment


def _find_named(words: str, now: datetime) -> datetime | None:
    today = datetime.combine(now.date(), time.min, now.tzinfo)
    monday = today - timedelta(days=today.weekday())
    if words in _DAYS:
        return today - timedelta(days=(today.weekday() - _DAYS.index(words) - 1) % 7 + 1)
    named = {
        "today": today,
        "yesterday": today - timedelta(days=1),
        "this week": monday,
        "last week": monday - timedelta(days=7),
    }
    return named.get(words)


def _find_amount(words: str, now: datetime) -> datetime | None:
    match = _AMOUNT.fullmatch(words.removeprefix("last "))
    if match is None:
        return None
    count = int(match[1]) if match[1].isdigit() else 1
    unit = match[2] if len(match[2]) == 1 else match[2].removesuffix("s")
    return now - timedelta(hours=count * _HOURS[unit])


def _find_date(text: str, now: datetime) -> datetime | None:
    """An ISO date or moment; one without a zone is in that of ``now``."""
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    except ValueError:
        return None


async def list_changes(
    tools: Tools, workspace: str, *, start_at: datetime, end_at: datetime
) -> ChangeReport:
    """What became of visits and facts between two moments, as the kept analyses tell it."""
    heard = await tools.store.list_analyses(
        workspace, tools.engine.name, start_at=end_at - LEDGER, end_at=end_at
    )
    before = await tools.store.list_analyses(
        workspace, tools.engine.name, start_at=start_at - LEDGER, end_at=start_at
    )
    return await asyncio.to_thread(_report, heard, before, tools.topics, start_at, end_at)


def _report(
    heard: Sequence[ArticleAnalysis],
    before: Sequence[ArticleAnalysis],
    topics: Sequence[Topic],
    start_at: datetime,
    end_at: datetime,
) -> ChangeReport:
    facts: list[Item] = []
    disputes: list[Contradiction] = []
    stories: list[Story] = []
    for since, until in _list_steps(start_at, end_at):
        known_then = [k for k in heard if since - REPEATS < k.article.seen_at <= until]
        grouped = group_stories([known.article for known in known_then])
        changed, disputed = _compare_facts(known_then, grouped, topics, since, start_at)
        facts += changed
        disputes += disputed
        stories += grouped
    copies = _join_copies(stories)
    texts = [Story(key="", article_ids=(), copies=tuple(set(copies.values())))]
    known = build_ledger(forget_retold(before, texts), start_at)
    visits = build_ledger(forget_retold(heard, texts), end_at)
    seen = {known.article.id for known in heard if known.article.seen_at > start_at}
    numbering = Numbering()
    return ChangeReport(
        start_at=start_at,
        end_at=end_at,
        visits=tuple(map(numbering.item, list_visit_changes(known, visits, seen, copies))),
        facts=tuple(map(numbering.item, facts)),
        contradictions=tuple(
            map(numbering.pair, (*list_disputes(visits, start_at, copies), *disputes))
        ),
    )


def _list_steps(start_at: datetime, end_at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The stretch in weeks, counted back from its end; the first may be shorter."""
    steps = []
    while end_at > start_at:
        steps.append((max(start_at, end_at - STEP), end_at))
        end_at -= STEP
    yield from reversed(steps)


def _compare_facts(
    known: Sequence[ArticleAnalysis],
    stories: Sequence[Story],
    topics: Sequence[Topic],
    since: datetime,
    start_at: datetime,
) -> tuple[list[Item], list[Contradiction]]:
    """Facts of one week that have a new value or were taken back; and where sources disagree."""
    lines = make_lines(
        [k for k in known if k.article.seen_at > since],
        [k for k in known if k.article.seen_at <= since],
    )
    background = Background((*lines.now, *lines.earlier), stories, start_at)
    tags = {topic.tag for topic in topics if not topic.is_ledger}
    told = [line for line in lines.now if line.fact.tag in tags]
    fresh = [line for line in told if not is_repeat(line, lines.earlier, background.copies)]
    conflicts = find_conflicts(fresh, background)
    items = {
        frozenset(group[0].sentences): mark_change(
            make_item(group, background.copies), group, conflicts
        )
        for group in join_lines(fresh, background.copies)
    }
    return [item for item in items.values() if item.change], show_disputes(conflicts)


def _join_copies(stories: Sequence[Story]) -> Copies:
    """Article id → all its copies; a text that two weeks know has those of both."""
    copies: dict[int, frozenset[int]] = {}
    for story in stories:
        for text in story.copies:
            joined = text.union(*(copies.get(id_, frozenset()) for id_ in text))
            copies.update(dict.fromkeys(joined, joined))
    return copies
