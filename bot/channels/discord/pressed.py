"""buttons and the forms that they open → ``ports.Commands``; the ids say all, so any age works."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Self, cast

import discord
from discord import ui

from bot.channels.discord.answers import render_answer, render_sources
from bot.channels.discord.asked import Desk, member_of, origin_of, workspace_of
from bot.channels.discord.buttons import ASK, ID, SOURCES, UP
from bot.channels.discord.replies import answer, report_error, take, tell

THANKS = "Thank you."
_WORDS = "words"
_QUESTION, _REASON = 500, 500


def listen_to_buttons(client: discord.Client, desk: Desk) -> None:
    """Answer the buttons under any message of the bot's, and the forms that they open."""

    class KeyButton(ui.DynamicItem[ui.Button[ui.View]], template=ID):
        def __init__(self, button: ui.Button[ui.View], match: re.Match[str]) -> None:
            super().__init__(button)
            self._match = match

        @classmethod
        async def from_custom_id(
            cls,
            interaction: discord.Interaction[Any],
            item: ui.Item[Any],
            match: re.Match[str],
            /,
        ) -> Self:
            return cls(cast("ui.Button[ui.View]", item), match)

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            await _guard(interaction, desk, self._match, _press)

    async def on_interaction(interaction: discord.Interaction) -> None:
        # A form that discord.py knows from sending it would be forgotten at a restart.
        if interaction.type is discord.InteractionType.modal_submit:
            data = cast("Mapping[str, Any]", interaction.data)
            if match := ID.fullmatch(str(data["custom_id"])):
                await _guard(interaction, desk, match, _submit)

    client.add_dynamic_items(KeyButton)
    client.event(on_interaction)


async def _guard(
    interaction: discord.Interaction,
    desk: Desk,
    match: re.Match[str],
    act: Callable[[discord.Interaction, Desk, re.Match[str]], Awaitable[None]],
) -> None:
    interaction.extras["name"] = match["act"]
    try:
        await act(interaction, desk, match)
    except Exception as error:
        await report_error(interaction, error)


async def _press(interaction: discord.Interaction, desk: Desk, match: re.Match[str]) -> None:
    if match["act"] == SOURCES:
        await _show_sources(interaction, desk, match["key"])
    elif match["act"] == ASK:
        await _open_form(interaction, match[0], "Ask about this", "Your question", _QUESTION)
    elif match["side"] == UP:
        await _vote(interaction, desk, match, "")
    else:
        title, label = "Not helpful", "What is wrong? (optional)"
        await _open_form(interaction, match[0], title, label, _REASON, is_required=False)


async def _submit(interaction: discord.Interaction, desk: Desk, match: re.Match[str]) -> None:
    data = cast("Mapping[str, Any]", interaction.data)
    words = next(_list_words(data.get("components") or ()), "")
    if match["act"] == ASK:
        await _ask(interaction, desk, match["key"], words)
    else:
        await _vote(interaction, desk, match, words)


async def _show_sources(interaction: discord.Interaction, desk: Desk, key: str) -> None:
    workspace = workspace_of(interaction)
    await take(interaction, is_private=True)
    citations = await desk.commands.list_sources(workspace, key)
    await answer(interaction, render_sources(citations))


async def _ask(interaction: discord.Interaction, desk: Desk, key: str, question: str) -> None:
    workspace = workspace_of(interaction)
    below = interaction.message
    is_private = below is not None and below.flags.ephemeral
    # What is asked about a message that one person sees is for that person, too: it is no part
    # of the thread that others go on from.
    await take(interaction, is_private=is_private)
    asked = origin_of(interaction, follows=key)
    origin = replace(asked, thread="") if is_private else asked
    reply = await desk.commands.ask(workspace, question, now=desk.clock(), origin=origin)
    await answer(interaction, render_answer(reply))


async def _vote(
    interaction: discord.Interaction, desk: Desk, match: re.Match[str], reason: str
) -> None:
    workspace = workspace_of(interaction)
    await take(interaction, is_private=True)
    await desk.commands.vote(
        workspace,
        match["key"],
        member=member_of(interaction.user),
        is_good=match["side"] == UP,
        reason=reason,
        now=desk.clock(),
    )
    await tell(interaction, THANKS)


async def _open_form(
    interaction: discord.Interaction,
    form_id: str,
    title: str,
    label: str,
    longest: int,
    *,
    is_required: bool = True,
) -> None:
    """Show a form of one text; it comes back under the same id as the button has."""
    words = ui.TextInput[ui.Modal](
        custom_id=_WORDS,
        style=discord.TextStyle.paragraph,
        required=is_required,
        max_length=longest,
    )
    form = ui.Modal(title=title, custom_id=form_id)
    form.add_item(ui.Label(text=label, component=words))
    # discord.py would keep every form that has not ended in memory, for good.
    form.stop()
    await interaction.response.send_modal(form)


def _list_words(components: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield what was typed into the field, however its form is built."""
    for part in components:
        if part.get("custom_id") == _WORDS:
            yield str(part.get("value") or "")
        inner = [part["component"]] if "component" in part else part.get("components") or ()
        yield from _list_words(inner)
