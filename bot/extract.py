"""article → tagged facts and visit mentions, each grounded; what fails twice is quoted instead."""

import asyncio
import logging
from collections.abc import Sequence
from typing import NamedTuple

from bot.errors import ModelError
from bot.ground import ground_fact, quote_fact
from bot.ground_visits import ground_visit
from bot.model import Analysis, Article, Draft, DraftFact, Drop, Fact, Mention, Topic
from bot.ports import Engine

logger = logging.getLogger(__name__)


class Grounded(NamedTuple):
    """What is left of a draft, and what is not."""

    facts: tuple[Fact, ...] = ()
    mentions: tuple[Mention, ...] = ()
    drops: tuple[Drop, ...] = ()
    failed: tuple[DraftFact, ...] = ()


def ground_draft(draft: Draft, article: Article, engine: str, tags: frozenset[str]) -> Grounded:
    """Hold every line of the draft against its evidence."""
    judged = [(fact, _judge(fact, article, engine, tags)) for fact in draft.facts]
    visits = [ground_visit(visit, article, engine) for visit in draft.visits]
    verdicts = [*(verdict for _, verdict in judged), *visits]
    return Grounded(
        facts=tuple(verdict for _, verdict in judged if isinstance(verdict, Fact)),
        mentions=tuple(visit for visit in visits if isinstance(visit, Mention)),
        drops=tuple(verdict for verdict in verdicts if isinstance(verdict, Drop)),
        failed=tuple(fact for fact, verdict in judged if isinstance(verdict, Drop)),
    )


def _judge(fact: DraftFact, article: Article, engine: str, tags: frozenset[str]) -> Fact | Drop:
    if fact.tag not in tags:
        return Drop(fact.tag, fact.text, "tag", f"there is no topic “{fact.tag}”")
    return ground_fact(fact, article, engine)


def mend(
    first: Grounded, second: Grounded, article: Article, engine: str, tags: frozenset[str]
) -> Grounded:
    """Join two tries: what the second mended is kept, what it didn't is quoted verbatim."""
    mended = {(fact.tag, item.sentence) for fact in second.facts for item in fact.evidence}
    hopeless = [
        fact
        for fact in first.failed
        if fact.tag in tags and not any((fact.tag, n) in mended for n in fact.sentences)
    ]
    quoted = (quote_fact(fact, article, engine) for fact in hopeless)
    facts = (*first.facts, *second.facts, *(fact for fact in quoted if fact))
    return Grounded(
        facts=tuple({(fact.tag, fact.text): fact for fact in facts}.values()),
        mentions=tuple(dict.fromkeys((*first.mentions, *second.mentions))),
        drops=first.drops,
    )


async def extract(
    article: Article, *, engine: Engine, fallback: Engine, topics: Sequence[Topic]
) -> Analysis:
    """Analyse one article with ``engine``, or with ``fallback`` when the model gives nothing."""
    tags = frozenset(topic.tag for topic in topics)
    note = ""
    try:
        draft = await engine.draft(article, topics)
    except ModelError as error:
        logger.warning("article.model_failed url=%s reason=%s", article.url, error)
        engine, note = fallback, str(error)
        draft = await engine.draft(article, topics)
    first = await asyncio.to_thread(ground_draft, draft, article, engine.name, tags)
    second, tokens = Grounded(), draft.tokens
    if first.drops and engine is not fallback:
        try:
            draft = await engine.draft(article, topics, drops=first.drops)
            second = await asyncio.to_thread(ground_draft, draft, article, engine.name, tags)
            tokens += draft.tokens
        except ModelError as error:
            logger.warning("article.retry_failed url=%s reason=%s", article.url, error)
    kept = mend(first, second, article, engine.name, tags)
    return Analysis(
        text_hash=article.text_hash,
        engine=engine.name,
        prompt_version=engine.prompt_version,
        facts=kept.facts,
        mentions=kept.mentions,
        drops=kept.drops,
        tokens=tokens,
        note=note,
    )
