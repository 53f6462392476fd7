"""model values → lines and blocks of Discord markup; every word from outside is made inert."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from bot.channels.discord.fragments import LINE, find_text_target
from bot.channels.discord.inert import clip, find_link_target, inert
from bot.channels.discord.pages import is_block, join, pieces
from bot.citations import group_by_article, rank_side
from bot.model import Citation, Contradiction, Feed, FeedState, Item, Move, Searched, Trust, Visit
from bot.text.clean import clean_text
from bot.text.dates import format_dates

_NAME = 100
_MARKS = re.compile(r"(?: \\\[\d+\\\])+(?=\.?$)")
_STATES = {
    FeedState.NEW: "not read yet",
    FeedState.OK: "works",
    FeedState.EMPTY: "has no entries",
    FeedState.UNDATED: "its entries have no dates",
    FeedState.NOT_A_FEED: "is not a feed",
    FeedState.BLOCKED: "blocks us",
    FeedState.GONE: "is gone",
    FeedState.TIMEOUT: "does not answer in time",
    FeedState.UNREACHABLE: "can't be reached",
}


def day(on: date) -> str:
    """Return ``28 January 2025``."""
    return f"{on.day} {on:%B %Y}"


def short_day(on: date) -> str:
    """Return ``28 Jan 2025``."""
    return f"{on.day} {on:%b %Y}"


def moment(at: datetime) -> str:
    """Return ``28 January 2025, 06:00`` in the zone that ``at`` carries."""
    return f"{day(at)}, {at:%H:%M}"


def count(number: int, noun: str) -> str:
    """Return ``1 article`` or ``1,200 articles``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def paragraphs(text: str) -> tuple[str, ...]:
    """Return untrusted ``text`` as one inert block a line."""
    return tuple(part for line in clean_text(text).splitlines() if line for part in pieces(line))


# ---------------------------------------------------------------- sources


def link(words: str, url: str) -> str:
    """Return the words linked to a stored address, or alone if that can't be a link."""
    return _link(clip(words, _NAME), find_link_target(url))


def text_link(words: str, citation: Citation, room: int) -> str:
    """Return the words linked to the cited sentence on its page, as far as ``room`` allows."""
    return _link(words, find_text_target(citation.article_url, citation.quote, room))


def _link(words: str, target: str | None) -> str:
    # Discord does not draw a link whose words hold brackets, escaped or not.
    label = inert(words.translate(str.maketrans("[]", "()"))) or "source"
    return f"[{label}]({target})" if target else f"{label} (no link)"


def link_numbers(text: str, citations: Sequence[Citation]) -> str:
    """Return a line of an answer, the ``[1] [2]`` at its end linked to the sentences.

    Only as far as its block has room. A ``[1]`` before is an article's own, and only shown.
    """
    at = _find_marks(text, citations)
    said, marks = text[:at], text[at:]
    for citation in citations:
        target = find_text_target(citation.article_url, citation.quote, LINE)
        mark = f"\\[{citation.n}\\]"
        linked = marks.replace(mark, f"\\[[{citation.n}]({target})\\]") if target else marks
        marks = linked if is_block(f"{said}{linked}") else marks
    return f"{said}{marks}"


def _find_marks(text: str, citations: Iterable[Citation]) -> int:
    """Return where our marks begin: behind the words, also where these end in a ``[1]``."""
    found = _MARKS.search(text)
    if found is None:
        return len(text)
    at = found.start()
    for quote in filter(None, (inert(citation.quote) for citation in citations)):
        begun = text.rfind(quote, 0, found.start() + len(quote) - 1)
        at = max(at, begun + len(quote)) if begun >= 0 else at
    return at


def source_line(*citations: Citation) -> str:
    """Return the small line that says where an item comes from: sentences of one article."""
    first, numbers = citations[0], ", ".join(str(citation.n) for citation in citations)
    source = text_link(clip(first.outlet, _NAME), first, LINE)
    return f"-# \\[{numbers}\\] {source} · {short_day(first.published_at)}"


def source_blocks(citation: Citation, *, has_quote: bool) -> tuple[str, ...]:
    """Return a source with, if asked for, the very sentence it is cited for."""
    quoted = [f"> {part}" for part in pieces(f"“{citation.quote}”")] if has_quote else []
    return join([source_line(citation), *quoted])


# ---------------------------------------------------------------- items


def item_blocks(item: Item, lead: str = "") -> tuple[str, ...]:
    """Return an item and its sources; a change is told by a word in bold before it.

    What it replaces is a small line with the number of the sentence that told it.
    """
    about = f" · {inert(clip(item.about, _NAME))}" if item.about else ""
    change = f"**{item.change.value.capitalize()}**{about} · " if item.change else ""
    first, *rest = pieces(item.text)
    marks = "".join(f" \\[{citation.n}\\]" for citation in item.was)
    before = [f"-# {part}" for part in pieces(f"was: {item.before}")] if item.before else []
    before = [*before[:-1], f"{before[-1]}{marks}"] if before else []
    was = (citation for citation in item.was if citation not in item.citations)
    groups = (*group_by_article(item.citations), *group_by_article(was))
    sources = (source_line(*group) for group in groups)
    return join([f"{lead}{change}{first}", *rest, *before, *sources])


def contradiction_blocks(pair: Contradiction) -> tuple[str, ...]:
    """Return two accounts below their subject: which is newer, which is a primary source."""
    subject = inert(clip(pair.subject, _NAME)) or "One event"
    first, second = rank_side(pair.first, pair.second), rank_side(pair.second, pair.first)
    return (
        *item_blocks(pair.first, f"**{subject}**\n{first.capitalize()}: "),
        *item_blocks(pair.second, f"{second.capitalize()}: "),
    )


# ---------------------------------------------------------------- visits


def visit_blocks(visit: Visit) -> tuple[str, ...]:
    """Return a visit in one line; under it its newest source."""
    line = f"{inert(format_dates(visit.dates))} · **{visit.status.value}** · {name_visit(visit)}"
    obeyed = [move for move in visit.history if move.is_obeyed]
    return join([line, *(f"-# {move_source(move)}" for move in obeyed[-1:])])


def name_visit(visit: Visit) -> str:
    """Return ``Narendra Modi → United States (Washington)``."""
    place = f" ({inert(clip(visit.place, _NAME))})" if visit.place else ""
    return f"{inert(clip(visit.visitor, _NAME))} → {inert(clip(visit.host, _NAME))}{place}"


def move_source(move: Move) -> str:
    """Return who told a step of a visit, linked, and when."""
    return f"{link(move.outlet, move.article_url)} · {short_day(move.at)}"


# ---------------------------------------------------------------- feeds and figures


def feed_blocks(feed: Feed) -> tuple[str, ...]:
    """Return a feed's name and state; never its address, which may hold a key."""
    state = "paused" if feed.is_paused else _STATES[feed.state]
    reason = f" ({inert(clip(feed.reason, 300))})" if feed.reason else ""
    outlet = inert(clip(feed.outlet, _NAME)) or "unknown outlet"
    title = inert(clip(feed.title, _NAME)) or outlet
    return join([f"**{title}** · {state}{reason}", f"-# {feed.id} · {outlet} · tier {feed.tier}"])


def trust_blocks(trust: Trust, engine: str) -> tuple[str, ...]:
    """Return the line that says what a brief rests on."""
    failing = ", ".join(trust.feeds_failing) or "none"
    return pieces(
        f"Read {count(trust.articles, 'article')} from {count(trust.sources, 'source')}"
        f" · kept {count(trust.kept, 'line')} · dropped {trust.dropped:,}"
        f" · feeds failing: {failing} · engine: {engine}"
    )


def searched_line(searched: Searched) -> str:
    """Return what was looked through for a question."""
    looked = f"Searched {count(searched.articles, 'article')} of {count(searched.feeds, 'feed')}"
    if searched.oldest_at is None or searched.newest_at is None:
        return f"{looked}."
    return f"{looked}, from {day(searched.oldest_at)} to {day(searched.newest_at)}."


def entry_lines(titles: Iterable[tuple[str, datetime | None]]) -> Iterator[str]:
    """Yield a feed's newest entries, each with its day."""
    for title, published_at in titles:
        when = short_day(published_at) if published_at else "no date"
        yield f"{inert(clip(title, 200)) or 'untitled'}\n-# {when}"
