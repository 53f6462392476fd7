"""buttons, selects and forms → what they do, each checked for its right in one place."""

from collections.abc import Mapping
from typing import cast

import discord

from bot.channels.discord import answer_presses, feeds_group, forget_group, setup, undo_press
from bot.channels.discord.asked import Desk, words_of
from bot.channels.discord.press import FORM_OPEN, Press, PressId, find_press_id
from bot.channels.discord.replies import report_error, say_privately
from bot.channels.discord.rights import admit
from bot.model import Right

PRESSES: dict[str, Press] = {
    **answer_presses.PRESSES,
    **feeds_group.PRESSES,
    **forget_group.PRESSES,
    **setup.PRESSES,
    **undo_press.PRESSES,
}
"""Every act that an id can name. An id that names none is not ours, and left alone."""

_KINDS = (discord.InteractionType.component, discord.InteractionType.modal_submit)


def listen_to_buttons(client: discord.Client, desk: Desk) -> None:
    """Answer what stands under any message of the bot's, of any age, and the forms it opens."""

    async def on_interaction(interaction: discord.Interaction) -> None:
        if interaction.type not in _KINDS:
            return
        data = cast("Mapping[str, object]", interaction.data or {})
        known = find_press_id(str(data.get("custom_id", "")))
        if known is not None and (press := PRESSES.get(known.act)) is not None:
            await _answer(interaction, desk, press, known)

    client.event(on_interaction)


async def _answer(
    interaction: discord.Interaction, desk: Desk, press: Press, known: PressId
) -> None:
    interaction.extras["name"] = known.act
    is_form = interaction.type is discord.InteractionType.modal_submit
    handle = press.submit if is_form else press.handle
    if handle is None or not await admit(interaction, desk, press.right):
        return
    if press.right in (Right.MANAGE, Right.RULE) and _is_too_old(known, desk):
        await say_privately(interaction, words_of(interaction, desk).say("replies.too_late"))
        return
    try:
        await handle(interaction, desk, known.rest)
    except Exception as error:
        await report_error(interaction, error, words_of(interaction, desk))


def _is_too_old(known: PressId, desk: Desk) -> bool:
    return known.opened_at is not None and desk.clock() - known.opened_at > FORM_OPEN
