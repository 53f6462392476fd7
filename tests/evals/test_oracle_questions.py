"""A model whose answers are right is believed; what it spoils of them is not shown.

It is asked a part of the tuned questions; ``python -m evals.oracle_questions`` asks all.
"""

import asyncio
import random
from dataclasses import replace
from pathlib import Path

import pytest
from evals.oracle_questions import tell_misses, tell_trials
from evals.outcome_samples import load_gold
from evals.question_trials import (
    CUT,
    NOT_SENT,
    Trial,
    open_trials,
)
from evals.thinning import choose_every
from evaluate_samples import QUESTIONS, TARIFF
from fakes.model_question_lies import KINDS, LIES, RARE
from fakes.model_questions import Sent, Told

from bot.evals.gold import EvalSet
from bot.evals.scores.questions import is_right
from bot.evals.sets import load_sets

EVERY = choose_every(10)
"""Of so many questions one is asked, of so many articles that tell nothing one is read."""
SHARES = (0.0, 0.3, 1.0)
LEAST_RIGHT = 0.85
MOST_CUT = 2
"""True lines in words of their own that grounding does not believe."""
NOT_JUDGED = ("no answer",)
"""True lines, rightly cited, about what is asked, which do not tell it: no rule can tell them."""


def load_part() -> EvalSet:
    (of,) = load_sets(Path(__file__).parent / "tuned")
    questions = (of.questions or ())[::EVERY]
    needed = {ref for question in questions for ref in question.support}
    kept = [ref for n, ref in enumerate(of.readings) if ref in needed or n % EVERY == 0]
    return replace(
        of,
        questions=questions,
        readings={ref: of.readings[ref] for ref in kept},
        labels={ref: of.labels[ref] for ref in kept},
    )


@pytest.fixture(scope="module")
def trials() -> dict[float, Trial]:
    """The trials by the share that is spoilt."""

    async def run() -> dict[float, Trial]:
        async with open_trials(load_part()) as trial:
            return {share: await trial(share) for share in SHARES}

    return asyncio.run(run())


def test_what_a_right_model_answers_out_of_the_passages_is_kept(trials: dict[float, Trial]) -> None:
    trial = trials[0.0]
    assert trial.lies == []
    assert len(trial.list_cut()) <= MOST_CUT, "\n".join(tell_misses(trial))
    lost = [stage for one in trial.answerable if (stage := trial.find_stage(one))]
    assert set(lost) <= {NOT_SENT, CUT}
    assert trial.right is not None
    assert trial.right >= LEAST_RIGHT, "\n".join(tell_misses(trial))


def test_a_right_model_cites_what_the_labels_name(trials: dict[float, Trial]) -> None:
    trial = trials[0.0]
    assert (trial.get_precision() or 0) >= 0.97, "\n".join(tell_misses(trial))
    assert (trial.recall or 0) >= 0.97


@pytest.mark.parametrize("share", SHARES)
def test_no_spoilt_line_is_shown(trials: dict[float, Trial], share: float) -> None:
    trial = trials[share]
    standing = [line for _, line in trial.list_standing() if line.spoilt not in NOT_JUDGED]
    assert standing == [], "\n".join(tell_misses(trial))


def test_a_right_line_beside_a_spoilt_one_is_still_cited(trials: dict[float, Trial]) -> None:
    trial = trials[0.3]
    assert (trial.recall or 0) >= 0.97


def test_lines_of_every_kind_are_spoilt_and_as_many_as_were_ordered(
    trials: dict[float, Trial],
) -> None:
    # Whether a line of another story is sent depends on what is found.
    assert {line.spoilt for _, _, line in trials[1.0].lies} >= set(KINDS) - {RARE, "beside"}
    told = sum(len(reply.lines) for replies in trials[1.0].replies.values() for reply in replies)
    assert len(trials[1.0].lies) == told
    assert 0.15 * told <= len(trials[0.3].lies) <= 0.45 * told


def test_what_may_be_is_told_as_what_will_be(tmp_path: Path) -> None:
    gold = load_gold(tmp_path, questions=QUESTIONS)
    assert gold.questions
    sent = Sent(gold, "?", {(1, 1): TARIFF}, {1: "a4"})
    told = LIES[RARE](gold.questions[0], sent, Told(TARIFF, ((1, 1),)), random.Random(1))
    assert told is not None
    assert (told.cites, told.spoilt) == (((1, 1),), RARE)
    assert "will raise its tariff" in told.text


def test_a_spoilt_line_that_is_shown_would_be_seen(trials: dict[float, Trial]) -> None:
    trial = trials[1.0]
    one, _, line = next(told for told in trial.lies if told[2].spoilt == "invented")
    shown = replace(one, answer=replace(one.answer, is_answered=True, text=f"{line.text} [1]"))
    answers = [shown if other is one else other for other in trial.outcome.answers]
    seen = replace(trial, outcome=replace(trial.outcome, answers=answers))
    assert (shown, line) in seen.list_standing()


def test_a_right_answer_that_is_lost_would_be_seen(trials: dict[float, Trial]) -> None:
    trial = trials[0.0]
    one = next(one for one in trial.answerable if is_right(one.question, one.answer))
    lost = replace(one, answer=replace(one.answer, is_answered=False, text="They do not tell."))
    answers = [lost if other is one else other for other in trial.outcome.answers]
    seen = replace(trial, outcome=replace(trial.outcome, answers=answers))
    assert seen.find_stage(lost) == "cut though true"
    assert [cut for cut, _, _ in seen.list_cut() if cut is lost]


def test_the_figures_of_several_trials_stand_side_by_side(trials: dict[float, Trial]) -> None:
    told = tell_trials(list(trials.values()))
    assert "lines spoilt                           0%      30%     100%" in told
    assert f"{len(trials[0.3].lies):>9}" in told
