"""A brief reaches its channel in order and once, or is shown as failed with a reason."""

import asyncio
from datetime import date, timedelta

import pytest
from fakes.outbox import SIX, save, state_of
from hypothesis import given
from hypothesis import strategies as st

from bot.deliver import GONE, Outcome, Step, decide, deliver, judge, make_nonce, make_parts
from bot.errors import ChannelError
from bot.model import ChannelRef, DeliveryState, Part, Slot


def test_a_nonce_never_changes_from_one_release_to_the_next():
    nonce = make_nonce("7/2026-06-03/06:00", ChannelRef("discord", "123"), 1)
    assert nonce == "5ygx74ef5eopkciv53pnbecg"


@given(
    names=st.lists(
        st.tuples(st.integers(1, 99), st.sampled_from(["discord", "slack"]), st.integers(1, 99)),
        min_size=2,
        max_size=20,
        unique=True,
    ),
    number=st.integers(1, 40),
)
def test_nonces_fit_discord_and_differ_by_slot_channel_and_part(names, number):
    nonces = [
        make_nonce(f"{sub}/2026-06-03/06:00", ChannelRef(platform, str(channel_id)), part)
        for sub, platform, channel_id in names
        for part in (number, number + 1)
    ]
    assert len(set(nonces)) == len(nonces)
    assert all(len(nonce) <= 25 and nonce.isascii() and nonce == nonce.lower() for nonce in nonces)


def test_parts_are_numbered_and_carry_the_mark_that_is_their_nonce():
    slot = Slot(7, date(2026, 6, 3), "06:00", SIX)
    place = ChannelRef("scripted", "1")
    parts = make_parts(slot, place, lambda mark: ({"mark": mark(1)}, {"mark": mark(2)}))
    assert [part.number for part in parts] == [1, 2]
    assert [part.payload["mark"] for part in parts] == [part.nonce for part in parts]


def test_a_brief_that_renders_to_nothing_is_refused_rather_than_lost():
    slot = Slot(7, date(2026, 6, 3), "06:00", SIX)
    with pytest.raises(ChannelError, match="no message") as refusal:
        make_parts(slot, ChannelRef("scripted", "1"), lambda mark: ())
    assert refusal.value.permanent


@pytest.mark.parametrize(
    ("minutes", "tries", "step"),
    [
        (0, 1, Step.SEND),
        (2.9, 2, Step.SEND),
        (3, 2, Step.LOOK_UP),
        (-1, 2, Step.LOOK_UP),
        (12, 6, Step.LOOK_UP),
        (14, 7, Step.WAIT),
        (22, 11, Step.WAIT),
        (24, 12, Step.LOOK_UP),
        (360, 180, Step.LOOK_UP),
        (361, 180, Step.CLOSE),
        (361, 181, Step.CLOSE),
    ],
)
def test_a_part_is_sent_blind_only_while_its_nonce_is_remembered(minutes, tries, step):
    part = Part(
        id=1,
        slot_key="7/2026-06-03/06:00",
        channel=ChannelRef("scripted", "1"),
        number=1,
        payload={},
        nonce="n",
        state=DeliveryState.SENDING,
        due_at=SIX,
        first_try_at=SIX,
        tries=tries,
    )
    assert decide(part, SIX + timedelta(minutes=minutes)) is step


def test_a_part_that_waited_for_days_in_the_outbox_is_not_posted_any_more():
    now = SIX + timedelta(days=2)
    part = Part(
        id=1,
        slot_key="7/2026-06-03/06:00",
        channel=ChannelRef("scripted", "1"),
        number=1,
        payload={},
        nonce="n",
        state=DeliveryState.SENDING,
        due_at=SIX,
        first_try_at=now,
        tries=1,
    )
    assert decide(part, now) is Step.CLOSE


def test_a_refusal_that_may_have_posted_all_the_same_is_looked_up_later():
    refusal = ChannelError("The answer was lost.", permanent=True, is_unknown=True)
    assert judge(Step.SEND, None, refusal).state is None


def test_a_message_that_a_moderator_deleted_counts_as_sent_though_it_has_no_id():
    assert judge(Step.SEND, "", None).state is DeliveryState.SENT


# ---------------------------------------------------------------- delivering


async def test_the_parts_of_a_brief_go_out_in_order_and_only_once(outbox, channel, run):
    await save(outbox, "1", parts=3)
    assert await run() == 3
    assert channel.texts("1") == ["1.1", "1.2", "1.3"]
    assert await run() == 0
    assert len(channel.sends) == 3
    assert await state_of(outbox, "1") == ("sent", "")


async def test_many_runs_at_once_share_the_parts_and_post_each_once(outbox, channel, clock):
    for number in range(1, 21):
        await save(outbox, str(number), parts=2)
    counts = await asyncio.gather(
        *(
            deliver(store=outbox, channels={"scripted": channel}, owner=f"run {n}", clock=clock)
            for n in range(4)
        )
    )
    assert sum(counts) == 40
    assert len(channel.sends) == 40
    assert all(channel.texts(str(n)) == [f"{n}.1", f"{n}.2"] for n in range(1, 21))


@pytest.mark.parametrize("minutes", [2.5, 10])
async def test_a_lost_answer_leads_to_one_message(outbox, channel, clock, run, minutes):
    await save(outbox, "1", parts=2)
    channel.faults["1"] = ["lost"]
    assert await run() == 0
    assert await run() == 0, "the part is another try's until its lease ends"
    if minutes > 3:
        channel.forget_nonces()
    clock.advance(minutes=minutes)
    assert await run() == 2
    assert channel.texts("1") == ["1.1", "1.2"]
    assert await state_of(outbox, "1") == ("sent", "")


async def test_the_history_is_read_from_well_before_the_first_try(outbox, channel, clock, run):
    await save(outbox, "1")
    channel.faults["1"] = ["lost"]
    await run()
    clock.advance(minutes=10)
    await run()
    [(_, after)] = channel.searches
    assert SIX - timedelta(hours=1) < after <= SIX - timedelta(minutes=1)


async def test_a_refused_part_fails_with_its_reason_and_the_parts_after_it(outbox, channel, run):
    await save(outbox, "1", parts=3)
    await save(outbox, "2")
    channel.faults["1"] = ["ok", "refused"]
    assert await run() == 2
    assert channel.texts("1") == ["1.1"]
    assert channel.texts("2") == ["2.1"]
    assert await state_of(outbox, "1") == ("failed", "The channel was deleted; choose another.")


async def test_later_parts_are_sent_and_looked_for_under_the_first_message(
    run, outbox, channel, clock
):
    await save(outbox, "7", parts=3)
    channel.faults["7"] = ["ok", "lost"]
    await run()
    clock.advance(minutes=4)
    await run()
    assert channel.first_ids[0] == ""
    assert set(channel.first_ids[1:]) == {"1"}
    assert channel.texts("7") == ["7.1", "7.2", "7.3"]


def test_a_channel_that_is_gone_is_told_in_words_of_our_own():
    error = ChannelError("Unknown Channel", permanent=True, is_gone=True)
    assert judge(Step.SEND, None, error) == Outcome(DeliveryState.FAILED, GONE)
    looked_up = judge(Step.LOOK_UP, None, error)
    assert looked_up.state is DeliveryState.UNKNOWN
    assert looked_up.reason.endswith(GONE)
    later = judge(Step.SEND, None, error, is_first=False)
    assert later == Outcome(DeliveryState.FAILED, "Unknown Channel"), "its thread is gone"
