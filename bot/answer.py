"""question → passages → answer: from the articles alone, cited by the sentence, or refused."""

import asyncio
import logging
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.citations import Numbering, cite
from bot.errors import InputError, ModelError
from bot.ground_answers import ground_answer
from bot.model import (
    Answer,
    Citation,
    DraftAnswer,
    Passage,
    Turn,
    Visit,
)
from bot.passages import make_passages
from bot.ports import Embedder, Engine
from bot.relevance.follow_up import find_earlier, is_question, read_follow_up
from bot.relevance.question import Question
from bot.relevance.telling import TOLD
from bot.relevance.unknown import list_unknown
from bot.searching import Found, Store, find_articles
from bot.sides import show_conflicts, show_rivals
from bot.text.clean import clean_text
from bot.text.commands_to_machines import is_addressed_to_machine
from bot.text.lexicon import LETTER
from bot.text.spelling import is_devanagari
from bot.visit_lines import Line, find_visit, list_asked, tell_state, tell_visit

logger = logging.getLogger(__name__)

MAX_QUESTION = 500
TOLD_BY_LEDGER = frozenset({"date", "duration", "where", "whether"})
"""Kinds of thing that a visit's line tells."""
FEW_TERMS = 3
"""A question of no more terms asks for the visit as a whole: ``Modi in Washington?``"""
TELLING = 40
"""Characters from which a sentence is worth showing as the nearest thing found."""
MOST_UNKNOWN = 5
"""Words that a refusal names as found nowhere."""
ASK = "Ask with a few words, for example: when is the minister in Oslo?"
_AFTER_LATIN = "\u0250"
NOT_TOLD = "The articles do not tell."
QUOTED = "The language model gave nothing usable: sentences are quoted."


def check_question(question: str) -> str:
    """The question as it is searched.

    Raises:
        InputError: nothing to search for, or longer than ``MAX_QUESTION`` characters.
    """
    cleaned = " ".join(clean_text(question).split())
    if not re.search(f"{LETTER}{{2}}", cleaned):
        raise InputError(ASK)
    if _is_unread(cleaned):
        raise InputError("Ask in English, French, Spanish or Hindi.")
    if len(cleaned) > MAX_QUESTION:
        raise InputError(f"That is too long: ask in {MAX_QUESTION} characters or fewer.")
    return cleaned


def _is_unread(text: str) -> bool:
    """Whether most letters are of a script in which no question is understood."""
    letters = [letter for letter in text if letter.isalpha()]
    read = sum(letter < _AFTER_LATIN or is_devanagari(letter) for letter in letters)
    return 2 * read < len(letters)


# ---------------------------------------------------------------- the ledger


def list_visits(question: Question, visits: Sequence[Visit], now: datetime) -> tuple[Line, ...]:
    """The next visits, where a list of them is asked for: nothing else answers that."""
    listed = (visit for part in question.parts for visit in list_asked(part, visits, now))
    return tuple(dict.fromkeys(map(tell_state, listed)))


def tell_visits(question: Question, context: str, visits: Sequence[Visit]) -> tuple[Line, ...]:
    """Where each visit that is asked about stands and stood, and who says otherwise.

    A question for a reason, a sum or a name is left to the articles.
    """
    found = (
        find_visit(part.text, visits, context=context)
        for part in question.parts
        if part.wants & TOLD_BY_LEDGER or (not part.wants and len(part.terms) <= FEW_TERMS)
    )
    asked = {visit.key: visit for visit in found if visit}.values()
    return tuple(
        line
        for visit in asked
        for line in (*tell_visit(visit), *(Line(*side) for side in show_rivals(visit)))
    )


# ---------------------------------------------------------------- writing


def add_sides(lines: Sequence[Line], passages: Sequence[Passage]) -> tuple[Line, ...]:
    """The lines, with both sides where other articles say otherwise than a cited sentence.

    A sentence that stands as one of two sides is not said twice.
    """
    cited = [citation for line in lines for citation in line.citations]
    sides = tuple(Line(*side) for side in show_conflicts(cited, passages))
    return (*(x for x in lines if not any(x.text in side.text for side in sides)), *sides)


def write_text(lines: Sequence[Line]) -> tuple[str, tuple[Citation, ...]]:
    """The lines with the marks of their citations, and these numbered."""
    numbering = Numbering()
    texts = []
    for line in lines:
        marks = (f"[{citation.n}]" for citation in numbering.number(line.citations))
        texts.append(" ".join((line.text, *marks)))
    return "\n".join(texts), numbering.citations


def write_refusal(
    unknown: Sequence[str], passages: Sequence[Passage]
) -> tuple[str, tuple[Citation, ...]]:
    """That the articles do not tell, what none of them speaks of, and the nearest thing found."""
    text = NOT_TOLD
    if unknown:
        text += f" None of them speaks of: {', '.join(unknown)}."
    if not passages:
        return text, ()
    hits = [(one, one.article.sentence(one.hit) or one.sentences[0]) for one in passages]
    # A heading says nothing by itself.
    nearest, hit = next((pair for pair in hits if len(pair[1].text) >= TELLING), hits[0])
    citation = replace(cite(nearest.article, hit.number, hit.text), n=1)
    return f"{text} The nearest thing found is [1].", (citation,)


def _read(text: str, turns: Sequence[Turn]) -> tuple[str, Question]:
    """The earlier questions that one leans on, and the question with them in mind.

    Raises:
        InputError: nothing is asked.
    """
    if not is_question(text):
        raise InputError(ASK)
    context = find_earlier(text, [turn.question for turn in turns])
    return context, read_follow_up(text, context)


async def _find_unknown(
    question: Question, found: Found, workspace: str, store: Store, now: datetime
) -> tuple[str, ...]:
    """The words of the question that no article of the workspace has, in any form."""
    # One article of the question's language shows that its words could be known.
    own = await store.list_recent(workspace, as_of=now, languages=[question.language], limit=1)
    unknown = await asyncio.to_thread(list_unknown, question, (*found.articles, *own))
    return tuple(
        [
            word
            for word in unknown[:MOST_UNKNOWN]
            if not await store.search(workspace, [(word,)], as_of=now, limit=1)
        ]
    )


async def find_passages(
    question: Question,
    *,
    workspace: str,
    store: Store,
    embedder: Embedder | None,
    now: datetime,
    about: Collection[str] = (),
) -> tuple[Found, tuple[Passage, ...]]:
    """What was found for a question, and what of it an engine is given, best first.

    ``about`` are the URLs of articles to look in first; elsewhere if they don't tell.
    """
    found = await find_articles(
        question, workspace=workspace, store=store, embedder=embedder, now=now, about=about
    )
    named = tuple(article for article in found.articles if article.url in about)
    for articles in (named, found.articles):
        passages = await asyncio.to_thread(make_passages, question, articles, found.similarities)
        if any(passage.told >= TOLD for passage in passages):
            break
    return found, passages


async def answer(
    question: str,
    *,
    workspace: str,
    visits: Sequence[Visit],
    store: Store,
    engine: Engine,
    fallback: Engine,
    now: datetime,
    embedder: Embedder | None = None,
    turns: Sequence[Turn] = (),
    about: Collection[str] = (),
) -> Answer:
    """Answer from what the workspace's feeds had brought by ``now``.

    ``turns`` are earlier questions of the conversation, oldest first: "and when?" leans on them.
    """
    text = check_question(question)
    context, asked = await asyncio.to_thread(_read, text, turns)
    found, passages = await find_passages(
        asked, workspace=workspace, store=store, embedder=embedder, now=now, about=about
    )
    draft, note = DraftAnswer(), ""
    listed = await asyncio.to_thread(list_visits, asked, visits, now)
    if passages and not listed and not is_addressed_to_machine(asked.text):
        try:
            draft = await engine.answer(asked.text, passages)
        except ModelError as error:
            logger.warning("answer.model_failed reason=%s", error)
            engine, note, tokens = fallback, QUOTED, error.tokens
            draft = replace(await engine.answer(asked.text, passages), tokens=tokens)
    told = await asyncio.to_thread(tell_visits, asked, context, visits)
    lines = (*(told or listed), *await asyncio.to_thread(ground_answer, draft, passages))
    shown = await asyncio.to_thread(add_sides, lines, passages)
    unknown = () if shown else await _find_unknown(asked, found, workspace, store, now)
    words, citations = write_text(shown) if shown else write_refusal(unknown, passages)
    return Answer(
        question=question,
        is_answered=bool(shown),
        text=words,
        citations=citations,
        as_of=now,
        engine=engine.name,
        searched=await store.count_searched(workspace, as_of=now),
        note=note,
        tokens=draft.tokens,
    )
