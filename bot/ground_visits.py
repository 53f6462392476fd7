"""draft visit × its evidence → mention, or the reason it is dropped.

A visit's status never rises above what its sentence says, and its date is resolved only from
words that stand in it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.ground import get_evidence
from bot.model import (
    AHEAD,
    BEGUN,
    OFF,
    RANK,
    Article,
    DraftVisit,
    Drop,
    Evidence,
    Mention,
    Precision,
    VisitDates,
    VisitStatus,
)
from bot.text.cast import read_cast
from bot.text.cities import find_city, list_cities
from bot.text.names import find_people, find_places, get_country, same_name
from bot.text.stays import is_long_over
from bot.text.trips import find_host, find_leading, find_visitor_home, leads_elsewhere
from bot.text.visitdates import ground_dates, is_ahead, put_in_past
from bot.text.visitstates import visit_status

LONGEST = 2_000
"""Characters of a sentence that may tell of a visit; a longer one is no prose."""
_COARSE = (Precision.MONTH, Precision.QUARTER, Precision.YEAR)


class _Told(NamedTuple):
    """How far a visit has come and when it is, each with the sentence that says so."""

    status: VisitStatus
    telling: Evidence
    dates: VisitDates
    dated_by: Evidence | None


def ground_visit(draft: DraftVisit, article: Article, engine: str) -> Mention | Drop:
    """Keep what the evidence says of a visit; its status never rises above its sentences'.

    The first sentence cited must tell of the visit; the others may add a date or a state.
    """
    cited = [found for number in draft.sentences for found in get_evidence((number,), article)]
    if not cited:
        return _drop(draft, "evidence", "it cites no sentence of the article")
    if any(len(one.quote) > LONGEST for one in cited):
        return _drop(draft, "length", f"its sentence is longer than {LONGEST} characters")
    if fault := _find_name_fault(draft, article):
        return _drop(draft, *fault)
    leading, at = _find_leading(draft, cited, article)
    if leading is None:
        return _drop(draft, "name", f"“{draft.host}” is not in the sentence")
    told = _read(draft, cited, at, article)
    if is_long_over(told.dates, article.published_on):
        return _drop(draft, "background", "it was over long before the article")
    shown = dict.fromkeys(one for one in (cited[0], leading, told.telling, told.dated_by) if one)
    return Mention(
        visitor=draft.visitor,
        host=get_country(draft.host) or draft.host,
        place=draft.place if draft.place and _is_told(draft.place, article.text) else None,
        dates=told.dates,
        status=told.status,
        evidence=cited[0],
        engine=engine,
        purpose=draft.purpose if any(draft.purpose in one.quote for one in shown) else "",
        more=tuple(shown)[1:],
    )


def _drop(draft: DraftVisit, reason: str, detail: str) -> Drop:
    return Drop("visits", f"{draft.visitor} → {draft.host}", reason, detail)


# ---------------------------------------------------------------- who goes where


def _find_name_fault(draft: DraftVisit, article: Article) -> tuple[str, str] | None:
    """What is wrong with who goes where, whatever the sentence says: a visitor is no place."""
    visitor, host = draft.visitor, draft.host
    if not _is_told(visitor, f"{article.title}\n{article.text}"):
        return "name", f"“{visitor}” is not in the article"
    if same_name(visitor, host):
        return "role", "visitor and host are one"
    if get_country(visitor) or find_city(visitor):
        return "role", f"“{visitor}” is a place and visits nobody"
    in_office = (one for one in read_cast(article).people if one.role or one.home)
    if any(same_name(one.name, host) for one in in_office):
        return "role", f"“{host}” is a person and no place"
    return None


def _is_told(name: str, text: str) -> bool:
    """Whether the text speaks of that person or place."""
    country = get_country(name)
    if country and any(place.country == country for place in find_places(text)):
        return True
    if any(match.city.name == name for match in list_cities(text)):
        return True
    folded = text.casefold()
    if name.casefold() in folded or any(person == name for person, _ in find_people(text)):
        return True
    words = re.findall(r"\w{2,}", name.casefold().removesuffix(" leaders"))
    return bool(words) and all(word in folded for word in words)


def _find_leading(
    draft: DraftVisit, cited: Sequence[Evidence], article: Article
) -> tuple[Evidence | None, int | None]:
    """The sentence that names the host, and where the first one names it if it does.

    Where the first names no place at all another one cited may, or what stands soon before.
    """
    first, *others = cited
    context = f"{article.title}\n{article.text}"
    at = find_host(draft.host, draft.place, first.quote, context)
    if at is not None:
        return first, at
    if leads_elsewhere(first.quote, find_visitor_home(draft.visitor, article)):
        return None, None
    for one in others:
        if find_host(draft.host, draft.place, one.quote, context) is not None:
            return one, None
    number = find_leading(draft.visitor, draft.host, draft.place, first.sentence, article)
    found = get_evidence((number,), article) if number else ()
    return next(iter(found), None), None


# ---------------------------------------------------------------- how far, and when


def _read(draft: DraftVisit, cited: Sequence[Evidence], at: int | None, article: Article) -> _Told:
    """Status and dates together: what lies ahead has not begun, what has begun is not ahead."""
    first = cited[0]
    status, telling = _ground_status(draft, cited, at, article)
    dates, dated_by = ground_dates(draft, cited, article)
    if status is VisitStatus.UNDERWAY and dates.precision in _COARSE:
        status = VisitStatus.PLANNED  # who is there already is dated by the day
    if status in BEGUN and is_ahead(dates, article.published_on):
        # One of the two was said of something else: the other sentence's, or else the date.
        if telling is first:
            dates, dated_by = VisitDates(), None
        else:
            own = visit_status(first.quote, article.language, at)
            status, telling = _lower_status(VisitStatus.CONFIRMED, own), first
    if status in BEGUN:
        dates = put_in_past(dates, article.published_on)
    return _Told(status, telling, dates, dated_by)


def _ground_status(
    draft: DraftVisit, cited: Sequence[Evidence], at: int | None, article: Article
) -> tuple[VisitStatus, Evidence]:
    """What the first sentence says of the visit, unless another one says that it is off or on.

    Where no sentence says as much as the draft claims, the weaker of the two stands.
    """
    first, *others = cited
    for other in others if draft.status not in AHEAD else ():
        if visit_status(other.quote, article.language, None) is draft.status:
            return draft.status, other
    return _lower_status(draft.status, visit_status(first.quote, article.language, at)), first


def _lower_status(claimed: VisitStatus, told: VisitStatus) -> VisitStatus:
    """The weaker of the two; a visit is off only if the sentence says so."""
    if claimed in OFF or told in OFF:
        return told
    return min(claimed, told, key=lambda status: RANK[status])
