"""What admins are told: each trouble once, in one message, and orders that rest."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fakes.model import FakeModel
from posting_samples import HERE, NOW, SIX, TARIFF, Desk
from stage_samples import settings_for

from bot.app import open_tools
from bot.jobs.notify import notify
from bot.jobs.post import deliver_waiting
from bot.model import Analysis, FeedState, Poll

LATER = SIX + timedelta(seconds=20)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class Office(Desk):
    """A desk whose admins are told in a channel of their own."""

    async def choose(self) -> None:
        await self.store.save_choice(HERE, "notices", "scripted admins")

    async def fail(self, feed_id: int, at: datetime, state: FeedState = FeedState.TIMEOUT) -> None:
        """A poll of the feed that failed then, or not."""
        reason = "The site took too long." if state.is_failing else ""
        poll = Poll(state=state, reason=reason, polled_at=at, next_poll_at=at + HOUR)
        await self.store.save_poll(feed_id, poll)

    async def look(self, at: datetime) -> list[str]:
        """Look and deliver; returns all that admins were told so far."""
        self.clock.now = at
        await notify(self.tools)
        await deliver_waiting(self.tools)
        return [str(text) for text in self.channel.texts("admins")]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_tools(settings_for(tmp_path)) as tools:
        desk = Office(tools)
        await desk.choose()
        yield desk


# ---------------------------------------------------------------- feeds


async def test_feeds_that_fail_for_a_day_are_told_once_in_one_message(desk: Office) -> None:
    for name in ("gazette", "herald"):
        await desk.fail(await desk.feed(name), NOW)
    assert await desk.look(NOW + 23 * HOUR) == []
    told = await desk.look(NOW + 25 * HOUR)
    assert len(told) == 1
    assert told[0].count("notice.feed_failing") == 2
    assert "Gazette The site took too long. 1" in told[0]
    for hours in (26, 50, 200):
        assert await desk.look(NOW + hours * HOUR) == told


async def test_a_feed_that_recovers_and_fails_again_is_told_again(desk: Office) -> None:
    feed_id = await desk.feed()
    await desk.fail(feed_id, NOW)
    assert len(await desk.look(NOW + 25 * HOUR)) == 1
    await desk.fail(feed_id, NOW + 30 * HOUR, FeedState.OK)
    assert len(await desk.look(NOW + 31 * HOUR)) == 1
    await desk.fail(feed_id, NOW + 40 * HOUR)
    assert len(await desk.look(NOW + 60 * HOUR)) == 1
    assert len(await desk.look(NOW + 65 * HOUR)) == 2


async def test_messages_come_an_hour_apart_and_nothing_is_lost_between(desk: Office) -> None:
    first, second = await desk.feed("gazette"), await desk.feed("herald")
    await desk.fail(first, NOW)
    await desk.fail(second, NOW + HOUR / 4)
    assert len(await desk.look(NOW + DAY + HOUR / 6)) == 1
    assert len(await desk.look(NOW + DAY + HOUR / 2)) == 1
    told = await desk.look(NOW + DAY + 2 * HOUR)
    assert ["Gazette" in told[0], "Herald" in told[1]] == [True, True]


async def test_a_crash_between_telling_and_remembering_repeats_nothing(desk: Office) -> None:
    await desk.fail(await desk.feed(), NOW)
    told = await desk.look(NOW + 25 * HOUR)
    await desk.store.drop_choice(HERE, "notices told")
    assert await desk.look(NOW + 27 * HOUR) == told


async def test_without_a_place_for_it_nobody_is_told_and_the_audience_never(desk: Office) -> None:
    await desk.store.drop_choice(HERE, "notices")
    await desk.order()
    await desk.fail(await desk.feed(), NOW)
    await desk.look(NOW + 25 * HOUR)
    assert desk.channel.messages == []
    await desk.choose()
    assert len(await desk.look(NOW + 26 * HOUR)) == 1
    assert desk.channel.texts("desk") == []


async def test_a_workspace_that_the_bot_is_not_in_is_told_nothing(desk: Office) -> None:
    await desk.fail(await desk.feed(), NOW)
    await desk.store.save_absence(HERE, NOW)
    assert await desk.look(NOW + 25 * HOUR) == []


# ---------------------------------------------------------------- orders that rest


async def test_an_order_whose_channel_is_gone_rests_at_once_and_admins_know(desk: Office) -> None:
    await desk.order("old")
    await desk.order("fine")
    await desk.bring(TARIFF)
    desk.channel.faults["old"] = ["gone"]
    await desk.post(LATER)
    told = await desk.look(LATER + HOUR)
    gone, fine = await desk.store.list_subscriptions(HERE)
    assert "not there any more" in gone.paused_for
    assert fine.paused_for == ""
    assert len(told) == 1
    assert "notice.order_paused 1 old" in told[0]
    await desk.post(LATER + DAY)
    assert desk.channel.sends.count("old") == 1
    assert await desk.look(LATER + DAY + HOUR) == told


async def test_an_order_rests_after_three_refusals_in_a_row_and_not_before(desk: Office) -> None:
    await desk.order()
    for day, faults in enumerate((["refused"], [], ["refused"], ["refused"], ["refused"])):
        (order,) = await desk.store.list_subscriptions(HERE)
        assert order.paused_for == ""
        desk.channel.faults["desk"] = faults
        await desk.post(LATER + day * DAY)
        await desk.look(LATER + day * DAY + 2 * HOUR)
    (order,) = await desk.store.list_subscriptions(HERE)
    assert order.paused_for == "The channel was deleted; choose another."
    told = await desk.look(LATER + 5 * DAY)
    assert sum("notice.order_paused" in one for one in told) == 1
    assert sum(one.count("notice.failed_post") for one in told) == 4


async def test_an_order_that_is_set_again_is_not_held_to_old_refusals(desk: Office) -> None:
    order = await desk.order()
    desk.channel.faults["desk"] = ["gone"]
    await desk.post(LATER)
    await desk.look(LATER + HOUR)
    await desk.order(order_id=order.id)
    await desk.look(LATER + 3 * HOUR)
    (order,) = await desk.store.list_subscriptions(HERE)
    assert order.paused_for == ""


async def test_a_platform_that_is_merely_down_makes_no_order_rest(desk: Office) -> None:
    await desk.order()
    for day in range(4):
        desk.channel.faults["desk"] = ["down"] * 99
        for hours in (0, 3, 7):
            await desk.post(LATER + day * DAY + hours * HOUR)
    desk.channel.faults["desk"] = []
    await desk.look(LATER + 4 * DAY)
    (order,) = await desk.store.list_subscriptions(HERE)
    assert order.paused_for == ""


# ---------------------------------------------------------------- doubt, and no tokens


async def test_a_message_that_nobody_knows_of_is_told_once(desk: Office) -> None:
    await desk.order()
    desk.channel.faults["desk"] = ["lost"]
    desk.channel.unreadable["desk"] = True
    await desk.post(LATER)
    await desk.post(LATER + timedelta(minutes=10))
    told = await desk.look(LATER + HOUR)
    assert len(told) == 1
    assert "notice.unknown_post desk 2025-03-11T06:00+00:00" in told[0]
    assert await desk.look(LATER + 3 * HOUR) == told


async def test_tokens_used_up_are_told_once_a_day(tmp_path: Path) -> None:
    async with FakeModel(lambda asked: "{}") as model:
        settings = settings_for(
            tmp_path, openai_base_url=model.base_url, openai_model="test", tokens_per_day=100
        )
        async with open_tools(settings) as tools:
            desk = Office(tools)
            await desk.choose()
            await desk.order()
            await desk.bring(TARIFF)
            (article,) = await desk.store.list_articles(HERE, start_at=NOW - DAY, end_at=NOW)
            spent = Analysis(
                text_hash=article.text_hash,
                engine="openai/test",
                prompt_version="1",
                facts=(),
                mentions=(),
                drops=(),
                tokens=200,
            )
            await desk.store.save_analysis(spent, NOW)
            told = await desk.look(NOW + HOUR)
            assert told == ["notice.over_budget 100"]
            assert await desk.look(NOW + 5 * HOUR) == told
            assert len(await desk.look(NOW + 14 * HOUR)) == 2
            assert len(await desk.look(NOW + 30 * HOUR)) == 2, "they are free again"
