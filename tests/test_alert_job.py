"""Alerts: only what can't wait, by a source to rely on, once for ever, so many a day."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from posting_samples import FRIGATE, HERE, NOW, SIX, TARIFF, Desk
from stage_samples import article, settings_for

from bot.app import open_tools
from bot.changes import describe_visit
from bot.citations import cite
from bot.jobs.alert import list_names, list_pressing, prepare_alerts
from bot.jobs.compose import Written, write_period
from bot.jobs.post import deliver_waiting
from bot.model import (
    Change,
    Item,
    Move,
    Precision,
    Visit,
    VisitDates,
    VisitStatus,
    make_author,
)

PLANNED = (
    "Prime Minister Anna Berg plans to visit Tokyo from 14 to 16 April, the foreign ministry of"
    " Norway said. She would hold talks with the government of Japan on defence."
)
CANCELLED = (
    "Prime Minister Anna Berg has cancelled her visit to Tokyo from 14 to 16 April, the foreign"
    " ministry of Norway announced. The government of Japan was told on Tuesday."
)
HOUR = timedelta(hours=1)
AROUND = {
    "gazette": "The step had been discussed in parliament since last winter, and both coasts had"
    " asked for it. Workers in Mumbai cheered when they heard of it. Some of it may begin before"
    " the summer ends, engineers in the yard believe.",
    "herald": "Analysts in London expected a smaller step. Shares of the builder rose at once,"
    " brokers told our paper. What is older will go when the new ones arrive in the harbour,"
    " an admiral explained to reporters.",
    "courier": "Neighbours watch such steps with care. Opposition leaders wanted the money for"
    " hospitals instead, they repeated in a debate that lasted until midnight. Nobody in the"
    " gallery was surprised by the outcome.",
}


class Watch(Desk):
    """A desk that looks for alerts."""

    async def look(self, **later: float) -> list[str]:
        """Look and deliver, a while later; returns all alerts posted so far."""
        self.clock.advance(**(later or {"minutes": 1}))
        await prepare_alerts(self.tools)
        await deliver_waiting(self.tools)
        return [str(text) for text in self.channel.texts("desk")]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Watch]:
    async with open_tools(settings_for(tmp_path)) as tools:
        yield Watch(tools)


async def plan_a_visit(desk: Watch, by: str = "gazette") -> None:
    """A visit that is known for some days."""
    desk.clock.now = NOW - timedelta(days=4)
    await desk.bring(PLANNED, by=by)
    desk.clock.now = NOW


# ---------------------------------------------------------------- what can't wait


def item(*sources: tuple[str, int], change: Change | None = None, about: str = "") -> Item:
    cited = [
        cite(article("A sentence.", number=n, outlet=outlet, tier=tier), 1, "A sentence.")
        for n, (outlet, tier) in enumerate(sources, 1)
    ]
    return Item(text="A sentence.", citations=tuple(cited), change=change, about=about)


@pytest.mark.parametrize("change", list(Change))
def test_of_visits_what_is_sure_off_or_moved_is_pressing(change: Change) -> None:
    told = item(("Gazette", 2), change=change, about="Berg → Tokyo")
    is_pressing = bool(list_pressing([told]))
    assert is_pressing == (
        change in {"confirmed", "cancelled", "postponed", "date moved", "reversed"}
    )


def test_a_weak_source_is_not_relied_on() -> None:
    told = item(("Blog", 3), change=Change.CANCELLED, about="Berg → Tokyo")
    assert list_pressing([told]) == []


def test_of_facts_what_is_taken_back_is_pressing_and_a_new_value_is_not() -> None:
    assert list_pressing([item(("Gazette", 2), change=Change.REVERSED)])
    assert not list_pressing([item(("Gazette", 2), change=Change.UPDATED)])
    assert not list_pressing([item(("Gazette", 1))])


def test_what_three_outlets_tell_is_pressing_and_three_texts_of_two_are_not() -> None:
    assert list_pressing([item(("A", 3), ("B", 3), ("C", 3))])
    assert not list_pressing([item(("A", 1), ("B", 1), ("A", 1))])


# ---------------------------------------------------------------- once, in time


async def test_a_cancelled_visit_is_told_at_once_and_once_for_ever(desk: Watch) -> None:
    await plan_a_visit(desk)
    await desk.order(alerts_per_day=5)
    assert await desk.look(hours=1) == []
    await desk.bring(CANCELLED)
    told = await desk.look()
    assert len(told) == 1
    assert "cancelled" in told[0]
    await desk.bring(CANCELLED.replace("on Tuesday", "this week"), by="herald")
    assert await desk.look() == told, "another paper tells it again"
    desk.tools.rests.clear()
    await desk.bring(TARIFF)
    assert await desk.look() == told, "a restart tells nothing twice"
    (slot,) = await desk.slots()
    assert (slot.kind, slot.state) == ("alert", "sent")


async def test_an_alert_speaks_the_language_of_the_workspace_and_mentions_the_role_of_its_topic(
    desk: Watch,
) -> None:
    await plan_a_visit(desk)
    await desk.order(alerts_per_day=5)
    await desk.store.save_choice(HERE, "language", "fr")
    await desk.store.save_choice(HERE, "mention.visits", "77")
    desk.clock.advance(minutes=1)
    await desk.bring(CANCELLED)
    await desk.look()
    ((_, look),) = desk.channel.alerts
    assert (look.language, look.mentions) == ("fr", (("visits", "77"),))


async def test_without_alerts_in_the_order_nothing_is_told(desk: Watch) -> None:
    await plan_a_visit(desk)
    await desk.order()
    desk.clock.advance(minutes=1)
    await desk.bring(CANCELLED)
    assert await desk.look() == []


async def test_what_came_before_alerts_were_wanted_is_left_to_the_brief(desk: Watch) -> None:
    await plan_a_visit(desk)
    await desk.bring(CANCELLED)
    desk.clock.advance(minutes=1)
    await desk.order(alerts_per_day=5)
    desk.clock.advance(minutes=1)
    await desk.bring(TARIFF)
    assert await desk.look() == []


async def test_one_papers_news_can_wait(desk: Watch) -> None:
    await desk.order(alerts_per_day=5)
    desk.clock.advance(minutes=1)
    await desk.bring(TARIFF)
    assert await desk.look() == []


async def test_what_three_papers_tell_in_texts_of_their_own_is_told(desk: Watch) -> None:
    await desk.order(alerts_per_day=5)
    desk.clock.advance(minutes=1)
    await bring_large_news(desk, FRIGATE)
    told = await desk.look()
    assert len(told) == 1
    assert "frigates" in told[0]


# ---------------------------------------------------------------- so many a day


async def test_more_than_the_days_alerts_are_left_to_the_brief(desk: Watch) -> None:
    await desk.order(alerts_per_day=1)
    desk.clock.advance(minutes=1)
    await bring_large_news(desk, FRIGATE)
    await bring_large_news(desk, TARIFF)
    assert len(await desk.look()) == 1
    left = [slot.reason for slot in await desk.slots() if slot.state == "skipped"]
    assert left == ["more than 1 alerts that day"]
    desk.clock.now = NOW.replace(hour=23, minute=59)
    assert len(await desk.look(minutes=5)) == 1, "the next day it would be no news"
    await bring_large_news(desk, FRIGATE.replace("four frigates", "nine tanks"))
    assert len(await desk.look()) == 2, "a new day may have one of its own"


async def bring_large_news(desk: Watch, text: str) -> None:
    """Three papers tell it, each with words of its own around it."""
    for outlet, more in AROUND.items():
        await desk.bring(f"{text} {more}", by=outlet)


# ---------------------------------------------------------------- where nothing is posted


@pytest.mark.parametrize("why", ["muted", "absent", "paused"])
async def test_where_nothing_is_posted_no_alert_is_told_then_or_later(
    desk: Watch, why: str
) -> None:
    await plan_a_visit(desk)
    order = await desk.order(alerts_per_day=5)
    if why == "muted":
        await desk.store.save_choice(HERE, "muted", (NOW + HOUR).isoformat())
    elif why == "absent":
        await desk.store.save_absence(HERE, NOW)
    else:
        await desk.store.pause_subscription(order.id, "the channel is gone")
    desk.clock.advance(minutes=1)
    await desk.bring(CANCELLED)
    assert await desk.look() == []
    if why == "muted":
        assert await desk.look(hours=2) == []


async def test_what_a_brief_is_about_to_tell_or_has_told_is_no_alert(desk: Watch) -> None:
    await plan_a_visit(desk)
    await desk.order(alerts_per_day=5)
    desk.clock.now = SIX - timedelta(seconds=30)
    await desk.bring(CANCELLED)
    desk.clock.now = SIX
    await prepare_alerts(desk.tools)
    assert await desk.slots() == []
    await desk.post(SIX + timedelta(seconds=20))
    posted = desk.channel.texts("desk")
    assert len(posted) == 1
    await desk.bring(TARIFF)
    assert await desk.look() == posted


async def test_nothing_new_costs_no_brief(desk: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.order(alerts_per_day=5)
    desk.clock.advance(minutes=1)
    await desk.bring(TARIFF)
    await desk.look()
    monkeypatch.setattr("bot.jobs.alert.write_period", None)
    for _ in range(3):
        assert await desk.look() == []


async def test_one_orders_trouble_stops_no_other(desk: Watch) -> None:
    await plan_a_visit(desk)
    await desk.order("broken", alerts_per_day=5, timezone="Mars/Olympus")
    await desk.order(alerts_per_day=5)
    desk.clock.advance(minutes=1)
    await desk.bring(CANCELLED)
    assert len(await desk.look()) == 1


async def test_what_was_told_is_not_told_again_when_a_paper_comes_late(desk: Watch) -> None:
    await desk.order(alerts_per_day=5)
    desk.clock.advance(minutes=1)
    await bring_large_news(desk, FRIGATE)
    told = await desk.look()
    assert len(told) == 1
    more = (
        "It is the largest order of the yard since the war, its owners said at noon. Two banks lend"
        " what it costs. Sailors of the western fleet will live aboard from next spring, and their"
        " families want to know where schools are built."
    )
    await desk.bring(f"{FRIGATE} {more}", by="monitor", published_at=NOW - HOUR)
    assert await desk.look() == told


async def test_a_visit_told_with_its_days_later_is_no_second_alert(desk: Watch) -> None:
    desk.clock.now = NOW - timedelta(days=4)
    await desk.bring(PLANNED.replace("from 14 to 16 April", "in April"))
    desk.clock.now = NOW
    await desk.order(alerts_per_day=5)
    desk.clock.advance(minutes=1)
    await desk.bring(
        "Prime Minister Anna Berg has cancelled her visit to Tokyo in April, the foreign"
        " ministry of Norway announced."
    )
    assert len(await desk.look()) == 1
    await desk.bring(CANCELLED, by="herald")
    assert len(await desk.look()) == 1


def make_visit(dates: VisitDates, told: Sequence[VisitDates]) -> Visit:
    state = VisitStatus.CONFIRMED
    moves = [
        Move(
            at=NOW,
            status=state,
            dates=each,
            article_id=number,
            article_url="",
            outlet="Gazette",
            title="",
            sentence=1,
            quote="",
        )
        for number, each in enumerate(told, 1)
    ]
    return Visit(
        key="1",
        visitor="Berg",
        host="Japan",
        place="Tokyo",
        dates=dates,
        status=state,
        history=tuple(moves),
    )


def test_a_visit_may_have_been_told_with_a_date_less_exact_but_not_with_another() -> None:
    coarse = VisitDates(start="2025-04", precision=Precision.MONTH)
    other = VisitDates(start="2025-05", precision=Precision.MONTH)
    days = VisitDates(start="2025-04-14", end="2025-04-16", precision=Precision.DAY)
    visit = make_visit(days, [VisitDates(), coarse, other, days])
    told = item(("Gazette", 2), change=Change.CONFIRMED, about=describe_visit(visit))
    starts = [name.rpartition("/")[2] for name in list_names(told, [visit], [])]
    assert starts == ["2025-04-14", "None", "2025-04", "2025-04-14"]


@pytest.mark.parametrize("how", ["unmute", "undo"])
async def test_what_happened_while_muted_is_no_alert_when_somebody_ends_it(
    desk: Watch, how: str
) -> None:
    await plan_a_visit(desk)
    await desk.order(alerts_per_day=5)
    await desk.commands.mute(HERE, 5, by=make_author("console", desk.clock()))
    desk.clock.advance(minutes=1)
    await desk.bring(CANCELLED)
    assert await desk.look() == []
    desk.clock.advance(minutes=1)
    author = make_author("console", desk.clock())
    if how == "unmute":
        await desk.commands.mute(HERE, 0, by=author)
    else:
        await desk.commands.undo(HERE, by=author)
    desk.clock.advance(minutes=1)
    await bring_large_news(desk, FRIGATE)
    told = await desk.look()
    assert len(told) == 1
    assert "frigates" in told[0]


async def test_an_alert_that_was_being_written_is_not_posted_where_the_order_is_gone(
    desk: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    await plan_a_visit(desk)
    await desk.order(alerts_per_day=5)
    desk.clock.advance(minutes=1)
    await desk.bring(CANCELLED)

    async def write_slowly(*args: object, **asked: object) -> Written:
        written = await write_period(*args, **asked)  # type: ignore[arg-type]
        assert any(list_pressing(section.items) for section in written.brief.sections)
        await desk.commands.forget(HERE)
        return written

    monkeypatch.setattr("bot.jobs.alert.write_period", write_slowly)
    assert await desk.look() == []
    assert await desk.commands.forget(HERE) == 0, "it left no row"
