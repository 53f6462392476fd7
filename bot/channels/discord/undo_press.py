"""the Undo button pressed → ``ports.Commands``: the change is taken back, the message says so."""

import discord

from bot.channels.discord.asked import Desk, author_of, words_of, workspace_of
from bot.channels.discord.embeds import NOBODY
from bot.channels.discord.history_lines import HistoryLines
from bot.channels.discord.inert import clip, inert
from bot.channels.discord.names import Names
from bot.channels.discord.press import Press
from bot.channels.discord.replies import fill, take_press
from bot.channels.discord.rights import has_right
from bot.channels.discord.undoing import UNDO
from bot.model import Right

_LINE = 900


async def _undo(interaction: discord.Interaction, desk: Desk, batch: str) -> None:
    workspace, words = workspace_of(interaction), words_of(interaction, desk)
    await take_press(interaction)
    may_rule = await has_right(interaction, desk, Right.RULE)
    by = author_of(interaction, desk)
    undone = await desk.commands.undo(workspace, batch, may_rule=may_rule, by=by)
    told = HistoryLines(words, desk.wordings, Names(interaction.guild, words)).tell(undone)
    line = f"{words.say('replies.undone')} {inert(clip(told, _LINE))}"
    await fill(interaction, lambda: {"content": line, "view": None, "allowed_mentions": NOBODY})


PRESSES = {UNDO: Press(Right.MANAGE, _undo)}
