"""material → what a brief says of itself: what it rests on, who wrote it, what is to be known."""

from bot.brief.material import Material
from bot.lines import Copies
from bot.model import OVER_BUDGET, Trust


def tell_engine(material: Material) -> str:
    """Which engine wrote the lines: the one that stood in, if it had to for every article."""
    used = {known.analysis.engine for known in material.analyses}
    return used.pop() if len(used) == 1 else material.engine


def count_trust(material: Material, copies: Copies) -> Trust:
    """What the brief rests on; copies of one text count as one source."""
    articles = [analysis.article for analysis in material.analyses]
    return Trust(
        articles=len(articles),
        sources=len({copies.get(article.id, frozenset({article.id})) for article in articles}),
        kept=sum(len(analysis.analysis.facts) for analysis in material.analyses),
        dropped=sum(len(analysis.analysis.drops) for analysis in material.analyses),
        feeds_failing=tuple(feed.title for feed in material.feeds if feed.state.is_failing),
    )


def write_note(material: Material, untold: int) -> str:
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
