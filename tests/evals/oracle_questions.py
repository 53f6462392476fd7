"""A model's right answers, some of their lines spoilt, through the bot: what comes of them.

``python -m evals.oracle_questions FOLDER…``, run in ``tests/``, prints it; README.md has the
options.
"""

import argparse
import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.question_trials import STAGES, Trial, open_trials
from fakes.model_question_lies import KINDS
from fakes.model_questions import name

from bot.evals.run import Asked
from bot.evals.sets import load_sets

SHARES = (0.0, 0.1, 0.3)


def tell_trials(trials: Sequence[Trial]) -> str:
    """The figures of one set's trials side by side, and what became of the lies."""
    first = trials[0]
    kinds = [Counter(line.spoilt for _, _, line in one.lies) for one in trials]
    shown = [Counter(line.spoilt for _, line in one.list_standing()) for one in trials]
    stages = [Counter(one.find_stage(asked) for asked in one.answerable) for one in trials]
    rows = [
        ("lines spoilt", [f"{trial.share:.0%}" for trial in trials]),
        ("  answers right", [_number(one.right) for one in trials]),
        *((f"    {stage}", [str(found[stage]) for found in stages]) for stage in STAGES),
        ("  citation precision", [_number(one.get_precision()) for one in trials]),
        ("    of the bot's own lines", [_number(one.get_precision(own=True)) for one in trials]),
        ("  citation recall", [_number(one.recall) for one in trials]),
        ("  true lines cut", [str(len(one.list_cut())) for one in trials]),
        ("spoilt lines told", [str(found.total()) for found in kinds]),
        ("  shown", [str(found.total()) for found in shown]),
        *(
            (f"    {kind}", [f"{s[kind]}/{k[kind]}" for s, k in zip(shown, kinds, strict=True)])
            for kind in KINDS
        ),
    ]
    lines = [f"{title:<32}" + "".join(f"{cell:>9}" for cell in cells) for title, cells in rows]
    asked = f"{len(first.answerable)} of {len(first.outcome.answers)} questions have an answer"
    return "\n".join([f"{first.of.name}: {asked}", *lines])


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def tell_misses(trial: Trial) -> Iterator[str]:
    """What is lost, what is cited wrong, and which spoilt lines are shown, a line each."""
    at = f"at {trial.share:.0%}"
    if not trial.share:
        for one in trial.answerable:
            if stage := trial.find_stage(one):
                yield f"{name(one.question)} {stage}: {one.question.question} → {_flat(one)}"
        for one, line, why in trial.list_cut():
            yield f"{name(one.question)} cut ({why}): {line.text}"
        for one, is_own, cited in trial.list_cited():
            if not trial.is_support(one, cited):
                line = "the bot's own line cites" if is_own else "cites"
                ref = f"{trial.outcome.names[cited.article_id]}.{cited.sentence}"
                yield f"{name(one.question)} {line} {ref}: {cited.quote}"
    for one, line in trial.list_standing():
        where = f"{name(one.question)} {at}, {line.spoilt} is shown"
        yield f"{where}: {one.question.question} → {line.text}"


def _flat(one: Asked) -> str:
    return " ".join(one.answer.text.split())


async def _run(
    folders: Sequence[Path], shares: Sequence[float], seed: int, *, misses: bool
) -> None:
    for of in [one for folder in folders for one in load_sets(folder)]:
        async with open_trials(of) as run:
            trials = [await run(share, seed) for share in shares]
        print(tell_trials(trials))
        if misses:
            print("\n".join(line for trial in trials for line in tell_misses(trial)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="What comes of a right model's answers.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--spoilt", type=float, action="append", help="share of spoilt lines")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="list what is lost and what stands")
    told = parser.parse_args()
    asyncio.run(_run(told.folders, told.spoilt or SHARES, told.seed, misses=told.misses))
