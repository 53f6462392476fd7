"""Lists of feeds by command: OPML in and out, and the sets to begin with."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from commands_samples import HERE, THERE, by, open_desk, opml

from bot.commands import BotCommands
from bot.errors import InputError
from bot.feeds.opml import parse_opml


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[BotCommands]:
    async with open_desk(tmp_path) as desk:
        yield desk


ROWS = (
    ("Élysée <&>".replace("<&>", "&lt;&amp;&gt;"), "https://a.example/rss", "visits,cookery"),
    ("B", "https://b.example/rss", ""),
)


async def test_feeds_come_in_under_their_titles_and_topics(desk: BotCommands) -> None:
    seen: list[tuple[int, int]] = []
    author = by(desk)
    report = await desk.import_feeds(
        HERE, opml(*ROWS), by=author, progress=lambda done, total: seen.append((done, total))
    )
    assert (report.added, report.known, report.refused) == (("Élysée <&>", "B"), (), ())
    assert seen == [(0, 2), (1, 2), (2, 2)]
    b, a = await desk.list_feeds(HERE)
    assert (a.title, a.outlet, a.tier, a.tags) == ("Élysée <&>", "Élysée <&> Ltd", 2, ("visits",))
    assert (b.title, b.tags, b.state) == ("B", (), "new")
    again = await desk.import_feeds(HERE, opml(*ROWS), by=by(desk))
    assert (again.added, again.known) == ((), ("Élysée <&>", "B"))
    (change,) = await desk.list_history(HERE)
    assert (change.batch, len(change.edits)) == (author.batch, 2)
    await desk.undo(HERE, author.batch, by=by(desk))
    assert await desk.list_feeds(HERE) == ()


async def test_what_goes_out_comes_in_again_the_same(desk: BotCommands) -> None:
    await desk.import_feeds(HERE, opml(*ROWS), by=by(desk))
    document = await desk.export_feeds(HERE)
    await desk.import_feeds(THERE, document, by=by(desk))
    assert await desk.export_feeds(THERE) == document
    there = {(feed.url, feed.title, feed.tags) for feed in await desk.list_feeds(THERE)}
    assert there == {(feed.url, feed.title, feed.tags) for feed in await desk.list_feeds(HERE)}


async def test_a_list_holds_nothing_of_another_server_nor_what_was_read_by_hand(
    desk: BotCommands,
) -> None:
    # cross_guild-010
    await desk.import_feeds(HERE, opml(ROWS[0]), by=by(desk))
    await desk.import_feeds(THERE, opml(ROWS[1]), by=by(desk))
    await desk.tools.store.add_feed(
        HERE, f"read:{HERE}", title="By hand", outlet="", tier=2, now=by(desk).at, is_manual=True
    )
    (only,) = parse_opml(await desk.export_feeds(HERE))
    assert only.url == "https://a.example/rss"
    assert parse_opml(await desk.export_feeds("discord:3")) == ()


async def test_an_address_that_can_not_be_used_is_told_and_stops_no_other(
    desk: BotCommands,
) -> None:
    rows = (("Inside", "http://10.0.0.1/rss", ""), ("Odd", "javascript:alert(1)", ""), ROWS[1])
    report = await desk.import_feeds(HERE, opml(*rows), by=by(desk))
    assert report.added == ("B",)
    assert [title for title, _ in report.refused] == ["Inside", "Odd"]
    assert all(reason and "\n" not in reason for _, reason in report.refused)


BOMB = b'<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"\x00\xff\xfe",
        b"<html><body>Sign in</body></html>",
        b"<opml><body>",
        BOMB + opml(),
        opml(*((f"F{n}", f"https://a.example/{n}", "") for n in range(301))),
        # abuse-006: a hundred thousand entries
        opml(*((f"F{n}", f"https://a.example/{n}", "") for n in range(100_000))),
    ],
    ids=["empty", "junk", "html", "broken", "bomb", "301", "100000"],
)
async def test_a_hostile_file_is_refused_in_one_line_at_once_and_changes_nothing(
    desk: BotCommands, document: bytes
) -> None:
    began = time.process_time()
    with pytest.raises(InputError) as refusal:
        await desk.import_feeds(HERE, document, by=by(desk))
    assert time.process_time() - began < 1
    assert len(str(refusal.value).splitlines()) == 1
    assert await desk.list_feeds(HERE) == ()


async def test_the_sets_to_begin_with_are_told_with_their_sizes(desk: BotCommands) -> None:
    starters = {starter.name: starter.size for starter in await desk.list_starters()}
    assert list(starters) == [
        "Governments and organisations",
        "Wires and newspapers",
        "Trade press",
    ]
    assert sum(starters.values()) >= 30
