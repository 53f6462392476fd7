"""A brief reaches its channel exactly once, or is shown as failed or unknown with a reason."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deliver import Step, decide, deliver, judge, make_nonce, make_parts
from bot.errors import ChannelError
from bot.model import ChannelRef, DeliveryState, Part, Slot, Subscription
from bot.ports import DeliveryStore
from bot.store import open_store, upgrade
from tests.fakes.outbox import MemoryOutbox, ScriptedChannel, SetClock

SIX = datetime(2026, 6, 3, 6, tzinfo=UTC)


@pytest.fixture(params=["memory", "sqlite"])
async def outbox(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[DeliveryStore]:
    if request.param == "memory":
        yield MemoryOutbox()
        return
    url = f"sqlite:///{tmp_path}/outbox.db"
    upgrade(url)
    store = open_store(url)
    yield store
    await store.close()


@pytest.fixture
def clock() -> SetClock:
    return SetClock(SIX)


@pytest.fixture
def channel() -> ScriptedChannel:
    return ScriptedChannel()


async def save(
    outbox: DeliveryStore, channel_id: str, *, parts: int = 1, platform: str = "scripted"
) -> None:
    """A slot at six for a channel whose name is the number of its subscription."""
    place = ChannelRef(platform, channel_id)
    subscription = Subscription(
        id=int(channel_id),
        workspace="w",
        channel=place,
        timezone="UTC",
        times=("06:00",),
        weekdays=(3,),
        tags=(),
        created_at=SIX,
    )
    slot = Slot(subscription.id, date(2026, 6, 3), "06:00", SIX)
    payloads = tuple({"text": f"{channel_id}.{number}"} for number in range(1, parts + 1))
    assert await outbox.save_delivery(
        slot, subscription, make_parts(slot, place, lambda _: payloads)
    )


async def state_of(outbox: DeliveryStore, channel_id: str) -> tuple[str, str]:
    records = await outbox.list_slots("w", limit=1000)
    [record] = [each for each in records if each.channel.channel_id == channel_id]
    return record.state, record.reason


# ---------------------------------------------------------------- pure


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
        first_try_at=SIX,
        tries=tries,
    )
    assert decide(part, SIX + timedelta(minutes=minutes)) is step


def test_a_refusal_that_may_have_posted_all_the_same_is_looked_up_later():
    refusal = ChannelError("The answer was lost.", permanent=True, is_unknown=True)
    assert judge(Step.SEND, None, refusal).state is None


def test_a_message_that_a_moderator_deleted_counts_as_sent_though_it_has_no_id():
    assert judge(Step.SEND, "", None).state is DeliveryState.SENT


# ---------------------------------------------------------------- delivering


@pytest.fixture
def run(outbox, channel, clock):
    """Deliver once, as one process would at this moment."""
    return partial(deliver, store=outbox, channels={"scripted": channel}, owner="a", clock=clock)


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


async def test_a_refused_part_fails_with_its_reason_and_the_parts_after_it(outbox, channel, run):
    await save(outbox, "1", parts=3)
    await save(outbox, "2")
    channel.faults["1"] = ["ok", "refused"]
    assert await run() == 2
    assert channel.texts("1") == ["1.1"]
    assert channel.texts("2") == ["2.1"]
    assert await state_of(outbox, "1") == ("failed", "The channel was deleted; choose another.")


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
    clock.advance(days=1)
    await save(outbox, "1")
    channel.faults["1"] = ["lost"]
    await run()
    channel.forget_nonces()
    clock.advance(days=-1, minutes=10)
    assert await run() == 0, "the lease ends by the clock it was written by"
    clock.advance(days=1, minutes=-7)
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
        for minutes in [*(minutes for _, minutes in script), *[5] * 12]:
            await deliver(store=outbox, channels={"scripted": channel}, owner="a", clock=clock)
            clock.advance(minutes=minutes)
            if minutes > 3:
                channel.forget_nonces()
        state, _ = await state_of(outbox, "1")
        posted = channel.texts("1")
        assert posted == ["1.1", "1.2"][: len(posted)]
        assert (state == "sent") == (len(posted) == 2)

    asyncio.run(live_through())
