"""Settings, history and leaving by command: chosen, told, taken back, each server its own."""

import math
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from commands_samples import DESK, HERE, NOW, OTHER, THERE, by, open_desk, opml, pass_time

from bot.commands import BotCommands
from bot.errors import InputError
from bot.model import ConfigKind, Rights


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[BotCommands]:
    async with open_desk(tmp_path) as desk:
        yield desk


# ---------------------------------------------------------------- chosen


async def test_nothing_is_chosen_to_begin_with(desk: BotCommands) -> None:
    found = await desk.get_settings(HERE)
    assert (found.timezone, found.language, found.notices) == ("UTC", "", None)
    assert (found.rights, found.mentions) == (Rights(), {})
    assert (found.has_events, found.muted_until) == (False, None)


async def test_what_is_chosen_is_told_here_and_nowhere_else(desk: BotCommands) -> None:
    rights = Rights(managers=frozenset({"7", "8"}), viewers=frozenset({"9"}))
    await desk.set_language(HERE, " FR ", by=by(desk))
    await desk.set_notices(HERE, OTHER, by=by(desk))
    await desk.set_rights(HERE, rights, by=by(desk))
    await desk.set_mention(HERE, "trade", "77", by=by(desk))
    await desk.set_mention(HERE, "visits", "78", by=by(desk))
    await desk.set_events(HERE, is_on=True, by=by(desk))
    until = await desk.mute(HERE, 1.5, by=by(desk))
    found = await desk.get_settings(HERE)
    assert (found.language, found.notices, found.rights) == ("fr", OTHER, rights)
    assert found.mentions == {"trade": "77", "visits": "78"}
    assert (found.has_events, found.muted_until) == (True, until)
    assert until == NOW + timedelta(minutes=90)
    assert await desk.get_rights(HERE) == rights
    empty = await desk.get_settings(THERE)
    assert (empty.language, empty.notices, empty.rights) == ("", None, Rights())


async def test_what_was_chosen_is_taken_back_by_choosing_nothing(desk: BotCommands) -> None:
    await desk.set_language(HERE, "fr", by=by(desk))
    await desk.set_notices(HERE, OTHER, by=by(desk))
    await desk.set_rights(HERE, Rights(managers=frozenset({"7"})), by=by(desk))
    await desk.set_mention(HERE, "trade", "77", by=by(desk))
    await desk.mute(HERE, 5, by=by(desk))
    await desk.set_language(HERE, "", by=by(desk))
    await desk.set_notices(HERE, None, by=by(desk))
    await desk.set_rights(HERE, Rights(), by=by(desk))
    await desk.set_mention(HERE, "trade", "", by=by(desk))
    assert await desk.mute(HERE, 0, by=by(desk)) == NOW
    assert await desk.tools.store.list_choices(HERE) == {"unmuted": NOW.isoformat()}


async def test_the_end_of_quiet_is_kept_only_if_somebody_ended_it(desk: BotCommands) -> None:
    await desk.mute(HERE, 0, by=by(desk))
    await desk.mute(HERE, 1, by=by(desk))
    pass_time(desk, hours=2)
    await desk.mute(HERE, 0, by=by(desk))
    assert await desk.tools.store.list_choices(HERE) == {}


async def test_the_platforms_own_language_is_kept_and_is_nobodys_choice(desk: BotCommands) -> None:
    await desk.keep_locale(HERE, "en")
    await desk.keep_locale(HERE, "fr")
    assert await desk.tools.store.list_choices(HERE) == {"locale": "fr"}
    assert (await desk.get_settings(HERE)).language == ""
    assert await desk.list_history(HERE) == ()
    assert await desk.list_workspaces() == (), "a server that has set nothing up is new still"
    with pytest.raises(InputError, match="no language"):
        await desk.keep_locale(HERE, "tlh")


async def test_quiet_ends_by_itself(desk: BotCommands) -> None:
    await desk.mute(HERE, 2, by=by(desk))
    pass_time(desk, hours=2)
    assert (await desk.get_settings(HERE)).muted_until is None


@pytest.mark.parametrize("hours", [-1, 720.5, 1e300, math.inf, math.nan])
async def test_quiet_without_end_is_refused(desk: BotCommands, hours: float) -> None:
    with pytest.raises(InputError, match="between 0 and 720"):
        await desk.mute(HERE, hours, by=by(desk))
    assert (await desk.get_settings(HERE)).muted_until is None


async def test_what_does_not_exist_can_not_be_chosen(desk: BotCommands) -> None:
    with pytest.raises(InputError, match="no language “tlh”; there are en, fr"):
        await desk.set_language(HERE, "tlh", by=by(desk))
    with pytest.raises(InputError, match="no topic “sport”"):
        await desk.set_mention(HERE, "sport", "77", by=by(desk))
    many = frozenset(map(str, range(26)))
    for roles in (many, frozenset({"7,8"})):
        with pytest.raises(InputError, match="up to 25 roles"):
            await desk.set_rights(HERE, Rights(managers=roles), by=by(desk))
        with pytest.raises(InputError, match="up to 25 roles"):
            await desk.set_rights(HERE, Rights(managers=frozenset("7"), viewers=roles), by=by(desk))
    assert await desk.list_history(HERE) == ()


async def test_the_topics_are_those_of_the_prompts(desk: BotCommands) -> None:
    topics = await desk.list_topics(HERE)
    assert [topic.tag for topic in topics] == ["defence", "trade", "visits"]


# ---------------------------------------------------------------- history


async def test_the_history_tells_who_changed_what_newest_first(desk: BotCommands) -> None:
    await desk.set_language(HERE, "fr", by=by(desk, "discord:5"))
    pass_time(desk, minutes=1)
    await desk.set_language(HERE, "en", by=by(desk, "discord:6"))
    newest, oldest = await desk.list_history(HERE)
    assert [change.member for change in (newest, oldest)] == ["discord:6", "discord:5"]
    (edit,) = newest.edits
    assert (edit.kind, edit.name) == (ConfigKind.CHOICE, "language")
    assert (edit.before, edit.after) == ({"value": "fr"}, {"value": "en"})
    assert await desk.list_history(THERE) == ()


async def test_undoing_without_a_name_goes_back_step_by_step(desk: BotCommands) -> None:
    for language in ("fr", "en", ""):
        await desk.set_language(HERE, language, by=by(desk))
        pass_time(desk, minutes=1)
    for left in ("en", "fr", ""):
        await desk.undo(HERE, by=by(desk))
        pass_time(desk, minutes=1)
        assert (await desk.get_settings(HERE)).language == left
    with pytest.raises(InputError, match="Nothing was changed"):
        await desk.undo(HERE, by=by(desk))


async def test_an_undoing_is_undone_by_its_name(desk: BotCommands) -> None:
    await desk.set_language(HERE, "fr", by=by(desk))
    pass_time(desk, minutes=1)
    undoing = by(desk, "discord:6")
    done = await desk.undo(HERE, by=undoing)
    assert (done.undone_by, done.undone_at) == ("discord:6", undoing.at)
    pass_time(desk, minutes=1)
    await desk.undo(HERE, undoing.batch, by=by(desk))
    assert (await desk.get_settings(HERE)).language == "fr"
    with pytest.raises(InputError, match="undone already"):
        await desk.undo(HERE, undoing.batch, by=by(desk))


async def test_a_change_can_be_undone_for_a_day(desk: BotCommands) -> None:
    author = by(desk)
    await desk.set_language(HERE, "fr", by=author)
    pass_time(desk, hours=24)
    for batch in ("", author.batch):
        with pytest.raises(InputError, match="older than 24 hours"):
            await desk.undo(HERE, batch, by=by(desk))
    assert (await desk.get_settings(HERE)).language == "fr"


async def test_who_has_but_a_role_does_not_undo_what_chose_roles(desk: BotCommands) -> None:
    for choose in (
        desk.set_rights(HERE, Rights(managers=frozenset({"7"})), by=by(desk)),
        desk.set_rights(HERE, Rights(managers=frozenset({"7"}), viewers=frozenset()), by=by(desk)),
        desk.set_mention(HERE, "trade", "77", by=by(desk)),
    ):
        await choose
    standing = await desk.get_settings(HERE)
    for change in await desk.list_history(HERE):
        with pytest.raises(InputError, match="Manage Server"):
            await desk.undo(HERE, change.batch, may_rule=False, by=by(desk))
    assert await desk.get_settings(HERE) == standing
    pass_time(desk, minutes=1)
    await desk.undo(HERE, by=by(desk))
    assert (await desk.get_settings(HERE)).mentions == {}
    pass_time(desk, minutes=1)
    await desk.set_language(HERE, "fr", by=by(desk))
    await desk.undo(HERE, may_rule=False, by=by(desk))
    assert (await desk.get_settings(HERE)).language == ""


async def test_a_zone_is_mended_by_itself_and_orders_keep_theirs(desk: BotCommands) -> None:
    order = await desk.set_schedule(HERE, DESK, times="06:00", timezone="UTC", by=by(desk))
    assert await desk.set_timezone(HERE, "london", by=by(desk)) == "Europe/London"
    assert (await desk.get_settings(HERE)).timezone == "Europe/London"
    assert await desk.list_schedules(HERE) == (order,)
    for wrong in ("Mars", " "):
        with pytest.raises(InputError, match="not a time zone"):
            await desk.set_timezone(HERE, wrong, by=by(desk))
    made = await desk.set_schedule(HERE, OTHER, times="06:00", timezone="", by=by(desk))
    assert made.timezone == "Europe/London"


async def test_a_change_of_another_server_can_not_be_undone(desk: BotCommands) -> None:
    author = by(desk)
    await desk.set_language(HERE, "fr", by=author)
    for batch in (author.batch, "nonsense"):
        with pytest.raises(InputError, match="no such change here"):
            await desk.undo(THERE, batch, by=by(desk))
    with pytest.raises(InputError, match="Nothing was changed"):
        await desk.undo(THERE, by=by(desk))


async def test_what_was_changed_again_since_is_not_undone(desk: BotCommands) -> None:
    first = by(desk)
    await desk.set_language(HERE, "fr", by=first)
    pass_time(desk, minutes=1)
    await desk.set_language(HERE, "en", by=by(desk))
    with pytest.raises(InputError, match="changed again since"):
        await desk.undo(HERE, first.batch, by=by(desk))


async def test_undoing_the_first_events_switches_them_off(desk: BotCommands) -> None:
    await desk.set_events(HERE, is_on=True, by=by(desk))
    await desk.undo(HERE, by=by(desk))
    assert not (await desk.get_settings(HERE)).has_events
    assert await desk.tools.store.list_choosers("events", "off") == (HERE,)


async def test_roles_that_are_set_together_are_undone_together(desk: BotCommands) -> None:
    await desk.set_rights(HERE, Rights(frozenset("1"), frozenset("2")), by=by(desk))
    await desk.undo(HERE, by=by(desk))
    assert await desk.get_rights(HERE) == Rights()


# ---------------------------------------------------------------- whole servers


async def fill(desk: BotCommands, workspace: str) -> None:
    await desk.import_feeds(workspace, opml(("A", "https://a.example/rss", "")), by=by(desk))
    await desk.set_schedule(workspace, DESK, times="06:00", timezone="UTC", by=by(desk))
    await desk.set_language(workspace, "fr", by=by(desk))


async def test_a_server_that_is_left_rests_and_comes_back_whole(desk: BotCommands) -> None:
    for workspace in (HERE, THERE):
        await fill(desk, workspace)
    before = await desk.list_feeds(HERE), await desk.list_schedules(HERE)
    await desk.leave(HERE, now=NOW)
    await desk.leave(HERE, now=NOW)
    assert await desk.list_workspaces() == (THERE,)
    assert await desk.come_back(HERE, now=NOW)
    assert not await desk.come_back(HERE, now=NOW)
    assert not await desk.come_back("discord:9", now=NOW)
    assert await desk.list_workspaces() == (HERE, THERE)
    assert (await desk.list_feeds(HERE), await desk.list_schedules(HERE)) == before


async def test_a_server_is_forgotten_on_request_and_no_other(desk: BotCommands) -> None:
    for workspace in (HERE, THERE):
        await fill(desk, workspace)
    assert await desk.forget(HERE) > 0
    assert await desk.forget(HERE) == 0
    assert await desk.list_feeds(HERE) == ()
    assert await desk.list_history(HERE) == ()
    assert await desk.list_workspaces() == (THERE,)
    assert len(await desk.list_feeds(THERE)) == 1
    assert (await desk.get_settings(THERE)).language == "fr"


async def test_a_member_is_forgotten_without_the_servers_settings(desk: BotCommands) -> None:
    await fill(desk, HERE)
    assert await desk.forget(HERE, member="discord:5") == 0
    assert len(await desk.list_feeds(HERE)) == 1
