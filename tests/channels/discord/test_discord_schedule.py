"""/schedule: orders taken, read back in words, listed, dropped, brought back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from discord_admin_samples import HERE, ORDER, ORDERS
from discord_cards import check_cards
from discord_press import MANAGE, manage, press
from discord_samples import NOW
from discord_setup import Setup
from discord_words import ENGLISH, FRENCH
from fakes import discord_world as world
from fakes.discord_world import CHANNEL_ID, GUILD_ID, channel

from bot.channels.discord.order_cards import (
    find_next_at,
    render_order,
    render_orders,
    render_reminding,
    render_removed,
)
from bot.errors import InputError
from bot.model import ChannelRef, Form, Length, Look, Style, Subscription

WORKSPACE = f"discord:{GUILD_ID}"
TYPED_IN = ChannelRef("discord", str(CHANNEL_ID))
FORUM, OTHER, THREAD = 8600, 8700, 8500
RICH = replace(
    ORDER,
    weekdays=(1, 2, 3, 4, 5, 6, 7),
    look=Look(
        form=Form.FORUM, length=Length.SHORT, style=Style.COMPACT, forum_tags=("News", "*b*")
    ),
    skips_quiet=True,
    alerts_per_day=3,
    has_reminders=True,
)


def stand(setup: Setup, *orders: Subscription) -> None:
    """The channel where commands are typed has these orders."""
    setup.desk.orders = tuple(replace(order, channel=TYPED_IN) for order in orders)


def add_forum(setup: Setup, *, needs_tag: bool = False) -> None:
    """A forum with two tags."""
    tags = [
        {"id": str(n), "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
        for n, name in ((1, "News"), (2, "Visits"))
    ]
    forum = channel(FORUM, world.FORUM) | {"available_tags": tags}
    setup.server.channels[FORUM] = forum | {"flags": 1 << 4 if needs_tag else 0}


# ---------------------------------------------------------------- setting


async def test_an_order_is_read_back_with_its_next_posting_and_undo(setup: Setup) -> None:
    await setup.listen()
    seen = await manage(
        setup,
        "schedule set",
        times="06:00 18:30",
        timezone="Europe/London",
        days="mon-fri",
        topics="trade, defence",
    )
    assert seen.is_private
    assert "Brief scheduled" in seen.text
    assert f"<#{CHANNEL_ID}> · Monday to Friday at 06:00 and 18:30 (Europe/London)" in seen.text
    assert "topics: trade, defence" in seen.text
    next_at = int(datetime(2025, 1, 29, 18, 30, tzinfo=UTC).timestamp())
    assert f"Next: <t:{next_at}:f> (<t:{next_at}:R>)" in seen.text
    given = ("06:00 18:30", "Europe/London", "mon-fri", ("trade", "defence"))
    plain = (Look(), False, 0, None, False)
    assert setup.desk.calls[-1] == ("schedule", WORKSPACE, TYPED_IN, *given, *plain)
    await press(setup, seen, "Undo")
    assert setup.desk.calls[-1] == ("undo", WORKSPACE, setup.desk.authors[0].batch)


async def test_an_order_is_read_back_in_the_language_of_the_one_who_gave_it(
    setup: Setup,
) -> None:
    await setup.listen()
    seen = await setup.server.interaction(
        "schedule set", {"times": "06:00"}, permissions=MANAGE, locale="fr"
    )
    assert "Synthèse programmée" in seen.text
    assert "du lundi au vendredi à 06:00 (UTC)" in seen.text
    assert seen.parts["Annuler"]


async def test_what_is_not_given_stays_as_it_was(setup: Setup) -> None:
    await setup.listen()
    look = Look(length=Length.LONG, style=Style.COMPACT)
    stand(setup, replace(ORDER, look=look, skips_quiet=True, alerts_per_day=2))
    seen = await manage(setup, "schedule set", times="07:00", length="short")
    assert "Schedule changed" in seen.text
    asked = setup.desk.calls[-1]
    kept = (("defence", "trade"), Look(length=Length.SHORT, style=Style.COMPACT), True, 2)
    assert asked[3:] == ("07:00", "", "mon tue wed thu fri", *kept, None, False)


async def test_times_that_are_not_given_stay_with_their_days(setup: Setup) -> None:
    await setup.listen()
    stand(setup, replace(ORDER, times=("06:00", "18:30"), paused_for="refused"))
    await manage(setup, "schedule set", length="short")
    kept = ("06:00 18:30", "", "mon tue wed thu fri")
    assert setup.desk.calls[-1][3:6] == kept
    await manage(setup, "schedule set", days="sat")
    assert setup.desk.calls[-1][3:6] == ("06:00 18:30", "", "sat")


async def test_an_order_that_rests_says_how_to_take_it_up_again_and_does_so(setup: Setup) -> None:
    await setup.listen()
    stand(setup, replace(ORDER, paused_for="the channel refused it"))
    told = (await manage(setup, "schedule list")).text
    assert (
        f"It rests: the channel refused it. Once that is mended, /schedule set order:{ORDER.id}"
        in told
    )
    await manage(setup, "schedule set", order=str(ORDER.id))
    asked = setup.desk.calls[-1]
    assert (asked[0], asked[3], asked[-2]) == ("schedule", " ".join(ORDER.times), ORDER.id)


@pytest.mark.parametrize("options", [{}, {"another": True}, {"days": "sat"}, {"times": " "}])
@pytest.mark.parametrize("count", [0, 2])
async def test_without_times_an_order_must_stand_that_has_some(
    setup: Setup, count: int, options: dict[str, object]
) -> None:
    await setup.listen()
    stand(setup, *(replace(ORDER, id=number + 1) for number in range(count)))
    seen = await manage(setup, "schedule set", **options)
    assert "Give times such as 06:00." in seen.text
    assert not any(call[0] == "schedule" for call in setup.desk.calls)


@pytest.mark.parametrize(
    ("options", "days"),
    [
        ({"times": "every day at 7am"}, ""),
        ({"times": "07:00", "days": "sat"}, "sat"),
        ({"times": "7am London time"}, "mon tue wed thu fri"),
    ],
)
async def test_days_that_are_given_count_more_than_those_that_stood(
    setup: Setup, options: dict[str, str], days: str
) -> None:
    await setup.listen()
    stand(setup, ORDER)
    await manage(setup, "schedule set", **options)
    assert setup.desk.calls[-1][5] == days


async def test_times_that_are_none_change_nothing(setup: Setup) -> None:
    await setup.listen()
    stand(setup, ORDER)
    seen = await manage(setup, "schedule set", times="soon")
    assert "No time was given" in seen.text
    assert not any(call[0] == "schedule" for call in setup.desk.calls)


async def test_one_more_order_has_nothing_of_the_first(setup: Setup) -> None:
    await setup.listen()
    stand(setup, RICH)
    await manage(setup, "schedule set", times="07:00", another=True)
    asked = setup.desk.calls[-1]
    assert asked[3:] == ("07:00", "", "", (), Look(), False, 0, None, True)


async def test_all_topics_are_taken_back_by_their_word(setup: Setup) -> None:
    await setup.listen()
    stand(setup, ORDER)
    await manage(setup, "schedule set", times="07:00", topics="All")
    assert setup.desk.calls[-1][6] == ()


async def test_an_order_of_another_channel_is_changed_there(setup: Setup) -> None:
    setup.server.channels[OTHER] = channel(OTHER)
    await setup.listen()
    setup.desk.orders = (replace(ORDERS[1], channel=ChannelRef("discord", str(OTHER))),)
    await manage(setup, "schedule set", times="07:00", order="4")
    asked = setup.desk.calls[-1]
    assert asked[2] == ChannelRef("discord", str(OTHER))
    assert asked[-2] == 4


@pytest.mark.parametrize("typed", ["99", "four", "9" * 30, "²"])
async def test_an_order_that_is_none_changes_nothing(setup: Setup, typed: str) -> None:
    await setup.listen()
    stand(setup, ORDER)
    seen = await manage(setup, "schedule set", times="07:00", order=typed)
    assert "No order has that number" in seen.text
    assert not any(call[0] == "schedule" for call in setup.desk.calls)


async def test_which_of_several_is_asked_by_the_product(setup: Setup) -> None:
    await setup.listen()
    stand(setup, *ORDERS)
    seen = await manage(setup, "schedule set", times="07:00", order="#4")
    assert seen.parts["Undo"]
    assert setup.desk.calls[-1][-2] == 4


async def test_an_unknown_zone_is_told_in_one_line(setup: Setup) -> None:
    await setup.listen()
    stand(setup, ORDER)
    setup.desk.schedule_failure = InputError("“Mars” is not a time zone; did you mean Paris?")
    seen = await manage(setup, "schedule set", times="06:00", timezone="Mars")
    assert seen.text == "“Mars” is not a time zone; did you mean Paris?"


# ---------------------------------------------------------------- where the bot may post


@pytest.mark.parametrize(
    ("form", "right", "name"),
    [
        ("message", world.SEND_MESSAGES, "Send Messages"),
        ("message", world.READ_MESSAGE_HISTORY, "Read Message History"),
        ("thread", world.CREATE_THREADS, "Create Public Threads"),
    ],
)
async def test_a_channel_where_the_bot_can_not_post_gets_no_order(
    setup: Setup, form: str, right: int, name: str
) -> None:
    everything = world.ENOUGH | world.CREATE_THREADS | 1 << 38
    setup.server.guilds.home.permissions = everything
    setup.server.channels[OTHER] = channel(OTHER)
    for place in (CHANNEL_ID, OTHER):
        await setup.server.guilds.forbid(right, place)
    await setup.listen()
    for options in ({}, {"channel": OTHER}):
        seen = await manage(setup, "schedule set", times="06:00", form=form, **options)
        assert f"Give it there: {name}" in seen.text
        assert seen.is_private
    assert not any(call[0] == "schedule" for call in setup.desk.calls)


async def test_a_thread_that_slept_gets_its_order_where_the_command_is_typed(
    setup: Setup,
) -> None:
    setup.server.guilds.home.permissions |= 1 << 38
    await setup.listen()
    setup.server.channels[THREAD] = channel(THREAD, world.THREAD, CHANNEL_ID)
    options = {"times": "06:00"}
    seen = await setup.server.interaction(
        "schedule set", options, permissions=MANAGE, channel_id=THREAD
    )
    assert "Brief scheduled" in seen.text
    assert setup.desk.calls[-1][2] == ChannelRef("discord", str(THREAD))


async def test_in_a_thread_no_brief_is_ordered_as_a_thread(setup: Setup) -> None:
    setup.server.guilds.home.permissions |= 1 << 38 | world.CREATE_THREADS
    await setup.listen()
    setup.server.channels[THREAD] = channel(THREAD, world.THREAD, CHANNEL_ID)
    seen = await setup.server.interaction(
        "schedule set", {"times": "06:00", "form": "thread"}, permissions=MANAGE, channel_id=THREAD
    )
    assert "no threads can be made" in seen.text
    assert not any(call[0] == "schedule" for call in setup.desk.calls)


async def test_a_forum_gets_posts_with_its_own_tags(setup: Setup) -> None:
    setup.server.guilds.home.permissions |= 1 << 38
    add_forum(setup)
    await setup.listen()
    seen = await manage(
        setup, "schedule set", times="06:00", channel=FORUM, forum_tags="news, VISITS"
    )
    assert "forum post · tags: News, Visits" in seen.text
    asked = setup.desk.calls[-1]
    assert asked[2] == ChannelRef("discord", str(FORUM))
    assert asked[7] == Look(form=Form.FORUM, forum_tags=("News", "Visits"))


async def test_the_tags_of_a_forum_are_completed(setup: Setup) -> None:
    add_forum(setup)
    await setup.listen()
    options = {"times": "06:00", "channel": FORUM, "forum_tags": "News, v"}
    seen = await setup.server.interaction(
        "schedule set", options, focused="forum_tags", permissions=MANAGE
    )
    assert seen.choices == [{"name": "News, Visits", "value": "News, Visits"}]


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"channel": FORUM, "form": "message"}, "is a forum: choose the form"),
        ({"form": "forum"}, "Only a forum takes posts"),
        ({"channel": FORUM, "forum_tags": "Other"}, "no tag “Other”. It has: News, Visits."),
        ({"channel": FORUM}, "wants a tag on every post"),
    ],
)
async def test_a_form_that_the_channel_does_not_take_is_refused(
    setup: Setup, options: dict[str, object], line: str
) -> None:
    setup.server.guilds.home.permissions |= 1 << 38
    add_forum(setup, needs_tag=True)
    await setup.listen()
    seen = await manage(setup, "schedule set", times="06:00", **options)
    assert line in seen.text
    assert not any(call[0] == "schedule" for call in setup.desk.calls)


# ---------------------------------------------------------------- listing and dropping


async def test_everybody_may_list_the_orders_with_what_comes_next(setup: Setup) -> None:
    await setup.listen()
    setup.desk.orders = ORDERS
    seen = await setup.server.interaction("schedule list")
    assert seen.is_private
    assert "**Order 1**\n<#9001> · Monday to Friday at 06:00 and 18:30" in seen.text
    assert "**Order 4**\n<#9001> · Saturday at 12:00" in seen.text
    assert "It rests: Unknown channel" in seen.text
    assert seen.text.count("Next: <t:") == 1


async def test_without_orders_the_list_says_how_to_begin(setup: Setup) -> None:
    await setup.listen()
    assert "/setup makes the first" in (await setup.server.interaction("schedule list")).text


async def test_an_order_is_dropped_and_brought_back(setup: Setup) -> None:
    await setup.listen()
    setup.desk.orders = ORDERS
    seen = await manage(setup, "schedule remove", order="4")
    assert "No longer posted" in seen.text
    assert setup.desk.calls[-1] == ("stop", WORKSPACE, HERE, 4)
    await press(setup, seen, "Undo")
    assert setup.desk.calls[-1] == ("undo", WORKSPACE, setup.desk.authors[0].batch)


async def test_without_a_number_it_is_the_channels_own_order(setup: Setup) -> None:
    await setup.listen()
    await manage(setup, "schedule remove")
    assert setup.desk.calls[-1] == ("stop", WORKSPACE, TYPED_IN, None)


async def test_orders_are_completed_of_the_server_to_drop_and_of_the_channel_to_change(
    setup: Setup,
) -> None:
    await setup.listen()
    setup.desk.orders = (replace(ORDER, channel=TYPED_IN), ORDERS[1])
    everywhere = await setup.server.interaction(
        "schedule remove", {"order": ""}, focused="order", permissions=MANAGE
    )
    assert everywhere.choices is not None
    assert [choice["value"] for choice in everywhere.choices] == ["1", "4"]
    assert everywhere.choices[0]["name"].startswith("Order 1 · #")
    here = await setup.server.interaction(
        "schedule set", {"times": "06:00", "order": ""}, focused="order", permissions=MANAGE
    )
    assert here.choices is not None
    assert [choice["value"] for choice in here.choices] == ["1"]


@pytest.mark.parametrize("state", ["on", "off"])
async def test_reminders_are_switched_for_a_channel(setup: Setup, state: str) -> None:
    setup.server.channels[OTHER] = channel(OTHER)
    await setup.listen()
    seen = await manage(setup, "schedule reminders", state=state)
    assert f"{state.capitalize()}." in seen.text
    assert setup.desk.calls[-1] == ("reminders", WORKSPACE, TYPED_IN, state == "on")
    assert seen.parts["Undo"]
    await manage(setup, "schedule reminders", state=state, channel=OTHER)
    assert setup.desk.calls[-1][2] == ChannelRef("discord", str(OTHER))


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("europe/lond", "Europe/London"),
        ("new york", "America/New_York"),
        ("KOLK", "Asia/Kolkata"),
        ("washington", "America/New_York"),
    ],
)
async def test_time_zones_are_completed(setup: Setup, typed: str, offered: str) -> None:
    await setup.listen()
    seen = await setup.server.interaction(
        "schedule set",
        {"times": "06:00", "timezone": typed},
        focused="timezone",
        permissions=MANAGE,
    )
    assert seen.choices is not None
    assert seen.choices[0] == {"name": offered, "value": offered}
    assert len(seen.choices) <= 25


# ---------------------------------------------------------------- cards


def test_an_order_that_rests_or_has_an_unknown_zone_has_no_next_posting() -> None:
    assert find_next_at(ORDER, NOW) is not None
    assert find_next_at(replace(ORDER, paused_for="gone"), NOW) is None
    assert find_next_at(replace(ORDER, timezone="Mars/Olympus"), NOW) is None


def test_the_cards_of_orders_are_as_agreed(golden: Callable[[str, str], None]) -> None:
    batch = "abcdefABCDEF"
    cards = {
        "order": render_order(ORDER, "Brief scheduled", batch, NOW, ENGLISH),
        "order_rich": render_order(RICH, "Schedule changed", batch, NOW, ENGLISH),
        "order_rich_french": render_order(RICH, "Programme modifié", batch, NOW, FRENCH),
        "order_removed": render_removed(ORDER, batch, ENGLISH),
        "orders_list": render_orders(ORDERS, NOW, ENGLISH),
        "orders_list_french": render_orders(ORDERS, NOW, FRENCH),
        "reminders_on": render_reminding(RICH, batch, ENGLISH),
    }
    check_cards(golden, cards)
