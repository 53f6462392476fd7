"""The name of a feast and a year → its day in that year."""

from datetime import date, timedelta

_TO_ORDINAL = 1721425
"""From the number of a Julian day to ``date.toordinal``."""
_LUNAR_YEAR = 354.367


def find_feast(feast: str, year: int) -> date:
    """Return the day of the feast: of ``MM-DD`` that day, of a movable feast its day that year.

    Easter is named ``easter`` or ``orthodox easter``, the feasts of the Islamic calendar by the
    day on which they begin in it, as ``hijri 10-01``. That calendar is counted, not observed,
    so a day is right to a day or two; where a lunar year holds none, the last one is meant.

    Raises:
        ValueError, OverflowError: no such day.
    """
    if feast == "easter":
        return _find_easter(year)
    if feast == "orthodox easter":
        return _find_orthodox_easter(year)
    if feast.startswith("hijri "):
        month, day = map(int, feast.removeprefix("hijri ").split("-"))
        return _find_islamic(month, day, year)
    return date.fromisoformat(f"{year:04}-{feast}")


def _find_easter(year: int) -> date:
    """The Gregorian reckoning, as Meeus writes it."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _find_orthodox_easter(year: int) -> date:
    """The Julian reckoning, told in Gregorian days."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    behind = year // 100 - year // 400 - 2
    return date(year, month, day + 1) + timedelta(days=behind)


def _find_islamic(month: int, day: int, year: int) -> date:
    lunar = int((year - 622) * 365.2425 / _LUNAR_YEAR) + 2
    while (found := _islamic_day(lunar, month, day)).year > year:
        lunar -= 1
    return found


def _islamic_day(year: int, month: int, day: int) -> date:
    days = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day
    return date.fromordinal(days + 1948440 - 385 - _TO_ORDINAL)
