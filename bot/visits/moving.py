"""visit × report → the visit as it stands after it: a state moves by evidence, never by a guess.

What a report says is obeyed if it only adds to what is known. What it says otherwise is obeyed
if its source is as good as the one that it contradicts, or the same, or if a second independent
source says so too; that a visit is off or on again, a wire is believed too. An unsure word
undoes a confirmation only from a government or a better source. Dates never grow coarser but by
a government's word. What is not obeyed stays in the history as an alternative.
"""

from dataclasses import replace

from bot.model import (
    AHEAD,
    BEGUN,
    EXPECTED,
    OFF,
    RANK,
    UNSURE,
    Mention,
    Move,
    Visit,
    VisitDates,
    VisitStatus,
)
from bot.text.dates import span
from bot.text.variants import choose_name
from bot.visits.dating import next_dates
from bot.visits.evidence import Trip, is_as_good, is_background, is_believed, is_better
from bot.visits.reports import Report
from bot.visits.spans import Relation, relate


def open_trip(report: Report, key: str) -> Trip:
    """A visit of which this is the first report."""
    mention, step = report.mention, _make_move(report)
    known = span(mention.dates)
    is_gone = mention.status is VisitStatus.POSTPONED and bool(known and known[1] < report.on)
    visit = Visit(
        key=key,
        visitor=mention.visitor,
        host=mention.host,
        place=mention.place,
        dates=VisitDates() if is_gone else mention.dates,
        status=mention.status,
        history=(step,),
        purpose=mention.purpose,
    )
    return Trip(visit, step, step, dropped=(mention.dates,) if is_gone else ())


def move(trip: Trip, report: Report) -> Trip:
    """Add one report to the history, and obey it unless a stronger word stands."""
    visit, step = trip.visit, _make_move(report)
    status = _next_status(trip, step)
    dates = next_dates(trip, step, status, report.on)
    is_moved = dates != visit.dates and relate(dates, visit.dates) is not Relation.FINER
    if is_moved and step.status in UNSURE and status not in OFF:
        status = step.status  # a new date is as sure as the report that gives it
    elif step.status in AHEAD and _is_otherwise(step.dates, dates):
        status = visit.status  # how sure it is of another date tells nothing of this one
    step = replace(step, is_obeyed=_is_obeyed(step, visit, status, dates))
    return Trip(
        visit=replace(
            _add_details(visit, report.mention, is_obeyed=step.is_obeyed),
            status=status,
            dates=dates,
            history=(*visit.history, step),
        ),
        status_by=_better(trip.status_by, step, is_new=status is not visit.status)
        if step.is_obeyed and step.status is status
        else trip.status_by,
        dates_by=_better(trip.dates_by, step, is_new=dates != visit.dates)
        if step.dates == dates
        else trip.dates_by,
        dropped=(*trip.dropped, visit.dates) if is_moved and visit.dates.start else trip.dropped,
    )


def _make_move(report: Report) -> Move:
    article, mention = report.article, report.mention
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
        more=mention.more,
        tier=article.tier,
    )


def _better(by: Move, step: Move, *, is_new: bool) -> Move:
    """The report that what stands rests on: of those that say so the best source."""
    return step if is_new or step.tier < by.tier else by


def _add_details(visit: Visit, mention: Mention, *, is_obeyed: bool) -> Visit:
    """Names and purpose as they are told best; an announcement's replace those of a rumour.

    Where the visitor was seen in the end is not where the visit is to.
    """
    was, told = RANK.get(visit.status, -1), RANK.get(mention.status, -1)
    is_surer = is_obeyed and told > was and mention.status not in BEGUN
    return replace(
        visit,
        visitor=choose_name(visit.visitor, mention.visitor),
        place=(is_surer and mention.place) or visit.place or mention.place,
        purpose=(is_surer and mention.purpose) or visit.purpose or mention.purpose,
    )


# ---------------------------------------------------------------- status


def _next_status(trip: Trip, step: Move) -> VisitStatus:
    stands, told = trip.visit.status, step.status
    if told in OFF:
        return told if _can_call_off(trip, step) else stands
    if stands in OFF:
        return told if _is_anew(trip, step) and is_believed(trip, step) else stands
    if RANK[told] >= RANK[stands]:
        return told
    return told if told is VisitStatus.POSSIBLE and _can_lessen(trip, step) else stands


def _can_call_off(trip: Trip, step: Move) -> bool:
    """Whether a visit is off: an idea by any word, what was seen to begin by a better one."""
    stands = trip.visit.status
    if stands in BEGUN:
        return stands is VisitStatus.UNDERWAY and is_better(step, trip.status_by)
    return stands is VisitStatus.POSSIBLE or is_believed(trip, step)


def _is_anew(trip: Trip, step: Move) -> bool:
    """Whether a report brings back what was off, rather than tell how it was planned once."""
    if step.status in BEGUN:
        return True
    if is_background(step):
        return False
    if not step.dates.start or step.status is VisitStatus.POSSIBLE:
        return False
    is_cancelled = trip.visit.status is VisitStatus.CANCELLED
    gone = (*trip.dropped, *((trip.visit.dates,) if is_cancelled else ()))
    is_old = any(dates.start and not _is_otherwise(step.dates, dates) for dates in gone)
    return step.status is VisitStatus.CONFIRMED or not is_old


def _can_lessen(trip: Trip, step: Move) -> bool:
    """Whether "may" undoes what stands: a plan by an equal word, a confirmation by a better."""
    if trip.visit.status is VisitStatus.PLANNED:
        return is_as_good(step, trip.status_by)
    return trip.visit.status is VisitStatus.CONFIRMED and is_better(step, trip.status_by)


# ---------------------------------------------------------------- what is obeyed


def _is_obeyed(step: Move, before: Visit, status: VisitStatus, dates: VisitDates) -> bool:
    """Whether the report changed something, or says nothing otherwise than what stands."""
    has_moved = step.status is status is not before.status
    has_dated = step.dates == dates != before.dates
    return has_moved or has_dated or not _says_otherwise(step, status, dates)


def _says_otherwise(step: Move, status: VisitStatus, dates: VisitDates) -> bool:
    if (step.status in OFF or status in OFF) and step.status is not status:
        return True
    if step.status is VisitStatus.POSSIBLE and status in EXPECTED:
        return True
    return status not in OFF and _is_otherwise(step.dates, dates)


def _is_otherwise(told: VisitDates, known: VisitDates) -> bool:
    is_dated = bool(told.start and known.start)
    return is_dated and relate(told, known) is Relation.OTHER
