"""An article, and whole answers about it, for the tests of the model engine."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.model import Article, Passage, Sentence
from bot.prompts import load_prompts
from bot.topics import load_topics

ROOT = Path(__file__).parents[2]
PROMPTS = load_prompts(ROOT / "prompts")
TOPICS = load_topics(ROOT / "prompts" / "topics")
KEY = "sk-test-0123456789abcdef"
FACT = {"tag": "defence", "text": "Talia will buy 18 drones for €96m.", "sentences": [2]}
VISIT = {
    "visitor": "Ana Ruiz",
    "host": "Norway",
    "place": "Oslo",
    "date_text": "12 and 13 May",
    "status": "confirmed",
    "sentences": [1],
}
DRAFT = json.dumps({"facts": [FACT], "visits": [VISIT]})
ANSWER = json.dumps(
    {
        "answered": True,
        "lines": [{"text": "On 12 and 13 May.", "cites": [{"passage": 1, "sentence": 1}]}],
    }
)


def make_article(*texts: str, title: str = "Ruiz to visit Oslo", outlet: str = "Wire") -> Article:
    text = "\n\n".join(texts)
    starts = [sum(len(part) + 2 for part in texts[:number]) for number in range(len(texts))]
    return Article(
        id=1,
        feed_id=1,
        tier=2,
        url="https://wire.example/1",
        guid="1",
        outlet=outlet,
        title=title,
        text=text,
        text_hash="0" * 32,
        sentences=tuple(
            Sentence(number, start, start + len(part), part)
            for number, (start, part) in enumerate(zip(starts, texts, strict=True), 1)
        ),
        language="en",
        published_at=datetime(2025, 5, 2, 7, tzinfo=UTC),
        published_on=date(2025, 5, 2),
        seen_at=datetime(2025, 5, 2, 8, tzinfo=UTC),
    )


ARTICLE = make_article(
    "President Ana Ruiz will be in Oslo on 12 and 13 May, her office announced.",
    "Talia will buy 18 drones for €96m.",
)
PASSAGE = Passage(article=ARTICLE, sentences=ARTICLE.sentences[:1], score=1.0)


def make_reply(*facts: dict[str, Any], visits: tuple[dict[str, Any], ...] = ()) -> str:
    return json.dumps({"facts": list(facts), "visits": list(visits)})
