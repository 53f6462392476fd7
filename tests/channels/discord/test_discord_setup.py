"""/setup: one form, everything made at once; a mistake changes nothing and loses nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from discord_admin_samples import SETUP, STARTERS, TOPICS
from discord_cards import check_cards
from discord_guild import Guild, text_of
from discord_press import MANAGE, manage, press
from discord_samples import NOW
from discord_setup import Setup
from discord_words import ENGLISH, FRENCH
from fakes import discord_world as world
from fakes.discord_exchange import Exchange
from fakes.discord_world import CHANNEL_ID, GUILD_ID, channel, until
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.discord.limits import measure
from bot.channels.discord.setup import render_mistake, render_report
from bot.channels.discord.setup_form import Filled, Offer, build_fields, read_rest, write_rest
from bot.errors import InputError
from bot.model import ChannelRef, SetupPlan, Starter

WORKSPACE = f"discord:{GUILD_ID}"
OTHER, FORUM = 8700, 8600
OFFER = Offer(TOPICS, STARTERS)


def plans(setup: Setup) -> list[SetupPlan]:
    """What was asked to be set up."""
    return [call[2] for call in setup.desk.calls if call[0] == "set up"]  # type: ignore[misc]


async def submit(setup: Setup, form: Exchange, **how: Any) -> Exchange:
    """Send the form off, with what is given in place of what it was filled in with."""
    fields = {key: how.pop(key) for key in list(how) if key in {"zone", "times", "channel"}}
    fields |= {key: how.pop(key) for key in list(how) if key in {"topics", "starters"}}
    how = {"permissions": MANAGE} | how
    return await setup.server.people.submit(form, None, fields, **how)


# ---------------------------------------------------------------- the form


async def test_the_form_is_filled_in_with_what_most_would_choose(setup: Setup) -> None:
    setup.desk.settings = replace(setup.desk.settings, timezone="UTC")
    setup.desk.feeds = ()
    setup.server.guilds.home.locale = "ja"
    await setup.listen()
    seen = await manage(setup, "setup")
    assert seen.form is not None
    assert seen.form["title"] == "Set up the briefs"
    parts = {each["label"]: each["component"] for each in seen.form["components"]}
    assert list(parts) == [
        "Channel",
        "Time zone or city",
        "Hour",
        "Topics",
        "Feeds to begin with",
    ]
    assert parts["Channel"]["default_values"] == [{"id": CHANNEL_ID, "type": "channel"}]
    assert parts["Time zone or city"]["value"] == "Asia/Tokyo"
    assert parts["Hour"]["value"] == "07:00"
    chosen = [o["value"] for o in parts["Feeds to begin with"]["options"] if o["default"]]
    assert chosen == ["Wires", "Governments"]
    assert not any(option["default"] for option in parts["Topics"]["options"])


@pytest.mark.parametrize(
    ("known", "locale", "zone"),
    [
        ("UTC", "en-US", None),
        ("UTC", "en-GB", "Europe/London"),
        ("Asia/Kolkata", "ja", "Asia/Kolkata"),
    ],
)
async def test_the_zone_is_the_servers_own_or_that_of_its_language(
    setup: Setup, known: str, locale: str, zone: str | None
) -> None:
    setup.desk.settings = replace(setup.desk.settings, timezone=known)
    setup.server.guilds.home.locale = locale
    await setup.listen()
    form = (await manage(setup, "setup")).form
    assert form is not None
    field = form["components"][1]["component"]
    # Where nothing tells it, nobody is led to take UTC for granted.
    assert (field.get("value"), field["placeholder"]) == (zone, "London")


async def test_a_server_with_feeds_is_offered_more_but_none_is_chosen(setup: Setup) -> None:
    await setup.listen()
    form = (await manage(setup, "setup")).form
    assert form is not None
    options = form["components"][4]["component"]["options"]
    assert [option["default"] for option in options] == [False, False]


async def test_the_form_is_in_the_language_of_the_one_who_opens_it(setup: Setup) -> None:
    await setup.listen()
    seen = await setup.server.interaction("setup", permissions=MANAGE, locale="fr")
    assert seen.form is not None
    assert seen.form["title"] == "Régler les synthèses"


@pytest.mark.parametrize("words", [ENGLISH, FRENCH])
def test_the_form_keeps_discords_limits(words: Any) -> None:
    topics = [replace(TOPICS[0], tag=f"t{n}", title="x" * 300) for n in range(40)]
    starters = [Starter(f"set {n} {'y' * 60}", n) for n in range(40)]
    offer = Offer(topics, starters)
    filled = Filled(channel_id="1", zone="UTC", times="07:00")
    fields = [each.to_component_dict() for each in build_fields(filled, offer, words)]
    assert len(fields) == 5
    for field in fields:
        assert 1 <= len(field["label"]) <= 45
        assert 1 <= len(field["description"]) <= 100
        options = field["component"].get("options", [])
        assert len(options) <= 25
        assert all(len(option["label"]) <= 100 for option in options)
    assert len(words.say("setup.title")) <= 45


def test_a_form_without_topics_or_starter_sets_leaves_these_fields_out() -> None:
    fields = build_fields(Filled(channel_id="1", zone="UTC", times="07:00"), Offer((), ()), ENGLISH)
    assert len(fields) == 3


# ---------------------------------------------------------------- sending it off


async def test_one_form_makes_everything_and_shows_a_brief(setup: Setup) -> None:
    await setup.listen()
    form = await manage(setup, "setup")
    seen = await submit(setup, form, zone="paris", times="06:30", topics=["trade"])
    await until(lambda: "Brief · 29 January 2025" in seen.text)
    assert seen.is_private
    plan = SetupPlan(
        channel=ChannelRef("discord", str(CHANNEL_ID)),
        timezone="paris",
        times="06:30",
        tags=("trade",),
    )
    assert plans(setup) == [plan]
    assert "All set" in seen.text
    assert "Next: <t:" in seen.text
    assert "2 feeds now followed:" in seen.text
    assert "Meridian defence, Halden Post" in seen.text
    assert "/doctor checks" in seen.text
    batch = setup.desk.authors[-1].batch
    assert seen.parts["Undo"]["custom_id"] == f"undo:{batch}"


@pytest.mark.parametrize(
    ("chosen", "locale", "asked"),
    [("", "fr", "fr"), ("", "en-GB", ""), ("", "ja", ""), ("en", "fr", "")],
)
async def test_the_briefs_get_the_servers_own_language_unless_one_was_chosen(
    setup: Setup, chosen: str, locale: str, asked: str
) -> None:
    setup.desk.settings = replace(setup.desk.settings, language=chosen)
    setup.server.guilds.home.locale = locale
    await setup.listen()
    await submit(setup, await manage(setup, "setup"))
    assert [plan.language for plan in plans(setup)] == [asked]


async def test_starter_sets_and_another_channel_are_taken(setup: Setup) -> None:
    setup.server.channels[OTHER] = channel(OTHER)
    await setup.listen()
    form = await manage(setup, "setup")
    await submit(setup, form, channel=OTHER, starters=["Wires", "Governments"])
    (plan,) = plans(setup)
    assert plan.channel == ChannelRef("discord", str(OTHER))
    assert plan.starters == ("Wires", "Governments")
    assert plan.tags == ()


async def test_undo_after_a_setup_takes_all_of_it_back(setup: Setup) -> None:
    await setup.listen()
    seen = await submit(setup, await manage(setup, "setup"))
    await until(lambda: "Undo" in seen.parts)
    await press(setup, seen, "Undo")
    assert setup.desk.calls[-1] == ("undo", WORKSPACE, setup.desk.authors[0].batch)


async def test_a_mistake_changes_nothing_and_its_button_opens_the_form_as_it_was(
    setup: Setup,
) -> None:
    await setup.listen()
    setup.desk.failure = None
    form = await manage(setup, "setup")
    setup.desk.setup_failure = InputError("“Mars” is not a time zone; write one like Paris.")
    seen = await submit(
        setup, form, zone="Mars", times="6 in the morning", topics=["trade"], starters=["Wires"]
    )
    assert seen.is_private
    assert "“Mars” is not a time zone" in seen.text
    await setup.restart()
    again = await press(setup, seen, "Correct the form")
    assert again.form is not None
    parts = [each["component"] for each in again.form["components"]]
    assert parts[0]["default_values"] == [{"id": CHANNEL_ID, "type": "channel"}]
    assert [parts[1]["value"], parts[2]["value"]] == ["Mars", "6 in the morning"]
    assert [o["value"] for o in parts[3]["options"] if o["default"]] == ["trade"]
    assert [o["value"] for o in parts[4]["options"] if o["default"]] == ["Wires"]
    setup.desk.setup_failure = None
    made = await submit(setup, again, zone="Paris")
    await until(lambda: "All set" in made.text)


@pytest.mark.parametrize("place", ["silent", "elsewhere"])
async def test_a_channel_where_the_bot_can_not_post_is_a_mistake(setup: Setup, place: str) -> None:
    setup.server.channels[OTHER] = channel(OTHER)
    await setup.listen()
    if place == "silent":
        await setup.server.guilds.forbid(world.SEND_MESSAGES, OTHER)
    else:
        await setup.server.guilds.delete_channel(OTHER)
        setup.server.channels[OTHER] = channel(OTHER) | {"guild_id": "7999"}
    form = await manage(setup, "setup")
    seen = await submit(setup, form, channel=OTHER)
    assert "Nothing was changed" in seen.text
    assert plans(setup) == []


async def test_the_form_asks_for_the_right_again_when_it_is_sent(setup: Setup) -> None:
    await setup.listen()
    form = await manage(setup, "setup")
    seen = await submit(setup, form, permissions=0)
    assert seen.text == "You need Manage Server for this."
    assert seen.is_private
    assert plans(setup) == []


async def test_a_form_that_was_open_for_16_minutes_changes_nothing(setup: Setup) -> None:
    await setup.listen()
    form = await manage(setup, "setup")
    setup.now = NOW + timedelta(minutes=16)
    seen = await submit(setup, form)
    assert "open for too long" in seen.text
    assert seen.is_private
    assert plans(setup) == []


async def test_a_member_opens_no_form(setup: Setup) -> None:
    await setup.listen()
    seen = await setup.server.interaction("setup")
    assert seen.form is None
    assert seen.text == "You need Manage Server for this."
    mistake = render_mistake("no", Filled(channel_id="1", zone="z", times="t"), OFFER, ENGLISH)
    button = mistake[0]["buttons"][0]["id"]  # type: ignore[index]
    pressed = await setup.server.people.click(
        world.message(CHANNEL_ID, world.BOT_ID, {"content": ""}), button
    )
    assert pressed.form is None
    assert "You need" in pressed.text


async def test_a_button_whose_id_is_broken_opens_an_empty_form(setup: Setup) -> None:
    await setup.listen()
    message = world.message(CHANNEL_ID, world.BOT_ID, {"content": ""})
    for rest in ("", "x|y", "1|!|0|a|b", "1|0|0|a|b|c"):
        seen = await setup.server.people.click(message, f"setup:{rest}", permissions=MANAGE)
        assert seen.form is not None
        assert seen.form["components"][2]["component"]["value"] == "07:00"


# ---------------------------------------------------------------- what a button's id holds


@given(
    channel_id=st.integers(1, 2**63).map(str),
    zone=st.text(max_size=60),
    times=st.text(max_size=60),
    tags=st.sets(st.sampled_from([f"t{n}" for n in range(25)])),
    starters=st.sets(st.sampled_from([f"s{n}" for n in range(25)])),
)
def test_whatever_was_typed_fits_into_the_id_of_a_button(
    channel_id: str, zone: str, times: str, tags: set[str], starters: set[str]
) -> None:
    offer = Offer(
        [replace(TOPICS[0], tag=f"t{n}") for n in range(25)],
        [Starter(f"s{n}", n) for n in range(25)],
    )
    filled = Filled(
        channel_id=channel_id,
        zone=zone,
        times=times,
        tags=tuple(sorted(tags, key=lambda tag: int(tag[1:]))),
        starters=tuple(sorted(starters, key=lambda name: int(name[1:]))),
    )
    rest = write_rest(filled, offer)
    assert measure(f"setup:{rest}") <= 100
    found = read_rest(rest, offer)
    assert (found.channel_id, found.tags, found.starters) == (
        channel_id,
        filled.tags,
        filled.starters,
    )
    if len(zone) <= 20 and zone.isascii() and not set(zone) & {"|", "~"}:
        assert found.zone == zone


# ---------------------------------------------------------------- in a simulated Discord


async def test_a_manager_sets_up_in_a_simulated_discord(guild: Guild) -> None:
    form = await guild.manager.slash(guild.channel, "setup")
    assert form.modal is not None
    values = {"channel": [guild.channel], "zone": "London", "times": "06:00", "topics": ["trade"]}
    made = await guild.manager.submit_modal(form, values)
    assert made.ephemeral
    assert "All set" in text_of(made)
    assert [call[0] for call in guild.desk.calls].count("set up") == 1


# ---------------------------------------------------------------- cards


def test_the_cards_of_a_setup_are_as_agreed(golden: Callable[[str, str], None]) -> None:
    filled = Filled(channel_id="9001", zone="Mars", times="07:00", tags=("trade",))
    cards = {
        "setup_made": render_report(SETUP, NOW, ENGLISH)[:1],
        "setup_made_french": render_report(SETUP, NOW, FRENCH)[:1],
        "setup_mistake": render_mistake("“Mars” is not a time zone.", filled, OFFER, ENGLISH),
    }
    check_cards(golden, cards)
