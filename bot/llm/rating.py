"""article × topics → why the engine that quotes chose nothing under a topic, one line each."""

from collections.abc import Mapping, Sequence

from bot.llm.choosing import ALONE
from bot.llm.reading import Reading, read_article, score_sentences
from bot.model import Article, Topic
from bot.text.commands_to_machines import list_addressed

_MOST_READ = 600


def rate_article(article: Article, topics: Sequence[Topic]) -> Mapping[str, str]:
    """Return what the best sentence scores under each topic, by tag, beside what a line needs."""
    if len(article.sentences) > _MOST_READ:
        return {}
    orders = list_addressed(article.sentences, article.text)
    readings = read_article(article, topics, refused=orders)
    return {reading.topic.tag: _rate(reading) for reading in readings}


def _rate(reading: Reading) -> str:
    if reading.is_trap:
        return "its words are used of something else here, or nobody acts for a state"
    scores = score_sentences(reading)
    best = max(scores, key=lambda number: scores[number], default=None)
    if best is None or scores[best] == float("-inf"):
        return "no sentence has its words and can stand as a line"
    return (
        f"the best sentence ({best}) scores {scores[best]:.2f}; a line needs more than 0, "
        f"or more than {ALONE:g} with a sure word of the topic"
    )
