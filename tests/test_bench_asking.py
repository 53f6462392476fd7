"""The figures of search and of a crowd on a few articles: their form, not their speed."""

import itertools
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench import crowd, retrieval
from bench.corpus import TUNED
from bench.haystack import OWN, make_writer
from bot.jobs.tools import unwatched

FEW = ("a01", "a02", "a03")
NOW = datetime(2025, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An evaluation set of three articles with the questions that they answer."""
    folder = tmp_path_factory.mktemp("few")
    for name in ("articles.jsonl", "labels.jsonl", "questions.jsonl"):
        lines = (TUNED / name).read_text("utf-8").splitlines(keepends=True)
        (folder / name).write_text("".join(filter(_is_of_few, lines)), "utf-8")
    return folder


def _is_of_few(line: str) -> bool:
    row = json.loads(line)
    refs = row["support"] if "support" in row else [row["id"]]
    return bool(refs) and set(refs) <= set(FEW)


def test_each_way_of_asking_has_a_row_for_each_size(folder: Path) -> None:
    figure = retrieval.measure(0, unwatched, sizes=(40, 60), folders=(folder,))
    ways = (retrieval.OR, retrieval.SEARCH, retrieval.OWN, retrieval.ANSWER)
    rows = {(row["articles"], row["way"]): row for row in figure.rows}
    assert set(rows) == set(itertools.product((40, 60), ways))
    assert rows[40, retrieval.SEARCH]["found"] == rows[40, retrieval.OR]["found"] == 1
    for row in rows.values():
        assert 0 < float(row["p50"]) <= float(row["p99"])
        assert 0 < float(row["cpu50"]) <= float(row["cpu99"])


def test_everybody_in_a_crowd_is_admitted_and_answered(folder: Path) -> None:
    figure = crowd.measure(0, unwatched, questions=6, articles=40, feeds=1, folders=(folder,))
    rows = {row["step"]: row for row in figure.rows}
    assert rows[crowd.ADMITTED]["n"] == rows[crowd.ANSWERED]["n"] == 6
    assert float(rows[crowd.ADMITTED]["p99"]) <= float(rows[crowd.ANSWERED]["longest"])
    assert int(rows[crowd.BLOCKED]["n"]) > 6


def test_made_articles_are_the_same_every_time_and_each_another() -> None:
    make, again = make_writer(100, NOW), make_writer(100, NOW)
    made = [make(number) for number in range(100 + OWN)]
    assert made == [again(number) for number in range(100 + OWN)]
    assert len({article.text_hash for article in made}) == len(made)
    assert [article.seen_at for article in made] == sorted(article.seen_at for article in made)
    assert made[99].seen_at == NOW
    for article in made:
        assert all(article.text[s.start : s.end] == s.text for s in article.sentences)


def test_the_articles_of_a_story_share_words_of_their_own() -> None:
    make = make_writer(100, NOW)
    first, second, other = (set(make(number).title.split()[:3]) for number in (0, 11, 12))
    assert first == second
    assert first != other
