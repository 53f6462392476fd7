"""Reminders of the visits of real articles reach their channels on time, once, and not too late."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fakes.outbox import SetClock
from fakes.scripted import ScriptedChannel

from bot.commands import BotCommands
from bot.errors import InputError
from bot.jobs.calendar import refresh_calendar
from bot.jobs.post import deliver_waiting, prepare_due
from bot.jobs.remind import LOOK_EVERY, prepare_reminders
from bot.jobs.tools import Tools
from bot.model import Author, Brief, CalendarEntry, ChannelRef, Item, Look, make_author
from bot.ports import Payloads

DESK = ChannelRef("scripted", "desk")
LONG_BEFORE = datetime(2025, 2, 7, 13, tzinfo=UTC)
"""When Modi's visit to Washington on 12 February stood confirmed."""
THREE_AT = datetime(2025, 2, 9, 6, tzinfo=UTC)
ONE_AT = datetime(2025, 2, 11, 6, tzinfo=UTC)
BEGINS_AT = datetime(2025, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Desk:
    """A workspace that has read the seeds, with one channel or more, and a clock to set."""

    def __init__(self, commands: BotCommands) -> None:
        self.clock = SetClock(LONG_BEFORE)
        self.channel = Recorder()
        self.tools = replace(
            commands.tools, channels={"scripted": self.channel}, clock=self.clock, rests={}
        )
        self.commands = BotCommands(self.tools)

    async def subscribe(
        self, name: str = "desk", *, days: str = "", times: str = "06:00", is_on: bool = True
    ) -> None:
        place = ChannelRef("scripted", name)
        await self.commands.set_schedule(
            "console", place, times=times, timezone="UTC", days=days, by=self.by
        )
        if is_on:
            await self.commands.set_reminders("console", place, is_on=True, by=self.by)

    @property
    def by(self) -> Author:
        return make_author("console", self.clock())

    async def tick(self, at: datetime, tools: Tools | None = None) -> None:
        self.clock.now = at
        await prepare_reminders(tools or self.tools)
        await deliver_waiting(tools or self.tools)

    def restarted(self, owner: str = "again") -> Tools:
        """The tools of a process that has just started on the same database."""
        return replace(self.tools, owner=owner, rests={})

    def reminders(self, name: str = "desk") -> list[str]:
        return [str(text) for text in self.channel.texts(name) if "Washington" in str(text)]


class Recorder(ScriptedChannel):
    """A channel that keeps the briefs' periods, and tells of a visit by its place."""

    def __init__(self) -> None:
        super().__init__()
        self.periods: list[tuple[datetime, datetime]] = []
        self.agendas: list[Sequence[Item]] = []
        self.languages: list[str] = []

    def render_brief(self, brief: Brief, mark: Callable[[int], str], look: Look) -> Payloads:
        self.periods.append((brief.start_at, brief.end_at))
        return super().render_brief(brief, mark, look)

    def render_reminder(
        self,
        entry: CalendarEntry,
        agenda: Sequence[Item],
        mark: str,
        *,
        days: int,
        note: str = "",
        look: Look,
    ) -> Payloads:
        self.agendas.append(agenda)
        self.languages.append(look.language)
        told = f"{days} days to {entry.visit.place}. {note}".strip()
        return ({"text": told, "mark": mark},)


@pytest.fixture
def desk(seeded: BotCommands) -> Desk:
    return Desk(seeded)


# ---------------------------------------------------------------- on time, once


async def test_a_visit_is_reminded_of_three_days_and_one_day_before_once_each(desk: Desk) -> None:
    await desk.subscribe()
    at = LONG_BEFORE
    while at < BEGINS_AT + 12 * HOUR:
        await desk.tick(at)
        at += 2 * HOUR + timedelta(minutes=7)
    told = [line.split(".")[0] for line in desk.reminders()]
    assert told == ["3 days to Washington", "1 days to Washington"]
    assert any("Paris" in str(text) for text in desk.channel.texts("desk"))
    assert all(3 <= len(agenda) <= 5 for agenda in desk.channel.agendas)


async def test_a_workspace_is_left_alone_until_a_channels_hour_comes(desk: Desk) -> None:
    await desk.subscribe()
    await desk.tick(THREE_AT - timedelta(minutes=2))
    assert desk.tools.rests["reminders console"] == THREE_AT
    await desk.tick(THREE_AT - timedelta(seconds=1))
    assert desk.reminders() == []
    await desk.tick(THREE_AT)
    assert desk.reminders() == ["3 days to Washington."]
    assert desk.tools.rests["reminders console"] == THREE_AT + LOOK_EVERY


async def test_two_processes_at_once_post_each_reminder_once(desk: Desk) -> None:
    await desk.subscribe()
    await desk.subscribe("other")
    desk.clock.now = THREE_AT
    others = [desk.restarted(f"process {number}") for number in range(3)]
    await asyncio.gather(*map(prepare_reminders, others))
    await asyncio.gather(*map(deliver_waiting, others))
    assert desk.reminders() == desk.reminders("other") == ["3 days to Washington."]


async def test_a_kill_between_keeping_and_sending_costs_nothing(desk: Desk) -> None:
    await desk.subscribe()
    desk.clock.now = THREE_AT
    await prepare_reminders(desk.tools)
    assert desk.reminders() == []
    await desk.tick(THREE_AT + HOUR, desk.restarted())
    assert desk.reminders() == ["3 days to Washington."]


async def test_one_channels_trouble_stops_no_other(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(ScriptedChannel):
        platform = "broken"

        def render_reminder(self, *args: object, **how: object) -> tuple[Mapping[str, object], ...]:
            raise RuntimeError("no ink")

    tools = replace(desk.tools, channels={"scripted": desk.channel, "broken": Broken()})
    for place in (ChannelRef("broken", "1"), ChannelRef("gone", "2")):
        order = {"times": "06:00", "timezone": "UTC", "by": make_author("console", LONG_BEFORE)}
        await desk.commands.set_schedule("console", place, **order)
        await desk.commands.set_reminders("console", place, is_on=True, by=desk.by)
    await desk.subscribe()
    await desk.tick(THREE_AT, tools)
    assert desk.reminders() == ["3 days to Washington."]
    assert "no ink" in caplog.text


# ---------------------------------------------------------------- late


async def test_after_a_pause_a_reminder_goes_out_late_and_says_so(desk: Desk) -> None:
    await desk.subscribe()
    await desk.tick(LONG_BEFORE)
    await desk.tick(THREE_AT + 30 * HOUR, desk.restarted())
    assert desk.reminders() == ["2 days to Washington. Posted 30 hours late."]
    (record,) = [
        record
        for record in await desk.tools.store.list_slots("console", limit=9)
        if record.key.endswith("/2025-02-12/3")
    ]
    assert record.reason == "late"


async def test_after_the_visit_has_begun_nothing_goes_out(desk: Desk) -> None:
    await desk.subscribe()
    await desk.tick(LONG_BEFORE)
    await desk.tick(BEGINS_AT, desk.restarted())
    assert desk.reminders() == []


@pytest.mark.parametrize("times", ["06:00", "20:00"])
async def test_a_reminder_that_can_not_be_sent_is_given_up_when_the_visit_begins(
    desk: Desk, times: str
) -> None:
    await desk.subscribe(times=times)
    desk.channel.faults["desk"] = ["down"] * 99
    await desk.tick(LONG_BEFORE)
    await desk.tick(BEGINS_AT - 3 * HOUR)
    desk.channel.faults["desk"] = []
    await desk.tick(BEGINS_AT + timedelta(minutes=1))
    assert desk.reminders() == []
    records = await desk.tools.store.list_slots("console", limit=9)
    (state,) = [one.state for one in records if one.key.endswith("/2025-02-12/1")]
    assert state == "failed"


async def test_a_last_reminder_late_in_the_evening_can_still_be_sent(desk: Desk) -> None:
    await desk.subscribe(times="23:50")
    await desk.tick(LONG_BEFORE)
    await desk.tick(BEGINS_AT - timedelta(minutes=9))
    assert desk.reminders() == ["1 days to Washington."]


async def test_a_first_reminder_that_waited_does_not_come_after_the_last(desk: Desk) -> None:
    await desk.subscribe()
    await desk.tick(LONG_BEFORE)
    desk.clock.now = ONE_AT - HOUR
    await prepare_reminders(desk.restarted())
    await desk.tick(ONE_AT + timedelta(minutes=1), desk.restarted())
    assert desk.reminders() == ["1 days to Washington."]


# ---------------------------------------------------------------- switched on and off


async def test_a_channel_without_an_order_can_have_no_reminders(desk: Desk) -> None:
    for is_on in (True, False):
        with pytest.raises(InputError, match="No brief is scheduled in this channel: /schedule"):
            await desk.commands.set_reminders("console", DESK, is_on=is_on, by=desk.by)


async def test_the_order_is_given_back_as_it_stands(desk: Desk) -> None:
    await desk.subscribe(is_on=False)
    assert (
        await desk.commands.set_reminders("console", DESK, is_on=True, by=desk.by)
    ).has_reminders
    (kept,) = await desk.tools.store.list_subscriptions("console")
    assert kept.has_reminders
    assert not (
        await desk.commands.set_reminders("console", DESK, is_on=False, by=desk.by)
    ).has_reminders


async def test_only_channels_that_want_reminders_get_them(desk: Desk) -> None:
    await desk.subscribe("plain", is_on=False)
    await desk.subscribe("off")
    await desk.commands.set_reminders(
        "console", ChannelRef("scripted", "off"), is_on=False, by=desk.by
    )
    await desk.tick(THREE_AT)
    assert desk.channel.messages == []


async def test_switched_on_after_the_first_was_due_the_last_still_comes(desk: Desk) -> None:
    await desk.subscribe(is_on=False)
    await refresh_calendar(desk.tools, "console", LONG_BEFORE)
    desk.clock.now = THREE_AT + HOUR
    await desk.commands.set_reminders("console", DESK, is_on=True, by=desk.by)
    await desk.tick(THREE_AT + 2 * HOUR)
    assert desk.reminders() == []
    await desk.tick(ONE_AT)
    assert desk.reminders() == ["1 days to Washington."]


async def test_switching_on_what_is_on_does_not_forget_what_was_missed(desk: Desk) -> None:
    await desk.subscribe()
    await desk.tick(LONG_BEFORE)
    desk.clock.now = THREE_AT + HOUR
    await desk.commands.set_reminders("console", DESK, is_on=True, by=desk.by)
    await desk.tick(THREE_AT + 2 * HOUR, desk.restarted())
    assert desk.reminders() == ["3 days to Washington. Posted 2 hours late."]


# ---------------------------------------------------------------- beside briefs


async def test_a_reminder_between_two_briefs_does_not_shorten_the_second(desk: Desk) -> None:
    await desk.subscribe(days="fri,mon", times="06:00")
    friday, monday = datetime(2025, 2, 7, 6, tzinfo=UTC), datetime(2025, 2, 10, 6, tzinfo=UTC)
    store = desk.tools.store
    (order,) = await store.list_subscriptions("console")
    await store.save_subscription(
        "console",
        DESK,
        timezone="UTC",
        times=order.times,
        weekdays=order.weekdays,
        tags=(),
        now=friday - HOUR,
        order_id=order.id,
    )
    for at in (friday, THREE_AT, monday):
        desk.clock.now = at + timedelta(minutes=1)
        await prepare_due(desk.tools)
        await desk.tick(desk.clock.now)
    assert desk.reminders() == ["3 days to Washington."]
    assert desk.channel.periods[1:] == [(friday, monday)]


async def test_a_workspace_that_is_muted_or_absent_gets_none_and_then_a_late_one(
    desk: Desk,
) -> None:
    await desk.subscribe()
    await desk.tools.store.save_choice("console", "language", "fr")
    await desk.commands.mute("console", 72, by=desk.by)
    await desk.tick(LONG_BEFORE + HOUR)
    await desk.tick(THREE_AT + timedelta(minutes=1))
    assert desk.reminders() == []
    await desk.commands.mute("console", 0, by=desk.by)
    await desk.tools.store.save_absence("console", desk.clock())
    await desk.tick(THREE_AT + HOUR)
    assert desk.reminders() == []
    await desk.tools.store.end_absence("console")
    await desk.tick(THREE_AT + 2 * HOUR)
    assert len(desk.reminders()) == 1
    assert set(desk.channel.languages) == {"fr"}


async def test_a_reminder_that_was_being_written_is_not_posted_where_quiet_was_wanted_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.subscribe()
    await desk.tick(LONG_BEFORE + HOUR)
    list_analyses = type(desk.tools.store).list_analyses

    async def read_slowly(*args: object, **asked: object) -> object:
        await desk.commands.mute("console", 1, by=make_author("console", desk.clock()))
        return await list_analyses(*args, **asked)  # type: ignore[arg-type]

    with monkeypatch.context() as slow:
        slow.setattr(type(desk.tools.store), "list_analyses", read_slowly)
        await desk.tick(THREE_AT + timedelta(minutes=1))
    assert desk.reminders() == []
    await desk.tick(THREE_AT + 2 * HOUR)
    assert len(desk.reminders()) == 1, "it comes late, as after any quiet"
