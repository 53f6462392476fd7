"""Scores of visits made by hand, where every figure can be counted on the fingers."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from evals.outcome_samples import (
    GOLD_MODI,
    load_gold,
    make_outcome,
    make_visit,
    misses_of,
    values_of,
)
from evaluate_samples import ARTICLES, LABELS, MODI

from bot.evals.figures import measure
from bot.evals.match import judge_fields, pair_visits, same_visit
from bot.evals.report import GOALS
from bot.evals.scores.visits import score_ledger, score_visits
from bot.model import Move, Precision, VisitDates, VisitStatus


def test_visits_are_found_under_any_name_and_their_fields_judged(tmp_path: Path) -> None:
    gold = load_gold(tmp_path)
    told = make_visit(visitor="PM Modi", host="US", status=VisitStatus.PLANNED)
    extra = make_visit(host="France")
    outcome = make_outcome(gold, {})
    outcome = replace(outcome, visits={**outcome.visits, "a3": (told, extra)})
    values = values_of(part := score_visits(gold, outcome))
    assert values["visits.recall"] == 1
    assert values["visits.precision"] == 0.5
    assert (values["visits.start"], values["visits.end"], values["visits.place"]) == (1, 1, 1)
    assert values["visits.status"] == 0
    assert [miss[:2] for miss in misses_of(part)] == [
        ("a3", "visit too many"),
        ("a3", "visit status wrong"),
    ]


def test_names_of_visits_may_be_aliases_but_not_others() -> None:
    assert same_visit(make_visit(visitor="Indian leader"), GOLD_MODI)
    assert same_visit(make_visit(host="U.S."), GOLD_MODI)
    assert not same_visit(make_visit(visitor="Vikram Misri"), GOLD_MODI)
    assert not same_visit(make_visit(host="United Kingdom"), GOLD_MODI)


def test_dates_must_agree_with_their_precision_unless_they_are_approximate() -> None:
    near = make_visit(dates=VisitDates("2025-02-14", None, Precision.DAY))
    assert judge_fields(near, GOLD_MODI) == {
        "start": False,
        "end": False,
        "status": True,
        "place": True,
    }
    loose = replace(GOLD_MODI, approx=True, end=None)
    assert judge_fields(near, loose)["start"]
    month = make_visit(dates=VisitDates("2025-02", None, Precision.MONTH))
    assert not judge_fields(month, loose)["start"]
    one_day = make_visit(dates=VisitDates("2025-02-12", "2025-02-12", Precision.DAY))
    assert judge_fields(one_day, replace(GOLD_MODI, end=None))["end"]


def test_two_trips_of_the_same_people_are_paired_by_what_fits_best() -> None:
    later = replace(GOLD_MODI, start="2025-09-01", end=None)
    told = [make_visit(dates=VisitDates("2025-09-01", None, Precision.DAY)), make_visit()]
    pairs, extra, missed = pair_visits(told, [GOLD_MODI, later])
    assert [gold for _, gold in sorted(pairs, key=lambda p: str(p[0].dates.start))] == [
        GOLD_MODI,
        later,
    ]
    assert (extra, missed) == ([], [])


def test_the_ledger_is_scored_by_its_visits(tmp_path: Path) -> None:
    ledger = [{**MODI, "status": "completed"}, {**MODI, "host": "France", "visit_key": "x"}]
    gold = load_gold(tmp_path, ledger=ledger)
    outcome = make_outcome(gold, {}, ledger=(make_visit(),))
    values = values_of(score_ledger(gold, outcome))
    assert (values["ledger.precision"], values["ledger.recall"]) == (1, 0.5)
    assert values["ledger.status"] == 0
    assert score_ledger(load_gold(tmp_path / "x"), outcome).skipped == "no ledger.jsonl"


POSSIBLE = {**MODI, "status": "possible", "start": None, "end": None, "precision": "unknown"}
LATER = {**MODI, "host": "France", "visit_key": "modi-france"}


def _make_move(article_id: int, status: VisitStatus) -> Move:
    return Move(
        at=datetime(2025, 2, 7, tzinfo=UTC),
        status=status,
        dates=VisitDates(),
        article_id=article_id,
        article_url="https://gazette.example/a3",
        outlet="Gazette",
        title="A title",
        sentence=1,
        quote="A quote.",
    )


@pytest.mark.parametrize(
    ("told", "count"),
    [
        (VisitStatus.POSSIBLE, 0),
        (VisitStatus.PLANNED, 0),
        (VisitStatus.CANCELLED, 0),
        (VisitStatus.CONFIRMED, 1),
        (VisitStatus.UNDERWAY, 1),
        (VisitStatus.COMPLETED, 1),
    ],
)
def test_a_possible_visit_that_is_shown_as_settled_is_counted(
    tmp_path: Path, told: VisitStatus, count: int
) -> None:
    labels = [{**label, "visits": [POSSIBLE] if label["visits"] else []} for label in LABELS]
    gold = load_gold(tmp_path, labels=labels, ledger=[POSSIBLE])
    visit = make_visit(status=told)
    outcome = make_outcome(gold, {}, ledger=(visit,))
    outcome = replace(outcome, visits={**outcome.visits, "a3": (visit,)})
    for name, part in (
        ("visits", score_visits(gold, outcome)),
        ("ledger", score_ledger(gold, outcome)),
    ):
        (tally,) = (one for one in part.tallies if one.name == f"{name}.settled")
        figure = measure(tally, 1, GOALS[tally.name])
        assert (figure.value, figure.n, figure.goal) == (count, 1, 0)
        assert figure.is_met is (count == 0)
        assert (figure.low, figure.high) == (None, None)


def test_a_planned_visit_that_is_shown_as_settled_is_a_wrong_status_only(tmp_path: Path) -> None:
    gold = load_gold(tmp_path, ledger=[{**MODI, "status": "planned"}])
    values = values_of(score_ledger(gold, make_outcome(gold, {}, ledger=(make_visit(),))))
    assert (values["ledger.settled"], values["ledger.status"]) == (None, 0)


def test_a_final_state_is_right_by_its_dates_and_status_alone(tmp_path: Path) -> None:
    gold = load_gold(tmp_path, ledger=[MODI, LATER])
    cases = (
        (make_visit(place=None, dates=VisitDates("2025-02-12", None, Precision.DAY)), 0.5),
        (make_visit(status=VisitStatus.PLANNED), 0),
        (make_visit(dates=VisitDates("2025-02", None, Precision.MONTH)), 0),
        (make_visit(visitor="Vikram Misri"), 0),
    )
    for visit, share in cases:
        values = values_of(score_ledger(gold, make_outcome(gold, {}, ledger=(visit,))))
        assert values["ledger.right"] == share, visit


def test_a_visit_too_many_is_no_wrong_final_state(tmp_path: Path) -> None:
    gold = load_gold(tmp_path, ledger=[MODI])
    outcome = make_outcome(gold, {}, ledger=(make_visit(), make_visit(host="Iceland")))
    values = values_of(score_ledger(gold, outcome))
    assert (values["ledger.right"], values["ledger.precision"]) == (1, 0.5)


def test_steps_are_found_by_article_and_status_a_copy_standing_for_its_original(
    tmp_path: Path,
) -> None:
    steps = [("a2", "possible"), ("a3", "confirmed"), ("a4", "completed")]
    history = [{"article": ref, "status": status} for ref, status in steps]
    gold = load_gold(tmp_path, ledger=[{**MODI, "history": history}, {**LATER, "history": history}])
    moves = (_make_move(1, VisitStatus.POSSIBLE), _make_move(3, VisitStatus.CONFIRMED))
    moves += (_make_move(4, VisitStatus.CANCELLED),)
    outcome = make_outcome(gold, {}, ledger=(make_visit(history=moves),))
    (tally,) = (t for t in score_ledger(gold, outcome).tallies if t.name == "ledger.steps")
    assert (measure(tally, 1).value, tally.n, tally.unit) == (pytest.approx(2 / 6), 6, "step")


def test_each_language_that_tells_of_visits_has_its_own_f1(tmp_path: Path) -> None:
    languages = {"a3": "hi", "a5": "fr"}
    articles = [{**a, "lang": languages.get(a["id"], "en")} for a in ARTICLES]
    labels = [{**lab, "visits": [MODI] if lab["id"] in ("a1", "a3") else []} for lab in LABELS]
    gold = load_gold(tmp_path, articles=articles, labels=labels)
    outcome = make_outcome(gold, {})
    outcome = replace(outcome, visits={**outcome.visits, "a3": (make_visit(),)})
    values = values_of(score_visits(gold, outcome))
    assert {k: v for k, v in values.items() if k.startswith("visits.f1")} == {
        "visits.f1": pytest.approx(2 / 3),
        "visits.f1.en": 0,
        "visits.f1.hi": 1,
    }


def test_a_set_in_one_language_has_no_row_for_it(tmp_path: Path) -> None:
    gold = load_gold(tmp_path)
    values = values_of(score_visits(gold, make_outcome(gold, {})))
    assert [name for name in values if name.startswith("visits.f1")] == ["visits.f1"]
