"""Reports of visits, each an article of its own, that the tests of the ledger start from."""

from collections.abc import Sequence
from datetime import UTC, datetime

from date_samples import dates
from stage_samples import article

from bot.model import (
    Analysis,
    ArticleAnalysis,
    Evidence,
    Mention,
    Visit,
    VisitStatus,
)
from bot.visits import build_ledger

LATER = datetime(2026, 12, 31, tzinfo=UTC)
"""When every visit of the samples is over."""


def mention(
    status: str,
    start: str | None = None,
    end: str | None = None,
    *,
    visitor: str = "Anna Berg",
    host: str = "Japan",
    place: str | None = None,
    purpose: str = "",
    sentence: int = 1,
    quote: str = "",
) -> Mention:
    return Mention(
        visitor=visitor,
        host=host,
        place=place,
        dates=dates(start, end),
        status=VisitStatus(status),
        evidence=Evidence(sentence, quote or f"{visitor} and {host}: {status} {start} {end}."),
        engine="gold",
        purpose=purpose,
    )


def report(
    day: str, *mentions: Mention, outlet: str = "Gazette", tier: int = 2, url: str = ""
) -> ArticleAnalysis:
    """An article of that day, ``2025-03-01`` or with an hour, that tells of visits."""
    published = day if "T" in day else f"{day}T08:00+00:00"
    name = "-".join((published, outlet, *(f"{m.visitor}-{m.status}" for m in mentions)))
    found = article(
        f"A sentence of {name}. Another one.",
        published=published,
        outlet=outlet,
        tier=tier,
        url=url or f"https://{outlet.lower()}.example/{published}/{len(name)}",
    )
    return ArticleAnalysis(
        found,
        Analysis(
            text_hash=found.text_hash,
            engine="gold",
            prompt_version="1",
            facts=(),
            mentions=mentions,
            drops=(),
        ),
    )


def ledger(*reports: ArticleAnalysis, now: datetime = LATER) -> tuple[Visit, ...]:
    return build_ledger(reports, now)


def only(visits: Sequence[Visit]) -> Visit:
    assert len(visits) == 1, visits
    return visits[0]


def state(visit: Visit) -> tuple[str, str | None, str | None]:
    """``("confirmed", "2025-04-14", "2025-04-16")``."""
    return (visit.status.value, visit.dates.start, visit.dates.end)


def obeyed(visit: Visit) -> list[bool]:
    return [move.is_obeyed for move in visit.history]


SET = report("2025-03-10", mention("confirmed", "2025-04-14", "2025-04-16"), outlet="Wire")
BY_MINISTRY = report(
    "2025-03-10", mention("confirmed", "2025-04-14", "2025-04-16"), outlet="Ministry", tier=1
)


def after(*later: ArticleAnalysis, first: ArticleAnalysis = SET) -> Visit:
    """The one visit that is confirmed first, and then told of so."""
    return only(ledger(first, *later))


WORDS = {
    "Blog": "Two people say that her journey is now {}.",
    "Letter": "From the port we hear: {}, as the hall was given to somebody else.",
    "Ministry": "The Ministry states that the visit of the Prime Minister is {}.",
}


def told(
    day: str, status: str, *dates: str, outlet: str = "Other", tier: int = 2
) -> ArticleAnalysis:
    """A report in words that no other outlet uses."""
    quote = WORDS.get(outlet, "Her office said that it was {}.").format(status)
    return report(day, mention(status, *dates, quote=quote), outlet=outlet, tier=tier)
