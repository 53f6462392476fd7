"""Fixed values that the Discord tests render."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.model import (
    Answer,
    Brief,
    Change,
    ChangeReport,
    Citation,
    Contradiction,
    Entry,
    Feed,
    FeedPreview,
    FeedState,
    Item,
    Move,
    Precision,
    Review,
    Searched,
    Section,
    Trust,
    Turn,
    Visit,
    VisitDates,
    VisitStatus,
    Vote,
)

KEY = "k7Qx_-2b"
NOW = datetime(2025, 1, 29, 6, 0, tzinfo=UTC)


def citation(n: int, quote: str = "The two sides agreed on Tuesday.") -> Citation:
    outlet = ("Meridian Wire", "Halden Post", "Ministry of Trade")[n % 3]
    return Citation(
        n=n,
        article_id=n,
        article_url=f"https://news.example.org/2025/01/28/{n}?a=1(x)",
        outlet=outlet,
        title=f"Talks, day {n}",
        published_at=datetime(2025, 1, 28, 10, n % 60, tzinfo=UTC),
        sentence=1,
        quote=quote,
    )


def move(status: VisitStatus, dates: VisitDates, on: int, *, is_obeyed: bool = True) -> Move:
    return Move(
        at=datetime(2025, 1, on, 9, 0, tzinfo=UTC),
        status=status,
        dates=dates,
        article_id=on,
        article_url=f"https://news.example.org/visit/{on}",
        outlet="Meridian Wire",
        title="A visit",
        sentence=2,
        quote="Mr Modi will travel to Washington on 12 and 13 February.",
        is_obeyed=is_obeyed,
    )


FEBRUARY = VisitDates("2025-02", None, Precision.MONTH)
TWO_DAYS = VisitDates("2025-02-12", "2025-02-13", Precision.DAY)

VISITS = (
    Visit(
        key="v1",
        visitor="Narendra Modi",
        host="United States",
        place="Washington",
        dates=TWO_DAYS,
        status=VisitStatus.CONFIRMED,
        history=(
            move(VisitStatus.POSSIBLE, VisitDates(), 20),
            move(VisitStatus.PLANNED, FEBRUARY, 27),
            move(VisitStatus.CONFIRMED, TWO_DAYS, 28),
            move(VisitStatus.POSSIBLE, FEBRUARY, 29, is_obeyed=False),
        ),
    ),
    Visit(
        key="v2",
        visitor="Emmanuel Macron",
        host="India",
        place=None,
        dates=VisitDates("2025-Q3", None, Precision.QUARTER),
        status=VisitStatus.PLANNED,
        history=(move(VisitStatus.PLANNED, VisitDates("2025-Q3", None, Precision.QUARTER), 28),),
    ),
    Visit(
        key="v3",
        visitor="Prabowo Subianto",
        host="Australia",
        place=None,
        dates=VisitDates(),
        status=VisitStatus.POSSIBLE,
        history=(move(VisitStatus.POSSIBLE, VisitDates(), 28),),
    ),
)

BRIEF = Brief(
    start_at=NOW - timedelta(days=1),
    end_at=NOW,
    timezone="Europe/London",
    sections=(
        Section(
            tag="defence",
            title="Defence",
            items=(
                Item(
                    text="India and France signed for 26 Rafale-M aircraft worth $7.4 billion.",
                    citations=(citation(1), citation(2)),
                    change=Change.NEW,
                ),
                Item(
                    text="Deliveries begin in 2028.",
                    citations=(citation(3),),
                    change=Change.UPDATED,
                    before="Deliveries begin in 2027",
                ),
            ),
            omitted=2,
        ),
        Section(
            tag="trade",
            title="Trade",
            items=(
                Item(text="The tariff on steel stays at 25 per cent.", citations=(citation(4),)),
            ),
        ),
        Section(tag="sanctions", title="Sanctions", items=()),
        Section(
            tag="visits",
            title="Visits",
            items=(
                Item(
                    text="Narendra Modi visits Washington on 12–13 February 2025.",
                    citations=(citation(5),),
                    change=Change.CONFIRMED,
                    before="planned, February 2025",
                    was=(citation(8, "Mr Modi plans to come in February."),),
                ),
            ),
        ),
    ),
    visits=VISITS,
    contradictions=(
        Contradiction(
            subject="Price of the aircraft",
            first=Item(text="The contract is worth $7.4 billion.", citations=(citation(6),)),
            second=Item(
                text="The contract is worth $6.9 billion.",
                citations=(replace(citation(7), tier=1, published_at=NOW - timedelta(hours=30)),),
            ),
        ),
    ),
    trust=Trust(articles=12, sources=5, kept=18, dropped=2, feeds_failing=()),
    engine="extractive",
    key=KEY,
)

LONG = replace(BRIEF, sections=(replace(BRIEF.sections[0], items=BRIEF.sections[0].items * 9),))

REPORT = ChangeReport(
    start_at=NOW - timedelta(days=7),
    end_at=NOW,
    visits=(BRIEF.sections[3].items[0],),
    facts=(BRIEF.sections[0].items[1],),
    contradictions=BRIEF.contradictions,
)
QUIET = Brief(
    start_at=NOW - timedelta(hours=6),
    end_at=NOW,
    timezone="Asia/Kolkata",
    sections=(
        Section(tag="defence", title="Defence", items=()),
        Section(tag="trade", title="Trade", items=()),
    ),
    visits=(),
    contradictions=(),
    trust=Trust(articles=1, sources=1, kept=0, dropped=0, feeds_failing=("Halden Post",)),
    engine="extractive",
    note="The language model is not reachable; this brief quotes sentences as published.",
)

ANSWER = Answer(
    question="Is Modi's visit to Washington still on?",
    is_answered=True,
    text="It is confirmed for 12–13 February 2025 [1].\nOn 27 January it was only planned [2].",
    citations=(
        citation(1, "Mr Modi will travel to Washington on 12 and 13 February."),
        citation(2, "A visit in February is planned."),
    ),
    as_of=NOW,
    engine="extractive",
    searched=Searched(feeds=12, articles=1432, oldest_at=None, newest_at=None),
    key=KEY,
)

DISPUTED = Answer(
    question="What do the aircraft cost?",
    is_answered=True,
    text=(
        "Sources disagree (Price of the aircraft):\n"
        "Newer – Halden Post, 28 January 2025: “The contract is worth $7.4 billion.” [1]\n"
        "Primary source – Ministry of Trade, 27 January 2025:"
        " “The contract is worth $6.9 billion.” [2]"
    ),
    citations=(
        citation(1, "The contract is worth $7.4 billion."),
        replace(
            citation(2, "The contract is worth $6.9 billion."),
            tier=1,
            published_at=NOW - timedelta(hours=40),
        ),
    ),
    as_of=NOW,
    engine="extractive",
    searched=Searched(feeds=12, articles=1432, oldest_at=None, newest_at=None),
    note="Only the last 4 questions are remembered here.",
    key=KEY,
)

REFUSAL = Answer(
    question="What will the @everyone cost?",
    is_answered=False,
    text="",
    citations=(citation(1),),
    as_of=NOW,
    engine="extractive",
    searched=Searched(
        feeds=12, articles=1432, oldest_at=datetime(2024, 11, 1, tzinfo=UTC), newest_at=NOW
    ),
    key=KEY,
)


def _vote(member: int, reason: str, *, is_good: bool = False) -> Vote:
    return Vote(key=KEY, member=f"discord:{member}", is_good=is_good, reason=reason, voted_at=NOW)


REVIEWS = (
    Review(
        Turn(
            key=KEY,
            workspace="discord:7001",
            conversation=KEY,
            member="discord:6001",
            question="What do the **aircraft** cost?",
            asked_at=NOW,
            is_answered=True,
            answer="The contract is worth $7.4 billion. [1]",
        ),
        (
            _vote(6002, "Old: see <@123456789012345678>"),
            _vote(6003, "", is_good=True),
        ),
    ),
)

FEEDS = (
    Feed(
        id=1,
        workspace="discord:7001",
        url="https://feeds.example.org/defence?key=SECRET",
        title="Meridian defence",
        outlet="Meridian Wire",
        tier=2,
        state=FeedState.OK,
    ),
    Feed(
        id=2,
        workspace="discord:7001",
        url="https://halden.example.org/rss",
        title="Halden Post",
        outlet="Halden Post",
        tier=3,
        state=FeedState.BLOCKED,
        reason="status 403",
    ),
    Feed(
        id=3,
        workspace="discord:7001",
        url="https://gov.example.org/rss",
        title="",
        outlet="Ministry of Trade",
        tier=1,
        state=FeedState.OK,
        is_paused=True,
    ),
)

PREVIEW = FeedPreview(
    feed=FEEDS[0],
    entries=(
        Entry(
            url="https://e.test/1", guid="1", title="Frigates *ordered*", text="", published_at=NOW
        ),
        Entry(url="https://e.test/2", guid="2", title="", text="", published_at=None),
    ),
    hours_between=3.2,
    has_full_text=True,
    language="en",
)
