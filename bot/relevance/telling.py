"""part × its ranked sentences → the chance that the articles tell it at all."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from bot.relevance.comparing import Similarities
from bot.relevance.question import Part
from bot.relevance.ranking import Ranked

TOLD = 0.5
"""A part that is told less surely is not answered by quoting."""
BEST = 3
"""Sentences by which it is judged."""
_USUAL = 0.85
_TENTH = 10
"""Cosines of one model lie close together: they are told in tenths from the usual one."""


def find_chance(part: Part, ranked: Sequence[Ranked], similarities: Similarities | None) -> float:
    """Return the chance, 0 to 1, that the articles answer; with no sentences it is 0."""
    if not ranked:
        return 0.0
    clues = list_clues(part, ranked, similarities or {})
    weights = load_told(has_vectors="cosine" in clues)
    score = weights["base"] + sum(weights[name] * value for name, value in clues.items())
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))


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
