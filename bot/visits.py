"""visit mentions → ledger: one visit per trip, its status moved by evidence, in order of report."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import blake2b

from bot.model import (
    Article,
    ArticleAnalysis,
    Mention,
    Move,
    Precision,
    Visit,
    VisitDates,
    VisitStatus,
)
from bot.text.dates import span
from bot.text.names import same_name

_RANK = {
    VisitStatus.POSSIBLE: 0,
    VisitStatus.PLANNED: 1,
    VisitStatus.CONFIRMED: 2,
    VisitStatus.UNDERWAY: 3,
    VisitStatus.COMPLETED: 4,
}
_FINENESS = {
    Precision.UNKNOWN: 0,
    Precision.YEAR: 1,
    Precision.QUARTER: 2,
    Precision.MONTH: 3,
    Precision.DAY: 4,
}
_OFF = (VisitStatus.POSTPONED, VisitStatus.CANCELLED)
NEAR = timedelta(days=21)
"""Two dated mentions further apart than this are two visits, unless one says postponed."""
STALE = timedelta(days=120)
"""An undated mention belongs to a visit that was last heard of within this time."""


def build_ledger(analyses: Sequence[ArticleAnalysis], now: datetime) -> tuple[Visit, ...]:
    """The visits that the articles tell of, next first; the order of arrival does not matter."""
    reports = [
        (known.article, mention)
        for known in analyses
        for mention in _merge(known.analysis.mentions)
    ]
    reports.sort(key=lambda report: (report[0].published_at, report[0].url, repr(report[1])))
    visits: list[Visit] = []
    for article, mention in reports:
        index = _find_visit(visits, article, mention)
        if index is None:
            visits.append(_open_visit(article, mention))
        else:
            visits[index] = _move(visits[index], article, mention)
    return tuple(sorted((_flag_overdue(visit, now) for visit in visits), key=_next_first))


def _merge(mentions: Sequence[Mention]) -> list[Mention]:
    """One article's word on each visit: its surest and finest sentence speaks for it."""
    merged: list[Mention] = []
    for mention in sorted(mentions, key=_certainty, reverse=True):
        if not any(_is_same_trip(other, mention) for other in merged):
            merged.append(mention)
    return merged


def _is_same_trip(a: Mention, b: Mention) -> bool:
    return (
        same_name(a.visitor, b.visitor)
        and same_name(a.host, b.host)
        and _are_near(span(a.dates), span(b.dates))
    )


def _certainty(mention: Mention) -> tuple[int, ...]:
    """That a visit is off counts most, then how finely it is dated, then how settled it is."""
    fineness, rank = _FINENESS[mention.dates.precision], _RANK.get(mention.status, 5)
    return (mention.status in _OFF, fineness, rank, -mention.evidence.sentence)


def _are_near(a: tuple[date, date] | None, b: tuple[date, date] | None) -> bool:
    """Whether two windows touch or nearly so; an unknown one touches all."""
    return not a or not b or (b[0] <= a[1] + NEAR and a[0] <= b[1] + NEAR)


def _next_first(visit: Visit) -> tuple[bool, date, str]:
    """What is ahead by date; then what is over or off."""
    known = span(visit.dates)
    is_closed = visit.status in (VisitStatus.COMPLETED, VisitStatus.CANCELLED)
    return (is_closed or visit.is_overdue, known[1] if known else date.max, visit.key)


def _find_visit(visits: Sequence[Visit], article: Article, mention: Mention) -> int | None:
    """The newest visit of the same visitor and host that the mention can be about."""
    for index in range(len(visits) - 1, -1, -1):
        visit = visits[index]
        if (
            same_name(visit.visitor, mention.visitor)
            and same_name(visit.host, mention.host)
            and _can_be_same(visit, article, mention)
        ):
            return index
    return None


def _can_be_same(visit: Visit, article: Article, mention: Mention) -> bool:
    """Whether the windows touch; an undated word belongs to what was heard of lately."""
    known, told = span(visit.dates), span(mention.dates)
    if known and told:
        if visit.status is VisitStatus.POSTPONED and mention.status not in _OFF:
            return known[0] <= told[1]
        return _are_near(known, told)
    heard_at = visit.history[-1].at
    if article.published_at - heard_at > STALE:
        return False
    return visit.status is not VisitStatus.COMPLETED or mention.status is VisitStatus.COMPLETED


def _open_visit(article: Article, mention: Mention) -> Visit:
    words = f"{mention.visitor}|{mention.host}|{article.url}|{mention.evidence.sentence}"
    return Visit(
        key=blake2b(words.casefold().encode(), digest_size=8).hexdigest(),
        visitor=mention.visitor,
        host=mention.host,
        place=mention.place,
        dates=mention.dates,
        status=mention.status,
        history=(_make_move(article, mention, is_obeyed=True),),
    )


def _make_move(article: Article, mention: Mention, *, is_obeyed: bool) -> Move:
    return Move(
        at=article.published_at,
        status=mention.status,
        dates=mention.dates,
        article_id=article.id,
        article_url=article.url,
        outlet=article.outlet,
        title=article.title,
        sentence=mention.evidence.sentence,
        quote=mention.evidence.quote,
        is_obeyed=is_obeyed,
    )


def _move(visit: Visit, article: Article, mention: Mention) -> Visit:
    """Add one report to the history, and obey it unless a stronger word stands."""
    status = _next_status(visit.status, mention.status)
    dates = _next_dates(visit, mention)
    is_obeyed = status is mention.status and dates in (mention.dates, visit.dates)
    return replace(
        visit,
        visitor=max(visit.visitor, mention.visitor, key=len),
        place=visit.place or mention.place,
        dates=dates,
        status=status,
        history=(*visit.history, _make_move(article, mention, is_obeyed=is_obeyed)),
    )


def _next_status(stands: VisitStatus, told: VisitStatus) -> VisitStatus:
    """What is off stays off until planned anew; nothing weaker undoes what stands."""
    if told in _OFF:
        return stands if stands is VisitStatus.COMPLETED else told
    if stands in _OFF:
        return told if _RANK[told] >= _RANK[VisitStatus.PLANNED] else stands
    return told if _RANK[told] >= _RANK[stands] else stands


def _next_dates(visit: Visit, mention: Mention) -> VisitDates:
    """The newer dates, unless they are coarser, or come from a weaker word than stands."""
    if mention.status is VisitStatus.POSTPONED:
        return mention.dates if _is_later(mention.dates, visit.dates) else VisitDates()
    if mention.dates.precision is Precision.UNKNOWN:
        return visit.dates
    if _FINENESS[mention.dates.precision] < _FINENESS[visit.dates.precision]:
        return visit.dates
    if _RANK.get(mention.status, 5) < _RANK.get(visit.status, 0):
        return visit.dates
    return mention.dates


def _is_later(new: VisitDates, old: VisitDates) -> bool:
    """Whether a postponed visit was given a new date, rather than told with its old one."""
    told, known = span(new), span(old)
    return bool(told and (not known or told[0] > known[1]))


def _flag_overdue(visit: Visit, now: datetime) -> Visit:
    """Mark a visit whose last possible day has passed with no report; nothing is guessed."""
    known = span(visit.dates)
    is_open = visit.status in (
        VisitStatus.POSSIBLE,
        VisitStatus.PLANNED,
        VisitStatus.CONFIRMED,
        VisitStatus.UNDERWAY,
    )
    return replace(visit, is_overdue=bool(is_open and known and known[1] < now.date()))


def list_open(visits: Sequence[Visit], now: datetime, days: int = 30) -> tuple[Visit, ...]:
    """Visits still ahead or under way, and those whose date passed within ``days``."""
    oldest = now.date() - timedelta(days=days)
    kept = []
    for visit in visits:
        known = span(visit.dates)
        if visit.status in (VisitStatus.COMPLETED, VisitStatus.CANCELLED):
            continue
        if known and known[1] < oldest:
            continue
        kept.append(visit)
    return tuple(kept)
