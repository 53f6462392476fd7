"""Outages, silence, lost answers and clocks set back: never lost in silence, never posted twice."""

import asyncio
from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest
from fakes.outbox import SIX, MemoryOutbox, SetClock, save, state_of
from fakes.scripted import ScriptedChannel
from hypothesis import given
from hypothesis import strategies as st

from bot.deliver import deliver


async def test_answers_lost_again_and_again_lead_to_one_message(outbox, channel, clock, run):
    await save(outbox, "1")
    channel.faults["1"] = ["down", "lost", "lost", "lost"]
    for _ in range(4):
        await run()
        channel.forget_nonces()
        clock.advance(minutes=4)
    assert await run() == 0
    assert channel.texts("1") == ["1.1"]
    assert await state_of(outbox, "1") == ("sent", "")


async def test_a_platform_that_comes_back_gets_its_brief(outbox, channel, clock, run):
    await save(outbox, "1")
    channel.faults["1"] = ["down"] * 4
    for _ in range(5):
        await run()
        clock.advance(minutes=2, seconds=10)
    assert channel.texts("1") == ["1.1"]


async def test_an_outage_is_met_with_ever_fewer_tries_and_ends_in_failed(
    outbox, channel, clock, run
):
    await save(outbox, "1")
    channel.faults["1"] = ["down"] * 1000
    tried_at = []

    async def note_the_time(_: str) -> None:
        tried_at.append(clock.now - SIX)

    channel.on_send = note_the_time
    for _ in range(6 * 60 * 3 + 30):
        await run()
        clock.advance(seconds=20)
    gaps = [later - before for before, later in pairwise(tried_at)]
    assert gaps == sorted(gaps)
    assert 30 < len(tried_at) < 50
    assert gaps[-1] < timedelta(minutes=13)
    state, reason = await state_of(outbox, "1")
    assert state == "failed"
    assert "within 6 hours" in reason


async def test_a_part_posted_by_the_last_lost_answer_is_found_when_giving_up(
    outbox, channel, clock, run
):
    await save(outbox, "1")
    channel.faults["1"] = ["lost"]
    await run()
    channel.forget_nonces()
    clock.advance(hours=7)
    assert await run() == 1
    assert channel.texts("1") == ["1.1"]
    assert len(channel.sends) == 1


async def test_a_history_that_may_not_be_read_ends_in_unknown_and_is_not_sent_again(
    outbox, channel, clock, run
):
    await save(outbox, "1", parts=2)
    channel.faults["1"] = ["lost"]
    channel.unreadable["1"] = True
    await run()
    clock.advance(minutes=10)
    channel.forget_nonces()
    assert await run() == 0
    state, reason = await state_of(outbox, "1")
    assert state == "unknown"
    assert "may have been posted" in reason
    assert "Read Message History" in reason
    assert channel.texts("1") == ["1.1"]


async def test_a_history_that_can_not_be_read_just_now_is_read_later(outbox, channel, clock, run):
    await save(outbox, "1")
    channel.faults["1"] = ["lost"]
    channel.unreadable["1"] = False
    await run()
    channel.forget_nonces()
    clock.advance(minutes=10)
    assert await run() == 0
    assert (await state_of(outbox, "1"))[0] == "sending"
    del channel.unreadable["1"]
    clock.advance(minutes=10)
    assert await run() == 1
    assert channel.texts("1") == ["1.1"]


async def test_a_history_that_can_not_be_read_for_six_hours_ends_in_unknown(
    outbox, channel, clock, run
):
    await save(outbox, "1")
    channel.faults["1"] = ["lost"]
    channel.unreadable["1"] = False
    await run()
    clock.advance(hours=7)
    await run()
    assert (await state_of(outbox, "1"))[0] == "unknown"
    assert len(channel.sends) == 1


async def test_a_platform_that_is_not_set_up_waits_for_its_token(outbox, channel, clock):
    await save(outbox, "1")
    assert await deliver(store=outbox, channels={}, owner="a", clock=clock) == 0
    clock.advance(minutes=10)
    channels = {"scripted": channel}
    assert await deliver(store=outbox, channels=channels, owner="a", clock=clock) == 1


async def test_a_platform_that_stays_without_a_token_is_told_so(outbox, channel, clock):
    await save(outbox, "1")
    await save(outbox, "2", platform="missing")
    channels = {"scripted": channel}
    assert await deliver(store=outbox, channels=channels, owner="a", clock=clock) == 1
    clock.advance(hours=7)
    assert await deliver(store=outbox, channels=channels, owner="a", clock=clock) == 0
    state, reason = await state_of(outbox, "2")
    assert state == "unknown"
    assert "missing is not set up; set its token" in reason


async def test_slow_dead_channels_do_not_keep_a_live_one_waiting(outbox, channel, clock, run):
    for number in range(1, 6):
        await save(outbox, str(number))
        channel.faults[str(number)] = ["down"] * 100
    await save(outbox, "6")

    async def take_long(channel_id: str) -> None:
        if channel_id != "6":
            clock.advance(seconds=90)

    channel.on_send = take_long
    assert await run() == 1
    assert channel.texts("6") == ["6.1"]
    assert len(channel.sends) == 6, "each once a run, although leases ended meanwhile"


async def test_a_platform_that_never_answers_is_let_go_before_the_lease_ends(
    outbox, channel, clock
):
    await save(outbox, "1")
    await save(outbox, "2")
    channel.faults["1"] = ["hang"]
    lease = timedelta(seconds=0.2)
    channels = {"scripted": channel}
    async with asyncio.timeout(5):
        sent = await deliver(store=outbox, channels=channels, owner="a", clock=clock, lease=lease)
    assert sent == 1
    assert channel.texts("2") == ["2.1"]
    clock.advance(seconds=1)
    assert await deliver(store=outbox, channels=channels, owner="b", clock=clock) == 1
    assert channel.texts("1") == ["1.1"]


async def test_a_send_without_look_up_ends_before_its_nonce_is_forgotten(outbox, channel, clock):
    await save(outbox, "1")
    channel.faults["1"] = ["down", "hang"]
    again = partial(deliver, store=outbox, channels={"scripted": channel}, owner="a", clock=clock)
    await again()
    clock.advance(seconds=150)
    window = timedelta(seconds=150, milliseconds=100)
    async with asyncio.timeout(5):
        assert await again(nonce_window=window) == 0
    assert len(channel.sends) == 2


async def test_who_lost_the_lease_neither_counts_nor_overwrites(outbox, channel, clock):
    await save(outbox, "1")
    share = partial(deliver, store=outbox, channels={"scripted": channel}, clock=clock)
    rival_sent = []

    async def let_a_rival_be_faster(_: str) -> None:
        if not rival_sent:
            rival_sent.append(0)
            clock.advance(minutes=2)
            rival_sent.append(await share(owner="rival"))

    channel.on_send = let_a_rival_be_faster
    assert await share(owner="slow") == 0
    assert rival_sent == [0, 1]
    assert channel.texts("1") == ["1.1"]


async def test_a_clock_that_was_set_back_leads_to_one_message(outbox, channel, clock, run):
    clock.advance(hours=8)
    await save(outbox, "1")
    channel.faults["1"] = ["lost"]
    await run()
    channel.forget_nonces()
    clock.advance(hours=-8, minutes=10)
    assert await run() == 0, "the lease ends by the clock it was written by"
    clock.advance(hours=8, minutes=-7)
    await run()
    assert channel.texts("1") == ["1.1"]


async def test_a_stop_in_the_middle_of_a_send_leads_to_one_message(outbox, channel, clock, run):
    await save(outbox, "1", parts=2)
    channel.faults["1"] = ["hang"]
    task = asyncio.ensure_future(run())
    while not channel.messages:
        await asyncio.sleep(0.001)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    clock.advance(minutes=5)
    channel.forget_nonces()
    assert await run() == 2
    assert channel.texts("1") == ["1.1", "1.2"]


@given(
    script=st.lists(
        st.tuples(st.sampled_from(["ok", "down", "lost"]), st.integers(1, 30)), max_size=12
    )
)
def test_whatever_a_platform_does_nothing_is_lost_or_posted_twice(script):
    async def live_through() -> None:
        outbox, channel, clock = MemoryOutbox(), ScriptedChannel(), SetClock(SIX)
        await save(outbox, "1", parts=2)
        channel.faults["1"] = [fault for fault, _ in script]
        for minutes in [*(minutes for _, minutes in script), *[5] * 80]:
            await deliver(store=outbox, channels={"scripted": channel}, owner="a", clock=clock)
            clock.advance(minutes=minutes)
            if minutes > 3:
                channel.forget_nonces()
        state, _ = await state_of(outbox, "1")
        posted = channel.texts("1")
        assert posted == ["1.1", "1.2"][: len(posted)]
        assert state == ("sent" if len(posted) == 2 else "failed")

    asyncio.run(live_through())
