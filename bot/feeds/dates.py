"""A date as feeds and pages write it → aware datetime in the publisher's own offset."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_YEARS = range(1990, 2101)
_MAX_OFFSET = timedelta(hours=14)
_MAX_CHARACTERS = 64
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)"
    r"(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
# The standard library reads a date into nearly anything, so it sees only what is one.
_MAIL = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s+)?\d{1,2}[\s-]+[a-z]{3,9}\.?[\s-]+(?:\d\d|\d{4})\s+"
    r"\d{1,2}:\d\d(?::\d\d)?(?:\s*(?:[a-z]{1,5}|[+-]\d{4}))?(?:\s*\([^()]*\))?",
    re.IGNORECASE | re.ASCII,
)
# What the mail rules know is not all that feeds use; one meaning each, so no IST and no CST.
_ZONES = {
    "WET": "+0000",
    "WEST": "+0100",
    "BST": "+0100",
    "CET": "+0100",
    "CEST": "+0200",
    "EET": "+0200",
    "EEST": "+0300",
    "MSK": "+0300",
    "JST": "+0900",
    "KST": "+0900",
    "AEST": "+1000",
    "AEDT": "+1100",
}
_ZONE = re.compile(rf"\b({'|'.join(_ZONES)})$")


def parse_date(text: str) -> datetime | None:
    """Read an ISO 8601 or RFC 822 date; no zone means UTC; an absurd date is None."""
    text = text.strip()
    if not text or len(text) > _MAX_CHARACTERS:
        return None
    read = None
    with suppress(ValueError, OverflowError, IndexError):
        read = _parse_iso(text) or _parse_mail(text)
    if read is None or read.year not in _YEARS:
        return None
    offset = read.utcoffset()
    if offset is None:
        return read.replace(tzinfo=UTC)
    return read if abs(offset) <= _MAX_OFFSET else None


def _parse_iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    day, time, zone = found.groups()
    zone = "" if not zone or zone.upper() in ("Z", "UTC", "GMT") else zone
    return datetime.fromisoformat(f"{day}T{time or '00:00'}{zone}")


def _parse_mail(text: str) -> datetime | None:
    if not _MAIL.fullmatch(text):
        return None
    return parsedate_to_datetime(_ZONE.sub(lambda match: _ZONES[match[1]], text))
