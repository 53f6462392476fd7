"""draft visit × its evidence → mention, or the reason it is dropped.

A visit's status never rises above what its sentence says, and its date is resolved only from
words that stand in it.
"""

import re
from datetime import date, timedelta

from bot.ground import fold_quotes, get_evidence
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
from bot.text.dates import find_dates, resolve_dates
from bot.text.modality import visit_status
from bot.text.names import find_people, find_places, get_country

WEEK = timedelta(days=7)
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
    for name in (draft.visitor, draft.host):
        if not _is_told(name, sentence.quote, article):
            return Drop("visits", _label(draft), "name", f"“{name}” is not in the article")
    status = _lower_status(draft.status, visit_status(sentence.quote, article.language))
    dates = _ground_dates(draft, sentence, article)
    return Mention(
        visitor=draft.visitor,
        host=get_country(draft.host) or draft.host,
        place=draft.place if draft.place and _is_told(draft.place, "", article) else None,
        dates=_put_in_past(dates, article.published_on) if status in _BEGUN else dates,
        status=status,
        evidence=sentence,
        engine=engine,
    )


def _label(draft: DraftVisit) -> str:
    return f"{draft.visitor} → {draft.host}"


def _is_told(name: str, quote: str, article: Article) -> bool:
    """Whether the sentence, or the article around it, speaks of that person or place."""
    whole = f"{quote}\n{article.title}\n{article.text}"
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
