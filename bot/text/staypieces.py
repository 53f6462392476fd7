"""sentence → its dates, each with what it is of and what it means to a reader on that day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.model import BEGUN, Precision, VisitDates, VisitStatus
from bot.text.dates import DateText, find_dates, resolve_dates
from bot.text.stayroles import is_bare_day, list_roles
from bot.text.staywords import Role, StayWords, load_stay_words
from bot.text.visitstates import visit_status

DAY = timedelta(days=1)
OF_STAY = (Role.STAY, Role.MOVED_TO, Role.MOVED_FROM)
"""Roles of a date on which a visit may begin."""
_PART = re.compile(
    r"[,;:()“”\"«»।]|\s[–—-]\s|\b(?:and|but|who|which|that|et|mais|qui|que|y|pero)\b|और|लेकिन|कि\b"
)
_GAPPED = re.compile(r",\s(?:to|in|a|al|en|à|au|aux)\s")  # "to Lima and, on Monday, to Quito"


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence, the day on which it was published, and how far the visit has come."""

    text: str
    language: str
    on: date
    status: VisitStatus
    words: StayWords

    @property
    def is_begun(self) -> bool:
        """Whether the visit has begun, and may have ended."""
        return self.status in BEGUN


@dataclass(frozen=True, slots=True)
class Piece:
    """A date of the sentence: where it stands, what it is of, what it means."""

    where: DateText
    role: Role
    dates: VisitDates


def read_telling(sentence: str, published_on: date, language: str, at: int | None) -> Telling:
    """Return the sentence with what it says of the visit that it tells of at ``at``."""
    status = visit_status(sentence, language, at)
    return Telling(sentence, language, published_on, status, load_stay_words(language))


def list_pieces(telling: Telling) -> list[Piece]:
    """Return the dates of the sentence in order."""
    found = find_dates(telling.text, telling.language)
    roles = list_roles(telling.text, found, telling.language)
    pieces: list[Piece] = []
    for where, role in zip(found, roles, strict=True):
        is_past = _is_past(telling, where, role)
        dates = resolve_dates(where.text, telling.on, telling.language, is_past=is_past)
        if role in (Role.STAY, Role.END) and not is_past:
            dates = _put_after(pieces, dates, where, telling.language)
        pieces.append(Piece(where, role, dates))
    return pieces


def opens_part(telling: Telling, where: DateText) -> bool:
    """Whether the date opens its part of the sentence: ``to Lima, and on Monday to Quito``."""
    text = telling.text
    cuts = [match.end() for match in _PART.finditer(text, 0, where.start)]
    before, after = text[cuts[-1] if cuts else 0 : where.start], text[where.end :].lstrip()
    is_last = not after.strip(" .") or (_PART.match(after) and not _GAPPED.match(after))
    return bool(telling.words.front.fullmatch(before)) and not is_last


def _is_past(telling: Telling, where: DateText, role: Role) -> bool:
    """Whether the sentence tells of the date as of one gone by."""
    told = _tells_past(telling, where)
    # "had been agreed for the autumn" is no autumn gone by
    if told is not None and (
        telling.is_begun or not told or is_bare_day(where.text, telling.language)
    ):
        return told
    if telling.status is VisitStatus.UNDERWAY:
        return role is not Role.END
    return telling.status is VisitStatus.COMPLETED


def _tells_past(telling: Telling, where: DateText) -> bool | None:
    """Whether the words by the date are of the past or of what is to come, if either."""
    text, words = telling.text, telling.words
    cuts = [match.end() for match in _PART.finditer(text, 0, where.start)]
    start, end = cuts[-1] if cuts else 0, where.start
    if words.has_verb_last:
        after = _PART.search(text, where.end)
        end = after.start() if after else len(text)
    if words.future.search(text, start, end):  # "will be received", "was due to begin"
        return False
    return True if words.past.search(text, start, end) else None


def _put_after(
    pieces: Sequence[Piece], dates: VisitDates, where: DateText, language: str
) -> VisitDates:
    """``on Monday to Lima, on Wednesday to Quito``: the Wednesday after that Monday."""
    earlier = [piece.dates for piece in pieces if piece.role in OF_STAY]
    if not earlier or any(one.precision is not Precision.DAY for one in (earlier[-1], dates)):
        return dates
    first, day = (date.fromisoformat(one.start or "") for one in (earlier[-1], dates))
    moved = resolve_dates(where.text, first, language)
    return moved if day < first and moved.start == (day + 7 * DAY).isoformat() else dates
