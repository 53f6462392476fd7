"""a file attached to /feeds import → ``ports.Commands``, with its progress shown."""

import asyncio
import logging

import discord

from bot.channels.discord.asked import Desk, author_of, words_of, workspace_of
from bot.channels.discord.embeds import NOBODY
from bot.channels.discord.faults import VENDOR_ERRORS
from bot.channels.discord.feed_cards import render_import
from bot.channels.discord.replies import answer, take
from bot.errors import InputError
from bot.model import Author, ImportReport
from bot.ports.admin_commands import MAX_OPML
from bot.wording import Words

logger = logging.getLogger(__name__)

_ENDS = (".opml", ".xml")
_PAUSE = 3.0
"""Seconds between two lines of progress: each edit counts at Discord."""


async def import_file(
    interaction: discord.Interaction, desk: Desk, file: discord.Attachment
) -> None:
    """Follow what the file lists, and tell in private what became of each entry.

    Raises:
        InputError: it is no such file, too large, or can't be loaded.
    """
    workspace, words = workspace_of(interaction), words_of(interaction, desk)
    await take(interaction, is_private=True)
    document = await _load(file, words)
    by = author_of(interaction, desk)
    report = await _import(interaction, desk, workspace, document, by, words)
    await answer(interaction, render_import(report, by.batch, words))


async def _load(file: discord.Attachment, words: Words) -> bytes:
    if not file.filename.lower().endswith(_ENDS):
        raise InputError(words.say("feeds.imported.not_opml"))
    if file.size > MAX_OPML:
        raise InputError(words.say("feeds.imported.too_large"))
    try:
        return await file.read()
    except VENDOR_ERRORS as error:
        raise InputError(words.say("feeds.imported.not_loaded")) from error


async def _import(
    interaction: discord.Interaction,
    desk: Desk,
    workspace: str,
    document: bytes,
    by: Author,
    words: Words,
) -> ImportReport:
    steps: list[tuple[int, int]] = []
    work = asyncio.ensure_future(
        desk.commands.import_feeds(
            workspace, document, by=by, progress=lambda done, total: steps.append((done, total))
        )
    )
    try:
        while not (await asyncio.wait([work], timeout=_PAUSE))[0]:
            if steps:
                await _show(interaction, *steps[-1], words)
        return await work
    finally:
        work.cancel()


async def _show(interaction: discord.Interaction, done: int, total: int, words: Words) -> None:
    line = words.say("feeds.importing", done=words.number(done), total=words.number(total))
    try:
        await interaction.edit_original_response(content=line, allowed_mentions=NOBODY)
    except VENDOR_ERRORS as error:
        logger.info("progress.unshown error=%s", type(error).__name__)
