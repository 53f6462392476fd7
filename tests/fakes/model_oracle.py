"""A model that is always right: it answers each article with what its labels say."""

import json
import re
from collections.abc import Sequence

from fakes.model import Asked
from fakes.model_labels import Seen, read_asked

from bot.evals.gold import EvalSet, GoldVisit, TrueLine
from bot.model import Reading
from bot.text.dates import find_dates, resolve_dates
from bot.text.names import find_people, find_places, get_country

_ELSEWHERE = re.compile(r"“(.+?)” stands in another sentence")


class Oracle:
    """A reply for ``FakeModel``. On a second try it adds the sentence that it is told to cite."""

    def __init__(self, sets: Sequence[EvalSet]) -> None:
        self._sets = sets

    def __call__(self, asked: Asked) -> str:
        seen = read_asked(asked, self._sets)
        if seen is None:
            return json.dumps({"answered": False, "lines": []})
        return json.dumps({"facts": tell_facts(seen), "visits": tell_visits(seen)})


def tell_facts(seen: Seen) -> list[dict[str, object]]:
    """The right lines with the numbers of the sentences that carry them."""
    return [
        {"tag": line.tag, "text": line.text, "sentences": _cite(line, seen)}
        for line in seen.drafts
        if seen.is_asked(line.text)
    ]


def _cite(line: TrueLine, seen: Seen) -> list[int]:
    numbers = seen.find_numbers(line.quotes)
    missing = _ELSEWHERE.search(seen.find_reason(line.text))
    word = missing[1].casefold() if missing else ""
    others = [n for n, text in seen.sentences.items() if word and word in text.casefold()]
    nearest = sorted(others, key=lambda n: min((abs(n - m) for m in numbers), default=n))
    return [*numbers, *nearest[:1]]


def tell_visits(seen: Seen) -> list[dict[str, object]]:
    """The labelled visits, in the words of the two sentences that tell most of each."""
    key = set(seen.find_numbers([key.quote for key in seen.label.sentences]))

    def rank(visit: GoldVisit, number: int) -> int:
        return _fit(visit, seen, number) + (number in key)

    return [
        _tell(visit, seen, sorted(seen.sentences, key=lambda n: rank(visit, n))[-2:])
        for visit in seen.label.visits
        if seen.is_asked(visit.visitor)
    ]


def _tell(visit: GoldVisit, seen: Seen, numbers: list[int]) -> dict[str, object]:
    dates = [date for number in reversed(numbers) if (date := _find_date(visit, seen, number))]
    return {
        "visitor": name_visitor(visit, seen.of.readings[seen.ref]) or visit.visitor,
        "host": _name_host(visit, seen, numbers[-1]),
        "place": visit.place,
        "date_text": next(iter(dates), ""),
        "status": str(visit.status),
        "sentences": numbers,
    }


def name_visitor(visit: GoldVisit, reading: Reading) -> str | None:
    """The visitor as this article has the name, as the prompt wants it; None if it has none."""
    whole = f"{reading.title}\n{reading.text}"
    names = [visit.visitor, *visit.aliases, *reversed(visit.visitor.split())]
    spelled = [person for person, _ in find_people(whole)]
    return next((name for name in names if name in whole or name in spelled), None)


def _name_host(visit: GoldVisit, seen: Seen, number: int) -> str:
    names = [visit.host, *visit.host_aliases]
    return next((name for name in names if name in seen.sentences[number]), visit.host)


def _fit(visit: GoldVisit, seen: Seen, number: int) -> int:
    """How much of the visit the sentence tells: who, where and when."""
    text = seen.sentences[number]
    host = get_country(visit.host) or visit.host
    is_there = (
        any(place.country == host and place.kind != "demonym" for place in find_places(text))
        or _name_host(visit, seen, number) in text
        or (visit.place or visit.host) in text
    )
    visitor = name_visitor(visit, seen.of.readings[seen.ref]) or visit.visitor
    is_named = any(part in text for part in visitor.split() if len(part) > 2) or any(
        person == visitor for person, _ in find_people(text)
    )
    return 3 * is_there + 2 * is_named + 2 * (_find_date(visit, seen, number) is not None)


def _find_date(visit: GoldVisit, seen: Seen, number: int) -> str | None:
    """The words of the sentence that mean the visit's date."""
    reading = seen.of.readings[seen.ref]
    assert reading.published_at is not None
    day, language = reading.published_at.date(), reading.language
    for found in find_dates(seen.sentences[number], language):
        dates = resolve_dates(found.text, day, language)
        if visit.start and dates.start == visit.start:
            return found.text
    return None
