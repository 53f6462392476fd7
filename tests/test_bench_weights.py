"""The fit of the built-in engine's weights: exact where it can be, blind to held-out sets."""

import shutil
from pathlib import Path

import numpy as np

from bench.weights import average_precision, cross_validate, fit, load_rows, load_tuned, make_matrix
from bot.llm.cues import load_weights

TUNED = Path(__file__).parent / "evals" / "tuned"


def test_average_precision_is_the_mean_precision_at_each_hit() -> None:
    p = np.array([0.9, 0.8, 0.7, 0.6])
    assert average_precision(p, np.array([1.0, 0, 1, 0])) == (1 + 2 / 3) / 2
    assert average_precision(p, np.array([1.0, 1, 0, 0])) == 1


def test_a_sign_that_tells_weighs_more_than_one_that_does_not() -> None:
    told = np.tile([0.0, 1.0], 40)
    noise = np.repeat([0.0, 1.0], 40)
    base, tells, does_not = fit(np.column_stack([np.ones(80), told, noise]), told)
    assert tells > 1 > abs(does_not)
    assert base < 0


def test_an_article_is_judged_by_weights_fitted_without_it() -> None:
    x = np.column_stack([np.ones(4), [0.0, 1, 0, 1]])
    y = np.array([0.0, 1, 0, 1])
    before = cross_validate(x, y, ["a", "a", "b", "b"])
    after = cross_validate(x, np.array([0.0, 1, 1, 0]), ["a", "a", "b", "b"])
    assert list(before[2:]) == list(after[2:])
    assert list(before[:2]) != list(after[:2])


def test_rows_come_from_tuned_sets_alone_and_have_every_sign(tmp_path: Path) -> None:
    for name in ("tuned", "held_out"):
        shutil.copytree(TUNED, tmp_path / name)
    (gold,) = load_tuned([str(tmp_path)])
    assert gold.name == "tuned"
    rows = load_rows([gold])
    x, y = make_matrix(rows, list(load_weights())[1:])
    assert x.shape == (len(rows), len(load_weights()))
    assert 0 < y.sum() < len(y)
