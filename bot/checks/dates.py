"""claim × source → the first date that the source does not give."""

import re
from functools import partial

from bot.checks.source import Fault, Source
from bot.model import VisitDates
from bot.text.dates import span
from bot.text.lexicon import LETTER, fold, load_lexicon
from bot.text.statement import DatedWords, Statement


def check_dates(claim: Statement, source: Source) -> Fault | None:
    """Every date as the source gives it, or coarser: February for 12 February."""
    for claimed in claim.dates:
        if not _tells(claimed, source.evidence):
            return source.miss("date", claimed.text, partial(_tells, claimed))
    return None


def _tells(claimed: DatedWords, there: Statement) -> bool:
    if claimed.dates.start is None:
        return there.has_words(claimed.text)
    if any(fold(other.text) == fold(claimed.text) for other in there.dates):
        return True
    if not _list_parts(claimed.text) <= _list_parts(there.text):
        return False
    if any(_is_within(other.dates, claimed.dates) for other in there.dates):
        return True
    ends = {day for other in there.dates for day in (other.dates.start, other.dates.end)}
    return {claimed.dates.start, claimed.dates.end} <= ends - {None}


def _list_parts(text: str) -> set[str]:
    """The words that name a part of a time: early, mid, the second half."""
    listed = load_lexicon("dateparts")["parts"]
    return {listed[word] for word in re.findall(rf"{LETTER}+", fold(text)) if word in listed}


def _is_within(told: VisitDates, claimed: VisitDates) -> bool:
    """Whether the claim is the source's date, its first or last day, or the month it lies in."""
    if told == claimed:
        return True
    inner, outer = span(told), span(claimed)
    if inner is None or outer is None:
        return False
    is_edge = outer[0] == outer[1] and outer[0] in inner and told.end is not None
    is_coarser = claimed.end is None and claimed.precision != told.precision
    return is_edge or (is_coarser and outer[0] <= inner[0] and inner[1] <= outer[1])
