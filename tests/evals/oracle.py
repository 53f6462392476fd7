"""A model's right visits, some of them spoilt, through the bot to the ledger: what comes of them.

``python -m evals.oracle FOLDER…``, run in ``tests/``, prints it; README.md has the options.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fakes.model import FakeModel
from fakes.model_spoiler import LIES, Answer, Lie, Spoiler, is_visit
from stage_samples import settings_for

from bot.app import open_tools
from bot.commands import BotCommands
from bot.evals.figures import measure
from bot.evals.gold import EvalSet, GoldVisit
from bot.evals.match import pair_visits
from bot.evals.parts import Miss
from bot.evals.run import Outcome, run_set
from bot.evals.scores.visits import score_ledger, score_visits
from bot.evals.sets import load_sets
from bot.extract import ground_draft
from bot.jobs.tools import unwatched
from bot.model import SURE, Draft, DraftVisit, Mention
from bot.text.variants import same_person, same_place

SHARES = (0.0, 0.1, 0.3)
FIGURES = {
    "visits.f1": "visits F1",
    "visits.start": "start, precision",
    "visits.status": "status",
    "ledger.right": "final state right",
    "ledger.steps": "steps found",
}


@dataclass(frozen=True)
class Trial:
    """What came of a set's visits, and of the lies among them."""

    of: EvalSet
    share: float
    outcome: Outcome
    model: Spoiler

    @property
    def lies(self) -> tuple[Lie, ...]:
        """What the model told falsely."""
        return tuple(self.model.lies.values())

    @property
    def figures(self) -> dict[str, float | None]:
        """The figures of ``briefing-bot eval`` that speak of visits, by name."""
        parts = (score_visits(self.of, self.outcome), score_ledger(self.of, self.outcome))
        return {tally.name: measure(tally, 1).value for part in parts for tally in part.tallies}

    def list_believed(self, lie: Lie) -> list[Mention]:
        """What is kept of the lie's article that says what is false."""
        mentions = self.outcome.analyses[lie.ref].analysis.mentions
        return [mention for mention in mentions if _tells(mention, lie)]

    def list_standing(self) -> list[tuple[Lie, Mention]]:
        """The lies that reach the ledger as settled: there must be none."""
        return [
            (lie, mention)
            for lie in self.lies
            for mention in self.list_believed(lie)
            if mention.status in SURE
        ]

    def list_losses(self) -> list[Miss]:
        """The labelled visits that are not told, with the reason, and what is told otherwise."""
        lost = [
            Miss(ref, "lost", self._find_reason(ref, gold))
            for ref, label in self.of.labels.items()
            for gold in pair_visits(self.outcome.visits[ref], label.visits)[2]
        ]
        told = score_visits(self.of, self.outcome).misses
        ledger = score_ledger(self.of, self.outcome).misses
        wrong = ("visit start wrong", "visit status wrong", "visit too many")
        return [*lost, *(miss for miss in told if miss.what in wrong), *ledger]

    def _find_reason(self, ref: str, gold: GoldVisit) -> str:
        """What was told of the visit, and what grounding says of that alone."""
        article = self.outcome.analyses[ref].article
        answer = next(answer for visit, answer in self.model.truths[ref] if visit == gold)
        draft = _make_draft(answer)
        grounded = ground_draft(Draft(visits=(draft,)), article, "oracle", frozenset())
        quotes = " … ".join(article.sentences[number - 1].text for number in draft.sentences)
        why = [f"{drop.reason}: {drop.detail}" for drop in grounded.drops] or [
            "it is kept if alone"
        ]
        what = f"{draft.visitor} → {draft.host}, “{draft.date_text}”, {draft.status}"
        return f"{what} ({why[0]}): {quotes}"


def _make_draft(answer: Answer) -> DraftVisit:
    sentences = answer["sentences"]
    assert isinstance(sentences, list)
    return DraftVisit(**{**answer, "sentences": tuple(sentences)})  # type: ignore[arg-type]


def _tells(mention: Mention, lie: Lie) -> bool:
    """Whether the mention says what is false about the lie."""
    if isinstance(lie.false, tuple):
        visitor, host = lie.false
        return same_person(mention.visitor, visitor) and same_place(mention.host, host)
    if lie.gold is None or not is_visit(mention.visitor, mention.host, lie.gold):
        return False
    if isinstance(lie.false, frozenset):
        return mention.dates.start in lie.false
    return lie.false in (mention.status, mention.evidence.sentence)


async def run_trial(of: EvalSet, share: float, seed: int = 1) -> Trial:
    """Let the oracle, spoilt to that share, answer every article of the set."""
    model = Spoiler(of, share=share, seed=seed)
    labels = {ref: replace(label, injection=False) for ref, label in of.labels.items()}
    visits_only = replace(of, questions=None, pages={}, labels=labels)
    async with FakeModel(model) as server:
        with tempfile.TemporaryDirectory() as folder:
            settings = settings_for(
                Path(folder), openai_base_url=server.base_url, openai_model="oracle"
            )
            async with open_tools(settings, clock=lambda: of.until) as tools:
                outcome = await run_set(visits_only, tools, BotCommands(tools), unwatched)
    return Trial(of, share, outcome, model)


# ---------------------------------------------------------------- words


def tell_trials(trials: Sequence[Trial]) -> str:
    """The figures of one set's trials side by side, and what became of the lies."""
    figures = [trial.figures for trial in trials]
    of = trials[0].of
    rows = [
        ("visits spoilt", [f"{trial.share:.0%}" for trial in trials]),
        *(
            (f"  {title}", [_number(one.get(name)) for one in figures])
            for name, title in FIGURES.items()
        ),
        ("false visits told", [str(len(trial.lies)) for trial in trials]),
        *((f"  {kind}", [str(_count_kind(one, kind)) for one in trials]) for kind in LIES),
        ("  refused, or made true", [str(_count_refused(trial)) for trial in trials]),
        ("  kept, not as settled", [str(_count_unsettled(trial)) for trial in trials]),
        ("  shown as settled", [str(len(_list_lies(trial))) for trial in trials]),
    ]
    lines = [f"{title:<26}" + "".join(f"{cell:>8}" for cell in cells) for title, cells in rows]
    return "\n".join([f"{of.name}: {len(of.readings)} articles", *lines])


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _count_kind(trial: Trial, kind: str) -> int:
    return sum(lie.kind == kind for lie in trial.lies)


def _count_refused(trial: Trial) -> int:
    return sum(not trial.list_believed(lie) for lie in trial.lies)


def _list_lies(trial: Trial) -> list[Lie]:
    return list(dict.fromkeys(lie for lie, _ in trial.list_standing()))


def _count_unsettled(trial: Trial) -> int:
    return len(trial.lies) - _count_refused(trial) - len(_list_lies(trial))


def tell_standing(trial: Trial) -> Iterator[str]:
    """The lies that are shown as settled, a line each."""
    for lie, mention in trial.list_standing():
        yield (
            f"{lie.ref} at {trial.share:.0%}, {lie.kind} {lie.false}: {mention.visitor} → "
            f"{mention.host}, {mention.dates.start}, {mention.status}: {mention.evidence.quote}"
        )


def tell_losses(trial: Trial) -> Iterator[str]:
    """What is lost of the truth, and told wrong, a line each."""
    for miss in trial.list_losses():
        yield f"{miss.where} {miss.what}: {miss.detail}"


async def _run(
    folders: Sequence[Path], shares: Sequence[float], seed: int, *, misses: bool
) -> None:
    for of in [one for folder in folders for one in load_sets(folder)]:
        trials = [await run_trial(of, share, seed) for share in shares]
        print(tell_trials(trials))
        if misses:
            print(
                "\n".join(
                    [*tell_losses(trials[0]), *(t for one in trials for t in tell_standing(one))]
                )
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="What comes of a right model's visits.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--spoilt", type=float, action="append", help="share of false visits")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="list what is lost and what stands")
    told = parser.parse_args()
    asyncio.run(_run(told.folders, told.spoilt or SHARES, told.seed, misses=told.misses))
