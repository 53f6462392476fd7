"""/history and /undo → ``ports.Commands``: who changed what, and taking it back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import discord
from discord import app_commands

from bot.channels.discord.asked import Desk, author_of, words_of, workspace_of
from bot.channels.discord.buttons import Button, with_buttons
from bot.channels.discord.completing import Choices, Named, offer
from bot.channels.discord.history_lines import HistoryLines
from bot.channels.discord.inert import inert
from bot.channels.discord.limits import Payload
from bot.channels.discord.names import Names
from bot.channels.discord.pages import Page, pack, pieces
from bot.channels.discord.replies import answer, take
from bot.channels.discord.rights import MANAGE, has_right
from bot.channels.discord.stamps import stamp
from bot.channels.discord.undoing import UNDO
from bot.model import ConfigChange, Right
from bot.ports.admin_commands import UNDO_WITHIN
from bot.text.lexicon import fold
from bot.wording import Words

Command = app_commands.Command[Any, ..., None]

_SHOWN = 15
_BUTTONS = 5


def make_history(desk: Desk) -> Command:
    """Return ``/history``."""

    @app_commands.command(
        name="history", description="Who changed what of the set-up, and when", extras=MANAGE
    )
    async def history(interaction: discord.Interaction) -> None:
        workspace, words = workspace_of(interaction), words_of(interaction, desk)
        await take(interaction, is_private=True)
        changes = (await desk.commands.list_history(workspace))[:_SHOWN]
        names = Names(interaction.guild, words)
        who = await names.members(each for one in changes for each in _list_members(one))
        lines = HistoryLines(words, desk.wordings, names)
        blocks = [
            _block(number, change, lines.tell(change), who, words)
            for number, change in enumerate(changes, 1)
        ]
        buttons = _list_buttons(changes, words, desk.clock())
        await answer(interaction, render_history(blocks, buttons, words))

    return history


def make_undo(desk: Desk) -> Command:
    """Return ``/undo``."""

    @app_commands.command(
        name="undo", description="Take the last change of the set-up back", extras=MANAGE
    )
    @app_commands.describe(change="Which change; the last one if not given")
    async def undo(
        interaction: discord.Interaction, change: app_commands.Range[str, 1, 100] = ""
    ) -> None:
        workspace, words = workspace_of(interaction), words_of(interaction, desk)
        await take(interaction, is_private=True)
        may_rule = await has_right(interaction, desk, Right.RULE)
        by = author_of(interaction, desk)
        undone = await desk.commands.undo(workspace, change, may_rule=may_rule, by=by)
        told = HistoryLines(words, desk.wordings, Names(interaction.guild, words)).tell(undone)
        page = Page(words.say("history.undone_title"), pieces(told))
        await answer(interaction, pack([page], words))

    @undo.autocomplete("change")
    async def complete(interaction: discord.Interaction, current: str) -> Choices:
        return await offer(_list_named(desk, interaction, current))

    return undo


async def _list_named(desk: Desk, interaction: discord.Interaction, current: str) -> list[Named]:
    words = words_of(interaction, desk)
    changes = await desk.commands.list_history(workspace_of(interaction))
    lines = HistoryLines(words, desk.wordings, Names(interaction.guild, words))
    named = [
        (f"{words.moment(each.at)} UTC · {lines.tell(each)}", each.batch)
        for each in changes
        if may_undo(each, desk.clock())
    ]
    return [(name, batch) for name, batch in named if fold(current) in fold(name)]


def may_undo(change: ConfigChange, now: datetime) -> bool:
    """Whether a change can still be taken back."""
    return change.undone_at is None and now - change.at < UNDO_WITHIN


def render_history(
    blocks: Sequence[str], buttons: Sequence[Button], words: Words
) -> tuple[Payload, ...]:
    """Return the newest changes, with buttons to take them back below the last message."""
    told = tuple(blocks) or (words.say("history.empty"),)
    return with_buttons(pack([Page(words.say("history.title"), told)], words), buttons)


def _block(
    number: int, change: ConfigChange, told: str, who: Mapping[str, str], words: Words
) -> str:
    head = words.say("history.head", n=number, who=inert(who[change.member]), when=stamp(change.at))
    lines = [head, *pieces(told)[:1]]
    if change.undone_at:
        by = inert(who[change.undone_by])
        lines.append(words.say("history.undone", who=by, when=stamp(change.undone_at)))
    return "\n".join(lines)


def _list_members(change: ConfigChange) -> tuple[str, ...]:
    return tuple(filter(None, (change.member, change.undone_by)))


def _list_buttons(
    changes: Sequence[ConfigChange], words: Words, now: datetime
) -> tuple[Button, ...]:
    return tuple(
        {"label": words.say("history.undo", n=number), "id": f"{UNDO}:{change.batch}"}
        for number, change in enumerate(changes, 1)
        if may_undo(change, now)
    )[:_BUTTONS]
