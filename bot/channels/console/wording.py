"""Model values → the words people read, so that terminal, Markdown and HTML say the same."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from bot.model import (
    OFF,
    RANK,
    Brief,
    Citation,
    Move,
    Searched,
    Section,
    Trust,
    Visit,
    VisitDates,
    VisitStatus,
)
from bot.text.clean import clean_text
from bot.text.dates import format_dates

NOTHING_NEW = "Nothing new."
NOTHING_CHANGED = "Nothing changed."
DISAGREEMENT = "Sources disagree"
LEDGER = "Visit ledger"
SOURCES = "Sources"
NEAREST = "Nearest passages"
VISIT_COLUMNS = ("When", "Who", "Where", "Status", "Last source")

# A terminal obeys these; all of a sequence must go, not only its first byte.
_TERMINAL_COMMAND = re.compile(
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c\x9d]*(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]*[0-~]?"
)
_ENDS_A_LINK = re.compile(r"[\s<>\"'()|\\^`{}\[\]]")


def plain(text: str) -> str:
    """Return ``text`` as one visible line that no terminal obeys."""
    return " ".join(_without_commands(text).split())


def plain_paragraphs(text: str) -> tuple[str, ...]:
    """Return the lines of ``text`` that hold something, each made ``plain``."""
    lines = (plain(line) for line in _without_commands(text).splitlines())
    return tuple(line for line in lines if line)


def _without_commands(text: str) -> str:
    return clean_text(_TERMINAL_COMMAND.sub("", text))


def safe_url(url: str) -> str:
    """Return ``url`` if it is http or https, with what could end a link encoded; else ``""``."""
    try:
        parts = urlsplit(clean_text(url))
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return _ENDS_A_LINK.sub(lambda match: quote(match[0], safe=""), parts.geturl())


# ---------------------------------------------------------------- dates


def long_day(on: date) -> str:
    """``28 January 2025``."""
    return f"{on.day} {on:%B %Y}"


def short_day(on: date) -> str:
    """``28 Jan 2025``."""
    return f"{on.day} {on:%b %Y}"


def short_moment(at: datetime | None) -> str:
    """``28 Jan 2025 06:10``, or a dash for never."""
    return f"{short_day(at)} {at:%H:%M}" if at else "–"


def masthead(brief: Brief) -> tuple[str, str]:
    """The title of a brief and the period it covers, in the brief's own zone."""
    zone = ZoneInfo(brief.timezone)
    start, end = brief.start_at.astimezone(zone), brief.end_at.astimezone(zone)
    return f"Brief · {long_day(end)}", period_words(start, end, brief.timezone)


def period_words(start: datetime, end: datetime, zone: str) -> str:
    """``27 January 2025, 18:00 – 28 January 2025, 18:00 (UTC)``; both moments in that zone."""
    return f"{long_day(start)}, {start:%H:%M} – {long_day(end)}, {end:%H:%M} ({zone})"


# ---------------------------------------------------------------- items and their sources


def source_words(source: Citation | Move) -> str:
    """``Meridian Wire, 28 Jan 2025``."""
    at = source.published_at if isinstance(source, Citation) else source.at
    return f"{plain(source.outlet)}, {short_day(at)}"


def omitted_words(section: Section) -> str:
    """``2 more lines below the cap``; empty when nothing was left out."""
    return f"{count(section.omitted, 'more line')} below the cap" if section.omitted else ""


# ---------------------------------------------------------------- visits


def where(visit: Visit) -> str:
    """``Washington, United States``, or the host alone."""
    host = plain(visit.host)
    place = plain(visit.place or "")
    return f"{place}, {host}" if place and place != host else host


def visit_cells(visit: Visit) -> tuple[str, str, str, str, str]:
    """What stands under ``VISIT_COLUMNS``."""
    last = visit.history[-1] if visit.history else None
    source = source_words(last) if last else "–"
    status = status_words(visit).capitalize()
    return format_dates(visit.dates), plain(visit.visitor), where(visit), status, source


def status_words(visit: Visit) -> str:
    """``confirmed``, or ``confirmed, date passed without a report``."""
    if not visit.is_overdue:
        return visit.status.value
    has_begun = visit.status is VisitStatus.UNDERWAY
    missing = "no report of its end" if has_begun else "date passed without a report"
    return f"{visit.status.value}, {missing}"


def visit_words(visit: Visit) -> str:
    """``Narendra Modi → Washington, United States · 12–13 February 2025``."""
    return f"{plain(visit.visitor)} → {where(visit)} · {format_dates(visit.dates)}"


def status_chain(visit: Visit) -> str:
    """``possible → planned → confirmed``: the states it went through to where it stands.

    A report that is less sure than what stood, and stood again, was no step back.
    """
    states = [*(move.status for move in visit.history if move.is_obeyed), visit.status]
    steps = [state for number, state in enumerate(states) if not _is_dip(states, number)]
    *before, _ = [state.value for state, _ in groupby(steps)]
    return " → ".join([*before, status_words(visit)])


def _is_dip(states: Sequence[VisitStatus], number: int) -> bool:
    """Whether a surer state stood since the visit was last off, and stands again later."""
    state = states[number]
    off = [at for at, other in enumerate(states[:number]) if other in OFF]
    before = states[off[-1] + 1 if off else 0 : number]
    later = states[number + 1 :]
    return all(any(_is_surer(other, state) for other in side) for side in (before, later))


def _is_surer(a: VisitStatus, b: VisitStatus) -> bool:
    return a not in OFF and b not in OFF and RANK[a] > RANK[b]


def step_words(status: VisitStatus, dates: VisitDates) -> str:
    """``confirmed (12–13 February 2025)``."""
    return f"{status.value} ({format_dates(dates)})"


# ---------------------------------------------------------------- what it rests on


def count(number: int, noun: str) -> str:
    """``1 article``, ``3 articles``, ``1,200 articles``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def engine_words(engine: str) -> str:
    """The engine's name and how it works."""
    if engine == "extractive":
        return "extractive, sentences quoted as published"
    return f"{plain(engine)}, each line checked against the sentence it cites"


def trust_words(trust: Trust, engine: str) -> str:
    """The line that says what a brief rests on."""
    copies = " (copies counted once)" if trust.articles > trust.sources else ""
    failing = ", ".join(plain(name) for name in trust.feeds_failing) or "none"
    return (
        f"Read {count(trust.articles, 'article')} from {count(trust.sources, 'source')}{copies}"
        f" · {count(trust.kept, 'line')} kept · {trust.dropped:,} dropped"
        f" · feeds failing: {failing} · engine: {engine_words(engine)}"
    )


def searched_words(searched: Searched) -> str:
    """What was looked through for a question."""
    looked = f"Searched {count(searched.articles, 'article')} from {count(searched.feeds, 'feed')}"
    if searched.oldest_at is None or searched.newest_at is None:
        return f"{looked}."
    return f"{looked}, {short_day(searched.oldest_at)} – {short_day(searched.newest_at)}."
