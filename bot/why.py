"""article + what became of it → trace: why it was or was not in a brief, one line a step."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from bot.lines import MAX_PER_ARTICLE, Decision, Fate
from bot.model import (
    OVER_BUDGET,
    Analysis,
    Article,
    ArticleAnalysis,
    Brief,
    Feed,
    Item,
    Story,
    Topic,
    Trace,
)
from bot.text.dates import format_dates

MAX_QUOTED = 120
"""Characters of a line that is named."""


def explain_unknown(url: str, feeds: int) -> Trace:
    """The trace of a URL that no feed has brought."""
    return Trace(
        url=url,
        steps=(
            f"not fetched: none of the feeds followed here ({feeds}) has brought this URL",
            "follow its feed; in the terminal `briefing-bot read` takes in a single article",
        ),
    )


# ---------------------------------------------------------------- up to the facts


def explain_article(article: Article, feed: Feed | None) -> list[str]:
    """When it was fetched, by which feed, and how much of it was read."""
    whole = "only a teaser was to be had" if article.is_stub else "read whole"
    via = f", by the feed “{_name_feed(feed)}”" if feed and not feed.is_manual else ""
    return [
        f"fetched: {article.outlet or 'unnamed source'}, "
        f"published {tell_moment(article.published_at)}, "
        f"first seen {tell_moment(article.seen_at)}{via}",
        f"read: {whole}, sentences: {len(article.sentences)}, language: {article.language}",
    ]


def _name_feed(feed: Feed) -> str:
    """Its title; a feed without one is titled by its address, which may hold a key."""
    return feed.outlet if "://" in feed.title else feed.title


def explain_story(article: Article, stories: Iterable[Story], others: Sequence[Article]) -> str:
    """Which story it belongs to, and of whom else it is a copy."""
    story = next((one for one in stories if article.id in one.article_ids), None)
    if story is None or len(story.article_ids) == 1:
        return "story: no other article of those days is about the same event"
    copies = next((text for text in story.copies if article.id in text), frozenset[int]())
    outlets = {one.id: one.outlet or one.url for one in others}
    same = [outlets[id_] for id_ in sorted(copies - {article.id}) if id_ in outlets]
    copied = f"; copies of its text: {', '.join(same)}" if same else "; no copy of its text"
    return f"story: one of {len(story.article_ids)} articles about {story.key}{copied}"


def explain_analysis(
    found: ArticleAnalysis | None,
    feed: Feed | None,
    topics: Sequence[Topic],
    rates: Mapping[str, str],
) -> list[str]:
    """What the engine made of it; ``rates`` say of each topic how near a line was, by tag."""
    if found is None:
        return ["not analysed yet: the next poll or brief does it"]
    analysis, followed = found.analysis, frozenset(feed.tags if feed else ())
    return [
        f"analysed by {analysis.engine}, prompt version {analysis.prompt_version}",
        *_tell_note(analysis),
        *_tell_facts(analysis, followed),
        *(
            f"no line under {topic.tag}: {rates[topic.tag]}"
            for topic in topics
            if topic.tag in rates and not any(x.tag == topic.tag for x in analysis.facts)
        ),
        *(["in no brief: no sentence belongs to a topic"] if not analysis.facts else []),
    ]


def _tell_note(analysis: Analysis) -> Iterator[str]:
    if analysis.note == OVER_BUDGET:
        yield f"quoted: {analysis.note}"
    elif analysis.note:
        yield f"the model gave nothing usable: {analysis.note}"


def _tell_facts(analysis: Analysis, followed: Collection[str]) -> Iterator[str]:
    for fact in analysis.facts:
        numbers = ", ".join(str(evidence.sentence) for evidence in fact.evidence)
        yield f"kept under {fact.tag} (sentence {numbers}): {fact.text}"
        if followed and fact.tag not in followed:
            yield f"in no brief under {fact.tag}: its feed is followed for {_join(followed)} only"
    for mention in analysis.mentions:
        yield (
            f"visit (sentence {mention.evidence.sentence}): {mention.visitor} → {mention.host}, "
            f"{mention.status}, {format_dates(mention.dates)}"
        )
    for drop in analysis.drops:
        yield f"dropped from {drop.tag} ({drop.reason}): {drop.text} — {drop.detail}"


# ---------------------------------------------------------------- in a brief


def explain_brief(article: Article, brief: Brief, decisions: Iterable[Decision]) -> list[str]:
    """As which lines of a brief it was shown, and why its other lines were not."""
    shown = list(_list_shown(article, brief))
    titles = {section.tag: section.title for section in brief.sections}
    told = {
        (cited.article_id, cited.sentence)
        for item in _list_items(brief)
        for cited in item.citations
    }
    others = [
        f"{_tell_fate(decision, titles)}: {_clip(decision.line.fact.text)}"
        for decision in decisions
        if decision.line.article.id == article.id and not decision.line.sentences & told
    ]
    return [*shown, *others] or ["not in it: the article has no line for it"]


def _list_items(brief: Brief) -> Iterator[Item]:
    for section in brief.sections:
        yield from section.items
    for pair in brief.contradictions:
        yield from (pair.first, pair.second)


def _list_shown(article: Article, brief: Brief) -> Iterator[str]:
    for section in brief.sections:
        for place, item in enumerate(section.items, 1):
            if _cites(item, article):
                yield f"shown as line {place} of {section.title}: {_clip(item.text)}"
    for pair in brief.contradictions:
        if _cites(pair.first, article) or _cites(pair.second, article):
            yield f"shown where sources disagree: {pair.subject}"


def _cites(item: Item, article: Article) -> bool:
    return any(cited.article_id == article.id for cited in item.citations)


def _tell_fate(decision: Decision, titles: Mapping[str, str]) -> str:
    """What became of a line that is not to be seen, in words."""
    tag, like = decision.line.fact.tag, decision.like
    section, source = titles.get(tag, tag), _tell_source(decision)
    place, cap = decision.place, decision.cap
    seen_at = tell_moment(like.article.seen_at) if like else ""
    return {
        Fate.SHOWN: f"chosen as line {place} of {section}",
        Fate.JOINED: f"copy of {source}, which is line {place} of {section}",
        Fate.SAID_BEFORE: f"said before, on {seen_at} by {source}",
        Fate.SAID_ELSEWHERE: f"said already under another topic, by {source}",
        Fate.IN_LEDGER: f"told in {section} as what became of a visit",
        Fate.ENOUGH_OF_ARTICLE: f"its article has {MAX_PER_ARTICLE} lines in {section} already",
        Fate.OVER_CAP: f"over the cap: line {place} of at most {cap} in {section}",
        Fate.NOT_ASKED: f"its topic {tag} is not in this order",
    }[decision.fate]


def _tell_source(decision: Decision) -> str:
    if decision.like is None:
        return ""
    if decision.like.article.id == decision.line.article.id:
        return "another line of it"
    return f"{decision.like.article.outlet or 'unnamed source'} ({decision.like.article.url})"


def tell_moment(at: datetime) -> str:
    """``2025-01-29 06:00 UTC``."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _clip(text: str) -> str:
    return text if len(text) <= MAX_QUOTED else f"{text[: MAX_QUOTED - 1].rstrip()}…"


def _join(words: Collection[str]) -> str:
    return " and ".join(sorted(words))
