"""A model that is always right: how little of what it says is lost on the way to the brief.

It reads a part of the tuned set; ``python -m evals.losses tuned`` reads all.
"""

import asyncio
from pathlib import Path

import pytest
from evals.losses import Losses, measure_losses
from evals.thinning import choose_every, thin

from bot.evals.sets import load_sets

FOLDER = Path(__file__).parent / "tuned"
EVERY = choose_every(3)
"""Of so many articles one is read."""
MOST_LOST = 0.03
LEAST_OWN = 0.65
"""What stays in the model's own words; the rest is told in the article's."""


@pytest.fixture(scope="module")
def losses() -> Losses:
    return asyncio.run(measure_losses([thin(of, EVERY) for of in load_sets(FOLDER)]))


def test_what_a_right_model_says_reaches_the_brief(losses: Losses) -> None:
    assert losses.share("lost") <= MOST_LOST, losses.tell()


def test_most_of_it_in_the_models_own_words(losses: Losses) -> None:
    assert losses.share("kept") >= LEAST_OWN, losses.tell()
