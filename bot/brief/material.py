"""What a brief is made of, gathered before anything is decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model import ArticleAnalysis, Feed, Story, Topic, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that a brief is made of, gathered before anything is decided.

    ``stories`` group the articles of ``analyses`` and ``earlier`` together, so that a text
    posted again is known for a copy. ``earlier_at`` is when the newest article before the
    period was seen.
    """

    start_at: datetime
    end_at: datetime
    timezone: str
    topics: Sequence[Topic]
    analyses: Sequence[ArticleAnalysis]
    earlier: Sequence[ArticleAnalysis]
    stories: Sequence[Story]
    visits_before: Sequence[Visit]
    visits_now: Sequence[Visit]
    visits_open: Sequence[Visit]
    feeds: Sequence[Feed]
    engine: str
    earlier_at: datetime | None = None
