"""Measures and their intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evals.figures import (
    Figure,
    Tally,
    f1,
    f1_of_means,
    mean_f1,
    measure,
    share,
    tally_count,
    tally_found,
    tally_share,
)

_COUNT = st.integers(0, 9)


def test_measures_of_known_counts() -> None:
    assert f1((3, 1, 1)) == pytest.approx(0.75)
    assert f1((0, 0, 0)) is None
    assert share((2, 5)) == pytest.approx(0.4)
    assert share((0, 0)) is None
    assert mean_f1((1, 0, 0, 0, 1, 1)) == pytest.approx(0.5)
    assert mean_f1((0, 0, 0, 1, 0, 0)) == pytest.approx(1.0)
    assert f1_of_means((1.5, 2.0, 2)) == pytest.approx(2 * 0.75 * 1.0 / 1.75)
    assert f1_of_means((0, 0, 2)) is None


def test_found_and_missed_give_f1_precision_and_recall() -> None:
    rows = [(1, 1, 0), (1, 0, 2)]
    figures = [measure(tally, 1) for tally in tally_found("x", "things", rows, n=4, unit="thing")]
    assert [figure.name for figure in figures] == ["x.f1", "x.precision", "x.recall"]
    assert [figure.value for figure in figures] == pytest.approx([4 / 7, 2 / 3, 1 / 2])


def test_nothing_measured_is_no_figure_and_meets_no_goal() -> None:
    figure = measure(tally_share("x", "things", [(0, 0)], unit="thing"), 1, 0.9)
    assert (figure.value, figure.low, figure.high, figure.is_met) == (None, None, None, None)
    assert measure(tally_share("x", "things", [], unit="thing"), 1).value is None


def test_of_a_count_fewer_are_better_and_it_has_no_interval() -> None:
    def count(hits: int, tries: int) -> Figure:
        return measure(tally_count("x", "faults", [(0, 1), (hits, tries)], unit="thing"), 1, 0)

    assert (count(0, 3).value, count(0, 3).n, count(0, 3).is_met) == (0, 4, True)
    assert (count(2, 3).value, count(2, 3).is_met) == (2, False)
    assert (count(2, 3).low, count(2, 3).high) == (None, None)
    assert measure(tally_count("x", "faults", [(0, 0)], unit="thing"), 1, 0).is_met is None


def test_of_a_share_of_faults_the_goal_is_the_most_that_it_may_be() -> None:
    def share_bad(hits: int) -> Figure:
        return measure(tally_share("x", "faults", [(hits, 10)], unit="thing", is_bad=True), 1, 0.1)

    assert (share_bad(1).is_met, share_bad(2).is_met) == (True, False)
    assert share_bad(1).low is not None


def test_a_goal_is_met_at_its_value_and_not_below() -> None:
    def is_met(hits: int) -> bool | None:
        tally = tally_share("x", "things", [(hits, 10)], unit="thing")
        return measure(tally, 1, 0.9).is_met

    assert (is_met(9), is_met(8)) == (True, False)


@given(st.lists(st.tuples(_COUNT, _COUNT, _COUNT), min_size=1, max_size=12), st.integers(0, 99))
def test_an_interval_lies_in_bounds_and_is_the_same_for_the_same_seed(
    rows: list[tuple[int, int, int]], seed: int
) -> None:
    tally = Tally(name="x", title="x", rows=rows, measure=f1, n=len(rows), unit="article")
    figure = measure(tally, seed)
    assert figure == measure(tally, seed)
    if figure.low is not None and figure.high is not None:
        assert 0 <= figure.low <= figure.high <= 1


def test_an_interval_holds_the_value_and_narrows_with_more_articles() -> None:
    few = measure(tally_share("x", "x", [(1, 2), (2, 2)] * 5, unit="y"), 1)
    many = measure(tally_share("x", "x", [(1, 2), (2, 2)] * 50, unit="y"), 1)
    assert few.low is not None
    assert few.high is not None
    assert many.low is not None
    assert many.high is not None
    assert few.low < many.low < 0.75 < many.high < few.high
