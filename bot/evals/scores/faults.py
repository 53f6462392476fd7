"""False lines: how many the check catches, which of its reasons did, and what it drops wrongly."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.evals.figures import Tally, tally_share
from bot.evals.gold import KINDS, Fault
from bot.evals.parts import Miss, Part
from bot.evals.run import Verdict


def score_faults(
    name: str, title: str, verdicts: Sequence[Verdict], kept_when_true: Sequence[bool]
) -> Part:
    """Recall over all false lines and by kind; caught is what is not kept as it is given.

    A check that drops everything catches every fault. So the recall is also told over those
    false lines whose true line is kept: there it is the falsehood that was caught.
    """
    by_kind = {
        kind: [v for v in verdicts if isinstance(v.line, Fault) and v.line.kind == kind]
        for kind in KINDS
    }
    fair = [v for v, is_kept in zip(verdicts, kept_when_true, strict=True) if is_kept]
    passed = [verdict for verdict in verdicts if verdict.drop is None]
    return Part(
        name=name,
        title=title,
        tallies=(
            _tally(f"{name}.recall", "caught", verdicts),
            _tally(f"{name}.fair", "caught, true line kept", fair),
            *(
                _tally(f"{name}.{kind}", kind.replace("_", " "), found)
                for kind, found in by_kind.items()
                if found
            ),
        ),
        misses=tuple(_miss(f"fault passed: {_kind(verdict)}", verdict) for verdict in passed),
        counts={kind: _count_reasons(found) for kind, found in by_kind.items() if found},
    )


def score_true_lines(name: str, title: str, verdicts: Sequence[Verdict], *, note: str) -> Part:
    """How many supported lines are kept; the rest are false alarms."""
    dropped = [verdict for verdict in verdicts if verdict.drop is not None]
    return Part(
        name=name,
        title=title,
        tallies=(_tally(f"{name}.kept", "kept", verdicts, is_drop=False),),
        misses=tuple(_miss("false alarm", verdict) for verdict in dropped),
        note=note,
        counts={"supported": _count_reasons(verdicts)},
    )


def _tally(name: str, title: str, verdicts: Sequence[Verdict], *, is_drop: bool = True) -> Tally:
    """The share that is dropped, or kept; one row an article: its lines hang together."""
    rows: dict[str, tuple[int, int]] = {}
    for verdict in verdicts:
        hits, tries = rows.get(verdict.line.article, (0, 0))
        is_hit = (verdict.drop is not None) is is_drop
        rows[verdict.line.article] = (hits + is_hit, tries + 1)
    return tally_share(name, title, list(rows.values()), unit="line")


def _count_reasons(verdicts: Sequence[Verdict]) -> Mapping[str, int]:
    """How often each reason was given, the most frequent first; ``kept`` is none."""
    reasons = Counter(verdict.drop.reason if verdict.drop else "kept" for verdict in verdicts)
    return dict(reasons.most_common())


def _kind(verdict: Verdict) -> str:
    return verdict.line.kind if isinstance(verdict.line, Fault) else ""


def _miss(what: str, verdict: Verdict) -> Miss:
    line = verdict.line
    why = f" ({verdict.drop.reason}: {verdict.drop.detail})" if verdict.drop else ""
    return Miss(line.article, what, f"{line.text}{why} ← {' '.join(line.quotes)}")
