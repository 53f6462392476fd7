"""dates of a sentence → what each is of: the stay, its end, what was said, something else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from bot.text.dates import DateText, resolve_dates, span
from bot.text.staywords import Role, StayWords, load_stay_words

_NEAR = 30
"""Characters within which a cue after a date is its noun or verb."""
_NEXT = 15
"""Characters within which it is the verb of ``Modi on Monday told``."""
_OBJECT = 4
"""Words between a verb and its object."""
_ANY_DAYS = (date(2000, 1, 5), date(2000, 7, 5))
_WEEK = timedelta(days=7)
_MOST = 40
"""Dates of a sentence that are read; no stay is told with as many."""
_CLAUSE = re.compile(r"[;:()“”\"«»।]|\s[–—-]\s")
_CLAUSE_OR_COMMA = re.compile(r"[,;:()“”\"«»।]")
_DATELINE = re.compile(r"\W*[^\Wa-zß-ÿ][^.;:()]{1,40}[,(]\s*$")
_AFTER_DATELINE = re.compile(r"\s*(?:\(|[-–—]\s|\)\s*[-–—।.])")
_OWNED = re.compile(r"['’]s?\s")
_PARTICIPLE = re.compile(
    r"\b(\w+ed)\s(?:(?:back|early|late|only|just)\s)?(?:(?:in|on|at|during)\s)?$"
)
_PLANNED = re.compile(
    r"(?:schedul|plann|expect|arriv|visit|receiv|welcom|host|land|travell?|invit|head|book|pencill|"
    r"tour|start|stay|stopp|fix|open|call|reach|attend|join|slat|agre|greet|entertain|touch)\w*ed$"
)
_NONE = re.compile(
    r"\b(?:no|without|sin|sans|aucune|ninguna|any)\s(?:\w+\s)?$|बिना\s$", re.IGNORECASE
)
_NOT = re.compile(r"\b(?:not|n't|never|pas|no)\b[^,;]{0,40}$")
_CONTENT = re.compile(r"\b(?:that\b|que\b|qu['’])|कि\s")
_FOR = re.compile(
    r"\b(?:for|pour|para)\s(?:(?:the|le|la|el|les|los)\s)?"
    r"(?:mois de\s|mes de\s|month of\s)?$"
)
_TOWARDS = re.compile(
    r"\b(?:for|to|that|but|and|before|after|when|pour|para|que|qu|à|mais|pero|avant|après|antes)\b|[,;]"
)


class _Cue(NamedTuple):
    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class _Reading:
    """A sentence with its cues."""

    text: str
    cues: Sequence[_Cue]
    words: StayWords


def list_roles(text: str, dates: Sequence[DateText], language: str) -> tuple[Role, ...]:
    """Return what each date of the sentence is of, by the words around it.

    Those after the first 40 are of something else.
    """
    words = load_stay_words(language)
    reading = _Reading(text, _list_cues(text, words), words)
    roles: list[Role] = []
    for number, where in enumerate(dates[:_MOST]):
        gap = text[dates[number - 1].end : where.start] if number else ""
        is_last_day = bool(roles) and roles[-1] is Role.STAY and words.joined.fullmatch(gap)
        roles.append(Role.END if is_last_day else _find_role(where, reading))
    return (*roles, *(Role.OTHER for _ in dates[_MOST:]))


def is_bare_day(text: str, language: str) -> bool:
    """Whether a date is a weekday, or today and the like: near whatever day it is read on."""
    read = ((on, span(resolve_dates(text, on, language))) for on in _ANY_DAYS)
    return all(days and days[0] == days[1] and abs(days[0] - on) <= _WEEK for on, days in read)


def _list_cues(text: str, words: StayWords) -> list[_Cue]:
    """The cues in order; of those that overlap the longest, then the more telling one."""
    found = [
        _Cue(match.start(), match.end(), role)
        for role, pattern in words.cues
        for match in pattern.finditer(text)
    ]
    kept: list[_Cue] = []
    for cue in sorted(found, key=lambda one: one.start - one.end):
        if all(cue.end <= other.start or other.end <= cue.start for other in kept):
            kept.append(cue)
    return sorted(kept, key=lambda one: one.start)


def _find_role(where: DateText, reading: _Reading) -> Role:
    text, words = reading.text, reading.words
    before, after = text[: where.start], text[where.end :]
    if _DATELINE.match(before) and _AFTER_DATELINE.match(after):
        return Role.SAID
    if words.since.search(before) or words.since_in.match(where.text):
        return Role.OTHER
    role = _find_moved(where, reading) or _find_last(where, reading)
    role = role or _find_owner(where, reading)
    if role:
        return role
    participle = _PARTICIPLE.search(before)
    if participle and not _PLANNED.search(participle[1]):
        at = participle.start(1)
        if not any(cue.start <= at < cue.end for cue in reading.cues):
            return Role.OTHER  # "the journey that a storm prevented in March"
    governing = _find_governing(where, reading)
    return governing.role if governing else Role.STAY


def _find_moved(where: DateText, reading: _Reading) -> Role | None:
    """``put off until May``, ``moved from 3 to 10 May``, ``will now take place on 10 May``."""
    text, words = reading.text, reading.words
    before = text[: where.start]
    if _is_new(before, words):
        return Role.MOVED_TO
    after = words.moved_after.match(text, where.end)
    if after and words.change.search(text, after.end(), after.end() + _NEAR):
        return Role.MOVED_TO
    changes = list(words.change.finditer(before))
    if not changes:
        return None
    if words.has_verb_last:
        return Role.MOVED_TO
    if words.future.search(before, changes[-1].end()):  # "put off a visit planned for May"
        return None
    if words.moved_from.search(before):
        return Role.MOVED_FROM
    is_to = words.moved_to.search(before) or words.moved_to_in.match(where.text)
    return Role.MOVED_TO if is_to else None


def _is_new(before: str, words: StayWords) -> bool:
    """Whether what stands before a date calls it a new one."""
    newly = list(words.newly.finditer(before))
    if not newly or words.is_told(Role.SAID, before, newly[-1].end(), len(before)):
        return False
    return not _NONE.search(before[: newly[-1].start()])


def _find_last(where: DateText, reading: _Reading) -> Role | None:
    """``until Friday``; ``not until Friday`` is a beginning."""
    before, words = reading.text[: where.start], reading.words
    until = words.until.search(before)
    if until:
        return Role.STAY if _NOT.search(before[: until.start()]) else Role.END
    is_last = words.until_after.match(reading.text, where.end)
    return Role.END if is_last and not words.joined_in.search(where.text) else None


def _find_owner(where: DateText, reading: _Reading) -> Role | None:
    """``next week's visit``, ``the 3 June summit``: by the noun that owns the date."""
    is_owned = bool(_OWNED.match(reading.text, where.end))
    if not is_owned and not reading.words.owner.search(reading.text[: where.start]):
        return None
    following = [cue for cue in reading.cues if 0 <= cue.start - where.end <= _NEAR]
    if following and (is_owned or reading.text[where.end : following[0].start] == " "):
        return following[0].role
    return Role.OTHER if is_owned else None


def _find_governing(where: DateText, reading: _Reading) -> _Cue | None:
    """The cue that the date belongs to: the one before it, or after it where the date leads."""
    text, words, cues = reading.text, reading.words, reading.cues
    around = [cue for cue in cues if cue.start < where.start and where.end <= cue.end]
    if around:  # "left Oslo on Monday for Lima"
        return around[0]
    earlier = [cue for cue in cues if cue.end <= where.start]
    later = [cue for cue in cues if cue.start >= where.end]
    if words.has_verb_last:
        near = [cue for cue in later[:1] if not _CLAUSE_OR_COMMA.search(text, where.end, cue.start)]
        return next(iter((*near, *(() if later else earlier[-1:]))), None)
    clause = max((m.end() for m in _CLAUSE.finditer(text, 0, where.start)), default=0)
    if later and _leads(text[clause : where.start], later[0].start - where.end, words):
        return later[0]
    inside = [cue for cue in earlier if cue.start >= clause]
    if not inside:
        return later[0] if later and later[0].start - where.end <= _NEXT else None
    return _choose_before(inside, where, reading)


def _leads(before: str, gap: int, words: StayWords) -> bool:
    """Whether the date opens its clause: ``On Monday he said``, ``said that on Monday he``."""
    if words.front.fullmatch(before) or words.that.search(before):
        return True
    comma = before.rfind(",")
    return comma >= 0 and gap <= _NEAR and words.front.fullmatch(before[comma + 1 :]) is not None


def _choose_before(inside: list[_Cue], where: DateText, reading: _Reading) -> _Cue | None:
    """The last cue before the date, or the verb whose object that is."""
    while len(inside) > 1 and _is_aside(reading.text, inside[-1]):
        inside.pop()
    if len(inside) > 1 and _is_object(inside[-2], inside[-1], where, reading):
        return inside[-2]
    gap = reading.text[inside[-1].end : where.start]
    is_content = reading.words.future.search(gap) or _CONTENT.search(gap)
    # "said that he would make a journey in May", "was announced for May": not of the saying
    is_told = is_content or _FOR.search(gap)
    return None if inside[-1].role is Role.SAID and is_told else inside[-1]


def _is_aside(text: str, cue: _Cue) -> bool:
    """``will come, he said, on Monday``: what is said between commas."""
    before = text[max(0, cue.start - _NEAR) : cue.start]
    return cue.role is Role.SAID and "," in before and text[cue.end :][:1] == ","


def _is_object(verb: _Cue, noun: _Cue, where: DateText, reading: _Reading) -> bool:
    """``ended his visit on Monday``, ``announced the visit on Monday``: the date is the verb's.

    What is announced has its own date, if that is more than a weekday.
    """
    gap, words = reading.text[verb.end : noun.start], reading.words
    is_near = len(gap.split()) <= _OBJECT and not _TOWARDS.search(gap)
    if noun.role is not Role.STAY or not is_near or words.future.search(gap):
        return False
    if verb.role is Role.END:
        return True
    has_object = any(cue.match(reading.text, verb.start) for cue in (words.announce, words.change))
    return has_object and is_bare_day(where.text, words.language)
