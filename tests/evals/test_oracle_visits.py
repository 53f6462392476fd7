"""A model whose visits are right is believed; what it tells falsely of one is never settled."""

import asyncio
from dataclasses import replace
from functools import cache
from pathlib import Path

from evals.oracle import Trial, run_trial, tell_losses, tell_standing, tell_trials
from fakes.model_spoiler import LIES

from bot.evals.sets import load_sets
from bot.model import Evidence, Mention, VisitDates, VisitStatus

FOLDER = Path(__file__).parent / "tuned_visits"
SPOILT = 0.3
"""The share of the visits that is told falsely."""
LEAST_FOUND = 0.94
"""What is lost of this set is told without a word of travel, or of somebody unnamed."""


@cache
def get_trial(share: float) -> Trial:
    """The trial with so many visits spoilt, run once for all tests."""
    (of,) = load_sets(FOLDER)
    return asyncio.run(run_trial(of, share))


def test_the_visits_of_a_right_model_are_kept() -> None:
    trial = get_trial(0.0)
    assert trial.lies == ()
    found = trial.figures["visits.f1"]
    assert found is not None
    assert found >= LEAST_FOUND, "\n".join(tell_losses(trial))


def test_a_right_model_never_has_a_possible_visit_shown_as_settled() -> None:
    figures = get_trial(0.0).figures
    assert figures["visits.settled"] == 0
    assert not figures["ledger.settled"]


def test_no_spoilt_visit_is_shown_as_settled() -> None:
    trial = get_trial(SPOILT)
    assert not trial.list_standing(), "\n".join(tell_standing(trial))


def test_the_lies_are_of_every_kind_and_as_many_as_were_ordered() -> None:
    trial = get_trial(SPOILT)
    assert {lie.kind for lie in trial.lies} == set(LIES)
    labelled = sum(len(label.visits) for label in trial.of.labels.values())
    assert len(trial.lies) >= SPOILT * labelled


def test_each_article_without_a_visit_may_get_an_invented_one() -> None:
    trial = get_trial(SPOILT)
    assert any(lie.gold is None and not trial.of.labels[lie.ref].visits for lie in trial.lies)


def test_a_lie_that_is_kept_would_be_seen() -> None:
    trial = get_trial(SPOILT)
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
    told = tell_trials([get_trial(share) for share in (0.0, SPOILT)])
    assert "visits spoilt                   0%     30%" in told
    assert f"{len(get_trial(SPOILT).lies):>8}" in told
