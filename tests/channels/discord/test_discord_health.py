"""/doctor names what is missing and what to do; /status and /why tell how all stands."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
from discord_admin_samples import ORDER, ORDERS, SETTINGS, STATUS, TRACE
from discord_cards import check_cards
from discord_press import manage
from discord_samples import FEEDS, NOW
from discord_setup import Setup
from discord_words import ENGLISH, FRENCH
from fakes import discord_world as world
from fakes.discord_threads import forum
from fakes.discord_world import CHANNEL_ID, GUILD_ID, until

from bot.channels.discord.doctor_check import PERMISSIONS
from bot.channels.discord.health_pages import render_findings, render_status, render_trace
from bot.channels.discord.limits import check_payload
from bot.channels.discord.permissions import ALL, make_invite
from bot.errors import InputError
from bot.model import (
    ChannelRef,
    DeliveryState,
    Finding,
    Form,
    Look,
    Rights,
    SlotRecord,
    Subscription,
    Trace,
)

HERE = f"discord:{GUILD_ID}"
PLACE = ChannelRef("discord", str(CHANNEL_ID))
POSTED = replace(ORDER, channel=PLACE)
THREADED = replace(POSTED, id=2, look=Look(form=Form.THREAD))
EVERYTHING = world.ENOUGH | world.ATTACH_FILES | world.CREATE_THREADS
FORUM = 8100
IN_FORUM = replace(
    ORDER,
    channel=ChannelRef("discord", str(FORUM)),
    look=Look(form=Form.FORUM, forum_tags=("Daily",)),
)


@pytest.fixture
async def ready(setup: Setup) -> Setup:
    setup.server.guilds.home.permissions = EVERYTHING
    setup.server.channels[FORUM] = forum(FORUM, "Daily")
    setup.desk.settings = replace(SETTINGS, notices=PLACE)
    setup.desk.orders = (POSTED,)
    setup.desk.findings = (Finding("database", is_ok=True, values={"size": "12"}),)
    await setup.listen()
    await until(lambda: setup.gateway.is_ready)
    return setup


# ---------------------------------------------------------------- /doctor


async def test_when_all_is_fine_one_line_says_so(ready: Setup) -> None:
    seen = await manage(ready, "doctor")
    assert seen.is_private
    assert seen.text.splitlines() == [
        "All is well",
        "Fine: rights complete in every channel in use (1) · replies and mentions are heard"
        " · database of 12 MB",
    ]


@pytest.mark.parametrize(
    ("missing", "name"),
    [
        (world.VIEW_CHANNEL, "View Channel"),
        (world.SEND_MESSAGES, "Send Messages"),
        (world.EMBED_LINKS, "Embed Links"),
        (world.ATTACH_FILES, "Attach Files"),
        (world.READ_MESSAGE_HISTORY, "Read Message History"),
    ],
)
async def test_a_missing_permission_is_named_with_its_channel_and_the_remedy(
    ready: Setup, missing: int, name: str
) -> None:
    await ready.server.guilds.forbid(missing)
    seen = await manage(ready, "doctor")
    assert f"In <#{CHANNEL_ID}> the bot lacks: " in seen.text
    assert name in seen.text
    assert "Permissions, the bot’s role" in seen.text
    assert "1 thing to mend" in seen.text


@pytest.mark.parametrize(
    ("missing", "name"),
    [
        (world.CREATE_THREADS, "Create Public Threads"),
        (world.SEND_IN_THREADS, "Send Messages in Threads"),
    ],
)
async def test_threads_need_rights_of_their_own(ready: Setup, missing: int, name: str) -> None:
    await ready.server.guilds.forbid(missing)
    assert "All is well" in (await manage(ready, "doctor")).text
    ready.desk.orders = (THREADED,)
    assert name in (await manage(ready, "doctor")).text


async def _diagnose(setup: Setup, *orders: Subscription) -> str:
    setup.desk.orders = orders
    return (await manage(setup, "doctor")).text


async def test_a_channel_that_is_gone_or_hidden_is_told(ready: Setup) -> None:
    gone = replace(POSTED, channel=ChannelRef("discord", "999"))
    assert "is gone, but something is to be posted there" in await _diagnose(ready, gone)


async def test_a_form_that_the_channel_does_not_take_is_told(ready: Setup) -> None:
    as_message = replace(IN_FORUM, look=Look())
    assert "but that is a forum" in await _diagnose(ready, as_message)
    as_post = replace(POSTED, look=Look(form=Form.FORUM))
    assert "but that is no forum" in await _diagnose(ready, as_post)


async def test_the_tags_of_a_forum_are_checked(ready: Setup) -> None:
    assert "All is well" in await _diagnose(ready, IN_FORUM)
    lost = replace(IN_FORUM, look=Look(form=Form.FORUM, forum_tags=("Weekly",)))
    assert "does not have: Weekly" in await _diagnose(ready, lost)


async def test_a_forum_that_wants_a_tag_is_told(ready: Setup) -> None:
    await ready.server.guilds.add_channel(forum(8101, "Daily", flags=1 << 4))
    bare = replace(IN_FORUM, channel=ChannelRef("discord", "8101"), look=Look(form=Form.FORUM))
    assert "wants a tag on every post" in await _diagnose(ready, bare)


async def test_an_order_in_a_thread_needs_the_rights_of_threads(ready: Setup) -> None:
    ready.server.channels[8200] = world.channel(8200, world.THREAD, CHANNEL_ID)
    await ready.server.guilds.forbid(world.SEND_IN_THREADS)
    inside = replace(POSTED, channel=ChannelRef("discord", "8200"))
    assert "Send Messages in Threads" in await _diagnose(ready, inside)


async def test_one_trouble_of_two_orders_is_told_once(ready: Setup) -> None:
    await ready.server.guilds.forbid(world.EMBED_LINKS)
    assert (await _diagnose(ready, POSTED, replace(POSTED, id=9))).count("Embed Links") == 1


async def test_the_channel_for_notices_is_checked_like_the_others(ready: Setup) -> None:
    ready.desk.settings = replace(SETTINGS, notices=ChannelRef("discord", "999"))
    assert "999" in (await manage(ready, "doctor")).text


async def test_roles_that_are_gone_or_call_nobody_are_told(ready: Setup) -> None:
    role = ready.server.guilds.home.add_role("Traders")
    await ready.restart()
    await until(lambda: ready.gateway.is_ready)
    rights = Rights(managers=frozenset({"999"}))
    ready.desk.settings = replace(SETTINGS, rights=rights, mentions={"trade": str(role)})
    text = (await manage(ready, "doctor")).text
    assert "A role that was chosen is gone (999)" in text
    assert "Mentions of the role Traders for trade call nobody" in text


async def test_events_need_their_right_where_they_are_on(ready: Setup) -> None:
    ready.desk.settings = replace(SETTINGS, has_events=True)
    assert "Create Events" in (await manage(ready, "doctor")).text


async def test_what_the_product_finds_stands_beside_with_its_remedy(ready: Setup) -> None:
    ready.desk.findings = (
        Finding("feed_failing", is_ok=False, values={"title": "@here *x*", "reason": "timeout"}),
        Finding("feeds_none", is_ok=False),
    )
    text = (await manage(ready, "doctor")).text
    assert "2 things to mend" in text
    assert "\\*x\\* fails: timeout" in text
    assert "@here" not in text
    assert "/feeds test" in text


async def test_only_managers_may_ask_the_doctor(ready: Setup) -> None:
    assert "Manage Server" in (await ready.server.interaction("doctor", {})).text


# ---------------------------------------------------------------- /status and /why


async def test_status_is_for_everybody_who_may_look(ready: Setup) -> None:
    seen = await ready.server.interaction("status", {})
    assert seen.is_private
    assert "Monday to Friday at 06:00 and 18:30 (Europe/London)" in seen.text
    ready.desk.rights = Rights(viewers=frozenset({"5"}))
    assert "Manage Server" in (await ready.server.interaction("status", {})).text


async def test_why_tells_the_steps_in_order_and_quotes_inertly(ready: Setup) -> None:
    ready.desk.traced = Trace(url="https://e.test/*a*", steps=("Read @everyone.", "In no brief."))
    seen = await ready.server.interaction("why", {"url": "https://e.test/a"})
    assert ready.desk.calls[-1] == ("trace", HERE, "https://e.test/a")
    assert seen.text.index("**1.** Read") < seen.text.index("**2.** In no brief")
    assert "@everyone" not in seen.text


async def test_an_address_that_is_unknown_is_told_in_one_line(ready: Setup) -> None:
    ready.desk.failure = InputError("No feed of this server brought that address.")
    seen = await ready.server.interaction("why", {"url": "https://e.test/a"})
    await until(lambda: "No feed of this server" in seen.text)


# ---------------------------------------------------------------- rights and wording


def test_the_invitation_asks_for_exactly_what_is_needed() -> None:
    url = make_invite(42)
    assert url.startswith("https://discord.com/oauth2/authorize?client_id=42&scope=bot+app")
    asked = discord.Permissions(int(url.rpartition("=")[2]))
    assert asked == discord.Permissions(**dict.fromkeys(ALL, True))
    assert not asked.administrator
    assert not asked.manage_guild


def test_every_permission_that_is_asked_for_has_its_name_in_every_language() -> None:
    for words in (ENGLISH, FRENCH):
        assert all(words.has(f"replies.permission.{name}") for name in ALL)


def _codes(start: str) -> Iterable[str]:
    return (key for key in ENGLISH.texts if key.startswith(start) and key.endswith(".do"))


def test_every_remedy_belongs_to_a_finding() -> None:
    assert all(ENGLISH.has(key.removesuffix(".do")) for key in _codes("doctor."))


# ---------------------------------------------------------------- how it looks

WRONG = (
    Finding("rights_missing", False, {"channel": "8001", PERMISSIONS: "send_messages,embed_links"}),
    Finding("feed_failing", False, {"title": "Halden Post", "reason": "no answer in time"}),
    Finding("feeds_none", False),
    Finding("notices_none", False),
    Finding("database", True, {"size": "12"}),
    Finding("model", True, {"engine": "openai/gpt-5-mini"}),
)
SLOTS = tuple(
    SlotRecord(
        key=f"1/2025-01-28/{number}",
        workspace=HERE,
        channel=PLACE,
        due_at=NOW - timedelta(hours=number),
        state=state,
        reason="View Channel is missing" if state is DeliveryState.FAILED else "",
        kind=("brief", "reminder", "alert", "notice", "brief", "brief")[number],
    )
    for number, state in enumerate(DeliveryState)
)
FULL = replace(
    STATUS,
    slots=SLOTS,
    feeds_troubled=tuple(replace(FEEDS[1], id=each, title=f"Feed {each}") for each in range(12)),
    engine="openai/gpt-5-mini",
    model_rests_until=NOW + timedelta(minutes=10),
    tokens_today=123_456,
    tokens_per_day=500_000,
    muted_until=NOW + timedelta(hours=2),
    notices=PLACE,
)


def test_the_cards_of_health_are_as_agreed(golden: Callable[[str, str], None]) -> None:
    cards = {}
    for name, words in (("", ENGLISH), ("_french", FRENCH)):
        cards |= {
            f"doctor{name}": render_findings(WRONG, words),
            f"doctor_fine{name}": render_findings(WRONG[4:], words),
            f"status{name}": render_status(FULL, words),
            f"why{name}": render_trace(TRACE, words),
        }
    bare = replace(STATUS, orders=(), slots=(), feeds_troubled=())
    cards["status_new"] = render_status(bare, ENGLISH)
    check_cards(golden, cards)


def test_a_trace_names_the_channels_of_orders_and_nothing_else_as_channels() -> None:
    steps = ("order 1 (channel 8001): not posted yet", "kept: order 1 (channel 8001): x")
    shown = str(render_trace(Trace(url="https://x.example/a", steps=steps), ENGLISH))
    assert shown.count("<#8001>") == 1
    assert "order 1 (<#8001>): not posted yet" in shown


def test_a_server_with_much_of_everything_stays_within_the_limits() -> None:
    many = replace(FULL, orders=ORDERS * 50, slots=SLOTS * 20)
    long = tuple(replace(each, values={**each.values, "reason": "x" * 900}) for each in WRONG[:2])
    steps = tuple(f"Step {each} " + "*word* " * 900 for each in range(30))
    trace = Trace(url="u" * 2000, steps=steps)
    for payload in (
        *render_status(many, ENGLISH),
        *render_findings(long * 60, ENGLISH),
        *render_trace(trace, ENGLISH),
    ):
        assert check_payload(payload) == []


def test_tokens_are_told_as_those_of_the_whole_bot() -> None:
    for status in (FULL, replace(FULL, tokens_per_day=None)):
        assert "whole bot" in str(render_status(status, ENGLISH))
        assert "tout le bot" in str(render_status(status, FRENCH))
