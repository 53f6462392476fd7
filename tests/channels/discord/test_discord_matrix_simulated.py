"""Every command of the tree typed by SimCord's people, in its own idea of Discord."""

from typing import Any

import pytest
from discord_guild import Guild, text_of
from discord_matrix import ROWS, Given, Row, fill_desk

from bot.model import Right, Rights

# SimCord's members can't give a file to a command: tests over the wire do that.
TYPED = [name for name, row in ROWS.items() if Given.FILE not in row.options.values()]
GUARDED = [name for name in TYPED if ROWS[name].right is not None]
COMPLETED = [
    (name, option)
    for name, row in ROWS.items()
    for option in row.completes
    # It offers the tags of a forum, and SimCord gives no channel to what is half typed.
    if option != "forum_tags"
]


def options(guild: Guild, row: Row) -> dict[str, Any]:
    role = guild.sim.create_role("Chiefs") if Given.ROLE in row.options.values() else None
    given = {Given.CHANNEL: guild.channel, Given.ROLE: role}
    return {
        name: given[value] if isinstance(value, Given) else value
        for name, value in row.options.items()
    }


def close_to_members(guild: Guild, row: Row) -> None:
    """Let only who manages look, where looking is for everybody."""
    if row.right is Right.VIEW:
        guild.desk.rights = Rights(viewers=frozenset(["1"]))


@pytest.mark.parametrize("name", TYPED)
async def test_a_manager_is_answered(guild: Guild, name: str) -> None:
    row = ROWS[name]
    fill_desk(guild.desk, guild.channel.id)
    result = await guild.manager.slash(guild.channel, name, **options(guild, row))
    assert bool(result.modal) if row.opens_form else text_of(result)
    assert row.asks in ("", *(call[0] for call in guild.desk.calls))


@pytest.mark.parametrize("name", GUARDED)
async def test_a_member_without_the_right_is_told_so_alone(guild: Guild, name: str) -> None:
    row = ROWS[name]
    close_to_members(guild, row)
    result = await guild.member.slash(guild.channel, name, **options(guild, row))
    assert result.ephemeral
    assert "Manage Server" in text_of(result)
    assert guild.desk.calls == []


@pytest.mark.parametrize(("name", "option"), COMPLETED)
async def test_options_are_completed_for_who_has_the_right_alone(
    guild: Guild, name: str, option: str
) -> None:
    row = ROWS[name]
    fill_desk(guild.desk, guild.channel.id)
    typed = row.completes[option]
    assert await guild.manager.autocomplete(guild.channel, name, option, typed)
    asked = len(guild.desk.calls)
    close_to_members(guild, row)
    assert await guild.member.autocomplete(guild.channel, name, option, typed) == []
    assert len(guild.desk.calls) == asked
