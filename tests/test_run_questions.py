"""Questions to the whole bot over Discord: asked, followed, cited, counted and voted on."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fakes.discord_world import BOT_ID, MANAGE_GUILD
from running_bot import Bot, open_bot

MORNING = datetime(2025, 3, 11, 6, 0, 15, tzinfo=UTC)
OTHER_GUILD = 7002


def list_ids(message: dict[str, Any]) -> dict[str, str]:
    """The buttons of a message, by their labels."""
    rows = message["components"]
    return {each["label"]: each["custom_id"] for row in rows for each in row["components"]}


def words_of(message: dict[str, Any]) -> str:
    embeds = "\n".join(f"{each['title']}\n{each['description']}" for each in message["embeds"])
    return f"{message['content']}\n{embeds}"


class Asking(Bot):
    """A running bot that has read its article."""

    async def set_up(self) -> None:
        await self.start()
        await self.follow_feed()
        await self.wait_until_analysed()

    async def say(self, words: str, **how: Any) -> dict[str, Any]:
        """Say something, and wait for what the bot replies."""
        talk = self.discord.talk
        said = await talk.say(words, **how)
        await self.wait(lambda: bool(talk.answers_to(said)))
        return talk.answers_to(said)[0]


@pytest.fixture
async def asking(tmp_path: Path) -> AsyncIterator[Asking]:
    async with open_bot(Asking, tmp_path) as asking:
        yield asking


async def test_a_conversation_goes_on_after_a_restart_and_shows_its_sources(
    asking: Asking,
) -> None:
    await asking.set_up()
    first = await asking.say(f"<@{BOT_ID}> when is Berg in Tokyo?")
    assert "14" in words_of(first)
    assert "April" in words_of(first)
    await asking.stop()
    await asking.start()
    second = await asking.say("And for what contract?", reply_to=first)
    assert "52 million" in words_of(second)
    ids = list_ids(first)
    seen = await asking.discord.people.click(first, ids["Sources"])
    assert seen.is_private
    assert "Prime Minister Anna Berg will visit Tokyo" in seen.text
    elsewhere = await asking.discord.people.click(first, ids["Sources"], guild_id=OTHER_GUILD)
    assert "No sources are kept" in elsewhere.text


async def test_a_brief_is_asked_about_in_its_form_and_its_sources_are_shown(
    asking: Asking,
) -> None:
    await asking.set_up()
    await asking.schedule()
    asking.clock.now = MORNING
    await asking.wait(lambda: bool(asking.discord.messages))
    (brief,) = asking.discord.messages
    people, ids = asking.discord.people, list_ids(brief)
    sources = await people.click(brief, ids["Sources"])
    assert "import tariff on bourbon to 100 per cent" in sources.text
    form = await people.click(brief, ids["Ask about this"])
    asked = await people.submit(form, brief, "What is the tariff on bourbon?")
    assert "100 per cent" in asked.text
    assert not asked.is_private


async def test_a_vote_comes_into_the_list_of_the_managers_and_of_no_other_server(
    asking: Asking,
) -> None:
    await asking.set_up()
    asked = await asking.discord.interaction("ask", {"question": "When is Berg in Tokyo?"})
    answer, people = asked.shown[0], asking.discord.people
    ids = list_ids(answer)
    form = await people.click(answer, ids["Not helpful"])
    assert (await people.submit(form, answer, "Which hotel?")).text == "Thank you."
    foreign = await people.click(answer, ids["Helpful"], guild_id=OTHER_GUILD, user_id=6002)
    assert "not kept" in foreign.text
    review = await asking.discord.interaction("answers review", {}, permissions=MANAGE_GUILD)
    assert "When is Berg in Tokyo?" in review.text
    assert "Helpful: 0 · Not helpful: 1" in review.text
    assert "Which hotel?" in review.text


async def test_the_fourth_question_in_a_minute_is_told_when_to_ask_again(asking: Asking) -> None:
    await asking.set_up()
    await asking.discord.interaction("ask", {"question": "When is Berg in Tokyo?"})
    await asking.say(f"<@{BOT_ID}> when is Berg in Tokyo?")
    await asking.say(f"<@{BOT_ID}> what is the tariff?")
    fourth = await asking.say(f"<@{BOT_ID}> and on bourbon?")
    assert "3 questions" in fourth["content"]
    refused = await asking.discord.interaction("ask", {"question": "And on bourbon?"})
    await asking.wait(lambda: refused.text.startswith("You have asked 3 questions"))
    assert refused.is_private


async def test_with_replies_off_mentions_are_not_even_sent(asking: Asking) -> None:
    asking.settings = asking.settings.model_copy(update={"discord_replies": False})
    await asking.set_up()
    said = await asking.discord.talk.say(f"<@{BOT_ID}> when is Berg in Tokyo?")
    seen = await asking.discord.interaction("ask", {"question": "When is Berg in Tokyo?"})
    assert "April" in seen.text
    assert asking.discord.talk.answers_to(said) == []
