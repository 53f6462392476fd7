"""When to post, as people write it → times, weekdays and a zone, or a refusal with an example."""

import re
from dataclasses import dataclass
from itertools import groupby

from bot.errors import InputError
from bot.schedule.zones import check_timezone, find_zone, list_near

MAX_TIMES = 24
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
WORKDAYS = EVERY_DAY[:5]
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MAX_LENGTH = 200
_DAY_SETS = {"": EVERY_DAY, "daily": EVERY_DAY, "weekdays": WORKDAYS, "weekends": (6, 7)}
_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2})|h)?(am|pm)?")
_EXAMPLE = "write it like 07:00, or “weekdays at 7am London time”."
_SAME = {
    r"\s*[-–—]\s*(?=[a-z]{3})": "-",
    r"(?<=[a-z]) (?:to|through|until) (?=[a-z]{3})": "-",
    r"\b(?:weekday|work(?:ing)? ?days?|business days?)\b": "weekdays",
    r"\bweekend\b": "weekends",
    r"\b(?:every ?day|each day|all days|day)\b": "daily",
    r"\b(mon|tues|wednes|thurs|fri|satur|sun)days\b": r"\1day",
    r"\b(?:12 )?(?:noon|midday)\b": "12:00",
    r"\b(?:12 )?midnight\b": "00:00",
    r"\bà\b": "at",
}
"""What is said in several ways, and the one way in which it is read, in this order."""
_FILLING = {"", "and", "at", "in", "on", "the", "every", "each", "time", "local", "o'clock", "&"}
_TIMES, _WEEKDAYS, _PLACE = "times", "weekdays", "place"


@dataclass(frozen=True, slots=True)
class Timing:
    """When to post: times as ``HH:MM``, ISO weekdays or None if none were named, zone or empty."""

    times: tuple[str, ...]
    weekdays: tuple[int, ...] | None = None
    timezone: str = ""


def parse_timing(text: str) -> Timing:
    """Times of day with what days and zone are named: ``weekdays at 7am and 18:30 London time``.

    Raises:
        InputError: no time, days that have times of their own, or words that are neither time,
            day nor zone.
    """
    if len(text) > _MAX_LENGTH:
        raise InputError(f"That is too long; {_EXAMPLE}")
    words = [(_judge(word), word) for word in _split(text)]
    named = {kind: " ".join(word for of, word in words if of == kind) for kind, _ in words}
    runs = [kind for kind, _ in groupby(kind for kind, _ in words)]
    if runs.count(_PLACE) > 1:
        raise InputError(f"More than one time zone was given; {_EXAMPLE}")
    if _TIMES not in named:
        raise InputError(f"No time was given; {_EXAMPLE}")
    if len(list(groupby(kind for kind, _ in words if kind != _PLACE))) > 2:
        raise InputError("Days with times of their own are several orders; set them one by one.")
    return Timing(
        times=parse_times(named[_TIMES]),
        weekdays=parse_days(named[_WEEKDAYS]) if _WEEKDAYS in named else None,
        timezone=_read_place(named.get(_PLACE, "")),
    )


def _split(text: str) -> list[str]:
    plain = _join_halves(" ".join(text.lower().replace(",", " ").split()))
    for said, same in _SAME.items():
        plain = re.sub(said, same, plain)
    return [word for word in plain.rstrip(".").split() if word not in _FILLING]


def _join_halves(text: str) -> str:
    """``6 p.m.`` in one word."""
    return re.sub(r"\s+(?=[ap]m\b)", "", text.replace(".m.", "m"))


def _judge(word: str) -> str:
    if word[0].isdecimal():
        return _TIMES
    try:
        _parse_day_word(word)
    except InputError:
        return _PLACE
    return _WEEKDAYS


def _read_place(place: str) -> str:
    if place and not find_zone(place) and not list_near(place):
        raise InputError(f"“{place[:40]}” is neither a time, a day nor a time zone; {_EXAMPLE}")
    return check_timezone(place) if place else ""


def parse_times(text: str) -> tuple[str, ...]:
    """Local times of day as ``HH:MM``, in order, each once: ``6pm, 06.30`` → 06:30, 18:00.

    Raises:
        InputError: nothing there, too many, or not a time of day.
    """
    joined = _join_halves(text.lower())
    words = [word for word in re.split(r"[\s,]+", joined) if word and word != "and"]
    times = sorted({_parse_time(word) for word in words})
    if not times:
        raise InputError("No time was given; write local times like 06:00 or 06:00 18:30.")
    if len(times) > MAX_TIMES:
        raise InputError(f"{len(times)} times a day are too many; write up to {MAX_TIMES}.")
    return tuple(times)


def _parse_time(word: str) -> str:
    refusal = InputError(f"“{word[:40]}” is not a time of day; write times like 06:00 or 6pm.")
    match = _TIME.fullmatch(word)
    if match is None:
        raise refusal
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half and not 1 <= hour <= 12:
        raise refusal
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise refusal
    return f"{hour:02}:{minute:02}"


def parse_days(text: str) -> tuple[int, ...]:
    """ISO weekdays in order: ``mon-fri``, ``weekdays``, ``sat, sun``; nothing means every day.

    Raises:
        InputError: a word that is no day.
    """
    plain = re.sub(r"\s*[-–]\s*|\s+to\s+", "-", text.strip().lower()).replace("every day", "daily")
    words = [word for word in re.split(r"[\s,]+", plain) if word != "and"]
    return tuple(sorted({day for word in words for day in _parse_day_word(word)}))


def _parse_day_word(word: str) -> tuple[int, ...]:
    if word in _DAY_SETS:
        return _DAY_SETS[word]
    first, dash, last = word.partition("-")
    start, end = _day_number(first, word), _day_number(last if dash else first, word)
    # A range may run over the end of the week: sat-mon.
    return tuple((start - 1 + step) % 7 + 1 for step in range((end - start) % 7 + 1))


def _day_number(name: str, word: str) -> int:
    for number, day in enumerate(DAYS, 1):
        if len(name) >= 3 and day.startswith(name):
            return number
    raise InputError(f"“{word[:40]}” is not a day; write days like mon-fri, sat,sun or daily.")
