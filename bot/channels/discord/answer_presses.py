"""what stands under briefs and answers → ``ports.Commands``: ask about it, sources, votes."""

from dataclasses import replace

import discord

from bot.channels.discord.answers import render_answer, render_sources
from bot.channels.discord.asked import (
    Desk,
    member_of,
    origin_of,
    shown_words,
    words_of,
    workspace_of,
)
from bot.channels.discord.buttons import ASK, SOURCES, UP, VOTE
from bot.channels.discord.press import Press, open_question, read_words
from bot.channels.discord.replies import answer, take, tell
from bot.model import Right

_QUESTION, _REASON = 500, 500


async def _show_sources(interaction: discord.Interaction, desk: Desk, key: str) -> None:
    workspace, words = workspace_of(interaction), words_of(interaction, desk)
    await take(interaction, is_private=True)
    citations = await desk.commands.list_sources(workspace, key)
    await answer(interaction, render_sources(citations, words))


async def _open_question(interaction: discord.Interaction, desk: Desk, key: str) -> None:
    words = words_of(interaction, desk)
    title, label = words.say("replies.question.title"), words.say("replies.question.label")
    await open_question(interaction, desk, f"{ASK}:{key}", title, label, longest=_QUESTION)


async def _ask(interaction: discord.Interaction, desk: Desk, key: str) -> None:
    workspace = workspace_of(interaction)
    below = interaction.message
    is_private = below is not None and below.flags.ephemeral
    # What is asked about a message that one person sees is for that person, too: it is no part
    # of the thread that others go on from.
    await take(interaction, is_private=is_private)
    asked = origin_of(interaction, follows=key)
    origin = replace(asked, thread="") if is_private else asked
    question = read_words(interaction)
    reply = await desk.commands.ask(workspace, question, now=desk.clock(), origin=origin)
    words = await shown_words(interaction, desk, is_private=is_private)
    await answer(interaction, render_answer(reply, words))


async def _press_thumb(interaction: discord.Interaction, desk: Desk, rest: str) -> None:
    if rest.endswith(f":{UP}"):
        await _vote(interaction, desk, rest)
        return
    words = words_of(interaction, desk)
    title, label = words.say("replies.reason.title"), words.say("replies.reason.label")
    known_as = f"{VOTE}:{rest}"
    await open_question(
        interaction, desk, known_as, title, label, longest=_REASON, is_required=False
    )


async def _vote(interaction: discord.Interaction, desk: Desk, rest: str) -> None:
    workspace = workspace_of(interaction)
    key, _, side = rest.rpartition(":")
    await take(interaction, is_private=True)
    await desk.commands.vote(
        workspace,
        key,
        member=member_of(interaction.user),
        is_good=side == UP,
        reason=read_words(interaction),
        now=desk.clock(),
    )
    await tell(interaction, words_of(interaction, desk).say("replies.thanks"))


PRESSES = {
    ASK: Press(Right.VIEW, _open_question, submit=_ask),
    SOURCES: Press(Right.VIEW, _show_sources),
    VOTE: Press(Right.VIEW, _press_thumb, submit=_vote),
}
