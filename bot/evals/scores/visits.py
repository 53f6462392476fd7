"""Visits: what each article tells of, and what the ledger holds at the end."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.evals.figures import Row, Tally, f1, tally_count, tally_found, tally_share
from bot.evals.gold import EvalSet, GoldVisit
from bot.evals.match import judge_fields, pair_visits
from bot.evals.parts import Miss, Part
from bot.evals.run import Outcome
from bot.evals.scores.stories import list_gold_copies
from bot.model import SURE, Precision, Visit, VisitStatus

FIELDS = {"start": "start, precision", "end": "end", "status": "status", "place": "place"}


class _Judged(NamedTuple):
    """(right, wrong, missed), for each field (right, judged), and (settled, only possible)."""

    row: Row
    fields: dict[str, Row]
    settled: Row
    misses: tuple[Miss, ...]


def score_visits(gold: EvalSet, outcome: Outcome) -> Part:
    """Mentions: visitor and host under any of their names, each visit of an article once.

    What an article tells is what the ledger would hold if it were the only one. The fields
    are judged on the visits that were found.
    """
    judged = {
        ref: _judge(ref, outcome.visits[ref], label.visits) for ref, label in gold.labels.items()
    }
    return Part(
        name="visits",
        title="Visits told by articles",
        tallies=(*_tally("visits", list(judged.values())), *_tally_languages(gold, judged)),
        misses=tuple(miss for one in judged.values() for miss in one.misses),
    )


def score_ledger(gold: EvalSet, outcome: Outcome) -> Part:
    """The ledger after all articles, against the labelled one, visit by visit."""
    if gold.ledger is None:
        return Part(name="ledger", title="Ledger at the end", skipped="no ledger.jsonl")
    pairs, extra, missed = pair_visits(outcome.ledger, gold.ledger)
    groups: list[tuple[list[Visit], list[GoldVisit]]] = [([t], [g]) for t, g in pairs]
    groups += [([visit], []) for visit in extra]
    groups += [([], [visit]) for visit in missed]
    judged = [_judge("ledger", told, wanted) for told, wanted in groups]
    finals = [_judge_final(told, wanted) for told, wanted in groups]
    copies = {ref: group for group in list_gold_copies(gold) for ref in group}
    steps = [_count_steps(told, wanted, outcome, copies) for told, wanted in groups]
    return Part(
        name="ledger",
        title="Ledger at the end",
        tallies=(
            *_tally("ledger", judged),
            tally_share("ledger.right", "final state right", finals, unit="visit"),
            tally_share("ledger.steps", "steps found", steps, unit="step"),
        ),
        misses=tuple(miss for one in judged for miss in one.misses),
    )


def _judge(where: str, told: Sequence[Visit], wanted: Sequence[GoldVisit]) -> _Judged:
    pairs, extra, missed = pair_visits(told, wanted)
    verdicts = [(t, g, judge_fields(t, g)) for t, g in pairs]
    unsure = [t for t, g in pairs if g.status is VisitStatus.POSSIBLE]
    return _Judged(
        row=(len(pairs), len(extra), len(missed)),
        fields={
            field: (sum(verdict[field] for _, _, verdict in verdicts), len(verdicts))
            for field in FIELDS
        },
        settled=(sum(visit.status in SURE for visit in unsure), len(unsure)),
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


def _judge_final(told: Sequence[Visit], wanted: Sequence[GoldVisit]) -> Row:
    """(visits whose dates and status are right, labelled visits)."""
    verdicts = [judge_fields(visit, gold) for visit, gold in zip(told, wanted, strict=False)]
    right = sum(verdict["start"] and verdict["status"] for verdict in verdicts)
    return (right, len(wanted))


def _count_steps(
    told: Sequence[Visit],
    wanted: Sequence[GoldVisit],
    outcome: Outcome,
    copies: Mapping[str, frozenset[str]],
) -> Row:
    """(steps that the history has, labelled steps); of a copy's text the original tells it too."""
    names = outcome.names
    has = {(names.get(move.article_id), move.status) for one in told for move in one.history}
    steps = [step for gold in wanted for step in gold.history]
    found = sum(any((ref, step.status) in has for ref in copies[step.article]) for step in steps)
    return (found, len(steps))


# ---------------------------------------------------------------- tallies


def _tally(name: str, judged: Sequence[_Judged]) -> list[Tally]:
    rows = [one.row for one in judged]
    return [
        *tally_found(name, "visits", rows, n=_count_labelled(rows), unit="visit"),
        *(
            tally_share(
                f"{name}.{field}", words, [one.fields[field] for one in judged], unit="found visit"
            )
            for field, words in FIELDS.items()
        ),
        tally_count(
            f"{name}.settled",
            "possible shown as settled",
            [one.settled for one in judged],
            unit="possible visit",
        ),
    ]


def _tally_languages(gold: EvalSet, judged: Mapping[str, _Judged]) -> list[Tally]:
    """F1 of the articles of each language that tells of visits, where there are several."""
    rows: dict[str, list[Row]] = {}
    for ref, one in judged.items():
        rows.setdefault(gold.readings[ref].language, []).append(one.row)
    rows = {language: found for language, found in rows.items() if _count_labelled(found)}
    if len(rows) == 1:
        return []
    return [
        Tally(
            name=f"visits.f1.{language}",
            title=f"visits F1, {language}",
            rows=found,
            measure=f1,
            n=_count_labelled(found),
            unit="visit",
        )
        for language, found in sorted(rows.items())
    ]


def _count_labelled(rows: Sequence[Row]) -> int:
    return round(sum(right + missed for right, _, missed in rows))


# ---------------------------------------------------------------- words


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
