"""ledger × entries that stand → entries: each visit under a name that lasts, and what changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b

from bot.model import CLOSED, CalendarEntry, Move, Precision, Visit, VisitDates
from bot.text.dates import days_between, span
from bot.text.names import get_country
from bot.text.variants import same_person, same_place

KEPT = timedelta(days=366)
"""How long a withdrawn entry is kept, and one that is over and left the ledger."""
NEAR = timedelta(days=21)
"""Windows further apart than this are two visits, unless a sentence joins them."""

_Key = tuple[str, str]
_EVER = datetime(1, 1, 1, tzinfo=UTC)
_COARSE = (Precision.QUARTER, Precision.YEAR)


def follow_visits(
    workspace: str,
    visits: Sequence[Visit],
    known: Sequence[CalendarEntry],
    now: datetime,
    *,
    since: datetime = _EVER,
) -> tuple[CalendarEntry, ...]:
    """The entries of today: one for each visit, under the uid that it has had from the first.

    ``since`` is how far back the ledger reads: what was last heard of before then has only
    left its sight, and stays as it stands until it is long over.
    """
    owners = _match(visits, known)
    taken = {entry.uid for entry in known}
    entries = []
    for place, visit in enumerate(visits):
        standing = owners.get(place)
        if standing:
            entries.append(_update(standing, visit, now))
        else:
            uid = _new_uid(workspace, visit, taken)
            taken.add(uid)
            entries.append(CalendarEntry(uid=uid, sequence=0, changed_at=now, visit=visit))
    followed = {entry.uid for entry in owners.values()}
    lost = (entry for entry in known if entry.uid not in followed)
    return (*entries, *_keep_lost(lost, now, since))


def recall_visits(
    workspace: str, visits: Sequence[Visit], known: Sequence[CalendarEntry], now: datetime
) -> tuple[CalendarEntry, ...]:
    """The entries of another day, to be looked at and not kept.

    Their sequence is 0, so that no calendar takes them for news.
    """
    entries = follow_visits(workspace, visits, known, now)
    return tuple(
        replace(entry, sequence=0, changed_at=_heard_at(entry.visit))
        for entry in entries[: len(visits)]
    )


def without_coarse(entries: Sequence[CalendarEntry]) -> tuple[CalendarEntry, ...]:
    """The entries with dates coarser than a month left out, as if they were not known."""
    return tuple(
        replace(entry, visit=replace(entry.visit, dates=VisitDates()))
        if entry.visit.dates.precision in _COARSE
        else entry
        for entry in entries
    )


def find_telling(visit: Visit) -> Move | None:
    """The report that first told where the visit stands now; repeats of it change nothing."""
    exact: Move | None = None
    alike: Move | None = None
    for move in visit.history:
        if not move.is_obeyed:
            continue
        is_status = move.status is visit.status
        alike = (alike or move) if is_status else None
        is_all = is_status and move.dates in (visit.dates, VisitDates())
        exact = (exact or move) if is_all else None
    return exact or alike or (visit.history[-1] if visit.history else None)


def _update(standing: CalendarEntry, visit: Visit, now: datetime) -> CalendarEntry:
    """The entry with the visit as it is today; a new sequence only for what people would see."""
    entry = replace(standing, visit=visit, is_withdrawn=False)
    if _shown(entry) == _shown(standing):
        return entry
    return replace(entry, sequence=standing.sequence + 1, changed_at=now)


def _shown(entry: CalendarEntry) -> tuple[object, ...]:
    visit, told = entry.visit, find_telling(entry.visit)
    return (
        entry.is_withdrawn,
        visit.visitor,
        visit.host,
        visit.place,
        visit.dates,
        visit.status,
        visit.purpose,
        visit.is_overdue,
        told and (told.article_url, told.quote),
    )


def _keep_lost(
    lost: Iterable[CalendarEntry], now: datetime, since: datetime
) -> Iterator[CalendarEntry]:
    """What no article tells of any more is withdrawn, once; what is over fades without a word."""
    for entry in lost:
        if entry.is_withdrawn:
            if now - entry.changed_at <= KEPT:
                yield entry
        elif _heard_at(entry.visit) < since:
            if now.date() - _last_day(entry.visit) <= KEPT:
                yield entry
        else:
            sequence = entry.sequence + 1
            yield replace(entry, is_withdrawn=True, sequence=sequence, changed_at=now)


def _heard_at(visit: Visit) -> datetime:
    return visit.history[-1].at if visit.history else _EVER


def _last_day(visit: Visit) -> date:
    known = span(visit.dates)
    return known[1] if known else _heard_at(visit).date()


def _new_uid(workspace: str, visit: Visit, taken: AbstractSet[str]) -> str:
    """A name made from what was told first; the same wherever and whenever it is made."""
    first = [(move.article_url, move.quote, move.dates.start) for move in visit.history[:1]]
    tries = 0
    while True:
        words = repr((workspace, visit.visitor, visit.host, first, tries))
        uid = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        if uid not in taken:
            return uid
        tries += 1


# ---------------------------------------------------------------- which entry is which visit


def _match(visits: Sequence[Visit], known: Sequence[CalendarEntry]) -> dict[int, CalendarEntry]:
    """Places in ``visits`` → their entries, one to one: by sentences, then by names and dates."""
    owners: dict[int, CalendarEntry] = {}
    for list_keys in (_sentences, _hosts):
        taken = {entry.uid for entry in owners.values()}
        groups: defaultdict[_Key, dict[str, CalendarEntry]] = defaultdict(dict)
        for entry in known:
            for key in list_keys(entry.visit) if entry.uid not in taken else ():
                groups[key][entry.uid] = entry
        offered = {
            place: {uid: entry for key in list_keys(visit) for uid, entry in groups[key].items()}
            for place, visit in enumerate(visits)
            if place not in owners
        }
        _pair_up(visits, offered, owners)
    return owners


def _pair_up(
    visits: Sequence[Visit],
    offered: Mapping[int, Mapping[str, CalendarEntry]],
    owners: dict[int, CalendarEntry],
) -> None:
    """Give each visit the likest of the entries offered to it; the likest pair comes first."""
    pairs = []
    for place, entries in offered.items():
        for uid, entry in entries.items():
            likeness = _likeness(visits[place], entry)
            if likeness:
                pairs.append((likeness, uid, visits[place].key, place, entry))
    pairs.sort(key=lambda pair: pair[:4], reverse=True)
    taken: set[str] = set()
    for _, uid, _, place, entry in pairs:
        if place not in owners and uid not in taken:
            owners[place] = entry
            taken.add(uid)


def _sentences(visit: Visit) -> frozenset[_Key]:
    """What the visit rests on: the words, not their numbers, which a new version shifts."""
    return frozenset((move.article_url, move.quote) for move in visit.history)


def _hosts(visit: Visit) -> frozenset[_Key]:
    """What hosts that are one share: the country, "?" if no list has it, or the city."""
    country = ("country", get_country(visit.host) or "?")
    return frozenset((country, ("city", visit.place)) if visit.place else (country,))


def _likeness(visit: Visit, entry: CalendarEntry) -> tuple[bool, bool, int, int] | None:
    """How surely the entry is that visit; None if it is not.

    The host's name counts first, then whether calendars still show the entry, then how many
    sentences both rest on, then how near the dates are.
    """
    standing = entry.visit
    shared = len(_sentences(visit) & _sentences(standing))
    apart = _days_apart(visit.dates, standing.dates)
    is_near = shared > 0 or _may_be_one(apart, standing)
    if not is_near or not _is_same_visitor(visit, standing):
        return None
    is_same_host = _is_same_host(visit, standing)
    is_renamed = _may_be_renamed(visit, standing) and shared * 2 > len(standing.history)
    is_one = is_same_host or is_renamed
    return (is_same_host, not entry.is_withdrawn, shared, -(apart or 0)) if is_one else None


def _may_be_renamed(visit: Visit, standing: Visit) -> bool:
    """Whether the hosts may be one under two names, one of which no list of countries has."""
    return None in (get_country(visit.host), get_country(standing.host))


def _may_be_one(apart: int | None, standing: Visit) -> bool:
    """Whether a visit told by other sentences can be the one that stands, going by dates."""
    if apart is None:
        return standing.status not in CLOSED
    return apart <= NEAR.days


def _is_same_visitor(a: Visit, b: Visit) -> bool:
    return a.visitor == b.visitor or same_person(a.visitor, b.visitor)


def _is_same_host(a: Visit, b: Visit) -> bool:
    """Whether the hosts are one: by name, by country, or by the city where both are."""
    is_one = a.host == b.host or same_place(a.host, b.host)
    return is_one or bool(a.place and a.place == b.place)


def _days_apart(a: VisitDates, b: VisitDates) -> int | None:
    """Days between two windows, 0 where they touch; None if one is unknown."""
    first, second = span(a), span(b)
    return days_between(first, second) if first and second else None
