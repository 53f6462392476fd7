"""Buttons and the forms they open, pressed by people over the wire and in a simulated Discord."""

import asyncio
import json
import logging
from dataclasses import replace
from typing import Any

import pytest
from discord_guild import Guild, text_of
from discord_samples import ANSWER, BRIEF, KEY, NOW, citation
from discord_setup import Setup
from discord_words import ENGLISH, WORDINGS
from fakes.discord_world import BOT_ID, CHANNEL_ID, EPHEMERAL, MEMBER_ID, channel, message, until

from bot.channels.discord.answers import render_answer
from bot.channels.discord.embeds import open_view
from bot.channels.discord.pages import without_mark
from bot.channels.discord.render import render_brief
from bot.channels.discord.send import DiscordChannel
from bot.errors import InputError
from bot.model import Origin
from bot.ports.posting import PLAIN

MEMBER = f"discord:{MEMBER_ID}"
OTHER_GUILD = 7002
THREAD = 8500


def posted(*ids: str, flags: int = 0) -> dict[str, Any]:
    """A message of the bot's with those buttons, as Discord sends it along with a press."""
    buttons = [{"type": 2, "style": 2, "label": "b", "custom_id": each} for each in ids]
    rows = [{"type": 1, "components": buttons}]
    return message(CHANNEL_ID, BOT_ID, {"content": "Brief", "components": rows, "flags": flags})


# ---------------------------------------------------------------- what goes out


async def test_a_posted_brief_has_its_buttons_in_one_row(setup: Setup) -> None:
    await setup.listen()
    (payload,) = render_brief(BRIEF, without_mark, PLAIN, ENGLISH)
    stored = json.loads(json.dumps(payload))
    await DiscordChannel(setup.login, WORDINGS).send(str(CHANNEL_ID), stored, "n1")
    (row,) = setup.server.sends[0]["components"]
    assert [(each["type"], each["label"], each["custom_id"]) for each in row["components"]] == [
        (2, "Ask about this", f"ask:{KEY}"),
        (2, "Sources", f"sources:{KEY}"),
    ]


async def test_a_message_without_buttons_is_sent_as_before(setup: Setup) -> None:
    await setup.listen()
    await DiscordChannel(setup.login, WORDINGS).send(
        str(CHANNEL_ID), {"embeds": [{"title": "t"}]}, "n1"
    )
    assert not setup.server.sends[0].get("components")


async def test_nothing_of_a_sent_button_is_kept_in_memory(setup: Setup) -> None:
    view = open_view(render_answer(ANSWER, ENGLISH)[0])
    assert view is not None
    assert view.is_finished()
    await setup.listen()
    seen = await setup.server.interaction("ask", {"question": "q"})
    await setup.server.people.click(seen.shown[0], f"vote:{KEY}:down")
    client = await setup.login.get_client()
    assert client.persistent_views == []
    assert client._connection._view_store._modals == {}


# ---------------------------------------------------------------- sources


async def test_sources_are_shown_to_the_one_who_pressed_with_links_to_the_sentences(
    setup: Setup,
) -> None:
    await setup.listen()
    seen = await setup.server.people.click(posted(f"sources:{KEY}"), f"sources:{KEY}")
    assert setup.desk.calls == [("sources", "discord:7001", KEY)]
    assert seen.is_private
    assert "> “A visit in February is planned.”" in seen.text
    assert "[Talks, day 2](https://news.example.org/2025/01/28/2?a=1%28x%29#:~:text=" in seen.text
    assert all(body["allowed_mentions"] == {"parse": []} for body in seen.bodies)


async def test_many_sources_come_in_three_private_messages_at_most(setup: Setup) -> None:
    await setup.listen()
    many = tuple(citation(n, "word " * 300) for n in range(1, 151))
    setup.desk.sources["discord:7001", KEY] = many
    seen = await setup.server.people.click(posted(f"sources:{KEY}"), f"sources:{KEY}")
    await until(lambda: " more: " in seen.text)
    assert len(seen.shown) == 3
    assert seen.is_private


async def test_outside_of_servers_a_button_says_where_it_works(setup: Setup) -> None:
    await setup.listen()
    custom_id = f"sources:{KEY}"
    seen = await setup.server.people.click(posted(custom_id), custom_id, guild_id=None)
    assert seen.text.startswith("Use this in a server")
    assert setup.desk.calls == []


@pytest.mark.parametrize("act", ["sources:{}", "vote:{}:up"])
async def test_a_key_of_another_server_or_of_long_ago_is_no_longer_kept(
    setup: Setup, act: str
) -> None:
    await setup.listen()
    custom_id = act.format(KEY)
    for key, guild_id in ((KEY, OTHER_GUILD), ("long-ago", 7001)):
        custom_id = act.format(key)
        seen = await setup.server.people.click(posted(custom_id), custom_id, guild_id=guild_id)
        assert seen.text == "Its sources are no longer kept."
        assert seen.is_private
    assert [call[1] for call in setup.desk.calls] == ["discord:7002", "discord:7001"]


async def test_an_old_message_works_after_a_restart_as_one_just_sent(setup: Setup) -> None:
    await setup.listen()
    asked = await setup.server.interaction("ask", {"question": "q"})
    brief = posted(f"ask:{KEY}")
    form = await setup.server.people.click(brief, f"ask:{KEY}")
    await setup.restart()
    seen = await setup.server.people.click(asked.shown[0], f"sources:{KEY}")
    assert "A visit in February" in seen.text
    sent = await setup.server.people.submit(form, brief, "Is it on?")
    assert "It is confirmed" in sent.text


# ---------------------------------------------------------------- ask about this


async def test_ask_about_this_opens_a_form_and_everybody_sees_the_answer(setup: Setup) -> None:
    await setup.listen()
    brief = posted(f"ask:{KEY}", f"sources:{KEY}")
    form = await setup.server.people.click(brief, f"ask:{KEY}")
    assert form.form is not None
    assert form.form["title"] == "Ask about this"
    (label,) = form.form["components"]
    assert label["component"]["required"]
    assert setup.desk.calls == []
    seen = await setup.server.people.submit(form, brief, "And the price?")
    assert "It is confirmed" in seen.text
    assert not seen.is_private
    origin = Origin(member=MEMBER, follows=KEY)
    assert setup.desk.calls == [("ask", "discord:7001", "And the price?", NOW, origin)]


async def test_a_question_about_a_private_brief_is_answered_in_private(setup: Setup) -> None:
    await setup.listen()
    brief = posted(f"ask:{KEY}", flags=EPHEMERAL)
    form = await setup.server.people.click(brief, f"ask:{KEY}")
    seen = await setup.server.people.submit(form, brief, "And the price?")
    assert seen.is_private


async def test_in_a_thread_the_questions_of_commands_and_forms_follow_one_another(
    setup: Setup,
) -> None:
    setup.server.channels[THREAD] = channel(THREAD, 11, CHANNEL_ID)
    await setup.listen()
    brief = posted(f"ask:{KEY}")
    form = await setup.server.people.click(brief, f"ask:{KEY}", channel_id=THREAD)
    await setup.server.people.submit(form, brief, "q", channel_id=THREAD)
    await setup.server.interaction("ask", {"question": "q"}, channel_id=THREAD)
    origin = Origin(member=MEMBER, thread=f"discord:{THREAD}")
    origins = [call[-1] for call in setup.desk.calls]
    assert origins == [replace(origin, follows=KEY), origin]


async def test_a_private_question_in_a_thread_is_no_part_of_its_conversation(
    setup: Setup,
) -> None:
    setup.server.channels[THREAD] = channel(THREAD, 11, CHANNEL_ID)
    await setup.listen()
    brief = posted(f"ask:{KEY}", flags=EPHEMERAL)
    form = await setup.server.people.click(brief, f"ask:{KEY}", channel_id=THREAD)
    await setup.server.people.submit(form, brief, "q", channel_id=THREAD)
    assert setup.desk.calls[0][-1] == Origin(member=MEMBER, follows=KEY)


async def test_a_limit_is_told_to_the_one_who_asked_alone(setup: Setup) -> None:
    await setup.listen()
    brief = posted(f"ask:{KEY}")
    form = await setup.server.people.click(brief, f"ask:{KEY}")
    setup.desk.failure = InputError("You have asked 3 questions in this minute.")
    seen = await setup.server.people.submit(form, brief, "q")
    await until(lambda: seen.text == "You have asked 3 questions in this minute.")
    assert seen.is_private


# ---------------------------------------------------------------- votes


async def test_a_thumb_up_is_kept_at_once(setup: Setup) -> None:
    await setup.listen()
    seen = await setup.server.people.click(posted(f"vote:{KEY}:up"), f"vote:{KEY}:up")
    assert seen.text == "Thank you."
    assert seen.is_private
    assert setup.desk.calls == [("vote", "discord:7001", KEY, MEMBER, True, "")]


@pytest.mark.parametrize("reason", ["Out of date", ""])
async def test_a_thumb_down_asks_for_a_reason_that_may_be_left_out(
    setup: Setup, reason: str
) -> None:
    await setup.listen()
    answer = posted(f"vote:{KEY}:down")
    form = await setup.server.people.click(answer, f"vote:{KEY}:down")
    assert form.form is not None
    assert not form.form["components"][0]["component"]["required"]
    assert setup.desk.calls == []
    seen = await setup.server.people.submit(form, answer, reason)
    assert seen.text == "Thank you."
    assert seen.is_private
    assert setup.desk.calls == [("vote", "discord:7001", KEY, MEMBER, False, reason)]


# ---------------------------------------------------------------- whatever happens


async def test_everything_is_acknowledged_before_any_work(setup: Setup) -> None:
    await setup.listen()
    brief = posted(f"ask:{KEY}")
    form = await setup.server.people.click(brief, f"ask:{KEY}")
    setup.desk.is_free.clear()
    waiting = [
        await setup.server.people.submit(form, brief, "q", is_waiting=False),
        await setup.server.interaction("ask", {"question": "q"}, is_waiting=False),
    ]
    assert [seen.is_deferred for seen in waiting] == [True, True]
    assert [seen.shown for seen in waiting] == [[], []]
    setup.desk.is_free.set()
    await until(lambda: all(seen.is_answered for seen in waiting))


async def test_a_hundred_questions_at_once_are_acknowledged_while_none_is_answered(
    setup: Setup,
) -> None:
    await setup.listen()
    setup.desk.is_free.clear()
    asked = [
        setup.server.interaction("ask", {"question": f"q{n}"}, user_id=n, is_waiting=False)
        for n in range(1, 101)
    ]
    waiting = await asyncio.gather(*asked)
    assert all(seen.is_deferred and not seen.shown for seen in waiting)
    setup.desk.is_free.set()
    await until(lambda: all(seen.is_answered for seen in waiting))


async def test_an_unexpected_error_of_a_button_is_logged_without_what_was_typed(
    setup: Setup, caplog: pytest.LogCaptureFixture
) -> None:
    await setup.listen()
    brief = posted(f"ask:{KEY}")
    form = await setup.server.people.click(brief, f"ask:{KEY}")
    setup.desk.failure = ValueError("secret question")
    with caplog.at_level(logging.INFO):
        seen = await setup.server.people.submit(form, brief, "secret question")
        await until(lambda: seen.text == ENGLISH.say("replies.apology"))
    assert seen.is_private
    assert "command.failed command=ask error=ValueError" in caplog.text
    assert "secret question" not in caplog.text


async def test_a_form_that_is_not_ours_is_left_alone(setup: Setup) -> None:
    await setup.listen()
    brief = posted(f"ask:{KEY}")
    form = await setup.server.people.click(brief, f"ask:{KEY}")
    assert form.form is not None
    form.form["custom_id"] = "page:2"
    strange = asyncio.create_task(setup.server.people.submit(form, brief, "q"))
    await setup.server.interaction("ask", {"question": "last"})
    assert [call[2] for call in setup.desk.calls] == ["last"]
    strange.cancel()


# ---------------------------------------------------------------- in a simulated Discord


async def test_a_member_presses_what_stands_under_an_answer(guild: Guild) -> None:
    asked = await guild.member.slash(guild.channel, "ask", question="q")
    shown = await guild.member.click(asked.response, label="Sources")
    assert shown.ephemeral
    assert "A visit in February is planned." in text_of(shown)
    form = await guild.member.click(asked.response, label="Not helpful")
    assert form.modal is not None
    thanked = await guild.member.submit_modal(form, {"words": "Too old"})
    assert text_of(thanked) == "Thank you."
    assert guild.desk.calls[-1][3:] == (f"discord:{guild.member.id}", False, "Too old")


async def test_a_member_asks_about_a_brief_in_its_form(guild: Guild) -> None:
    brief = await guild.member.slash(guild.channel, "brief now")
    form = await guild.member.click(brief.response, label="Ask about this")
    asked = await guild.member.submit_modal(form, {"words": "And the price?"})
    assert not asked.ephemeral
    assert "It is confirmed" in text_of(asked)
    assert guild.desk.calls[-1][-1] == Origin(member=f"discord:{guild.member.id}", follows=KEY)


async def test_a_manager_reviews_what_people_think_and_a_member_may_not(guild: Guild) -> None:
    refused = await guild.member.slash(guild.channel, "answers review")
    assert text_of(refused) == "You need Manage Server for this."
    shown = await guild.manager.slash(guild.channel, "answers review")
    assert shown.ephemeral
    assert "Helpful: 1 · Not helpful: 1" in text_of(shown)
