"""A message is posted once over the real client, or the error says what to do."""

import asyncio

import pytest
from discord_samples import BRIEF
from discord_words import WORDINGS
from fakes.discord import FakeDiscord
from fakes.discord_talk import GUILD_MESSAGES
from fakes.discord_world import CHANNEL_ID, GUILDS, TOKEN, Fault

from bot.channels.discord.login import Login, new_client
from bot.channels.discord.send import DiscordChannel
from bot.errors import ChannelError
from bot.model import Look

CHANNEL = str(CHANNEL_ID)
PAYLOAD = {
    "embeds": [
        {"title": "Brief", "description": "One"},
        {"title": "Trade", "description": "Two", "footer": {"text": "Brief · mark-1"}},
    ]
}


async def _fail(channel: DiscordChannel, channel_id: str = CHANNEL) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        await channel.send(channel_id, PAYLOAD, "nonce-1")
    return caught.value


# ---------------------------------------------------------------- sending


async def test_a_message_is_posted_with_its_embeds_and_can_ping_nobody(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    message_id = await channel.send(CHANNEL, PAYLOAD, "nonce-1")
    (posted,) = server.messages
    assert posted["id"] == message_id
    assert [embed["title"] for embed in posted["embeds"]] == ["Brief", "Trade"]
    (body,) = server.sends
    assert body["nonce"] == "nonce-1"
    assert body["enforce_nonce"] is True
    assert body["allowed_mentions"] == {"parse": []}
    assert server.gateway.identifies == []


async def test_the_client_itself_can_ping_nobody_and_keeps_no_messages() -> None:
    client = new_client()
    assert client.allowed_mentions is not None
    assert client.allowed_mentions.to_dict() == {"parse": []}
    assert client.intents.value == GUILDS | GUILD_MESSAGES
    assert new_client(reads_replies=False).intents.value == GUILDS
    assert list(client.cached_messages) == []


async def test_one_login_serves_many_sends_at_once(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    await asyncio.gather(*(channel.send(CHANNEL, PAYLOAD, f"n{each}") for each in range(5)))
    assert len(server.messages) == 5
    assert server.logins == 1


async def test_the_same_nonce_posts_once(server: FakeDiscord, channel: DiscordChannel) -> None:
    first = await channel.send(CHANNEL, PAYLOAD, "nonce-1")
    assert await channel.send(CHANNEL, PAYLOAD, "nonce-1") == first
    assert len(server.messages) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=503),
        Fault(status=503, is_stored=True),
        Fault(is_stored=True),
        Fault(),
        Fault(status=500, is_stored=True),
        Fault(status=429),
    ],
    ids=["503", "503 stored", "reset stored", "reset", "500 stored", "429"],
)
async def test_a_passing_fault_is_ridden_out_and_one_message_stands(
    server: FakeDiscord, channel: DiscordChannel, fault: Fault
) -> None:
    server.faults.append(fault)
    message_id = await channel.send(CHANNEL, PAYLOAD, "nonce-1")
    assert [posted["id"] for posted in server.messages] == [message_id]
    assert {body["nonce"] for body in server.sends} == {"nonce-1"}


async def test_an_answer_that_hangs_is_not_waited_for(server: FakeDiscord) -> None:
    login = Login(TOKEN, api_url=server.api_url)
    channel = DiscordChannel(login, WORDINGS, pauses=(0.01,), deadline=0.2)
    server.faults.append(Fault(status=200, is_stored=True, seconds=30))
    message_id = await channel.send(CHANNEL, PAYLOAD, "nonce-1")
    assert [posted["id"] for posted in server.messages] == [message_id]
    await channel.close()


async def test_an_answer_lost_to_the_last_try_is_unknown(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    server.faults.extend([Fault(is_stored=True)] * 3)
    error = await _fail(channel)
    assert error.is_unknown
    assert not error.permanent
    assert len(server.messages) == 1
    assert len(server.sends) == 3


async def test_a_refusal_after_a_lost_answer_is_still_unknown(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    server.faults.extend([Fault(is_stored=True), Fault(status=403, code=50013)])
    assert (await _fail(channel)).is_unknown


async def test_a_message_that_a_moderator_deleted_counts_as_posted(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    server.delete(await channel.send(CHANNEL, PAYLOAD, "nonce-1"))
    assert await channel.send(CHANNEL, PAYLOAD, "nonce-1") == ""
    assert server.messages == []


@pytest.mark.parametrize(
    ("fault", "permanent", "words"),
    [
        (Fault(status=401), True, "DISCORD_TOKEN"),
        (Fault(status=403, code=50001), True, "View Channel"),
        (Fault(status=403, code=50013), True, "Send Messages"),
        (Fault(status=404, code=10003), True, "no longer exists"),
        (Fault(status=400, code=50035), True, "code 50035"),
        (Fault(status=400, code=200000), True, "AutoMod"),
        (Fault(status=403, code=160005), True, "unlock it"),
        (Fault(status=403, code=0), False, "turns our address away"),
        (Fault(status=429, has_via=False), False, "turns our address away"),
    ],
)
async def test_a_refusal_is_not_repeated_and_says_what_to_do(
    server: FakeDiscord, channel: DiscordChannel, fault: Fault, permanent: bool, words: str
) -> None:
    server.faults.append(fault)
    error = await _fail(channel)
    assert (error.permanent, error.is_unknown) == (permanent, False)
    assert words in str(error)
    assert "\n" not in str(error)
    assert len(server.sends) == 1


async def test_a_wait_that_is_too_long_is_told_instead_of_waited(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    server.faults.append(Fault(status=429, retry_after=60))
    error = await _fail(channel)
    assert (error.permanent, error.is_unknown) == (False, False)
    assert "wait 60 seconds" in str(error)


async def test_a_wrong_token_is_permanent_and_not_shown(server: FakeDiscord) -> None:
    channel = DiscordChannel(Login("wrong-token", api_url=server.api_url), WORDINGS)
    error = await _fail(channel)
    assert error.permanent
    assert "DISCORD_TOKEN" in str(error)
    assert "wrong-token" not in str(error)


async def test_while_discord_is_down_nothing_is_posted_and_it_is_known(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    server.is_down = True
    error = await _fail(channel)
    assert (error.permanent, error.is_unknown) == (False, False)
    server.is_down = False
    assert await channel.send(CHANNEL, PAYLOAD, "nonce-1")


async def test_a_server_that_is_gone_is_a_known_failure(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    await channel.send(CHANNEL, PAYLOAD, "nonce-0")
    await server.stop()
    # The first request may have gone out on the old connection; the next ones surely don't.
    assert (await _fail(channel)).is_unknown
    error = await _fail(channel)
    assert (error.permanent, error.is_unknown) == (False, False)


@pytest.mark.parametrize("channel_id", ["", "general", "-1", "²"])
async def test_an_id_that_is_none_is_permanent(channel: DiscordChannel, channel_id: str) -> None:
    assert (await _fail(channel, channel_id)).permanent


@pytest.mark.parametrize(
    ("payload", "nonce"),
    [
        ({"embeds": []}, "n"),
        ({"embeds": [{"description": "d" * 4097}]}, "n"),
        (PAYLOAD, "n" * 26),
        (PAYLOAD, ""),
    ],
)
async def test_what_breaks_a_limit_never_leaves(
    server: FakeDiscord, channel: DiscordChannel, payload: dict[str, object], nonce: str
) -> None:
    with pytest.raises(ChannelError) as caught:
        await channel.send(CHANNEL, payload, nonce)
    assert caught.value.permanent
    assert server.sends == []


async def test_after_closing_nothing_logs_in_again(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    await channel.close()
    await channel.close()
    assert not (await _fail(channel)).permanent
    assert server.logins == 0


async def test_a_brief_renders_through_the_port(channel: DiscordChannel) -> None:
    assert channel.platform == "discord"
    (payload,) = channel.render_brief(BRIEF, lambda number: f"mark-{number}", Look())
    assert payload["embeds"]


async def test_closing_while_logging_in_leaves_nothing_open(server: FakeDiscord) -> None:
    login = Login(TOKEN, api_url=server.api_url)
    task = asyncio.create_task(login.get_client())
    await asyncio.sleep(0)
    await login.close()
    with pytest.raises(ChannelError, match="closed"):
        await task
    assert server.logins == 1
