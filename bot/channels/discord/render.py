"""briefs and changes → Discord messages as JSON, each within Discord's limits."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.channels.discord.buttons import with_brief_buttons
from bot.channels.discord.corrections import ROOM
from bot.channels.discord.files import with_picture
from bot.channels.discord.inert import inert
from bot.channels.discord.limits import Payload
from bot.channels.discord.lines import (
    contradiction_blocks,
    item_blocks,
    name_topic,
    paragraphs,
    trust_blocks,
    visit_blocks,
)
from bot.channels.discord.pages import Page, heading, join, pack, pack_first
from bot.channels.discord.places import put_in_place, with_mentions
from bot.model import Brief, ChangeReport, Form, Look, Section
from bot.wording import Words


def render_brief(
    brief: Brief, mark: Callable[[int], str], look: Look, words: Words
) -> tuple[Payload, ...]:
    """Return a brief's messages; ``mark(number)`` ends the footer of message ``number``.

    An empty mark leaves the footer without one. As a thread, the first message is the cover
    alone, and all there is if there is nothing to tell.
    """
    title, end_at = _write_title(brief, words), _end(brief)
    is_cover = look.form is Form.THREAD
    pages = [_cover(brief, title, words, has_counts=is_cover)]
    if not is_cover or _has_more(brief):
        pages += _list_pages(brief, look, words)
    messages = pack(
        pages,
        words,
        footer=words.say("brief.footer", day=words.day(end_at)),
        mark=mark,
        spare=ROOM,
        is_cover=is_cover,
    )
    messages = with_picture(messages, words.say("brief.ledger"), brief.picture)
    has_sources = bool(brief.contradictions) or not brief.is_quiet
    messages = with_brief_buttons(messages, brief.key, words, has_sources=has_sources)
    told = [section.tag for section in brief.sections if section.items]
    return put_in_place(with_mentions(messages, look, told), look, name=title)


def render_changes(report: ChangeReport, words: Words) -> tuple[Payload, ...]:
    """Return what became of visits and facts, and where sources disagree.

    What an answer has no room for is counted.
    """
    period = _tell_period(report.start_at, report.end_at, "UTC", words)
    is_empty = not (report.visits or report.facts or report.contradictions)
    nothing = (words.say("brief.changes.nothing"),) if is_empty else ()
    visits, facts = words.say("common.visits"), words.say("brief.changes.facts")
    disputes = words.say("brief.contradictions")
    told = [Page(words.say("brief.changes.title"), (period, *nothing))]
    told += [Page(visits, item_blocks(item, words)) for item in report.visits]
    told += [Page(facts, item_blocks(item, words)) for item in report.facts]
    told += [Page(disputes, contradiction_blocks(pair, words)) for pair in report.contradictions]
    return pack_first(told, words, way_on=words.say("brief.changes.way_on"))


# ---------------------------------------------------------------- the pages of a brief


def _end(brief: Brief) -> datetime:
    return brief.end_at.astimezone(ZoneInfo(brief.timezone))


def _write_title(brief: Brief, words: Words) -> str:
    """Return what a brief is called: by its day, or by its hour if it is not one day's."""
    is_daily = abs(brief.end_at - brief.start_at - timedelta(days=1)) <= timedelta(hours=1)
    when = words.day(_end(brief)) if is_daily else words.moment(_end(brief))
    return words.say("brief.title", when=when)


def _tell_period(start_at: datetime, end_at: datetime, zone: str, words: Words) -> str:
    start, end = words.moment(start_at), words.moment(end_at)
    return words.say("brief.period", start=start, end=end, zone=inert(zone))


def _has_more(brief: Brief) -> bool:
    return bool(brief.visits or brief.contradictions) or not brief.is_quiet


def _cover(brief: Brief, title: str, words: Words, *, has_counts: bool) -> Page:
    end_at = _end(brief)
    start_at = brief.start_at.astimezone(end_at.tzinfo)
    period = _tell_period(start_at, end_at, brief.timezone, words)
    counts = join(_list_counts(brief, words)) if has_counts else ()
    trust = trust_blocks(brief.trust, brief.engine, words)
    return Page(title, (*paragraphs(brief.note), period, *trust, *counts))


def _list_counts(brief: Brief, words: Words) -> Iterator[str]:
    """Yield what each section holds, for who sees only the cover."""
    for section in brief.sections:
        title = _title(section, words)
        if section.items:
            lines = words.count(len(section.items), "common.count.line")
            yield words.say("brief.cover.section", title=title, lines=lines)
        else:
            yield words.say("brief.cover.quiet", title=title)
    if brief.visits:
        yield words.count(len(brief.visits), "brief.cover.ledger")
    if brief.contradictions:
        yield words.count(len(brief.contradictions), "brief.cover.contradictions")


def _list_pages(brief: Brief, look: Look, words: Words) -> Iterator[Page]:
    style = look.style
    for section in brief.sections:
        yield _section(section, look, words)
    ledger = [block for visit in brief.visits for block in visit_blocks(visit, words, style)]
    if ledger:
        yield Page(words.say("brief.ledger"), tuple(ledger))
    disputes = [
        block for pair in brief.contradictions for block in contradiction_blocks(pair, words, style)
    ]
    if disputes:
        yield Page(words.say("brief.contradictions"), tuple(disputes))


def _section(section: Section, look: Look, words: Words) -> Page:
    blocks = [block for item in section.items for block in item_blocks(item, words, look.style)]
    if section.omitted:
        blocks.append(words.count(section.omitted, "brief.left_out"))
    return Page(_title(section, words), tuple(blocks) or (words.say("brief.nothing_new"),))


def _title(section: Section, words: Words) -> str:
    return heading(name_topic(section, words)) or section.tag
