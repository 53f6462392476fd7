"""sentence → when the stay that it tells of begins and ends, as exactly as it says.

A sentence has dates of many things: when something was said, what was signed years ago, the next
stop. Here those of the stay are chosen and joined.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.model import VisitDates, VisitStatus
from bot.text.cues import cut_window
from bot.text.dates import span
from bot.text.stayends import add_end, count_back, count_day
from bot.text.staypieces import OF_STAY, Piece, Telling, list_pieces, opens_part, read_telling
from bot.text.staywords import Role

OWNER = 15
"""Characters within which a noun after a date owns it: "Monday's two-day trip to Lima"."""
OLD = timedelta(days=60)
"""What was over longer ago is background, and no date of a visit to come."""


def resolve_stay(
    sentence: str, published_on: date, language: str, at: int | None = None
) -> VisitDates:
    """Return when the visit is that the sentence tells of, to a reader on that day.

    ``at`` is where the sentence names the host, or else the word of the trip: of several stops
    it chooses one. Dates of what was said, signed or held before are left out, as are those of
    another stop. Of a visit that is put off the new date counts, and no other.
    """
    sentence, at = cut_window(sentence, at)
    telling = read_telling(sentence, published_on, language, at)
    pieces = list_pieces(telling)
    try:
        return _resolve(telling, pieces, at)
    except OverflowError:  # a stay that ends beyond the year 9999
        return VisitDates()


def is_of_stay(told: VisitDates, stay: VisitDates) -> bool:
    """Tell whether a date read by itself is one of the stay's, as exactly told.

    "On Thursday" by itself is the next one, in "that began on Thursday" the last.
    """
    first, second = span(told), span(stay)
    if not first or not second or told.precision is not stay.precision:
        return False
    return any(
        first[0] - shift <= second[1] and second[0] <= first[1] - shift
        for shift in (timedelta(), timedelta(days=7))
    )


def _resolve(telling: Telling, pieces: Sequence[Piece], at: int | None) -> VisitDates:
    if telling.status is VisitStatus.POSTPONED:
        return _date_new(_find_new(pieces))
    counted = count_day(telling, pieces)
    main = _choose(telling, pieces, at)
    if telling.is_begun and not counted:
        counted = count_back(telling, pieces, main, at)
    return counted or (add_end(main, telling, pieces) if main else VisitDates())


def _find_new(pieces: Sequence[Piece]) -> Piece | None:
    """The new date of what was put off; ``from 3 to 10 May`` holds it."""
    new = [piece for piece in pieces if piece.role is Role.MOVED_TO]
    spans = [piece for piece in pieces if piece.role is Role.MOVED_FROM and piece.dates.end]
    return next(iter((*new, *spans)), None)


def _date_new(new: Piece | None) -> VisitDates:
    if new is None:
        return VisitDates()
    if new.role is Role.MOVED_TO:
        return new.dates
    return VisitDates(new.dates.end, None, new.dates.precision)


def _choose(telling: Telling, pieces: Sequence[Piece], at: int | None) -> Piece | None:
    """The date of the stay: one that can be it, on the right side of the stop, the nearest."""
    own = [piece for piece in pieces if piece.role in OF_STAY and _can_be(piece, telling)]
    if at is not None:
        own = [piece for piece in own if _is_of_stop(telling, piece, at)]
    ranked = sorted(own, key=lambda piece: _rank(telling, piece, at))
    return ranked[0] if ranked else None


def _rank(telling: Telling, piece: Piece, at: int | None) -> tuple[bool, bool, bool, int]:
    """Likely dates first, then those in the same part of the sentence, on the right side, near."""
    is_unlikely, where = not _is_likely(piece, telling), piece.where
    if at is None:
        return is_unlikely, False, False, where.start
    is_before = where.end <= at
    is_owned = telling.words.is_told(Role.STAY, telling.text, where.end, where.end + OWNER)
    is_wrong_side = is_before != (opens_part(telling, where) or (is_before and is_owned))
    first, last = sorted((at, where.start))
    is_apart = "," in telling.text[first:last] or ";" in telling.text[first:last]
    return is_unlikely, is_apart, is_wrong_side, abs(where.start - at)


def is_long_over(dates: VisitDates, today: date) -> bool:
    """Tell whether the last day is so long ago that what was then is background."""
    days = span(dates)
    return days is not None and today - days[1] > OLD


def _is_likely(piece: Piece, telling: Telling) -> bool:
    """Whether the date is ahead of a visit to come, and behind one that has begun."""
    days = span(piece.dates)
    if days is None:
        return False
    return days[0] <= telling.on if telling.is_begun else days[1] >= telling.on


def _can_be(piece: Piece, telling: Telling) -> bool:
    """No visit has begun on a day to come; none to come is of long ago."""
    days = span(piece.dates)
    if days is None:
        return False
    return days[0] <= telling.on if telling.is_begun else not is_long_over(piece.dates, telling.on)


def _is_of_stop(telling: Telling, piece: Piece, at: int) -> bool:
    """Whether no word between the stop and the date leads on to another stop.

    What comes at the end of a list of stops is of them all: "to Lima, then Quito in May". A
    date that opens the sentence is of what follows: "On Monday he continues to Quito".
    """
    text, words, where = telling.text, telling.words, piece.where
    if at < where.start:
        return not words.onward.search(text, at, where.start)
    parting = (words.onward, words.listed)
    is_apart = any(cue.search(text, where.end, at) for cue in parting)
    return not is_apart or not words.is_told(Role.STAY, text, 0, where.start)
