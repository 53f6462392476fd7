"""Articles, topics and analyses that the tests of the stages start from."""

from datetime import UTC, datetime
from pathlib import Path

from bot.config import Settings, find_folder
from bot.extract import ground_draft
from bot.ingest import make_article
from bot.llm.extractive import draft_article
from bot.model import Analysis, Article, ArticleAnalysis, Reading
from bot.read import read_lines
from bot.topics import load_topics

TOPICS = load_topics(find_folder("prompts") / "topics")
TAGS = frozenset(topic.tag for topic in TOPICS)
NOW = datetime(2025, 3, 1, tzinfo=UTC)


def settings_for(folder: Path, **changes: object) -> Settings:
    """Settings with a database of their own, whatever the environment and ``.env`` say."""
    values = {"database_url": f"sqlite:///{folder}/briefing.db", "allow_private_hosts": "127.0.0.1"}
    return Settings(_env_file=None, **(values | changes))  # type: ignore[arg-type]


def article(
    text: str,
    *,
    number: int = 1,
    title: str = "A headline",
    published: str = "2025-01-28T06:00+00:00",
    language: str = "en",
    outlet: str = "Gazette",
    tier: int = 2,
    url: str = "",
) -> Article:
    """A stored article of that text, seen when it was published."""
    reading = Reading(
        url=url or f"https://gazette.example/{number}",
        guid="",
        outlet=outlet,
        title=title,
        text=text,
        language=language,
        published_at=datetime.fromisoformat(published),
    )
    return store(reading, number=number, tier=tier)


def store(reading: Reading, *, number: int, tier: int = 2) -> Article:
    """The article as the store would return it."""
    assert reading.published_at is not None
    made = make_article(reading, seen_at=reading.published_at.astimezone(UTC))
    return Article(**_shallow(made), id=number, feed_id=1, tier=tier)


def _shallow(made: object) -> dict[str, object]:
    return {name: getattr(made, name) for name in made.__dataclass_fields__}  # type: ignore[attr-defined]


def analyse(found: Article) -> ArticleAnalysis:
    """The article with what the built-in engine makes of it."""
    kept = ground_draft(draft_article(found, TOPICS), found, "extractive", TAGS)
    return ArticleAnalysis(
        found,
        Analysis(
            text_hash=found.text_hash,
            engine="extractive",
            prompt_version="1",
            facts=kept.facts,
            mentions=kept.mentions,
            drops=kept.drops,
        ),
    )


def load_readings() -> list[Reading]:
    """The articles of the demo as they are handed to ``read``."""
    path = find_folder("seeds") / "articles" / "2025-01-to-02.jsonl"
    return read_lines(path.name, path.read_text("utf-8"))


def load_seeds() -> list[Article]:
    """The articles of the demo, numbered from 1 in order of the file."""
    return [store(reading, number=number) for number, reading in enumerate(load_readings(), 1)]
