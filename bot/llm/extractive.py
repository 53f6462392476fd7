"""article → draft in the article's own words: the engine that needs no key and can't invent.

It can omit, it cannot invent: every line is a sentence of the article, or two or three that
belong together. Which ones is ``choosing``'s part, who travels where is ``mentions``'s.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from bot.llm.choosing import choose_lines
from bot.llm.cues import PATH
from bot.llm.mentions import find_visits
from bot.llm.reading import read_article
from bot.llm.replies import choose_lines as choose_answer
from bot.model import Article, Draft, DraftAnswer, Drop, Passage, Topic
from bot.text.commands_to_machines import list_addressed

MOST_READ = 600
"""Sentences that are read of one article; a book would hold up everything else."""
VERSION = "4"
"""Raise it when the code may give another draft of the same text; words and weights are counted."""
_LISTS = ("travel", "trips", "offices", "atlas", "dates", "stays", "visitstates")
"""The word lists of ``bot/text`` by which visits are read."""


class ExtractiveEngine:
    """Chooses and quotes sentences; keeps ``ports.Engine``."""

    name = "extractive"

    def __init__(self, topics: Sequence[Topic]) -> None:
        known = repr(topics).encode() + _read_lists()
        self.prompt_version = f"{VERSION}-{blake2b(known, digest_size=4).hexdigest()}"

    async def draft(
        self, article: Article, topics: Sequence[Topic], *, drops: Sequence[Drop] = ()
    ) -> Draft:
        """Pick sentences and read visits; ``drops`` can't happen to verbatim lines."""
        return await asyncio.to_thread(draft_article, article, topics)

    async def check(self) -> None:
        """There is nothing that could be wrong: it is the program itself."""

    async def answer(self, question: str, passages: Sequence[Passage]) -> DraftAnswer:
        """Quote the sentences that answer, newest first, or none."""
        return await asyncio.to_thread(choose_answer, question, passages)


def draft_article(article: Article, topics: Sequence[Topic]) -> Draft:
    """Return the facts and visits of one article; the same article gives the same draft."""
    article = _shorten(article)
    orders = list_addressed(article.sentences, article.text)
    visits = tuple(
        visit for visit in find_visits(article) if not orders.intersection(visit.sentences)
    )
    told = {number for visit in visits for number in visit.sentences}
    readings = read_article(article, topics, refused=orders, spoken_for=told)
    ledgers = [reading for reading in readings if reading.topic.is_ledger and not reading.is_trap]
    facts = [
        fact
        for reading in readings
        for fact in choose_lines(reading, told if reading in ledgers else ())
    ]
    return Draft(facts=tuple(facts), visits=visits if ledgers else ())


def _read_lists() -> bytes:
    """What decides a draft beside the code and the topics.

    Of the cities only the size counts: they are 600 kB, are never edited by hand but made anew as
    a whole, and every start of the bot comes past here.
    """
    folder = Path(__file__).parents[1] / "text"
    lists = (PATH, *(folder / f"{name}.toml" for name in _LISTS))
    size = (folder / "cities.tsv").stat().st_size
    return b"".join(path.read_bytes() for path in lists) + str(size).encode()


def _shorten(article: Article) -> Article:
    """The article without what stands beyond ``MOST_READ`` sentences: no news is that long."""
    if len(article.sentences) <= MOST_READ:
        return article
    read = article.sentences[:MOST_READ]
    return replace(article, sentences=read, text=article.text[: read[-1].end])
