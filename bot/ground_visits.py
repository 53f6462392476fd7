"""draft visit × its evidence → mention, or the reason it is dropped.

A visit's status never rises above what its sentence says, and its date is resolved only from
words that stand in it.
"""

import re
from datetime import date, timedelta

from bot.ground import get_evidence
from bot.model import (
    Article,
    DraftVisit,
    Drop,
    Evidence,
    Mention,
    Precision,
    VisitDates,
    VisitStatus,
)
from bot.text.dates import find_dates, resolve_dates, span
from bot.text.modality import visit_status
from bot.text.names import find_people, find_places, get_country, same_name
from bot.text.statement import fold_quotes

WEEK = timedelta(days=7)
OLD = timedelta(days=60)
"""A visit that ended longer ago than this is told as background."""
_BEGUN = (VisitStatus.UNDERWAY, VisitStatus.COMPLETED)
_STATUS_ORDER = (
    VisitStatus.POSSIBLE,
    VisitStatus.PLANNED,
    VisitStatus.CONFIRMED,
    VisitStatus.UNDERWAY,
    VisitStatus.COMPLETED,
)


def ground_visit(draft: DraftVisit, article: Article, engine: str) -> Mention | Drop:
    """Keep what the evidence says of a visit; its status never rises above the sentence's."""
    evidence = get_evidence(draft.sentences, article)[:1]
    if not evidence:
        return Drop("visits", _label(draft), "evidence", "it cites no sentence of the article")
    sentence = evidence[0]
    if not _is_told(draft.visitor, f"{article.title}\n{article.text}"):
        return Drop("visits", _label(draft), "name", f"“{draft.visitor}” is not in the article")
    if not _is_told(draft.host, sentence.quote):
        return Drop("visits", _label(draft), "name", f"“{draft.host}” is not in the sentence")
    if same_name(draft.visitor, draft.host):
        return Drop("visits", _label(draft), "role", "visitor and host are one")
    at = _find_host(draft.host, sentence.quote)
    status = _lower_status(draft.status, visit_status(sentence.quote, article.language, at))
    dates = _ground_dates(draft, sentence, article)
    known = span(dates)
    if status is VisitStatus.COMPLETED and known and known[1] < article.published_on - OLD:
        return Drop("visits", _label(draft), "background", "it was over long before the article")
    return Mention(
        visitor=draft.visitor,
        host=get_country(draft.host) or draft.host,
        place=draft.place if draft.place and _is_told(draft.place, article.text) else None,
        dates=_put_in_past(dates, article.published_on) if status in _BEGUN else dates,
        status=status,
        evidence=sentence,
        engine=engine,
    )


def _label(draft: DraftVisit) -> str:
    return f"{draft.visitor} → {draft.host}"


def _find_host(host: str, quote: str) -> int | None:
    """Where the sentence names the host: its clause tells how far the visit has come."""
    country = get_country(host)
    return next((place.start for place in find_places(quote) if place.country == country), None)


def _is_told(name: str, whole: str) -> bool:
    """Whether the text speaks of that person or place."""
    country = get_country(name)
    if country and any(place.country == country for place in find_places(whole)):
        return True
    folded = whole.casefold()
    if name.casefold() in folded or any(person == name for person, _ in find_people(whole)):
        return True
    words = re.findall(r"\w{3,}", name.casefold())
    return bool(words) and all(word in folded for word in words)


def _ground_dates(draft: DraftVisit, sentence: Evidence, article: Article) -> VisitDates:
    """Resolve the date only if its very words stand in the sentence."""
    if not draft.date_text or fold_quotes(draft.date_text) not in fold_quotes(sentence.quote):
        return VisitDates()
    if not find_dates(draft.date_text, article.language):
        return VisitDates()
    return resolve_dates(draft.date_text, article.published_on, article.language)


def _put_in_past(dates: VisitDates, today: date) -> VisitDates:
    """What has begun did not begin in the days to come: "on Thursday" is last Thursday."""
    if dates.precision is not Precision.DAY or not dates.start:
        return dates
    start = date.fromisoformat(dates.start)
    if not today < start <= today + WEEK:
        return dates
    return VisitDates((start - WEEK).isoformat(), None, Precision.DAY)


def _lower_status(claimed: VisitStatus, told: VisitStatus) -> VisitStatus:
    """The weaker of the two; a visit is off only if the sentence says so."""
    if claimed not in _STATUS_ORDER or told not in _STATUS_ORDER:
        return told
    return min(claimed, told, key=_STATUS_ORDER.index)
