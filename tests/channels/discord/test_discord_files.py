"""Pictures and files go over the wire with their message, and again with a second try."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from calendar_samples import CONFIRMED, move, visit
from date_samples import dates
from discord_desk import CALENDAR, Desk, Marks
from discord_reader import must_fit
from discord_samples import BRIEF, NOW, QUIET
from discord_words import ENGLISH, WORDINGS
from fakes.discord import FakeDiscord
from fakes.discord_world import ATTACH_FILES, CHANNEL_ID, ENOUGH, TOKEN, VIEW_CHANNEL, Fault, until

from bot.channels.discord.asked import Desk as Asked
from bot.channels.discord.gateway import Gateway
from bot.channels.discord.login import Login
from bot.channels.discord.pages import without_mark
from bot.channels.discord.render import render_brief
from bot.channels.discord.send import DiscordChannel
from bot.errors import ChannelError
from bot.model import Picture
from bot.ports.posting import PLAIN

CHANNEL = str(CHANNEL_ID)
PICTURE = Picture(bytes(range(256)) * 50, "Timeline. Narendra Modi to Washington: confirmed.")
WEEKLY = replace(BRIEF, picture=PICTURE)
FILE = {"filename": "timeline.png", "description": PICTURE.alt, "content": PICTURE.png}


def _stored() -> dict[str, object]:
    """The weekly brief's message as it comes back from the outbox."""
    payloads = render_brief(WEEKLY, without_mark, PLAIN, ENGLISH)
    must_fit(payloads)
    (payload,) = json.loads(json.dumps(payloads))
    return dict(payload)


@pytest.fixture
async def open_server(server: FakeDiscord) -> FakeDiscord:
    server.bot_permissions = ENOUGH | ATTACH_FILES
    return server


# ---------------------------------------------------------------- the weekly brief


async def test_a_weekly_brief_is_posted_with_its_picture_below_the_ledger(
    open_server: FakeDiscord, channel: DiscordChannel
) -> None:
    await channel.send(CHANNEL, _stored(), "nonce-1")
    (body,) = open_server.sends
    assert body["files"] == [FILE]
    assert body["nonce"] == "nonce-1"
    assert body["enforce_nonce"] is True
    assert body["allowed_mentions"] == {"parse": []}
    (posted,) = open_server.messages
    shown = {embed["title"]: embed.get("image") for embed in posted["embeds"]}
    assert shown.pop("Visit ledger") == {"url": "attachment://timeline.png"}
    assert set(shown.values()) == {None}
    assert posted["attachments"][0]["description"] == PICTURE.alt


@pytest.mark.parametrize(
    "fault",
    [Fault(is_stored=True), Fault(), Fault(status=503), Fault(status=500), Fault(status=429)],
    ids=["reset stored", "reset", "503", "500", "429"],
)
async def test_a_second_try_sends_the_same_picture_and_one_message_stands(
    open_server: FakeDiscord, channel: DiscordChannel, fault: Fault
) -> None:
    open_server.faults.append(fault)
    await channel.send(CHANNEL, _stored(), "nonce-1")
    assert len(open_server.messages) == 1
    assert [body["files"] for body in open_server.sends] == [[FILE], [FILE]]
    first, second = (body["components"] for body in open_server.sends)
    assert first == second != []
    assert {body["nonce"] for body in open_server.sends} == {"nonce-1"}


async def test_without_the_right_to_attach_files_the_brief_goes_out_in_words(
    server: FakeDiscord, channel: DiscordChannel, caplog: pytest.LogCaptureFixture
) -> None:
    await channel.send(CHANNEL, _stored(), "nonce-1")
    (posted,) = server.messages
    assert [body.get("files") for body in server.sends] == [[FILE], None]
    assert not any("image" in embed for embed in posted["embeds"])
    assert "Narendra Modi → United States" in json.dumps(posted, ensure_ascii=False)
    assert "message.sent_without_files" in caplog.text
    assert [each["label"] for each in posted["components"][0]["components"]] == [
        "Ask about this",
        "Sources",
    ]


async def test_without_the_right_to_post_at_all_the_error_says_so(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    server.bot_permissions = VIEW_CHANNEL
    with pytest.raises(ChannelError, match="Send Messages") as caught:
        await channel.send(CHANNEL, _stored(), "nonce-1")
    assert caught.value.permanent
    assert server.messages == []


async def test_an_address_turned_away_does_not_cost_the_picture(
    open_server: FakeDiscord, channel: DiscordChannel
) -> None:
    open_server.faults.append(Fault(status=403))
    with pytest.raises(ChannelError, match="turns our address away") as caught:
        await channel.send(CHANNEL, _stored(), "nonce-1")
    assert not caught.value.permanent
    assert len(open_server.sends) == 1


async def test_a_brief_without_visits_has_no_picture() -> None:
    (payload,) = render_brief(replace(QUIET, picture=PICTURE), without_mark, PLAIN, ENGLISH)
    assert "files" not in payload


# ---------------------------------------------------------------- answers


@pytest.fixture
async def desk(open_server: FakeDiscord) -> AsyncIterator[Desk]:
    """The commands behind a bot that listens at the fake Discord."""
    desk = Desk()
    login = Login(TOKEN, api_url=open_server.api_url, gateway_url=open_server.gateway_url)
    gateway = Gateway(login, Asked(desk, lambda: NOW, WORDINGS), Marks())
    task = asyncio.create_task(gateway.run())
    await until(lambda: open_server.gateway.is_listening)
    yield desk
    await gateway.close()
    await asyncio.wait([task], timeout=5)


async def test_the_picture_of_many_visits_comes_with_the_first_message(
    open_server: FakeDiscord, desk: Desk
) -> None:
    desk.picture = PICTURE
    desk.visits = tuple(
        visit(move(1, CONFIRMED, dates("2026-04-14")), visitor=f"Visitor {n:03} " + "Long " * 15)
        for n in range(60)
    )
    seen = await open_server.interaction("visits")
    await until(lambda: "Visitor 059" in seen.text)
    assert len(seen.shown) > 1
    assert [body.get("files", []) for body in seen.bodies] == [
        [FILE],
        *([] for _ in seen.bodies[1:]),
    ]
    assert all(body["allowed_mentions"] == {"parse": []} for body in seen.bodies)


async def test_an_export_comes_as_a_file(open_server: FakeDiscord, desk: Desk) -> None:
    seen = await open_server.interaction("visits", {"export": True})
    ((file,),) = [body["files"] for body in seen.bodies]
    assert (file["filename"], file["content"]) == ("visits.ics", CALENDAR)
