"""A model that is always right: how little of what it says is lost on the way to the brief."""

import asyncio
from pathlib import Path

import pytest
from evals.losses import Losses, measure_losses

from bot.evals.sets import load_sets

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/drafts.jsonl"))
MOST_LOST = {"tuned": 0.03, "held_out": 0.04}
LEAST_OWN = {"tuned": 0.65, "held_out": 0.55}
"""What stays in the model's own words; the rest is told in the article's."""


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda path: path.name)
def folder(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture(scope="module")
def losses(folder: Path) -> Losses:
    return asyncio.run(measure_losses(load_sets(folder)))


def test_what_a_right_model_says_reaches_the_brief(losses: Losses, folder: Path) -> None:
    assert losses.share("lost") <= MOST_LOST[folder.name], losses.tell()


def test_most_of_it_in_the_models_own_words(losses: Losses, folder: Path) -> None:
    assert losses.share("kept") >= LEAST_OWN[folder.name], losses.tell()
