"""The contract of ``--json``, stated apart from the code that prints it."""

from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EvidenceShape(Shape):
    sentence: int
    quote: str


class FactShape(Shape):
    article_url: str
    tag: str
    text: str
    evidence: list[EvidenceShape]
    engine: str


Status = Literal[
    "possible", "planned", "confirmed", "underway", "completed", "postponed", "cancelled"
]


class MoveShape(Shape):
    at: AwareDatetime
    status: Status
    start: str | None
    end: str | None
    article_url: str
    quote: str


class VisitShape(Shape):
    visitor: str
    host: str
    place: str | None
    start: str | None
    end: str | None
    precision: Literal["day", "month", "quarter", "year", "unknown"]
    status: Status
    overdue: bool
    history: list[MoveShape]


class CitationShape(Shape):
    n: int
    article_url: str
    outlet: str
    tier: Literal[1, 2, 3]
    title: str
    published: AwareDatetime
    sentence: int
    quote: str


class SearchedShape(Shape):
    feeds: int
    articles: int
    oldest: AwareDatetime | None
    newest: AwareDatetime | None


class AnswerShape(Shape):
    answered: bool
    answer: str
    citations: list[CitationShape]
    as_of: AwareDatetime
    engine: str
    question: str
    searched: SearchedShape
    note: str


class VoteShape(Shape):
    member: str
    good: bool
    reason: str
    voted_at: AwareDatetime


class ReviewShape(Shape):
    key: str
    asked_at: AwareDatetime
    member: str
    question: str
    answered: bool
    answer: str
    engine: str
    votes: list[VoteShape]


class ItemShape(Shape):
    text: str
    about: str
    change: (
        Literal[
            "new",
            "updated",
            "date set",
            "date moved",
            "less sure",
            "on again",
            "reversed",
            "confirmed",
            "underway",
            "completed",
            "postponed",
            "cancelled",
            "date passed, no report",
        ]
        | None
    )
    before: str | None
    citations: list[CitationShape]
    was: list[CitationShape]


class SectionShape(Shape):
    tag: str
    title: str
    items: list[ItemShape]
    omitted: int


class PeriodShape(Shape):
    start: AwareDatetime
    end: AwareDatetime
    timezone: str


class ContradictionShape(Shape):
    subject: str
    first: ItemShape
    second: ItemShape


class TrustShape(Shape):
    articles: int
    sources: int
    kept: int
    dropped: int
    feeds_failing: list[str]


class BriefShape(Shape):
    period: PeriodShape
    sections: list[SectionShape]
    visits: list[VisitShape]
    contradictions: list[ContradictionShape]
    trust: TrustShape
    engine: str
    note: str


class ChangesShape(Shape):
    period: PeriodShape
    visits: list[ItemShape]
    facts: list[ItemShape]
    contradictions: list[ContradictionShape]


class FeedShape(Shape):
    id: int
    url: str
    title: str
    outlet: str
    tier: Literal[1, 2, 3]
    state: Literal[
        "new",
        "ok",
        "empty",
        "undated",
        "not_a_feed",
        "blocked",
        "gone",
        "timeout",
        "unreachable",
    ]
    reason: str
    paused: bool
    manual: bool
    topics: list[str]
    failures: int
    failing_since: AwareDatetime | None
    last_success: AwareDatetime | None
    next_poll: AwareDatetime | None


class EntryShape(Shape):
    url: str
    title: str
    published: AwareDatetime | None


class PreviewShape(Shape):
    feed: FeedShape
    language: str
    full_text: bool
    hours_between: float | None
    entries: list[EntryShape]


class TraceShape(Shape):
    url: str
    steps: list[str]


SHAPES: dict[str, TypeAdapter[Any]] = {
    "facts": TypeAdapter(list[FactShape]),
    "visits": TypeAdapter(list[VisitShape]),
    "ask": TypeAdapter(AnswerShape),
    "answers": TypeAdapter(list[ReviewShape]),
    "brief": TypeAdapter(BriefShape),
    "changes": TypeAdapter(ChangesShape),
    "feeds": TypeAdapter(list[FeedShape]),
    "preview": TypeAdapter(PreviewShape),
    "why": TypeAdapter(TraceShape),
}
