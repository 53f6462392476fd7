"""An answer on what sources disagree about shows both, with who says it and when."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from stage_samples import article, settings_for

from bot.app import open_tools
from bot.citations import cite
from bot.commands import BotCommands
from bot.jobs.gather import extract_new, read
from bot.model import Article, Move, Passage, Reading, Visit, VisitDates, VisitStatus
from bot.sides import show_conflicts, show_rivals

DEAL = "Kestria will buy 12 coastal radars from Hammerfeld Systems for {} million euros, {}."
OTHER = "For {} million euros Hammerfeld Systems is to build Kestria 12 coastal radars, {}."
ON = datetime(2025, 6, 10, 8, tzinfo=UTC)


def told(number: int, text: str, hours: float = 0, **changes: object) -> Article:
    at = (ON + timedelta(hours=hours)).isoformat()
    found = article(text, number=number, published=at, outlet=f"Outlet {number}")
    return replace(found, **changes)  # type: ignore[arg-type]


def passage(of: Article) -> Passage:
    return Passage(article=of, sentences=of.sentences, score=1.0)


def sides(*articles: Article) -> list[str]:
    """What is shown when the first article's first sentence is cited."""
    cited = cite(articles[0], 1, articles[0].sentences[0].text)
    return [text for text, _ in show_conflicts([cited], [passage(one) for one in articles])]


def test_both_sides_stand_below_what_they_disagree_on_the_newer_first() -> None:
    older = told(1, DEAL.format(310, "its defence ministry said"), tier=1)
    newer = told(2, OTHER.format(410, "two officials said"), 30)
    heading, first, second = sides(older, newer)
    assert heading == "Sources disagree (Hammerfeld Systems: coastal radars):"
    assert first == f"Newer – Outlet 2, 11 June 2025: “{newer.text}”"
    assert second == f"Older, primary source – Outlet 1, 10 June 2025: “{older.text}”"
    assert sides(newer, older) == [heading, first, second]


def test_what_changed_is_told_as_a_change() -> None:
    older = told(1, DEAL.format(310, "its defence ministry said"))
    newer = told(2, DEAL.format(410, "up from 310 million euros, its defence ministry said"), 200)
    assert sides(newer, older)[0].startswith("This has changed (")


def test_sources_that_agree_or_speak_of_other_things_are_not_set_side_by_side() -> None:
    deal = told(1, DEAL.format(310, "its defence ministry said"))
    again = told(2, OTHER.format(310, "two officials said"), 3)
    ships = told(3, "Kestria will buy 3 frigates from Brandvik Yards for 410 million euros.", 3)
    assert sides(deal, again, ships) == []


def test_a_language_that_is_not_read_breaks_nothing() -> None:
    deal = told(1, DEAL.format(310, "hieß es"), language="de")
    other = told(2, DEAL.format(410, "hieß es"), 3, language="de")
    assert sides(deal, other) == []


def test_a_visit_stands_beside_the_report_that_says_otherwise() -> None:
    def move(number: int, status: VisitStatus, *, is_obeyed: bool = True) -> Move:
        return Move(
            at=ON + timedelta(days=number),
            status=status,
            dates=VisitDates(),
            article_id=number,
            article_url=f"https://x.example/{number}",
            outlet=f"Outlet {number}",
            title="T",
            sentence=1,
            quote=f"Report {number}.",
            tier=number,
            is_obeyed=is_obeyed,
        )

    stands = move(1, VisitStatus.CONFIRMED)
    visit = Visit(
        key="v",
        visitor="Anna Berg",
        host="Japan",
        place=None,
        dates=VisitDates(),
        status=VisitStatus.CONFIRMED,
        history=(stands, move(2, VisitStatus.CANCELLED, is_obeyed=False)),
    )
    assert [text for text, _ in show_rivals(visit)] == [
        "Sources disagree on this visit:",
        "Newer – Outlet 2, 12 June 2025: cancelled, date not given",
        "Older, primary source – Outlet 1, 11 June 2025: confirmed, date not given",
    ]
    assert show_rivals(replace(visit, history=(stands,))) == ()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[BotCommands]:
    readings = [
        Reading(
            url=f"https://wire.example/{number}",
            guid="",
            outlet=outlet,
            title="Radars for the coast",
            text=text,
            language="en",
            published_at=ON + timedelta(hours=number),
        )
        for number, outlet, text in (
            (1, "Gazette", DEAL.format(310, "its defence ministry said")),
            (2, "Courier", OTHER.format(410, "two officials said")),
        )
    ]
    async with open_tools(settings_for(tmp_path)) as tools:
        await read(tools, "console", readings)
        await extract_new(tools)
        yield BotCommands(tools)


async def test_an_answer_says_each_side_once_and_cites_both(desk: BotCommands) -> None:
    reply = await desk.ask(
        "console", "What will Kestria pay Hammerfeld Systems for 12 radars?", now=ON.replace(day=12)
    )
    assert reply.is_answered
    lines = reply.text.splitlines()
    assert sum("410" in line for line in lines) == 1
    assert sum("310" in line for line in lines) == 1
    assert any(line.startswith("Newer – Courier, 10 June 2025") for line in lines)
    assert {cited.outlet for cited in reply.citations} == {"Gazette", "Courier"}
