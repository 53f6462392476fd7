"""Orders by command: set, changed, listed, dropped; and what a channel would get, or got."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from commands_samples import DESK, HERE, NOW, OTHER, STORY, THERE, by, open_desk, pass_time

from bot.commands import BotCommands
from bot.commands.ordering import MAX_ALERTS, MAX_ORDERS, MAX_ORDERS_OF_CHANNEL
from bot.errors import InputError
from bot.jobs.gather import read
from bot.model import (
    Brief,
    ChannelRef,
    DeliveryState,
    Form,
    Length,
    Look,
    NewPart,
    Reading,
    Slot,
    Style,
    Subscription,
)
from bot.ports import PLAIN

LONDON, PARIS = "Europe/London", "Europe/Paris"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[BotCommands]:
    async with open_desk(tmp_path) as desk:
        yield desk


async def order(
    desk: BotCommands,
    times: str = "06:00",
    *,
    workspace: str = HERE,
    channel: ChannelRef = DESK,
    timezone: str = "",
    **how: object,
) -> Subscription:
    return await desk.set_schedule(
        workspace,
        channel,
        times=times,
        timezone=timezone,
        by=by(desk),
        **how,  # type: ignore[arg-type]
    )


# ---------------------------------------------------------------- set


async def test_an_order_keeps_all_that_was_asked_for(desk: BotCommands) -> None:
    look = Look(
        form=Form.FORUM, length=Length.SHORT, style=Style.COMPACT, forum_tags=("News", "Asia")
    )
    made = await order(
        desk,
        "18:30, 7am",
        timezone="london",
        days="mon-fri",
        tags=["trade", "defence", "trade"],
        look=look,
        skips_quiet=True,
        alerts_per_day=3,
    )
    assert (made.times, made.weekdays, made.timezone) == (
        ("07:00", "18:30"),
        (1, 2, 3, 4, 5),
        LONDON,
    )
    assert (made.tags, made.look) == (("trade", "defence"), look)
    assert (made.skips_quiet, made.alerts_per_day, made.created_at) == (True, 3, NOW)
    assert await desk.list_schedules(HERE) == (made,)


async def test_one_sentence_says_it_all_and_what_is_given_by_itself_counts_more(
    desk: BotCommands,
) -> None:
    made = await order(desk, "weekdays at 7am Paris time")
    assert (made.times, made.weekdays, made.timezone) == (("07:00",), (1, 2, 3, 4, 5), PARIS)
    changed = await order(desk, "weekdays at 7am Paris time", days="sat", timezone=LONDON)
    assert (changed.id, changed.weekdays, changed.timezone) == (made.id, (6,), LONDON)


async def test_without_a_zone_it_is_the_orders_else_the_servers_else_utc(
    desk: BotCommands,
) -> None:
    first = await order(desk)
    assert first.timezone == "UTC"
    assert (await order(desk, timezone=PARIS)).timezone == PARIS
    assert (await order(desk, "07:00")).timezone == PARIS, "the order's own"
    assert (await order(desk, channel=OTHER)).timezone == PARIS, "the first order's"
    assert (await order(desk, workspace=THERE)).timezone == "UTC"
    await desk.tools.store.save_choice(HERE, "timezone", LONDON)
    assert (await order(desk, "09:00", is_another=True)).timezone == LONDON


async def test_a_channels_only_order_is_changed_and_another_one_stands_beside(
    desk: BotCommands,
) -> None:
    first = await order(desk, alerts_per_day=2)
    changed = await order(desk, "07:00", tags=["trade"])
    assert (changed.id, changed.alerts_per_day) == (first.id, 0)
    second = await order(desk, "18:00", is_another=True)
    assert await desk.list_schedules(HERE, DESK) == (changed, second)
    assert await desk.list_schedules(HERE, OTHER) == ()


async def test_which_of_several_is_meant_must_be_said(desk: BotCommands) -> None:
    first = await order(desk)
    second = await order(desk, "18:00 20:00", is_another=True)
    said = rf"{first.id} \(06:00\) and {second.id} \(18:00, 20:00\): name the one you mean"
    with pytest.raises(InputError, match=said):
        await order(desk, "07:00")
    with pytest.raises(InputError, match=said):
        await desk.stop_schedule(HERE, DESK, by=by(desk))
    named = await order(desk, "07:00", order_id=first.id)
    assert (named.id, named.times) == (first.id, ("07:00",))
    moved = await order(desk, "07:00", order_id=first.id, channel=OTHER)
    assert (moved.id, moved.channel) == (first.id, OTHER)
    assert (await order(desk, "19:00")).id == second.id


async def test_no_two_orders_of_a_channel_are_due_together(desk: BotCommands) -> None:
    first = await order(desk, "06:00 18:00", days="mon-fri")
    with pytest.raises(InputError, match=f"Order {first.id} of this channel posts at 18:00"):
        await order(desk, "18:00 20:00", days="fri-sun", is_another=True)
    await order(desk, "18:00", days="sat sun", is_another=True)
    await order(desk, "18:00", days="fri", timezone=PARIS, is_another=True)
    await order(desk, "18:00", channel=OTHER)
    await order(desk, "18:00 19:00", days="mon-fri", order_id=first.id)


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"times": ""}, "No time was given"),
        ({"times": "0 6 * * *"}, "neither a time, a day nor a time zone"),
        ({"times": "25:00"}, "not a time of day"),
        ({"timezone": "Mars/Base"}, "not a time zone"),
        ({"timezone": "GMT+5"}, "an offset knows no summer time"),
        ({"days": "someday"}, "not a day"),
        ({"tags": ["sport"]}, "no topic “sport”"),
        ({"alerts_per_day": -1}, "between 0 and 20"),
        ({"alerts_per_day": MAX_ALERTS + 1}, "between 0 and 20"),
        ({"order_id": 99}, "no order 99 here"),
        ({"order_id": -1}, "no order -1 here"),
    ],
)
async def test_what_can_not_be_is_refused_in_one_line_and_changes_nothing(
    desk: BotCommands, how: dict[str, object], says: str
) -> None:
    made = await order(desk)
    with pytest.raises(InputError, match=says) as refusal:
        await order(desk, **how)  # type: ignore[arg-type]
    assert len(str(refusal.value).splitlines()) == 1
    assert await desk.list_schedules(HERE) == (made,)


async def test_a_channel_and_a_server_have_only_so_many_orders(desk: BotCommands) -> None:
    for n in range(MAX_ORDERS):
        channel = ChannelRef("discord", str(n // MAX_ORDERS_OF_CHANNEL))
        await order(desk, f"{n % 10}:00", channel=channel, is_another=True)
    full = ChannelRef("discord", "0")
    with pytest.raises(InputError, match="10 orders a channel are the most"):
        await order(desk, "12:00", channel=full, is_another=True)
    with pytest.raises(InputError, match="100 orders are the most"):
        await order(desk, "12:00", channel=ChannelRef("discord", "new"))
    last = (await desk.list_schedules(HERE))[-1]
    with pytest.raises(InputError, match="10 orders a channel are the most"):
        await order(desk, "12:00", channel=full, order_id=last.id)
    assert (await order(desk, "12:00", channel=last.channel, order_id=last.id)).id == last.id
    await order(desk, "12:00", workspace=THERE, channel=full)


async def test_an_order_is_dropped_and_comes_back_by_undoing(desk: BotCommands) -> None:
    made = await order(desk, timezone=LONDON, alerts_per_day=4)
    assert await desk.stop_schedule(HERE, DESK, by=by(desk)) == made
    with pytest.raises(InputError, match="No brief is scheduled in this channel"):
        await desk.stop_schedule(HERE, DESK, by=by(desk))
    pass_time(desk, hours=3)
    await desk.undo(HERE, by=by(desk))
    (back,) = await desk.list_schedules(HERE)
    assert back == replace(made, created_at=desk.tools.clock())


async def test_no_server_touches_an_order_of_another(desk: BotCommands) -> None:
    made = await order(desk)
    with pytest.raises(InputError, match="no order"):
        await order(desk, "07:00", workspace=THERE, order_id=made.id)
    with pytest.raises(InputError, match="no order"):
        await desk.stop_schedule(THERE, DESK, order_id=made.id, by=by(desk))
    with pytest.raises(InputError, match="No brief"):
        await desk.set_reminders(THERE, DESK, is_on=True, by=by(desk))
    assert await desk.list_schedules(THERE) == ()
    assert await desk.list_schedules(HERE) == (made,)


async def test_an_order_does_not_come_back_beside_one_that_posts_with_it(
    desk: BotCommands,
) -> None:
    await order(desk)
    dropping = by(desk)
    await desk.stop_schedule(HERE, DESK, by=dropping)
    made = await order(desk)
    with pytest.raises(InputError, match=f"Order {made.id} of this channel posts at"):
        await desk.undo(HERE, dropping.batch, by=by(desk))
    assert await desk.list_schedules(HERE) == (made,)


async def test_an_order_that_comes_back_reminds_nobody_twice(desk: BotCommands) -> None:
    dropping = by(desk)
    for times in ("06:00", "07:00"):
        await desk.set_schedule(HERE, DESK, times=times, timezone=LONDON, by=by(desk))
        await desk.set_reminders(HERE, DESK, is_on=True, by=by(desk))
        if times == "06:00":
            await desk.stop_schedule(HERE, DESK, by=dropping)
    await desk.undo(HERE, dropping.batch, by=by(desk))
    orders = await desk.list_schedules(HERE)
    assert [(one.times, one.has_reminders) for one in orders] == [
        (("06:00",), True),
        (("07:00",), False),
    ]


async def test_reminders_are_switched_on_the_oldest_order_and_can_be_undone(
    desk: BotCommands,
) -> None:
    await order(desk)
    await order(desk, "18:00", is_another=True)
    assert (await desk.set_reminders(HERE, DESK, is_on=True, by=by(desk))).has_reminders
    assert [one.has_reminders for one in await desk.list_schedules(HERE)] == [True, False]
    await desk.undo(HERE, by=by(desk))
    assert [one.has_reminders for one in await desk.list_schedules(HERE)] == [False, False]


async def test_a_channel_keeps_its_reminders_whichever_order_goes_or_comes(
    desk: BotCommands,
) -> None:
    first = await order(desk)
    second = await order(desk, "18:00", is_another=True)
    await desk.set_reminders(HERE, DESK, is_on=True, by=by(desk))
    dropping = by(desk)
    await desk.stop_schedule(HERE, DESK, order_id=first.id, by=dropping)
    assert [(one.id, one.has_reminders) for one in await desk.list_schedules(HERE, DESK)] == [
        (second.id, True)
    ]
    await desk.undo(HERE, dropping.batch, by=by(desk))
    assert [one.has_reminders for one in await desk.list_schedules(HERE, DESK)] == [True, False]
    third = await order(desk, channel=OTHER)
    await desk.set_reminders(HERE, OTHER, is_on=True, by=by(desk))
    moved = await order(desk, "09:00", order_id=third.id)
    assert (moved.id, moved.channel, moved.has_reminders) == (third.id, DESK, False)
    assert [one.has_reminders for one in await desk.list_schedules(HERE, DESK)] == [
        True,
        False,
        False,
    ]


# ---------------------------------------------------------------- what it posts


async def post(
    desk: BotCommands, made: Subscription, at: datetime, brief: Brief, message: str
) -> None:
    """Put a brief into the outbox as if it had been posted at that moment."""
    local = at.strftime("%H:%M")
    slot = Slot(made.id, at.date(), local, at)
    store = desk.tools.store
    parts = [NewPart(1, {}, f"n{message}")]
    assert await store.save_delivery(slot, made.workspace, made.channel, parts, brief=brief)
    part = await store.claim_part("me", at, timedelta(minutes=1))
    assert part is not None
    await store.finish_part(part.id, "me", DeliveryState.SENT, message_id=message, reason="")


async def test_a_preview_goes_on_where_the_last_brief_ended(desk: BotCommands) -> None:
    made = await order(
        desk, tags=["trade"], timezone=LONDON, look=Look(form=Form.THREAD, length=Length.SHORT)
    )
    await desk.set_language(HERE, "fr", by=by(desk))
    await desk.set_mention(HERE, "trade", "77", by=by(desk))
    brief, look = await desk.preview_brief(HERE, DESK, now=NOW)
    assert (brief.start_at, brief.end_at, brief.timezone) == (NOW - timedelta(days=1), NOW, LONDON)
    assert [section.tag for section in brief.sections] == ["trade"]
    assert (look.form, look.length, look.language) == (Form.THREAD, Length.SHORT, "fr")
    assert look.mentions == (), "a preview calls nobody"
    last_at = NOW - timedelta(hours=5)
    await post(desk, made, last_at, brief, "1")
    assert (await desk.preview_brief(HERE, DESK, now=NOW))[0].start_at == last_at


async def test_of_several_orders_the_next_one_is_shown(desk: BotCommands) -> None:
    await order(desk, "11:00", tags=["trade"])
    await order(desk, "13:00", tags=["visits"], is_another=True)
    brief, _ = await desk.preview_brief(HERE, DESK, now=NOW)
    assert [section.tag for section in brief.sections] == ["visits"]


async def test_a_channel_without_an_order_is_shown_a_plain_day(desk: BotCommands) -> None:
    await order(desk, channel=OTHER, timezone=PARIS)
    published_at = NOW - timedelta(hours=2)
    reading = Reading(
        url="https://gazette.example/1",
        guid="",
        outlet="Gazette",
        title="Tariff on bourbon",
        text=STORY,
        language="en",
        published_at=published_at,
    )
    await read(desk.tools, HERE, [reading])
    brief, look = await desk.preview_brief(HERE, DESK, now=NOW)
    assert (look, brief.timezone) == (PLAIN, PARIS)
    assert (brief.start_at, brief.end_at) == (NOW - timedelta(days=1), NOW)
    assert not brief.is_quiet
    assert (await desk.preview_brief(THERE, DESK, now=NOW))[0].is_quiet


async def test_the_briefs_of_a_day_are_those_of_its_own_zone(desk: BotCommands) -> None:
    made = await order(desk, timezone="Asia/Tokyo")
    brief, _ = await desk.preview_brief(HERE, DESK, now=NOW)
    for message, hours in (("1", 2), ("2", 4), ("3", 20)):  # 23:00 of the 10th; 01:00, 17:00
        await post(desk, made, NOW + timedelta(hours=hours), brief, message)
    monday = await desk.list_briefs_of(HERE, DESK, date(2025, 3, 10))
    assert [one.message_ids for one in monday] == [("1",)]
    tuesday = await desk.list_briefs_of(HERE, DESK, date(2025, 3, 11))
    assert [one.message_ids for one in tuesday] == [("2",), ("3",)]
    for workspace, channel in ((THERE, DESK), (HERE, OTHER)):
        with pytest.raises(InputError, match=r"No brief of 2025-03-11 is kept"):
            await desk.list_briefs_of(workspace, channel, date(2025, 3, 11))
    assert await desk.find_last_brief_at(HERE, DESK, now=NOW + timedelta(days=2)) == (
        NOW + timedelta(hours=20)
    )
    assert await desk.find_last_brief_at(HERE, OTHER, now=NOW) is None


@pytest.mark.parametrize("on", [date.min, date.max, date(1, 1, 2)])
async def test_a_day_at_the_end_of_time_has_no_brief(desk: BotCommands, on: date) -> None:
    with pytest.raises(InputError):
        await desk.list_briefs_of(HERE, DESK, on)
