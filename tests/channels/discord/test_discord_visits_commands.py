"""/visits, /changes, /calendar and reminders as people in a simulated Discord use them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord
import pytest
import simcord
from discord_desk import CALENDAR, Desk
from discord_guild import Guild, text_of
from discord_samples import NOW, VISITS
from discord_words import WORDINGS

from bot.channels.discord.asked import Desk as Asked
from bot.channels.discord.commands import build_tree
from bot.errors import InputError, StoreError
from bot.model import ChannelRef, Picture, VisitQuery

UPCOMING = VisitQuery(when="upcoming")


def _here(guild: Guild) -> ChannelRef:
    return ChannelRef("discord", str(guild.channel.id))


def _forbid(guild: Guild, **rights: bool) -> None:
    """Take rights from everybody in the channel, the bot as well."""
    everybody = guild.sim.default_role
    guild.channel = guild.sim.create_text_channel(
        "strict", overwrites={everybody: discord.PermissionOverwrite(**rights)}
    )


# ---------------------------------------------------------------- /visits


async def test_who_asks_for_nothing_sees_what_is_coming(guild: Guild) -> None:
    result = await guild.member.slash(guild.channel, "visits")
    assert not result.ephemeral
    assert "Narendra Modi → United States (Washington)" in text_of(result)
    assert guild.desk.calls[0] == ("visits", guild.workspace, NOW, UPCOMING)


async def test_what_is_asked_is_looked_up(guild: Guild) -> None:
    await guild.member.slash(
        guild.channel, "visits", country="India", person="Modi", when="next week", status="planned"
    )
    query = VisitQuery("India", "Modi", "next week", "planned")
    assert guild.desk.calls[0] == ("visits", guild.workspace, NOW, query)


async def test_who_asks_for_a_status_is_shown_what_is_over_too(guild: Guild) -> None:
    await guild.member.slash(guild.channel, "visits", status="cancelled")
    assert guild.desk.calls[0][3] == VisitQuery(status="cancelled")


async def test_nothing_that_fits_is_told_apart_from_nothing_known(guild: Guild) -> None:
    guild.desk.visits = ()
    assert "No upcoming visit" in text_of(await guild.member.slash(guild.channel, "visits"))
    narrowed = await guild.member.slash(guild.channel, "visits", country="Peru")
    assert "fits that" in text_of(narrowed)


async def test_what_can_not_be_understood_is_told_in_one_line_to_who_asked(guild: Guild) -> None:
    guild.desk.failure = InputError("“someday” is no time that can be looked up.")
    result = await guild.member.slash(guild.channel, "visits", when="someday")
    assert text_of(result) == "“someday” is no time that can be looked up."
    assert [message.ephemeral for message in result.followups] == [True]


async def test_the_picture_comes_with_its_words_below_the_list(guild: Guild) -> None:
    guild.desk.picture = Picture(b"\x89PNG", "Timeline of two visits.")
    result = await guild.member.slash(guild.channel, "visits")
    (attached,) = result.response.attachments
    assert (attached.filename, attached.description) == ("timeline.png", "Timeline of two visits.")
    assert result.response.embeds[0].image.url.endswith("timeline.png")


async def test_without_the_right_to_attach_files_the_list_comes_alone(guild: Guild) -> None:
    guild.desk.picture = Picture(b"\x89PNG", "Timeline of two visits.")
    _forbid(guild, attach_files=False)
    result = await guild.member.slash(guild.channel, "visits")
    assert "Narendra Modi" in text_of(result)
    assert result.response.attachments == []
    assert not any(call[0] == "draw" for call in guild.desk.calls)


async def test_an_export_is_a_file_and_no_list(guild: Guild) -> None:
    result = await guild.member.slash(guild.channel, "visits", export=True)
    (attached,) = result.response.attachments
    assert attached.filename == "visits.ics"
    assert attached.size == len(CALENDAR)
    assert "1 visit" in text_of(result)
    assert guild.desk.calls == [("export", guild.workspace, NOW)]


async def test_an_export_where_files_are_forbidden_says_which_right_is_missing(
    guild: Guild,
) -> None:
    _forbid(guild, attach_files=False)
    result = await guild.member.slash(guild.channel, "visits", export=True)
    assert "give it Attach Files" in text_of(result)
    assert result.ephemeral
    assert guild.desk.calls == []


# ---------------------------------------------------------------- completion


async def _offered(guild: Guild, option: str, typed: str) -> list[str]:
    choices = await guild.member.autocomplete(guild.channel, "visits", option, typed)
    assert all(choice["name"] == choice["value"] for choice in choices)
    return [choice["name"] for choice in choices]


async def test_members_are_offered_the_names_of_the_ledger(guild: Guild) -> None:
    assert await _offered(guild, "country", "") == ["United States", "India", "Australia"]
    assert await _offered(guild, "country", "STATES") == ["United States"]
    assert await _offered(guild, "person", "modi") == ["Narendra Modi"]
    assert await _offered(guild, "person", "nobody") == []


async def test_the_ledger_is_not_read_again_at_every_key(guild: Guild) -> None:
    for typed in ("m", "ma", "mac"):
        await _offered(guild, "person", typed)
    await _offered(guild, "country", "i")
    assert len(guild.desk.calls) == 1


async def test_after_a_minute_new_names_are_offered(
    simcord_env: simcord.Env, simcord_bot: discord.Client
) -> None:
    desk, now = Desk(), [NOW]
    await build_tree(simcord_bot, Asked(desk, lambda: now[0], WORDINGS)).sync()
    guild = Guild(simcord_env, desk)
    assert await _offered(guild, "person", "berg") == []
    desk.visits = (replace(VISITS[0], visitor="Anna Berg"),)
    assert await _offered(guild, "person", "berg") == []
    now[0] += timedelta(minutes=1)
    assert await _offered(guild, "person", "berg") == ["Anna Berg"]


async def test_at_most_25_names_are_offered_each_once_and_none_that_discord_refuses(
    guild: Guild,
) -> None:
    names = ["x" * 101, "\u200b", "A\nB", "A  B", *(f"Name {n}" for n in range(60))]
    guild.desk.visits = tuple(replace(VISITS[0], visitor=name) for name in names)
    offered = await _offered(guild, "person", "")
    assert offered[:2] == ["A B", "Name 0"]
    assert len(offered) == len(set(offered)) == 25


async def test_while_the_store_is_down_nothing_is_offered(guild: Guild) -> None:
    guild.desk.failure = StoreError("The database is locked; try again.")
    assert await _offered(guild, "country", "") == []
    guild.desk.failure = None
    assert await _offered(guild, "country", "") != []


# ---------------------------------------------------------------- /changes


async def test_changes_go_back_as_far_as_is_asked(guild: Guild) -> None:
    result = await guild.member.slash(guild.channel, "changes", since="3 days")
    assert not result.ephemeral
    assert "What changed" in text_of(result)
    assert "Where sources disagree" in text_of(result)
    assert guild.desk.calls == [("changes", guild.workspace, "3 days", NOW)]


async def test_changes_go_back_to_the_last_brief_of_the_channel(guild: Guild) -> None:
    guild.desk.last_brief_at = datetime(2025, 1, 28, 6, tzinfo=UTC)
    await guild.member.slash(guild.channel, "changes")
    assert guild.desk.calls == [
        ("last brief", guild.workspace, _here(guild), NOW),
        ("changes", guild.workspace, "2025-01-28T06:00:00+00:00", NOW),
    ]


async def test_in_a_channel_without_a_brief_changes_go_back_a_week(guild: Guild) -> None:
    await guild.member.slash(guild.channel, "changes")
    assert guild.desk.calls[-1] == ("changes", guild.workspace, "7 days", NOW)


# ---------------------------------------------------------------- languages


@pytest.mark.parametrize(
    ("command", "words"), [("visits", "depuis le 28 janv. 2025"), ("changes", "Ce qui a changé")]
)
async def test_what_all_see_is_in_the_language_of_the_server(
    guild: Guild, command: str, words: str
) -> None:
    guild.desk.settings = replace(guild.desk.settings, language="fr")
    assert words in text_of(await guild.member.slash(guild.channel, command))


# ---------------------------------------------------------------- /calendar and reminders


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("calendar link", {}),
        ("calendar events", {"state": "on"}),
        ("schedule reminders", {"state": "on"}),
    ],
)
async def test_a_member_may_not_even_if_the_command_is_shown_to_everybody(
    guild: Guild, command: str, options: dict[str, str]
) -> None:
    shown = next(each for each in guild.synced if each.name == command.split()[0])
    guild.sim.set_command_permissions(shown, {guild.sim.default_role: True})
    result = await guild.member.slash(guild.channel, command, **options)
    assert text_of(result) == "You need Manage Server for this."
    assert guild.desk.calls == []


async def test_the_calendar_is_for_managers(guild: Guild) -> None:
    refused = await guild.member.slash(guild.channel, "calendar link")
    assert text_of(refused) == "You need Manage Server for this."
    assert guild.desk.calls == []


async def test_a_link_is_for_the_eyes_of_who_asked(guild: Guild) -> None:
    result = await guild.manager.slash(guild.channel, "calendar link")
    assert result.ephemeral
    assert "https://calendar.example.org/calendar/secret_-token.ics" in text_of(result)
    assert guild.desk.calls == [("link", guild.workspace, False)]


async def test_a_renewed_link_ends_the_old_one(guild: Guild) -> None:
    result = await guild.manager.slash(guild.channel, "calendar link", renew=True)
    assert "The old address opens nothing" in text_of(result)
    assert guild.desk.calls == [("link", guild.workspace, True)]


@pytest.mark.parametrize(("state", "words"), [("on", "On."), ("off", "Off.")])
async def test_events_are_switched(guild: Guild, state: str, words: str) -> None:
    result = await guild.manager.slash(guild.channel, "calendar events", state=state)
    assert result.ephemeral
    assert words in text_of(result)
    assert guild.desk.calls == [("events", guild.workspace, state == "on")]


async def test_events_that_the_bot_may_not_make_are_refused_with_the_right_to_give(
    guild: Guild,
) -> None:
    _forbid(guild, create_events=False)
    result = await guild.manager.slash(guild.channel, "calendar events", state="on")
    assert "give its role Create Events" in text_of(result)
    assert guild.desk.calls == []
    await guild.manager.slash(guild.channel, "calendar events", state="off")
    assert guild.desk.calls == [("events", guild.workspace, False)]


@pytest.mark.parametrize(("state", "words"), [("on", "one day before"), ("off", "Off.")])
async def test_reminders_are_switched_for_this_channel(
    guild: Guild, state: str, words: str
) -> None:
    result = await guild.manager.slash(guild.channel, "schedule reminders", state=state)
    assert result.ephemeral
    assert words in text_of(result)
    assert guild.desk.calls == [("reminders", guild.workspace, _here(guild), state == "on")]


async def test_every_description_is_within_discords_limits(simcord_bot: discord.Client) -> None:
    tree = build_tree(simcord_bot, Asked(Desk(), lambda: NOW, WORDINGS))
    nodes = [command.to_dict(tree) for command in tree.get_commands()]
    while nodes:
        node = nodes.pop()
        assert 1 <= len(node["description"]) <= 100, node["description"]
        nodes += node.get("options", [])
