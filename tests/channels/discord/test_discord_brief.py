"""/brief: now, as it will be, and as it was posted and corrected."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from discord_admin_samples import ORDER
from discord_press import manage
from discord_samples import BRIEF, NOW
from discord_setup import Setup
from fakes.discord_world import CHANNEL_ID, GUILD_ID, THREAD, channel, until

from bot.model import ChannelRef, Correction, Form, KeptBrief, Look, Style

WORKSPACE = f"discord:{GUILD_ID}"
HERE = ChannelRef("discord", str(CHANNEL_ID))
KEPT = KeptBrief(
    slot_key="1/2025-01-28/06:00",
    workspace=WORKSPACE,
    channel=HERE,
    due_at=NOW - timedelta(days=1),
    brief=replace(BRIEF, picture=None),
    look=Look(form=Form.THREAD, style=Style.COMPACT, mentions=(("defence", "5001"),)),
    message_ids=("1", "2"),
)
CORRECTION = Correction(
    n=1,
    outlet="Halden Post",
    before="The two sides agreed on Tuesday.",
    now="The two sides agreed on Wednesday.",
    noticed_at=NOW,
)


async def test_a_brief_of_now_is_for_all_in_the_language_of_the_server(setup: Setup) -> None:
    await setup.listen()
    setup.desk.settings = replace(setup.desk.settings, language="fr")
    seen = await setup.server.interaction("brief now", {"hours": 6.5})
    assert not seen.is_private
    assert "Synthèse · 29 janvier 2025" in seen.text
    assert setup.desk.calls == [("brief", WORKSPACE, 6.5, NOW)]


async def test_a_private_brief_is_in_the_language_of_the_one_who_asks(setup: Setup) -> None:
    await setup.listen()
    setup.desk.settings = replace(setup.desk.settings, language="fr")
    seen = await setup.server.interaction("brief now", {"private": True})
    assert seen.is_private
    assert "Brief · 29 January 2025" in seen.text


async def test_without_a_choice_the_language_is_that_of_the_servers_own_settings(
    setup: Setup,
) -> None:
    setup.server.guilds.home.locale = "fr"
    await setup.listen()
    assert "Synthèse" in (await setup.server.interaction("brief now", {})).text


async def test_a_preview_is_private_and_says_what_would_be_posted_now(setup: Setup) -> None:
    await setup.listen()
    seen = await setup.server.interaction("brief preview")
    assert seen.is_private
    assert "Brief · 29 January 2025" in seen.text
    assert setup.desk.calls == [("preview", WORKSPACE, HERE, NOW)]


@pytest.mark.parametrize("has_order", [False, True])
async def test_in_a_thread_without_an_order_the_channel_around_it_is_meant(
    setup: Setup, has_order: bool
) -> None:
    thread = 8300
    await setup.listen()
    setup.server.channels[thread] = channel(thread, THREAD, CHANNEL_ID)
    own, setup.desk.kept = ChannelRef("discord", str(thread)), (KEPT,)
    setup.desk.orders = (replace(ORDER, channel=own),) if has_order else ()
    await setup.server.interaction("brief preview", channel_id=thread)
    await setup.server.interaction("brief show", {"date": "2025-01-28"}, channel_id=thread)
    asked = [call[2] for call in setup.desk.calls if call[0] in ("preview", "briefs")]
    assert asked == [own if has_order else HERE] * 2


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("2025-01-28", date(2025, 1, 28)),
        ("yesterday", date(2025, 1, 28)),
        (" Today ", date(2025, 1, 29)),
    ],
)
async def test_a_day_is_shown_as_it_was_posted(setup: Setup, typed: str, on: date) -> None:
    await setup.listen()
    setup.desk.kept = (KEPT,)
    seen = await setup.server.interaction("brief show", {"date": typed})
    assert not seen.is_private
    assert "Brief · 29 January 2025" in seen.text
    assert setup.desk.calls == [("briefs", WORKSPACE, HERE, on)]


async def test_the_day_is_that_of_the_servers_zone(setup: Setup) -> None:
    setup.desk.settings = replace(setup.desk.settings, timezone="Pacific/Kiritimati")
    setup.now = NOW + timedelta(hours=6)
    await setup.listen()
    setup.desk.kept = (KEPT,)
    await setup.server.interaction("brief show", {"date": "today"})
    assert setup.desk.calls[-1][-1] == date(2025, 1, 30)


async def test_hier_is_yesterday_for_who_reads_french(setup: Setup) -> None:
    await setup.listen()
    setup.desk.kept = (KEPT,)
    await setup.server.interaction("brief show", {"date": "hier"}, locale="fr")
    assert setup.desk.calls[-1][-1] == date(2025, 1, 28)


async def test_what_is_shown_again_has_its_corrections_and_pings_nobody(setup: Setup) -> None:
    await setup.listen()
    setup.desk.kept = (replace(KEPT, corrections=(CORRECTION,)),)
    seen = await setup.server.interaction("brief show", {"date": "yesterday", "private": True})
    assert seen.is_private
    assert "The two sides agreed on Wednesday." in seen.text
    assert not any(body.get("content") for body in seen.bodies)
    assert all(body["allowed_mentions"] == {"parse": []} for body in seen.bodies)


async def test_every_brief_of_a_day_is_shown(setup: Setup) -> None:
    await setup.listen()
    setup.desk.kept = (KEPT, replace(KEPT, slot_key="1/2025-01-28/18:00"))
    seen = await setup.server.interaction("brief show", {"date": "yesterday"})
    await until(lambda: len(seen.shown) == 2)


@pytest.mark.parametrize("typed", ["2025-02-30", "someday", "٢٠٢٥-٠١-٢٨", "2025-1-1", "-"])
async def test_what_is_no_day_is_told(setup: Setup, typed: str) -> None:
    await setup.listen()
    seen = await setup.server.interaction("brief show", {"date": typed})
    assert "That is no day" in seen.text
    assert seen.is_private
    assert setup.desk.calls == []


async def test_a_day_without_a_brief_is_told(setup: Setup) -> None:
    await setup.listen()
    seen = await manage(setup, "brief show", date="yesterday", private=True)
    assert seen.text == "No brief was posted in this channel on that day."


async def test_the_last_days_are_completed(setup: Setup) -> None:
    await setup.listen()
    seen = await setup.server.interaction("brief show", {"date": ""}, focused="date")
    assert seen.choices is not None
    assert seen.choices[0] == {"name": "29 January 2025 · Wednesday", "value": "2025-01-29"}
    assert len(seen.choices) == 14
    monday = await setup.server.interaction("brief show", {"date": "monday"}, focused="date")
    assert [each["value"] for each in monday.choices or []] == ["2025-01-27", "2025-01-20"]
