"""question → turn → answer: counted, joined to its conversation, answered in order, kept."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot import answer
from bot.jobs.compose import list_visits
from bot.jobs.tools import Tools
from bot.limits import check_usage, has_tokens
from bot.model import Answer, Origin, Turn, Usage

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
    is_kept = bool(origin.member or origin.thread)
    if is_kept:
        await _open(tools, turn)
    async with tools.turnstile.pass_through(workspace):
        work = _answer_and_keep if is_kept else _answer
        return await work(tools, turn, context)


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
    try:
        reply = await _answer(tools, turn, context)
    except Exception:
        # Left open it would count as waiting; after a crash it does so for five minutes.
        await tools.store.close_turn(turn, ())
        raise
    closed = replace(
        turn,
        is_answered=reply.is_answered,
        answer=reply.text,
        engine=reply.engine,
        tokens=reply.tokens,
    )
    await tools.store.close_turn(closed, reply.citations)
    return replace(reply, key=turn.key)


async def _answer(tools: Tools, turn: Turn, context: Context) -> Answer:
    is_quoting = not await _has_tokens(tools, turn)
    reply = await answer.answer(
        turn.question,
        workspace=turn.workspace,
        visits=await list_visits(tools, turn.workspace, turn.asked_at),
        store=tools.store,
        engine=tools.fallback if is_quoting else tools.engine,
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
