"""draft visit × the sentences it cites → when it is, and which of them says so."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.model import Article, DraftVisit, Evidence, Precision, VisitDates
from bot.text.dates import days_between, find_dates, find_duration, resolve_dates, span
from bot.text.statement import fold_quotes
from bot.text.stays import is_of_stay, resolve_stay
from bot.text.staywords import load_stay_words
from bot.text.trips import find_host, leads_elsewhere

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
HEADING = 6
"""A line of so few words with a date stands over what happens on that day."""
SHORT = 3
"""Of so few words a heading may end as a sentence does: ``Monday, 4 May.``"""
_DATELINE = re.compile(r"[(—–-]\s*$|\(.*\)")  # "LIMA, 4 May (Andes Wire) -"


def is_heading(text: str, language: str) -> bool:
    """Tell whether the line is a date that stands over the sentences after it; no dateline is."""
    words = len(text.split())
    if words > HEADING or _DATELINE.search(text) or (words > SHORT and text.rstrip().endswith(".")):
        return False
    return bool(find_dates(text, language))


def ground_dates(
    draft: DraftVisit, cited: Sequence[Evidence], article: Article
) -> tuple[VisitDates, Evidence | None]:
    """Resolve the date only if its very words stand in a cited sentence, and say in which."""
    wanted = fold_quotes(draft.date_text)
    where = next((one for one in cited if wanted and wanted in fold_quotes(one.quote)), None)
    if where and where is not cited[0] and _is_of_another(draft, where, cited[0], article):
        where = None
    if where is None or not find_dates(draft.date_text, article.language):
        return VisitDates(), None
    told = resolve_dates(draft.date_text, article.published_on, article.language)
    stay = _resolve_stay(draft, where, article)
    dates = stay if is_of_stay(told, stay) or _is_counted(stay, where, article) else told
    own = stay if where is cited[0] else _resolve_stay(draft, cited[0], article)
    if where is not cited[0] and own.start and not _do_touch(own, dates):
        dates, where = own, cited[0]  # the sentence's own date, not another's
    return _add_length(dates, cited[0], article), where


def is_ahead(dates: VisitDates, today: date) -> bool:
    """Tell whether the first day is later than tomorrow."""
    known = span(dates)
    return bool(known and known[0] > today + DAY)


def put_in_past(dates: VisitDates, today: date) -> VisitDates:
    """Return the dates of what has begun: "on Thursday" is last Thursday, not the next."""
    if dates.precision is not Precision.DAY or not dates.start:
        return dates
    start = date.fromisoformat(dates.start)
    if not today < start <= today + WEEK:
        return dates
    return VisitDates((start - WEEK).isoformat(), None, Precision.DAY)


def _is_of_another(draft: DraftVisit, dated: Evidence, telling: Evidence, article: Article) -> bool:
    """Whether the sentence that gives the date is of another stop, or of another day's heading."""
    whole = f"{article.title}\n{article.text}"
    is_at_host = find_host(draft.host, draft.place, dated.quote, whole) is not None
    if not is_at_host and leads_elsewhere(dated.quote):
        return True
    between = article.sentences[dated.sentence : telling.sentence - 1]
    return len(dated.quote.split()) <= HEADING and any(
        is_heading(one.text, article.language) for one in between
    )


def _resolve_stay(draft: DraftVisit, sentence: Evidence, article: Article) -> VisitDates:
    at = find_host(draft.host, draft.place, sentence.quote, article.text)
    return resolve_stay(sentence.quote, article.published_on, article.language, at)


def _is_counted(stay: VisitDates, told: Evidence, article: Article) -> bool:
    """Whether the stay was counted from the day told: ``on the second day of his visit``."""
    words = load_stay_words(article.language)
    return bool(stay.start) and any(day.search(told.quote) for day, _ in words.days_of)


def _do_touch(a: VisitDates, b: VisitDates) -> bool:
    first, second = span(a), span(b)
    return bool(first and second and days_between(first, second) == 0)


def _add_length(dates: VisitDates, told: Evidence, article: Article) -> VisitDates:
    """The dates with the end that "a three-day visit" in the first sentence gives them."""
    days = find_duration(told.quote, article.language)
    if dates.precision is not Precision.DAY or dates.end or not dates.start or not days:
        return dates
    end = date.fromisoformat(dates.start) + timedelta(days=days - 1)
    return VisitDates(dates.start, end.isoformat(), Precision.DAY) if days > 1 else dates
