"""question → passages → answer: from the articles alone, cited by the sentence, or refused."""

import asyncio
import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot.citations import Numbering, cite, cite_whole
from bot.errors import InputError, ModelError
from bot.ground import find_fault
from bot.model import (
    Answer,
    Article,
    Citation,
    DraftAnswer,
    Passage,
    Searched,
    Sentence,
    Visit,
)
from bot.passages import find_hit, list_search_words, make_passages
from bot.ports import ArticleStore, Engine
from bot.sides import show_conflicts, show_rivals
from bot.text.clean import clean_text
from bot.text.commands_to_machines import is_addressed_to_machine
from bot.text.dates import format_dates
from bot.text.names import find_places, get_country, same_name
from bot.text.terms import is_among, list_asked, list_terms, name_places, split_question

logger = logging.getLogger(__name__)

MAX_QUESTION = 500
MAX_ARTICLES = 40

_ABOUT_VISITS = re.compile(
    r"\b(?:when|quand|cuándo|visit\w*|trip|travel\w*|coming|come|go(?:ing)?|get to|arriv\w*|"
    r"summit|still on|meet\w*|"
    r"visite\w*|voyage|déplacement|sommet|visita\w*|viaj\w*|cumbre)\b|यात्रा|दौर[ाे]|सम्मेलन",
    re.IGNORECASE,
)


class Line(NamedTuple):
    """One grounded sentence of an answer and what it cites."""

    text: str
    citations: tuple[Citation, ...]


def check_question(question: str) -> str:
    """The question as it is searched.

    Raises:
        InputError: nothing to search for, or longer than ``MAX_QUESTION`` characters.
    """
    cleaned = " ".join(clean_text(question).split())
    if not re.search(r"\w{2}", cleaned):
        raise InputError("Ask with a few words, for example: when is Modi in Washington?")
    if len(cleaned) > MAX_QUESTION:
        raise InputError(f"That is too long: ask in {MAX_QUESTION} characters or fewer.")
    return cleaned


# ---------------------------------------------------------------- the ledger


def find_visit(question: str, visits: Sequence[Visit]) -> Visit | None:
    """The visit a question is about: its visitor, and its host or place, are named."""
    if not _ABOUT_VISITS.search(question):
        return None
    countries = {place.country for place in find_places(question)}
    years = set(re.findall(r"\b(?:19|20)\d\d\b", question))
    asked = re.findall(r"[\w\u0900-\u097f'-]+", question)
    matching = [
        visit
        for visit in visits
        if any(same_name(word.removesuffix("'s").title(), visit.visitor) for word in asked)
        and (not years or (visit.dates.start or "")[:4] in years)
        and (visit.host in countries or (get_country(visit.host) or visit.host) in countries)
    ]
    return max(matching, key=lambda visit: visit.history[-1].at, default=None)


def tell_visit(visit: Visit) -> Line:
    """What the ledger holds, and the sentence it rests on."""
    obeyed = [move for move in visit.history if move.is_obeyed] or list(visit.history)
    move = next((m for m in reversed(obeyed) if m.status is visit.status), obeyed[-1])
    place = f"{visit.host} ({visit.place})" if visit.place else visit.host
    overdue = "; the date has passed with no report" if visit.is_overdue else ""
    return Line(
        f"{visit.visitor} → {place}: {visit.status}, {format_dates(visit.dates)}{overdue}.",
        cite_whole(move),
    )


def _line_up(sides: Sequence[tuple[str, tuple[Citation, ...]]]) -> tuple[Line, ...]:
    return tuple(Line(*side) for side in sides)


# ---------------------------------------------------------------- grounding and writing


def ground_answer(draft: DraftAnswer, passages: Sequence[Passage]) -> tuple[Line, ...]:
    """The lines whose cited sentences carry them; the others are cut."""
    lines = []
    for text, cites in draft.lines:
        found = (_find_cited(cite, passages) for cite in cites)
        # A sentence that gives orders to a machine is data, and carries nothing.
        cited = [pair for pair in found if pair and not is_addressed_to_machine(pair[1].text)]
        if not cited or len({article.language for article, _ in cited}) > 1:
            continue
        evidence = " ".join(sentence.text for _, sentence in cited)
        fault = find_fault(text, evidence, cited[0][0])
        if fault:
            logger.info("answer.line_cut reason=%s", fault[0])
            continue
        lines.append(
            Line(
                text.strip(),
                tuple(cite(article, found.number, found.text) for article, found in cited),
            )
        )
    return tuple(lines)


def _find_cited(
    cite: tuple[int, int], passages: Sequence[Passage]
) -> tuple[Article, Sentence] | None:
    number, sentence_number = cite
    if not 1 <= number <= len(passages):
        return None
    passage = passages[number - 1]
    sentence = next((s for s in passage.sentences if s.number == sentence_number), None)
    return (passage.article, sentence) if sentence else None


def write_answer(
    question: str,
    lines: Sequence[Line],
    searched: Searched,
    *,
    engine: str,
    now: datetime,
    note: str,
) -> Answer:
    """Number the citations and join the lines."""
    numbering = Numbering()
    texts = []
    for line in lines:
        marks = (f"[{citation.n}]" for citation in numbering.number(line.citations))
        texts.append(" ".join((line.text, *marks)))
    return Answer(
        question=question,
        is_answered=True,
        text="\n".join(texts),
        citations=numbering.citations,
        as_of=now,
        engine=engine,
        searched=searched,
        note=note,
    )


def refuse(
    question: str,
    passages: Sequence[Passage],
    searched: Searched,
    *,
    engine: str,
    now: datetime,
    note: str,
) -> Answer:
    """Say that the articles do not tell, what was searched and the nearest thing found."""
    text = "The articles do not tell."
    texts = (f"{p.article.title} {p.article.text}" for p in passages)
    known = frozenset[str]().union(*(list_terms(text, "en") for text in texts))
    missing = [
        next((word for word in question.split() if word.casefold().startswith(term)), term)
        for term in list_asked(question)
        if not is_among(term, known)
    ]
    if missing:
        text += (
            f" None of them speaks of: {', '.join(word.strip('@?!.,') for word in missing[:5])}."
        )
    nearest = passages[0] if passages else None
    citations: tuple[Citation, ...] = ()
    if nearest:
        hit = find_hit(question, nearest)
        citations = (replace(cite(nearest.article, hit.number, hit.text), n=1),)
        text += " The nearest thing found is [1]."
    return Answer(
        question=question,
        is_answered=False,
        text=text,
        citations=citations,
        as_of=now,
        engine=engine,
        searched=searched,
        note=note,
    )


async def answer(
    question: str,
    *,
    workspace: str,
    visits: Sequence[Visit],
    store: ArticleStore,
    engine: Engine,
    fallback: Engine,
    now: datetime,
) -> Answer:
    """Answer from what the workspace's feeds had brought by ``now``."""
    question = name_places(check_question(question))
    parts = [(part, find_visit(part, visits)) for part in split_question(question)]
    asked = {visit.key: visit for _, visit in parts if visit}.values()
    told = [line for visit in asked for line in (tell_visit(visit), *_line_up(show_rivals(visit)))]
    rest = " and ".join(part for part, visit in parts if not visit)
    hits = await store.search(
        workspace, list_search_words(rest or question), as_of=now, limit=MAX_ARTICLES
    )
    searched = await store.count_searched(workspace, as_of=now)
    passages = make_passages(rest or question, hits)
    draft, note = DraftAnswer(), ""
    if rest and passages:
        try:
            draft = await engine.answer(rest, passages)
        except ModelError as error:
            logger.warning("answer.model_failed reason=%s", error)
            engine, note = fallback, "The language model gave nothing usable: sentences are quoted."
            draft = await engine.answer(rest, passages)
    lines = (*told, *ground_answer(draft, passages))
    if not lines:
        return refuse(question, passages, searched, engine=engine.name, now=now, note=note)
    cited = [citation for line in lines for citation in line.citations]
    sides = _line_up(await asyncio.to_thread(show_conflicts, cited, passages))
    # A sentence that stands as one of two sides is not said twice.
    lines = (*(x for x in lines if not any(x.text in side.text for side in sides)), *sides)
    return write_answer(question, lines, searched, engine=engine.name, now=now, note=note)
