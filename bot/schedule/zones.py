"""The name of a place or a zone as people write it → the IANA zone, or a refusal that helps."""

import difflib
import re
from collections.abc import Sequence
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.errors import InputError

# Files among the zones that name no place: what they mean depends on the machine, or they are
# half a year's time, an hour wrong in the other half.
_NO_PLACE = {"Factory", "localtime", "EST", "MST", "HST"}
_CITIES = {
    "abu_dhabi": "Asia/Dubai",
    "ankara": "Europe/Istanbul",
    "barcelona": "Europe/Madrid",
    "beijing": "Asia/Shanghai",
    "bern": "Europe/Zurich",
    "boston": "America/New_York",
    "brasilia": "America/Sao_Paulo",
    "cape_town": "Africa/Johannesburg",
    "delhi": "Asia/Kolkata",
    "frankfurt": "Europe/Berlin",
    "geneva": "Europe/Zurich",
    "hague": "Europe/Amsterdam",
    "hanoi": "Asia/Bangkok",
    "islamabad": "Asia/Karachi",
    "istanbul": "Europe/Istanbul",
    "milan": "Europe/Rome",
    "mumbai": "Asia/Kolkata",
    "munich": "Europe/Berlin",
    "new_delhi": "Asia/Kolkata",
    "nicosia": "Asia/Nicosia",
    "ottawa": "America/Toronto",
    "pretoria": "Africa/Johannesburg",
    "san_francisco": "America/Los_Angeles",
    "strasbourg": "Europe/Paris",
    "the_hague": "Europe/Amsterdam",
    "washington": "America/New_York",
    "washington_dc": "America/New_York",
}
"""Cities that people name and IANA does not, or has twice."""


@cache
def _zone_names() -> dict[str, str]:
    return {name.lower(): name for name in sorted(available_timezones() - _NO_PLACE)}


def check_timezone(name: str) -> str:
    """The IANA name as it is spelt: ``europe/london``, or ``london`` → ``Europe/London``.

    Raises:
        InputError: no such zone, or several; the message proposes near ones.
    """
    found = find_zone(name)
    if found:
        return found
    near = list_near(name)
    hint = f"did you mean {join_words(near, 'or')}?" if near else "write one like Europe/London."
    if re.match(r"(utc|gmt)[+-]?[0-9]|([cemp][sd]|[bhi]s)t$", _plain(name)):
        hint = "an offset knows no summer time; write a place, like Europe/London."
    raise InputError(f"“{name.strip()[:40]}” is not a time zone; {hint}")


def find_zone(name: str) -> str | None:
    """The zone of that name, or of the one city of that name."""
    wanted, cities = _plain(name), _list_cities(name)
    alone = cities[0] if len(cities) == 1 else None
    return _zone_names().get(wanted) or _CITIES.get(wanted) or alone


def list_near(name: str) -> list[str]:
    """Up to three zones that may have been meant."""
    names = _zone_names()
    alike = difflib.get_close_matches(_plain(name), names, n=3, cutoff=0.75)
    return (_list_cities(name) or [names[low] for low in alike])[:3]


def _list_cities(name: str) -> list[str]:
    """The zones of that city; Etc/GMT+5 is none, and lies west of Greenwich."""
    wanted, names = _plain(name), _zone_names()
    placed = [(low.rpartition("/")[2], low) for low in names if not low.startswith("etc/")]
    return [names[low] for city, low in placed if city == wanted]


def _plain(name: str) -> str:
    return re.sub(r"\s+", "_", name.strip()[:60]).lower()


def get_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name.

    Raises:
        InputError: the machine has no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise InputError(f"The time zone “{name[:40]}” is unknown here; set it anew.") from error


def join_words(words: Sequence[str], last: str) -> str:
    """Return ``a, b and c`` with ``last`` before the last one."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1])))
