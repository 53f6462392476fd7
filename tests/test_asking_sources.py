"""What a brief or an answer cites, what members think of it, and how long that is kept."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from asking_samples import ALICE, DRONES, HERE, NOW, open_desk
from fakes.outbox import SetClock
from fakes.scripted import ScriptedChannel
from stage_samples import settings_for

from bot.app import open_tools
from bot.channels.console.shapes import brief_json
from bot.commands import BotCommands
from bot.errors import InputError
from bot.jobs.compose import compose_brief
from bot.jobs.forget import SOURCES_KEPT, TURNS_KEPT, forget_old
from bot.jobs.post import SETTLING, prepare_due
from bot.jobs.sources import keep_sources, list_cited, make_key
from bot.model import Brief, ChannelRef, make_author

WEEK = 24 * 8.0


@pytest.fixture
async def desk(seeded_folder: Path, tmp_path: Path) -> AsyncIterator[BotCommands]:
    async with open_desk(seeded_folder, tmp_path) as desk:
        yield desk


def numbers_in(shape: object) -> set[int]:
    """Every number of a citation that stands anywhere in the JSON of a brief."""
    if isinstance(shape, dict):
        own = {shape["n"]} if "n" in shape else set()
        return own.union(*map(numbers_in, shape.values()))
    return set().union(*map(numbers_in, shape)) if isinstance(shape, list) else set()


# ---------------------------------------------------------------- sources


async def test_every_number_of_a_brief_opens_its_sentence(desk: BotCommands) -> None:
    brief = await desk.write_brief(HERE, hours=700, now=NOW)
    kept = await desk.list_sources(HERE, brief.key)
    assert {citation.n for citation in kept} == numbers_in(brief_json(brief))
    assert [citation.n for citation in kept] == list(range(1, len(kept) + 1))
    item = next(item for section in brief.sections for item in section.items)
    assert item.citations[0] in kept


async def test_two_briefs_asked_for_have_two_keys(desk: BotCommands) -> None:
    keys = {(await desk.write_brief(HERE, hours=WEEK, now=NOW)).key for _ in range(2)}
    assert len(keys) == 2


async def test_a_brief_that_cites_nothing_has_no_key(desk: BotCommands) -> None:
    brief = await desk.write_brief(HERE, hours=1, now=NOW + timedelta(days=20))
    assert list_cited(brief) == ()
    assert brief.key == ""


class KeyChannel(ScriptedChannel):
    """Shows the key of a brief and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.briefs: list[Brief] = []

    def render_brief(self, brief, mark, look):  # type: ignore[no-untyped-def]
        self.briefs.append(brief)
        return ({"text": brief.key},)


async def test_a_slot_that_is_written_again_has_the_same_key(desk: BotCommands) -> None:
    """As after a crash between the sources and the outbox."""
    one = await _write_slot(desk, "1/2025-02-16/06:00|discord|5")
    again = await _write_slot(desk, "1/2025-02-16/06:00|discord|5")
    elsewhere = await _write_slot(desk, "2/2025-02-16/06:00|discord|6")
    assert one.key == again.key != elsewhere.key
    assert await desk.list_sources(HERE, one.key) == list_cited(one)


async def _write_slot(desk: BotCommands, seed: str) -> Brief:
    start_at = NOW - timedelta(days=8)
    brief = await compose_brief(desk.tools, HERE, start_at=start_at, end_at=NOW)
    return await keep_sources(desk.tools, HERE, brief, seed)


async def test_a_slot_that_cites_otherwise_the_second_time_has_another_key(
    desk: BotCommands,
) -> None:
    cited = list_cited(await desk.write_brief(HERE, hours=WEEK, now=NOW))
    assert make_key("slot", cited) == make_key("slot", cited)
    assert make_key("slot", cited) != make_key("slot", cited[:-1])
    changed = replace(cited[0], quote=f"{cited[0].quote} Or not.")
    assert make_key("slot", cited) != make_key("slot", (changed, *cited[1:]))


async def test_a_scheduled_brief_is_posted_with_its_sources_kept(
    seeded_folder: Path, tmp_path: Path
) -> None:
    async with open_desk(seeded_folder, tmp_path) as bare:
        channel, clock = KeyChannel(), bare.tools.clock
        assert isinstance(clock, SetClock)
        tools = replace(bare.tools, channels={"scripted": channel})
        desk, place = BotCommands(tools), ChannelRef("scripted", "5")
        clock.now = NOW - timedelta(days=1)
        await desk.set_schedule(
            HERE, place, times="00:00", timezone="UTC", by=make_author("console", clock.now)
        )
        clock.now = NOW + SETTLING
        await prepare_due(tools)
        (brief,) = channel.briefs
        assert len(brief.key) == 24
        assert await desk.list_sources(HERE, brief.key) == list_cited(brief)


# ---------------------------------------------------------------- votes


async def test_a_vote_is_kept_and_the_second_one_replaces_it(desk: BotCommands) -> None:
    reply = await desk.ask(HERE, DRONES, now=NOW, origin=ALICE)
    await desk.vote(HERE, reply.key, member="discord:42", is_good=True, now=NOW)
    await desk.vote(
        HERE,
        reply.key,
        member="discord:42",
        is_good=False,
        reason=" Wrong\nyear\x00 ",
        now=NOW + timedelta(minutes=1),
    )
    (review,) = await desk.list_reviews(HERE)
    assert (review.turn.key, review.turn.question) == (reply.key, DRONES)
    (vote,) = review.votes
    assert (vote.is_good, vote.reason) == (False, "Wrong year")


async def test_a_vote_on_what_is_not_kept_gets_one_line(desk: BotCommands) -> None:
    brief = await desk.write_brief(HERE, hours=WEEK, now=NOW)
    for key in ("nothing", "", brief.key):
        with pytest.raises(InputError, match="not kept any more"):
            await desk.vote(HERE, key, member="discord:42", is_good=True, now=NOW)


async def test_a_reason_as_long_as_a_page_is_refused_whole(desk: BotCommands) -> None:
    reply = await desk.ask(HERE, DRONES, now=NOW, origin=ALICE)
    with pytest.raises(InputError, match="500 characters or fewer"):
        await desk.vote(HERE, reply.key, member="m", is_good=False, reason="no " * 2000, now=NOW)
    assert await desk.list_reviews(HERE) == ()


# ---------------------------------------------------------------- forgetting


async def test_what_is_old_is_forgotten_and_nothing_else(desk: BotCommands) -> None:
    clock = desk.tools.clock
    assert isinstance(clock, SetClock)
    old = await desk.ask(HERE, DRONES, now=NOW, origin=ALICE)
    await desk.vote(HERE, old.key, member="discord:42", is_good=True, now=NOW)
    brief = await desk.write_brief(HERE, hours=WEEK, now=NOW)
    new = await desk.ask(HERE, DRONES, now=NOW + timedelta(days=1), origin=ALICE)

    clock.now = NOW + min(TURNS_KEPT, SOURCES_KEPT) - timedelta(seconds=1)
    await forget_old(desk.tools)
    assert await desk.list_sources(HERE, old.key)
    assert await desk.list_reviews(HERE)

    clock.now = NOW + max(TURNS_KEPT, SOURCES_KEPT) + timedelta(seconds=1)
    for _ in range(2):
        await forget_old(desk.tools)
    for key in (old.key, brief.key):
        with pytest.raises(InputError, match="older than 90 days"):
            await desk.list_sources(HERE, key)
    assert await desk.list_reviews(HERE) == ()
    assert await desk.list_sources(HERE, new.key) == new.citations


async def test_the_questions_of_a_day_count_when_nothing_was_forgotten(
    seeded_folder: Path, tmp_path: Path
) -> None:
    async with open_desk(seeded_folder, tmp_path) as desk:
        await desk.ask(HERE, DRONES, now=NOW, origin=ALICE)
    async with open_tools(settings_for(tmp_path), clock=SetClock(NOW)) as tools:
        await forget_old(tools)
        assert (await tools.store.count_usage(HERE, ALICE.member, NOW)).member_day == 1


async def test_what_a_member_erases_counts_for_a_day_and_then_goes(desk: BotCommands) -> None:
    clock, store = desk.tools.clock, desk.tools.store
    assert isinstance(clock, SetClock)
    reply = await desk.ask(HERE, DRONES, now=NOW, origin=ALICE)
    assert await desk.forget(HERE, member=ALICE.member) > 0
    with pytest.raises(InputError):
        await desk.list_sources(HERE, reply.key)
    for later, count in ((timedelta(hours=24), 1), (timedelta(hours=25), 0)):
        clock.now = NOW + later
        await forget_old(desk.tools)
        assert (await store.count_usage(HERE, ALICE.member, NOW)).member_day == count
