"""an entry near its day, with what is open about it → plain text that ends with a mark."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from bot.channels.console.layout import (
    Address,
    hanging,
    heading,
    note,
    page,
    spaced,
    thick_rule,
    to_text,
)
from bot.channels.console.sources import adds_words, item_marks, list_sources, source_marks
from bot.channels.console.wording import (
    SOURCES,
    plain,
    source_words,
    status_words,
    step_words,
    visit_words,
)
from bot.model import CalendarEntry, Item, Move, Visit

AGENDA = "Open agenda"
NO_AGENDA = "The articles tell of nothing that is open."
WHY = "This channel has reminders of visits with its briefs."
_WIDTH = 80


def render_reminder(
    entry: CalendarEntry, agenda: Sequence[Item], mark: str, *, days: int, told: str = ""
) -> str:
    """The reminder as 80 columns of text; ``told`` is what a reader must know, if anything."""
    rendered = page(_list_parts(entry.visit, agenda, days, told))
    return f"{to_text(rendered, _WIDTH)}\n{mark}\n"


def _list_parts(
    visit: Visit, agenda: Sequence[Item], days: int, told: str
) -> Iterator[RenderableType]:
    when = "Tomorrow" if days == 1 else f"In {days} days"
    yield Text(f"{when}: {visit_words(visit)} · {status_words(visit)}", style="bold")
    yield thick_rule()
    if told:
        yield note(told)
    if visit.purpose:
        yield Text(f"Purpose: {plain(visit.purpose)}")
    for move in [move for move in visit.history if move.is_obeyed][-1:]:
        yield from _last_report(move)
    for move in visit.alternatives:
        words = step_words(move.status, move.dates)
        yield Text(f"Reported otherwise by {source_words(move)}: {words}")
        yield Address(move.article_url, indent=2)
    yield heading(AGENDA)
    yield spaced(hanging("•", *_point(item)) for item in agenda) if agenda else Text(NO_AGENDA)
    if agenda:
        yield heading(SOURCES)
    for source in list_sources(agenda):
        title = Text(f"{source_words(source.citation)} — {plain(source.citation.title)}")
        yield hanging(source_marks(source), title)
        yield Address(source.citation.article_url, indent=4)
    yield Text()
    yield Text(WHY, style="dim")


def _last_report(move: Move) -> Iterator[RenderableType]:
    yield Text(f"Last report: {source_words(move)}")
    yield hanging(" ", Text(f"“{plain(move.quote)}”"))
    yield Address(move.article_url, indent=2)


def _point(item: Item) -> Iterator[RenderableType]:
    yield Text(f"{plain(item.text)} {item_marks(item)}")
    for citation in item.citations:
        if adds_words(item, citation):
            yield hanging(f"[{citation.n}]", Text(f"“{plain(citation.quote)}”", style="dim"))
