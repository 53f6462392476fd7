"""analyses → reports: each article's one word on each visit, in the order of publication."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.model import (
    BEGUN,
    OFF,
    Article,
    ArticleAnalysis,
    Mention,
    Precision,
    VisitDates,
    VisitStatus,
    is_finer,
)
from bot.text.cities import find_city
from bot.text.dates import Span, days_between, span
from bot.text.lexicon import fold
from bot.text.names import find_places, get_country
from bot.text.spelling import is_devanagari, spell
from bot.text.variants import choose_name, list_words, same_person, same_place
from bot.visits.spans import Relation, reach, relate

NEAR = 21
"""Days between two windows up to which two reports can mean one visit."""
WEEK = 7
"""Days between two dates in one article up to which they are one visit's."""
CLOSE = 3
"""Days between a visit that has begun and a report's window up to which they are one."""
PUT_OFF = 120
"""Days by which one article can tell that a visit was put off."""
ENDING = 5
"""Letters of the longest ending by which a land's people are told from the land."""
OPENERS = "aein"
"""Letters that such an ending can begin with."""
STEM = 4
"""Letters without such an ending by which two names can be one."""

_Key = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One article's word on one visit; ``mention.host`` is the host's one name."""

    article: Article
    mention: Mention

    @property
    def on(self) -> date:
        """The day of publication, where it was published."""
        return self.article.published_on

    @property
    def days(self) -> Span:
        """The first and the last day that the report can mean."""
        return reach(self.mention, self.on)


def list_reports(analyses: Sequence[ArticleAnalysis]) -> list[list[Report]]:
    """What each article tells, each once, oldest first, whatever order they come in."""
    newest: dict[str, ArticleAnalysis] = {}
    for known in sorted(analyses, key=_version):
        newest[known.article.url or known.article.text_hash] = known
    ordered = sorted(
        newest.values(), key=lambda known: (known.article.published_at, known.article.url)
    )
    hosts = _name_hosts([mention for known in ordered for mention in _list_mentions(known)])
    return [
        [Report(known.article, mention) for mention in _merge(known, hosts)]
        for known in ordered
        if known.analysis.mentions
    ]


def _version(known: ArticleAnalysis) -> tuple[datetime, str, str, str]:
    analysis = known.analysis
    return (known.article.seen_at, analysis.text_hash, analysis.engine, analysis.prompt_version)


def _list_mentions(known: ArticleAnalysis) -> list[Mention]:
    """The surest first, whatever order they come in."""
    return sorted(known.analysis.mentions, key=lambda m: (*_certainty(m), repr(m)), reverse=True)


def _certainty(mention: Mention) -> tuple[bool, int, int, int]:
    """That a visit is off counts most, then how far it is, then how finely it is dated."""
    progress = list(VisitStatus).index(mention.status)
    fineness = -list(Precision).index(mention.dates.precision)
    return (mention.status in OFF, progress, fineness, -mention.evidence.sentence)


# ---------------------------------------------------------------- hosts


def _name_hosts(mentions: Sequence[Mention]) -> dict[str, str]:
    """One name for each host: a known country's, or that of the country its city is told in.

    The first article that joins a city to a country is believed, before any list of cities.
    Of several spellings the first in Latin letters names the host.
    """
    lands = _list_lands(mentions)
    names: dict[str, str] = {}
    unlisted: defaultdict[_Key, dict[str, int]] = defaultdict(dict)
    for host in sorted(dict.fromkeys(mention.host for mention in mentions), key=is_devanagari):
        land = host if get_country(host) else lands.get(fold(host), host)
        country = _find_country(land)
        names[host] = country or _find_same(land, unlisted)
        if names[host] == land and not country:
            for key in _list_keys(land):
                unlisted[key].setdefault(land, len(names))
    return names


def _list_lands(mentions: Sequence[Mention]) -> dict[str, str]:
    """The country of each city that no gazetteer has; what has cities of its own is none."""
    told = [(m.place, m.host) for m in mentions if m.place and not same_place(m.place, m.host)]
    countries = {fold(host) for _, host in told}
    lands: dict[str, str] = {}
    for place, host in told:
        if not get_country(place) and fold(place) not in countries:
            lands.setdefault(fold(place), host)
    return lands


def _find_country(name: str) -> str | None:
    city = None if get_country(name) else find_city(name)
    return city.country if city else get_country(name)


def _find_same(host: str, named: Mapping[_Key, Mapping[str, int]]) -> str:
    """The name told first, of those that can be the host's; or the host's own."""
    found = {name: turn for key in _list_keys(host) for name, turn in named.get(key, {}).items()}
    ordered = sorted(found, key=lambda name: found[name])
    return next((name for name in ordered if same_place(name, host)), host)


def _list_keys(host: str) -> Iterator[_Key]:
    """Two names that ``same_place`` takes for one have a key in common.

    They sound alike word by word but for vowels, or are one but for their endings.
    """
    words = list_words(host)
    yield tuple(spell(word)[1] for word in words)
    text = " ".join(words).casefold()
    ends = (n for n in range(1, ENDING + 1) if text[-n:][:1] in OPENERS)
    stems = (text.rstrip("aeio"), *(text[:-n] for n in ends))
    yield from (stem for stem in stems if len(stem) >= STEM)


def _name_host(mention: Mention, hosts: Mapping[str, str]) -> Mention:
    """The mention with its host's one name; a city that stood for the host is the place."""
    host = hosts[mention.host]
    return replace(mention, host=host, place=mention.place or _find_place(mention.host, host))


def _find_place(written: str, host: str) -> str | None:
    if not same_place(written, host):
        return written
    named = find_places(written)
    return named[0].place if named and named[0].kind in ("capital", "seat") else None


# ---------------------------------------------------------------- one article


def _merge(known: ArticleAnalysis, hosts: Mapping[str, str]) -> list[Mention]:
    """One mention for each visit: its surest state with its finest date."""
    merged: list[Mention] = []
    on = known.article.published_on
    for mention in (_name_host(mention, hosts) for mention in _list_mentions(known)):
        for index, other in enumerate(merged):
            if _is_same_trip(other, mention, on):
                merged[index] = _join(other, mention)
                break
        else:
            merged.append(mention)
    return merged


def _is_same_trip(a: Mention, b: Mention, on: date) -> bool:
    """Whether the surer mention ``a`` and ``b`` of one article are about one visit."""
    if a.host != b.host or not same_person(a.visitor, b.visitor):
        return False
    return days_between(reach(a, on), reach(b, on)) <= _allow(a, b)


def _allow(a: Mention, b: Mention) -> int:
    statuses = (a.status, b.status)
    is_coarse = Precision.DAY not in (a.dates.precision, b.dates.precision)
    if any(status in BEGUN for status in statuses):
        is_vague = any(m.dates.start and m.dates.precision is not Precision.DAY for m in (a, b))
        return 0 if is_vague else CLOSE
    if a.status is VisitStatus.POSTPONED:
        return PUT_OFF
    return NEAR if is_coarse else WEEK


def _join(surest: Mention, other: Mention) -> Mention:
    """The surest mention with what another sentence of the article adds to it."""
    dates = _join_dates(surest, other)
    is_dated = dates != surest.dates
    return replace(
        surest,
        visitor=choose_name(surest.visitor, other.visitor),
        place=surest.place or other.place,
        purpose=surest.purpose or other.purpose,
        dates=dates,
        more=tuple(
            dict.fromkeys((*surest.more, *((other.evidence, *other.more) if is_dated else ())))
        ),
    )


def _join_dates(surest: Mention, other: Mention) -> VisitDates:
    """The finer dates; of a visit that was put off the later, as the earlier was dropped."""
    known, told = span(surest.dates), span(other.dates)
    if surest.status is VisitStatus.POSTPONED:
        is_new = bool(
            known and told and told[0] > known[1] and not is_finer(surest.dates, other.dates)
        )
        return other.dates if is_new else surest.dates
    is_told = relate(other.dates, surest.dates) is Relation.FINER
    return other.dates if is_told else surest.dates
