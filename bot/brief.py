"""facts + ledger → brief: what is new in a period, ranked, capped, each line once and cited."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from bot.changes import list_changes, move_key
from bot.citations import Numbering
from bot.conflicts import (
    Background,
    Conflict,
    find_conflicts,
    make_item,
    mark_change,
    show_disputes,
)
from bot.lines import Line, is_repeat, is_said, join_lines, make_lines, spread
from bot.model import (
    OVER_BUDGET,
    ArticleAnalysis,
    Brief,
    Contradiction,
    Feed,
    Item,
    Section,
    Story,
    Topic,
    Trust,
    Visit,
)
from bot.sides import list_disputes

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
    lines = make_lines(material.analyses, material.earlier)
    background = Background(
        lines=(*lines.now, *lines.earlier), stories=material.stories, start_at=material.start_at
    )
    tags = {topic.tag for topic in material.topics}
    asked = [line for line in lines.now if line.fact.tag in tags]
    fresh = [line for line in asked if not is_repeat(line, lines.earlier, background.copies)]
    conflicts = find_conflicts(_list_told(fresh, material.topics), background)
    new = fresh
    sections = []
    for topic in material.topics:
        sections.append(_write_section(topic, new, conflicts, background, material))
        # A line about two topics stands under the first: nobody reads it twice.
        used = {sentence for section in sections for sentence in _cited(section)}
        shown = [line for line in fresh if line.sentences & used]
        new = [line for line in new if not is_said(line, shown) or _says_more(line, used)]
    disputes = _list_disputes(conflicts, background, material)
    numbering = Numbering()
    return Brief(
        start_at=material.start_at,
        end_at=material.end_at,
        timezone=material.timezone,
        sections=tuple(_number(section, numbering) for section in sections),
        visits=tuple(material.visits_open),
        contradictions=tuple(map(numbering.pair, disputes[:MAX_CONTRADICTIONS])),
        trust=_count_trust(material, background),
        engine=_tell_engine(material),
        note=_write_note(material, max(0, len(disputes) - MAX_CONTRADICTIONS)),
    )


def _list_told(lines: Sequence[Line], topics: Sequence[Topic]) -> list[Line]:
    """The lines but for those of visits: what becomes of them the ledger tells."""
    ledger = {topic.tag for topic in topics if topic.is_ledger}
    return [line for line in lines if line.fact.tag not in ledger]


def _list_disputes(
    conflicts: Sequence[Conflict], background: Background, material: Material
) -> list[Contradiction]:
    """Where sources disagree: on visits, if they were asked for, then on facts."""
    visits = material.visits_now if any(topic.is_ledger for topic in material.topics) else ()
    told = list_disputes(visits, material.start_at, background.copies)
    return [*told, *show_disputes(conflicts)]


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
    conflicts: Sequence[Conflict],
    background: Background,
    material: Material,
) -> Section:
    own = [line for line in lines if line.fact.tag == topic.tag]
    moved: tuple[Item, ...] = ()
    if topic.is_ledger:
        seen = {known.article.id for known in material.analyses}
        moved = list_changes(material.visits_before, material.visits_now, seen, background.copies)
        told = {move_key(move) for visit in material.visits_now for move in visit.history}
        # What the ledger tells, in the words of whichever copy, is no line beside it.
        own = [line for line in own if not is_said(line, [x for x in own if x.sentences & told])]
    groups = join_lines(own, background.copies)
    chosen = spread(groups)
    made = [mark_change(make_item(g, background.copies), g, conflicts) for g in chosen]
    # A new value is what the brief is read for: the cap does not hide it.
    items = (*moved, *sorted(made, key=lambda item: item.change is None))
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


def _says_more(line: Line, used: AbstractSet[tuple[int, int]]) -> bool:
    """Whether a line of several sentences has one that is cited nowhere yet."""
    return len(line.fact.evidence) > 1 and bool(line.sentences - used)


# ---------------------------------------------------------------- trust


def _count_trust(material: Material, background: Background) -> Trust:
    copies = background.copies
    articles = [analysis.article for analysis in material.analyses]
    return Trust(
        articles=len(articles),
        sources=len({copies.get(article.id, frozenset({article.id})) for article in articles}),
        kept=sum(len(analysis.analysis.facts) for analysis in material.analyses),
        dropped=sum(len(analysis.analysis.drops) for analysis in material.analyses),
        feeds_failing=tuple(feed.title for feed in material.feeds if feed.state.is_failing),
    )


def _write_note(material: Material, untold: int) -> str:
    """What a reader must know before relying on the brief."""
    notes = []
    if untold:
        notes.append(f"Sources disagree on {untold} more points, which are not shown.")
    if not material.analyses and material.earlier_at:
        notes.append(
            f"No article came in this period; the newest before it is of "
            f"{material.earlier_at:%-d %B %Y}."
        )
    quoted = [
        known.analysis.note
        for known in material.analyses
        if known.analysis.engine != material.engine
    ]
    unasked = quoted.count(OVER_BUDGET)
    if unasked:
        notes.append(
            f"The language model's tokens of the day are used up: {unasked} of "
            f"{len(material.analyses)} articles are quoted as published."
        )
    if len(quoted) > unasked:
        notes.append(
            f"The language model gave nothing usable for {len(quoted) - unasked} of "
            f"{len(material.analyses)} articles: their sentences are quoted as published."
        )
    stubs = sum(analysis.article.is_stub for analysis in material.analyses)
    if stubs:
        notes.append(f"{stubs} of {len(material.analyses)} articles could be read only in part.")
    return " ".join(notes)
