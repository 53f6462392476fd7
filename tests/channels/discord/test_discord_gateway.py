"""The bot listens at the gateway whatever fails, and answers commands over the wire."""

import asyncio

import discord
import pytest
from discord_desk import Desk
from discord_samples import ANSWER, NOW
from discord_setup import Setup
from discord_words import WORDINGS
from fakes.discord_talk import GUILD_MESSAGES
from fakes.discord_world import CHANNEL_ID, GUILDS, MANAGE_GUILD, Fault, until

from bot.channels.discord.asked import Desk as Asked
from bot.channels.discord.commands import build_tree
from bot.channels.discord.gateway import hash_commands
from bot.channels.discord.localised import CommandWords
from bot.channels.discord.login import new_client
from bot.channels.discord.send import DiscordChannel
from bot.errors import ChannelError, InputError
from bot.model import Origin
from bot.wording import Wordings

ASKED = Asked(Desk(), lambda: NOW, WORDINGS)

# ---------------------------------------------------------------- starting and going on


async def test_the_bot_asks_for_no_privileged_intent_and_becomes_ready(setup: Setup) -> None:
    setup.start()
    assert not setup.gateway.is_ready
    await until(lambda: setup.gateway.is_ready)
    (identity,) = setup.server.gateway.identifies
    assert identity["intents"] == GUILDS | GUILD_MESSAGES


async def test_a_bot_that_reads_no_replies_asks_for_the_list_of_servers_alone(
    setup: Setup,
) -> None:
    setup.reads_replies = False
    await setup.listen()
    (identity,) = setup.server.gateway.identifies
    assert identity["intents"] == GUILDS


async def test_commands_are_synced_once_and_again_only_when_they_change(setup: Setup) -> None:
    await setup.listen()
    await setup.stop()
    await setup.listen()
    assert setup.server.syncs == 1
    await setup.stop()
    setup.marks.kept = dict.fromkeys(setup.marks.kept, "of an older release")
    await setup.listen()
    assert setup.server.syncs == 2


async def test_the_hash_of_the_commands_changes_with_any_command_and_any_word() -> None:
    first, second = (build_tree(new_client(), ASKED) for _ in range(2))
    words = CommandWords(WORDINGS)
    assert await hash_commands(first, words) == await hash_commands(second, words)
    english = CommandWords(Wordings({"en": WORDINGS["en"]}))
    assert await hash_commands(first, words) != await hash_commands(first, english)
    second.remove_command("visits")
    assert await hash_commands(first, words) != await hash_commands(second, words)


async def test_commands_are_for_servers_and_hide_from_nobody(setup: Setup) -> None:
    await setup.listen()
    assert {tuple(each["contexts"]) for each in setup.server.commands} == {(0,)}
    assert {each["default_member_permissions"] for each in setup.server.commands} == {None}


async def test_a_wrong_token_ends_the_run_and_names_the_setting(setup: Setup) -> None:
    with pytest.raises(ChannelError, match="DISCORD_TOKEN") as caught:
        await asyncio.wait_for(setup.start("wrong"), 5)
    assert caught.value.permanent


@pytest.mark.parametrize(("code", "words"), [(4004, "DISCORD_TOKEN"), (4014, "intents")])
async def test_a_gateway_that_refuses_for_good_ends_the_run(
    setup: Setup, code: int, words: str
) -> None:
    setup.server.gateway.refuse_with = code
    with pytest.raises(ChannelError, match=words) as caught:
        await asyncio.wait_for(setup.start(), 5)
    assert caught.value.permanent


async def test_a_gateway_that_is_down_at_the_start_is_tried_again_while_posting_goes_on(
    setup: Setup,
) -> None:
    setup.server.gateway.is_down = True
    setup.start()
    await until(lambda: setup.server.syncs == 1)
    channel = DiscordChannel(setup.login, WORDINGS)
    assert await channel.send(str(CHANNEL_ID), {"embeds": [{"title": "t"}]}, "n1")
    setup.server.gateway.is_down = False
    await until(lambda: setup.server.gateway.is_listening, 10)
    assert setup.server.logins == 1


async def test_rest_that_is_down_at_the_start_is_tried_again(setup: Setup) -> None:
    setup.server.is_down = True
    setup.start()
    await asyncio.sleep(0.1)
    setup.server.is_down = False
    await until(lambda: setup.server.gateway.is_listening)


async def test_a_sync_that_fails_at_the_start_is_tried_again(setup: Setup) -> None:
    setup.server.sync_faults.append(Fault(status=503))
    await setup.listen()
    assert setup.server.syncs == 1


async def test_a_dropped_connection_is_resumed(setup: Setup) -> None:
    await setup.listen()
    await setup.server.gateway.drop(1001)
    await until(lambda: setup.server.gateway.resumes == 1)
    assert len(setup.server.gateway.identifies) == 1


async def test_a_gateway_that_is_never_ready_is_trouble_after_a_while(setup: Setup) -> None:
    setup.server.gateway.is_mute = True
    setup.longest_silence = 0.3
    setup.start()
    assert setup.gateway.find_trouble() == ""
    await until(lambda: "has not been heard" in setup.gateway.find_trouble())
    assert not setup.gateway.is_ready


async def test_a_lost_connection_is_trouble_until_it_is_heard_again(setup: Setup) -> None:
    setup.longest_silence = 0.0
    await setup.listen()
    await until(lambda: setup.gateway.is_ready)
    assert setup.gateway.find_trouble() == ""
    setup.server.gateway.is_down = True
    await setup.server.gateway.drop(1001)
    await until(lambda: setup.gateway.find_trouble() != "")
    setup.server.gateway.is_down = False
    await until(lambda: setup.gateway.find_trouble() == "", 10)
    assert setup.gateway.is_ready


async def test_closing_while_discord_is_down_ends_the_run_at_once(setup: Setup) -> None:
    setup.server.is_down = True
    task = setup.start()
    await asyncio.sleep(0.1)
    await setup.gateway.close()
    await asyncio.wait_for(task, 1)


async def test_an_invalid_session_is_identified_anew_and_commands_work_again(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The client waits five seconds before it does, as Discord asks; a test need not.
    monkeypatch.setattr(discord.Client, "before_identify_hook", _do_not_wait)
    await setup.listen()
    await setup.server.gateway.invalidate_session()
    await until(lambda: len(setup.server.gateway.identifies) == 2)
    await until(lambda: setup.server.gateway.is_listening)
    assert (await setup.server.interaction("visits")).text


async def _do_not_wait(
    client: discord.Client, shard_id: int | None, *, initial: bool = False
) -> None:
    pass


# ---------------------------------------------------------------- commands over the wire


async def test_a_question_is_taken_at_once_and_answered_in_place(setup: Setup) -> None:
    await setup.listen()
    seen = await setup.server.interaction("ask", {"question": "Is it on?"})
    origin = Origin(member="discord:6001")
    assert setup.desk.calls == [("ask", "discord:7001", "Is it on?", NOW, origin)]
    assert "It is confirmed for 12–13 February 2025" in seen.text
    assert not seen.is_private
    assert all(body["allowed_mentions"] == {"parse": []} for body in seen.bodies)


async def test_a_private_question_is_answered_privately(setup: Setup) -> None:
    await setup.listen()
    seen = await setup.server.interaction("ask", {"question": "q", "private": True})
    assert seen.is_private


async def test_a_very_long_answer_comes_in_several_messages(setup: Setup) -> None:
    await setup.listen()
    text = "\n".join(f"Paragraph {n} " + "word " * 200 for n in range(20))
    setup.desk.answer = type(ANSWER)(
        question="q",
        is_answered=True,
        text=text,
        citations=ANSWER.citations,
        as_of=NOW,
        engine="e",
        searched=ANSWER.searched,
    )
    seen = await setup.server.interaction("ask", {"question": "q", "private": True})
    await until(lambda: "Sources" in seen.text)
    assert len(seen.shown) > 2
    assert "Paragraph 19" in seen.text
    assert seen.is_private


async def test_an_error_after_a_public_start_is_told_in_private(setup: Setup) -> None:
    await setup.listen()
    setup.desk.failure = InputError("Ask about the news, in a sentence.")
    seen = await setup.server.interaction("ask", {"question": "q"})
    await until(lambda: seen.text == "Ask about the news, in a sentence.")
    assert seen.is_private


async def test_completion_without_permission_gives_no_name(setup: Setup) -> None:
    await setup.listen()
    for command, option in (("feeds remove", "feed"), ("schedule set", "timezone")):
        seen = await setup.server.interaction(command, {option: "a"}, focused=option)
        assert seen.choices == []
    assert setup.desk.calls == []


async def test_completion_with_permission_offers_names_and_sends_ids(setup: Setup) -> None:
    await setup.listen()
    seen = await setup.server.interaction(
        "feeds remove", {"feed": "HALDEN"}, focused="feed", permissions=MANAGE_GUILD
    )
    assert [(each["name"], each["value"]) for each in seen.choices or ()] == [("Halden Post", "2")]
