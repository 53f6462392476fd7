"""The fit of the weights by which sentences are ranked: it finds what tells, and is blind."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from bench.answering import fit_all, fit_lists, list_told, measure, read_articles, read_asked, tell
from bench.weights import load_tuned
from bot.relevance.question import read_question
from bot.relevance.ranking import load_weights

TUNED = Path(__file__).parent / "evals" / "tuned"


def test_a_sign_that_tells_weighs_more_than_one_that_does_not() -> None:
    noise = np.random.default_rng(1).normal(size=(40, 5))
    told = np.eye(5)[np.arange(40) % 5]
    lists = [(np.column_stack([t, n]), t) for t, n in zip(told, noise, strict=True)]
    tells, does_not = fit_lists(lists)
    assert tells > 1 > abs(does_not)


def test_held_out_sets_are_not_read(tmp_path: Path) -> None:
    for name in ("tuned", "held_out"):
        shutil.copytree(TUNED, tmp_path / name)
    assert [gold.name for gold in load_tuned([str(tmp_path)])] == ["tuned"]


@pytest.fixture(scope="module")
def asked() -> list:
    (gold,) = load_tuned([str(TUNED)])
    articles = read_articles(gold)
    some = (gold.questions or ())[:12]
    return [read_asked(one, read_question(one.question), articles) for one in some]


def test_every_question_has_rows_with_every_sign(asked: list) -> None:
    names = list(load_weights(has_vectors=False))
    lists = [rows for one in asked for rows in list_told(one, names)]
    assert len(lists) >= 10
    assert all(signs.shape[1] == len(names) and told.any() for signs, told in lists)


def test_what_is_fitted_answers_most_of_what_it_was_fitted_to(asked: list) -> None:
    figures = measure(asked, fit_all([asked], "plain"))
    assert figures.found >= 0.9
    assert figures.right >= 0.6
    assert 1 <= figures.lines <= 4


def test_an_answer_is_told_by_its_words_or_their_alternatives(asked: list) -> None:
    gold = asked[0].gold
    assert tell(gold, f"It cost {gold.answer_keywords[0]} billion.") == 1
    assert tell(gold, "Nothing of the sort.") == 0
