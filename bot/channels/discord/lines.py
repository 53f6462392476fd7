"""model values → lines and blocks of Discord markup; every word from outside is made inert."""

import re
from collections.abc import Iterable, Sequence

from bot.channels.discord.fragments import LINE, find_text_target
from bot.channels.discord.inert import clip, find_link_target, inert
from bot.channels.discord.pages import is_block, join, pieces
from bot.channels.discord.stamps import tell_dates
from bot.citations import group_by_article, list_standings
from bot.model import (
    Citation,
    Contradiction,
    Item,
    Move,
    Searched,
    Section,
    Style,
    Topic,
    Trust,
    Visit,
)
from bot.text.clean import clean_text
from bot.wording import Words

_NAME = 100
_STUCK = "\u00a0"
"""A space that no line ends at: a number alone at the start of a line reads badly."""
_MARKS = re.compile(r"(?: \\\[\d+\\\])+(?=\.?$)")


def capital(text: str) -> str:
    """Return words of ours with a capital at their beginning, the rest as it is."""
    return f"{text[:1].upper()}{text[1:]}"


def paragraphs(text: str) -> tuple[str, ...]:
    """Return untrusted ``text`` as one inert block a line."""
    return tuple(part for line in clean_text(text).splitlines() if line for part in pieces(line))


def quoted(text: str, words: Words) -> tuple[str, ...]:
    """Return an untrusted sentence in quotation marks, in several pieces if it is long."""
    return _fill("common.quote", text, words)


def _fill(key: str, text: str, words: Words) -> tuple[str, ...]:
    """Return the words of ``key`` round an untrusted text, in several pieces if it is long."""
    before, _, after = words.say(key, text="\0").partition("\0")
    first, *rest = pieces(text)
    *parts, last = (f"{before}{first}", *rest)
    return (*parts, f"{last}{after}")


# ---------------------------------------------------------------- sources


def link(label: str, url: str, words: Words) -> str:
    """Return a label linked to a stored address, or alone if that can't be a link."""
    return _link(clip(label, _NAME), find_link_target(url), words)


def text_link(label: str, citation: Citation, room: int, words: Words) -> str:
    """Return a label linked to the cited sentence on its page, as far as ``room`` allows."""
    return _link(label, find_text_target(citation.article_url, citation.quote, room), words)


def _link(text: str, target: str | None, words: Words) -> str:
    # Discord does not draw a link whose words hold brackets, escaped or not.
    label = inert(text.translate(str.maketrans("[]", "()"))) or words.say("common.source")
    return f"[{label}]({target})" if target else words.say("common.no_link", label=label)


def link_numbers(text: str, citations: Sequence[Citation]) -> str:
    """Return a line of an answer, the ``[1] [2]`` at its end linked to the sentences.

    Only as far as its block has room. A ``[1]`` before is an article's own, and only shown.
    """
    at = _find_marks(text, citations)
    said, marks = text[:at], text[at:]
    for citation in citations:
        linked = marks.replace(f"\\[{citation.n}\\]", _number(citation))
        marks = linked if is_block(f"{said}{linked}") else marks
    return f"{said}{marks}"


def _number(citation: Citation) -> str:
    """Return ``[1]``, the number linked to the sentence if that has an address."""
    target = find_text_target(citation.article_url, citation.quote, LINE)
    return f"\\[[{citation.n}]({target})\\]" if target else f"\\[{citation.n}\\]"


def _with_numbers(parts: Sequence[str], citations: Iterable[Citation]) -> tuple[str, ...]:
    """Return pieces of a line with linked numbers behind them, as far as the last has room."""
    *told, last = parts
    for citation in citations:
        for mark in (_number(citation), f"\\[{citation.n}\\]"):
            if is_block(f"{last}{_STUCK}{mark}"):
                last = f"{last}{_STUCK}{mark}"
                break
        else:
            told, last = [*told, last], mark
    return (*told, last)


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


def source_line(citations: Sequence[Citation], words: Words) -> str:
    """Return the small line that says where an item comes from: sentences of one article."""
    first, numbers = citations[0], ", ".join(str(citation.n) for citation in citations)
    source = text_link(clip(first.outlet, _NAME), first, LINE, words)
    return f"-# \\[{numbers}\\] {source} · {words.short_day(first.published_at)}"


def source_blocks(citation: Citation, words: Words, *, has_quote: bool) -> tuple[str, ...]:
    """Return a source with, if asked for, the very sentence it is cited for."""
    told = [f"> {part}" for part in quoted(citation.quote, words)] if has_quote else []
    return join([source_line([citation], words), *told])


# ---------------------------------------------------------------- items


def item_blocks(
    item: Item, words: Words, style: Style = Style.CITED, lead: str = ""
) -> tuple[str, ...]:
    """Return an item and its sources; a change is told by a word in bold before it.

    What it replaces is a small line with the number of the sentence that told it. In the
    compact style there are no lines of sources: each line ends in its linked numbers.
    """
    first, *rest = pieces(item.text)
    told = (f"{lead}{_tell_change(item, words)}{first}", *rest)
    before = _fill("common.was", item.before, words) if item.before else ()
    was = tuple(f"-# {part}" for part in before)
    if style is Style.COMPACT:
        numbered = _with_numbers(told, item.citations)
        return join([*numbered, *(_with_numbers(was, item.was) if was else ())])
    marks = "".join(f" \\[{citation.n}\\]" for citation in item.was)
    small = (*was[:-1], f"{was[-1]}{marks}") if was else ()
    others = (citation for citation in item.was if citation not in item.citations)
    groups = (*group_by_article(item.citations), *group_by_article(others))
    return join([*told, *small, *(source_line(group, words) for group in groups)])


def _tell_change(item: Item, words: Words) -> str:
    """Return ``**New** · Modi → Paris, planned · ``, or nothing."""
    if item.change is None:
        return ""
    word = capital(words.say(f"common.change.{item.change.name.lower()}"))
    about = f" · {inert(clip(item.about, _NAME))}" if item.about else ""
    return f"**{word}**{about} · "


def contradiction_blocks(
    pair: Contradiction, words: Words, style: Style = Style.CITED
) -> tuple[str, ...]:
    """Return two accounts below their subject: which is newer, which is a primary source."""
    subject = inert(clip(pair.subject, _NAME)) or words.say("brief.subject")
    first, second = _rank(pair.first, pair.second, words), _rank(pair.second, pair.first, words)
    return (
        *item_blocks(pair.first, words, style, f"**{subject}**\n{first} "),
        *item_blocks(pair.second, words, style, f"{second} "),
    )


def _rank(side: Item, other: Item, words: Words) -> str:
    standings = list_standings(side, other)
    said = ", ".join(words.say(f"common.standing.{each.name.lower()}") for each in standings)
    return words.say("common.side", standing=capital(said))


# ---------------------------------------------------------------- visits


def visit_blocks(visit: Visit, words: Words, style: Style = Style.CITED) -> tuple[str, ...]:
    """Return a visit in one line; under it, or behind it if compact, its newest source."""
    line = f"{tell_dates(visit, words)} · **{status(visit, words)}** · {name_visit(visit)}"
    last = [move for move in visit.history if move.is_obeyed][-1:]
    if style is Style.COMPACT:
        return join([" · ".join([line, *(link(m.outlet, m.article_url, words) for m in last)])])
    return join([line, *(f"-# {move_source(move, words)}" for move in last)])


def name_topic(titled: Topic | Section, words: Words) -> str:
    """Return a topic's title, in the reader's language if it is one that we have words for."""
    known = f"common.topic.{titled.title}"
    return words.say(known) if words.has(known) else titled.title


def status(told: Visit | Move, words: Words) -> str:
    """Return ``confirmed``."""
    return words.say(f"common.status.{told.status.name.lower()}")


def name_visit(visit: Visit) -> str:
    """Return ``Narendra Modi → United States (Washington)``."""
    place = f" ({inert(clip(visit.place, _NAME))})" if visit.place else ""
    return f"{inert(clip(visit.visitor, _NAME))} → {inert(clip(visit.host, _NAME))}{place}"


def move_source(move: Move, words: Words) -> str:
    """Return who told a step of a visit, linked, and when."""
    return f"{link(move.outlet, move.article_url, words)} · {words.short_day(move.at)}"


# ---------------------------------------------------------------- figures


def trust_blocks(trust: Trust, engine: str, words: Words) -> tuple[str, ...]:
    """Return the line that says what a brief rests on."""
    articles = words.count(trust.articles, "common.count.article")
    sources = words.count(trust.sources, "common.count.source")
    names = ", ".join(trust.feeds_failing) or words.say("brief.none_failing")
    first, *rest = pieces(names)
    told = (
        words.say("brief.read", articles=articles, sources=sources),
        words.say("brief.kept", lines=words.count(trust.kept, "common.count.line")),
        words.say("brief.dropped", number=words.number(trust.dropped)),
        words.say("brief.failing", names=first),
    )
    parts = [" · ".join(told), *rest]
    return (
        *parts[:-1],
        f"{parts[-1]} · {words.say('brief.engine', engine=inert(clip(engine, _NAME)))}",
    )


def searched_line(searched: Searched, words: Words) -> str:
    """Return what was looked through for a question."""
    articles = words.count(searched.articles, "common.count.article")
    feeds = words.count(searched.feeds, "common.count.feed")
    if searched.oldest_at is None or searched.newest_at is None:
        return words.say("answer.searched", articles=articles, feeds=feeds)
    first, last = words.day(searched.oldest_at), words.day(searched.newest_at)
    return words.say("answer.searched_span", articles=articles, feeds=feeds, first=first, last=last)
