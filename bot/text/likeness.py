"""Marks of many texts → how alike each two of them are, 0 to 1."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from bot.text.marks import Marks, has_adjective
from bot.text.spelling import is_devanagari, spell

Likeness = dict[tuple[int, int], float]

_SHARES = {"@": 0.2, "#": 0.1, "name": 0.005, "word": 0.02}
"""In what share of all news a country, a concept, a name, another word stands."""
_WEIGHTS = {"@": 0.4, "#": 1.25, "name": 1.0, "word": 0.4}
"""How telling each kind is where it is equally rare."""
_PRIOR = 30
"""How many texts' worth those shares are: a handful of texts can't tell what is rare."""
_KEPT = 0.4
"""Part of what a mark tells by those shares that it keeps however many texts have it: a window
may hold one event alone."""
_CROWD = 200
"""Texts from which a mark tells nothing of one event; it keeps the pairs countable too."""
_LONE = 0.5
"""Weight of a mark that none of very many texts shares: a detail, which only adds length."""
_TITLE, _LEAD = 2.0, 1.0
"""How many times more a mark counts that stands in the title, in the lead."""
_ENOUGH = 3.0
"""Times from which a mark that stands there again tells no more."""
_MOST = 50
"""Marks of a text that count, the most telling: else a long text is like no short one."""
_LEAST = 0.1
"""Pairs less alike than this are taken for not alike at all."""
_SURE_SOUND = 4
"""Letters from which two spellings that sound alike are one name."""


def measure_likeness(texts: Sequence[Marks]) -> Likeness:
    """Return the likeness of every pair ``(a, b)``, a < b, that has any."""
    met = _meet_scripts(texts)
    frequency = Counter(mark for text in met for mark in text.counts)
    kinds = _tell_kinds(met, frequency)
    weights = {
        mark: _weigh(kinds[mark], count, len(met))
        for mark, count in frequency.items()
        if count <= _CROWD
    }
    return _multiply(_make_vector(text, weights) for text in met)


def _tell_kinds(texts: Sequence[Marks], frequency: Mapping[str, int]) -> dict[str, str]:
    named = Counter(mark for text in texts for mark in text.names)
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for text in texts:
        for mark, written in text.names.items():
            forms[mark] |= written
    return {
        mark: mark[0] if mark[0] in "@#" else _tell_kind(forms[mark], named[mark] / count)
        for mark, count in frequency.items()
    }


def _tell_kind(forms: AbstractSet[str], share_of_names: float) -> str:
    if share_of_names < 0.5:
        return "word"
    return "@" if has_adjective(forms) else "name"


def _weigh(kind: str, count: int, texts: int) -> float:
    """The weight of a mark of that kind which ``count`` of the texts have."""
    known = texts / (texts + _PRIOR)
    rarity = math.log((texts + _PRIOR) / (count + _PRIOR * _SHARES[kind]))
    least = _KEPT * math.log(1 / _SHARES[kind])
    lone = 1 - known * (1 - _LONE) if count == 1 else 1.0
    return _WEIGHTS[kind] * max(least, rarity) * lone


def _make_vector(text: Marks, weights: Mapping[str, float]) -> dict[str, float]:
    """The weights of the most telling marks, scaled to length one."""
    raw = {
        mark: weights[mark]
        * (min(count, _ENOUGH) + _TITLE * (mark in text.title) + _LEAD * (mark in text.lead))
        for mark, count in text.counts.items()
        if mark in weights
    }
    most = sorted(raw, key=lambda mark: (-raw[mark], mark))[:_MOST]
    length = math.sqrt(sum(raw[mark] ** 2 for mark in most))
    return {mark: raw[mark] / length for mark in most}


def _multiply(vectors: Iterable[Mapping[str, float]]) -> Likeness:
    """The cosines, mark by mark: two texts with nothing in common never meet."""
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    alike: Likeness = {}
    for number, vector in enumerate(vectors):
        scores: defaultdict[int, float] = defaultdict(float)
        for mark, value in vector.items():
            for other, theirs in postings[mark]:
                scores[other] += value * theirs
            postings[mark].append((number, value))
        for other, score in scores.items():
            if score >= _LEAST:
                alike[other, number] = score
    return alike


# ---------------------------------------------------------------- names in two scripts


def _meet_scripts(texts: Sequence[Marks]) -> Sequence[Marks]:
    """The texts, with the names that Devanagari spells under their Latin mark."""
    if not any(is_devanagari(mark) for text in texts for mark in text.counts):
        return texts
    sounds = _list_sounds(texts)
    return [_rename(text, sounds) for text in texts]


def _list_sounds(texts: Iterable[Marks]) -> dict[str, str]:
    """Sound → mark of the names in Latin letters; of two that sound alike the first."""
    names = {(mark, form) for text in texts for mark, forms in text.names.items() for form in forms}
    sounds: dict[str, str] = {}
    for mark, form in sorted(names, reverse=True):
        if not is_devanagari(form):
            sounds.update((sound, mark) for sound in spell(form) if len(sound) >= _SURE_SOUND)
    return sounds


def _rename(text: Marks, sounds: Mapping[str, str]) -> Marks:
    devanagari = (mark for mark in text.counts if is_devanagari(mark))
    names = {mark: name for mark in devanagari if (name := _find_name(mark, sounds))}
    counts: defaultdict[str, float] = defaultdict(float)
    for mark, count in text.counts.items():
        counts[names.get(mark, mark)] += count
    return Marks(
        counts=counts,
        title=frozenset(names.get(mark, mark) for mark in text.title),
        lead=frozenset(names.get(mark, mark) for mark in text.lead),
        names={**text.names, **{name: frozenset({name}) for name in names.values()}},
    )


def _find_name(mark: str, sounds: Mapping[str, str]) -> str | None:
    return next((sounds[sound] for sound in spell(mark) if sound in sounds), None)
