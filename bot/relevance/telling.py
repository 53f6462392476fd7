"""part × its ranked sentences → the chance that the articles tell it at all."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from bot.relevance.comparing import Similarities
from bot.relevance.digest import read_digest
from bot.relevance.question import Part
from bot.relevance.ranking import Ranked

TOLD = 0.5
"""A part that is told less surely is not answered by quoting."""
BEST = 3
"""Sentences by which it is judged."""
LOOKED_AT = 4
"""Sentences whose articles must speak of the countries asked for."""
_FAR, _VERY_FAR = -0.35, -0.6
_LITTLE, _HALF, _NOTHING = 0.3, 0.5, 0.1
_USUAL = 0.85
_TENTH = 10
"""Cosines of one model lie close together: they are told in tenths from the usual one."""


def find_chance(part: Part, ranked: Sequence[Ranked], similarities: Similarities | None) -> float:
    """Return the chance, 0 to 1, that the articles answer.

    It is 0 where they speak of nothing that is asked, or not of a country that is.
    """
    if not ranked or not part.terms or _is_of_another_country(part, ranked):
        return 0.0
    clues = list_clues(part, ranked, similarities or {})
    if _is_elsewhere(clues):
        return 0.0
    weights = load_told(has_vectors="cosine" in clues)
    score = weights["base"] + sum(weights[name] * value for name, value in clues.items())
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))


def _is_elsewhere(clues: Mapping[str, float]) -> bool:
    """Whether the best sentences are about something else: football, bread, small talk.

    By meaning where that is known. Of 219 answerable questions of the tuned sets some 4 % are
    taken for such, and of the unanswerable ones, which are about the right things, 13 %.
    """
    if "cosine" in clues:
        is_far = clues["cosine"] < _FAR and clues["subject"] < _HALF
        return is_far or clues["cosine"] < _VERY_FAR
    said = max(clues["subject"], clues["said"])
    return said < _LITTLE and clues["focus"] < _NOTHING


def _is_of_another_country(part: Part, ranked: Sequence[Ranked]) -> bool:
    """Whether a country of the question is in none of the articles that would answer."""
    known = frozenset[str]().union(*(read_digest(one.article).all for one in ranked[:LOOKED_AT]))
    return any(term.word.startswith("@") and term.word not in known for term in part.terms)


@cache
def load_told(*, has_vectors: bool) -> Mapping[str, float]:
    """Return what each clue adds to the log odds, with an embedding's clues or without."""
    raw = Path(__file__).with_name("weights.toml").read_text("utf-8")
    weights: Mapping[str, float] = tomllib.loads(raw)["told_near" if has_vectors else "told_plain"]
    return weights


def list_clues(
    part: Part, ranked: Sequence[Ranked], similarities: Similarities
) -> Mapping[str, float]:
    """Return what tells whether the best sentences answer, by name."""
    best = ranked[:BEST]
    clues = {
        "score": best[0].score,
        "subject": best[0].signs["cova"],
        "said": max(one.signs["covprev"] for one in best),
        "focus": max(one.signs["focus"] for one in best),
        "kind": max(one.signs["type"] for one in best),
        "terms": math.log(1 + len(part.terms)),
        "sources": float(len({one.article.id for one in best})),
    }
    cosine = _find_cosine(best[0], similarities)
    if cosine is not None and "z" in best[0].signs:
        clues |= {"cosine": _TENTH * (cosine - _USUAL), "deviation": best[0].signs["z"]}
    return clues


def _find_cosine(one: Ranked, similarities: Similarities) -> float | None:
    row = similarities.get(one.article.text_hash, ())
    place = one.sentence.number - 1
    return row[place] if place < len(row) else None
