"""articles → seconds to group them: python -m bench.stories [MOST]; texts made up from a seed."""

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.ingest import make_article
from bot.model import Article, Reading
from bot.stories import group_stories

COUNTRIES = ("India", "France", "Japan", "Brazil", "Kenya", "Norway", "Chile", "Egypt")
ACTS = ("visit", "tariff", "contract", "summit", "radar", "drone", "frigate", "exercise")
SYLLABLES = [start + end for start in "bdfgklmnprstv" for end in ("a", "el", "in", "o", "ur")]
DAYS = 8

Says = Callable[[int], list[str]]


def main() -> None:
    """Print a row for each kind of window and each number of articles, doubled up to the most."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    group_stories(make_mixed(random.Random(1), 20))  # noqa: S311  the word lists are loaded
    print("window       articles  words  CPU s  texts  stories")
    for name, make in (("mixed", make_mixed), ("one wire", make_copies), ("one subject", make_one)):
        for count in (most // 8, most // 4, most // 2, most):
            articles = make(random.Random(1), count)  # noqa: S311
            start = time.process_time()
            stories = group_stories(articles)
            seconds = time.process_time() - start
            words = sum(len(article.text.split()) for article in articles) // count
            texts = sum(len(story.copies) for story in stories)
            row = f"{count:8}  {words:5}  {seconds:5.2f}  {texts:5}  {len(stories):7}"
            print(f"{name:12} {row}", flush=True)


def make_mixed(rng: random.Random, count: int) -> list[Article]:
    """Many stories, each told a few times, some of it copied."""
    return _make(rng, count, events=count // 4, share_copied=0.3)


def make_copies(rng: random.Random, count: int) -> list[Article]:
    """One text on every site, edited a little each time."""
    return _make(rng, count, events=1, share_copied=1.0)


def make_one(rng: random.Random, count: int) -> list[Article]:
    """One subject that every site has texts of its own about."""
    return _make(rng, count, events=1, share_copied=0.0)


def _make(rng: random.Random, count: int, *, events: int, share_copied: float) -> list[Article]:
    vocabulary = [_word(rng) for _ in range(20_000)]
    ranks = [1 / (rank + 10) for rank in range(len(vocabulary))]
    says = partial(_say, rng, vocabulary, ranks)
    stories = [_make_story(rng, says) for _ in range(events)]
    articles = []
    for number in range(count):
        topic, wire = rng.choice(stories)
        is_copy = rng.random() < share_copied
        text = _edit(rng, wire) if is_copy else _tell(rng, topic, says)
        articles.append(_store(rng, number, text))
    return articles


def _say(rng: random.Random, vocabulary: list[str], ranks: list[float], count: int) -> list[str]:
    return rng.choices(vocabulary, ranks, k=count)


def _make_story(rng: random.Random, says: Says) -> tuple[list[str], list[str]]:
    names = [(_word(rng) + _word(rng)).capitalize() for _ in range(6)]
    topic = [*rng.sample(COUNTRIES, 2), *rng.sample(ACTS, 3), *names, *says(10)]
    return topic, _tell(rng, topic, says)


def _tell(rng: random.Random, topic: list[str], says: Says) -> list[str]:
    """Some twenty sentences, each with two or three words of the topic."""
    sentences = []
    for _ in range(20):
        words = [*says(14), *rng.sample(topic, 3), str(rng.randrange(2000))]
        rng.shuffle(words)
        sentences.append(f"The {' '.join(words)}.")
    return sentences


def _edit(rng: random.Random, wire: list[str]) -> list[str]:
    """The wire text less a few sentences, with a word changed here and there."""
    kept = [sentence for sentence in wire if rng.random() < 0.9] or wire
    return [
        sentence.replace(" a", " o", 1) if rng.random() < 0.2 else sentence for sentence in kept
    ]


def _word(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.randint(1, 3)))


def _store(rng: random.Random, number: int, sentences: list[str]) -> Article:
    published_at = datetime(2025, 3, 1, tzinfo=UTC) + timedelta(days=DAYS * rng.random())
    made = make_article(
        Reading(
            url=f"https://site{number % 60}.example/{number}",
            guid="",
            outlet=f"Site {number % 60}",
            title=sentences[0][:60],
            text="\n\n".join(sentences),
            language="en",
            published_at=published_at,
        ),
        seen_at=published_at,
    )
    fields = {name: getattr(made, name) for name in made.__dataclass_fields__}
    return Article(**fields, id=number + 1, feed_id=number % 60 + 1, tier=2)


if __name__ == "__main__":
    main()
