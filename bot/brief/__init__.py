"""facts + ledger → brief: what is new in a period, ranked, capped, each line once and cited."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from bot.brief.material import Material as Material
from bot.brief.trust import count_trust, tell_engine, write_note
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
from bot.lines import (
    Decision,
    Fate,
    Line,
    Lines,
    find_repeated,
    find_said,
    is_said,
    join_lines,
    make_lines,
    spread,
)
from bot.model import (
    Brief,
    Contradiction,
    Item,
    Section,
    Topic,
)
from bot.sides import list_disputes

MAX_CONTRADICTIONS = 5


def write_brief(material: Material) -> Brief:
    """Choose, join, rank and cap; the same material gives the same brief."""
    return decide_brief(material)[0]


def decide_brief(material: Material) -> tuple[Brief, tuple[Decision, ...]]:
    """The brief, and what became of each line of the period."""
    lines = make_lines(material.analyses, material.earlier)
    background = Background(
        lines=(*lines.now, *lines.earlier), stories=material.stories, start_at=material.start_at
    )
    fresh, decisions = _choose_fresh(lines, material.topics, background)
    conflicts = find_conflicts(_list_told(fresh, material.topics), background)
    new = fresh
    sections = []
    for number, topic in enumerate(material.topics, 1):
        section, decided = _write_section(topic, new, conflicts, background, material)
        sections.append(section)
        # A line about two topics stands under the first: nobody reads it twice.
        used = {sentence for section in sections for sentence in _cited(section)}
        shown = [line for line in fresh if line.sentences & used]
        said = _list_said(new, shown, used)
        gone = {id(found.line) for found in said}
        new = [line for line in new if id(line) not in gone]
        to_come = {later.tag for later in material.topics[number:]}
        decisions += [*decided, *(x for x in said if x.line.fact.tag in to_come)]
    disputes = _list_disputes(conflicts, background, material)
    numbering = Numbering()
    brief = Brief(
        start_at=material.start_at,
        end_at=material.end_at,
        timezone=material.timezone,
        sections=tuple(_number(section, numbering) for section in sections),
        visits=tuple(material.visits_open),
        contradictions=tuple(map(numbering.pair, disputes[:MAX_CONTRADICTIONS])),
        trust=count_trust(material, background.copies),
        engine=tell_engine(material),
        note=write_note(material, max(0, len(disputes) - MAX_CONTRADICTIONS)),
    )
    return brief, tuple(decisions)


def _choose_fresh(
    lines: Lines, topics: Sequence[Topic], background: Background
) -> tuple[list[Line], list[Decision]]:
    """The lines that were asked for and not said before; and why the others are none."""
    tags = {topic.tag for topic in topics}
    fresh, decisions = [], []
    for line in lines.now:
        if line.fact.tag not in tags:
            decisions.append(Decision(line, Fate.NOT_ASKED))
        elif before := find_repeated(line, lines.earlier, background.copies):
            decisions.append(Decision(line, Fate.SAID_BEFORE, before))
        else:
            fresh.append(line)
    return fresh, decisions


def _list_said(
    lines: Sequence[Line], shown: Sequence[Line], used: AbstractSet[tuple[int, int]]
) -> list[Decision]:
    """The lines that the lines shown say already."""
    return [
        Decision(line, Fate.SAID_ELSEWHERE, same)
        for line in lines
        if (same := find_said(line, shown)) and not _says_more(line, used)
    ]


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


# ---------------------------------------------------------------- sections


def _number(section: Section, numbering: Numbering) -> Section:
    return replace(section, items=tuple(map(numbering.item, section.items)))


def _write_section(
    topic: Topic,
    lines: Sequence[Line],
    conflicts: Sequence[Conflict],
    background: Background,
    material: Material,
) -> tuple[Section, list[Decision]]:
    own = [line for line in lines if line.fact.tag == topic.tag]
    moved: tuple[Item, ...] = ()
    decisions: list[Decision] = []
    if topic.is_ledger:
        seen = {known.article.id for known in material.analyses}
        moved = list_changes(material.visits_before, material.visits_now, seen, background.copies)
        told = {move_key(move) for visit in material.visits_now for move in visit.history}
        # What the ledger tells, in the words of whichever copy, is no line beside it.
        in_ledger = [x for x in own if x.sentences & told]
        decisions = [Decision(x, Fate.IN_LEDGER) for x in own if is_said(x, in_ledger)]
        own = [line for line in own if not is_said(line, in_ledger)]
    groups = join_lines(own, background.copies)
    chosen = spread(groups)
    made = [(mark_change(make_item(g, background.copies), g, conflicts), g) for g in chosen]
    # A new value is what the brief is read for: the cap does not hide it.
    made.sort(key=lambda pair: pair[0].change is None)
    items = (*moved, *(item for item, _ in made))
    section = Section(
        tag=topic.tag,
        title=topic.title,
        items=items[: topic.max_items],
        omitted=max(0, len(items) - topic.max_items) + len(groups) - len(chosen),
    )
    left_out = [group for group in groups if not any(group is x for x in chosen)]
    ranked = enumerate((group for _, group in made), len(moved) + 1)
    decisions += [x for place, group in ranked for x in _place(group, place, topic.max_items)]
    decisions += [Decision(x, Fate.ENOUGH_OF_ARTICLE) for group in left_out for x in group]
    return section, decisions


def _place(group: Sequence[Line], place: int, cap: int) -> list[Decision]:
    """What became of the lines that say one thing: the first of them speaks for all."""
    if place > cap:
        return [Decision(line, Fate.OVER_CAP, group[0], place, cap) for line in group]
    rest = (Decision(line, Fate.JOINED, group[0], place, cap) for line in group[1:])
    return [Decision(group[0], Fate.SHOWN, group[0], place, cap), *rest]


def _cited(section: Section) -> set[tuple[int, int]]:
    return {
        (cited.article_id, cited.sentence) for item in section.items for cited in item.citations
    }


def _says_more(line: Line, used: AbstractSet[tuple[int, int]]) -> bool:
    """Whether a line of several sentences has one that is cited nowhere yet."""
    return len(line.fact.evidence) > 1 and bool(line.sentences - used)
