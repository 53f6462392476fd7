"""Two sentences, names, dates or visits → whether they are one, as the scores count it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from bot.evals.folding import fold, list_words
from bot.evals.gold import GoldVisit
from bot.model import Precision, Visit
from bot.text.names import get_country
from bot.text.variants import same_person, same_place

SAME_WORDS = 0.8
"""Share of the shorter sentence's words from which two sentences are one."""
ENOUGH_WORDS = 4
"""A sentence of fewer words is only found whole."""
FEW_DAYS = timedelta(days=3)
"""How far an approximate date may be off."""


def same_sentence(a: str, b: str) -> bool:
    """Whether two sentences are the same, one holds the other, or nearly so by its words."""
    first, second = sorted((fold(a), fold(b)), key=len)
    if first == second:
        return True
    words = list_words(first)
    if len(words) < ENOUGH_WORDS:
        return False
    shared = Counter(words) & Counter(list_words(second))
    return first in second or shared.total() >= SAME_WORDS * len(words)


def is_among(sentence: str, others: Sequence[str]) -> bool:
    """Whether one of the others is the same sentence."""
    return any(same_sentence(sentence, other) for other in others)


def same_visit(told: Visit, gold: GoldVisit) -> bool:
    """Whether visitor and host are the labelled ones, under any name of theirs."""
    return any(same_person(told.visitor, name) for name in (gold.visitor, *gold.aliases)) and any(
        _is_place(told.host, name) for name in (gold.host, *gold.host_aliases)
    )


def _is_place(name: str, other: str) -> bool:
    country = get_country(name)
    return same_place(name, other) or bool(country and country == get_country(other))


def judge_fields(told: Visit, gold: GoldVisit) -> dict[str, bool]:
    """Which fields of a visit are right: start (with its precision), end, status, place."""
    end = None if told.dates.end == told.dates.start else told.dates.end
    gold_end = None if gold.end == gold.start else gold.end
    return {
        "start": told.dates.precision is gold.precision
        and _same_date(told.dates.start, gold.start, gold),
        "end": _same_date(end, gold_end, gold),
        "status": told.status is gold.status,
        "place": told.place == gold.place
        or bool(told.place and gold.place and _is_place(told.place, gold.place)),
    }


def _same_date(told: str | None, gold: str | None, visit: GoldVisit) -> bool:
    if told == gold:
        return True
    if not (told and gold and visit.approx and visit.precision is Precision.DAY):
        return False
    try:
        return abs(date.fromisoformat(told) - date.fromisoformat(gold)) <= FEW_DAYS
    except ValueError:
        return False


def pair_visits(
    told: Sequence[Visit], gold: Sequence[GoldVisit]
) -> tuple[list[tuple[Visit, GoldVisit]], list[Visit], list[GoldVisit]]:
    """Pairs of one visit each, those that agree in most fields first; then what is left over."""
    fits = [(t, g) for t in told for g in gold if same_visit(t, g)]
    fits.sort(key=lambda pair: sum(judge_fields(*pair).values()), reverse=True)
    pairs: list[tuple[Visit, GoldVisit]] = []
    for fit in fits:
        if not any(fit[0] is t or fit[1] is g for t, g in pairs):
            pairs.append(fit)
    extra = [visit for visit in told if not any(visit is t for t, _ in pairs)]
    missed = [visit for visit in gold if not any(visit is g for _, g in pairs)]
    return pairs, extra, missed
