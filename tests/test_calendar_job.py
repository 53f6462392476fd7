"""The ledger as calendars know it, from articles to the file, on the articles of the demo."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import icalendar
import pytest

from bot.commands import BotCommands
from bot.errors import InputError
from bot.jobs.calendar import refresh_calendar, write_calendar
from bot.model import CalendarEntry, Precision, VisitStatus
from bot.store import open_store

DAY = timedelta(days=1)
CALL = datetime(2025, 1, 29, tzinfo=UTC)
SETTLED = datetime(2025, 2, 8, tzinfo=UTC)
OVER = datetime(2025, 2, 16, tzinfo=UTC)


def at(commands: BotCommands, now: datetime) -> BotCommands:
    """The commands with a clock that stands at ``now``."""
    return BotCommands(replace(commands.tools, clock=lambda: now))


def find(entries: tuple[CalendarEntry, ...], place: str) -> CalendarEntry:
    visits = (entry for entry in entries if "Modi" in entry.visit.visitor)
    (found,) = [entry for entry in visits if entry.visit.place == place]
    return found


def events(file: bytes) -> dict[str, icalendar.Event]:
    return {str(event["summary"]): event for event in icalendar.Calendar.from_ical(file).events}


async def test_a_visit_keeps_its_name_from_the_first_call_to_the_last_report(
    seeded: BotCommands,
) -> None:
    steps = []
    for now in (CALL, SETTLED, OVER):
        entries = await refresh_calendar(seeded.tools, "console", now)
        steps.append(find(entries, "Washington"))
    assert len({step.uid for step in steps}) == 1
    assert steps[0].visit.dates.precision is Precision.MONTH
    assert steps[1].visit.status is VisitStatus.CONFIRMED
    assert steps[2].visit.status is VisitStatus.COMPLETED
    assert [step.sequence for step in steps] == [0, 1, 2]
    assert [step.changed_at for step in steps] == [CALL, SETTLED, OVER]


async def test_doing_it_twice_changes_nothing(seeded: BotCommands) -> None:
    first = await refresh_calendar(seeded.tools, "console", SETTLED)
    again = await refresh_calendar(seeded.tools, "console", SETTLED + timedelta(minutes=1))
    assert first == again
    kept = await seeded.tools.store.list_calendar("console")
    assert {entry.uid: entry for entry in kept} == {entry.uid: entry for entry in first}


async def test_two_processes_at_once_make_one_entry_a_visit(
    seeded: BotCommands, database_url: Callable[[BotCommands], str]
) -> None:
    other = replace(seeded.tools, store=open_store(database_url(seeded)))
    work = (refresh_calendar(tools, "console", SETTLED) for tools in (seeded.tools, other) * 3)
    results = await asyncio.gather(*work)
    assert all(set(result) == set(results[0]) for result in results)
    assert all(entry.sequence == 0 for entry in results[0])
    await other.store.close()


async def test_who_was_overtaken_by_a_newer_ledger_changes_nothing(seeded: BotCommands) -> None:
    newer = await refresh_calendar(seeded.tools, "console", OVER)
    late = await refresh_calendar(seeded.tools, "console", OVER - timedelta(seconds=30))
    assert set(late) == set(newer)


async def test_a_workspace_without_articles_has_an_empty_calendar(seeded: BotCommands) -> None:
    await refresh_calendar(seeded.tools, "console", SETTLED)
    assert await refresh_calendar(seeded.tools, "discord:1", SETTLED) == ()
    assert events(await write_calendar(seeded.tools, "discord:1", SETTLED)) == {}


async def test_the_file_of_the_present_is_kept_and_that_of_the_past_is_not(
    seeded: BotCommands,
) -> None:
    past = await at(seeded, OVER).export_calendar("console", now=SETTLED)
    assert await seeded.tools.store.list_calendar("console") == ()
    present = await at(seeded, OVER).export_calendar("console", now=OVER - timedelta(minutes=1))
    kept = await seeded.tools.store.list_calendar("console")
    assert len(kept) > 0
    again = await at(seeded, OVER).export_calendar("console", now=SETTLED)
    assert await seeded.tools.store.list_calendar("console") == kept
    assert present not in (past, again)
    uids = {str(event["uid"]) for event in events(again).values()}
    assert uids <= {f"{entry.uid}@briefing-bot" for entry in kept}


async def test_a_file_says_what_the_ledger_says(seeded: BotCommands) -> None:
    file = events(await seeded.export_calendar("console", now=SETTLED))
    visit = file["Narendra Modi → Washington"]
    assert (visit["dtstart"].dt.isoformat(), visit["dtend"].dt.isoformat()) == (
        "2025-02-12",
        "2025-02-14",
    )
    assert visit["status"] == "CONFIRMED"
    assert "12–13 February" in visit["description"]
    assert "https://meridianwire.example/" in visit["url"]


async def test_dates_coarser_than_a_month_come_on_demand(seeded: BotCommands) -> None:
    fine = events(await seeded.export_calendar("console", now=SETTLED))
    every = events(await seeded.export_calendar("console", now=SETTLED, with_coarse=True))
    more = set(every) - set(fine)
    assert set(fine) < set(every)
    assert all("(some time in 2025)" in summary for summary in more)


async def test_a_link_is_given_only_where_something_listens(seeded: BotCommands) -> None:
    with pytest.raises(InputError, match="METRICS_PORT and PUBLIC_URL"):
        await seeded.get_calendar_link("console")
    assert await seeded.tools.store.find_calendar_workspace("") is None


async def test_a_link_stays_until_a_new_one_is_asked_for(seeded: BotCommands) -> None:
    tools = replace(seeded.tools, calendar_url="https://briefs.example.org/bot")
    commands = BotCommands(tools)
    first = await commands.get_calendar_link("console")
    assert first == await commands.get_calendar_link("console")
    assert first.startswith("https://briefs.example.org/bot/calendar/")
    assert len(first) == len("https://briefs.example.org/bot/calendar/.ics") + 43
    second = await commands.get_calendar_link("console", is_new=True)
    assert second != first
    assert second != await commands.get_calendar_link("other")
    token = second.rpartition("/")[2].removesuffix(".ics")
    assert await tools.store.find_calendar_workspace(token) == "console"
    old = first.rpartition("/")[2].removesuffix(".ics")
    assert await tools.store.find_calendar_workspace(old) is None


@pytest.fixture
def database_url() -> Callable[[BotCommands], str]:
    return lambda commands: str(commands.tools.store.database.url)  # type: ignore[attr-defined]
