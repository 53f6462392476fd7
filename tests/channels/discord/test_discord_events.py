"""Events of visits over the real client: one for each visit, whatever the wire does."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from calendar_samples import (
    APRIL,
    CANCELLED,
    CONFIRMED,
    NOW,
    PLANNED,
    entry,
    move,
    visit,
)
from date_samples import dates
from discord_words import WORDINGS
from fakes.discord import FakeDiscord
from fakes.discord_events import ACTIVE, COMPLETED
from fakes.discord_world import BOT_ID, CREATE_EVENTS, ENOUGH, GUILD_ID, TOKEN, Fault

from bot.channels.discord.events import REFUSED_REST, DiscordEvents
from bot.channels.discord.login import Login
from bot.errors import ChannelError
from bot.model import CalendarEntry

HERE = f"discord:{GUILD_ID}"
BERG = entry(visit(move(1, PLANNED, APRIL)), uid="ab1")
MODI = entry(visit(move(2, CONFIRMED, dates("2026-05-02")), visitor="Narendra Modi"), uid="ab2")


async def _in_kolkata(workspace: str) -> str:
    return "Asia/Kolkata" if workspace == HERE else "UTC"


async def _unchosen(workspace: str) -> str | None:
    return None


async def _french(workspace: str) -> str | None:
    return "fr" if workspace == HERE else None


@pytest.fixture
async def server() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as discord_server:
        discord_server.bot_permissions = ENOUGH | CREATE_EVENTS
        discord_server.events.now = NOW
        yield discord_server


@pytest.fixture
async def board(server: FakeDiscord) -> AsyncIterator[DiscordEvents]:
    login = Login(TOKEN, api_url=server.api_url, gateway_url=server.gateway_url)
    yield DiscordEvents(login, WORDINGS, _in_kolkata, _unchosen, pause=0.01, deadline=5.0)
    await login.close()


async def _sync(board: DiscordEvents, *entries: CalendarEntry, now: datetime = NOW) -> int:
    return await board.sync_events(HERE, entries, now=now)


def _names(server: FakeDiscord) -> list[str]:
    return [event["name"] for event in server.events.own]


# ---------------------------------------------------------------- what becomes of a visit


async def test_visits_get_events_over_rest_alone(server: FakeDiscord, board: DiscordEvents) -> None:
    assert await _sync(board, BERG, MODI) == 2
    assert _names(server) == ["Anna Berg → Tokyo (planned)", "Narendra Modi → Tokyo (confirmed)"]
    first = server.events.bodies[0]
    assert first["entity_type"] == 3
    assert first["privacy_level"] == 2
    assert first["entity_metadata"] == {"location": "Tokyo, Japan"}
    assert datetime.fromisoformat(first["scheduled_start_time"]) == datetime(
        2026, 4, 13, 18, 30, tzinfo=UTC
    )
    assert server.gateway.identifies == []


async def test_a_second_sync_changes_nothing_and_lists_once(
    server: FakeDiscord, board: DiscordEvents
) -> None:
    await _sync(board, BERG, MODI)
    server.events.calls.clear()
    assert await _sync(board, BERG, MODI) == 0
    assert server.events.calls == ["list"]


async def test_a_visit_that_moves_moves_its_event(
    server: FakeDiscord, board: DiscordEvents
) -> None:
    await _sync(board, BERG)
    (made,) = server.events.own
    moved = replace(BERG, sequence=1, visit=visit(move(3, CONFIRMED, dates("2026-04-20"))))
    assert await _sync(board, moved) == 1
    (event,) = server.events.own
    assert event["id"] == made["id"]
    assert event["name"] == "Anna Berg → Tokyo (confirmed)"
    assert event["scheduled_start_time"].startswith("2026-04-19T18:30")
    assert await _sync(board, moved) == 0


async def test_a_visit_that_is_off_loses_its_event(
    server: FakeDiscord, board: DiscordEvents
) -> None:
    await _sync(board, BERG, MODI)
    off = replace(BERG, sequence=1, visit=replace(BERG.visit, status=CANCELLED))
    assert await _sync(board, off, MODI) == 1
    assert _names(server) == ["Narendra Modi → Tokyo (confirmed)"]


async def test_no_entries_take_all_of_ours_away_and_none_of_peoples(
    server: FakeDiscord, board: DiscordEvents
) -> None:
    lunch = server.events.add()
    await _sync(board, BERG, MODI)
    assert await _sync(board) == 2
    assert list(server.events.kept.values()) == [lunch]


async def test_an_event_of_a_person_with_our_mark_in_it_is_not_touched(
    server: FakeDiscord, board: DiscordEvents
) -> None:
    forged = server.events.add(description="ref ab1/0")
    before = dict(forged)
    await _sync(board, BERG)
    await _sync(board)
    assert forged == before


async def test_an_event_of_ours_without_a_mark_is_not_touched(
    server: FakeDiscord, board: DiscordEvents
) -> None:
    server.events.add(creator_id=BOT_ID, description="What another release made.")
    await _sync(board)
    assert len(server.events.own) == 1


async def test_while_a_visit_lasts_its_event_is_told_anew_and_then_ends_by_itself(
    server: FakeDiscord, board: DiscordEvents
) -> None:
    await _sync(board, BERG)
    during = datetime(2026, 4, 15, tzinfo=UTC)
    server.events.pass_time(during)
    longer = visit(move(3, CONFIRMED, dates("2026-04-14", "2026-04-17")))
    assert await _sync(board, replace(BERG, sequence=1, visit=longer), now=during) == 1
    (event,) = server.events.own
    assert (event["status"], event["name"]) == (ACTIVE, "Anna Berg → Tokyo (confirmed)")
    assert event["scheduled_end_time"].startswith("2026-04-17T18:29")
    after = datetime(2026, 4, 20, tzinfo=UTC)
    server.events.pass_time(after)
    assert await _sync(board, replace(BERG, sequence=1, visit=longer), now=after) == 0
    assert [event["status"] for event in server.events.own] == [COMPLETED]


async def test_events_that_people_take_away_meanwhile_are_no_trouble(
    server: FakeDiscord, board: DiscordEvents
) -> None:
    await _sync(board, BERG, MODI)
    server.events.is_cleared_when_listed = True
    assert await _sync(board, replace(BERG, sequence=1)) == 0
    assert server.events.calls[-3:] == ["list", "delete", "edit"]


# ---------------------------------------------------------------- one event, whatever happens


@pytest.mark.parametrize(
    "fault",
    [
        Fault(is_stored=True),
        Fault(),
        Fault(status=503, is_stored=True),
        Fault(status=503),
        Fault(status=500, is_stored=True),
        Fault(status=429),
    ],
    ids=["reset stored", "reset", "503 stored", "503", "500 stored", "429"],
)
async def test_a_creation_that_goes_wrong_makes_one_event_in_the_end(
    server: FakeDiscord, board: DiscordEvents, fault: Fault
) -> None:
    server.events.faults.append(fault)
    await _sync(board, BERG, MODI)
    assert _names(server) == ["Anna Berg → Tokyo (planned)", "Narendra Modi → Tokyo (confirmed)"]


async def test_an_answer_that_never_comes_is_looked_up(server: FakeDiscord) -> None:
    login = Login(TOKEN, api_url=server.api_url)
    board = DiscordEvents(login, WORDINGS, _in_kolkata, _unchosen, pause=0.01, deadline=0.3)
    server.events.faults.append(Fault(status=200, is_stored=True, seconds=30))
    await _sync(board, BERG)
    assert len(server.events.own) == 1
    assert server.events.calls.count("create") == 1
    await login.close()


async def test_a_bot_that_dies_after_the_creation_makes_no_twin_when_it_is_back(
    server: FakeDiscord, board: DiscordEvents
) -> None:
    server.events.faults.append(Fault(status=200, is_stored=True, seconds=30))
    dying = asyncio.create_task(_sync(board, BERG))
    while not server.events.own:
        await asyncio.sleep(0.01)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    login = Login(TOKEN, api_url=server.api_url)
    assert await _sync(DiscordEvents(login, WORDINGS, _in_kolkata, _unchosen), BERG) == 0
    assert len(server.events.own) == 1
    await login.close()


async def test_two_bots_at_once_end_with_one_event(
    server: FakeDiscord, board: DiscordEvents
) -> None:
    login = Login(TOKEN, api_url=server.api_url)
    other = DiscordEvents(login, WORDINGS, _in_kolkata, _unchosen, pause=0.01)
    await asyncio.gather(_sync(board, BERG, MODI), _sync(other, BERG, MODI))
    await _sync(board, BERG, MODI)
    assert len(server.events.own) == 2
    await login.close()


async def test_a_list_that_lags_behind_makes_no_twin(
    server: FakeDiscord, board: DiscordEvents
) -> None:
    server.events.lag = 1
    await _sync(board, BERG)
    assert server.events.calls.count("create") == 1


# ---------------------------------------------------------------- when Discord says no


async def test_a_missing_right_is_told_and_nothing_more_is_tried(
    server: FakeDiscord, board: DiscordEvents
) -> None:
    server.bot_permissions = ENOUGH
    with pytest.raises(ChannelError, match="give its role Create Events") as caught:
        await _sync(board, BERG, MODI)
    assert caught.value.permanent
    assert server.events.calls == ["list", "create"]


async def test_a_server_that_the_bot_left_is_told(
    board: DiscordEvents,
) -> None:
    with pytest.raises(ChannelError, match="not in this server") as caught:
        await board.sync_events("discord:4242", (BERG,), now=NOW)
    assert caught.value.permanent
    with pytest.raises(ChannelError, match="no server of Discord"):
        await board.sync_events("console", (BERG,), now=NOW)


async def test_an_event_that_discord_refuses_keeps_no_other_from_being_made(
    server: FakeDiscord, board: DiscordEvents, caplog: pytest.LogCaptureFixture
) -> None:
    # Its clock is ahead of ours: to it, the first visit has begun.
    server.events.now = datetime(2026, 4, 14, tzinfo=UTC)
    with caplog.at_level(logging.WARNING):
        assert await _sync(board, BERG, MODI) == 1
    assert _names(server) == ["Narendra Modi → Tokyo (confirmed)"]
    assert "event.refused" in caplog.text
    assert server.events.calls.count("create") == 2


async def test_what_discord_refused_is_left_alone_for_some_hours(
    server: FakeDiscord, board: DiscordEvents
) -> None:
    server.events.now = datetime(2026, 4, 14, tzinfo=UTC)
    await _sync(board, BERG)
    server.events.now = NOW
    server.events.calls.clear()
    almost = NOW + REFUSED_REST - timedelta(seconds=1)
    for now in (NOW, NOW + timedelta(minutes=3), almost):
        assert await _sync(board, BERG, now=now) == 0
    assert server.events.calls == ["list"] * 3
    assert await _sync(board, BERG, now=NOW + REFUSED_REST) == 1
    assert _names(server) == ["Anna Berg → Tokyo (planned)"]


async def test_a_visit_with_news_is_tried_at_once_though_it_was_refused(
    server: FakeDiscord, board: DiscordEvents
) -> None:
    server.events.now = datetime(2026, 4, 14, tzinfo=UTC)
    await _sync(board, BERG)
    server.events.now = NOW
    assert await _sync(board, replace(BERG, sequence=1)) == 1
    # The event that stands is not the one that was refused.
    assert await _sync(board) == 1


async def test_a_discord_that_is_down_is_told_as_passing(
    server: FakeDiscord, board: DiscordEvents
) -> None:
    await _sync(board, BERG)
    server.is_down = True
    with pytest.raises(ChannelError, match="in trouble") as caught:
        await _sync(board, BERG, MODI)
    assert not caught.value.permanent


async def test_a_full_server_gets_the_nearest_visits(
    server: FakeDiscord, board: DiscordEvents, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(99):
        server.events.add()
    with caplog.at_level(logging.WARNING):
        await _sync(board, MODI, BERG)
    assert _names(server) == ["Anna Berg → Tokyo (planned)"]
    assert "events.no_room guild=7001 left_out=1" in caplog.text


async def test_events_are_in_the_language_that_was_chosen_for_the_server(
    server: FakeDiscord,
) -> None:
    server.bot_permissions = ENOUGH | CREATE_EVENTS
    login = Login(TOKEN, api_url=server.api_url, gateway_url=server.gateway_url)
    await _sync(DiscordEvents(login, WORDINGS, _in_kolkata, _french), BERG)
    await login.close()
    (made,) = server.events.own
    assert made["name"] == "Anna Berg → Tokyo (prévue)"
    assert made["description"].startswith("Prévue · ")
