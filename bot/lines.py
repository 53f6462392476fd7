"""facts → lines: said once, ranked, and held against what was said before."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.model import Article, ArticleAnalysis, Fact, VisitDates
from bot.text.account import Account
from bot.text.cues import LANGUAGES
from bot.text.dates import find_dates, resolve_dates
from bot.text.lexicon import fold
from bot.text.modality import is_negated, modality
from bot.text.numbers import find_quantities
from bot.text.similar import Weights, cosine, words

SAME_LINE = 0.6
"""Cosine of two lines' weighted words from which they say the same."""
MAX_PER_ARTICLE = 3
"""Lines of one section that one article may give, so that no article fills it."""

Copies = Mapping[int, frozenset[int]]
"""Article id → the ids of all copies of its text, its own among them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A fact on its way to an item: its article, its weighted words, and what they say.

    ``accounts`` are its evidence, sentence by sentence, to be held against others; none in a
    language whose words we don't know.
    """

    fact: Fact
    article: Article
    vector: dict[str, float]
    has_figures: bool
    stance: tuple[object, ...]
    days: frozenset[VisitDates]
    day_words: frozenset[str]
    accounts: tuple[Account, ...]

    @property
    def sentences(self) -> frozenset[tuple[int, int]]:
        """The sentences that carry it: (article id, sentence number)."""
        return frozenset((self.article.id, evidence.sentence) for evidence in self.fact.evidence)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of the period, and those of the days before it."""

    now: tuple[Line, ...]
    earlier: tuple[Line, ...]


class Fate(StrEnum):
    """What became of a line on its way into a brief."""

    SHOWN = "shown"
    JOINED = "said together with another line"
    SAID_BEFORE = "said before"
    SAID_ELSEWHERE = "said under another topic"
    IN_LEDGER = "told as what became of a visit"
    ENOUGH_OF_ARTICLE = "its article has its lines already"
    OVER_CAP = "over the cap"
    NOT_ASKED = "of another topic than was asked for"


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one line: ``like`` is the line that stands for it, if one does.

    ``place`` is its rank in its section, from 1, and ``cap`` how many the section may have.
    """

    line: Line
    fate: Fate
    like: Line | None = None
    place: int = 0
    cap: int = 0


def make_lines(now: Sequence[ArticleAnalysis], earlier: Sequence[ArticleAnalysis]) -> Lines:
    """Weigh the words of all facts, of the period and of the days before it, together."""
    weights = Weights(
        words(fact.text, analysis.article.language)
        for analysis in (*now, *earlier)
        for fact in analysis.analysis.facts
    )
    return Lines(*(tuple(_weigh(group, weights)) for group in (now, earlier)))


def _weigh(analyses: Iterable[ArticleAnalysis], weights: Weights) -> Iterable[Line]:
    for analysis in analyses:
        language, published_on = analysis.article.language, analysis.article.published_on
        is_known = language in LANGUAGES
        for fact in analysis.analysis.facts:
            dates = [found.text for found in find_dates(fact.text, language)]
            yield Line(
                fact=fact,
                article=analysis.article,
                vector=weights.vector(words(fact.text, language)),
                has_figures=_has_figures(fact.text),
                stance=_stance(fact.text, analysis.article),
                days=frozenset(resolve_dates(text, published_on, language) for text in dates),
                day_words=frozenset(map(fold, dates)),
                accounts=tuple(
                    Account(e.quote, language, published_on) for e in fact.evidence if is_known
                ),
            )


def _has_figures(text: str) -> bool:
    """Whether it has amounts; bare numbers such as years and counts are none."""
    return any(quantity.unit and not quantity.is_ordinal for quantity in find_quantities(text))


def _stance(text: str, article: Article) -> tuple[object, ...]:
    """What makes two like lines two, beside their dates: numbers, denial, certainty."""
    language = article.language
    return (
        frozenset(q.value for q in find_quantities(text)),
        is_negated(text, language),
        modality(text, language),
    )


def is_repeat(line: Line, earlier: Sequence[Line], copies: Copies) -> bool:
    """Whether a line of an earlier day says the same under the same topic."""
    return find_repeated(line, earlier, copies) is not None


def find_repeated(line: Line, earlier: Sequence[Line], copies: Copies) -> Line | None:
    """The line of an earlier day that says the same under the same topic.

    In a copy of that day's text "on Wednesday" is still the Wednesday of the first posting.
    """
    same_topic = [other for other in earlier if other.fact.tag == line.fact.tag]
    text = copies.get(line.article.id, frozenset({line.article.id}))
    copied = [
        replace(other, days=line.days)
        for other in same_topic
        if other.article.id in text and other.day_words == line.day_words
    ]
    return find_said(line, [*same_topic, *copied])


def is_said(line: Line, said: Iterable[Line]) -> bool:
    """Whether one of the lines says the same, with the same numbers, dates and certainty."""
    return find_said(line, said) is not None


def find_said(line: Line, said: Iterable[Line]) -> Line | None:
    """The first of the lines that says the same."""
    return next((other for other in said if _is_same(line, other)), None)


def _is_same(line: Line, other: Line) -> bool:
    return (line.stance, line.days) == (other.stance, other.days) and cosine(
        line.vector, other.vector
    ) >= SAME_LINE


def join_lines(lines: Sequence[Line], copies: Copies) -> list[list[Line]]:
    """Groups of lines that say the same, the weightiest group first."""
    ordered = sorted(lines, key=lambda line: (line.article.tier, line.article.published_at))
    groups: list[list[Line]] = []
    for line in ordered:
        for group in groups:
            if is_said(line, group[:1]):
                group.append(line)
                break
        else:
            groups.append([line])
    return sorted(groups, key=lambda group: _rank(group, copies), reverse=True)


def _rank(group: Sequence[Line], copies: Copies) -> tuple[float, ...]:
    """Independent sources first, then better ones, figures, and what stands high in its text."""
    sources = len({copies.get(line.article.id, frozenset()) for line in group})
    first = group[0]
    place = min(evidence.sentence for evidence in first.fact.evidence)
    score = sources + 0.5 * (3 - first.article.tier) + 0.5 * first.has_figures
    return (score - 0.1 * min(place, 10), first.article.published_at.timestamp())


def spread(groups: Sequence[list[Line]]) -> list[list[Line]]:
    """At most ``MAX_PER_ARTICLE`` of one article, in order of rank."""
    used: Counter[int] = Counter()
    kept = []
    for group in groups:
        article = group[0].article.id
        if used[article] < MAX_PER_ARTICLE:
            used[article] += 1
            kept.append(group)
    return kept
