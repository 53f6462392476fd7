"""Brief and Answer → Rich renderables: a printed bulletin, in a terminal or in a pipe."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.channels.console.layout import Address, hanging, heading, note, page, spaced, thick_rule
from bot.channels.console.lists import visit_table
from bot.channels.console.sources import (
    Source,
    change_words,
    item_marks,
    list_item_sources,
    list_items,
    list_sources,
    side_words,
    source_marks,
)
from bot.channels.console.wording import (
    DISAGREEMENT,
    LEDGER,
    NEAREST,
    NOTHING_CHANGED,
    NOTHING_NEW,
    SOURCES,
    engine_words,
    masthead,
    omitted_words,
    period_words,
    plain,
    plain_paragraphs,
    safe_url,
    searched_words,
    short_moment,
    source_words,
    trust_words,
)
from bot.model import (
    Answer,
    Brief,
    Change,
    ChangeReport,
    Citation,
    Contradiction,
    Item,
    Section,
)

_CHANGE_STYLES = {
    Change.NEW: "bold green",
    Change.POSTPONED: "bold red",
    Change.CANCELLED: "bold red",
    Change.REVERSED: "bold red",
    Change.LESS_SURE: "bold red",
    Change.CONFIRMED: "bold green",
    Change.REVIVED: "bold green",
}


def render_brief(brief: Brief) -> RenderableType:
    """The whole brief: masthead, sections, ledger, disagreements, sources, trust line."""
    return page(_brief_parts(brief))


def render_answer(answer: Answer) -> RenderableType:
    """The reply with its numbered sources; or what was searched and what came nearest."""
    return page(_answer_parts(answer))


def render_changes(report: ChangeReport) -> RenderableType:
    """What became of visits and facts, where sources disagree, and the sources of it all."""
    return page(_change_parts(report))


def render_alert(items: Sequence[Item]) -> RenderableType:
    """What could not wait for the next brief, with its sources."""
    return page(_alert_parts(items))


def _alert_parts(items: Sequence[Item]) -> Iterator[RenderableType]:
    yield Text("Between briefs", style="bold")
    yield thick_rule()
    yield spaced(hanging("•", *_item(item)) for item in items)
    yield heading(SOURCES)
    yield from _numbered(list_sources(items))


def _change_parts(report: ChangeReport) -> Iterator[RenderableType]:
    yield Text("What changed", style="bold")
    yield Text(period_words(report.start_at, report.end_at, "UTC"), style="dim")
    yield thick_rule()
    if not (report.visits or report.facts or report.contradictions):
        yield Text(NOTHING_CHANGED)
    for title, items in (("Visits", report.visits), ("Facts", report.facts)):
        if items:
            yield heading(title)
            yield spaced(hanging("•", *_item(item)) for item in items)
    yield from _references(report)


def _references(told: Brief | ChangeReport) -> Iterator[RenderableType]:
    """Where sources disagree, and the articles behind all that is cited."""
    if told.contradictions:
        yield heading(DISAGREEMENT)
        yield spaced(_contradiction(pair) for pair in told.contradictions)
    sources = list_sources(list_items(told))
    if sources:
        yield heading(SOURCES)
        yield from _numbered(sources)


def _brief_parts(brief: Brief) -> Iterator[RenderableType]:
    title, period = masthead(brief)
    yield Text(title, style="bold")
    yield Text(period, style="dim")
    yield thick_rule()
    if brief.note:
        yield note(brief.note)
    for section in brief.sections:
        yield from _section(section)
    if brief.visits:
        yield from _ledger(brief)
    yield from _references(brief)
    yield Text()
    yield thick_rule()
    yield Text(trust_words(brief.trust, brief.engine), style="dim")


def _section(section: Section) -> Iterator[RenderableType]:
    yield heading(section.title)
    if not section.items and not section.omitted:
        yield Text(NOTHING_NEW)
    yield spaced(hanging("•", *_item(item)) for item in section.items)
    if section.omitted:
        yield Padding(Text(f"+ {omitted_words(section)}", style="dim"), (1, 0, 0, 0))


def _item(item: Item) -> Iterator[RenderableType]:
    text = Text()
    if item.change is not None:
        text.append(change_words(item), style=_CHANGE_STYLES.get(item.change, "bold yellow"))
        text.append(" · ")
    yield text.append(f"{plain(item.text)} ").append(item_marks(item), style="cyan")
    for source, has_quote in list_item_sources(item):
        yield _source_line(source, has_quote=has_quote)


def _source_line(source: Source, *, has_quote: bool) -> RenderableType:
    citation = source.citation
    url = safe_url(citation.article_url)
    text = Text(source_words(citation), style=Style(dim=True, link=url or None))
    if has_quote:
        text = Text.assemble(text, (f" — “{plain(citation.quote)}”", "dim"))
    return hanging(source_marks(source), text)


def _ledger(brief: Brief) -> Iterator[RenderableType]:
    yield heading(LEDGER)
    yield visit_table(brief.visits)


def _contradiction(pair: Contradiction) -> RenderableType:
    columns = Table.grid(padding=(0, 3), expand=True)
    columns.add_column(ratio=1)
    columns.add_column(ratio=1)
    columns.add_row(*(Text(words, style="bold") for words in side_words(pair)))
    columns.add_row(*(page(_item(item)) for item in (pair.first, pair.second)))
    return hanging("≠", Text(plain(pair.subject), style="bold"), columns)


def _numbered(sources: tuple[Source, ...]) -> Iterator[RenderableType]:
    for source in sources:
        head = Text(f"{source_words(source.citation)} — {plain(source.citation.title)}")
        yield hanging(source_marks(source), head)
        yield Address(source.citation.article_url, indent=4)


def _answer_parts(answer: Answer) -> Iterator[RenderableType]:
    yield Text(plain(answer.question), style="bold")
    yield thick_rule()
    if answer.note:
        yield note(answer.note)
    for line in plain_paragraphs(answer.text):
        yield Text(line)
    if not answer.is_answered:
        yield Text(searched_words(answer.searched))
    if answer.citations:
        yield heading(SOURCES if answer.is_answered else NEAREST)
        for citation in answer.citations:
            yield from _quoted(citation)
    yield Text()
    imprint = f"As of {short_moment(answer.as_of)} UTC · engine: {engine_words(answer.engine)}"
    yield Text(imprint, style="dim")


def _quoted(citation: Citation) -> Iterator[RenderableType]:
    head = Text(f"{source_words(citation)} — {plain(citation.title)}")
    yield hanging(f"[{citation.n}]", head, Text(f"“{plain(citation.quote)}”", style="italic"))
    yield Address(citation.article_url, indent=4)
