"""lines → what they change and where sources disagree, each with the sentences on both sides."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import product
from typing import NamedTuple

from bot.citations import cite
from bot.lines import Copies, Line
from bot.model import Article, Change, Citation, Contradiction, Item, Story
from bot.text.account import Account
from bot.text.differ import Difference, find_difference
from bot.text.lexicon import fold
from bot.text.names import get_country, same_name
from bot.text.subject import name_subject
from bot.text.taken_back import Kind

SAME_TIME = timedelta(hours=72)
"""Two sources that differ within it disagree; later the newer one knows more."""
_ROOT = 4
"""Letters of a name by which lines that may speak of one thing are found."""


class Conflict(NamedTuple):
    """Two lines that differ, which sentence of each, and in what they do.

    ``change`` says what the newer one changes; None says that the two disagree.
    """

    newer: Line
    older: Line
    said: int
    was: int
    difference: Difference
    change: Change | None = None


@dataclass(frozen=True)
class Background:
    """What lines are held against: all that was said, and which articles are one text or event.

    ``start_at`` is when the period began that is told of.
    """

    lines: Sequence[Line]
    stories: Sequence[Story]
    start_at: datetime

    @cached_property
    def copies(self) -> Copies:
        """Article id → the ids of all copies of its text."""
        return {id_: text for story in self.stories for text in story.copies for id_ in text}

    @cached_property
    def events(self) -> Mapping[int, str]:
        """Article id → the key of its story."""
        return {id_: story.key for story in self.stories for id_ in story.article_ids}

    @cached_property
    def holders(self) -> Mapping[str, Sequence[Line]]:
        """Root of a name → the lines with such a name."""
        found: defaultdict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            for root in _list_roots(line):
                found[root].append(line)
        return found

    def list_older(self, line: Line) -> list[Line]:
        """The lines of other articles that may speak of the same thing, newest first."""
        kin = {id(x): x for root in _list_roots(line) for x in self.holders.get(root, ())}
        older = (
            x for x in kin.values() if _age(x) < _age(line) and x.article.id != line.article.id
        )
        return sorted(older, key=_age, reverse=True)


def _age(line: Line) -> tuple[datetime, int]:
    """When it was published; of those of one moment what was stored first is older."""
    return (line.article.published_at, line.article.id)


def _list_roots(line: Line) -> set[str]:
    """What stands for a line's names where lines are looked up, or its language if it has none."""
    names = {name for account in line.accounts for name in account.everybody}
    roots = {get_country(name) or fold(word)[:_ROOT] for name in names for word in name.split()}
    return roots or {line.article.language}


# ---------------------------------------------------------------- where lines differ


def find_conflicts(lines: Sequence[Line], background: Background) -> tuple[Conflict, ...]:
    """What each line changes or disputes of what was said before it; of several the newest."""
    return tuple(found for line in lines if (found := _find_conflict(line, background)))


def _find_conflict(line: Line, background: Background) -> Conflict | None:
    older = background.list_older(line)
    for other in older:
        conflict = _compare(line, other, background)
        if conflict is None or _is_told_already(conflict, older, background):
            continue
        if _is_dispute(conflict, background):
            return conflict
        # What was said before the older line already, and is said again, is no news.
        if not _is_old(conflict, older, background) and (change := _find_change(conflict)):
            return conflict._replace(change=change)
    return None


def _compare(newer: Line, older: Line, background: Background) -> Conflict | None:
    """The first pair of their sentences that differ."""
    event = background.events.get(newer.article.id)
    is_one_event = event is not None and event == background.events.get(older.article.id)
    for (said, a), (was, b) in product(enumerate(newer.accounts), enumerate(older.accounts)):
        difference = find_difference(a, b, is_one_event=is_one_event)
        if difference:
            return Conflict(newer, older, said, was, difference)
    return None


def _is_told_already(conflict: Conflict, lines: Iterable[Line], background: Background) -> bool:
    """Whether a line between the two had the new value before."""
    between = (line for line in lines if _age(line) > _age(conflict.older))
    found = (_compare(line, conflict.older, background) for line in between)
    return any(x and x.difference.after == conflict.difference.after for x in found)


def _is_old(conflict: Conflict, lines: Iterable[Line], background: Background) -> bool:
    """Whether a line before the two had the new value, so that the older one had changed it."""
    past = (line for line in lines if _age(line) < _age(conflict.older))
    found = (_compare(conflict.older, line, background) for line in past)
    return any(x and x.difference.before == conflict.difference.after for x in found)


# ---------------------------------------------------------------- changed or disputed


def _is_dispute(conflict: Conflict, background: Background) -> bool:
    newer, older = conflict.newer, conflict.older
    if older.article.id in background.copies.get(newer.article.id, frozenset()):
        return False  # a text that is posted again with another value was corrected
    is_one_period = older.article.seen_at > background.start_at
    accounts = (newer.accounts[conflict.said], older.accounts[conflict.was])
    return is_dispute(
        (newer.article, older.article), accounts, conflict.difference, is_one_period=is_one_period
    )


def is_dispute(
    articles: tuple[Article, Article],
    accounts: tuple[Account, Account],
    difference: Difference,
    *,
    is_one_period: bool,
) -> bool:
    """Tell whether two sources, the newer first, disagree, so that nobody knows what holds.

    They do if they differ at about the same time and the newer one speaks of no change. What
    one period told already the next one may update, unless by an unnamed source or another
    speaker.
    """
    newer, older = articles
    if difference.is_told or difference.is_bound or newer.outlet == older.outlet:
        return False
    if newer.published_at - older.published_at > SAME_TIME:
        return False
    if is_one_period or difference.kind is Kind.DENIED:
        return True
    return accounts[0].is_unnamed or _are_others(*(account.speakers for account in accounts))


def _are_others(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether both say who speaks, and it is somebody else."""
    if not ours or not theirs:
        return False
    return not any(same_name(a, b) for a in ours for b in theirs)


def _find_change(conflict: Conflict) -> Change | None:
    """What the newer line makes of the older one; what somebody denies is no change."""
    if conflict.difference.kind in (Kind.VALUE, Kind.TIME):
        return Change.UPDATED
    if conflict.difference.kind is Kind.DENIED or not conflict.difference.is_newer_denying:
        return None
    return Change.REVERSED


# ---------------------------------------------------------------- as they are shown


def make_item(group: Sequence[Line], copies: Copies) -> Item:
    """One line with the sentences of each independent source."""
    cited: dict[frozenset[int], tuple[Citation, ...]] = {}
    for line in group:
        key = copies.get(line.article.id, frozenset({line.article.id}))
        cited.setdefault(key, tuple(_cite(line, n) for n in range(len(line.fact.evidence))))
    citations = (citation for source in cited.values() for citation in source)
    return Item(text=group[0].fact.text, citations=tuple(citations))


def mark_change(item: Item, group: Sequence[Line], conflicts: Iterable[Conflict]) -> Item:
    """The item with what its lines change, if anything, and the sentence that told it before."""
    for found in conflicts:
        if found.change and any(found.newer is line for line in group):
            was = _cite(found.older, found.was)
            return replace(
                item, change=found.change, before=found.difference.before_text, was=(was,)
            )
    return item


def show_disputes(conflicts: Iterable[Conflict]) -> list[Contradiction]:
    """Both sentences of each pair that disagrees, the newer first; no two articles twice."""
    shown: dict[tuple[frozenset[int], str], Contradiction] = {}
    for found in conflicts:
        if found.change is None:
            pair = _show_both(found)
            ids = frozenset((found.newer.article.id, found.older.article.id))
            shown.setdefault((ids, pair.subject), pair)
    return list(shown.values())


def _show_both(found: Conflict) -> Contradiction:
    said, was = found.newer.accounts[found.said], found.older.accounts[found.was]
    return Contradiction(
        subject=name_subject(said, was),
        first=Item(text=said.text, citations=(_cite(found.newer, found.said),)),
        second=Item(text=was.text, citations=(_cite(found.older, found.was),)),
    )


def _cite(line: Line, number: int) -> Citation:
    evidence = line.fact.evidence[number]
    return cite(line.article, evidence.sentence, evidence.quote)
