"""Topics and facts: what an article states, and the sentences that carry it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.articles import Article, Evidence
from bot.model.visits import DraftVisit, Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject: one file of ``prompts/topics``. Its file name is the tag.

    ``vocabulary`` and ``traps`` map a language code to words and phrases in lower case.
    ``is_ledger`` marks the topic whose section follows the visits.
    """

    tag: str
    title: str
    order: int
    description: str
    vocabulary: Mapping[str, tuple[str, ...]]
    traps: Mapping[str, tuple[str, ...]]
    max_items: int
    is_ledger: bool = False


@dataclass(frozen=True, slots=True)
class DraftFact:
    """A statement an engine proposes, with the numbers of the sentences it rests on."""

    tag: str
    text: str
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine makes of one article, before grounding."""

    facts: tuple[DraftFact, ...] = ()
    visits: tuple[DraftVisit, ...] = ()
    tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One statement under one tag with the sentences that carry it; it passed grounding."""

    tag: str
    text: str
    evidence: tuple[Evidence, ...]
    engine: str


@dataclass(frozen=True, slots=True)
class Drop:
    """A draft line that did not pass, and why: ``reason`` one word, ``detail`` for people."""

    tag: str
    text: str
    reason: str
    detail: str


OVER_BUDGET = "the model's tokens of the day were used up"
"""The note of an analysis that no model was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All that one engine made of one text; shared by every workspace that sees the text.

    ``note`` says why the text was quoted although there is a model: its error, ``OVER_BUDGET``.
    """

    text_hash: str
    engine: str
    prompt_version: str
    facts: tuple[Fact, ...]
    mentions: tuple[Mention, ...]
    drops: tuple[Drop, ...]
    tokens: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class ArticleAnalysis:
    """An article beside what was made of it."""

    article: Article
    analysis: Analysis
