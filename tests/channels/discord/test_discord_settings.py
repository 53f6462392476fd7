"""/settings, /mute, /topics and /forget: chosen by managers, told in words, taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from discord_admin_samples import SETTINGS, TOPICS
from discord_cards import check_cards
from discord_press import MANAGE, manage, press
from discord_samples import NOW
from discord_setup import Setup
from discord_words import ENGLISH, FRENCH, WORDINGS
from fakes import discord_world as world
from fakes.discord_world import CHANNEL_ID, GUILD_ID, until

from bot.channels.discord.names import Names
from bot.channels.discord.settings_pages import (
    render_chosen,
    render_muted,
    render_settings,
    render_topics,
)
from bot.model import ChannelRef, Rights

HERE = f"discord:{GUILD_ID}"
CHOSEN = replace(
    SETTINGS,
    language="fr",
    notices=ChannelRef("discord", "8001"),
    rights=Rights(managers=frozenset({"1", "2"}), viewers=frozenset({"3"})),
    mentions={"defence": "4"},
    has_events=True,
    muted_until=NOW + timedelta(hours=3),
)


@pytest.fixture
async def ready(setup: Setup) -> Setup:
    await setup.listen()
    await until(lambda: setup.gateway.is_ready)
    setup.desk.calls.clear()
    return setup


# ---------------------------------------------------------------- /settings


async def test_settings_are_shown_with_names_and_mention_nobody(ready: Setup) -> None:
    role = ready.server.guilds.home.add_role("Editors_in_chief")
    await ready.restart()
    await until(lambda: ready.gateway.is_ready)
    ready.desk.settings = replace(
        SETTINGS,
        rights=Rights(managers=frozenset({str(role)})),
        notices=ChannelRef("discord", str(CHANNEL_ID)),
        mentions={"trade": "999"},
    )
    seen = await manage(ready, "settings show")
    assert seen.is_private
    assert "Editors\\_in\\_chief" in seen.text
    assert f"#channel{CHANNEL_ID}" in seen.text
    assert "gone (999)" in seen.text
    assert "everybody" in seen.text
    assert "<@&" not in seen.text


@pytest.mark.parametrize(
    ("given", "kept", "told"),
    [("fr", "fr", "Français"), ("own", "", "the server’s own language")],
)
async def test_a_language_is_chosen_and_read_back(
    ready: Setup, given: str, kept: str, told: str
) -> None:
    seen = await manage(ready, "settings set language", language=given)
    assert ready.desk.calls == [("language", HERE, kept)]
    assert told in seen.text
    assert await press(ready, seen, "Undo")
    assert ready.desk.calls[-1][:2] == ("undo", HERE)


async def test_a_zone_is_chosen_by_the_name_of_a_city_and_told_as_it_is_kept(
    ready: Setup,
) -> None:
    seen = await manage(ready, "settings set timezone", zone="Europe/Paris")
    assert ready.desk.calls == [("timezone", HERE, "Europe/Paris")]
    assert "time zone is Europe/Paris from now on" in seen.text
    assert await press(ready, seen, "Undo")
    assert ready.desk.calls[-1][:2] == ("undo", HERE)
    how = {"focused": "zone", "permissions": MANAGE}
    offered = await ready.server.interaction("settings set timezone", {"zone": "lond"}, **how)
    assert offered.choices[0]["value"] == "Europe/London"


async def test_notices_go_where_the_bot_may_post(ready: Setup) -> None:
    seen = await manage(ready, "settings set notices", channel=CHANNEL_ID)
    assert ready.desk.calls == [("notices", HERE, ChannelRef("discord", str(CHANNEL_ID)))]
    assert f"#channel{CHANNEL_ID}" in seen.text
    await ready.server.guilds.forbid(world.SEND_MESSAGES)
    seen = await manage(ready, "settings set notices", channel=CHANNEL_ID)
    assert "Send Messages" in seen.text
    assert len(ready.desk.calls) == 1


async def test_notices_are_switched_off_without_a_channel(ready: Setup) -> None:
    seen = await manage(ready, "settings set notices")
    assert ready.desk.calls == [("notices", HERE, None)]
    assert "nothing any more" in seen.text


async def test_managing_roles_replace_those_before_and_the_viewing_ones_stay(
    ready: Setup,
) -> None:
    first, second = (ready.server.guilds.home.add_role(name) for name in ("Editors", "Desk"))
    ready.desk.rights = Rights(managers=frozenset({"9"}), viewers=frozenset({"8"}))
    seen = await manage(ready, "settings set managers", role=first, role3=second)
    rights = Rights(managers=frozenset({str(first), str(second)}), viewers=frozenset({"8"}))
    assert ready.desk.calls == [("rights", HERE, rights)]
    assert "may change things" in seen.text
    await manage(ready, "settings set viewers")
    assert ready.desk.calls[-1] == ("rights", HERE, replace(rights, viewers=frozenset()))


async def test_everybody_is_no_role_that_may_manage_or_be_mentioned(ready: Setup) -> None:
    for name, options in (
        ("settings set managers", {"role": GUILD_ID}),
        ("settings set mention", {"topic": "trade", "role": GUILD_ID}),
    ):
        seen = await manage(ready, name, **options)
        assert "Choose a role of its own" in seen.text
    assert ready.desk.calls == []


async def test_a_role_to_mention_says_if_nobody_would_be_called(ready: Setup) -> None:
    role = ready.server.guilds.home.add_role("Traders")
    seen = await manage(ready, "settings set mention", topic="trade", role=role)
    assert ready.desk.calls == [("mention", HERE, "trade", str(role))]
    assert "allow anyone to mention that role" in seen.text
    seen = await manage(ready, "settings set mention", topic="trade")
    assert ready.desk.calls[-1] == ("mention", HERE, "trade", "")
    assert "mentions nobody" in seen.text


async def test_topics_complete_for_those_who_may_manage(ready: Setup) -> None:
    how = {"topic": "DEF"}
    seen = await ready.server.interaction(
        "settings set mention", how, focused="topic", permissions=MANAGE
    )
    assert seen.choices == [{"name": "Defence", "value": "defence"}]
    seen = await ready.server.interaction("settings set mention", how, focused="topic")
    assert seen.choices == []


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("settings show", {}),
        ("settings set language", {"language": "fr"}),
        ("settings set notices", {}),
        ("settings set managers", {}),
        ("settings set viewers", {}),
        ("settings set mention", {"topic": "trade"}),
        ("mute", {"hours": 2}),
        ("unmute", {}),
        ("forget server", {}),
    ],
)
async def test_nobody_without_the_right_changes_anything(
    ready: Setup, name: str, options: dict[str, object]
) -> None:
    seen = await ready.server.interaction(name, options)
    assert seen.is_private
    assert "Manage Server" in seen.text
    assert ready.desk.calls == []


# ---------------------------------------------------------------- /mute and /topics


async def test_muting_says_until_when_and_can_be_taken_back(ready: Setup) -> None:
    seen = await manage(ready, "mute", hours=2)
    assert ready.desk.calls == [("mute", HERE, 2.0)]
    assert f"<t:{int((NOW + timedelta(hours=2)).timestamp())}:f>" in seen.text
    assert "Undo" in seen.parts
    seen = await manage(ready, "unmute")
    assert ready.desk.calls[-1] == ("mute", HERE, 0)


async def test_topics_are_for_everybody(ready: Setup) -> None:
    seen = await ready.server.interaction("topics", {})
    assert seen.is_private
    assert "**Defence** (defence)" in seen.text


# ---------------------------------------------------------------- /forget


async def test_anybody_may_have_their_own_questions_erased(ready: Setup) -> None:
    ready.desk.rights = Rights(viewers=frozenset({"5"}))
    seen = await ready.server.interaction("forget me", {})
    assert ready.desk.calls == [("forget", HERE, "discord:6001")]
    assert "are erased" in seen.text


@pytest.mark.parametrize("typed", ["a DESK ", "A desk"])
async def test_a_server_is_erased_when_its_name_was_typed(ready: Setup, typed: str) -> None:
    form = await manage(ready, "forget server")
    done = await ready.server.people.submit(form, None, typed, permissions=MANAGE)
    assert ready.desk.calls == [("forget", HERE, "")]
    assert "12 entries" in done.text


async def test_another_name_erases_nothing(ready: Setup) -> None:
    form = await manage(ready, "forget server")
    done = await ready.server.people.submit(form, None, "yes", permissions=MANAGE)
    assert "nothing was erased" in done.text
    assert ready.desk.calls == []


async def test_who_lost_the_right_meanwhile_erases_nothing(ready: Setup) -> None:
    form = await manage(ready, "forget server")
    done = await ready.server.people.submit(form, None, "A desk")
    assert "Manage Server" in done.text
    assert ready.desk.calls == []


async def test_a_form_that_is_sent_too_late_erases_nothing(ready: Setup) -> None:
    form = await manage(ready, "forget server")
    ready.now = NOW + timedelta(minutes=16)
    done = await ready.server.people.submit(form, None, "A desk", permissions=MANAGE)
    assert "open for too long" in done.text
    assert ready.desk.calls == []


async def test_answers_are_in_the_language_of_the_reader(ready: Setup) -> None:
    seen = await ready.server.interaction("mute", {"hours": 2}, permissions=MANAGE, locale="fr")
    assert "Rien n’est publié jusqu’à" in seen.text


# ---------------------------------------------------------------- how it looks


def test_the_cards_of_settings_are_as_agreed(golden: Callable[[str, str], None]) -> None:
    cards = {}
    for name, words in (("", ENGLISH), ("_french", FRENCH)):
        names = Names(None, words)
        cards |= {
            f"settings{name}": render_settings(CHOSEN, names, words, WORDINGS),
            f"settings_none{name}": render_settings(SETTINGS, names, words, WORDINGS),
            f"settings_muted{name}": render_muted(NOW, "abcdefABCDEF", words),
            f"topics{name}": render_topics(TOPICS, words),
        }
    told = {"topic": "trade", "role": "*Traders*"}
    cards["settings_chosen"] = render_chosen("settings.mention_set", told, "abcdef", ENGLISH)
    check_cards(golden, cards)
