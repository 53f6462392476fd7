"""The rows of an evaluation set as frozen values, named as in its files (tests/evals/README.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

from bot.model import Precision, Reading, VisitStatus

Kind = Literal[
    "name_swap",
    "role_swap",
    "number",
    "unit",
    "date",
    "negation",
    "modality",
    "quotation",
    "speaker",
    "citation_sentence",
    "citation_article",
    "opposite",
    "addition",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What can be false about a line."""

QuestionKind = Literal["", "single", "latest", "multi", "unanswerable"]
"""One article tells; a later one overtook it; two are needed, or differ; none tells."""


@dataclass(frozen=True, slots=True)
class KeySentence:
    """A sentence that a brief must draw on, verbatim, under its topic."""

    quote: str
    topic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStep:
    """What one article said of a visit, by the article's id."""

    article: str
    status: VisitStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldVisit:
    """A visit as an article, or the ledger, truly tells it; ``approx`` allows a few days.

    ``evidence`` is the article's sentence that tells most of it; ``history`` is the ledger's.
    """

    visitor: str
    host: str
    visit_key: str = ""
    place: str | None = None
    start: str | None = None
    end: str | None = None
    precision: Precision = Precision.UNKNOWN
    status: VisitStatus
    approx: bool = False
    aliases: tuple[str, ...] = ()
    host_aliases: tuple[str, ...] = ()
    evidence: str = ""
    history: tuple[GoldStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What is true of one article."""

    id: str
    topics: frozenset[str]
    topics_borderline: frozenset[str] = frozenset()
    story: str
    near_duplicate_of: str | None = None
    sentences: tuple[KeySentence, ...] = ()
    visits: tuple[GoldVisit, ...] = ()
    injection: bool = False
    injected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuestion:
    """A question with what its answer must hold; ``asked_at`` is a date or a moment.

    ``kind`` is empty where the set does not tell; ``lang`` is the question's language.
    """

    question: str
    id: str = ""
    answer_keywords: tuple[str, ...] = ()
    answer_keywords_any: tuple[tuple[str, ...], ...] = ()
    support: tuple[str, ...] = ()
    unanswerable: bool = False
    asked_at: str
    kind: QuestionKind = ""
    lang: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueLine:
    """A line of a brief that its quotes support."""

    article: str
    tag: str
    text: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A line that its quotes do not support; ``was`` is the true line it was made from.

    The quotes stand in ``cited_article`` where that is given, else in ``article``.
    """

    article: str
    kind: Kind
    tag: str
    text: str
    quotes: tuple[str, ...]
    was: str = ""
    cited_article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalSet:
    """One folder of articles with their labels, by id; None for a file that is not there."""

    name: str
    folder: Path
    readings: Mapping[str, Reading]
    labels: Mapping[str, Label]
    questions: tuple[GoldQuestion, ...] | None = None
    ledger: tuple[GoldVisit, ...] | None = None
    drafts: tuple[TrueLine, ...] | None = None
    faults: tuple[Fault, ...] | None = None
    pages: Mapping[str, Path] = field(default_factory=dict)
    until: datetime

    @property
    def is_held_out(self) -> bool:
        """Whether nothing may be tuned to it: its folder is called so."""
        return self.name.replace("-", "_").startswith("held_out")
