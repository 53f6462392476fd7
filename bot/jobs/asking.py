"""question → turn → answer: counted, joined to its conversation, answered in order, kept."""

import asyncio
import logging
import secrets
from collections.abc import Collection, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import answer
from bot.errors import ModelError
from bot.jobs.compose import list_visits
from bot.jobs.tools import Tools
from bot.limits import check_usage, has_tokens
from bot.model import Answer, Citation, DraftAnswer, Origin, Passage, Turn, Usage

logger = logging.getLogger(__name__)

MODEL_SECONDS = 45.0
"""How long a question waits for the model before sentences are quoted."""
SLOW_SECONDS = 10.0
MODEL_REST = timedelta(minutes=1)
"""How long no question waits for a model that failed slowly. One that fails at once costs nobody
anything, and may have failed for that question alone."""
MAX_TURNS = 4
"""Earlier questions of a conversation that are kept in mind."""
FORGETS = f"Only the last {MAX_TURNS} questions of this conversation are remembered."
NO_TOKENS = "The language model's tokens of the day are used up: sentences are quoted."


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a question goes on from: earlier turns, or the articles of a brief, by address."""

    conversation: str = ""
    turns: Sequence[Turn] = ()
    about: Collection[str] = ()
    note: str = ""


async def ask(
    tools: Tools, workspace: str, question: str, *, now: datetime, origin: Origin
) -> Answer:
    """Answer from the workspace's articles as of ``now``.

    Without a member nothing is counted; with neither member nor thread nothing is kept.

    Raises:
        InputError: nothing to search for, or a limit is reached; the question is not kept.
    """
    question = answer.check_question(question)
    context = await find_context(tools, workspace, origin, now)
    key = secrets.token_urlsafe(12)
    turn = Turn(
        key=key,
        workspace=workspace,
        conversation=context.conversation or key,
        member=origin.member,
        question=question,
        asked_at=now,
    )
    if origin.member or origin.thread:
        return await _answer_and_keep(tools, turn, context)
    async with tools.turnstile.pass_through(workspace):
        return await _answer(tools, turn, context)


async def find_context(tools: Tools, workspace: str, origin: Origin, now: datetime) -> Context:
    """What is replied to, if the workspace has it, and what was asked there before."""
    conversation, about = origin.thread, frozenset[str]()
    if origin.follows:
        followed = await tools.store.find_turn(workspace, origin.follows)
        conversation = followed.conversation if followed else conversation
        if followed is None:
            cited = await tools.store.list_sources(workspace, origin.follows)
            about = frozenset(citation.article_url for citation in cited)
    if not conversation:
        return Context(about=about)
    # Two more than are kept in mind tell whether this is the first question that forgets one.
    found = await tools.store.list_turns(workspace, conversation, before=now, limit=MAX_TURNS + 2)
    return Context(
        conversation=conversation,
        turns=found[-MAX_TURNS:],
        about=about,
        note=FORGETS if len(found) == MAX_TURNS + 1 else "",
    )


async def _open(tools: Tools, turn: Turn) -> None:
    def check(usage: Usage) -> None:
        if turn.member:
            check_usage(usage, tools.limits)

    await tools.store.open_turn(turn, check)


async def _answer_and_keep(tools: Tools, turn: Turn, context: Context) -> Answer:
    closed, citations = turn, tuple[Citation, ...]()
    try:
        await _end(_open(tools, turn))
        async with tools.turnstile.pass_through(turn.workspace):
            reply = await _answer(tools, turn, context)
            closed, citations = _close(turn, reply), reply.citations
            # While it keeps its place: whoever is next counts its tokens.
            await _end(tools.store.close_turn(closed, citations))
    except BaseException:
        # Left open it would count as waiting; after a crash it does so for five minutes. One that
        # was refused is not there, and one that is closed stays so: then this does nothing.
        await _end(tools.store.close_turn(closed, citations))
        raise
    return replace(reply, key=turn.key)


def _close(turn: Turn, reply: Answer) -> Turn:
    return replace(
        turn,
        is_answered=reply.is_answered,
        answer=reply.text,
        engine=reply.engine,
        tokens=reply.tokens,
    )


async def _end(work: Coroutine[object, object, None]) -> None:
    """Wait until it is done, also if whoever waits for it is cancelled."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise


async def _answer(tools: Tools, turn: Turn, context: Context) -> Answer:
    is_quoting = not await _has_tokens(tools, turn)
    reply = await answer.answer(
        turn.question,
        workspace=turn.workspace,
        visits=await list_visits(tools, turn.workspace, turn.asked_at),
        store=tools.store,
        engine=tools.fallback if is_quoting else _Hurried(tools),
        fallback=tools.fallback,
        now=turn.asked_at,
        embedder=tools.embedder,
        turns=context.turns,
        about=context.about,
    )
    notes = (context.note, NO_TOKENS if is_quoting else "", reply.note)
    return replace(reply, note=" ".join(filter(None, notes)))


async def _has_tokens(tools: Tools, turn: Turn) -> bool:
    """Whether the engine may be asked, counted now: those before in the line have taken theirs."""
    if tools.engine is tools.fallback:
        return True
    usage = await tools.store.count_usage(turn.workspace, turn.member, turn.asked_at)
    return has_tokens(usage, tools.limits)


class _Hurried:
    """The engine for one question: with a time limit, and not asked while it is left alone."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self.name = tools.engine.name
        self.prompt_version = tools.engine.prompt_version
        self.draft = tools.engine.draft
        self.check = tools.engine.check

    async def answer(self, question: str, passages: Sequence[Passage]) -> DraftAnswer:
        """As the engine.

        Raises:
            ModelError: nothing usable came back in time, or it is left alone.
        """
        tools, time = self._tools, asyncio.get_running_loop().time
        now, began = tools.clock(), time()
        if now < tools.rests.get(self.name, now):
            raise ModelError("The model failed a moment ago and is left alone.")
        try:
            async with asyncio.timeout(MODEL_SECONDS):
                return await tools.engine.answer(question, passages)
        except (ModelError, TimeoutError) as error:
            if time() - began >= SLOW_SECONDS:
                self._rest()
            if isinstance(error, ModelError):
                raise
            raise ModelError("The model did not answer in time.") from error

    def _rest(self) -> None:
        now, rests = self._tools.clock(), self._tools.rests
        rests[self.name] = max(now + MODEL_REST, rests.get(self.name, now))
        logger.warning("model.left_alone engine=%s until=%s", self.name, rests[self.name])
