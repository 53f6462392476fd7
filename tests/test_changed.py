"""What changed over any stretch, asked for in a person's words."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage_samples import settings_for

from bot.app import open_tools
from bot.commands import BotCommands
from bot.errors import InputError
from bot.jobs.changed import parse_since
from bot.jobs.gather import extract_new, read
from bot.model import Change, Reading

NOW = datetime(2025, 6, 11, 9, 30, tzinfo=UTC)  # a Wednesday
DEAL = "Kestria will buy 12 coastal radars from Hammerfeld Systems for {} million euros, {}."
OTHER = "For {} million euros Hammerfeld Systems is to build Kestria 12 coastal radars, {}."
TRIP = "Prime Minister Anna Berg will visit Tokyo from {} {}, the foreign ministry announced."


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-02-01", "2025-02-01T00:00+00:00"),
        ("2025-02-01T06:00+01:00", "2025-02-01T05:00+00:00"),
        ("2025-02-01 06:00", "2025-02-01T06:00+00:00"),
        ("3 days", "2025-06-08T09:30+00:00"),
        ("  Since 3  Days ago ", "2025-06-08T09:30+00:00"),
        ("36 hours", "2025-06-09T21:30+00:00"),
        ("a week", "2025-06-04T09:30+00:00"),
        ("last 2 weeks", "2025-05-28T09:30+00:00"),
        ("2d", "2025-06-09T09:30+00:00"),
        ("today", "2025-06-11T00:00+00:00"),
        ("yesterday", "2025-06-10T00:00+00:00"),
        ("monday", "2025-06-09T00:00+00:00"),
        ("Wednesday", "2025-06-04T00:00+00:00"),
        ("thursday", "2025-06-05T00:00+00:00"),
        ("this week", "2025-06-09T00:00+00:00"),
        ("last week", "2025-06-02T00:00+00:00"),
        ("366 days", "2024-06-10T09:30+00:00"),
    ],
)
def test_a_moment_is_read_in_a_persons_words(text: str, moment: str) -> None:
    assert parse_since(text, NOW) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2025-06-12",
        "2025-06-11T09:30+00:00",
        "0 days",
        "367 days",
        "9999 weeks",
        "99999999999 days",
        "2024-01-01",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-14:00",
        "-3 days",
        "three days",
        "3 fortnights",
        "２ days",
        "3 days\n; rm",
        "x" * 5_000,
        "2025-02-30",
    ],
)
def test_what_names_no_past_moment_gets_one_line_that_says_what_does(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse_since(text, NOW)
    assert "3 days" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 250


@given(st.text(max_size=30), st.integers(-14, 14))
def test_any_text_is_a_past_moment_or_refused(text: str, offset: int) -> None:
    now = NOW.astimezone(timezone(timedelta(hours=offset)))
    try:
        moment = parse_since(text, now)
    except InputError:
        return
    assert timedelta() < now - moment <= timedelta(days=366)


def test_a_midnight_is_that_of_the_zone_of_now() -> None:
    kolkata = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert parse_since("yesterday", kolkata) == datetime(2025, 6, 9, 18, 30, tzinfo=UTC)
    assert parse_since("2025-06-10", kolkata) == datetime(2025, 6, 9, 18, 30, tzinfo=UTC)


# ---------------------------------------------------------------- the report


def reading(number: int, day: int, text: str, outlet: str) -> Reading:
    return Reading(
        url=f"https://wire.example/{number}",
        guid="",
        outlet=outlet,
        title=f"Report {number}",
        text=text,
        language="en",
        published_at=datetime(2025, 5, 1, 8, tzinfo=UTC) + timedelta(days=day),
    )


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[BotCommands]:
    """A desk that heard of a deal and a trip, and then otherwise, over six weeks."""
    readings = [
        reading(1, 0, DEAL.format(310, "its defence ministry said"), "Wire"),
        reading(2, 3, DEAL.format(350, "its defence ministry said"), "Wire"),
        reading(3, 20, TRIP.format("24 to 25", "September"), "Gazette"),
        reading(4, 34, DEAL.format(360, "its defence ministry said"), "Wire"),
        reading(5, 35, OTHER.format(410, "two officials said"), "Courier"),
        reading(6, 37, TRIP.format("14 to 16", "September"), "Gazette"),
    ]
    async with open_tools(settings_for(tmp_path)) as tools:
        await read(tools, "console", readings)
        await extract_new(tools)
        yield BotCommands(tools)


async def test_a_stretch_tells_visits_and_facts_and_who_disagrees(desk: BotCommands) -> None:
    report = await desk.list_changes("console", since="10 days", now=NOW)
    (trip,) = report.visits
    assert trip.change is Change.MOVED
    assert trip.before == "confirmed, 24–25 September 2025"
    assert report.facts == ()
    (pair,) = report.contradictions
    assert "410" in pair.first.text
    assert "360" in pair.second.text
    numbers = [
        c.n for item in (trip, pair.first, pair.second) for c in (*item.citations, *item.was)
    ]
    assert numbers == [1, 2, 3, 4]


async def test_a_longer_stretch_tells_each_step_of_a_fact_once(desk: BotCommands) -> None:
    report = await desk.list_changes("console", since="2025-05-01T09:00", now=NOW)
    assert [item.change for item in report.visits] == [Change.NEW]
    assert [(item.change, item.before) for item in report.facts] == [
        (Change.UPDATED, "310 million euros")
    ]
    assert len(report.contradictions) == 1


async def test_a_stretch_without_news_is_empty(desk: BotCommands) -> None:
    report = await desk.list_changes("console", since="2 hours", now=NOW)
    assert (report.visits, report.facts, report.contradictions) == ((), (), ())
    assert (report.end_at, report.start_at) == (NOW, NOW - timedelta(hours=2))


async def test_another_workspace_sees_nothing(desk: BotCommands) -> None:
    report = await desk.list_changes("discord:1", since="60 days", now=NOW)
    assert (report.visits, report.facts, report.contradictions) == ((), (), ())


async def test_the_same_is_told_however_often_it_is_asked(desk: BotCommands) -> None:
    first = await desk.list_changes("console", since="40 days", now=NOW)
    assert await desk.list_changes("console", since="40 days", now=NOW) == first


# ---------------------------------------------------------------- the command line


def test_the_command_prints_json_text_or_one_line_of_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from bot.__main__ import main

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/briefing.db")

    def run(*words: str) -> int:
        monkeypatch.setattr("sys.argv", ["briefing-bot", *words])
        with pytest.raises(SystemExit) as end:
            main()
        return int(end.value.code or 0)

    (tmp_path / "berg.txt").write_text(f"date 2025-06-10\n{TRIP.format('14 to 16', 'September')}")
    assert run("read", "berg.txt") == 0
    capfd.readouterr()
    assert run("changes", "--as-of", "2025-06-11", "--json") == 0
    printed = json.loads(capfd.readouterr().out)
    assert [item["change"] for item in printed["visits"]] == ["new"]
    assert run("changes", "--as-of", "2025-06-11", "--since", "3 days") == 0
    assert "New · Anna Berg → " in capfd.readouterr().out
    assert run("changes", "--as-of", "2025-06-11", "--since", "some day") == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 1
