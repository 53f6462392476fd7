"""The figures' form on a few articles; how fast this machine is, no test can say."""

import asyncio
import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from unittest import mock

import pytest

from bench import throughput
from bench.__main__ import main
from bench.corpus import MAX_ARTICLES, TUNED, Corpus, load_corpus
from bench.figure import Column, Figure, render_figure, render_results
from bench.machine import read_machine, render_machine
from bench.steps import list_rows
from bench.stopwatch import MIN_ROUNDS, Stopwatch, forget, list_memories, run_rounds
from bot.extract import extract
from bot.ground import JUDGED_LANGUAGES
from bot.jobs.tools import unwatched
from bot.llm.extractive import ExtractiveEngine
from bot.text.names import same_name
from bot.text.places import load_aliases

FEW = ("a01", "a02", "a03")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An evaluation set of three articles."""
    folder = tmp_path_factory.mktemp("few")
    for name in ("articles.jsonl", "labels.jsonl", "drafts.jsonl"):
        (folder / name).write_text("".join(_list_few(TUNED / name)), "utf-8")
    return folder


def _list_few(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8").splitlines(keepends=True):
        row = json.loads(line)
        if row.get("id", row.get("article")) in FEW:
            yield line


@pytest.fixture(scope="module")
def corpus(folder: Path) -> Corpus:
    return load_corpus(folder)


@pytest.fixture(scope="module")
def figure(folder: Path) -> Figure:
    # Two rounds that begin as the last one ended have the form of all. How many there are, and
    # that memories are emptied, is told below.
    rounds = mock.patch("bench.stopwatch.MIN_ROUNDS", 2)
    with rounds, mock.patch.object(throughput, "_start_anew"):
        return throughput.measure(0, unwatched, folder=folder)


def test_every_step_of_the_pipeline_has_a_row_and_their_shares_make_a_whole(
    figure: Figure,
) -> None:
    rows = {row["step"]: row for row in figure.rows}
    assert {*throughput.PIPELINE, throughput.WHOLE, throughput.AGAIN} <= rows.keys()
    assert {throughput.REWRITTEN, throughput.STORIES, throughput.BRIEF} <= rows.keys()
    assert {f"draft: only {tag}" for tag in ("defence", "trade", "visits")} <= rows.keys()
    assert rows[throughput.WHOLE]["share"] == 1
    # Medians of the parts are not the parts of the median.
    assert sum(float(rows[step]["share"]) for step in throughput.PIPELINE) == pytest.approx(
        1, abs=0.5
    )


def test_a_row_has_the_median_of_its_rounds_and_a_step_with_nothing_to_do_has_none() -> None:
    taken = [{"a": seconds, "whole": 4.0} for seconds in (1.0, 9.0, 2.0)]
    counts = {"a": (4, "lines"), "b": (0, "visits"), "whole": (2, "articles")}
    first, second = list_rows(counts, taken, "whole")
    assert first == {
        "step": "a", "n": 4, "unit": "lines", "seconds": 2.0, "ms_each": 500.0,
        "per_second": 2.0, "share": 0.5, "spread": 4.0,
    }  # fmt: skip
    assert (second["step"], second["share"], second["spread"]) == ("whole", 1, 0)


def test_seconds_milliseconds_and_rate_of_a_row_say_the_same(figure: Figure) -> None:
    for row in figure.rows:
        seconds, n = float(row["seconds"]), int(row["n"])
        assert seconds > 0
        assert float(row["ms_each"]) == pytest.approx(1000 * seconds / n)
        assert float(row["per_second"]) == pytest.approx(n / seconds)


def test_what_is_measured_is_what_a_job_makes_of_the_article(corpus: Corpus) -> None:
    engine = ExtractiveEngine(corpus.topics)
    for known in corpus.analyses:
        analysis = asyncio.run(
            extract(known.article, engine=engine, fallback=engine, topics=corpus.topics)
        )
        assert (analysis.facts, analysis.mentions) == (
            known.analysis.facts,
            known.analysis.mentions,
        )


def test_no_rewritten_line_is_a_sentence_of_its_article(corpus: Corpus) -> None:
    assert corpus.rewritten
    for article, draft in corpus.rewritten:
        sentences = {sentence.text for sentence in article.sentences}
        for fact in draft.facts:
            assert fact.text not in sentences
            assert fact.sentences


def test_a_large_set_is_thinned_evenly_so_that_it_keeps_all_its_languages() -> None:
    large = load_corpus(TUNED)
    assert len(large.articles) == len(large.readings) == MAX_ARTICLES
    assert {article.language for article in large.articles} == JUDGED_LANGUAGES
    assert {reading.url for reading in large.readings} == {
        article.url for article in large.articles
    }


def test_memories_of_texts_are_emptied_and_tables_stay() -> None:
    same_name("Narendra Modi", "Modi")
    tables = load_aliases.cache_info().currsize
    assert same_name in list_memories()
    forget()
    assert same_name.cache_info().currsize == 0
    assert load_aliases.cache_info().currsize == tables == 1


def test_each_round_begins_with_another_pass_and_the_first_go_is_not_counted() -> None:
    order: list[str] = []

    def count(name: str, watch: Stopwatch) -> None:
        order.append(name)
        watch.time(name, sum, range(1000))

    passes = [partial(count, "a"), partial(count, "b")]
    rounds = run_rounds(passes, partial(order.append, "."), 0, unwatched)
    assert len(rounds) == MIN_ROUNDS == 3
    assert "".join(order) == "ab" + ".a.b" + ".b.a" + ".a.b"
    assert all(set(watch.steps) == {"a", "b"} for watch in rounds)
    assert all(watch.cpu > 0 and watch.wall > 0 for watch in rounds)


def test_seconds_of_a_step_add_up_and_its_result_comes_back() -> None:
    watch = Stopwatch()
    assert watch.time("one", sorted, [2, 1], reverse=True) == [2, 1]
    before = watch.steps["one"]
    watch.time("one", sum, range(100_000))
    watch.time("two", sum, range(100_000))
    assert 0 < before < watch.steps["one"]
    assert watch.cpu == watch.steps["one"] + watch.steps["two"]


def test_texts_that_are_read_first_are_in_every_language_that_is_judged(corpus: Corpus) -> None:
    assert {article.language for article, _ in corpus.openers} == JUDGED_LANGUAGES
    assert all(fact.sentences for _, draft in corpus.openers for fact in draft.facts), (
        "a line of an opener cites nothing"
    )


def test_a_table_is_plain_aligned_and_narrow(figure: Figure) -> None:
    lines = render_figure(figure).splitlines()
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in "".join(lines)
    assert lines[0].startswith("Throughput: ")
    assert next(line for line in lines if line.startswith("WHOLE")).split()[2] == "articles"


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    figure = Figure(
        name="x",
        headline="Headline",
        columns=(
            Column("step", "step", "text"),
            Column("n", "n", "count"),
            Column("ratio", "ratio", "number"),
            Column("share", "share", "percent"),
        ),
        rows=(
            {"step": "one", "n": 12345, "ratio": 0.04567, "share": 0.054},
            {"step": "three", "n": 7, "ratio": 1234.5, "share": 1.0},
        ),
        notes=("A note.",),
    )
    assert render_figure(figure).splitlines() == [
        "Headline",
        "",
        "step        n  ratio  share",
        "one    12,345  0.046   5.4%",
        "three       7  1,234   100%",
        "",
        "- A note.",
    ]


def test_the_machine_is_named_with_its_cores_and_python() -> None:
    machine = read_machine()
    assert machine.cores >= 1
    assert machine.cpu
    line = render_machine(machine)
    assert machine.cpu in line
    assert f"Python {machine.python.split()[1]}" in line


def test_results_are_dated_and_hold_the_tables(figure: Figure) -> None:
    written = render_results("A machine", [figure], date(2025, 3, 1))
    assert "Measured on 2025-03-01" in written
    assert render_figure(figure) in written


def test_in_a_pipe_json_is_all_there_is_and_nothing_is_written(
    figure: Figure, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = {"throughput": lambda seconds, progress: figure}
    results = tmp_path / "RESULTS.md"
    assert main(["--json"], figures=figures, results=results) == 0
    out, err = capsys.readouterr()
    shape = json.loads(out)
    assert err == ""
    assert set(shape) == {"machine", "figures"}
    assert set(shape["machine"]) == {"cpu", "cores", "python", "system", "load"}
    [shown] = shape["figures"]
    assert shown["name"] == "throughput"
    assert set(shown["rows"][0]) == {
        "step", "n", "unit", "seconds", "ms_each", "per_second", "share", "spread",
    }  # fmt: skip
    assert not results.exists()


def test_results_are_written_when_asked_for(
    figure: Figure, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "RESULTS.md"
    figures = {"throughput": lambda seconds, progress: figure}
    assert main(["--write"], figures=figures, results=results) == 0
    assert render_figure(figure) in capsys.readouterr().out
    assert render_figure(figure) in results.read_text("utf-8")


def test_a_missing_set_is_one_line_and_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = {"throughput": partial(throughput.measure, folder=tmp_path / "none")}
    assert main([], figures=figures, seconds=0, results=tmp_path / "RESULTS.md") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("bench: ")
    assert err.count("\n") == 1
