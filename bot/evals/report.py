"""sets → reports: every part of each set, measured; sets are never pooled."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.evals.figures import Figure, measure
from bot.evals.gold import KINDS, EvalSet
from bot.evals.parts import Miss, Part
from bot.evals.run import Outcome
from bot.evals.scores.injection import score_injection
from bot.evals.scores.pages import score_pages
from bot.evals.scores.questions import score_questions
from bot.evals.scores.sentences import score_sentences
from bot.evals.scores.stories import score_copies, score_stories
from bot.evals.scores.tags import score_tags
from bot.evals.scores.visits import score_ledger, score_visits

SCORES: tuple[Callable[[EvalSet, Outcome], Part], ...] = (
    score_tags,
    score_sentences,
    score_copies,
    score_stories,
    score_visits,
    score_ledger,
    score_questions,
    score_injection,
    score_pages,
)
GOALS = {
    "tags.macro_f1": 0.90,
    "sentences.recall": 0.75,
    "sentences.precision": 0.55,
    "copies.f1": 0.95,
    "stories.f1": 0.92,
    "visits.f1": 0.80,
    "visits.start": 0.88,
    "visits.status": 0.88,
    "visits.settled": 0,
    "ledger.right": 0.80,
    "ledger.settled": 0,
    "questions.found": 0.95,
    "questions.right": 0.75,
    "questions.cited": 0.85,
    "questions.refused": 0.90,
    "questions.wrong_refusals": 0.10,
    "injection.held": 1.0,
    "faults.made.recall": 0.98,
    "faults.written.recall": 0.98,
    **{f"faults.made.{kind}": 0.95 for kind in KINDS},
    "faults.true_lines.kept": 0.98,
    "faults.shortened.kept": 0.98,
}
"""What the figures should reach on articles that nothing was tuned to.

Of counts, and of the shares of which less is better, it is the most that they may be.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A part with its figures."""

    name: str
    title: str
    figures: tuple[Figure, ...]
    misses: tuple[Miss, ...]
    skipped: str
    note: str
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One set's scores. ``fell_back`` counts articles that the model gave nothing usable on."""

    name: str
    is_held_out: bool
    articles: int
    engine: str
    prompt_version: str
    fell_back: int
    parts: tuple[Measured, ...]


def measure_part(part: Part, seed: int) -> Measured:
    """The part's figures, with their goals."""
    return Measured(
        name=part.name,
        title=part.title,
        figures=tuple(measure(tally, seed, GOALS.get(tally.name)) for tally in part.tallies),
        misses=part.misses,
        skipped=part.skipped,
        note=part.note,
        counts=part.counts,
    )


def write_report(
    gold: EvalSet,
    outcome: Outcome,
    more: Sequence[Part],
    *,
    engine: str,
    prompt_version: str,
    seed: int,
) -> Report:
    """All parts of one set; ``more`` are those that were scored elsewhere."""
    parts = [score(gold, outcome) for score in SCORES]
    return Report(
        name=gold.name,
        is_held_out=gold.is_held_out,
        articles=len(gold.readings),
        engine=engine,
        prompt_version=prompt_version,
        fell_back=sum(known.analysis.engine != engine for known in outcome.analyses.values()),
        parts=tuple(measure_part(part, seed) for part in (*parts, *more)),
    )
