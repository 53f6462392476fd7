"""/history and /undo: who changed what, in words, and the newest taken back by a button."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from discord_admin_samples import CHANGE
from discord_cards import check_cards
from discord_press import MANAGE, manage, press
from discord_samples import NOW
from discord_setup import Setup
from discord_words import ENGLISH, FRENCH, WORDINGS
from fakes.discord_world import CHANNEL_ID, GUILD_ID, until

from bot.channels.discord.history_commands import render_history
from bot.channels.discord.history_lines import HistoryLines
from bot.channels.discord.names import Names
from bot.errors import InputError
from bot.model import ConfigChange, ConfigEdit, ConfigKind
from bot.wording import Words

HERE = f"discord:{GUILD_ID}"
FEED = {"title": "Wire", "outlet": "Meridian", "tier": 2, "is_paused": False, "tags": []}
ORDER = {
    "platform": "discord",
    "channel_id": str(CHANNEL_ID),
    "timezone": "Europe/London",
    "times": ["06:00"],
    "weekdays": [1, 2, 3, 4, 5, 6, 7],
    "tags": [],
    "has_reminders": False,
    "look": {"form": "message", "length": "standard", "style": "cited", "forum_tags": []},
    "skips_quiet": False,
    "alerts_per_day": 0,
}


def change(
    kind: ConfigKind,
    name: str,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
) -> ConfigChange:
    edit = ConfigEdit(kind=kind, name=name, before=before, after=after)
    return ConfigChange(batch="b" * 12, member="discord:6001", at=NOW, edits=(edit,))


def tell(one: ConfigChange, words: Words = ENGLISH) -> str:
    return HistoryLines(words, WORDINGS, Names(None, words)).tell(one)


def choice(value: str) -> Mapping[str, object]:
    return {"value": value}


# ---------------------------------------------------------------- in words


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, FEED, "Feed “Wire” added"),
        (FEED, None, "Feed “Wire” removed"),
        (FEED, {**FEED, "is_paused": True}, "Feed “Wire” paused"),
        ({**FEED, "is_paused": True}, FEED, "Feed “Wire” resumed"),
        (FEED, {**FEED, "tags": ["trade"]}, "Feed “Wire” changed: topics: all → trade"),
        (
            FEED,
            {**FEED, "title": "New", "tier": 1},
            "Feed “Wire” changed: name: Wire → New; rank of the source: 2 → 1",
        ),
    ],
)
def test_a_feed_is_told_by_what_became_of_it(
    before: Mapping[str, object] | None, after: Mapping[str, object] | None, told: str
) -> None:
    assert tell(change(ConfigKind.FEED, "Wire", before, after)) == told


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"times": ["07:00", "18:30"]}, "times: 06:00 → 07:00 and 18:30"),
        ({"weekdays": [1, 5]}, "days: every day → Monday and Friday"),
        ({"weekdays": [1, 2, 3, 4, 5]}, "days: every day → Monday to Friday"),
        ({"timezone": "UTC"}, "time zone: Europe/London → UTC"),
        ({"skips_quiet": True}, "quiet when there is nothing: off → on"),
        ({"alerts_per_day": 3}, "alerts a day: 0 → 3"),
        ({"has_reminders": True}, "reminders of visits: off → on"),
        (
            {"look": {**ORDER["look"], "form": "forum", "style": "compact"}},  # type: ignore[dict-item]
            "form: message → forum post; style: with its sources → compact",
        ),
    ],
)
def test_an_order_is_told_old_and_new(changed: Mapping[str, object], told: str) -> None:
    one = change(ConfigKind.SCHEDULE, "3", ORDER, {**ORDER, **changed})
    assert tell(one) == f"Order 3 changed: {told}"


def test_a_new_order_is_summed_up() -> None:
    told = tell(change(ConfigKind.SCHEDULE, "3", None, ORDER))
    assert told == (
        f"Order 3 added: a channel that is gone ({CHANNEL_ID}), every day, 06:00, Europe/London"
    )
    assert tell(change(ConfigKind.SCHEDULE, "3", ORDER, None)) == "Order 3 removed"


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("language", None, choice("fr"), "Language: none → Français"),
        ("notices", None, choice("discord 77"), "Channel for notices: none → a channel that is"),
        ("role.manage", choice("1,2"), None, "Roles that may manage: a role that is gone (1) and"),
        ("role.view", None, choice("1"), "Roles that may look: none → a role"),
        ("mention.trade", None, choice("5"), "Role to mention for trade: none → a role"),
        ("muted", None, choice("2025-01-29T09:00:00+00:00"), "Muted until: none → 29 January"),
        ("events", choice("off"), choice("on"), "Visits among the server’s events: off → on"),
        ("timezone", None, choice("Asia/Tokyo"), "Time zone: none → Asia/Tokyo"),
        ("of another release", None, choice("x"), "of another release: none → x"),
    ],
)
def test_a_choice_is_told_by_its_name(
    name: str,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
    told: str,
) -> None:
    assert tell(change(ConfigKind.CHOICE, name, before, after)).startswith(told)


def test_a_change_of_many_things_counts_the_rest() -> None:
    one = change(ConfigKind.FEED, "Wire", None, FEED)
    told = tell(replace(one, edits=one.edits * 9))
    assert told.count("“Wire”") == 4
    assert told.endswith("; 5 more changes")


# ---------------------------------------------------------------- /history


@pytest.fixture
async def ready(setup: Setup) -> Setup:
    setup.desk.history = (
        change(ConfigKind.FEED, "@everyone", None, FEED),
        replace(CHANGE, batch="c" * 12, undone_by="console", undone_at=NOW),
        replace(CHANGE, batch="d" * 12, at=NOW - timedelta(hours=25), member="console"),
    )
    await setup.listen()
    await until(lambda: setup.gateway.is_ready)
    setup.desk.calls.clear()
    return setup


async def test_history_tells_who_and_when_and_mentions_nobody(ready: Setup) -> None:
    seen = await manage(ready, "history")
    assert seen.is_private
    assert "user6001" in seen.text
    assert "the command line" in seen.text
    assert "Taken back by the command line" in seen.text
    assert "@everyone" not in seen.text
    assert "<@" not in seen.text
    assert f"<t:{int(NOW.timestamp())}:f>" in seen.text


async def test_only_what_can_still_be_taken_back_has_a_button(ready: Setup) -> None:
    seen = await manage(ready, "history")
    assert list(seen.parts) == ["Undo 1"]
    await press(ready, seen, "Undo 1")
    assert ready.desk.calls[-1] == ("undo", HERE, "b" * 12)


async def test_a_member_who_may_only_look_sees_no_history(ready: Setup) -> None:
    seen = await ready.server.interaction("history", {})
    assert "Manage Server" in seen.text
    assert ready.desk.calls == []


async def test_an_empty_history_says_so(ready: Setup) -> None:
    ready.desk.history = ()
    assert "Nothing was changed yet" in (await manage(ready, "history")).text


# ---------------------------------------------------------------- /undo


async def test_undo_takes_the_last_change_back_and_says_which(ready: Setup) -> None:
    seen = await manage(ready, "undo")
    assert ready.desk.calls == [("undo", HERE, "")]
    assert "added" in seen.text


async def test_undo_completes_with_what_can_be_taken_back(ready: Setup) -> None:
    how = {"focused": "change", "permissions": MANAGE}
    seen = await ready.server.interaction("undo", {"change": ""}, **how)
    assert [each["value"] for each in seen.choices or ()] == ["b" * 12]
    seen = await ready.server.interaction("undo", {"change": "nothing like it"}, **how)
    assert seen.choices == []
    seen = await ready.server.interaction("undo", {"change": ""}, focused="change")
    assert seen.choices == []


async def test_what_can_not_be_taken_back_is_told(ready: Setup) -> None:
    ready.desk.failure = InputError("That change was undone already.")
    seen = await manage(ready, "undo", change="b" * 12)
    await until(lambda: "undone already" in seen.text)


# ---------------------------------------------------------------- how it looks


def test_the_cards_of_history_are_as_agreed(golden: Callable[[str, str], None]) -> None:
    cards = {"history_none": render_history((), (), ENGLISH)}
    for name, words in (("", ENGLISH), ("_french", FRENCH)):
        one = change(ConfigKind.SCHEDULE, "3", ORDER, {**ORDER, "times": ["07:00"]})
        block = words.say("history.head", n=1, who="Anna", when="<t:1:f>")
        button = {"label": words.say("history.undo", n=1), "id": "undo:abcdefABCDEF"}
        cards[f"history{name}"] = render_history(
            (f"{block}\n{tell(one, words)}",), (button,), words
        )
    check_cards(golden, cards)
