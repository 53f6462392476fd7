"""A model that is right but for a share of its visits, of which it tells something false."""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from fakes.model import Asked
from fakes.model_labels import Seen, read_asked
from fakes.model_oracle import list_dates, tell_facts, tell_visits

from bot.evals.gold import EvalSet, GoldVisit
from bot.model import VisitStatus
from bot.text.names import find_home, find_names, find_people, find_places, get_country
from bot.text.variants import same_person, same_place

Answer = dict[str, object]

NEVER = "12 March 2031"
"""A date that stands in no article."""
RAISED = {
    VisitStatus.POSSIBLE: (VisitStatus.CONFIRMED, VisitStatus.UNDERWAY, VisitStatus.COMPLETED),
    VisitStatus.PLANNED: (VisitStatus.CONFIRMED, VisitStatus.UNDERWAY, VisitStatus.COMPLETED),
    VisitStatus.CONFIRMED: (VisitStatus.UNDERWAY, VisitStatus.COMPLETED),
    VisitStatus.UNDERWAY: (VisitStatus.COMPLETED,),
    VisitStatus.POSTPONED: (VisitStatus.CONFIRMED, VisitStatus.UNDERWAY),
    VisitStatus.CANCELLED: (VisitStatus.CONFIRMED, VisitStatus.COMPLETED),
}


@dataclass(frozen=True, eq=False)
class Lie:
    """A visit as the model tells it falsely: ``false`` is what is false, as the ledger has it.

    ``gold`` is the visit that it was made from, None where it is invented.
    """

    ref: str
    kind: str
    answer: Answer
    gold: GoldVisit | None
    false: object


class Spoiler:
    """A reply for ``FakeModel``: the oracle's, but for a seeded share of its visits.

    An article that tells of no visit counts as one, so that some are invented there. On a
    second try it lies the same. ``lies`` has what it told falsely, by article and place;
    ``truths`` what it told of each labelled visit of an article.
    """

    def __init__(self, of: EvalSet, *, share: float, seed: int) -> None:
        self._of, self._seed = of, seed
        slots = [
            (ref, place)
            for ref, label in of.labels.items()
            for place in range(max(1, len(label.visits)))
        ]
        self._chosen = frozenset(random.Random(seed).sample(slots, round(share * len(slots))))
        self.lies: dict[tuple[str, int], Lie] = {}
        self.truths: dict[str, list[tuple[GoldVisit, Answer]]] = {}

    def __call__(self, asked: Asked) -> str:
        seen = read_asked(asked, [self._of])
        if seen is None:
            return json.dumps({"answered": False, "lines": []})
        visits = [told for told in self._tell(seen) if seen.is_asked(str(told["visitor"]))]
        return json.dumps({"facts": tell_facts(seen), "visits": visits})

    def _tell(self, seen: Seen) -> Iterator[Answer]:
        self.truths[seen.ref] = [*tell_visits(seen)]
        told: Sequence[tuple[GoldVisit | None, Answer]] = self.truths[seen.ref]
        for place, (gold, answer) in enumerate(told or [(None, {})]):
            lie = self._spoil(seen, place, gold, answer)
            if lie:
                self.lies[seen.ref, place] = lie
                yield lie.answer
            elif gold:
                yield answer

    def _spoil(self, seen: Seen, place: int, gold: GoldVisit | None, answer: Answer) -> Lie | None:
        if (seen.ref, place) not in self._chosen:
            return None
        chance = random.Random(f"{self._seed} {seen.ref} {place}")
        kinds = list(LIES) if gold else ["invented"]
        chance.shuffle(kinds)
        for kind in kinds:
            found = LIES[kind](seen, gold, answer, chance)
            if found:
                changes, false = found
                return Lie(seen.ref, kind, answer | changes, gold, false)
        return None


Found = tuple[Answer, object] | None


def _change_visitor(
    seen: Seen, gold: GoldVisit | None, answer: Answer, chance: random.Random
) -> Found:
    """Another person of the article goes."""
    assert gold
    people = [name for name in list_people(seen) if _is_false(name, gold.host, seen)]
    return _pick_visit(people, [str(answer["host"])], chance)


def _change_host(
    seen: Seen, gold: GoldVisit | None, answer: Answer, chance: random.Random
) -> Found:
    """To another country of the article."""
    assert gold
    hosts = [host for host in list_hosts(seen) if _is_false(gold.visitor, host, seen)]
    return _pick_visit([str(answer["visitor"])], hosts, chance)


def _swap(seen: Seen, gold: GoldVisit | None, answer: Answer, chance: random.Random) -> Found:
    """Somebody of the host goes to where the visitor is at home."""
    assert gold
    homes = [find_home(gold.visitor)] if find_home(gold.visitor) else list_hosts(seen)
    hosts = [host for host in homes if host and not same_place(host, gold.host)]
    people = [name for name in list_people(seen) if find_home(name) == get_country(gold.host)]
    people = [name for name in people or [gold.host] if not same_person(name, gold.visitor)]
    pairs = [(p, h) for p in people for h in hosts if _is_false(p, h, seen)]
    visitor, host = chance.choice(pairs) if pairs else (gold.host, str(answer["visitor"]))
    return {"visitor": visitor, "host": host, "place": None}, (visitor, host)


def _raise_status(
    seen: Seen, gold: GoldVisit | None, answer: Answer, chance: random.Random
) -> Found:
    """It is told surer than it is."""
    assert gold
    if gold.status not in RAISED:
        return None
    status = chance.choice(RAISED[gold.status])
    return {"status": str(status)}, status


def _move_date(seen: Seen, gold: GoldVisit | None, answer: Answer, chance: random.Random) -> Found:
    """It is on another day that the article tells of, or on one that it doesn't."""
    assert gold
    meanings: dict[tuple[int, str], set[str]] = {}
    for number in seen.sentences:
        for text, dates in list_dates(seen, number):
            meanings.setdefault((number, text), set()).add(dates.start or "")
    others = [
        (number, text, frozenset(starts))
        for (number, text), starts in meanings.items()
        if not any(_is_true(start, gold) for start in starts)
    ]
    if not others:
        return {"date_text": NEVER}, frozenset({"2031-03-12"})
    number, text, starts = chance.choice(others)
    cited = [number, *_numbers(answer)] if chance.random() < 0.5 else [*_numbers(answer), number]
    return {"date_text": text, "sentences": list(dict.fromkeys(cited))}, starts


def _is_true(start: str, gold: GoldVisit) -> bool:
    """Whether the visit is, or can be, on that day: a day of its stay, or of its month."""
    known = gold.start or ""
    is_part = start.startswith(known) or known.startswith(start)
    return is_part or known <= start <= (gold.end or known)


def _change_sentence(
    seen: Seen, gold: GoldVisit | None, answer: Answer, chance: random.Random
) -> Found:
    """It cites a sentence that tells of something else."""
    others = [number for number in seen.sentences if number not in _numbers(answer)]
    if not others:
        return None
    number = chance.choice(others)
    return {"sentences": [number]}, number


def _invent(seen: Seen, gold: GoldVisit | None, answer: Answer, chance: random.Random) -> Found:
    """Somebody of the article goes to some country of it."""
    pairs = [(p, h) for p in list_people(seen) for h in list_hosts(seen) if _is_false(p, h, seen)]
    if not pairs:
        return None
    visitor, host = chance.choice(pairs)
    numbers = [n for n, text in seen.sentences.items() if visitor in text or host in text]
    number = chance.choice(numbers or list(seen.sentences))
    dates = [text for text, _ in list_dates(seen, number)]
    rest = {"place": None, "date_text": next(iter(dates), ""), "status": "confirmed"}
    return {"visitor": visitor, "host": host, "sentences": [number], **rest}, (visitor, host)


LIES: dict[str, Callable[[Seen, GoldVisit | None, Answer, random.Random], Found]] = {
    "visitor": _change_visitor,
    "host": _change_host,
    "swapped": _swap,
    "status": _raise_status,
    "date": _move_date,
    "sentence": _change_sentence,
    "invented": _invent,
}


def _pick_visit(visitors: Sequence[str], hosts: Sequence[str], chance: random.Random) -> Found:
    if not (visitors and hosts):
        return None
    visitor, host = chance.choice(visitors), chance.choice(hosts)
    return {"visitor": visitor, "host": host, "place": None}, (visitor, host)


def _numbers(answer: Answer) -> list[int]:
    numbers = answer["sentences"]
    assert isinstance(numbers, list)
    return numbers


# ---------------------------------------------------------------- names of the article


def list_people(seen: Seen) -> list[str]:
    """Those whom the article names, and who visit in it; in order, each once."""
    reading = seen.of.readings[seen.ref]
    whole = f"{reading.title}\n{reading.text}"
    named = [name for name in find_names(whole) if " " in name and not find_places(name)]
    known = [person for person, _ in find_people(whole)]
    return list(dict.fromkeys([*(visit.visitor for visit in seen.label.visits), *named, *known]))


def list_hosts(seen: Seen) -> list[str]:
    """The countries that the article names, and those that are visited in it."""
    reading = seen.of.readings[seen.ref]
    named = [place.country for place in find_places(f"{reading.title}\n{reading.text}")]
    return list(dict.fromkeys([*(visit.host for visit in seen.label.visits), *named]))


def _is_false(visitor: str, host: str, seen: Seen) -> bool:
    """Whether no visit of the article is that visitor's to that host, under any name."""
    if get_country(host) and find_home(visitor) == get_country(host):
        return False  # nobody would believe it
    return not any(is_visit(visitor, host, gold) for gold in seen.label.visits)


def is_visit(visitor: str, host: str, gold: GoldVisit) -> bool:
    """Whether visitor and host are the labelled ones, under any name of theirs."""
    return any(same_person(visitor, name) for name in (gold.visitor, *gold.aliases)) and any(
        same_place(host, name) for name in (gold.host, *gold.host_aliases)
    )
