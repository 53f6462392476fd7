"""facts + ledger → brief: what is new in a period, ranked, capped, each line once and cited."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from bot.changes import list_changes, move_key
from bot.citations import Numbering, cite
from bot.lines import (
    Copies,
    Line,
    is_contradiction,
    is_repeat,
    is_said,
    join_lines,
    make_lines,
    spread,
)
from bot.model import (
    ArticleAnalysis,
    Brief,
    Citation,
    Contradiction,
    Feed,
    Item,
    Section,
    Story,
    Topic,
    Trust,
    Visit,
)

MAX_CONTRADICTIONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that a brief is made of, gathered before anything is decided.

    ``stories`` group the articles of ``analyses`` and ``earlier`` together, so that a text
    posted again is known for a copy. ``earlier_at`` is when the newest article before the
    period was seen.
    """

    start_at: datetime
    end_at: datetime
    timezone: str
    topics: Sequence[Topic]
    analyses: Sequence[ArticleAnalysis]
    earlier: Sequence[ArticleAnalysis]
    stories: Sequence[Story]
    visits_before: Sequence[Visit]
    visits_now: Sequence[Visit]
    visits_open: Sequence[Visit]
    feeds: Sequence[Feed]
    engine: str
    earlier_at: datetime | None = None


def write_brief(material: Material) -> Brief:
    """Choose, join, rank and cap; the same material gives the same brief."""
    copies = {
        article: group for story in material.stories for group in story.copies for article in group
    }
    lines = make_lines(material.analyses, material.earlier)
    tags = {topic.tag for topic in material.topics}
    asked = [line for line in lines.now if line.fact.tag in tags]
    fresh = [line for line in asked if not is_repeat(line, lines.earlier, copies)]
    new = fresh
    sections = []
    for topic in material.topics:
        sections.append(_write_section(topic, new, copies, material))
        # A line about two topics stands under the first: nobody reads it twice.
        used = {sentence for section in sections for sentence in _cited(section)}
        shown = [line for line in fresh if _sentences(line) & used]
        new = [line for line in new if not is_said(line, shown) or _says_more(line, used)]
    numbering = Numbering()
    return Brief(
        start_at=material.start_at,
        end_at=material.end_at,
        timezone=material.timezone,
        sections=tuple(_number(section, numbering) for section in sections),
        visits=tuple(material.visits_open),
        contradictions=tuple(
            replace(pair, first=numbering.item(pair.first), second=numbering.item(pair.second))
            for pair in _find_contradictions(fresh, copies)[:MAX_CONTRADICTIONS]
        ),
        trust=_count_trust(material, copies),
        engine=_tell_engine(material),
        note=_write_note(material),
    )


def _tell_engine(material: Material) -> str:
    """Which engine wrote the lines: the one that stood in, if it had to for every article."""
    used = {known.analysis.engine for known in material.analyses}
    return used.pop() if len(used) == 1 else material.engine


# ---------------------------------------------------------------- sections


def _number(section: Section, numbering: Numbering) -> Section:
    return replace(section, items=tuple(map(numbering.item, section.items)))


def _write_section(
    topic: Topic,
    lines: Sequence[Line],
    copies: Copies,
    material: Material,
) -> Section:
    own = [line for line in lines if line.fact.tag == topic.tag]
    moved: tuple[Item, ...] = ()
    if topic.is_ledger:
        seen = {known.article.id for known in material.analyses}
        moved = list_changes(material.visits_before, material.visits_now, seen, copies)
        told = {move_key(move) for visit in material.visits_now for move in visit.history}
        # What the ledger tells, in the words of whichever copy, is no line beside it.
        own = [line for line in own if not is_said(line, [x for x in own if _sentences(x) & told])]
    groups = join_lines(own, copies)
    chosen = spread(groups)
    items = (*moved, *(_make_item(group, copies) for group in chosen))
    return Section(
        tag=topic.tag,
        title=topic.title,
        items=items[: topic.max_items],
        omitted=max(0, len(items) - topic.max_items) + len(groups) - len(chosen),
    )


def _cited(section: Section) -> set[tuple[int, int]]:
    return {
        (cited.article_id, cited.sentence) for item in section.items for cited in item.citations
    }


def _sentences(line: Line) -> set[tuple[int, int]]:
    return {(line.article.id, evidence.sentence) for evidence in line.fact.evidence}


def _says_more(line: Line, used: AbstractSet[tuple[int, int]]) -> bool:
    """Whether a line of several sentences has one that is cited nowhere yet."""
    return len(line.fact.evidence) > 1 and bool(_sentences(line) - used)


def _make_item(group: Sequence[Line], copies: Copies) -> Item:
    """One line with the sentences of each independent source."""
    cited: dict[frozenset[int], tuple[Citation, ...]] = {}
    for line in group:
        key = copies.get(line.article.id, frozenset({line.article.id}))
        cited.setdefault(key, _cite(line))
    citations = (citation for source in cited.values() for citation in source)
    return Item(text=group[0].fact.text, citations=tuple(citations))


def _cite(line: Line) -> tuple[Citation, ...]:
    """Every sentence that carries the line."""
    evidence = line.fact.evidence
    return tuple(cite(line.article, found.sentence, found.quote) for found in evidence)


# ---------------------------------------------------------------- contradictions, numbers, trust


def _find_contradictions(lines: Sequence[Line], copies: Copies) -> list[Contradiction]:
    """Pairs of independent lines on one subject whose amounts differ in the same unit."""
    found = []
    ordered = sorted(lines, key=lambda line: line.article.published_at, reverse=True)
    for index, newer in enumerate(ordered):
        for older in ordered[index + 1 :]:
            if is_contradiction(newer, older, copies):
                found.append(_show_both(newer, older))
    return found


def _show_both(newer: Line, older: Line) -> Contradiction:
    first, second = (Item(text=line.fact.text, citations=_cite(line)) for line in (newer, older))
    shared = sorted(newer.vector.keys() & older.vector.keys(), key=newer.vector.__getitem__)
    return Contradiction(subject=" ".join(reversed(shared[-3:])), first=first, second=second)


def _count_trust(material: Material, copies: Copies) -> Trust:
    articles = [analysis.article for analysis in material.analyses]
    return Trust(
        articles=len(articles),
        sources=len({copies.get(article.id, frozenset({article.id})) for article in articles}),
        kept=sum(len(analysis.analysis.facts) for analysis in material.analyses),
        dropped=sum(len(analysis.analysis.drops) for analysis in material.analyses),
        feeds_failing=tuple(feed.title for feed in material.feeds if feed.state.is_failing),
    )


def _write_note(material: Material) -> str:
    """What a reader must know before relying on the brief."""
    notes = []
    if not material.analyses and material.earlier_at:
        notes.append(
            f"No article came in this period; the newest before it is of "
            f"{material.earlier_at:%-d %B %Y}."
        )
    quoted = sum(known.analysis.engine != material.engine for known in material.analyses)
    if quoted:
        notes.append(
            f"The language model gave nothing usable for {quoted} of {len(material.analyses)} "
            "articles: their sentences are quoted as published."
        )
    stubs = sum(analysis.article.is_stub for analysis in material.analyses)
    if stubs:
        notes.append(f"{stubs} of {len(material.analyses)} articles could be read only in part.")
    return " ".join(notes)
