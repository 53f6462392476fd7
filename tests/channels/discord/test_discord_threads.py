"""Threads and forum posts hold one delivery each, made once, found again, and said clearly."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from fakes import discord_world as world
from fakes.discord import FakeDiscord
from fakes.discord_threads import forum
from fakes.discord_world import BOT_ID, CHANNEL_ID, Fault

from bot.channels.discord.files import TIMELINE, with_file
from bot.channels.discord.send import DiscordChannel
from bot.errors import ChannelError

CHANNEL, FORUM = str(CHANNEL_ID), "8100"
POST = {"name": "Brief · 29 January 2025", "tags": ["Daily", "gone"]}
THREAD = {"name": "Brief · 29 January 2025"}


def message(mark: str, **place: object) -> Mapping[str, object]:
    embed = {"title": "Brief", "description": mark, "footer": {"text": f"Brief · {mark}"}}
    return {"embeds": [embed], **place}


@pytest.fixture(autouse=True)
def may_make_threads(server: FakeDiscord) -> None:
    server.guilds.home.permissions |= world.CREATE_THREADS


@pytest.fixture
def with_forum(server: FakeDiscord) -> FakeDiscord:
    server.channels[int(FORUM)] = forum(int(FORUM), "Daily", "Weekly")
    return server


async def _fail(channel: DiscordChannel, *words: object, first_id: str = "") -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        await channel.send(*words, first_id=first_id)  # type: ignore[arg-type]
    return caught.value


# ---------------------------------------------------------------- forum posts


async def test_a_forum_post_has_its_name_and_the_tags_that_the_forum_knows(
    with_forum: FakeDiscord, channel: DiscordChannel
) -> None:
    first = await channel.send(FORUM, message("mark-1", post=POST), "mark-1")
    (thread,) = with_forum.threads.list_in(int(FORUM))
    daily = with_forum.channels[int(FORUM)]["available_tags"][0]["id"]
    assert (thread["id"], thread["name"]) == (first, POST["name"])
    assert thread["applied_tags"] == [daily]
    assert [each["id"] for each in with_forum.messages] == [first]


async def test_later_parts_go_into_the_post(
    with_forum: FakeDiscord, channel: DiscordChannel
) -> None:
    first = await channel.send(FORUM, message("mark-1", post=POST), "mark-1")
    second = message("mark-2", in_post=True)
    sent = await channel.send(FORUM, second, "mark-2", first_id=first)
    assert await channel.send(FORUM, second, "mark-2", first_id=first) == sent
    assert [each["channel_id"] for each in with_forum.messages] == [first, first]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(is_stored=True),
        Fault(status=500, is_stored=True),
        Fault(status=502, is_stored=True),
        Fault(status=503, is_stored=True),
        Fault(status=200, is_stored=True, seconds=30),
        Fault(status=504),
        Fault(status=429),
        Fault(),
    ],
    ids=["reset stored", "500 stored", "502 stored", "503 stored", "hangs", "504", "429", "reset"],
)
async def test_a_post_whose_making_failed_or_was_not_answered_is_made_once(
    with_forum: FakeDiscord, channel: DiscordChannel, fault: Fault
) -> None:
    with_forum.threads.faults.append(fault)
    first = await channel.send(FORUM, message("mark-1", post=POST), "mark-1")
    assert [each["id"] for each in with_forum.threads.list_in(int(FORUM))] == [first]


async def test_a_second_process_finds_the_post_that_the_first_made(
    with_forum: FakeDiscord, channel: DiscordChannel
) -> None:
    payload = message("mark-1", post=POST)
    first = await channel.send(FORUM, payload, "mark-1")
    assert await channel.send(FORUM, payload, "mark-1") == first
    with_forum.threads.archive(int(first))
    assert await channel.send(FORUM, payload, "mark-1") == first
    other = await channel.send(FORUM, message("mark-9", post=POST), "mark-9")
    assert other != first


async def test_a_post_whose_first_message_was_deleted_is_not_made_again(
    with_forum: FakeDiscord, channel: DiscordChannel
) -> None:
    first = await channel.send(FORUM, message("mark-1", post=POST), "mark-1")
    with_forum.delete(first)
    assert await channel.send(FORUM, message("mark-1", post=POST), "mark-1") == first


async def test_an_older_post_of_that_name_is_another_even_without_its_first_message(
    with_forum: FakeDiscord, channel: DiscordChannel
) -> None:
    old = world.snowflake(datetime.now(UTC) - timedelta(hours=1))
    with_forum.channels[old] = world.channel(
        old, world.THREAD, int(FORUM), name=POST["name"], owner_id=str(BOT_ID)
    )
    assert await channel.send(FORUM, message("mark-2", post=POST), "mark-2") != str(old)


async def test_somebody_elses_post_of_that_name_and_mark_is_not_ours(
    with_forum: FakeDiscord, channel: DiscordChannel
) -> None:
    other = world.channel(8200, world.THREAD, int(FORUM), name=POST["name"], owner_id="5")
    with_forum.channels[8200] = other
    assert await channel.send(FORUM, message("mark-1", post=POST), "mark-1") != "8200"


async def test_a_post_mentions_its_roles_and_nobody_else(
    with_forum: FakeDiscord, channel: DiscordChannel
) -> None:
    payload = message("mark-1", post=POST, content="<@&77>", mentions=["77"])
    await channel.send(FORUM, payload, "mark-1")
    sent = with_forum.threads.bodies[0]["message"]
    assert sent["content"] == "<@&77>"
    assert sent["allowed_mentions"] == {"parse": [], "roles": [77]}


async def test_a_message_mentions_its_roles_and_nobody_else(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    payload = message("mark-1", content="<@&77> <@&78>", mentions=["77", "78"])
    await channel.send(CHANNEL, payload, "mark-1")
    (body,) = server.sends
    assert body["allowed_mentions"] == {"parse": [], "roles": [77, 78]}


# ---------------------------------------------------------------- threads


async def test_the_thread_is_made_under_the_first_message_and_once(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    first = await channel.send(CHANNEL, message("mark-1"), "mark-1")
    for number in (2, 3):
        part = message(f"mark-{number}", thread=THREAD)
        await channel.send(CHANNEL, part, f"mark-{number}", first_id=first)
    (thread,) = server.threads.list_in(CHANNEL_ID)
    assert (thread["id"], thread["name"]) == (first, THREAD["name"])
    assert [each["channel_id"] for each in server.messages] == [CHANNEL, first, first]
    assert len(server.threads.bodies) == 1


async def test_a_thread_that_somebody_made_meanwhile_is_used(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    first = await channel.send(CHANNEL, message("mark-1"), "mark-1")
    server.threads.faults.append(Fault(status=400, code=160004, is_stored=True))
    await channel.send(CHANNEL, message("mark-2", thread=THREAD), "mark-2", first_id=first)
    assert server.messages[-1]["channel_id"] == first


@pytest.mark.parametrize("fault", [Fault(is_stored=True), Fault(status=503), Fault(status=500)])
async def test_a_fault_of_the_threads_making_is_ridden_out(
    server: FakeDiscord, channel: DiscordChannel, fault: Fault
) -> None:
    first = await channel.send(CHANNEL, message("mark-1"), "mark-1")
    server.threads.faults.append(fault)
    await channel.send(CHANNEL, message("mark-2", thread=THREAD), "mark-2", first_id=first)
    assert len(server.threads.list_in(CHANNEL_ID)) == 1
    assert [each["channel_id"] for each in server.messages] == [CHANNEL, first]


async def test_an_archived_thread_is_used_again(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    first = await channel.send(CHANNEL, message("mark-1"), "mark-1")
    await channel.send(CHANNEL, message("mark-2", thread=THREAD), "mark-2", first_id=first)
    server.threads.archive(int(first))
    await channel.send(CHANNEL, message("mark-3", thread=THREAD), "mark-3", first_id=first)
    assert len(server.messages) == 3


# ---------------------------------------------------------------- what does not go


async def test_a_locked_thread_is_one_clear_error(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    first = await channel.send(CHANNEL, message("mark-1"), "mark-1")
    await channel.send(CHANNEL, message("mark-2", thread=THREAD), "mark-2", first_id=first)
    server.threads.archive(int(first), is_locked=True)
    part = message("mark-3", thread=THREAD)
    error = await _fail(channel, CHANNEL, part, "mark-3", first_id=first)
    assert error.permanent
    assert "archived" in str(error)


async def test_too_many_threads_is_told_and_tried_again_later(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    first = await channel.send(CHANNEL, message("mark-1"), "mark-1")
    server.threads.is_full = True
    part = message("mark-2", thread=THREAD)
    error = await _fail(channel, CHANNEL, part, "mark-2", first_id=first)
    assert (error.permanent, error.is_unknown) == (False, False)
    assert "as many open threads" in str(error)


async def test_a_missing_right_to_threads_is_told(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    first = await channel.send(CHANNEL, message("mark-1"), "mark-1")
    server.guilds.home.permissions &= ~world.CREATE_THREADS
    part = message("mark-2", thread=THREAD)
    error = await _fail(channel, CHANNEL, part, "mark-2", first_id=first)
    assert error.permanent
    assert "/doctor" in str(error)


async def test_a_thread_can_not_be_made_under_a_message_that_is_gone(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    first = await channel.send(CHANNEL, message("mark-1"), "mark-1")
    server.delete(first)
    for first_id in (first, ""):
        part = message("mark-2", thread=THREAD)
        error = await _fail(channel, CHANNEL, part, "mark-2", first_id=first_id)
        assert error.permanent
        assert "was deleted" in str(error)


async def test_a_post_that_was_deleted_takes_no_further_part(
    with_forum: FakeDiscord, channel: DiscordChannel
) -> None:
    first = await channel.send(FORUM, message("mark-1", post=POST), "mark-1")
    del with_forum.channels[int(first)]
    part = message("mark-2", in_post=True)
    error = await _fail(channel, FORUM, part, "mark-2", first_id=first)
    assert error.permanent
    assert "was deleted" in str(error)


async def test_a_post_in_a_channel_that_is_no_forum_is_told(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    error = await _fail(channel, CHANNEL, message("mark-1", post=POST), "mark-1")
    assert error.permanent
    assert "no forum" in str(error)


async def test_a_message_in_a_forum_is_told(
    with_forum: FakeDiscord, channel: DiscordChannel
) -> None:
    error = await _fail(channel, FORUM, message("mark-1"), "mark-1")
    assert error.permanent
    assert "forum" in str(error)


async def test_without_the_history_no_post_is_made_that_may_be_a_second(
    with_forum: FakeDiscord, channel: DiscordChannel
) -> None:
    with_forum.guilds.home.permissions &= ~world.READ_MESSAGE_HISTORY
    error = await _fail(channel, FORUM, message("mark-1", post=POST), "mark-1")
    assert error.permanent
    assert "Read Message History" in str(error)
    assert with_forum.threads.bodies == []


# ---------------------------------------------------------------- found again


async def test_each_part_is_found_where_it_would_be(
    with_forum: FakeDiscord, channel: DiscordChannel
) -> None:
    before = datetime.now(UTC)
    post = await channel.send(FORUM, message("mark-1", post=POST), "mark-1")
    part = await channel.send(FORUM, message("mark-2", in_post=True), "mark-2", first_id=post)
    first = await channel.send(CHANNEL, message("mark-3"), "mark-3")
    inside = message("mark-4", thread=THREAD)
    second = await channel.send(CHANNEL, inside, "mark-4", first_id=first)
    beside = await channel.send(CHANNEL, message("mark-5"), "mark-5")
    with_forum.threads.archive(int(post))
    assert await channel.find_sent(FORUM, "mark-1", before) == post
    assert await channel.find_sent(FORUM, "mark-2", before, first_id=post) == part
    assert await channel.find_sent(CHANNEL, "mark-3", before) == first
    assert await channel.find_sent(CHANNEL, "mark-4", before, first_id=first) == second
    assert await channel.find_sent(CHANNEL, "mark-5", before, first_id=first) == beside


async def test_what_is_surely_not_there_is_not_found(
    with_forum: FakeDiscord, channel: DiscordChannel
) -> None:
    now = datetime.now(UTC)
    post = await channel.send(FORUM, message("mark-1", post=POST), "mark-1")
    assert await channel.find_sent(FORUM, "mark-2", now) is None
    assert await channel.find_sent(FORUM, "mark-2", now, first_id=post) is None
    assert await channel.find_sent(FORUM, "mark-1", now + timedelta(hours=1)) is None
    first = await channel.send(CHANNEL, message("mark-3"), "mark-3")
    assert await channel.find_sent(CHANNEL, "mark-4", now, first_id=first) is None


async def test_an_unreadable_forum_is_no_proof(
    with_forum: FakeDiscord, channel: DiscordChannel
) -> None:
    with_forum.guilds.home.permissions &= ~world.READ_MESSAGE_HISTORY
    with pytest.raises(ChannelError, match="Read Message History"):
        await channel.find_sent(FORUM, "mark-1", datetime.now(UTC))


# ---------------------------------------------------------------- edited


async def test_an_edit_changes_the_embeds_and_nothing_else(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    button = {"label": "Sources", "id": "sources:k"}
    payload = message("mark-1", content="<@&77>", mentions=["77"], buttons=[button])
    first = await channel.send(CHANNEL, payload, "mark-1")
    changed = {**payload, "embeds": [{"title": "Corrected"}]}
    assert await channel.edit(CHANNEL, first, changed)
    (stored,) = server.messages
    assert [embed["title"] for embed in stored["embeds"]] == ["Corrected"]
    assert stored["content"] == "<@&77>"
    assert stored["components"]
    (body,) = server.posts.edits
    assert "content" not in body
    assert "attachments" not in body


@pytest.mark.parametrize(
    "fault", [Fault(), Fault(status=503), Fault(is_stored=True), Fault(status=500)]
)
async def test_a_passing_fault_of_an_edit_is_ridden_out(
    server: FakeDiscord, channel: DiscordChannel, fault: Fault
) -> None:
    first = await channel.send(CHANNEL, message("mark-1"), "mark-1")
    server.posts.edit_faults.append(fault)
    assert await channel.edit(CHANNEL, first, message("mark-2"))


async def test_an_edit_of_what_is_gone_says_so(
    with_forum: FakeDiscord, channel: DiscordChannel
) -> None:
    first = await channel.send(CHANNEL, message("mark-1"), "mark-1")
    with_forum.delete(first)
    assert not await channel.edit(CHANNEL, first, message("mark-1"))
    post = await channel.send(FORUM, message("mark-1", post=POST), "mark-1")
    del with_forum.channels[int(post)]
    assert not await channel.edit(FORUM, post, message("mark-1", post=POST))


async def test_a_post_that_was_archived_since_is_opened_to_be_corrected(
    with_forum: FakeDiscord, channel: DiscordChannel
) -> None:
    post = await channel.send(FORUM, message("mark-1", post=POST), "mark-1")
    with_forum.threads.archive(int(post))
    assert await channel.edit(FORUM, post, message("mark-2", post=POST))
    assert with_forum.messages[0]["embeds"][0]["description"] == "mark-2"


async def test_a_locked_post_can_not_be_corrected_and_it_is_said(
    with_forum: FakeDiscord, channel: DiscordChannel
) -> None:
    post = await channel.send(FORUM, message("mark-1", post=POST), "mark-1")
    with_forum.threads.archive(int(post), is_locked=True)
    with pytest.raises(ChannelError) as caught:
        await channel.edit(FORUM, post, message("mark-2", post=POST))
    assert caught.value.permanent


async def test_a_picture_stays_and_one_that_was_never_posted_is_no_trouble(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    server.guilds.home.permissions |= world.ATTACH_FILES
    bare = message("mark-1")
    (embed,) = bare["embeds"]  # type: ignore[misc]
    shown = {**bare, "embeds": [{**embed, "image": {"url": f"attachment://{TIMELINE}"}}]}
    drawn = with_file(shown, TIMELINE, b"png", "A timeline")
    first = await channel.send(CHANNEL, drawn, "mark-1")
    assert await channel.edit(CHANNEL, first, drawn)
    assert len(server.messages[0]["attachments"]) == 1
    server.guilds.home.permissions &= ~world.ATTACH_FILES
    second = await channel.send(CHANNEL, drawn, "mark-2")
    assert await channel.edit(CHANNEL, second, drawn)


async def test_a_message_of_somebody_else_is_not_edited(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    other = server.store(5, {"content": "hello"})
    assert BOT_ID != 5
    with pytest.raises(ChannelError):
        await channel.edit(CHANNEL, other["id"], message("mark-1"))
