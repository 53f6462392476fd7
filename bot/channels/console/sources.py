"""Items → the words beside them: what changed, which numbers they cite, and the articles behind."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.channels.console.wording import plain
from bot.citations import group_by_article, rank_side
from bot.model import Brief, ChangeReport, Citation, Contradiction, Item


@dataclass(frozen=True, slots=True)
class Source:
    """One article of a brief and the numbers under which its sentences are cited."""

    numbers: tuple[int, ...]
    citation: Citation


def change_words(item: Item) -> str:
    """``New``, ``Updated – was 25 per cent [4]``, with the visit that it is about."""
    if item.change is None:
        return ""
    word = item.change.value.capitalize()
    marks = "".join(f" [{citation.n}]" for citation in item.was)
    told = f"{word} – was {plain(item.before)}{marks}" if item.before else word
    return f"{told} · {plain(item.about)}" if item.about else told


def item_marks(item: Item) -> str:
    """``[1] [2]``."""
    return " ".join(f"[{citation.n}]" for citation in item.citations)


def side_words(pair: Contradiction) -> tuple[str, str]:
    """``Newer`` and ``Older, primary source``: what stands above the two sides."""
    first, second = rank_side(pair.first, pair.second), rank_side(pair.second, pair.first)
    return first.capitalize(), second.capitalize()


def adds_words(item: Item, citation: Citation) -> bool:
    """Whether the cited sentence says more than the item, which may be that very sentence."""
    told = f"{plain(item.text)} {plain(item.before or '')}"
    return plain(citation.quote) not in told


def list_item_sources(item: Item) -> tuple[tuple[Source, bool], ...]:
    """The item's sources, each with whether its sentence is to be shown; what adds none is one.

    Those of the value that it replaces come last.
    """
    listed: list[tuple[Source, bool]] = []
    was = (citation for citation in item.was if citation not in item.citations)
    for group in (*group_by_article(item.citations), *group_by_article(was)):
        silent = [cited for cited in group if not adds_words(item, cited)]
        if silent:
            listed.append((Source(tuple(cited.n for cited in silent), silent[0]), False))
        told = (cited for cited in group if adds_words(item, cited))
        listed += [(Source((cited.n,), cited), True) for cited in told]
    return tuple(listed)


def source_marks(source: Source) -> str:
    """``[1, 3]``: the numbers under which an article is cited."""
    return f"[{', '.join(str(n) for n in source.numbers)}]"


def list_items(told: Brief | ChangeReport) -> list[Item]:
    """Every item of a brief or a report, with both sides of each contradiction."""
    if isinstance(told, Brief):
        items = [item for section in told.sections for item in section.items]
    else:
        items = [*told.visits, *told.facts]
    return items + [item for pair in told.contradictions for item in (pair.first, pair.second)]


def list_sources(items: Iterable[Item]) -> tuple[Source, ...]:
    """The articles that the items cite, each once, in the order of their first number."""
    by_article: dict[str, dict[int, Citation]] = {}
    cited = (citation for item in items for citation in (*item.citations, *item.was))
    for citation in sorted(cited, key=lambda citation: citation.n):
        by_article.setdefault(citation.article_url, {})[citation.n] = citation
    return tuple(
        Source(tuple(numbered), next(iter(numbered.values()))) for numbered in by_article.values()
    )
