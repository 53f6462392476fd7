"""Fixed model values for the console's tests."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.model import (
    Answer,
    Brief,
    Change,
    ChangeReport,
    Citation,
    Contradiction,
    Feed,
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

WIRE = Citation(
    n=1,
    article_id=1,
    article_url="https://meridianwire.example/2025/01/trump-presses-modi-on-arms-purchases-and-fair-trade",
    outlet="Meridian Wire",
    title="Trump presses Modi on arms purchases and 'fair' trade in first call of new term",
    published_at=datetime(2025, 1, 28, 0, 40, tzinfo=UTC),
    sentence=2,
    quote="According to the White House account of Monday's call, Trump told Modi that India "
    "ought to buy more security equipment made in the United States.",
)
COURIER = Citation(
    n=2,
    article_id=2,
    article_url="https://harbourcourier.example/2025/01/buy-american-arms-and-trade-fairly-trump-tells-modi",
    outlet="Harbour Courier",
    title="Buy American arms and trade fairly, Trump tells Modi in first call",
    published_at=datetime(2025, 1, 28, 9, 45, tzinfo=UTC),
    sentence=2,
    quote=WIRE.quote.replace("Trump told Modi", "Mr Trump told Mr Modi"),
)
REVIEW = Citation(
    n=4,
    article_id=3,
    article_url="https://lodestarreview.example/2025/01/two-readouts-one-phone-call-what-each-capital-chose",
    outlet="The Lodestar Review",
    title="Two readouts, one phone call: what each capital chose to say",
    published_at=datetime(2025, 1, 28, 17, 20, tzinfo=UTC),
    sentence=4,
    quote="The American text puts arms first: it says the president underlined the importance of "
    "India stepping up its purchases of US-made security equipment.",
)
DRONES = replace(
    WIRE,
    n=3,
    sentence=8,
    quote="India has lately bought more American hardware, including a contract of about "
    "$4 billion for Predator drones signed in October.",
)
CHEAPER = replace(
    COURIER,
    n=8,
    sentence=9,
    quote="The contract for Predator drones signed in October was worth about $3 billion.",
)
TRIP = replace(
    WIRE,
    n=5,
    sentence=5,
    quote="Speaking to reporters on his aircraft, Trump said Modi would come to Washington next "
    "month, probably in February itself.",
)
FAIR = replace(
    REVIEW,
    n=6,
    sentence=6,
    quote="It then says he wants to move towards a bilateral trading relationship that is fair, "
    "a word missing from the Indian version.",
)
SUMMARY = replace(
    WIRE,
    n=7,
    sentence=4,
    quote="New Delhi's own summary was shorter and spoke of technology, trade, investment, "
    "energy and defence.",
    tier=1,
)

FEBRUARY = VisitDates("2025-02", None, Precision.MONTH)
TWO_DAYS = VisitDates("2025-02-12", "2025-02-13", Precision.DAY)


def quoted_item(citation: Citation, **changes: object) -> Item:
    """An item of the extractive engine: its text is the cited sentence."""
    return replace(Item(text=citation.quote, citations=(citation,)), **changes)


def move(status: VisitStatus, dates: VisitDates, source: Citation, **changes: object) -> Move:
    """A step in a visit's history, told by a citation's sentence."""
    step = Move(
        at=source.published_at,
        status=status,
        dates=dates,
        article_id=source.article_id,
        article_url=source.article_url,
        outlet=source.outlet,
        title=source.title,
        sentence=source.sentence,
        quote=source.quote,
    )
    return replace(step, **changes)


@pytest.fixture
def visits() -> tuple[Visit, ...]:
    """One visit that moved and heard a weaker report, and one that only has a place in a year."""
    confirmed = (
        "The foreign ministry said that Mr Modi will be in Washington on 12 and 13 February."
    )
    rumour = "Mr Modi may come to Washington next month."
    modi = Visit(
        key="modi-us",
        visitor="Narendra Modi",
        host="United States",
        place="Washington",
        dates=TWO_DAYS,
        status=VisitStatus.CONFIRMED,
        history=(
            move(VisitStatus.PLANNED, FEBRUARY, TRIP),
            move(VisitStatus.POSSIBLE, FEBRUARY, COURIER, quote=rumour, is_obeyed=False),
            move(VisitStatus.CONFIRMED, TWO_DAYS, REVIEW, quote=confirmed),
        ),
    )
    year = VisitDates("2025", None, Precision.YEAR)
    quad = Visit(
        key="quad-india",
        visitor="Quad leaders",
        host="India",
        place=None,
        dates=year,
        status=VisitStatus.PLANNED,
        history=(move(VisitStatus.PLANNED, year, WIRE, quote="India is also due to host them."),),
    )
    return modi, quad


@pytest.fixture
def brief(visits: tuple[Visit, ...]) -> Brief:
    """A brief with every part that a brief can have."""
    readout = Item(
        text="Washington's readout puts arms first; New Delhi's does not speak of buying anything.",
        citations=(REVIEW,),
    )
    return Brief(
        start_at=datetime(2025, 1, 27, 18, tzinfo=UTC),
        end_at=datetime(2025, 1, 28, 18, tzinfo=UTC),
        timezone="Asia/Kolkata",
        note="The language model could not be reached; sentences are quoted as published.",
        sections=(
            Section(
                tag="defence",
                title="Defence",
                items=(
                    replace(quoted_item(WIRE, change=Change.NEW), citations=(WIRE, COURIER)),
                    quoted_item(DRONES, change=Change.UPDATED, before="$3 billion", was=(CHEAPER,)),
                    readout,
                ),
                omitted=2,
            ),
            Section(tag="trade", title="Trade", items=()),
            Section(
                tag="visits",
                title="Upcoming visits",
                items=(quoted_item(TRIP, change=Change.CONFIRMED),),
            ),
        ),
        visits=visits,
        contradictions=(
            Contradiction(
                "What the two leaders spoke about", quoted_item(FAIR), quoted_item(SUMMARY)
            ),
        ),
        trust=Trust(articles=3, sources=2, kept=9, dropped=1, feeds_failing=()),
        engine="extractive",
    )


@pytest.fixture
def report(brief: Brief) -> ChangeReport:
    """A visit that moved, a fact that has a new value, and two sources that disagree."""
    moved = quoted_item(
        replace(TRIP, n=1, tier=2),
        change=Change.MOVED,
        before="planned, January 2025",
        was=(replace(COURIER, n=2, quote="Mr Modi plans to come in January."),),
    )
    return ChangeReport(
        start_at=brief.start_at,
        end_at=brief.end_at,
        visits=(moved,),
        facts=(brief.sections[0].items[1],),
        contradictions=brief.contradictions,
    )


@pytest.fixture
def quiet(brief: Brief) -> Brief:
    """A brief of a day without news, with a feed down."""
    return replace(
        brief,
        note="",
        sections=tuple(replace(section, items=(), omitted=0) for section in brief.sections),
        visits=(),
        contradictions=(),
        trust=Trust(articles=0, sources=0, kept=0, dropped=0, feeds_failing=("TASS",)),
    )


@pytest.fixture
def answer() -> Answer:
    """A reply with one source."""
    return Answer(
        question="how much was india's predator drone contract worth?",
        is_answered=True,
        text="India's contract for Predator drones was worth about $4 billion. [1]",
        citations=(replace(DRONES, n=1),),
        as_of=datetime(2025, 1, 29, tzinfo=UTC),
        engine="openai/gpt-5-mini",
        searched=Searched(
            feeds=3,
            articles=27,
            oldest_at=datetime(2025, 1, 2, tzinfo=UTC),
            newest_at=datetime(2025, 1, 28, tzinfo=UTC),
        ),
    )


@pytest.fixture
def refusal(answer: Answer) -> Answer:
    """The same question where the articles do not tell."""
    return replace(answer, is_answered=False, text="The articles do not tell.")


@pytest.fixture
def feed() -> Feed:
    """A healthy feed."""
    return Feed(
        id=1,
        workspace="console",
        url="https://breakingdefense.com/feed/",
        title="Breaking Defense",
        outlet="Breaking Defense",
        tier=2,
        state=FeedState.OK,
        succeeded_at=datetime(2025, 1, 28, 6, 10, tzinfo=UTC),
        next_poll_at=datetime(2025, 1, 28, 6, 40, tzinfo=UTC),
    )


@pytest.fixture
def review() -> Review:
    asked_at = datetime(2025, 1, 29, 6, 30, tzinfo=UTC)
    turn = Turn(
        key="k3y",
        workspace="discord:1",
        conversation="k3y",
        member="discord:42",
        question="How much is the Predator drone deal worth?",
        asked_at=asked_at,
        is_answered=True,
        answer="A deal for Predator drones is valued at $4 billion. [1]",
        engine="extractive",
    )
    good, bad = (
        Vote(key="k3y", member=member, is_good=is_good, reason=reason, voted_at=asked_at)
        for member, is_good, reason in (
            ("discord:42", True, ""),
            ("discord:43", False, "India's ministry says $3.5 billion"),
        )
    )
    return Review(turn, (bad, good))
