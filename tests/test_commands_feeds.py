"""Feeds by command: looked at, confirmed, dropped, paused, left; each server its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from commands_samples import HERE, NOW, THERE, by, open_desk, opml, pass_time, serve_feed
from fakes.web import FakeWeb

from bot.commands import BotCommands
from bot.commands.proposing import MAX_WAITING
from bot.errors import BotError, InputError
from bot.jobs.choices import PENDING
from bot.model import FeedState
from bot.ports.admin_commands import MAX_FEEDS


@pytest.fixture
async def web() -> AsyncIterator[FakeWeb]:
    async with FakeWeb() as server:
        yield server


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[BotCommands]:
    async with open_desk(tmp_path) as desk:
        yield desk


async def titles(desk: BotCommands, workspace: str = HERE) -> list[str]:
    return [feed.title for feed in await desk.list_feeds(workspace)]


async def list_waiting(desk: BotCommands, workspace: str = HERE) -> list[str]:
    chosen = await desk.tools.store.list_choices(workspace)
    return [name.removeprefix(PENDING) for name in chosen if name.startswith(PENDING)]


# ---------------------------------------------------------------- proposed


async def test_a_feed_is_looked_at_first_and_followed_once_confirmed(
    desk: BotCommands, web: FakeWeb
) -> None:
    url = serve_feed(web, "a")
    found = await desk.propose_feed(HERE, url, title=" My\n name ", tags=["trade"], now=NOW)
    assert (found.preview.feed.title, found.preview.feed.outlet) == ("My name", "Gazette")
    assert found.preview.feed.state is FeedState.OK
    assert [entry.title for entry in found.preview.entries] == ["Tariff on bourbon"]
    assert (found.tags, found.preview.feed.tags) == (("trade",), ("trade",))
    assert await titles(desk) == []
    author = by(desk)
    feed = await desk.accept_feed(HERE, found.key, by=author)
    assert (feed.title, feed.tags, feed.tier) == ("My name", ("trade",), 3)
    assert await desk.accept_feed(HERE, found.key, by=by(desk)) == feed
    assert await titles(desk) == ["My name"]
    (change,) = await desk.list_history(HERE)
    assert (change.batch, change.member) == (author.batch, "discord:5")


async def test_a_proposal_waits_a_day_and_only_where_it_was_made(
    desk: BotCommands, web: FakeWeb
) -> None:
    found = await desk.propose_feed(HERE, serve_feed(web, "a"), now=NOW)
    for workspace, key in ((THERE, found.key), (HERE, "nonsense"), (HERE, "")):
        with pytest.raises(InputError, match="add it again"):
            await desk.accept_feed(workspace, key, by=by(desk))
    pass_time(desk, hours=24)
    with pytest.raises(InputError, match="add it again"):
        await desk.accept_feed(HERE, found.key, by=by(desk))
    assert await titles(desk) == []


async def test_what_was_dropped_can_not_be_confirmed(desk: BotCommands, web: FakeWeb) -> None:
    found = await desk.propose_feed(HERE, serve_feed(web, "a"), now=NOW)
    await desk.drop_proposal(THERE, found.key)
    assert await list_waiting(desk) == [found.key]
    await desk.drop_proposal(HERE, found.key)
    await desk.drop_proposal(HERE, found.key)
    with pytest.raises(InputError):
        await desk.accept_feed(HERE, found.key, by=by(desk))


async def test_only_so_many_wait_and_the_oldest_makes_room(desk: BotCommands, web: FakeWeb) -> None:
    url = serve_feed(web, "a")
    keys = []
    for _ in range(MAX_WAITING + 2):
        keys.append((await desk.propose_feed(HERE, url, now=desk.tools.clock())).key)
        pass_time(desk, minutes=1)
    assert sorted(await list_waiting(desk)) == sorted(keys[2:])
    pass_time(desk, days=2)
    last = await desk.propose_feed(HERE, url, now=desk.tools.clock())
    assert await list_waiting(desk) == [last.key]


async def test_a_feed_that_is_followed_is_not_proposed_again(
    desk: BotCommands, web: FakeWeb
) -> None:
    url = serve_feed(web, "a")
    await desk.add_feed(HERE, url, title="Mine", by=by(desk))
    with pytest.raises(InputError, match="followed already, as “Mine”"):
        await desk.propose_feed(HERE, url, now=NOW)
    assert (await desk.propose_feed(THERE, url, now=NOW)).preview.feed.title == "Gazette"


async def test_a_topic_that_does_not_exist_is_refused_before_anything_is_fetched(
    desk: BotCommands, web: FakeWeb
) -> None:
    with pytest.raises(InputError, match=r"no topic “sport”; there are defence, trade, visits"):
        await desk.propose_feed(HERE, serve_feed(web, "a"), tags=["trade", "sport"], now=NOW)
    assert web.requests == []


@pytest.mark.parametrize(
    "url", ["", "nonsense", "http://localhost/a", "file:///etc/passwd", "x" * 5000]
)
async def test_an_address_that_can_not_be_used_leaves_nothing_behind(
    desk: BotCommands, url: str
) -> None:
    with pytest.raises(BotError) as refusal:
        await desk.propose_feed(HERE, url, now=NOW)
    assert len(str(refusal.value).splitlines()) == 1
    assert len(str(refusal.value)) < 400
    assert await list_waiting(desk) == []


async def test_of_a_starter_feed_the_outlet_and_tier_are_known(
    tmp_path: Path, web: FakeWeb
) -> None:
    url = serve_feed(web, "a")
    starters = tmp_path / "starters.opml"
    starters.write_bytes(opml(("Starter", url, "trade"), group="First"))
    async with open_desk(tmp_path, starters_file=starters) as desk:
        found = await desk.propose_feed(HERE, url, now=NOW)
        feed = await desk.accept_feed(HERE, found.key, by=by(desk))
    assert (feed.title, feed.outlet, feed.tier) == ("Gazette", "Starter Ltd", 2)


async def test_without_the_starters_file_feeds_are_added_all_the_same(
    tmp_path: Path, web: FakeWeb
) -> None:
    async with open_desk(tmp_path, starters_file=tmp_path / "none.opml") as desk:
        assert await desk.list_starters() == ()
        assert (await desk.add_feed(HERE, serve_feed(web, "a"), by=by(desk))).feed.tier == 3


async def test_more_feeds_than_the_most_are_refused(desk: BotCommands, web: FakeWeb) -> None:
    url = serve_feed(web, "a")
    found = await desk.propose_feed(HERE, url, now=NOW)
    rows = [(f"Feed {n}", f"https://a.example/{n}", "") for n in range(MAX_FEEDS)]
    await desk.import_feeds(HERE, opml(*rows), by=by(desk))
    with pytest.raises(InputError, match=r"300 feeds are the most"):
        await desk.accept_feed(HERE, found.key, by=by(desk))
    with pytest.raises(InputError, match=r"300 feeds are the most"):
        await desk.propose_feed(HERE, url, now=NOW)
    report = await desk.import_feeds(HERE, opml(("One more", url, ""), rows[0]), by=by(desk))
    assert (report.added, report.known) == ((), ("Feed 0",))
    assert report.refused == (("One more", "300 feeds are the most"),)


# ---------------------------------------------------------------- looked at


async def test_a_followed_feed_is_tested_by_its_name_and_any_other_by_its_address(
    desk: BotCommands, web: FakeWeb
) -> None:
    feed = (await desk.add_feed(HERE, serve_feed(web, "a"), title="Mine", by=by(desk))).feed
    for name in ("mine", str(feed.id), feed.url):
        found = await desk.test_feed(HERE, name)
        assert (found.feed.id, found.feed.title, found.feed.state) == (feed.id, "Mine", "ok")
    other = await desk.test_feed(HERE, serve_feed(web, "b", "Tribune"))
    assert (other.feed.id, other.feed.title) == (0, "Tribune")
    with pytest.raises(BotError):
        await desk.test_feed(THERE, "mine")


async def test_what_was_taken_in_by_hand_can_not_be_tested(desk: BotCommands) -> None:
    await desk.tools.store.add_feed(
        HERE, f"read:{HERE}", title="Read by hand", outlet="", tier=2, now=NOW, is_manual=True
    )
    with pytest.raises(InputError, match="by hand"):
        await desk.test_feed(HERE, "read by hand")


# ---------------------------------------------------------------- left and paused


async def test_a_feed_is_paused_and_left_and_comes_back_by_undoing(
    desk: BotCommands, web: FakeWeb
) -> None:
    feed = (await desk.add_feed(HERE, serve_feed(web, "a"), title="Mine", by=by(desk))).feed
    assert (await desk.pause_feed(HERE, "mine", is_paused=True, by=by(desk))).is_paused
    assert (await desk.list_feeds(HERE))[0].is_paused
    removed = await desk.remove_feed(HERE, str(feed.id), by=by(desk))
    assert removed.title == "Mine"
    assert await titles(desk) == []
    await desk.undo(HERE, by=by(desk))
    (back,) = await desk.list_feeds(HERE)
    assert (back.title, back.is_paused) == ("Mine", True)
    assert not (await desk.pause_feed(HERE, "mine", is_paused=False, by=by(desk))).is_paused


async def test_a_name_that_several_feeds_have_is_answered_with_their_numbers(
    desk: BotCommands, web: FakeWeb
) -> None:
    for name in ("a", "b"):
        await desk.add_feed(HERE, serve_feed(web, name), title="Mine", by=by(desk))
    with pytest.raises(InputError, match=r"Several feeds are called “Mine”: give the number"):
        await desk.remove_feed(HERE, "Mine", by=by(desk))
    with pytest.raises(InputError, match="list of feeds"):
        await desk.pause_feed(HERE, "Yours", is_paused=True, by=by(desk))
    assert await titles(desk) == ["Mine", "Mine"]


async def test_no_server_sees_or_touches_a_feed_of_another(desk: BotCommands, web: FakeWeb) -> None:
    # cross_guild-002, cross_guild-003: one URL in both, a name of its own in each.
    url = serve_feed(web, "a")
    mine = (await desk.add_feed(HERE, url, title="Ours", by=by(desk))).feed
    theirs = (await desk.add_feed(THERE, url, title="Secret note", by=by(desk))).feed
    private = await desk.add_feed(THERE, serve_feed(web, "b"), title="Private", by=by(desk))
    assert await titles(desk) == ["Ours"]
    assert await titles(desk, THERE) == ["Private", "Secret note"]
    for name in ("Secret note", "Private", str(private.feed.id), private.feed.url):
        with pytest.raises(InputError):
            await desk.remove_feed(HERE, name, by=by(desk))
    await desk.pause_feed(HERE, "Ours", is_paused=True, by=by(desk))
    assert mine.id == theirs.id
    assert not any(feed.is_paused for feed in await desk.list_feeds(THERE))
    await desk.remove_feed(HERE, "Ours", by=by(desk))
    assert await titles(desk, THERE) == ["Private", "Secret note"]
    assert "Secret" not in str(await desk.list_history(HERE))
