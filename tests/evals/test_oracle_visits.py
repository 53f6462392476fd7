"""A model whose visits are right is believed; what it tells falsely of one is never settled."""

import asyncio
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from evals.oracle import Trial, run_trial, tell_losses, tell_standing, tell_trials
from fakes.model_spoiler import LIES

from bot.evals.sets import load_sets
from bot.model import Evidence, Mention, VisitDates, VisitStatus

SETS = ("tuned", "tuned_visits")
TRIALS = (("tuned", 0.3), ("tuned_visits", 0.1), ("tuned_visits", 0.3))
"""The sets, and the share of their visits that is spoilt."""
LEAST_FOUND = {"tuned": 0.97, "tuned_visits": 0.94}
"""What is lost of the second set is told without a word of travel, or of somebody unnamed."""


@cache
def get_trial(name: str, share: float) -> Trial:
    """The set's trial, run once for all tests."""
    (of,) = load_sets(Path(__file__).parent / name)
    return asyncio.run(run_trial(of, share))


@pytest.mark.parametrize("name", SETS)
def test_the_visits_of_a_right_model_are_kept(name: str) -> None:
    trial = get_trial(name, 0.0)
    assert trial.lies == ()
    found = trial.figures["visits.f1"]
    assert found is not None
    assert found >= LEAST_FOUND[name], "\n".join(tell_losses(trial))


@pytest.mark.parametrize("name", SETS)
def test_a_right_model_never_has_a_possible_visit_shown_as_settled(name: str) -> None:
    figures = get_trial(name, 0.0).figures
    assert figures["visits.settled"] == 0
    assert not figures["ledger.settled"]


@pytest.mark.parametrize(("name", "share"), TRIALS)
def test_no_spoilt_visit_is_shown_as_settled(name: str, share: float) -> None:
    trial = get_trial(name, share)
    assert not trial.list_standing(), "\n".join(tell_standing(trial))


def test_the_lies_are_of_every_kind_and_as_many_as_were_ordered() -> None:
    trial = get_trial("tuned_visits", 0.3)
    assert {lie.kind for lie in trial.lies} == set(LIES)
    labelled = sum(len(label.visits) for label in trial.of.labels.values())
    assert len(trial.lies) >= 0.3 * labelled


def test_each_article_without_a_visit_may_get_an_invented_one() -> None:
    trial = get_trial("tuned_visits", 0.3)
    assert any(lie.gold is None and not trial.of.labels[lie.ref].visits for lie in trial.lies)


def test_a_lie_that_is_kept_would_be_seen() -> None:
    trial = get_trial("tuned_visits", 0.3)
    lie = next(lie for lie in trial.lies if lie.kind == "host")
    known = trial.outcome.analyses[lie.ref]
    false = Mention(
        visitor=str(lie.answer["visitor"]),
        host=str(lie.answer["host"]),
        place=None,
        dates=VisitDates(),
        status=VisitStatus.CONFIRMED,
        evidence=Evidence(1, known.article.sentences[0].text),
        engine="oracle",
    )
    kept = replace(known, analysis=replace(known.analysis, mentions=(false,)))
    outcome = replace(trial.outcome, analyses={**trial.outcome.analyses, lie.ref: kept})
    assert (lie, false) in replace(trial, outcome=outcome).list_standing()


def test_the_figures_of_several_trials_stand_side_by_side() -> None:
    told = tell_trials([get_trial("tuned_visits", share) for share in (0.0, 0.3)])
    assert "visits spoilt                   0%     30%" in told
    assert f"{len(get_trial('tuned_visits', 0.3).lies):>8}" in told
