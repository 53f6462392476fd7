"""Slash commands as people in a simulated Discord use them, permissions checked by it."""

import logging

import pytest
from discord_guild import Guild, text_of
from discord_samples import NOW

from bot.errors import InputError, StoreError
from bot.model import Origin

# ---------------------------------------------------------------- for everybody


async def test_a_member_asks_and_everybody_sees_the_answer(guild: Guild) -> None:
    result = await guild.member.slash(guild.channel, "ask", question="Is it on?")
    assert not result.ephemeral
    assert "It is confirmed for 12–13 February 2025" in text_of(result)
    origin = Origin(member=f"discord:{guild.member.id}")
    assert guild.desk.calls == [("ask", guild.workspace, "Is it on?", NOW, origin)]


async def test_a_member_asks_in_private(guild: Guild) -> None:
    result = await guild.member.slash(guild.channel, "ask", question="q", private=True)
    assert result.ephemeral


@pytest.mark.parametrize(("options", "hours"), [({"hours": 6.5}, 6.5), ({}, 24.0)])
async def test_a_brief_covers_the_hours_asked_for_or_a_day(
    guild: Guild, options: dict[str, float], hours: float
) -> None:
    result = await guild.member.slash(guild.channel, "brief now", **options)
    assert "Brief · 29 January 2025" in text_of(result)
    assert guild.desk.calls == [("brief", guild.workspace, hours, NOW)]


async def test_the_visits_are_for_everybody(guild: Guild) -> None:
    result = await guild.member.slash(guild.channel, "visits")
    assert "Narendra Modi → United States (Washington)" in text_of(result)


async def test_a_member_may_list_the_feeds_and_sees_no_address(guild: Guild) -> None:
    result = await guild.member.slash(guild.channel, "feeds list")
    assert result.ephemeral
    assert "Meridian defence" in text_of(result)
    assert "SECRET" not in text_of(result)


async def test_limits_are_told_in_private_and_counted_by_the_product_alone(guild: Guild) -> None:
    for _ in range(6):
        await guild.member.slash(guild.channel, "ask", question="q")
    assert len(guild.desk.calls) == 6
    guild.desk.failure = InputError("You have asked 3 questions in this minute: ask again soon.")
    result = await guild.member.slash(guild.channel, "ask", question="q")
    assert text_of(result) == "You have asked 3 questions in this minute: ask again soon."
    assert result.response is None
    assert [each.ephemeral for each in result.followups] == [True]


# ---------------------------------------------------------------- when it goes wrong


async def test_an_error_of_ours_is_told_in_its_one_line(guild: Guild) -> None:
    result = await guild.manager.slash(guild.channel, "feeds remove", feed="nothing")
    assert text_of(result) == "No feed has that name; /feeds list shows them."
    assert result.ephemeral


async def test_an_unexpected_error_is_logged_without_what_people_typed(
    guild: Guild, caplog: pytest.LogCaptureFixture
) -> None:
    guild.desk.failure = ValueError("secret question")
    with caplog.at_level(logging.INFO):
        result = await guild.member.slash(guild.channel, "ask", question="secret question")
    assert "did not work on our side" in text_of(result)
    assert "secret question" not in caplog.text
    assert "command.failed command=ask error=ValueError" in caplog.text
    assert "discord_desk.py" in caplog.text


async def test_an_error_line_with_markup_in_it_is_only_text(guild: Guild) -> None:
    guild.desk.failure = StoreError("No feed at https://evil.test/ @everyone **now**")
    result = await guild.member.slash(guild.channel, "feeds list")
    assert "://" not in text_of(result)
    assert "@everyone" not in text_of(result)
    assert "\\*\\*now" in text_of(result)


async def test_a_discord_that_fails_while_we_answer_is_survived(
    guild: Guild, caplog: pytest.LogCaptureFixture
) -> None:
    guild.env.inject_error("PATCH", "/webhooks/*/*/messages/*", status=404, times=None)
    guild.env.inject_error("POST", "/webhooks/*/*", status=404, times=None)
    await guild.member.slash(guild.channel, "visits")
    assert "command.unanswered command=visits" in caplog.text
    guild.env.backend.faults.clear()
    assert "Meridian" in text_of(await guild.member.slash(guild.channel, "feeds list"))


# ---------------------------------------------------------------- what costs much


@pytest.mark.parametrize(
    ("command", "options"),
    [("brief now", {}), ("brief preview", {}), ("why", {"url": "https://e.test/a"})],
)
async def test_a_server_of_many_members_can_not_ask_for_all_at_once_what_costs_much(
    guild: Guild, monkeypatch: pytest.MonkeyPatch, command: str, options: dict[str, str]
) -> None:
    monkeypatch.setattr("bot.channels.discord.cooldowns.OF_SERVER", 5)
    # Of the first server what was asked in other tests of this minute counts.
    guild = Guild(guild.env, guild.desk)
    people = [guild.sim.add_member(guild.env.create_user(f"m{n}")) for n in range(6)]
    for member in people[:5]:
        assert "That was quick" not in text_of(
            await member.slash(guild.channel, command, **options)
        )
    asked = len(guild.desk.calls)
    assert "That was quick" in text_of(await people[5].slash(guild.channel, command, **options))
    assert len(guild.desk.calls) == asked


async def test_a_member_who_is_too_quick_takes_nothing_from_the_others(
    guild: Guild, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.discord.cooldowns.OF_SERVER", 6)
    url = "https://e.test/a"
    told = [text_of(await guild.member.slash(guild.channel, "why", url=url)) for _ in range(12)]
    assert ["That was quick" in each for each in told] == [False] * 5 + [True] * 7
    assert "That was quick" not in text_of(await guild.manager.slash(guild.channel, "why", url=url))
