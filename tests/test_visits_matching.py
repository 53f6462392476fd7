"""Which visit a report is about: one visitor, windows that meet."""

import pytest
from visit_samples import ledger, mention, obeyed, only, report, state


def test_a_visitor_is_one_over_titles_scripts_and_short_names() -> None:
    names = ("Modi", "PM Modi", "M. Modi", "नरेंद्र मोदी", "Narendra Modi", "Mr Modi")
    visit = only(
        ledger(
            *(
                report(f"2025-01-2{day}", mention("planned", "2025-02", visitor=name))
                for day, name in enumerate(names)
            )
        )
    )
    assert visit.visitor == "Narendra Modi"


def test_two_persons_of_one_surname_are_two_visits() -> None:
    visits = ledger(
        report("2025-01-20", mention("planned", "2025-02", visitor="Narendra Modi")),
        report("2025-01-21", mention("planned", "2025-02", visitor="Lalit Modi")),
    )
    assert len(visits) == 2


def test_a_short_name_goes_to_the_person_whose_visit_is_nearer() -> None:
    visits = ledger(
        report("2025-01-20", mention("planned", "2025-02-12", visitor="Narendra Modi")),
        report("2025-01-21", mention("planned", "2025-11-12", visitor="Lalit Modi")),
        report("2025-01-22", mention("confirmed", "2025-11-12", visitor="Modi")),
    )
    assert {visit.visitor: visit.status for visit in visits} == {
        "Narendra Modi": "planned",
        "Lalit Modi": "confirmed",
    }


def test_the_stops_of_a_tour_are_visits_of_their_own() -> None:
    stops = ("Brazil", "Argentina", "Chile")
    visits = ledger(
        report("2026-09-07", *(mention("planned", "2026-11", host=stop) for stop in stops)),
        report("2026-11-02", *(mention("cancelled", host=stop) for stop in stops[1:])),
    )
    assert {visit.host: state(visit) for visit in visits} == {
        "Brazil": ("planned", "2026-11", None),
        "Argentina": ("cancelled", "2026-11", None),
        "Chile": ("cancelled", "2026-11", None),
    }


def test_a_visit_some_months_later_is_another() -> None:
    visits = ledger(
        report("2025-02-01", mention("confirmed", "2025-02-12", "2025-02-13")),
        report("2025-02-14", mention("completed", "2025-02-12", "2025-02-13")),
        report("2025-06-01", mention("planned", "2025-09")),
    )
    assert sorted(state(visit) for visit in visits) == [
        ("completed", "2025-02-12", "2025-02-13"),
        ("planned", "2025-09", None),
    ]


def test_a_visit_agreed_at_the_end_of_another_is_another() -> None:
    visits = ledger(
        report("2025-02-01", mention("confirmed", "2025-02-12", "2025-02-13")),
        report(
            "2025-02-14",
            mention("completed", "2025-02-12", "2025-02-13"),
            mention("planned", "2025", sentence=2),
        ),
    )
    assert sorted(state(visit) for visit in visits) == [
        ("completed", "2025-02-12", "2025-02-13"),
        ("planned", "2025", None),
    ]


def test_an_undated_word_means_the_next_visit_that_is_open() -> None:
    visits = ledger(
        report("2025-01-01", mention("planned", "2025-11")),
        report("2025-01-02", mention("confirmed", "2025-03-04")),
        report("2025-01-03", mention("confirmed", "2024-12-02")),
        report("2025-02-01", mention("cancelled")),
    )
    assert {visit.dates.start: visit.status for visit in visits} == {
        "2024-12-02": "confirmed",
        "2025-03-04": "cancelled",
        "2025-11": "planned",
    }


def test_an_undated_word_on_a_visit_to_come_is_not_of_one_long_over() -> None:
    visits = ledger(
        report("2025-01-02", mention("confirmed", "2025-02-04")),
        report("2025-05-01", mention("planned")),
    )
    assert len(visits) == 2


def test_a_completed_visit_without_date_is_the_one_that_has_just_begun() -> None:
    visits = ledger(
        report("2025-01-01", mention("confirmed", "2025-02-12", "2025-02-13")),
        report("2025-01-02", mention("confirmed", "2025-06-12")),
        report("2025-02-15", mention("completed")),
    )
    assert sorted(state(visit) for visit in visits) == [
        ("completed", "2025-02-12", "2025-02-13"),
        ("confirmed", "2025-06-12", None),
    ]


@pytest.mark.parametrize("told", ["completed", "underway"])
def test_what_has_begun_never_closes_a_visit_that_is_weeks_ahead(told: str) -> None:
    visits = ledger(
        report("2025-01-01", mention("confirmed", "2025-04-12")),
        report("2025-03-20", mention(told)),
    )
    assert {state(visit) for visit in visits} == {
        (told, None, None),
        ("confirmed", "2025-04-12", None),
    }


def test_a_completed_visit_takes_the_dates_that_a_later_article_tells() -> None:
    visit = only(
        ledger(
            report("2025-02-15", mention("completed")),
            report("2025-02-17", mention("completed", "2025-02-10", "2025-02-12")),
            report("2025-02-19", mention("completed")),
        )
    )
    assert state(visit) == ("completed", "2025-02-10", "2025-02-12")


def test_an_invitation_waits_for_its_date() -> None:
    visit = only(
        ledger(
            report("2025-01-01", mention("possible")),
            report("2025-08-01", mention("confirmed", "2025-09-12")),
        )
    )
    assert state(visit) == ("confirmed", "2025-09-12", None)


def test_an_idea_that_slips_by_some_weeks_is_the_same_visit() -> None:
    visit = only(
        ledger(
            report("2025-01-01", mention("planned", "2025-03-10")),
            report("2025-02-01", mention("planned", "2025-05")),
        )
    )
    assert len(visit.history) == 2


def test_two_visits_told_in_one_article_stay_two() -> None:
    visits = ledger(
        report("2025-01-01", mention("planned", "2025-03")),
        report("2025-01-09", mention("planned", "2025-03-10"), mention("planned", "2025-04-02")),
    )
    assert sorted(str(visit.dates.start) for visit in visits) == ["2025-03-10", "2025-04-02"]


def test_one_article_has_one_word_on_a_visit_its_surest_state_with_its_finest_date() -> None:
    visit = only(
        ledger(
            report(
                "2025-02-13T18:00+00:00",
                mention("planned", "2025-02", sentence=1, quote="He may come in February."),
                mention("confirmed", "2025-02-12", "2025-02-13", sentence=4, quote="12 and 13."),
                mention("underway", sentence=2, quote="He has arrived."),
            )
        )
    )
    assert state(visit) == ("underway", "2025-02-12", "2025-02-13")
    (step,) = visit.history
    assert (step.quote, [more.quote for more in step.more]) == ("He has arrived.", ["12 and 13."])


def test_what_has_begun_takes_no_date_of_a_later_visit_in_its_article() -> None:
    visits = ledger(
        report("2025-02-13", mention("underway"), mention("confirmed", "2025-11-03", sentence=2))
    )
    assert sorted(state(visit) for visit in visits) == [
        ("confirmed", "2025-11-03", None),
        ("underway", None, None),
    ]


def test_an_article_that_puts_a_visit_off_does_not_also_announce_the_old_date() -> None:
    visit = only(
        ledger(
            report("2025-03-01", mention("confirmed", "2025-04-14", "2025-04-17")),
            report(
                "2025-04-11",
                mention("planned", "2025-04-14", sentence=1),
                mention("postponed", "2025-06", sentence=2),
            ),
        )
    )
    assert state(visit) == ("postponed", "2025-06", None)
    assert obeyed(visit) == [True, True]
