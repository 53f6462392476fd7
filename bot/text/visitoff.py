"""clauses of a sentence → whether the visit is cancelled or postponed, by words of its own."""

import re

from bot.model import VisitStatus
from bot.text.statewords import StateWords
from bot.text.visitclauses import Clauses, opens_conditional

_FAR = 90
"""Characters between a rumour and what it says."""
_SUBJECT = 180
"""Characters between what is off and the word that says so."""
_NEAR = 20
"""Characters between a word of doubt and what it makes doubtful."""
_ASKED = 60
"""Characters between who is asked and what to do."""
_INFINITIVE = re.compile(r"\b(?:to|not|à|de|que)\s$|\bd['’]$|\ba\s$")
_THAT = re.compile(r"\b(?:that|which|que|qui)\b")
_SMALL = (
    "because|after|amid|for|due|over|until|in|by|on|as|with|and|but|"
    "après|pour|en|car|par|tras|por|para|hasta|y|pero"
)
_UP_TO_OBJECT = re.compile(rf"(?:\s(?!(?:{_SMALL})\b)\S+){{0,6}}?\s", re.IGNORECASE)


def find_off(clauses: Clauses) -> VisitStatus | None:
    """Return the state by the last word of it that is not denied and means the visit.

    Who no longer goes, or refuses an invitation, has cancelled.
    """
    words, text = clauses.words, clauses.text
    cues = {VisitStatus.CANCELLED: words.cancelled, VisitStatus.POSTPONED: words.postponed}
    found = [
        (match.start(), status)
        for status, cue in cues.items()
        for match in cue.finditer(text)
        if _is_off(match, clauses)
    ]
    if found:
        return max(found)[1]
    if is_upheld(text, words) or opens_conditional(text, words):
        return None
    is_refused = words.no_longer_going.search(clauses.narrow) or words.refused.search(text)
    return VisitStatus.CANCELLED if is_refused or _is_undone(clauses) else None


def _is_undone(clauses: Clauses) -> bool:
    """``will not visit Lima as planned``: he was to go, and does not."""
    words = clauses.words
    return bool(words.not_going.search(clauses.narrow) and words.as_planned.search(clauses.whole))


def is_denied(clauses: Clauses) -> bool:
    """Whether it says that there is no such visit: ``will not visit``, ``ruled out a visit``."""
    words = clauses.words
    return bool(words.not_going.search(clauses.narrow) or words.denied.search(clauses.text))


def is_upheld(text: str, words: StateWords) -> bool:
    """Whether somebody denies that the visit is off."""
    off = (m for cue in (words.cancelled, words.postponed) for m in cue.finditer(text))
    return any(_is_rumour(match, text, words) for match in off)


def _is_off(match: re.Match[str], clauses: Clauses) -> bool:
    text, words = clauses.text, clauses.words
    if words.is_denied(text, match) or _is_rumour(match, text, words):
        return False
    if opens_conditional(text, words):
        return False  # "If the visit is postponed, ..."
    if words.revived.search(text, match.end()) or _is_doubtful(match, text, words):
        return False
    is_adjective = words.noun.match(text[match.end() :].lstrip())  # "the long-delayed visit"
    if is_adjective and words.is_told(text, words.settled):
        return False
    noun = _find_noun(match, text, words)
    is_visit = bool(words.noun.search(match.group()))  # "put the trip off"
    is_visit = is_visit or bool(noun and words.noun.fullmatch(noun.group()))
    if not is_visit and (noun or words.moved.fullmatch(match.group())):
        return False
    return not _is_aside(match, noun, clauses, is_visit=is_visit)


def _is_aside(
    match: re.Match[str], noun: re.Match[str] | None, clauses: Clauses, *, is_visit: bool
) -> bool:
    """Whether the visit is told as settled, and what was off is told beside it."""
    text, words = clauses.text, clauses.words
    is_recalled = noun and _THAT.search(text, noun.end(), max(noun.end(), match.start()))
    if noun and is_recalled and words.is_told(text[: noun.start()], words.settled):
        return True  # "will make the trip that floods made him cancel in May"
    end = next(end for start, end in clauses.spans if start <= match.start() < end)
    is_past = any(
        cue.search(clauses.get_clause(match.start())) for cue in (words.gone, words.foreign)
    )
    if is_past and words.is_told(text[end:], words.settled):
        return True  # "the visit, cancelled last year, will be in May"
    if clauses.index is None:
        return False
    start, end = clauses.spans[clauses.index]
    if start <= match.start() < end or not words.is_told(clauses.narrow, words.settled):
        return False
    clause = clauses.get_clause(match.start())
    return not is_visit or bool(words.aside.search(clause) or words.foreign.search(clause))


def _is_doubtful(match: re.Match[str], text: str, words: StateWords) -> bool:
    """``may be put off``, ``considers cancelling``, ``urged him to cancel``."""
    before = words.possible.search(text, max(0, match.start() - _NEAR), match.start())
    asked = words.urged.search(text, max(0, match.start() - _ASKED), match.start())
    is_asked = asked and _INFINITIVE.search(text[: match.start()])
    return bool(before or is_asked or words.afterthought.match(text, match.end()))


def _is_rumour(match: re.Match[str], text: str, words: StateWords) -> bool:
    """``denied reports that the visit was off``, ``reports that it was off were false``."""
    denied = [m for m in words.rumour.finditer(text) if 0 <= match.start() - m.end() <= _FAR]
    return bool(denied or words.unfounded.search(text, match.end()))


def _find_noun(match: re.Match[str], text: str, words: StateWords) -> re.Match[str] | None:
    """What is off: the object of ``cancelled``, the subject of ``was cancelled``."""
    nouns = [m for cue in (words.noun, words.event) for m in cue.finditer(text)]
    nouns.sort(key=lambda noun: noun.start())
    before = [m for m in nouns if m.end() <= match.start() and match.start() - m.end() <= _SUBJECT]
    after = [m for m in nouns if m.start() >= match.end()]
    tail = text[: match.start()].rstrip()
    is_passive = any(m.end() == len(tail) for m in words.passive.finditer(tail))
    is_object = after and _UP_TO_OBJECT.fullmatch(text, match.end(), after[0].start())
    if is_object and not is_passive:
        return after[0]
    return before[-1] if before else None
