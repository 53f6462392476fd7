"""Mentions of the bot and replies to it are answered where they stand, once, and nothing else."""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from discord_guild import Guild
from discord_samples import ANSWER, KEY, NOW
from discord_setup import Setup
from discord_words import ENGLISH, FRENCH
from fakes.discord_world import (
    BOT_ID,
    CHANNEL_ID,
    EMBED_LINKS,
    MEMBER_ID,
    READ_MESSAGE_HISTORY,
    SEND_IN_THREADS,
    SEND_MESSAGES,
    Fault,
    channel,
    message,
    until,
    user,
)

from bot.channels.discord.told import Told
from bot.errors import InputError
from bot.model import Origin, Rights

MEMBER = f"discord:{MEMBER_ID}"
THREAD = 8500
ME = f"<@{BOT_ID}>"

Golden = Callable[[str, str], None]
Message = dict[str, Any]


def ours(*ids: str, author_id: int = BOT_ID, in_channel: int = CHANNEL_ID) -> Message:
    """A message with those buttons, the bot's own if nothing else is said."""
    buttons = [{"type": 2, "style": 2, "label": "b", "custom_id": each} for each in ids]
    rows = [{"type": 1, "components": buttons}] if ids else []
    return message(in_channel, author_id, {"content": "Brief", "components": rows})


async def answers(setup: Setup, said: Message, number: int = 1) -> list[Message]:
    """Wait for what the bot replied."""
    await until(lambda: len(setup.server.talk.answers_to(said)) >= number)
    return setup.server.talk.answers_to(said)


async def nothing_is_answered(setup: Setup) -> None:
    """A later question is answered, and nothing before it."""
    seen = await setup.server.interaction("ask", {"question": "last"})
    assert seen.text
    assert [call[2] for call in setup.desk.calls] == ["last"]
    assert setup.server.sends == []
    assert setup.server.talk.typing == []


# ---------------------------------------------------------------- what is answered


async def test_a_reply_to_a_brief_is_answered_in_a_reply_about_it(
    setup: Setup, golden: Golden
) -> None:
    await setup.listen()
    said = await setup.server.talk.say("And the price?", reply_to=ours(f"ask:{KEY}"))
    (reply,) = await answers(setup, said)
    assert "It is confirmed" in reply["embeds"][0]["description"]
    origin = Origin(member=MEMBER, follows=KEY)
    assert setup.desk.calls == [("ask", "discord:7001", "And the price?", NOW, origin)]
    (body,) = setup.server.sends
    assert body["allowed_mentions"] == {"parse": []}
    text = json.dumps(body, indent=1, ensure_ascii=False).replace(said["id"], "1")
    golden("discord/reply.json", f"{text}\n")


async def test_a_limit_is_told_in_one_line_in_a_reply(setup: Setup, golden: Golden) -> None:
    await setup.listen()
    setup.desk.failure = InputError(
        "You have asked 3 questions in this minute: ask again in a moment."
    )
    said = await setup.server.talk.say(f"{ME} is it on?")
    await answers(setup, said)
    (body,) = setup.server.sends
    text = json.dumps(body, indent=1, ensure_ascii=False).replace(said["id"], "1")
    golden("discord/limit.json", f"{text}\n")


@pytest.mark.parametrize(
    "words",
    [f"{ME} is it on?", f"<@!{BOT_ID}>is it on?", f"is it\n{ME} on?", f"is it on? {ME}<@&7><#8>"],
)
async def test_a_mention_is_answered_without_the_mention(setup: Setup, words: str) -> None:
    await setup.listen()
    said = await setup.server.talk.say(words, mentions=[user(BOT_ID)])
    await answers(setup, said)
    assert setup.desk.calls[0][2] == "is it on?"
    assert setup.desk.calls[0][-1] == Origin(member=MEMBER)


async def test_in_a_thread_the_questions_follow_one_another(setup: Setup) -> None:
    setup.server.channels[THREAD] = channel(THREAD, 11, CHANNEL_ID)
    await setup.listen()
    said = await setup.server.talk.say(f"{ME} is it on?", channel_id=THREAD)
    (reply,) = await answers(setup, said)
    assert reply["channel_id"] == str(THREAD)
    assert setup.desk.calls[0][-1] == Origin(member=MEMBER, thread=f"discord:{THREAD}")


@pytest.mark.parametrize("words", [ME, f"{ME} <:flag:123>", f" {ME} …?"])
async def test_a_mention_without_words_is_told_how_to_ask(setup: Setup, words: str) -> None:
    await setup.listen()
    said = await setup.server.talk.say(words)
    (reply,) = await answers(setup, said)
    assert reply["content"] == ENGLISH.say("replies.mention.help")
    assert setup.desk.calls == []


async def test_a_long_answer_comes_in_several_messages_the_first_of_them_a_reply(
    setup: Setup,
) -> None:
    await setup.listen()
    text = "\n".join(f"Paragraph {n} " + "word " * 200 for n in range(20))
    setup.desk.answer = replace(ANSWER, text=text)
    said = await setup.server.talk.say(f"{ME} q")
    await until(lambda: bool((setup.server.sends or [{}])[-1].get("components")))
    assert len(setup.server.sends) > 2
    assert ["message_reference" in body for body in setup.server.sends][:2] == [True, False]
    nonces = [body["nonce"] for body in setup.server.sends]
    assert nonces == [f"r{said['id']}-{n}" for n in range(1, len(nonces) + 1)]


async def test_the_bot_is_seen_typing_while_it_works(setup: Setup) -> None:
    await setup.listen()
    setup.desk.is_free.clear()
    said = await setup.server.talk.say(f"{ME} q")
    await until(lambda: setup.server.talk.typing == [CHANNEL_ID])
    assert setup.server.sends == []
    setup.desk.is_free.set()
    await answers(setup, said)


async def test_a_hundred_questions_in_a_channel_are_one_typing_and_a_hundred_answers(
    setup: Setup,
) -> None:
    await setup.listen()
    setup.desk.is_free.clear()
    for number in range(100):
        await setup.server.talk.say(f"{ME} question {number}")
    await until(lambda: len(setup.desk.calls) == 100)
    await until(lambda: bool(setup.server.talk.typing))
    setup.desk.is_free.set()
    await until(lambda: len(setup.server.sends) == 100)
    assert setup.server.talk.typing == [CHANNEL_ID]
    await setup.server.talk.say(f"{ME} once more")
    await until(lambda: len(setup.server.sends) == 101)


async def test_typing_that_fails_keeps_no_answer_back(setup: Setup) -> None:
    await setup.listen()
    setup.server.talk.is_typing_broken = True
    await answers(setup, await setup.server.talk.say(f"{ME} q"))


async def test_one_member_is_told_why_there_is_no_answer_once_a_minute_in_a_channel(
    setup: Setup,
) -> None:
    setup.server.channels[THREAD] = channel(THREAD, 11, CHANNEL_ID)
    await setup.listen()
    setup.desk.failure = InputError("You have asked 3 questions in this minute.")
    first = await setup.server.talk.say(f"{ME} q")
    await answers(setup, first)
    for words in (ME, f"{ME} q", ME) * 10:
        await setup.server.talk.say(words)
    await answers(setup, await setup.server.talk.say(ME, channel_id=THREAD))
    await answers(setup, await setup.server.talk.say(ME, author=user(MEMBER_ID + 1)))
    assert len(setup.server.sends) == 3
    setup.now += timedelta(minutes=1)
    await answers(setup, await setup.server.talk.say(ME))
    assert len(setup.server.sends) == 4


async def test_who_was_told_why_there_is_no_answer_is_answered_all_the_same(setup: Setup) -> None:
    await setup.listen()
    await answers(setup, await setup.server.talk.say(ME))
    for number in range(3):
        await answers(setup, await setup.server.talk.say(f"{ME} question {number}"))
    assert len(setup.server.sends) == 4


def test_who_was_told_is_remembered_for_a_minute_and_of_five_hundred_at_most() -> None:
    told = Told()
    assert told.may_tell(1, 0, now=NOW)
    assert not told.may_tell(1, 0, now=NOW + timedelta(seconds=59))
    assert told.may_tell(1, 0, now=NOW - timedelta(hours=1))
    assert all(told.may_tell(1, member, now=NOW) for member in range(1, 500))
    assert not told.may_tell(1, 1, now=NOW)
    assert told.may_tell(2, 1, now=NOW)
    assert told.may_tell(1, 0, now=NOW - timedelta(hours=1))


# ---------------------------------------------------------------- what it is about


async def test_a_message_that_came_without_the_one_replied_to_is_looked_up(setup: Setup) -> None:
    await setup.listen()
    brief = ours(f"ask:{KEY}")
    setup.server.messages.append(brief)
    said = await setup.server.talk.say("And?", reply_to=brief, is_resolved=False)
    await answers(setup, said)
    assert setup.desk.calls[0][-1] == Origin(member=MEMBER, follows=KEY)


async def test_what_can_not_be_looked_up_is_no_context(setup: Setup) -> None:
    await setup.listen()
    gone = await setup.server.talk.say("And?", reply_to=ours(f"ask:{KEY}"), is_resolved=False)
    await answers(setup, gone)
    deleted = await setup.server.talk.say(
        "And?", reply_to=ours(f"ask:{KEY}"), referenced_message=None
    )
    await answers(setup, deleted)
    assert [call[-1] for call in setup.desk.calls] == [Origin(member=MEMBER)] * 2


async def test_without_the_right_to_history_nothing_is_looked_up_and_the_answer_is_no_reply(
    setup: Setup,
) -> None:
    setup.server.bot_permissions &= ~READ_MESSAGE_HISTORY
    await setup.listen()
    await setup.server.talk.say("And?", reply_to=ours(f"ask:{KEY}"), is_resolved=False)
    await until(lambda: len(setup.server.sends) == 1)
    await until(lambda: setup.server.messages[-1]["author"]["bot"])
    assert setup.server.talk.looked_up == []
    assert "message_reference" not in setup.server.sends[0]


@pytest.mark.parametrize(
    "earlier",
    [ours(f"ask:{KEY}", author_id=MEMBER_ID), ours("page:1"), ours()],
    ids=["of a person", "with other buttons", "without buttons"],
)
async def test_only_buttons_of_the_bots_own_briefs_and_answers_tell_what_it_is_about(
    setup: Setup, earlier: Message
) -> None:
    await setup.listen()
    await answers(setup, await setup.server.talk.say(f"{ME} and?", reply_to=earlier))
    assert setup.desk.calls[0][-1] == Origin(member=MEMBER)


# ---------------------------------------------------------------- what is left alone


async def test_what_is_said_among_people_is_left_alone(setup: Setup) -> None:
    await setup.listen()
    await setup.server.talk.say("Is it on?")
    await setup.server.talk.say("No.", reply_to=ours(author_id=MEMBER_ID))
    await setup.server.talk.say("@everyone is it on?", mention_everyone=True)
    await nothing_is_answered(setup)


async def test_a_reply_with_the_ping_off_can_not_be_read_and_is_left_alone(setup: Setup) -> None:
    await setup.listen()
    await setup.server.talk.say("And?", reply_to=ours(f"ask:{KEY}"), has_ping=False)
    await nothing_is_answered(setup)


async def test_bots_webhooks_and_pins_are_left_alone(setup: Setup) -> None:
    await setup.listen()
    bot = {**user(6666), "bot": True}
    await setup.server.talk.say(f"{ME} q", author=bot)
    await setup.server.talk.say(f"{ME} q", author=user(BOT_ID))
    await setup.server.talk.say(f"{ME} q", webhook_id="4444")
    await setup.server.talk.say(f"{ME} q", type=6)
    await nothing_is_answered(setup)


async def test_a_message_outside_of_servers_is_left_alone(setup: Setup) -> None:
    await setup.listen()
    private = message(5555, MEMBER_ID, {"content": f"{ME} q"}) | {"mentions": [user(BOT_ID)]}
    await setup.server.talk.say_again(private)
    await nothing_is_answered(setup)


async def test_with_replies_off_commands_and_buttons_work_and_mentions_do_not(
    setup: Setup,
) -> None:
    setup.reads_replies = False
    await setup.listen()
    await setup.server.talk.say(f"{ME} q")
    await nothing_is_answered(setup)
    seen = await setup.server.people.click(ours(f"sources:{KEY}"), f"sources:{KEY}")
    assert "A visit in February" in seen.text
    form = await setup.server.people.click(ours(f"ask:{KEY}"), f"ask:{KEY}")
    asked = await setup.server.people.submit(form, ours(f"ask:{KEY}"), "q")
    assert "It is confirmed" in asked.text


@pytest.mark.parametrize(
    ("right", "place"), [(SEND_MESSAGES, CHANNEL_ID), (SEND_IN_THREADS, THREAD)]
)
async def test_where_the_bot_may_not_speak_it_asks_discord_nothing(
    setup: Setup, right: int, place: int
) -> None:
    setup.server.channels[THREAD] = channel(THREAD, 11, CHANNEL_ID)
    setup.server.bot_permissions &= ~right
    await setup.listen()
    await setup.server.talk.say(f"{ME} q", channel_id=place)
    await nothing_is_answered(setup)


async def test_where_embeds_are_not_allowed_it_says_what_is_missing(setup: Setup) -> None:
    setup.server.bot_permissions &= ~EMBED_LINKS
    await setup.listen()
    (reply,) = await answers(setup, await setup.server.talk.say(f"{ME} q"))
    assert "Embed Links" in reply["content"]
    assert setup.desk.calls == []


# ---------------------------------------------------------------- when it goes wrong


@pytest.mark.parametrize(
    "fault",
    [Fault(is_stored=True), Fault(status=503, is_stored=True), Fault(status=503)],
    ids=["answer lost", "stored, 503", "503"],
)
async def test_an_answer_is_posted_once_though_discord_fails(setup: Setup, fault: Fault) -> None:
    await setup.listen()
    setup.server.faults.append(fault)
    said = await setup.server.talk.say(f"{ME} q")
    await until(lambda: len(setup.server.sends) == 2)
    await asyncio.sleep(0.05)
    assert len(setup.server.talk.answers_to(said)) == 1


async def test_a_message_that_comes_twice_is_answered_once(setup: Setup) -> None:
    await setup.listen()
    said = await setup.server.talk.say(f"{ME} q")
    await answers(setup, said)
    await setup.server.talk.say_again(said)
    await until(lambda: len(setup.server.sends) == 2)
    await asyncio.sleep(0.05)
    assert len(setup.server.talk.answers_to(said)) == 1


async def test_an_unexpected_error_is_an_apology_and_a_log_line_without_the_words(
    setup: Setup, caplog: pytest.LogCaptureFixture
) -> None:
    await setup.listen()
    setup.desk.failure = ValueError("secret question")
    with caplog.at_level(logging.INFO):
        (reply,) = await answers(setup, await setup.server.talk.say(f"{ME} secret question"))
    assert "did not work on our side" in reply["content"]
    assert "command.failed command=message error=ValueError" in caplog.text
    assert "secret question" not in caplog.text


async def test_a_refused_answer_is_a_line_in_the_log(
    setup: Setup, caplog: pytest.LogCaptureFixture
) -> None:
    await setup.listen()
    setup.server.faults.append(Fault(status=403, code=50013))
    with caplog.at_level(logging.INFO):
        await setup.server.talk.say(f"{ME} q")
        await until(lambda: "message.unanswered" in caplog.text)
    assert len(setup.server.sends) == 1


async def test_an_error_line_with_markup_in_it_is_only_words(setup: Setup) -> None:
    await setup.listen()
    setup.desk.failure = InputError("No @everyone at https://evil.test/ **now**")
    (reply,) = await answers(setup, await setup.server.talk.say(f"{ME} q"))
    assert "@everyone" not in reply["content"]
    assert "://" not in reply["content"]


# ---------------------------------------------------------------- in a simulated Discord


async def test_a_conversation_goes_on_from_answer_to_answer(guild: Guild) -> None:
    bot = f"<@{guild.env.bot.user.id}>"
    await guild.member.send(guild.channel, f"{bot} is it on?")
    first = guild.channel.last_message
    assert "It is confirmed" in first.embeds[0].description
    await guild.manager.send(guild.channel, f"{bot} and when?", reply_to=first)
    origins = [call[-1] for call in guild.desk.calls]
    assert origins == [
        Origin(member=f"discord:{guild.member.id}"),
        Origin(member=f"discord:{guild.manager.id}", follows=KEY),
    ]
    assert guild.channel.last_message.reference.message_id


# ---------------------------------------------------------------- who may, in what language


async def test_who_may_not_look_gets_one_line_and_no_answer(setup: Setup) -> None:
    reader = setup.server.guilds.home.add_role("Readers")
    await setup.listen()
    setup.desk.rights = Rights(viewers=frozenset({str(reader)}))
    said = await setup.server.talk.say(f"{ME} Is it on?")
    (reply,) = await answers(setup, said)
    assert reply["content"] == ENGLISH.say("replies.mention.denied")
    assert setup.desk.calls == []


async def test_a_mention_is_answered_in_the_language_of_the_server(setup: Setup) -> None:
    setup.server.guilds.home.locale = "fr"
    await setup.listen()
    said = await setup.server.talk.say(ME)
    (reply,) = await answers(setup, said)
    assert reply["content"] == FRENCH.say("replies.mention.help")
    setup.desk.settings = replace(setup.desk.settings, language="en")
    setup.now = NOW + timedelta(minutes=2)
    said = await setup.server.talk.say(ME)
    (reply,) = await answers(setup, said)
    assert reply["content"] == ENGLISH.say("replies.mention.help")
