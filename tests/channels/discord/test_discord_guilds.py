"""Joining, leaving and coming back: everything rests, nothing is lost, one welcome is said."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from discord_cards import check_cards
from discord_setup import Setup
from discord_words import ENGLISH, FRENCH
from fakes import discord_world as world
from fakes.discord_world import CHANNEL_ID, GUILD_ID, Fault, Json, until

from bot.channels.discord.welcome import render_back, render_welcome
from bot.errors import StoreError
from bot.model import ChannelRef

NEW, WORKSPACE = 7100, "discord:7100"


def text_channel(channel_id: int) -> Json:
    return world.channel(channel_id, guild_id=NEW)


@pytest.fixture
async def ready(setup: Setup) -> Setup:
    await setup.listen()
    await until(lambda: setup.gateway.is_ready)
    setup.desk.settings = replace(setup.desk.settings, language="")
    return setup


def be_new(setup: Setup) -> None:
    """Whatever server comes next has nothing set up."""
    setup.desk.feeds, setup.desk.orders = (), ()


def said(setup: Setup) -> list[tuple[int, str]]:
    """Where something was said without being asked, and its title or line."""
    embeds = [(int(each["channel_id"]), each["embeds"][0]) for each in setup.server.messages]
    return [(place, embed.get("title") or embed["description"]) for place, embed in embeds]


async def noted(setup: Setup, *call: str) -> None:
    await until(lambda: call in setup.desk.calls)


# ---------------------------------------------------------------- joining


async def test_a_new_server_gets_the_next_three_steps_where_moderators_read(ready: Setup) -> None:
    be_new(ready)
    places = [text_channel(8300 + each) for each in range(3)]
    await ready.server.guilds.join(NEW, *places, updates_channel_id=8302, system_channel_id=8301)
    await until(lambda: bool(ready.server.messages))
    assert said(ready) == [(8302, ENGLISH.say("welcome.title"))]
    whole = str(ready.server.messages[0]["embeds"])
    assert all(step in whole for step in ("/setup", "/feeds add", "/doctor"))


@pytest.mark.parametrize(("forbidden", "told"), [((), 8301), ((8301,), 8300), ((8301, 8300), 8302)])
async def test_the_welcome_goes_where_the_bot_may_post(
    ready: Setup, forbidden: tuple[int, ...], told: int
) -> None:
    be_new(ready)
    places = [text_channel(8300 + each) for each in range(3)]
    denied = {"id": str(NEW), "type": 0, "allow": "0", "deny": str(world.SEND_MESSAGES)}
    for place in places:
        if int(place["id"]) in forbidden:
            place["permission_overwrites"] = [denied]
    await ready.server.guilds.join(NEW, *places, system_channel_id=8301)
    await until(lambda: bool(ready.server.messages))
    assert [place for place, _ in said(ready)] == [told]


async def test_a_server_in_which_the_bot_may_post_nowhere_is_told_nothing(ready: Setup) -> None:
    be_new(ready)
    await ready.server.guilds.join(NEW, text_channel(8300), permissions=world.VIEW_CHANNEL)
    await noted(ready, "come back", WORKSPACE)
    await asyncio.sleep(0.05)
    assert said(ready) == []


async def test_the_welcome_is_in_the_servers_language(ready: Setup) -> None:
    be_new(ready)
    await ready.server.guilds.join(NEW, text_channel(8300), locale="fr")
    await until(lambda: bool(ready.server.messages))
    assert said(ready) == [(8300, FRENCH.say("welcome.title"))]


async def test_a_servers_own_language_is_kept_if_it_is_shipped_at_joining_and_at_each_start(
    ready: Setup,
) -> None:
    await ready.server.guilds.join(NEW, text_channel(8300), locale="pt-BR")
    await until(lambda: ready.desk.locales.get(WORKSPACE) == "en")
    await ready.server.guilds.join(NEW + 1, text_channel(8400), locale="fr")
    await until(lambda: ready.desk.locales.get(f"discord:{NEW + 1}") == "fr")
    ready.desk.locales.clear()
    await ready.restart()
    await until(lambda: ready.desk.locales.get(f"discord:{NEW + 1}") == "fr")


async def test_the_welcome_is_said_once_through_restarts_and_new_sessions(ready: Setup) -> None:
    be_new(ready)
    await ready.server.guilds.join(NEW, text_channel(8300))
    await until(lambda: bool(ready.server.messages))
    ready.desk.workspaces.discard(WORKSPACE)
    ready.desk.calls.clear()
    await ready.restart()
    await noted(ready, "come back", WORKSPACE)
    await until(lambda: ready.gateway.is_ready)
    assert len(said(ready)) == 1


async def test_a_welcome_whose_answer_was_lost_is_not_said_twice(ready: Setup) -> None:
    be_new(ready)
    ready.server.faults.append(Fault(is_stored=True))
    await ready.server.guilds.join(NEW, text_channel(8300))
    await until(lambda: len(ready.server.sends) == 2)
    assert len(said(ready)) == 1


async def test_a_welcome_that_was_refused_is_tried_at_the_next_start(ready: Setup) -> None:
    be_new(ready)
    ready.server.faults.append(Fault(status=403, code=50013))
    await ready.server.guilds.join(NEW, text_channel(8300))
    await until(lambda: ready.marks.kept.get(f"discord.welcome.{NEW}") == "")
    ready.desk.workspaces.discard(WORKSPACE)
    await ready.restart()
    await until(lambda: bool(ready.server.messages))
    assert len(said(ready)) == 1


# ---------------------------------------------------------------- leaving and coming back


async def test_a_server_that_removes_the_bot_rests_and_nothing_is_erased(ready: Setup) -> None:
    await ready.server.guilds.remove(GUILD_ID)
    await noted(ready, "leave", "discord:7001")
    assert not [call for call in ready.desk.calls if call[0] == "forget"]


async def test_an_outage_is_no_leaving(ready: Setup) -> None:
    await ready.server.guilds.black_out(GUILD_ID)
    await ready.server.guilds.end_black_out(GUILD_ID)
    await ready.server.guilds.join(NEW, text_channel(8300))
    await noted(ready, "come back", WORKSPACE)
    assert [call for call in ready.desk.calls if call[0] in ("leave", "come back")] == [
        ("come back", WORKSPACE)
    ]


async def test_who_comes_back_goes_on_and_the_admins_are_told(ready: Setup) -> None:
    ready.desk.settings = replace(
        ready.desk.settings, notices=ChannelRef("discord", str(CHANNEL_ID))
    )
    removed = await ready.server.guilds.remove(GUILD_ID)
    await noted(ready, "leave", "discord:7001")
    await ready.server.guilds.rejoin(removed)
    await until(lambda: bool(ready.server.messages))
    assert said(ready) == [(CHANNEL_ID, ENGLISH.say("welcome.back"))]


async def test_who_comes_back_without_a_channel_for_notices_is_told_nothing(ready: Setup) -> None:
    ready.desk.settings = replace(ready.desk.settings, notices=None)
    removed = await ready.server.guilds.remove(GUILD_ID)
    await noted(ready, "leave", "discord:7001")
    await ready.server.guilds.rejoin(removed)
    await noted(ready, "come back", "discord:7001")
    await asyncio.sleep(0.05)
    assert said(ready) == []


async def test_what_happened_while_the_bot_was_offline_is_settled_at_the_start(
    setup: Setup,
) -> None:
    setup.desk.workspaces = {"discord:7999", "discord:7001", "console", "slack:T1"}
    await setup.server.guilds.join(NEW, text_channel(8300))
    await setup.listen()
    await noted(setup, "leave", "discord:7999")
    await noted(setup, "come back", WORKSPACE)
    done = [call for call in setup.desk.calls if call[0] in ("leave", "come back")]
    assert done == [("leave", "discord:7999"), ("come back", WORKSPACE)]


async def test_a_database_that_fails_stops_neither_the_bot_nor_the_next_try(
    setup: Setup,
) -> None:
    setup.desk.failure = StoreError("The database is locked.")
    setup.desk.workspaces = {"discord:7999"}
    await setup.listen()
    await until(lambda: setup.gateway.is_ready)
    setup.desk.failure = None
    await setup.restart()
    await until(lambda: "discord:7999" in setup.desk.absent)


# ---------------------------------------------------------------- how it looks


def test_the_cards_of_joining_are_as_agreed(golden: Callable[[str, str], None]) -> None:
    cards = {}
    for name, words in (("", ENGLISH), ("_french", FRENCH)):
        cards |= {f"welcome{name}": render_welcome(words), f"back{name}": render_back(words)}
    check_cards(golden, cards)
