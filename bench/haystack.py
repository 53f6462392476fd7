"""numbers → a database of so many made articles, with those of the evaluation sets among them.

A made article is real words in no order. The vocabulary are the words of the sets' English
articles by how often they occur there, and behind them made words; ranks are drawn by Zipf's law
(Mandelbrot's form), as in any language. Twelve articles in a row are of one story: seven words of
their own turn up again and again. The same numbers always give the same articles.
"""

import asyncio
import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from bench.corpus import TUNED
from bench.stopwatch import Progress
from bot.evals.gold import EvalSet, GoldQuestion
from bot.evals.sets import load_sets
from bot.ingest import make_article
from bot.model import NewArticle, Sentence
from bot.ports import Store

SETS = (TUNED, TUNED.with_name("tuned_visits"))
WORKSPACE, FEW = "desk", "few"
"""Who follows all but one feed, and who follows that one alone."""
SPAN = timedelta(days=300)
"""The made articles are spread over so long a time, up to the last article of the sets."""
DAY = timedelta(days=1)
FEEDS = 50
OWN = 20
"""Articles of the workspace that has few."""

_VOCABULARY = 150_000
_SHIFT = 2.7
_DRAWN = 1 << 20
_STORY = 12
_SENTENCES = 10
_BATCH = 1_000
_CONSONANTS = ("b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z")
_VOWELS = ("a", "e", "i", "o", "u", "ar", "en", "ol")
_SEVERAL = 4
_SYLLABLES = [consonant + vowel for consonant in _CONSONANTS for vowel in _VOWELS]


@dataclass(frozen=True, slots=True)
class Needle:
    """A question in English, and the URLs of the articles that tell."""

    question: str
    urls: frozenset[str]


@dataclass(frozen=True, slots=True)
class Haystack:
    """What to ask, and when: after everything was published."""

    needles: tuple[Needle, ...]
    now: datetime


def read_haystack(folders: Sequence[Path] = SETS) -> Haystack:
    """What to ask of a database that ``fill`` has filled."""
    sets = [gold for folder in folders for gold in load_sets(folder)]
    return Haystack(tuple(_list_needles(sets)), max(gold.until for gold in sets) + DAY)


async def fill(
    store: Store, count: int, progress: Progress, folders: Sequence[Path] = SETS
) -> Haystack:
    """Save ``count`` made articles in order of time, and the sets' where theirs comes."""
    haystack = read_haystack(folders)
    now = haystack.now - DAY
    feeds = [await _follow(store, WORKSPACE, n, now - SPAN) for n in range(FEEDS)]
    make = make_writer(count, now)
    planted = sorted(_list_planted(folders), key=lambda article: article.seen_at)
    for start in range(0, count, _BATCH):
        end = min(start + _BATCH, count)
        made = await asyncio.to_thread(lambda a, b: [make(n) for n in range(a, b)], start, end)
        is_last = end == count
        due = [one for one in planted if is_last or one.seen_at <= made[-1].seen_at]
        planted = planted[len(due) :]
        await store.save_articles(feeds[start // _BATCH % FEEDS], [*made, *due])
        progress(end, count)
    own = await _follow(store, FEW, FEEDS, now - SPAN)
    await store.save_articles(own, [make(count + n) for n in range(OWN)])
    return haystack


async def _follow(store: Store, workspace: str, number: int, now: datetime) -> int:
    feed = await store.add_feed(
        workspace, f"https://{number}.example/feed", title="F", outlet="F", tier=2, now=now
    )
    return feed.id


def _list_planted(folders: Sequence[Path]) -> Iterator[NewArticle]:
    for folder in folders:
        for gold in load_sets(folder):
            for reading in gold.readings.values():
                yield make_article(reading, seen_at=reading.published_at or gold.until)


def _list_needles(sets: Sequence[EvalSet]) -> Iterator[Needle]:
    for gold in sets:
        for asked in gold.questions or ():
            if _is_answerable(asked):
                urls = (
                    make_article(gold.readings[ref], seen_at=gold.until).url
                    for ref in asked.support
                )
                yield Needle(asked.question, frozenset(urls))


def _is_answerable(asked: GoldQuestion) -> bool:
    return asked.lang == "en" and not asked.unanswerable and bool(asked.support)


# ---------------------------------------------------------------- made articles


def make_writer(count: int, now: datetime) -> Callable[[int], NewArticle]:
    """Of a number below ``count`` the made article: the last one is published at ``now``."""
    words, drawn = _load_words(), _draw_words()
    step = SPAN / count

    def make(number: int) -> NewArticle:
        random = Random(number)  # noqa: S311
        story = _choose_story(words, number // _STORY)
        sentences = [_make_sentence(random, drawn, story) for _ in range(_SENTENCES)]
        return _join(number, sentences, story, min(now, now - SPAN + step * (number + 1)))

    return make


def _make_sentence(random: Random, drawn: Sequence[str], story: Sequence[str]) -> str:
    start, length = random.randrange(len(drawn) - 30), random.randrange(14, 28)
    words = list(drawn[start : start + length])
    for word in random.sample(story, random.randrange(3)):
        words[random.randrange(length)] = word
    return " ".join(words).capitalize() + "."


def _choose_story(words: Sequence[str], number: int) -> list[str]:
    """Words that are neither common nor all rare: evenly over the orders of magnitude."""
    random = Random(-1 - number)  # noqa: S311
    return [words[round(150 * (len(words) / 450) ** random.random())] for _ in range(7)]


def _join(
    number: int, sentences: Sequence[str], story: Sequence[str], seen_at: datetime
) -> NewArticle:
    text = " ".join(sentences)
    ends = itertools.accumulate(len(sentence) + 1 for sentence in sentences)
    cut = (
        Sentence(n, end - 1 - len(sentence), end - 1, sentence)
        for n, (sentence, end) in enumerate(zip(sentences, ends, strict=True), 1)
    )
    return NewArticle(
        url=f"https://made.example/{number}",
        guid=str(number),
        outlet="Made",
        title=" ".join((*story[:3], *sentences[0].split()[:4])),
        text=text,
        text_hash=hashlib.sha256(f"{number} {text}".encode()).hexdigest(),
        sentences=tuple(cut),
        language="en",
        published_at=seen_at,
        published_on=seen_at.date(),
        seen_at=seen_at,
        is_stub=False,
    )


@cache
def _load_words() -> tuple[str, ...]:
    """The vocabulary, the most frequent words first.

    A word of several articles has the rank that it has there. One of a few is of their subject:
    it lies as deep as chance will have it among the made words.
    """
    counts = _count_words()
    common = [word for word, count in counts.most_common() if count >= _SEVERAL]
    rare = [word for word in counts if counts[word] < _SEVERAL]
    made = map(_make_word, itertools.count(len(_SYLLABLES)))
    tail = list(itertools.islice(made, _VOCABULARY - len(common) - len(rare)))
    random = Random(7)  # noqa: S311
    places = {word: len(tail) ** random.uniform(0.3, 1) for word in rare}
    placed = sorted([*places.items(), *zip(tail, itertools.count())], key=lambda one: one[1])
    return (*common, *(word for word, _ in placed))


def _count_words() -> Counter[str]:
    """In how many of the sets' English articles each word is."""
    readings = (
        reading
        for folder in SETS
        for gold in load_sets(folder)
        for reading in gold.readings.values()
        if reading.language == "en"
    )
    return Counter(
        word
        for reading in readings
        for word in sorted({*re.findall(r"[^\W\d_]+", reading.text.casefold())})
    )


def _make_word(number: int) -> str:
    word = ""
    while number:
        number, rest = divmod(number, len(_SYLLABLES))
        word = _SYLLABLES[rest] + word
    return word


@cache
def _draw_words() -> tuple[str, ...]:
    words = _load_words()
    weights = itertools.accumulate(1 / (rank + _SHIFT) for rank in range(len(words)))
    random = Random(5)  # noqa: S311
    return tuple(random.choices(words, cum_weights=list(weights), k=_DRAWN))
