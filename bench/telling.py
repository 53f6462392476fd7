"""evaluation sets → the weights that tell untold questions: python -m bench.telling FOLDER…

Fitted are the tables ``told_near`` and ``told_plain`` of relevance/weights.toml. The base is set
so that one in twenty answerable questions is refused. What is printed is cross-validated by set.
"""

import asyncio
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from bench.answering import Asked, ask_all
from bench.weights import load_tuned
from bot.embed import find_embedder
from bot.evals.gold import EvalSet
from bot.passages import choose_similarities
from bot.relevance.ranking import has_vectors, judge, load_weights
from bot.relevance.telling import list_clues, load_told

RIDGE = 5.0
STEPS = 30
REFUSED = 0.05
"""The share of answerable questions that may be refused."""
SHARES = (REFUSED, 0.1, 0.15, 0.25, 0.4)


class Row(NamedTuple):
    """The clues of a question's weakest part, and whether it can be answered."""

    clues: Mapping[str, float]
    is_answerable: bool


def main() -> None:
    """Print both tables of weights, and how many are refused rightly and wrongly."""
    asyncio.run(_fit_both(load_tuned(sys.argv[1:])))


async def _fit_both(sets: Sequence[EvalSet]) -> None:
    embedder = find_embedder()
    for title, own in (("told_near", embedder), ("told_plain", None)):
        if title == "told_near" and own is None:
            print("[told_near]: no embedding is installed")
            continue
        rows = {gold.name: list_rows(await ask_all(gold, own)) for gold in sets}
        names = list(load_told(has_vectors=title == "told_near"))[1:]
        _print(title, names, [row for rows_of_set in rows.values() for row in rows_of_set])
        _print_refusals(rows, names)
    if embedder:
        await embedder.close()


def _print_refusals(rows: Mapping[str, Sequence[Row]], names: Sequence[str]) -> None:
    chances = np.concatenate([_cross(rows, name, names) for name in rows])
    told = np.array([row.is_answerable for own in rows.values() for row in own])
    for share in SHARES:
        cut = np.quantile(chances[told], share)
        print(f"wrong refusals {share:.2f}: right refusals {(chances[~told] < cut).mean():.2f}")


def list_rows(asked: Iterable[Asked]) -> list[Row]:
    """Every question of a set with the clues of its weakest part."""
    return [
        Row(min(clues, key=lambda own: own["score"]), not one.gold.unanswerable)
        for one in asked
        if (clues := _list_clues(one))
    ]


def _list_clues(asked: Asked) -> list[Mapping[str, float]]:
    found = []
    for number, (part, rows) in enumerate(zip(asked.question.parts, asked.parts, strict=True)):
        near = choose_similarities(number, asked.question, asked.near) or {}
        ranked = judge(rows, load_weights(has_vectors=has_vectors(rows)))
        if ranked:
            found.append(list_clues(part, ranked, near))
    return found


def _print(title: str, names: Sequence[str], rows: Sequence[Row]) -> None:
    weights = fit(_matrix(rows, names), np.array([row.is_answerable for row in rows], float))
    scores = _matrix(rows, names) @ weights[1:]
    told = np.array([row.is_answerable for row in rows])
    print(f"[{title}]\nbase = {-np.quantile(scores[told], REFUSED):.2f}")
    for name, weight in zip(names, weights[1:], strict=True):
        print(f"{name} = {weight:.2f}")


def _cross(rows: Mapping[str, Sequence[Row]], name: str, names: Sequence[str]) -> np.ndarray:
    others = [row for other, own in rows.items() if other != name or len(rows) == 1 for row in own]
    weights = fit(_matrix(others, names), np.array([row.is_answerable for row in others], float))
    return _matrix(rows[name], names) @ weights[1:] + weights[0]


def _matrix(rows: Sequence[Row], names: Sequence[str]) -> np.ndarray:
    return np.array([[row.clues[name] for name in names] for row in rows])


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Ridge logistic regression by Newton's steps on scaled columns: the base, then the weights."""
    scale = x.std(0)
    scale[scale == 0] = 1
    z = np.hstack([np.ones((len(x), 1)), x / scale])
    weights, ridge = np.zeros(z.shape[1]), np.eye(z.shape[1]) * RIDGE
    ridge[0, 0] = 1e-6
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-z @ weights))
        slope = z.T @ (chance - y) + ridge @ weights
        bend = (z * (chance * (1 - chance))[:, None]).T @ z + ridge
        weights = weights - np.linalg.solve(bend, slope)
    return np.concatenate([weights[:1], weights[1:] / scale])


if __name__ == "__main__":
    main()
