"""Briefs on time: what is skipped and why, how they look, and what of which feed is in them."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from posting_samples import FRIGATE, HERE, NOW, SIX, TARIFF, Desk
from stage_samples import settings_for

from bot.app import open_tools
from bot.jobs.compose import Written, write_period
from bot.jobs.forget import forget_old
from bot.model import Form, Length, Look, Style

LATER = SIX + timedelta(seconds=20)
DAY = timedelta(days=1)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_tools(settings_for(tmp_path)) as tools:
        yield Desk(tools)


async def skipped(desk: Desk) -> list[str]:
    return [slot.reason for slot in await desk.slots() if slot.state == "skipped"]


# ---------------------------------------------------------------- what is skipped


async def test_a_muted_workspace_skips_its_slots_and_says_until_when(desk: Desk) -> None:
    await desk.order()
    await desk.bring(FRIGATE)
    await desk.post(LATER)
    await desk.bring(TARIFF)
    await desk.store.save_choice(HERE, "muted", (SIX + timedelta(hours=25)).isoformat())
    await desk.post(LATER + DAY)
    assert len(desk.channel.messages) == 1
    assert await skipped(desk) == ["muted until 2025-03-12 07:00 UTC"]
    await desk.post(LATER + 2 * DAY)
    assert "bourbon" in str(desk.channel.texts("desk")[1]), "the next brief covers that time too"


async def test_a_slot_that_came_due_while_muted_is_not_posted_late(desk: Desk) -> None:
    await desk.order()
    await desk.bring(TARIFF)
    await desk.store.save_choice(HERE, "muted", (SIX + timedelta(hours=1)).isoformat())
    await desk.post(SIX + timedelta(hours=2))
    assert desk.channel.messages == []


async def test_a_workspace_that_the_bot_was_removed_from_skips_its_slots_and_comes_back(
    desk: Desk,
) -> None:
    await desk.order()
    await desk.bring(TARIFF)
    await desk.store.save_absence(HERE, NOW)
    await desk.post(LATER)
    assert await skipped(desk) == ["the bot was not in the server"]
    await desk.store.end_absence(HERE)
    await desk.post(LATER + DAY)
    assert len(desk.channel.messages) == 1


async def test_a_paused_order_skips_its_slots_with_the_reason_and_another_goes_on(
    desk: Desk,
) -> None:
    order, other = await desk.order("one"), await desk.order("two")
    await desk.bring(TARIFF)
    await desk.store.pause_subscription(order.id, "the channel is gone")
    await desk.post(LATER)
    assert await skipped(desk) == ["paused: the channel is gone"]
    assert [one.channel_id for one in desk.channel.messages] == ["two"]
    assert other.id != order.id


async def test_a_quiet_brief_is_skipped_only_if_the_order_says_so(desk: Desk) -> None:
    await desk.order("one", skips_quiet=True)
    await desk.order("two")
    await desk.bring(FRIGATE)
    await desk.post(LATER)
    await desk.post(LATER + DAY)
    assert await skipped(desk) == ["nothing new"]
    assert [one.channel_id for one in desk.channel.messages][2:] == ["two"]
    desk.clock.now = LATER + DAY + timedelta(hours=2)
    await desk.bring(TARIFF)
    await desk.post(LATER + 2 * DAY)
    assert [one.channel_id for one in desk.channel.messages].count("one") == 2
    periods = {brief.start_at for brief, _ in desk.channel.briefs[-2:]}
    assert periods == {SIX, SIX + DAY}, "the quiet day is covered too"


async def test_one_workspaces_broken_zone_stops_no_other(desk: Desk) -> None:
    await desk.order("one", timezone="Mars/Olympus")
    await desk.order("two")
    await desk.bring(TARIFF)
    await desk.post(LATER)
    assert [one.channel_id for one in desk.channel.messages] == ["two"]


# ---------------------------------------------------------------- how it looks


async def test_a_brief_has_the_look_of_its_order_and_what_the_workspace_chose(desk: Desk) -> None:
    own = Look(form=Form.FORUM, style=Style.COMPACT, forum_tags=("news",))
    await desk.order(look=own)
    await desk.bring(TARIFF)
    for name, value in {
        "language": "fr",
        "mention.trade": "77",
        "mention.defence": "88",
    }.items():
        await desk.store.save_choice(HERE, name, value)
    await desk.post(LATER)
    _, look = desk.channel.briefs[0]
    assert (look.form, look.style, look.forum_tags) == (own.form, own.style, own.forum_tags)
    assert look.language == "fr"
    assert look.mentions == (("trade", "77"),), "only of topics that have something"
    (kept,) = await desk.store.list_briefs(start_at=SIX, end_at=SIX + DAY)
    assert kept.look == look
    assert kept.brief.sections[1].items


async def test_a_brief_is_in_the_platforms_own_language_until_another_is_chosen(desk: Desk) -> None:
    await desk.order()
    await desk.bring(TARIFF)
    await desk.commands.keep_locale(HERE, "fr")
    await desk.post(LATER)
    await desk.store.save_choice(HERE, "language", "en")
    await desk.post(LATER + DAY)
    assert [look.language for _, look in desk.channel.briefs] == ["fr", "en"]
    assert await desk.commands.list_history(HERE) == (), "nobody chose it"


async def test_without_choices_a_brief_is_english_and_mentions_nobody(desk: Desk) -> None:
    await desk.order()
    await desk.bring(TARIFF)
    await desk.post(LATER)
    assert desk.channel.briefs[0][1] == Look()


@pytest.mark.parametrize("length", ["short", "standard", "long"])
async def test_a_section_has_as_many_lines_as_the_length_of_the_brief_says(
    desk: Desk, length: str
) -> None:
    await desk.order(look=Look(length=Length(length)))
    for number, (what, land) in enumerate(zip(GOODS, LANDS, strict=True)):
        await desk.bring(
            f"{land} will raise its tariff on {what} to {number + 11} per cent, the trade"
            f" ministry of {land} said.",
            by=f"paper{number}",
        )
    await desk.post(LATER)
    trade = desk.channel.briefs[0][0].sections[1]
    caps = {topic.tag: topic.max_items for topic in desk.tools.topics}
    cap = {"short": 3, "standard": caps["trade"], "long": 2 * caps["trade"]}[length]
    assert len(trade.items) == min(cap, len(GOODS))
    assert trade.omitted == len(GOODS) - len(trade.items)


GOODS = (
    *("steel", "soybeans", "whisky", "copper", "solar panels", "cotton", "pharmaceuticals"),
    *("tyres", "cement", "timber", "cheese", "aluminium", "fertiliser", "sugar"),
)
LANDS = (
    *("Brazil", "Canada", "Japan", "Chile", "Vietnam", "Egypt", "Switzerland"),
    *("Thailand", "Turkey", "Finland", "France", "Norway", "Morocco", "Mexico"),
)


# ---------------------------------------------------------------- feeds for some topics


async def test_a_feed_followed_for_trade_brings_no_line_of_defence(desk: Desk) -> None:
    await desk.order()
    await desk.feed("gazette", tags=["trade"])
    await desk.bring(TARIFF)
    await desk.bring(FRIGATE)
    await desk.bring(FRIGATE.replace("four frigates", "nine tanks"), by="herald")
    await desk.post(LATER)
    text = str(desk.channel.texts("desk")[0])
    assert "bourbon" in text
    assert "frigates" not in text
    assert "nine tanks" in text, "of another feed it is a line"


async def test_visits_told_by_a_feed_for_trade_stay_in_the_ledger(desk: Desk) -> None:
    await desk.feed("gazette", tags=["trade"])
    await desk.bring(
        "Prime Minister Anna Berg will visit Tokyo from 14 to 16 April, the foreign ministry of"
        " Norway announced. She will hold talks with the government of Japan on defence."
    )
    brief = await desk.commands.write_brief(HERE, hours=1, now=NOW)
    assert [visit.visitor for visit in brief.visits] == ["Anna Berg"]
    assert brief.sections[2].items, "what becomes of it is told"


# ---------------------------------------------------------------- what is forgotten


async def test_briefs_are_forgotten_after_thirty_days_and_proposals_after_one(desk: Desk) -> None:
    await desk.order()
    await desk.bring(TARIFF)
    await desk.post(LATER)
    await desk.store.save_choice(HERE, "pending:old", f'{{"at": "{NOW.isoformat()}"}}')
    await desk.store.save_choice(HERE, "pending:new", f'{{"at": "{LATER.isoformat()}"}}')
    await desk.store.save_choice(HERE, "language", "fr")
    desk.clock.now = NOW + timedelta(hours=25)
    await forget_old(desk.tools)
    assert sorted(await desk.store.list_choices(HERE)) == ["language", "pending:new"]
    assert await desk.store.list_briefs(start_at=NOW, end_at=LATER)
    desk.clock.now = LATER + timedelta(days=31)
    await forget_old(desk.tools)
    assert not await desk.store.list_briefs(start_at=NOW, end_at=LATER)


# ---------------------------------------------------------------- what changes meanwhile


@pytest.mark.parametrize("why", ["forgotten", "removed", "muted"])
async def test_a_brief_that_was_being_written_is_not_posted_where_nobody_wants_it_any_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    order = await desk.order()
    await desk.bring(TARIFF)

    async def write_slowly(*args: object, **asked: object) -> Written:
        written = await write_period(*args, **asked)  # type: ignore[arg-type]
        assert any(section.items for section in written.brief.sections)
        if why == "forgotten":
            await desk.commands.forget(HERE)
        elif why == "removed":
            await desk.store.remove_subscription(HERE, order.id)
        else:
            await desk.store.save_choice(HERE, "muted", (SIX + DAY).isoformat())
        return written

    monkeypatch.setattr("bot.jobs.post.write_period", write_slowly)
    await desk.post(LATER)
    assert desk.channel.messages == []
    assert await skipped(desk) == (["muted until 2025-03-12 06:00 UTC"] if why == "muted" else [])
    assert await desk.store.list_briefs(start_at=SIX, end_at=SIX + DAY) == ()
    if why == "forgotten":
        assert await desk.commands.forget(HERE) == 0, "it left no row"


# ---------------------------------------------------------------- changed at its very hour


async def change_at(desk: Desk, seconds: float, order_id: int, **changes: object) -> None:
    desk.clock.now = SIX + timedelta(seconds=seconds)
    await desk.order(order_id=order_id, **changes)
    await desk.post(LATER)


@pytest.mark.parametrize(
    "changes",
    [{}, {"look": Look(style=Style.COMPACT)}, {"times": ("06:00", "18:00")}, {"weekdays": (2,)}],
)
async def test_an_order_changed_seconds_after_its_hour_posts_that_brief_once(
    desk: Desk, changes: dict[str, object]
) -> None:
    order = await desk.order()
    await desk.bring(TARIFF)
    await change_at(desk, 4, order.id, **changes)
    assert len(desk.channel.messages) == 1
    await change_at(desk, 25, order.id, **changes)
    await desk.post(LATER + timedelta(seconds=20))
    assert len(desk.channel.messages) == 1


async def test_an_hour_that_the_order_had_not_waits_for_the_next_day(desk: Desk) -> None:
    moved = await desk.order("moved", times=("18:00",))
    await desk.bring(TARIFF)
    await change_at(desk, 4, moved.id, times=("06:00",))
    new = await desk.order("new")
    await change_at(desk, 8, new.id)
    assert desk.channel.messages == []
    await desk.post(LATER + DAY)
    assert len(desk.channel.messages) == 2
