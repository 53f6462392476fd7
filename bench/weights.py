"""evaluation sets → the weights of choosing.toml, fitted anew: python -m bench.weights FOLDER…

Each folder is one set, or holds some; those named held-out are left alone. What is printed beside
the weights is cross-validated: every article is judged by weights that it had no part in.
"""

import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.config import find_folder
from bot.evals.gold import EvalSet
from bot.evals.match import same_sentence
from bot.evals.sets import load_sets
from bot.ingest import make_article
from bot.llm.cues import load_weights
from bot.llm.mentions import find_visits
from bot.llm.reading import Signs, list_signs, read_article
from bot.model import Article, Topic
from bot.text.commands_to_machines import list_addressed
from bot.topics import load_topics

RIDGE = 5.0
FOLDS = 10
CUTS = (0.12, 0.15, 0.18, 0.22)


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence under a topic: its signs, and whether a label says that a brief needs it."""

    article: Article
    tag: str
    text: str
    signs: Signs
    is_key: bool


def main() -> None:
    """Print the weights in use beside the fitted ones, and what the fitted ones find."""
    rows = load_rows(load_tuned(sys.argv[1:]))
    names = list(load_weights())[1:]
    x, y = make_matrix(rows, names)
    fitted = fit(x, y)
    for name, ours, new in zip(load_weights(), load_weights().values(), fitted, strict=True):
        print(f"{name:8} in use {ours:6.2f}   fitted {new:6.2f}")
    p = cross_validate(x, y, [row.article.url for row in rows])
    print(f"{len(rows)} sentences under topics, average precision {average_precision(p, y):.3f}")
    for cut in CUTS:
        picked = p >= cut
        found = y[picked].sum()
        print(
            f"chance {cut:.2f} (base {fitted[0] - np.log(cut / (1 - cut)):.2f}): "
            f"recall {found / y.sum():.3f}, precision {found / picked.sum():.3f} under its topic"
        )


def load_tuned(folders: Sequence[str]) -> list[EvalSet]:
    """The sets of the folders but those held out."""
    found = (gold for folder in folders for gold in load_sets(Path(folder)))
    return [gold for gold in found if not gold.is_held_out]


def load_rows(sets: Collection[EvalSet]) -> list[Row]:
    """Every sentence that can be a line, once a topic."""
    topics = load_topics(find_folder("prompts") / "topics")
    return [row for gold in sets for row in _read_set(gold, topics)]


def _read_set(gold: EvalSet, topics: Sequence[Topic]) -> Iterator[Row]:
    for number, (key, reading) in enumerate(gold.readings.items(), 1):
        made = make_article(reading, seen_at=gold.until)
        fields = {name: getattr(made, name) for name in made.__dataclass_fields__}
        article = Article(**fields, id=number, feed_id=1, tier=2)
        told = {n for visit in find_visits(article) for n in visit.sentences}
        orders = list_addressed(article.sentences, article.text)
        for read in read_article(article, topics, refused=orders, spoken_for=told):
            keys = [s.quote for s in gold.labels[key].sentences if s.topic == read.topic.tag]
            signs = () if read.is_trap else list_signs(read)
            for sentence, found in zip(article.sentences, signs, strict=False):
                is_key = any(same_sentence(sentence.text, quote) for quote in keys)
                if found:
                    yield Row(article, read.topic.tag, sentence.text, found, is_key)


def make_matrix(rows: Sequence[Row], names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """One row a sentence, beginning with a 1 for the base, and whether it is a key sentence."""
    x = [[1.0, *(float(row.signs[name]) for name in names)] for row in rows]
    return np.array(x), np.array([float(row.is_key) for row in rows])


def fit(x: np.ndarray, y: np.ndarray, ridge: float = RIDGE) -> np.ndarray:
    """Logistic regression by Newton's steps on scaled columns; the first column is the base."""
    mean, scale = x.mean(0), x.std(0)
    mean[0], scale[0] = 0, 1
    scale[scale == 0] = 1
    z, weights = (x - mean) / scale, np.zeros(x.shape[1])
    penalty = np.eye(len(weights)) * ridge
    penalty[0, 0] = 0
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ weights))
        slope = z.T @ (p - y) + penalty @ weights
        step = np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + penalty, slope)
        weights -= step
        if np.abs(step).max() < 1e-7:
            break
    plain = weights / scale
    plain[0] = weights[0] - (weights[1:] * mean[1:] / scale[1:]).sum()
    return plain


def cross_validate(x: np.ndarray, y: np.ndarray, groups: Sequence[str]) -> np.ndarray:
    """The chance of each row, by weights fitted without the rows of its group."""
    p, names = np.zeros(len(y)), sorted(set(groups))
    for fold in range(FOLDS):
        out = np.isin(groups, names[fold::FOLDS])
        p[out] = 1 / (1 + np.exp(-x[out] @ fit(x[~out], y[~out])))
    return p


def average_precision(p: np.ndarray, y: np.ndarray) -> float:
    """Precision at each key sentence, from the most likely row down, on average."""
    hits = y[np.argsort(-p, kind="stable")]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1) * hits).sum() / hits.sum())


if __name__ == "__main__":
    main()
