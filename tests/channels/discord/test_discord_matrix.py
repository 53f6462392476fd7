"""Every command of the tree over the wire: with its right, without, and with Discord failing."""

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from discord import app_commands
from discord_desk import Desk
from discord_matrix import MANAGE, ROWS, RULE, Given, Row, fill_desk
from discord_samples import NOW
from discord_setup import Setup
from discord_words import WORDINGS
from fakes.discord import FakeDiscord
from fakes.discord_exchange import Exchange, Upload
from fakes.discord_threads import forum
from fakes.discord_world import (
    ATTACH_FILES,
    CHANNEL_ID,
    CREATE_EVENTS,
    MANAGE_GUILD,
    Fault,
)

from bot.channels.discord.asked import Desk as Asked
from bot.channels.discord.commands import build_tree
from bot.channels.discord.login import new_client
from bot.model import Right, Rights

# One bot listens through the whole file: starting it takes longer than any command.
pytestmark = pytest.mark.asyncio(loop_scope="module")

FORUM_ID = 8100
OPML = b'<opml version="2.0"><body><outline xmlUrl="https://xylophone.example/rss"/></body></opml>'
COMPLETED = [(name, option) for name, row in ROWS.items() for option in row.completes]
GUARDED = [name for name, row in ROWS.items() if row.right is not None]
GIVEN = [name for name in GUARDED if ROWS[name].right is not Right.RULE]
# A private chat has no roles to give.
OUTSIDE = [name for name, row in ROWS.items() if Given.ROLE not in row.options.values()]
_people = itertools.count(50_000)


class Wire:
    """The bot at the fake Discord, asked by somebody new each time: nobody is too quick."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.server = setup.server
        self.role = self.server.guilds.home.add_role("Chiefs")
        self.outsider = self.server.guilds.home.add_role("Others")
        self.desk = setup.desk

    def forget(self) -> None:
        """Have a desk as it was in the beginning."""
        self.desk.__dict__.update(Desk().__dict__)
        fill_desk(self.desk, CHANNEL_ID)

    def options(self, row: Row) -> dict[str, object]:
        given = {
            Given.CHANNEL: CHANNEL_ID,
            Given.FORUM: FORUM_ID,
            Given.ROLE: self.role,
            Given.FILE: Upload("feeds.opml", OPML),
        }
        return {
            name: given[value] if isinstance(value, Given) else value
            for name, value in row.options.items()
        }

    async def type(self, name: str, **how: Any) -> Exchange:
        """Type the command of that row; a manager does, if nothing else is said."""
        how = {"permissions": MANAGE_GUILD, "user_id": next(_people), **how}
        return await self.server.interaction(name, self.options(ROWS[name]), **how)

    async def complete(self, name: str, option: str, **how: Any) -> Exchange:
        """Type into an option that is completed, after all that a command needs before it."""
        options = {"channel": FORUM_ID} if option == "forum_tags" else {}
        typed = {**options, option: ROWS[name].completes[option]}
        how = {"permissions": MANAGE_GUILD, "user_id": next(_people), **how}
        return await self.server.interaction(name, typed, focused=option, **how)

    @property
    def changes(self) -> list[tuple[object, ...]]:
        """What the desk was asked that changes anything."""
        return [call for call in self.desk.calls if call[0] not in _READS]


_READS = {
    *("ask", "visits", "changes", "starters", "topics", "brief", "preview", "briefs", "feeds"),
    *("test", "export feeds", "schedules", "reviews", "draw", "last brief", "status"),
    *("problems", "trace", "history"),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def listening() -> AsyncIterator[Wire]:
    async with FakeDiscord() as server:
        server.bot_permissions |= ATTACH_FILES | CREATE_EVENTS
        server.channels[FORUM_ID] = forum(FORUM_ID, "Defence", "Trade")
        setup = Setup(server)
        wire = Wire(setup)
        await setup.listen()
        yield wire
        await setup.stop()


@pytest.fixture
def wire(listening: Wire) -> Wire:
    listening.forget()
    return listening


def has_answer(row: Row, exchange: Exchange) -> bool:
    return exchange.form is not None if row.opens_form else bool(exchange.text)


# ---------------------------------------------------------------- the tree itself


def list_commands() -> list[app_commands.Command[Any, ..., Any]]:
    tree = build_tree(new_client(), Asked(Desk(), lambda: NOW, WORDINGS))
    return [each for each in tree.walk_commands() if isinstance(each, app_commands.Command)]


async def test_every_command_and_everything_that_is_completed_has_a_row() -> None:
    commands = {each.qualified_name: each for each in list_commands()}
    assert set(commands) == set(ROWS)
    completed = {
        (name, parameter.name)
        for name, command in commands.items()
        for parameter in command.parameters
        if parameter.autocomplete
    }
    assert completed == set(COMPLETED)


# ---------------------------------------------------------------- who may


@pytest.mark.parametrize("name", ROWS)
async def test_who_has_the_right_is_answered(wire: Wire, name: str) -> None:
    row = ROWS[name]
    exchange = await wire.type(name)
    assert has_answer(row, exchange)
    assert row.asks in ("", *(call[0] for call in wire.desk.calls))
    if row.right in (MANAGE, RULE):
        assert exchange.is_private


@pytest.mark.parametrize("name", GIVEN)
async def test_a_role_that_was_chosen_for_it_gives_the_right_and_no_other_does(
    wire: Wire, name: str
) -> None:
    row = ROWS[name]
    chosen = frozenset([str(wire.role)])
    is_manage = row.right is Right.MANAGE
    wire.desk.rights = Rights(managers=chosen) if is_manage else Rights(viewers=chosen)
    refused = await wire.type(name, permissions=0, roles=[wire.outsider])
    assert refused.is_private
    assert "Chiefs" in refused.text
    assert wire.desk.calls == []
    assert has_answer(row, await wire.type(name, permissions=0, roles=[wire.role]))


@pytest.mark.parametrize("name", [name for name in GUARDED if name not in GIVEN])
async def test_no_role_that_was_chosen_raises_others_or_erases_the_server(
    wire: Wire, name: str
) -> None:
    chosen = frozenset([str(wire.role)])
    wire.desk.rights = Rights(managers=chosen, viewers=chosen)
    refused = await wire.type(name, permissions=0, roles=[wire.role])
    assert refused.is_private
    assert refused.text == "You need Manage Server for this."
    assert wire.desk.calls == []
    for option in ROWS[name].completes:
        offered = await wire.complete(name, option, permissions=0, roles=[wire.role])
        assert offered.choices == []


@pytest.mark.parametrize("name", GUARDED)
async def test_who_has_not_the_right_is_told_so_alone_and_changes_nothing(
    wire: Wire, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    row = ROWS[name]
    if row.right is Right.VIEW:
        wire.desk.rights = Rights(viewers=frozenset(["1"]))
    with caplog.at_level(logging.INFO):
        exchange = await wire.type(name, permissions=0)
    assert exchange.is_private
    assert "Manage Server" in exchange.text
    assert len(exchange.text.splitlines()) == 1
    assert wire.desk.calls == []
    assert f"command.denied command={name}" in caplog.text
    told = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert not [word for word in row.words for line in told if word in line and word not in name]


@pytest.mark.parametrize(("name", "option"), COMPLETED)
async def test_options_are_completed_for_who_has_the_right_alone(
    wire: Wire, name: str, option: str
) -> None:
    offered = await wire.complete(name, option)
    assert offered.choices
    assert len(offered.choices) <= 25
    asked = len(wire.desk.calls)
    if ROWS[name].right is Right.VIEW:
        wire.desk.rights = Rights(viewers=frozenset(["1"]))
    refused = await wire.complete(name, option, permissions=0)
    assert refused.choices == []
    assert len(wire.desk.calls) == asked


@pytest.mark.parametrize("name", OUTSIDE)
async def test_outside_of_a_server_nothing_is_told_and_nothing_changes(
    wire: Wire, name: str
) -> None:
    exchange = await wire.type(name, guild_id=None)
    assert exchange.is_private
    assert wire.desk.calls == []


# ---------------------------------------------------------------- when Discord fails


@pytest.mark.parametrize("name", ROWS)
async def test_a_command_that_waited_too_long_changes_nothing_and_breaks_nothing(
    wire: Wire, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    late = await wire.type(name, is_expired=True)
    assert late.refusals
    assert not late.shown
    await asyncio.sleep(0)
    assert wire.changes == []
    assert has_answer(ROWS[name], await wire.type(name))


async def test_completion_that_comes_too_late_breaks_nothing(wire: Wire) -> None:
    for name, option in COMPLETED:
        await wire.complete(name, option, is_expired=True)
        assert (await wire.complete(name, option)).choices


FAULTS = {
    "429 of taking it": [Fault(status=429)],
    "429 of the answer": [None, Fault(status=429)],
    "500 of taking it": [Fault(status=500)],
    "503 of the answer": [None, Fault(status=503)],
    "answer stored, then 500": [None, Fault(status=500, is_stored=True)],
    "connection lost at the answer": [None, Fault()],
    "answer stored, then lost": [None, Fault(is_stored=True)],
}


@pytest.mark.parametrize("faults", FAULTS.values(), ids=FAULTS.keys())
async def test_an_answer_that_is_turned_away_once_is_given_all_the_same(
    wire: Wire, faults: list[Fault | None]
) -> None:
    """All at once: discord.py waits a second before it tries again."""
    good = {name: await wire.type(name) for name in ROWS}
    wire.forget()
    tried = await asyncio.gather(*(wire.type(name, faults=faults) for name in ROWS))
    for name, exchange in zip(ROWS, tried, strict=True):
        assert has_answer(ROWS[name], exchange), name
        assert exchange.text == good[name].text, name
        assert exchange.is_private == good[name].is_private, name


@pytest.mark.parametrize("faults", [[Fault()], [None, Fault()]], ids=["taking it", "the answer"])
async def test_a_connection_that_breaks_leaves_nobody_without_a_word(
    wire: Wire, faults: list[Fault | None]
) -> None:
    tried = await asyncio.gather(*(wire.type(name, faults=faults) for name in ROWS))
    for name, exchange in zip(ROWS, tried, strict=True):
        assert exchange.text or exchange.form, name


async def test_what_is_typed_while_the_connection_is_away_is_answered_when_it_resumes(
    wire: Wire,
) -> None:
    gateway = wire.server.gateway
    resumed, identified = gateway.resumes, len(gateway.identifies)
    await gateway.drop(1001)
    typed = await asyncio.gather(*(wire.type(name) for name in ROWS))
    for name, exchange in zip(ROWS, typed, strict=True):
        assert has_answer(ROWS[name], exchange), name
    assert gateway.resumes == resumed + 1
    assert len(gateway.identifies) == identified
