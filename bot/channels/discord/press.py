"""What a button, select or form does: an act with its right, and the forms it opens.

All that it acts on stands in its id, ``act:rest``, so that it works at any age of its message
and after any restart.
"""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import discord
from discord import ui

from bot.channels.discord.asked import Desk
from bot.model import Right

Handle = Callable[[discord.Interaction, Desk, str], Awaitable[None]]
"""Does an act for a person who has the right; the text is the ``rest`` of the id."""

FORM_OPEN = timedelta(minutes=15)
"""After this, a form that changes something is refused: rights and things may be others."""

WORDS = "words"
"""The id of the field of a form that has one text."""

_ID = re.compile(r"(?P<act>[a-z_]+):(?P<rest>[^~]*)(?:~(?P<opened>[0-9a-f]{1,9}))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Press:
    """An act: who may do it, what a press does, and what its form does when it is sent."""

    right: Right | None
    handle: Handle | None = None
    submit: Handle | None = None


@dataclass(frozen=True, slots=True)
class PressId:
    """What stands in an id; ``opened_at`` is when its form was opened."""

    act: str
    rest: str
    opened_at: datetime | None


def find_press_id(custom_id: str) -> PressId | None:
    """Return what an id says, or None if it is none of ours."""
    match = _ID.fullmatch(custom_id)
    if match is None:
        return None
    opened = match["opened"]
    opened_at = datetime.fromtimestamp(int(opened, 16), UTC) if opened else None
    return PressId(match["act"], match["rest"], opened_at)


async def open_form(
    interaction: discord.Interaction,
    desk: Desk,
    known_as: str,
    title: str,
    fields: Sequence[ui.Label[ui.Modal]],
) -> None:
    """Show a form of at most five labelled fields; it comes back under ``known_as``."""
    opened = int(desk.clock().timestamp())
    form = ui.Modal(title=title, custom_id=f"{known_as}~{opened:x}")
    for field in fields:
        form.add_item(field)
    # discord.py would keep every form that has not ended in memory, for good.
    form.stop()
    await interaction.response.send_modal(form)


async def open_question(
    interaction: discord.Interaction,
    desk: Desk,
    known_as: str,
    title: str,
    label: str,
    *,
    longest: int,
    is_required: bool = True,
) -> None:
    """Show a form of one text, read with ``read_words``."""
    words = ui.TextInput[ui.Modal](
        custom_id=WORDS,
        style=discord.TextStyle.paragraph,
        required=is_required,
        max_length=longest,
    )
    await open_form(interaction, desk, known_as, title, [ui.Label(text=label, component=words)])


def read_form(interaction: discord.Interaction) -> Mapping[str, tuple[str, ...]]:
    """Return what was typed or chosen in each field of a form, by the fields' ids."""
    data = cast("Mapping[str, Any]", interaction.data or {})
    return dict(_list_fields(data.get("components") or ()))


def read_words(interaction: discord.Interaction) -> str:
    """Return what was typed into a form of one text."""
    return "".join(read_form(interaction).get(WORDS, ()))


def _list_fields(
    components: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every field, however its form is built."""
    for part in components:
        if "custom_id" in part:
            values = part.get("values") or [part.get("value") or ""]
            yield str(part["custom_id"]), tuple(filter(None, map(str, values)))
        inner = [part["component"]] if "component" in part else part.get("components") or ()
        yield from _list_fields(inner)
