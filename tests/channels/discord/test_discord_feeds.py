"""/feeds: looked at before it is followed, listed, rested, left, carried in and out."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from discord_cards import check_cards
from discord_press import MANAGE, manage, press
from discord_samples import FEEDS, NOW, PREVIEW
from discord_setup import Setup
from discord_words import ENGLISH, FRENCH
from fakes import discord_world as world
from fakes.discord_exchange import Upload
from fakes.discord_world import GUILD_ID, until

from bot.channels.discord import importing
from bot.channels.discord.feed_cards import (
    render_feed,
    render_feeds,
    render_import,
    render_preview,
    render_proposal,
)
from bot.channels.discord.limits import check_payload
from bot.errors import InputError, StoreError
from bot.model import FeedState, ImportReport, Proposal

HERE = f"discord:{GUILD_ID}"
POLLED = replace(
    FEEDS[0],
    succeeded_at=NOW - timedelta(minutes=20),
    next_poll_at=NOW + timedelta(minutes=40),
    tags=("defence", "trade"),
)


# ---------------------------------------------------------------- adding


async def test_a_feed_is_shown_before_it_is_followed(setup: Setup) -> None:
    await setup.listen()
    seen = await manage(setup, "feeds add", url="https://e.test", title="Mine", topics="trade")
    assert seen.is_private
    assert "Follow this feed?" in seen.text
    assert "**Mine** · Meridian Wire" in seen.text
    assert "about one entry every 3 hours · full text · en · topics: trade" in seen.text
    assert "Frigates \\*ordered\\*" in seen.text
    assert setup.desk.calls == [("propose", HERE, "https://e.test", "Mine", ("trade",))]


async def test_confirm_follows_it_on_the_same_card_and_undo_takes_it_back(setup: Setup) -> None:
    await setup.listen()
    card = await manage(setup, "feeds add", url="https://e.test")
    followed = await press(setup, card, "Confirm")
    assert followed.shown == card.shown
    assert "Now following" in followed.text
    assert "Follow this feed?" not in followed.text
    assert setup.desk.calls[-1] == ("accept", HERE, "p1")
    batch = setup.desk.authors[-1].batch
    assert followed.parts["Undo"]["custom_id"] == f"undo:{batch}"
    undone = await press(setup, followed, "Undo")
    assert undone.text.startswith("Taken back: Feed “Meridian defence” added")
    assert not undone.parts
    assert setup.desk.calls[-1] == ("undo", HERE, batch)
    assert setup.desk.authors[-1].batch != batch


async def test_cancel_follows_nothing(setup: Setup) -> None:
    await setup.listen()
    card = await manage(setup, "feeds add", url="https://e.test")
    left = await press(setup, card, "Cancel")
    assert left.text == "Not followed."
    assert not left.parts
    assert setup.desk.calls[-1] == ("drop", HERE, "p1")


async def test_a_card_from_before_a_restart_still_works(setup: Setup) -> None:
    await setup.listen()
    card = await manage(setup, "feeds add", url="https://e.test")
    await setup.restart()
    assert "Now following" in (await press(setup, card, "Confirm")).text


async def test_what_no_longer_waits_is_told_and_the_card_stays(setup: Setup) -> None:
    await setup.listen()
    card = await manage(setup, "feeds add", url="https://e.test")
    setup.desk.proposals.clear()
    seen = await press(setup, card, "Confirm")
    await until(lambda: "no longer waiting" in seen.text)
    assert "Follow this feed?" in card.text
    assert seen.followups[0]["flags"] == 64


async def test_the_card_of_another_server_follows_nothing(setup: Setup) -> None:
    await setup.server.guilds.join(7002)
    await setup.listen()
    card = await manage(setup, "feeds add", url="https://e.test")
    seen = await press(setup, card, "Confirm", guild_id=7002)
    await until(lambda: "no longer waiting" in seen.text)
    assert setup.desk.calls[-1] == ("accept", "discord:7002", "p1")


async def test_after_the_bot_left_a_card_follows_nothing(setup: Setup) -> None:
    await setup.listen()
    card = await manage(setup, "feeds add", url="https://e.test")
    await setup.server.guilds.remove(GUILD_ID)
    await until(lambda: ("leave", HERE) in setup.desk.calls)
    calls = list(setup.desk.calls)
    seen = await press(setup, card, "Confirm")
    assert seen.followups == []
    assert "no longer on this server" in seen.text
    assert setup.desk.calls == calls


async def test_a_member_can_not_confirm_what_a_manager_proposed(setup: Setup) -> None:
    await setup.listen()
    card = await manage(setup, "feeds add", url="https://e.test")
    for label in ("Confirm", "Cancel"):
        seen = await press(setup, card, label, permissions=0)
        assert seen.text == "You need Manage Server for this."
        assert seen.is_private
    assert len(setup.desk.calls) == 1


async def test_a_feed_that_nobody_can_read_is_told_in_one_line(setup: Setup) -> None:
    await setup.listen()
    setup.desk.failure = InputError("You follow this feed already.")
    seen = await manage(setup, "feeds add", url="https://e.test")
    assert seen.text == "You follow this feed already."
    assert seen.is_private


# ---------------------------------------------------------------- listing


async def test_members_list_the_feeds_with_their_state_and_no_address(setup: Setup) -> None:
    await setup.listen()
    setup.desk.feeds = (POLLED, *FEEDS[1:])
    seen = await setup.server.interaction("feeds list")
    assert seen.is_private
    assert "Feeds · 3 feeds" in seen.text
    assert "**Meridian defence** · Meridian Wire · works" in seen.text
    read, following = int(NOW.timestamp()) - 1200, int(NOW.timestamp()) + 2400
    assert f"read <t:{read}:R> · next look <t:{following}:R> · topics: defence, trade" in seen.text
    assert "blocks us (status 403)" in seen.text
    assert "**Ministry of Trade** · paused" in seen.text
    assert "SECRET" not in seen.text


@pytest.mark.parametrize(
    ("status", "shown"),
    [("failing", ["Halden Post"]), ("paused", ["Ministry of Trade"])],
)
async def test_a_list_may_be_narrowed(setup: Setup, status: str, shown: list[str]) -> None:
    await setup.listen()
    seen = await setup.server.interaction("feeds list", {"status": status})
    names = ("Meridian defence", "Halden Post", "Ministry of Trade")
    assert [name for name in names if f"**{name}**" in seen.text] == shown


async def test_a_narrowed_list_without_feeds_says_so(setup: Setup) -> None:
    await setup.listen()
    setup.desk.feeds = (POLLED,)
    assert (
        "No feed is like that now."
        in (await setup.server.interaction("feeds list", {"status": "paused"})).text
    )


async def test_a_list_is_in_the_language_of_the_one_who_reads(setup: Setup) -> None:
    await setup.listen()
    seen = await setup.server.interaction("feeds list", locale="fr")
    assert "Flux · 3 flux" in seen.text
    assert "nous bloque (status 403)" in seen.text


async def test_three_hundred_feeds_are_parted_between_feeds(setup: Setup) -> None:
    feeds = [replace(POLLED, id=n, title=f"Feed {n} {'x' * 90}") for n in range(300)]
    messages = render_feeds(feeds, ENGLISH)
    assert [problem for each in messages for problem in check_payload(each)] == []
    text = json.dumps(messages)
    assert all(f"**Feed {n} x" in text for n in range(300))
    await setup.listen()
    setup.desk.feeds = tuple(feeds)
    seen = await setup.server.interaction("feeds list")
    await until(lambda: len(seen.shown) == len(messages))
    assert seen.is_private


# ---------------------------------------------------------------- resting and leaving


@pytest.mark.parametrize(
    ("command", "title", "call"),
    [
        ("feeds remove", "No longer following", ("remove", HERE, "1")),
        ("feeds pause", "Paused", ("pause", HERE, "1", True)),
        ("feeds resume", "Read again", ("pause", HERE, "1", False)),
    ],
)
async def test_what_was_done_to_a_feed_is_shown_with_an_undo_button(
    setup: Setup, command: str, title: str, call: tuple[object, ...]
) -> None:
    await setup.listen()
    seen = await manage(setup, command, feed="1")
    assert seen.is_private
    assert title in seen.text
    assert "Meridian defence" in seen.text
    assert setup.desk.calls == [call]
    await press(setup, seen, "Undo")
    assert setup.desk.calls[-1] == ("undo", HERE, setup.desk.authors[0].batch)
    assert setup.desk.authors[0].member == "discord:6001"


async def test_an_undo_that_is_too_late_is_told_and_the_button_stays(setup: Setup) -> None:
    await setup.listen()
    card = await manage(setup, "feeds remove", feed="1")
    setup.desk.failure = InputError("This was changed again since; change it back by hand.")
    seen = await press(setup, card, "Undo")
    await until(lambda: "changed again since" in seen.text)
    assert "Undo" in card.parts


async def test_any_address_may_be_tested_and_nothing_is_kept(setup: Setup) -> None:
    await setup.listen()
    seen = await manage(setup, "feeds test", feed="https://other.test/rss")
    assert "What this feed brings now" in seen.text
    assert not seen.parts
    assert setup.desk.calls == [("test", HERE, "https://other.test/rss")]


# ---------------------------------------------------------------- completion


@pytest.mark.parametrize("command", ["feeds remove", "feeds pause", "feeds resume", "feeds test"])
async def test_every_feed_is_completed_by_name(setup: Setup, command: str) -> None:
    await setup.listen()
    seen = await setup.server.interaction(
        command, {"feed": "meri"}, focused="feed", permissions=MANAGE
    )
    assert seen.choices == [{"name": "Meridian defence", "value": "1"}]
    assert setup.desk.calls == [("feeds", HERE)]


async def test_completion_offers_at_most_25_feeds_of_at_most_100_characters(setup: Setup) -> None:
    await setup.listen()
    setup.desk.feeds = tuple(replace(FEEDS[0], id=n, title="x" * 300) for n in range(60))
    seen = await setup.server.interaction(
        "feeds remove", {"feed": "x"}, focused="feed", permissions=MANAGE
    )
    assert seen.choices is not None
    assert len(seen.choices) == 25
    assert all(1 <= len(choice["name"]) <= 100 for choice in seen.choices)


async def test_completion_of_a_nameless_feed_still_offers_it(setup: Setup) -> None:
    await setup.listen()
    setup.desk.feeds = (replace(FEEDS[0], id=7, title="\u200b", outlet=""),)
    seen = await setup.server.interaction(
        "feeds remove", {"feed": ""}, focused="feed", permissions=MANAGE
    )
    assert seen.choices == [{"name": "feed 7", "value": "7"}]


async def test_completion_while_the_store_is_down_offers_nothing(setup: Setup) -> None:
    await setup.listen()
    setup.desk.failure = StoreError("The database is locked; try again.")
    seen = await setup.server.interaction(
        "feeds remove", {"feed": ""}, focused="feed", permissions=MANAGE
    )
    assert seen.choices == []


async def test_a_list_of_topics_is_completed_word_by_word(setup: Setup) -> None:
    await setup.listen()
    seen = await setup.server.interaction(
        "feeds add", {"url": "u", "topics": "defence, tr"}, focused="topics", permissions=MANAGE
    )
    assert seen.choices == [{"name": "defence, trade", "value": "defence, trade"}]


# ---------------------------------------------------------------- in and out


async def test_a_file_of_feeds_is_imported_and_its_outcome_told(setup: Setup) -> None:
    await setup.listen()
    setup.desk.report = ImportReport(
        added=("Wire", "Post"), known=("Old",), refused=(("<@1>", "not an address"),)
    )
    file = Upload("feeds.opml", b"<opml/>")
    seen = await manage(setup, "feeds import", file=file)
    assert seen.is_private
    assert "Added: 2 · followed before: 1 · refused: 1" in seen.text
    assert "\\<@" in seen.text
    assert "not an address" in seen.text
    assert setup.desk.calls == [("import", HERE, b"<opml/>")]
    assert seen.parts["Undo"]["custom_id"] == f"undo:{setup.desk.authors[0].batch}"


async def test_the_progress_of_a_long_import_is_shown(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_PAUSE", 0.02)
    await setup.listen()
    setup.desk.is_free.clear()
    seen = await manage(setup, "feeds import", file=Upload("feeds.xml", b"<opml/>"))
    assert seen.text == "Importing: 1 of 2 …"
    setup.desk.is_free.set()
    await until(lambda: "Feeds imported" in seen.text)
    assert "Importing" not in seen.text


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (Upload("feeds.pdf", b"%PDF"), "ends in .opml or .xml"),
        (Upload("feeds.opml", b"x" * 1_000_001), "it may have 1 MB"),
    ],
)
async def test_a_file_that_is_none_or_too_large_is_not_even_loaded(
    setup: Setup, file: Upload, line: str
) -> None:
    await setup.listen()
    seen = await manage(setup, "feeds import", file=file)
    assert line in seen.text
    assert setup.desk.calls == []


async def test_an_import_that_fails_is_told(setup: Setup) -> None:
    await setup.listen()
    setup.desk.failure = InputError("This is no OPML file.")
    seen = await manage(setup, "feeds import", file=Upload("feeds.opml", b"x"))
    assert seen.text == "This is no OPML file."


async def test_the_feeds_are_exported_as_a_file_to_the_one_who_asks(setup: Setup) -> None:
    setup.server.guilds.home.permissions |= world.ATTACH_FILES
    await setup.listen()
    seen = await manage(setup, "feeds export")
    assert seen.is_private
    assert "3 feeds, in a file" in seen.text
    (body,) = seen.bodies
    assert [file["filename"] for file in body["attachments"]] == ["feeds.opml"]


async def test_nothing_is_exported_where_files_can_not_be_attached(setup: Setup) -> None:
    assert not setup.server.guilds.home.permissions & world.ATTACH_FILES
    await setup.listen()
    seen = await manage(setup, "feeds export")
    assert "give it Attach Files" in seen.text
    assert setup.desk.calls == []


# ---------------------------------------------------------------- cards


def test_the_cards_of_feeds_are_as_agreed(golden: Callable[[str, str], None]) -> None:
    proposal = Proposal(key="p1", preview=PREVIEW, tags=("trade",))
    report = ImportReport(
        added=("Wire",), known=("Old",), refused=(("ftp://e.test", "not a web address"),)
    )
    failing = replace(
        FEEDS[1], state=FeedState.TIMEOUT, reason="", failing_since=NOW - timedelta(days=2)
    )
    cards = {
        "feed_proposal": render_proposal(proposal, ENGLISH),
        "feed_preview": render_preview(PREVIEW, ENGLISH),
        "feed_following": render_feed(POLLED, "Now following", "abcdefABCDEF", ENGLISH),
        "feeds_list": render_feeds((POLLED, failing, FEEDS[2]), ENGLISH),
        "feeds_none": render_feeds((), ENGLISH),
        "feeds_import": render_import(report, "abcdefABCDEF", ENGLISH),
        "feeds_list_french": render_feeds((POLLED, failing, FEEDS[2]), FRENCH),
        "feed_proposal_french": render_proposal(proposal, FRENCH),
    }
    check_cards(golden, cards)


async def test_the_report_of_a_long_import_breaks_no_limit() -> None:
    names = tuple(f"feed {n} **x** @everyone" for n in range(300))
    report = ImportReport(added=names, known=(), refused=tuple((name, "bad") for name in names))
    messages = await asyncio.to_thread(render_import, report, "b" * 12, ENGLISH)
    assert [line for each in messages for line in check_payload(each)] == []
