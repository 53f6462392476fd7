"""Outcomes made by hand of the small evaluation set, and what the scores say of them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from evaluate_samples import MODI, write_set
from stage_samples import store

from bot.evals.figures import measure
from bot.evals.gold import EvalSet, GoldVisit
from bot.evals.parts import Part
from bot.evals.run import Outcome
from bot.evals.sets import load_sets
from bot.model import (
    Analysis,
    ArticleAnalysis,
    Evidence,
    Fact,
    Precision,
    Visit,
    VisitDates,
    VisitStatus,
)

NOW = datetime(2025, 3, 1, tzinfo=UTC)


def load_gold(folder: Path, **files: object) -> EvalSet:
    return load_sets(write_set(folder / "gold", **files))[0]  # type: ignore[arg-type]


def make_outcome(gold: EvalSet, facts: Mapping[str, Mapping[str, str]], **more: object) -> Outcome:
    """An outcome whose facts are sentences, by article and with their topic."""
    analyses = {}
    for number, (ref, reading) in enumerate(gold.readings.items(), 1):
        found = store(reading, number=number)
        kept = tuple(
            Fact(tag=tag, text=quote, evidence=(Evidence(1, quote),), engine="hand")
            for quote, tag in facts.get(ref, {}).items()
        )
        analyses[ref] = ArticleAnalysis(
            found,
            Analysis(
                text_hash=found.text_hash,
                engine="hand",
                prompt_version="1",
                facts=kept,
                mentions=(),
                drops=(),
            ),
        )
    values = {
        "analyses": analyses,
        "visits": dict.fromkeys(analyses, ()),
        "stories": (),
        "ledger": (),
        "answers": (),
        "briefs": {},
        "pages": {},
    }
    return Outcome(**(values | more))  # type: ignore[arg-type]


def values_of(part: Part) -> dict[str, float | None]:
    return {tally.name: measure(tally, 1).value for tally in part.tallies}


def misses_of(part: Part) -> list[tuple[str, str, str]]:
    return [(miss.where, miss.what, miss.detail) for miss in part.misses]


def make_visit(**changes: object) -> Visit:
    values = {
        "key": "k",
        "visitor": "Narendra Modi",
        "host": "United States",
        "place": "Washington",
        "dates": VisitDates("2025-02-12", "2025-02-13", Precision.DAY),
        "status": VisitStatus.CONFIRMED,
        "history": (),
    }
    return Visit(**(values | changes))  # type: ignore[arg-type]


GOLD_MODI = GoldVisit(
    **{
        **MODI,
        "precision": Precision.DAY,
        "status": VisitStatus.CONFIRMED,
        "aliases": ("Indian leader",),
    }  # type: ignore[arg-type]
)
