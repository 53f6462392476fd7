"""part of a question × articles → their sentences, by how likely each is the answer."""

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

import numpy as np

from bot.model import Article, Sentence
from bot.relevance.comparing import Candidate, Compared, Floats, Similarities, find_nearness
from bot.relevance.facts import Facts, fit
from bot.relevance.matching import KNOWN
from bot.relevance.question import Part
from bot.text.lexicon import fold

TOP = 5
"""Articles whose sentences are ranked: those that speak most of what is asked."""
NEAR = ("z", "zin")
"""The signs that need an embedding."""
SHORT = 60
"""Characters of a sentence that hardly tells anything but the very thing asked for."""

_OWN = 0.5
"""What the part counts where the article is held against it and the whole question."""
_OLD = 60
"""Days after which an article is old."""
_SUBJECT = 2.0
"""What the article's speaking of all that is asked counts beside its nearest sentences."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence that may answer; ``share`` is its chance among those ranked with it.

    ``score`` is the log of its odds but for a constant; ``signs`` is what it rests on.
    """

    article: Article
    sentence: Sentence
    signs: Mapping[str, float]
    score: float = 0.0
    share: float = 0.0


def rank(
    part: Part, compared: Compared, similarities: Similarities | None = None
) -> tuple[Ranked, ...]:
    """Return the sentences of the five articles that fit best, the likeliest first.

    Without similarities words alone judge. Orders to machines are left out.
    """
    rows = list_signs(part, compared, similarities)
    return judge(rows, load_weights(has_vectors=has_vectors(rows)))


def list_signs(
    part: Part, compared: Compared, similarities: Similarities | None = None
) -> tuple[Ranked, ...]:
    """Return what ``rank`` ranks, with its signs but unjudged."""
    near = find_nearness(part.terms, compared, similarities or {})
    places = _choose(part, compared, near)
    chosen = [compared.candidates[place] for place in places]
    newest = max((one.article.published_at for one in chosen), default=None)
    return tuple(
        row
        for place in places
        for row in _read_article(part, compared, place, near, newest)
        if newest
    )


def has_vectors(rows: Sequence[Ranked]) -> bool:
    """Tell whether the signs of the rows have what an embedding tells."""
    return all(name in row.signs for row in rows[:1] for name in NEAR)


def judge(rows: Sequence[Ranked], weights: Mapping[str, float]) -> tuple[Ranked, ...]:
    """Return the sentences with score and share by these weights, the likeliest first."""
    if not rows:
        return ()
    signs = np.array([[row.signs[name] for name in weights] for row in rows])
    scores = signs @ np.array(list(weights.values()))
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    order = np.argsort(-scores, kind="stable")
    return tuple(replace(rows[i], score=float(scores[i]), share=float(shares[i])) for i in order)


@cache
def load_weights(*, has_vectors: bool) -> Mapping[str, float]:
    """Return what each sign adds to a sentence's score, with an embedding's signs or without."""
    raw = Path(__file__).with_name("weights.toml").read_text("utf-8")
    weights: Mapping[str, float] = tomllib.loads(raw)["near" if has_vectors else "plain"]
    return weights


def mix(part: Similarities, whole: Similarities, share: float = 0.6) -> Similarities:
    """Return how near sentences are to a part with its question in mind."""
    return {
        key: [
            (one + share * other) / (1 + share) for one, other in zip(row, whole[key], strict=False)
        ]
        for key, row in part.items()
        if key in whole
    }


# ---------------------------------------------------------------- the articles


def _choose(part: Part, compared: Compared, near: Sequence[Floats] | None) -> list[int]:
    """The places of the articles that fit best, best first."""
    terms = compared.question.terms

    def fits(place: int) -> float:
        candidate = compared.candidates[place]
        subject = _SUBJECT * _share_subject(part, compared, candidate)
        if near is not None:
            return subject + _mean_of_best(near[place])
        return subject + _SUBJECT * float(compared.share_all(terms, candidate).max(initial=0))

    return sorted(range(len(compared.candidates)), key=fits, reverse=True)[:TOP]


def _share_subject(part: Part, compared: Compared, candidate: Candidate) -> float:
    """How far the article speaks of the part, and of the whole question."""
    own = compared.share(part.terms, candidate.whole)
    return _OWN * own + (1 - _OWN) * compared.share(compared.question.terms, candidate.whole)


def _mean_of_best(near: Floats) -> float:
    return float(np.sort(near)[-2:].mean()) if len(near) else -math.inf


def _read_article(
    part: Part,
    compared: Compared,
    place: int,
    near: Sequence[Floats] | None,
    newest: datetime | None,
) -> list[Ranked]:
    """The article's sentences with their signs; those of a long one that are not read are not."""
    candidate = compared.candidates[place]
    facts = candidate.digest.facts
    if not facts:
        return []
    days = (newest - candidate.article.published_at).days if newest else 0
    recency = -math.log(1 + min(_OLD, days))
    shared = {
        "cova": _share_subject(part, compared, candidate),
        "recency": recency,
        "latest": compared.question.is_latest * recency,
    }
    columns = _list_columns(part, compared, candidate)
    if near is not None:
        columns |= {"z": near[place], "zin": near[place] - near[place].mean()}
    return [
        Ranked(
            candidate.article,
            sentence,
            {
                **shared,
                **{name: float(column[i]) for name, column in columns.items()},
                **_list_facts(part, sentence, facts[i]),
            },
        )
        for i, sentence in enumerate(candidate.article.sentences[: len(facts)])
        if sentence.number not in candidate.digest.orders
    ]


# ---------------------------------------------------------------- the sentences


def _list_columns(part: Part, compared: Compared, candidate: Candidate) -> dict[str, Floats]:
    """What of the question each sentence speaks of, and of that what its headline doesn't say."""
    rest = [
        term
        for term in part.terms
        if not term.word.startswith("@") and candidate.title.get(term.word, 0.0) < KNOWN
    ]
    said = compared.share_all(part.terms, candidate)
    focus = compared.share_all(rest, candidate) if rest else np.full(len(said), 0.5)
    return {"covprev": said, "focus": focus}


def _list_facts(part: Part, sentence: Sentence, facts: Facts) -> dict[str, float]:
    wants_name = bool(part.wants & {"who", "body"})
    fits = fit(part.wants, facts)
    return {
        "type": fits,
        "short": float(len(sentence.text) < SHORT and fits < 1),
        "names_in": float(bool(facts.names)),
        "newname": float(wants_name and any(_is_new(name, part) for name in facts.names)),
        "neg": float("whether" in part.wants and facts.is_negative),
    }


def _is_new(name: str, part: Part) -> bool:
    """Whether the name is none that the question names already."""
    asked = [fold(term.written)[:4] for term in part.terms]
    return not any(fold(word)[:4] in asked for word in re.findall(r"\w+", name))
