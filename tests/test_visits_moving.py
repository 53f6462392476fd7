"""How reports move a visit's state: what is obeyed, and what is only kept as an alternative."""

from datetime import UTC, datetime

import pytest
from visit_samples import BY_MINISTRY, after, ledger, mention, obeyed, only, report, state, told

from bot.model import Evidence

# ---------------------------------------------------------------- up


def test_a_visit_goes_from_an_idea_to_its_end_with_every_step_cited() -> None:
    visit = only(
        ledger(
            told("2025-01-10", "possible", "2025"),
            told("2025-02-10", "planned", "2025-04"),
            told("2025-03-10", "confirmed", "2025-04-14", "2025-04-16"),
            told("2025-04-14", "underway"),
            told("2025-04-17", "completed"),
        )
    )
    assert state(visit) == ("completed", "2025-04-14", "2025-04-16")
    steps = [step.status.value for step in visit.history]
    assert steps == ["possible", "planned", "confirmed", "underway", "completed"]
    assert all(step.quote and step.article_url for step in visit.history)
    assert not visit.alternatives


def test_what_was_seen_is_not_undone_by_words_written_before() -> None:
    visit = after(
        told("2025-04-15", "underway"),
        told("2025-04-15T10:00+00:00", "confirmed", "2025-04-14", "2025-04-16"),
        told("2025-04-18", "completed"),
        told("2025-04-19", "underway"),
        told("2025-04-19T12:00+00:00", "cancelled"),
    )
    assert state(visit) == ("completed", "2025-04-14", "2025-04-16")
    assert obeyed(visit) == [True, True, True, True, True, False]


def test_a_vaguer_word_that_fits_says_nothing_otherwise() -> None:
    visit = after(told("2025-03-12", "planned", "2025-04"))
    assert state(visit) == ("confirmed", "2025-04-14", "2025-04-16")
    assert not visit.alternatives


# ---------------------------------------------------------------- less sure


@pytest.mark.parametrize(("tier", "becomes"), [(1, "possible"), (2, "confirmed"), (3, "confirmed")])
def test_only_a_better_source_makes_a_confirmed_visit_less_sure(tier: int, becomes: str) -> None:
    visit = after(told("2025-03-20", "possible", tier=tier))
    assert state(visit) == (becomes, "2025-04-14", "2025-04-16")
    assert len(visit.alternatives) == (becomes == "confirmed")


def test_a_government_may_take_back_its_own_word() -> None:
    doubt = told("2025-03-20", "possible", outlet="Ministry", tier=1)
    assert after(doubt, first=BY_MINISTRY).status == "possible"


def test_a_plan_follows_the_last_word_of_a_source_as_good() -> None:
    plan = told("2025-03-01", "planned", "2025-05", outlet="Wire")
    assert after(told("2025-03-05", "possible"), first=plan).status == "possible"
    assert after(told("2025-03-05", "possible", tier=3), first=plan).status == "planned"


def test_surety_of_another_date_makes_this_one_no_surer() -> None:
    plan = told("2025-03-01", "planned", "2025-05-02", outlet="Ministry", tier=1)
    visit = after(told("2025-03-05", "confirmed", "2025-05-09", tier=3), first=plan)
    assert state(visit) == ("planned", "2025-05-02", None)
    assert [step.dates.start for step in visit.alternatives] == ["2025-05-09"]


# ---------------------------------------------------------------- what else a visit holds


def test_a_step_knows_its_source_and_the_sentences_that_it_rests_on() -> None:
    found = mention("underway", sentence=2, quote="She has arrived.")
    dates = mention("confirmed", "2025-04-14", sentence=5, quote="It began on 14 April.")
    (step,) = only(ledger(report("2025-04-14", found, dates, tier=1))).history
    assert step.tier == 1
    assert step.more == (Evidence(5, "It began on 14 April."),)


def test_place_and_purpose_are_those_of_the_surest_report() -> None:
    visit = only(
        ledger(
            report("2025-01-01", mention("possible", place="Osaka", purpose="a fair")),
            report("2025-02-01", mention("planned", purpose="")),
            report("2025-03-01", mention("confirmed", "2025-04", place="Tokyo", purpose="to sign")),
            report("2025-03-02", mention("planned", "2025-04", place="Kyoto", purpose="tourism")),
            report("2025-04-09", mention("underway", place="Nara", purpose="a shrine")),
        )
    )
    assert (visit.place, visit.purpose) == ("Tokyo", "to sign")


@pytest.mark.parametrize(
    ("now", "dates", "is_overdue"),
    [
        ("2025-04-17T11:00+00:00", ("2025-04-14", "2025-04-16"), False),
        ("2025-04-17T13:00+00:00", ("2025-04-14", "2025-04-16"), True),
        ("2025-04-16T20:00+00:00", ("2025-04-14",), False),
        ("2025-04-17T13:00+00:00", ("2025-04-14",), True),
        ("2025-04-30T13:00+00:00", ("2025-04",), False),
        ("2025-05-02T13:00+00:00", ("2025-04",), True),
        ("2025-05-02T13:00+00:00", (), False),
    ],
)
def test_a_date_has_passed_when_its_last_possible_day_is_over_everywhere(
    now: str, dates: tuple[str, ...], is_overdue: bool
) -> None:
    moment = datetime.fromisoformat(now).astimezone(UTC)
    found = report("2025-03-01", mention("confirmed", *dates))
    assert only(ledger(found, now=moment)).is_overdue is is_overdue
