"""visits × what is asked for → the visits that fit, in the order of the ledger."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from bot.errors import InputError
from bot.model import Precision, Visit, VisitDates, VisitQuery, VisitStatus
from bot.text.dates import find_dates, resolve_dates, span
from bot.text.lexicon import fold
from bot.text.places import alias_key
from bot.text.variants import same_person, same_place
from bot.visits import list_open

UPCOMING, PAST = "upcoming", "past"

_LANGUAGES = ("en", "fr", "es", "hi")
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?|-Q[1-4])?")
_PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
_SMALL_WORD = re.compile(r"(?:in|on|during|the|en|le|la|el)\s+", re.IGNORECASE)
_LONGEST_ECHO = 40

Days = tuple[date, date]


def choose_visits(visits: Sequence[Visit], query: VisitQuery, now: datetime) -> tuple[Visit, ...]:
    """The visits that fit all that is asked; what is left empty asks for nothing.

    ``country`` is a country or city under any name, ``person`` a name or a part of it. Of
    visits without exact dates all fit that may fall into the time asked for.

    Raises:
        InputError: the time or the status can't be understood.
    """
    tests = [_by_time(query.when, now)]
    if status := query.status.strip():
        wanted = _read_status(status)
        tests.append(lambda visit: visit.status is wanted)
    if country := query.country.strip():
        tests.append(lambda visit: _is_in(visit, country))
    if person := query.person.strip():
        tests.append(lambda visit: _is_by(visit, person))
    return tuple(visit for visit in visits if all(test(visit) for test in tests))


def _read_status(text: str) -> VisitStatus:
    try:
        return VisitStatus(text.lower())
    except ValueError:
        known = ", ".join(VisitStatus)
        raise InputError(f"“{_echo(text)}” is no state of a visit; there are {known}.") from None


def _is_in(visit: Visit, country: str) -> bool:
    return any(same_place(name, country) for name in (visit.host, visit.place) if name)


def _is_by(visit: Visit, person: str) -> bool:
    words = alias_key(person)
    is_part = bool(words) and set(words) <= set(alias_key(visit.visitor))
    return is_part or same_person(visit.visitor, person)


def _by_time(when: str, now: datetime) -> Callable[[Visit], bool]:
    text = " ".join(when.split())
    if not text:
        return lambda visit: True
    today = now.date()
    if fold(text) == UPCOMING:
        return lambda visit: bool(list_open((visit,), now))
    if fold(text) == PAST:
        return lambda visit: _is_over(visit, today)
    first, last = _read_days(text, today)
    return lambda visit: _may_fall(visit, first, last, today)


def _is_over(visit: Visit, today: date) -> bool:
    known = span(visit.dates)
    return visit.status is VisitStatus.COMPLETED or bool(known and known[1] < today)


def _may_fall(visit: Visit, first: date, last: date, today: date) -> bool:
    if visit.status is VisitStatus.UNDERWAY and not visit.is_overdue and first <= today <= last:
        return True
    known = span(visit.dates)
    return bool(known and known[0] <= last and known[1] >= first)


def _read_days(text: str, today: date) -> Days:
    """The days that the words mean to somebody who says them today."""
    try:
        found = _read_iso(text) or _read_words(text, today)
        days = span(found) if found else None
    except ValueError:  # 2025-13
        days = None
    if days is None:
        raise InputError(
            f"“{_echo(text)}” is no time that can be looked up: write next week, this month,"
            " February, 2025-02, 2025-02-12, upcoming or past."
        )
    return days


def _read_iso(text: str) -> VisitDates | None:
    value = text.upper()
    if not _ISO.fullmatch(value):
        return None
    precision = Precision.QUARTER if "Q" in value else _PRECISIONS[len(value)]
    return VisitDates(value, None, precision)


def _read_words(text: str, today: date) -> VisitDates | None:
    """The date that the whole text is, not one that only stands in it."""
    short = _SMALL_WORD.sub("", text, count=1)
    # "may" in small letters is taken for the verb.
    spellings = dict.fromkeys((text, text.capitalize(), short, short.capitalize()))
    for language in _LANGUAGES:
        for words in spellings:
            found = find_dates(words, language)
            if len(found) == 1 and found[0].text == words:
                return resolve_dates(words, today, language)
    return None


def _echo(text: str) -> str:
    return text if len(text) <= _LONGEST_ECHO else f"{text[:_LONGEST_ECHO]}…"
