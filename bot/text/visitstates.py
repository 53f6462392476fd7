"""sentence → the state of the visit that it tells of: floated, planned, confirmed, begun, off."""

import re
from datetime import date
from functools import lru_cache

from bot.model import Precision, VisitStatus
from bot.text.cues import cut_window
from bot.text.dates import find_dates, resolve_dates
from bot.text.statewords import StateWords, load_state_words
from bot.text.stayroles import list_roles
from bot.text.staywords import Role, load_stay_words
from bot.text.visitclauses import SIGNS, Clauses, cut_clauses, opens_conditional
from bot.text.visitoff import find_off, is_denied, is_upheld

_QUOTES = re.compile(r"[“”\"«»]")
_NAMED = re.compile(r",?\s[A-ZÀ-Þ][\w’'-]+\s(?:[a-z]{2,3}\s)?[A-ZÀ-Þ]")
_NEAR = 60
"""Characters within which who has no name and what he says stand together."""
_ANY_DAY = date(2000, 1, 1)
"""To tell how exact a date is any day will do."""
_DATING = (Role.STAY, Role.MOVED_TO, Role.END)


def visit_status(sentence: str, language: str, at: int | None = None) -> VisitStatus:
    """Return the state of the visit that the sentence tells of.

    ``at`` is where it names the host, or else the word of the trip: what its clause says counts
    for the visit. What was cancelled, moved, begun or ended is told by its own words, unless
    they are denied or speak of something else. What is only floated, hangs on a condition, or
    is denied altogether, is possible at most; what is wanted, or comes from people without a
    name, is planned; what is announced or stated as settled is confirmed, if it is dated to a
    month at least or not at all. No cue at all means planned.
    """
    return _read_status(*cut_window(sentence, at), language)


@lru_cache(maxsize=512)
def _read_status(sentence: str, at: int | None, language: str) -> VisitStatus:
    words = load_state_words(language)
    text = words.blank.sub(lambda match: " " * len(match.group()), _QUOTES.sub(" ", sentence))
    clauses = cut_clauses(text, at, words, sentence)
    begun = find_off(clauses) or _find_begun(clauses, language)
    return begun or _find_ahead(clauses, language)


def _find_begun(clauses: Clauses, language: str) -> VisitStatus | None:
    words, own = clauses.words, clauses.own
    status = _read_begun(own, words)
    if status is VisitStatus.UNDERWAY and words.gone.search(own):
        return VisitStatus.COMPLETED
    if status is VisitStatus.UNDERWAY and words.opened.search(own):
        return _read_begun(clauses.text, words)
    is_midway = status is VisitStatus.COMPLETED and _counts_days(clauses.text, language)
    return VisitStatus.UNDERWAY if is_midway else status


def _counts_days(text: str, language: str) -> bool:
    """``met him in Lima on the second day of a visit``, which still lasts."""
    return any(number and day.search(text) for day, number in load_stay_words(language).days_of)


def _read_begun(clause: str, words: StateWords) -> VisitStatus | None:
    if words.dated.search(clause):
        return None
    for status, cue in (
        (VisitStatus.UNDERWAY, words.departed),
        (VisitStatus.COMPLETED, words.completed),
        (VisitStatus.UNDERWAY, words.underway),
    ):
        for match in cue.finditer(clause):
            is_to_come = words.to_come.search(clause, max(0, match.start() - _NEAR), match.end())
            if not is_to_come and not words.is_denied(clause, match):
                return status
    return None


def _find_ahead(clauses: Clauses, language: str) -> VisitStatus:
    text, words, clause = clauses.text, clauses.words, clauses.ahead
    upheld = is_upheld(text, words)
    if not upheld and (is_denied(clauses) or _is_possible(text, clause, words)):
        return VisitStatus.POSSIBLE
    open_ended = any(cue.search(text) for cue in (words.unsettled, words.condition))
    wanted = any(cue.search(clause) for cue in (words.accepted, words.intended))
    if open_ended or wanted or _came_between(clauses) or _is_unnamed(text, words):
        return VisitStatus.PLANNED
    is_sure = upheld or words.is_told(text, words.announced)
    if words.expected.search(clause):
        is_sure = is_sure or words.is_told(text, words.reported)
    else:
        is_sure = is_sure or any(words.is_told(clause, c) for c in (words.settled, words.formal))
    is_confirmed = is_sure and not _is_vague(text, language)
    return VisitStatus.CONFIRMED if is_confirmed else VisitStatus.PLANNED


def _is_possible(text: str, clause: str, words: StateWords) -> bool:
    if _is_conditional(text, clause, words):
        return True
    if words.accepted.search(clause):
        return False
    invited, settled = words.invited.search(clause), words.settled.search(clause)
    is_open = invited and not words.is_told(text, words.accepted)
    is_invited = invited and is_open and not (settled and settled.start() < invited.start())
    return bool(is_invited or words.possible.search(clause))


def _is_conditional(text: str, clause: str, words: StateWords) -> bool:
    """Whether an "if" governs the visit: in its clause, right after it, or first of all."""
    rest = words.known_iffy.sub(lambda match: " " * len(match.group()), text)
    start = text.find(clause)
    following = rest[start + len(clause) :].lstrip(" ,;–—-")
    is_own = any(
        cue.search(rest, start, start + len(clause)) or cue.match(following)
        for cue in (words.iffy, words.condition)
    )
    return is_own or opens_conditional(rest, words)


def _came_between(clauses: Clauses) -> bool:
    """``was due to visit Lima but fell ill``."""
    text, words, at = clauses.text, clauses.words, clauses.at or 0
    due = words.was_due.search(text)
    return due is not None and words.yet.search(text, max(due.end(), at)) is not None


def _is_unnamed(text: str, words: StateWords) -> bool:
    """Whether it comes from sources, or from officials and the like who have no name."""
    if words.unnamed.search(text):
        return True
    return any(
        _speaks(text, people, words)
        for people in words.unnamed_people.finditer(text)
        if not _NAMED.match(text, people.end())
    )


def _speaks(text: str, people: re.Match[str], words: StateWords) -> bool:
    """``according to two officials``, ``officials in Lima said``; no name may stand between."""
    before = text[max(0, people.start() - _NEAR // 2) : people.start()]
    by = list(words.said_by.finditer(before))
    if by and not SIGNS.search(before, by[-1].end()):
        return True
    says = words.saying.search(text, people.end(), people.end() + _NEAR)
    return says is not None and not _NAMED.search(text, people.end(), says.start())


def _is_vague(text: str, language: str) -> bool:
    """Whether the sentence dates the visit, but not to a month."""
    found = find_dates(text, language)
    roles = list_roles(text, found, language)
    dating = [where for where, role in zip(found, roles, strict=True) if role in _DATING]
    exact = {resolve_dates(where.text, _ANY_DAY, language).precision for where in dating}
    exact.discard(Precision.UNKNOWN)
    return bool(exact) and not exact & {Precision.DAY, Precision.MONTH}
