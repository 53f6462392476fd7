"""entry → the words of its event: one calendar shows them as text, the next may read markup."""

import re
from urllib.parse import quote, urlsplit

from bot.model import CalendarEntry, Move, Precision, Visit, VisitDates, VisitStatus
from bot.text.clean import clean_text
from bot.text.dates import format_dates

MAX_STEPS = 8
"""So many steps of a visit's history are told, newest first; the rest is counted."""

_MAX_WHO = 100
_MAX_QUOTE = 300
_MAX_OUTLET = 60
_MAX_ADDRESS = 1000
_SAID = (VisitStatus.POSSIBLE, VisitStatus.PLANNED, VisitStatus.POSTPONED, VisitStatus.CANCELLED)
# Google's calendar shows a description as HTML; a blank keeps a tag from being one.
_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def tidy(text: str, most: int) -> str:
    """``text`` as one line of at most ``most`` characters that no calendar program obeys."""
    line = _TAG.sub("< ", " ".join(clean_text(text[: 4 * most]).split()))
    if len(line) <= most and len(text) <= 4 * most:
        return line
    return f"{line[: most - 1].rstrip()}…"


def summarise(entry: CalendarEntry, dates: VisitDates, *, is_given: bool) -> str:
    """``possible: Narendra Modi → Washington (some time in February 2025)``."""
    visit = entry.visit
    trip = f"{tidy(visit.visitor, _MAX_WHO)} → {tidy(visit.place or visit.host, _MAX_WHO)}"
    word = _status_words(entry, is_given=is_given)
    is_told = entry.is_withdrawn or not is_given or visit.status in _SAID
    head = f"{word}: {trip}" if is_told else trip
    if dates.precision is Precision.DAY:
        return head
    is_ahead = is_given and not entry.is_withdrawn and visit.status is not VisitStatus.CANCELLED
    article = "the " if dates.precision is Precision.QUARTER else ""
    return f"{head} ({f'some time in {article}' if is_ahead else ''}{format_dates(dates)})"


def _status_words(entry: CalendarEntry, *, is_given: bool) -> str:
    status = entry.visit.status
    if entry.is_withdrawn:
        return "withdrawn"
    if is_given or status is VisitStatus.CANCELLED:
        return status.value
    return f"{status.value}, no {'new' if status is VisitStatus.POSTPONED else 'exact'} date"


def name_location(visit: Visit) -> str:
    """``Washington, United States``, or the host alone."""
    place, host = tidy(visit.place or "", _MAX_WHO), tidy(visit.host, _MAX_WHO)
    return f"{place}, {host}" if place and place != host else host


def describe(entry: CalendarEntry, dates: VisitDates, *, is_given: bool) -> str:
    """Where the visit stands, and the steps that led there with their sentences, newest first."""
    visit = entry.visit
    status = _status_words(entry, is_given=is_given)
    link = ", " if is_given else "; the last one given was "
    lines = [f"{status[0].upper()}{status[1:]}{link}{format_dates(dates)}."]
    if entry.is_withdrawn:
        lines.append("No article tells of this visit any more.")
    elif visit.is_overdue:
        lines.append("Its last day has passed without a report.")
    if purpose := tidy(visit.purpose, _MAX_QUOTE):
        lines.append(f"Purpose: {purpose}")
    steps = [_step(move) for move in visit.history[: -MAX_STEPS - 1 : -1]]
    left = len(visit.history) - len(steps)
    if left:
        steps.append(f"and {left} earlier report{'s' if left > 1 else ''}")
    return "\n\n".join(["\n".join(lines), *steps])


def _step(move: Move) -> str:
    on = format_dates(VisitDates(move.at.date().isoformat(), None, Precision.DAY))
    weaker = "" if move.is_obeyed else ", weaker report, not followed"
    told = f"{move.status.value}, {format_dates(move.dates)}{weaker}"
    lines = [f"{on}, {tidy(move.outlet, _MAX_OUTLET)}: {told}"]
    lines.append(f"“{tidy(move.quote, _MAX_QUOTE)}”")
    return "\n".join([*lines, *filter(None, [_web_address(move.article_url)])])


def list_categories(entry: CalendarEntry) -> list[str]:
    """What a calendar may sort and colour by."""
    return ["Visit", "Withdrawn" if entry.is_withdrawn else entry.visit.status.value.capitalize()]


def newest_address(visit: Visit) -> str:
    """The address of the newest report that was obeyed, or nothing."""
    newest = [*filter(lambda move: move.is_obeyed, visit.history[::-1]), *visit.history[::-1]]
    return next(filter(None, (_web_address(move.article_url) for move in newest)), "")


def _web_address(url: str) -> str:
    """``url`` if a browser can open it, with everything encoded that could end it; else nothing."""
    safe = quote(url.encode("utf-8", "ignore"), safe=":/?#[]@!$&'()*+,;=%~")
    try:
        parts = urlsplit(safe)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and parts.netloc and "@" not in parts.netloc
    return safe if is_web and len(safe) <= _MAX_ADDRESS else ""
