import asyncio
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import new_entry, new_visit

from bot.errors import StoreError
from bot.model import CalendarEntry, Evidence, Precision, Visit, VisitDates, VisitStatus
from bot.ports import Store
from bot.store import open_store
from bot.store.visit_rows import visit_from_json, visit_to_json


async def keep(store: Store, *entries: CalendarEntry, workspace: str = "desk") -> None:
    await store.update_calendar(workspace, lambda standing: entries)


async def test_entries_come_back_as_they_were_kept_with_their_history(store: Store) -> None:
    entries = (new_entry("a", sequence=3), new_entry("b", is_withdrawn=True))
    assert await store.update_calendar("desk", lambda standing: entries) == entries
    assert await store.list_calendar("desk") == entries
    assert entries[0].visit.history[0].more == (Evidence(3, "It lasts two days."),)


async def test_who_decides_is_told_what_stands_and_what_he_leaves_out_is_gone(
    store: Store,
) -> None:
    await keep(store, new_entry("a"), new_entry("b"))

    def decide(standing: tuple[CalendarEntry, ...]) -> list[CalendarEntry]:
        assert [entry.uid for entry in standing] == ["a", "b"]
        return [replace(standing[1], sequence=9)]

    await store.update_calendar("desk", decide)
    (left,) = await store.list_calendar("desk")
    assert (left.uid, left.sequence) == ("b", 9)


async def test_a_decision_that_fails_changes_nothing(store: Store) -> None:
    await keep(store, new_entry("a"))

    def fail(standing: tuple[CalendarEntry, ...]) -> list[CalendarEntry]:
        raise RuntimeError("no decision")

    with pytest.raises(RuntimeError, match="no decision"):
        await store.update_calendar("desk", fail)
    assert await store.list_calendar("desk") == (new_entry("a"),)


async def test_one_workspace_never_sees_the_visits_of_another(store: Store) -> None:
    await keep(store, new_entry("a"))
    await keep(store, new_entry("a", sequence=5), workspace="other")
    assert await store.list_calendar("desk") == (new_entry("a"),)
    await keep(store, workspace="other")
    assert await store.list_calendar("desk") == (new_entry("a"),)
    assert await store.list_calendar("third") == ()


async def test_updates_at_once_come_one_after_the_other_and_none_is_lost(
    url: str, store: Store
) -> None:
    await keep(store, new_entry("a"))
    others = [open_store(url) for _ in range(4)]

    def count_up(standing: tuple[CalendarEntry, ...]) -> list[CalendarEntry]:
        return [replace(entry, sequence=entry.sequence + 1) for entry in standing]

    updates = (one.update_calendar("desk", count_up) for one in others for _ in range(5))
    await asyncio.gather(*updates)
    (entry,) = await store.list_calendar("desk")
    assert entry.sequence == 20
    for one in others:
        await one.close()


@given(st.text(), st.text(), st.sampled_from(VisitStatus), st.sampled_from(Precision))
def test_a_visit_comes_back_from_json_whatever_its_words(
    name: str, purpose: str, status: VisitStatus, precision: Precision
) -> None:
    dates = VisitDates("2026-03-10", None, precision)
    visit = replace(new_visit(name), purpose=purpose, status=status, dates=dates, place=name)
    assert visit_from_json(visit_to_json(visit)) == visit


def test_a_visit_kept_by_an_older_release_has_defaults_for_what_it_did_not_know() -> None:
    older = (
        '{"key":"k","visitor":"V","host":"H","place":null,"status":"planned",'
        '"dates":{"start":null,"end":null,"precision":"unknown"},"history":[]}'
    )
    assert visit_from_json(older) == Visit(
        key="k",
        visitor="V",
        host="H",
        place=None,
        dates=VisitDates(),
        status=VisitStatus.PLANNED,
        history=(),
    )


async def test_a_token_stays_until_a_new_one_is_asked_for_and_then_opens_nothing(
    store: Store,
) -> None:
    assert await store.save_calendar_token("desk", "t1", is_new=False) == "t1"
    assert await store.save_calendar_token("desk", "t2", is_new=False) == "t1"
    assert await store.find_calendar_workspace("t1") == "desk"
    assert await store.find_calendar_workspace("t2") is None
    assert await store.save_calendar_token("desk", "t3", is_new=True) == "t3"
    assert await store.find_calendar_workspace("t1") is None
    assert await store.find_calendar_workspace("t3") == "desk"
    assert await store.find_calendar_workspace("") is None


async def test_a_token_opens_one_workspace_only(store: Store) -> None:
    await store.save_calendar_token("desk", "t1", is_new=False)
    with pytest.raises(StoreError):
        await store.save_calendar_token("other", "t1", is_new=False)
    await store.save_calendar_token("other", "t2", is_new=True)
    assert await store.find_calendar_workspace("t1") == "desk"
    assert await store.find_calendar_workspace("t2") == "other"
