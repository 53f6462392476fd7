"""Visits: what each article tells of, and what the ledger holds at the end."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.evals.figures import Row, tally_found, tally_share
from bot.evals.gold import EvalSet, GoldVisit
from bot.evals.match import judge_fields, pair_visits
from bot.evals.parts import Miss, Part
from bot.evals.run import Outcome
from bot.model import Precision, Visit

FIELDS = {"start": "start, precision", "end": "end", "status": "status", "place": "place"}


class _Judged(NamedTuple):
    """(right, wrong, missed), and for each field (right, judged)."""

    row: Row
    fields: dict[str, Row]
    misses: tuple[Miss, ...]


def score_visits(gold: EvalSet, outcome: Outcome) -> Part:
    """Mentions: visitor and host under any of their names, each visit of an article once.

    What an article tells is what the ledger would hold if it were the only one. The fields
    are judged on the visits that were found.
    """
    judged = [_judge(ref, outcome.visits[ref], label.visits) for ref, label in gold.labels.items()]
    return _make_part("visits", "Visits told by articles", judged)


def score_ledger(gold: EvalSet, outcome: Outcome) -> Part:
    """The ledger after all articles, against the labelled one."""
    if gold.ledger is None:
        return Part(name="ledger", title="Ledger at the end", skipped="no ledger.jsonl")
    pairs, extra, missed = pair_visits(outcome.ledger, gold.ledger)
    groups: list[tuple[list[Visit], list[GoldVisit]]] = [([t], [g]) for t, g in pairs]
    groups += [([visit], []) for visit in extra]
    groups += [([], [visit]) for visit in missed]
    judged = [_judge("ledger", told, wanted) for told, wanted in groups]
    return _make_part("ledger", "Ledger at the end", judged)


def _judge(where: str, told: Sequence[Visit], wanted: Sequence[GoldVisit]) -> _Judged:
    pairs, extra, missed = pair_visits(told, wanted)
    verdicts = [(t, g, judge_fields(t, g)) for t, g in pairs]
    return _Judged(
        row=(len(pairs), len(extra), len(missed)),
        fields={
            field: (sum(verdict[field] for _, _, verdict in verdicts), len(verdicts))
            for field in FIELDS
        },
        misses=(
            *(Miss(where, "visit missed", _tell_gold(visit)) for visit in missed),
            *(Miss(where, "visit too many", _tell(visit)) for visit in extra),
            *(
                Miss(where, f"visit {field} wrong", f"{_tell(t)} instead of {_tell_gold(g)}")
                for t, g, verdict in verdicts
                for field, is_right in verdict.items()
                if not is_right
            ),
        ),
    )


def _make_part(name: str, title: str, judged: Sequence[_Judged]) -> Part:
    rows = [one.row for one in judged]
    labelled = round(sum(right + missed for right, _, missed in rows))
    fields = (
        tally_share(
            f"{name}.{field}", words, [one.fields[field] for one in judged], unit="found visit"
        )
        for field, words in FIELDS.items()
    )
    return Part(
        name=name,
        title=title,
        tallies=(*tally_found(name, "visits", rows, n=labelled, unit="visit"), *fields),
        misses=tuple(miss for one in judged for miss in one.misses),
    )


def _tell(visit: Visit) -> str:
    dates = visit.dates
    return _words(visit, dates.start, dates.end, dates.precision)


def _tell_gold(visit: GoldVisit) -> str:
    return _words(visit, visit.start, visit.end, visit.precision)


def _words(
    visit: Visit | GoldVisit, start: str | None, end: str | None, precision: Precision
) -> str:
    """``Narendra Modi to United States (Washington), 2025-02-12 to 2025-02-13, day, planned``."""
    place = f" ({visit.place})" if visit.place else ""
    until = f" to {end}" if end else ""
    return f"{visit.visitor} to {visit.host}{place}, {start}{until}, {precision}, {visit.status}"
