"""article → tagged facts and visit mentions, each grounded; what fails twice is quoted instead."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.errors import ModelError
from bot.ground import ground_fact, quote_fact
from bot.ground_visits import ground_visit
from bot.model import Analysis, Article, Draft, DraftFact, DraftVisit, Drop, Fact, Mention, Topic
from bot.ports import Engine
from bot.text.commands_to_machines import is_addressed_to_machine, leave_out, list_addressed
from bot.text.names import same_name
from bot.text.plainness import find_odd_signs, has_link
from bot.text.similar import containment, words
from bot.text.trips import find_trip_fault

logger = logging.getLogger(__name__)

MAX_LINE = 300
"""Characters of a line in a model's words; a longer one is a paragraph."""
MAX_QUOTE = 600
"""Characters of a sentence that may stand in for a line that failed."""
LIKE = 0.5
"""Share of words that a line and the sentence or line in its place have in common."""
_COMMAND = "it rests on an order to a machine, which is no news"


class Grounded(NamedTuple):
    """What is left of a draft, and what is not, each with the reason."""

    facts: tuple[Fact, ...] = ()
    mentions: tuple[Mention, ...] = ()
    failed: tuple[tuple[DraftFact, Drop], ...] = ()
    failed_visits: tuple[tuple[DraftVisit, Drop], ...] = ()

    @property
    def drops(self) -> tuple[Drop, ...]:
        """Every reason, facts first."""
        return tuple(drop for _, drop in (*self.failed, *self.failed_visits))


def ground_draft(draft: Draft, article: Article, engine: str, tags: frozenset[str]) -> Grounded:
    """Hold every line of the draft against its evidence; an order to a machine carries nothing."""
    orders = list_addressed(article.sentences, article.text)
    news = leave_out(article, orders)
    facts = [(fact, _judge(fact, news, engine, tags, orders)) for fact in draft.facts]
    visits = [(visit, _judge_visit(visit, news, engine, orders)) for visit in draft.visits]
    return Grounded(
        facts=tuple(verdict for _, verdict in facts if isinstance(verdict, Fact)),
        mentions=tuple(verdict for _, verdict in visits if isinstance(verdict, Mention)),
        failed=tuple((fact, drop) for fact, drop in facts if isinstance(drop, Drop)),
        failed_visits=tuple((visit, drop) for visit, drop in visits if isinstance(drop, Drop)),
    )


def _judge(
    fact: DraftFact, article: Article, engine: str, tags: frozenset[str], orders: frozenset[int]
) -> Fact | Drop:
    if fact.tag not in tags:
        return Drop(fact.tag, fact.text, "tag", f"there is no topic “{fact.tag}”")
    numbers = tuple(number for number in fact.sentences if number not in orders)
    if (fact.sentences and not numbers) or is_addressed_to_machine(fact.text):
        return Drop(fact.tag, fact.text, "command", _COMMAND)
    fault = _find_odd_form(fact.text, numbers, article)
    if fault:
        return Drop(fact.tag, fact.text, *fault)
    return ground_fact(replace(fact, sentences=numbers), article, engine)


def _judge_visit(
    visit: DraftVisit, article: Article, engine: str, orders: frozenset[int]
) -> Mention | Drop:
    """A visit is told by one sentence: of those cited the one that tells most of it goes first."""
    numbers = tuple(number for number in visit.sentences if number not in orders)
    if visit.sentences and not numbers:
        return Drop("visits", f"{visit.visitor} → {visit.host}", "command", _COMMAND)
    orderings = [
        (number, *(other for other in numbers if other != number)) for number in numbers
    ] or [()]
    each = [_read_visit(replace(visit, sentences=one), article, engine) for one in orderings]
    mentions = [verdict for verdict in each if isinstance(verdict, Mention)]
    return max(
        mentions,
        key=lambda told: (
            told.status is visit.status,
            told.dates.start is not None,
            -len(told.more),
        ),
        default=each[0],
    )


def _read_visit(visit: DraftVisit, article: Article, engine: str) -> Mention | Drop:
    """The mention, if its sentence can tell this visitor's trip to this host."""
    told = ground_visit(visit, article, engine)
    if isinstance(told, Drop):
        return told
    number = told.evidence.sentence
    fault = find_trip_fault(visit.visitor, visit.host, number, article)
    return Drop("visits", f"{visit.visitor} → {visit.host}", "visit", fault) if fault else told


def _find_odd_form(text: str, numbers: Sequence[int], article: Article) -> tuple[str, str] | None:
    """What no line may have, however true: an address, signs of its own, too many words."""
    whole = " ".join(found.text for number in numbers if (found := article.sentence(number)))
    if has_link(text):
        return "link", "it holds an address"
    if signs := find_odd_signs(text, whole):
        return "sign", f"its sentences have no “{signs}”"
    if len(text) > MAX_LINE and text not in whole:
        return "length", f"it is longer than {MAX_LINE} characters"
    return None


# ---------------------------------------------------------------- the second try


def mend(
    first: Grounded, second: Grounded, article: Article, engine: str, tags: frozenset[str]
) -> Grounded:
    """Join two tries: what the second mended is kept, what it didn't is quoted verbatim.

    Only what was asked for again is taken from the second; what it mended is no drop.
    """
    facts = list(first.facts)
    left = [fact for fact in second.facts if fact not in facts]
    hopeless = []
    for fact, drop in first.failed:
        mended = _find_mended(fact, left, article)
        if mended:
            left.remove(mended)
            facts.append(mended)
        else:
            hopeless.append((fact, drop))
    quoted = (_quote(fact, article, engine) for fact, _ in hopeless if fact.tag in tags)
    facts += [fact for fact in quoted if fact]
    return Grounded(
        facts=tuple({(fact.tag, fact.text): fact for fact in facts}.values()),
        mentions=tuple(dict.fromkeys((*first.mentions, *second.mentions))),
        failed=tuple(hopeless),
        failed_visits=tuple(
            (visit, drop)
            for visit, drop in first.failed_visits
            if not any(same_name(visit.visitor, found.visitor) for found in second.mentions)
        ),
    )


def _find_mended(fact: DraftFact, candidates: Sequence[Fact], article: Article) -> Fact | None:
    """The line of the second try that says what ``fact`` tried to say, if one does."""
    bag = _bag(fact.text, article)
    scores = {
        other: containment(bag, _bag(other.text, article))
        for other in candidates
        if other.tag == fact.tag
    }
    best = max(scores, key=scores.__getitem__, default=None)
    return best if best and scores[best] >= LIKE else None


def _quote(fact: DraftFact, article: Article, engine: str) -> Fact | None:
    """In place of a line that failed: the cited sentence that is most like it, in its own words.

    If none is like it, but another sentence is, the line cited the wrong one.
    """
    bag, orders = _bag(fact.text, article), list_addressed(article.sentences, article.text)
    likeness = {
        sentence.number: len(bag & _bag(sentence.text, article)) / max(len(bag), 1)
        for sentence in article.sentences
        if sentence.number not in orders
        and len(sentence.text) <= MAX_QUOTE
        and not has_link(sentence.text)
    }
    cited = [number for number in fact.sentences if number in likeness]
    best = max(cited, key=likeness.__getitem__, default=None)
    if best is None or likeness[best] < LIKE:
        other = max(likeness, key=likeness.__getitem__, default=None)
        best = other if other is not None and likeness[other] >= LIKE else best
    return quote_fact(replace(fact, sentences=(best,)), article, engine) if best else None


def _bag(text: str, article: Article) -> frozenset[str]:
    return frozenset(words(text, article.language))


# ---------------------------------------------------------------- the stage


async def extract(
    article: Article, *, engine: Engine, fallback: Engine, topics: Sequence[Topic]
) -> Analysis:
    """Analyse one article with ``engine``, or with ``fallback`` when the model gives nothing."""
    tags = frozenset(topic.tag for topic in topics)
    note, tokens = "", 0
    try:
        draft = await engine.draft(article, topics)
    except ModelError as error:
        logger.warning("article.model_failed url=%s reason=%s", article.url, error)
        engine, note, tokens = fallback, str(error), error.tokens
        draft = await engine.draft(article, topics)
    first = await asyncio.to_thread(ground_draft, draft, article, engine.name, tags)
    tokens += draft.tokens
    second = Grounded()
    if first.drops and engine is not fallback:
        second, spent = await _try_again(article, engine, topics, first.drops)
        tokens += spent
    kept = await asyncio.to_thread(mend, first, second, article, engine.name, tags)
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


async def _try_again(
    article: Article, engine: Engine, topics: Sequence[Topic], drops: Sequence[Drop]
) -> tuple[Grounded, int]:
    """What the engine mends when it is told the reasons, once, and what that took in tokens."""
    tags = frozenset(topic.tag for topic in topics)
    try:
        draft = await engine.draft(article, topics, drops=drops)
    except ModelError as error:
        logger.warning("article.retry_failed url=%s reason=%s", article.url, error)
        return Grounded(), error.tokens
    grounded = await asyncio.to_thread(ground_draft, draft, article, engine.name, tags)
    return grounded, draft.tokens
