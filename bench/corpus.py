"""evaluation set → what figures are measured on: readings, and what the program makes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.config import find_folder
from bot.evals.gold import EvalSet, TrueLine
from bot.evals.run import find_sentences
from bot.evals.sets import load_sets
from bot.extract import ground_draft
from bot.ingest import make_article
from bot.llm.extractive import draft_article
from bot.model import (
    Analysis,
    Article,
    ArticleAnalysis,
    Draft,
    DraftFact,
    NewArticle,
    Reading,
    Topic,
)
from bot.text.statement import fold_quotes
from bot.topics import load_topics

TUNED = Path(__file__).resolve().parent.parent / "tests" / "evals" / "tuned"
OPENERS = Path(__file__).resolve().parent / "openers"
ENGINE = "extractive"
MAX_ARTICLES = 30
"""Enough for every language, few enough for several rounds in half a minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Articles before and after they are read, in order of publication.

    ``drafts`` and ``analyses`` are what the built-in engine makes of each; ``rewritten`` are
    lines in words of their own. ``openers`` are a short text of each language and such a line.
    """

    topics: tuple[Topic, ...]
    readings: tuple[Reading, ...]
    articles: tuple[Article, ...]
    drafts: tuple[Draft, ...]
    rewritten: tuple[tuple[Article, Draft], ...]
    openers: tuple[tuple[Article, Draft], ...]
    analyses: tuple[ArticleAnalysis, ...]

    @property
    def tags(self) -> frozenset[str]:
        """The tags of all topics."""
        return frozenset(topic.tag for topic in self.topics)


def load_corpus(folder: Path) -> Corpus:
    """Read one evaluation set: all of it, or articles spread evenly over it.

    Raises:
        DocumentError: a file is missing or wrong.
    """
    (gold, *_), (openers, *_) = load_sets(folder), load_sets(OPENERS)
    topics = load_topics(find_folder("prompts") / "topics")
    stored = _store_all(gold)
    articles = tuple(sorted(stored.values(), key=lambda article: article.published_at))
    drafts = tuple(draft_article(article, topics) for article in articles)
    tags = frozenset(topic.tag for topic in topics)
    return Corpus(
        topics=topics,
        readings=tuple(gold.readings[ref] for ref in stored),
        articles=articles,
        drafts=drafts,
        rewritten=_draft_rewritten(gold, stored),
        openers=_draft_rewritten(openers, _store_all(openers)),
        analyses=tuple(
            _analyse(article, draft, tags) for article, draft in zip(articles, drafts, strict=True)
        ),
    )


def _store_all(gold: EvalSet) -> dict[str, Article]:
    count = len(gold.readings)
    refs = [ref for i, ref in enumerate(gold.readings) if _is_taken(i, count)]
    return {ref: store(gold.readings[ref], number) for number, ref in enumerate(refs, 1)}


def _is_taken(i: int, count: int) -> bool:
    """Whether the ``i``-th of so many is among those that are spread evenly."""
    return count <= MAX_ARTICLES or (i + 1) * MAX_ARTICLES // count > i * MAX_ARTICLES // count


def _draft_rewritten(
    gold: EvalSet, stored: Mapping[str, Article]
) -> tuple[tuple[Article, Draft], ...]:
    return tuple(
        (article, Draft(facts=facts))
        for ref, article in stored.items()
        if (facts := _draft_lines(gold.drafts or (), ref, article))
    )


def get_seen_at(reading: Reading) -> datetime:
    """When the reading counts as seen: when it was published, as in ``briefing-bot read``."""
    return (reading.published_at or datetime(2025, 1, 1, tzinfo=UTC)).astimezone(UTC)


def store(reading: Reading, number: int) -> Article:
    """The article as the store would return it."""
    made = make_article(reading, seen_at=get_seen_at(reading))
    fields = {name: getattr(made, name) for name in NewArticle.__dataclass_fields__}
    return Article(**fields, id=number, feed_id=1, tier=2)


def _draft_lines(lines: Sequence[TrueLine], ref: str, article: Article) -> tuple[DraftFact, ...]:
    """The article's lines that are none of its sentences: those that grounding must work on."""
    verbatim = {fold_quotes(sentence.text) for sentence in article.sentences}
    return tuple(
        DraftFact(line.tag, line.text, find_sentences(line.quotes, article))
        for line in lines
        if line.article == ref and fold_quotes(line.text) not in verbatim
    )


def _analyse(article: Article, draft: Draft, tags: frozenset[str]) -> ArticleAnalysis:
    kept = ground_draft(draft, article, ENGINE, tags)
    return ArticleAnalysis(
        article,
        Analysis(
            text_hash=article.text_hash,
            engine=ENGINE,
            prompt_version="",
            facts=kept.facts,
            mentions=kept.mentions,
            drops=kept.drops,
        ),
    )
