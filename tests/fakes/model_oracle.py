"""A model that is always right: it answers each article with what its labels say."""

import json
import re
from collections.abc import Iterator, Sequence

from fakes.model import Asked
from fakes.model_labels import Seen, read_asked

from bot.evals.gold import EvalSet, GoldVisit, TrueLine
from bot.model import Reading, VisitDates
from bot.text.dates import find_dates, resolve_dates
from bot.text.names import find_people, find_places, get_country
from bot.text.variants import same_person

ALL_OF_IT, START, END = 3, 2, 1
HEADING = 5
"""A heading's most words."""
_ELSEWHERE = re.compile(r"“(.+?)” stands in another sentence")


class Oracle:
    """A reply for ``FakeModel``. On a second try it adds the sentence that it is told to cite."""

    def __init__(self, sets: Sequence[EvalSet]) -> None:
        self._sets = sets

    def __call__(self, asked: Asked) -> str:
        seen = read_asked(asked, self._sets)
        if seen is None:
            return json.dumps({"answered": False, "lines": []})
        visits = [told for _, told in tell_visits(seen) if seen.is_asked(str(told["visitor"]))]
        return json.dumps({"facts": tell_facts(seen), "visits": visits})


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


# ---------------------------------------------------------------- visits


def tell_visits(seen: Seen) -> Iterator[tuple[GoldVisit, dict[str, object]]]:
    """The labelled visits, each with what the model tells of it."""
    for visit in seen.label.visits:
        numbers = cite_visit(visit, seen)
        means, date_text = max(
            (_find_date(visit, seen, number) for number in numbers), key=lambda one: one[0]
        )
        yield (
            visit,
            {
                "visitor": name_visitor(visit, seen.of.readings[seen.ref]) or visit.visitor,
                "host": _name_host(visit, " ".join(seen.sentences[n] for n in numbers), seen),
                "place": visit.place,
                "date_text": date_text if means else "",
                "status": str(visit.status),
                "sentences": numbers,
            },
        )


def cite_visit(visit: GoldVisit, seen: Seen) -> list[int]:
    """The sentence that tells most of the visit, then those that add the host or the date.

    That is the labelled evidence, or what names most of who, where and when.
    """
    numbers = seen.find_numbers([visit.evidence]) if visit.evidence else []
    numbers = numbers or [_find_telling(visit, seen)]
    if not any(_names_host(visit, seen, number) for number in numbers):
        others = [number for number in seen.sentences if _names_host(visit, seen, number)]
        numbers += _choose_nearest(visit, seen, others, numbers[0])
    means = max(_find_date(visit, seen, number)[0] for number in numbers)
    if means < START:
        others = [number for number in seen.sentences if _has_date(visit, seen, number)]
        if means:
            others = [number for number in others if _is_about(visit, seen, number)]
        numbers += _choose_nearest(visit, seen, others, numbers[0])
    return numbers


def _choose_nearest(visit: GoldVisit, seen: Seen, numbers: list[int], to: int) -> list[int]:
    """The number of the sentence next to another, of one that names the visitor if there is one."""
    ranked = sorted(numbers, key=lambda n: (not _names_visitor(visit, seen, n), abs(n - to)))
    return ranked[:1]


def _is_about(visit: GoldVisit, seen: Seen, number: int) -> bool:
    """Whether the sentence names visitor or host, or stands over the others like a heading."""
    is_heading = len(seen.sentences[number].split()) <= HEADING
    return is_heading or _names_visitor(visit, seen, number) or _names_host(visit, seen, number)


def _find_telling(visit: GoldVisit, seen: Seen) -> int:
    quotes = [key.quote for key in seen.label.sentences if key.topic == "visits"]
    key = set(seen.find_numbers(quotes))

    def rank(number: int) -> int:
        is_dated = _has_date(visit, seen, number)
        is_told = 3 * _names_host(visit, seen, number) + 2 * _names_visitor(visit, seen, number)
        return is_told + 2 * is_dated + 3 * (number in key)

    return max(sorted(seen.sentences, reverse=True), key=rank)


def name_visitor(visit: GoldVisit, reading: Reading) -> str | None:
    """The visitor as this article has the name, as the prompt wants it; None if it has none."""
    whole = f"{reading.title}\n{reading.text}"
    is_group = visit.visitor.endswith(" leaders")
    parts = [part for part in reversed(visit.visitor.split()) if len(part) > 2]
    names = [visit.visitor, *visit.aliases, *(() if is_group else parts)]
    spelled = [person for person, _ in find_people(whole)]
    told = next((name for name in names if name in whole or name in spelled), None)
    return told or (visit.visitor if is_group else _find_spelling(visit.visitor, whole))


def _find_spelling(name: str, whole: str) -> str | None:
    """The words of a text in another script that spell the name."""
    words = re.findall(r"[\u0900-\u0963\u0971-\u097f]+", whole)
    count = len(name.split())
    runs = (" ".join(words[start : start + count]) for start in range(len(words)))
    return next((run for run in runs if same_person(run, name)), None)


def _name_host(visit: GoldVisit, cited: str, seen: Seen) -> str:
    """The host as the cited sentences have it, or the article, else in English."""
    names = [visit.host, *visit.host_aliases]
    texts = (cited, seen.of.readings[seen.ref].text)
    return next((name for text in texts for name in names if name in text), visit.host)


def _names_host(visit: GoldVisit, seen: Seen, number: int) -> bool:
    text = seen.sentences[number]
    host = get_country(visit.host) or visit.host
    names = [visit.host, *visit.host_aliases, *([visit.place] if visit.place else [])]
    return any(name in text for name in names) or any(
        place.country == host and place.kind != "demonym" for place in find_places(text)
    )


def _names_visitor(visit: GoldVisit, seen: Seen, number: int) -> bool:
    text = seen.sentences[number]
    visitor = name_visitor(visit, seen.of.readings[seen.ref]) or visit.visitor
    return any(part in text for part in visitor.split() if len(part) > 2) or any(
        person == visitor for person, _ in find_people(text)
    )


def _find_date(visit: GoldVisit, seen: Seen, number: int) -> tuple[int, str]:
    """The words of the sentence that mean the visit's dates, and how much of them they mean.

    That is ``ALL_OF_IT``, its start, its end, or nothing.
    """
    told = [(text, dates) for text, dates in list_dates(seen, number) if dates.start]
    ranked = [
        (
            ALL_OF_IT * (dates.start == visit.start and dates.end == visit.end)
            or START * (dates.start == visit.start)
            or END * (dates.start == visit.end),
            text,
        )
        for text, dates in told
    ]
    return max(ranked, key=lambda one: one[0], default=(0, ""))


def _has_date(visit: GoldVisit, seen: Seen, number: int) -> bool:
    return _find_date(visit, seen, number)[0] >= START


def list_dates(seen: Seen, number: int) -> Iterator[tuple[str, VisitDates]]:
    """The dates of a sentence in its words, with what they mean of days to come and gone by."""
    reading = seen.of.readings[seen.ref]
    assert reading.published_at is not None
    on, language = reading.published_at.date(), reading.language
    for found in find_dates(seen.sentences[number], language):
        for is_past in (False, True):
            yield found.text, resolve_dates(found.text, on, language, is_past=is_past)
