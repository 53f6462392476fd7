"""How reports move a visit's dates: finer at once, others by the better source."""

from visit_samples import after, ledger, obeyed, only, state, told


def test_finer_dates_are_taken_from_anyone_and_coarser_ones_from_no_one() -> None:
    visit = only(
        ledger(
            told("2025-01-10", "confirmed", "2025-Q2", outlet="Ministry", tier=1),
            told("2025-02-10", "confirmed", "2025-04", tier=3),
            told("2025-03-10", "confirmed", "2025-04-14", tier=3),
            told("2025-03-11", "confirmed", "2025-04-14", "2025-04-16", tier=3),
            told("2025-03-12", "confirmed", "2025-04", outlet="Ministry", tier=1),
            told("2025-03-13", "confirmed", "2025-04-15", outlet="Ministry", tier=1),
        )
    )
    assert state(visit) == ("confirmed", "2025-04-14", "2025-04-16")
    assert not visit.alternatives


def test_finer_dates_of_another_month_are_taken_by_rank_only() -> None:
    plan = told("2025-02-10", "planned", "2025-04", outlet="Ministry", tier=1)
    rumour = after(told("2025-03-01", "planned", "2025-05-12", tier=3), first=plan)
    assert state(rumour) == ("planned", "2025-04", None)
    own = after(told("2025-03-01", "planned", "2025-05-12", tier=1), first=plan)
    assert state(own) == ("planned", "2025-05-12", None)


def test_a_source_as_good_moves_the_date_and_a_weaker_one_does_not() -> None:
    assert after(told("2025-03-20", "confirmed", "2025-04-21")).dates.start == "2025-04-21"
    weak = after(told("2025-03-20", "confirmed", "2025-04-21", tier=3))
    assert weak.dates.start == "2025-04-14"
    assert [step.dates.start for step in weak.alternatives] == ["2025-04-21"]


def test_a_second_independent_source_moves_the_date() -> None:
    visit = after(
        told("2025-03-20", "confirmed", "2025-04-21", outlet="Blog", tier=3),
        told("2025-03-21", "confirmed", "2025-04-21", outlet="Letter", tier=3),
    )
    assert state(visit) == ("confirmed", "2025-04-21", None)


def test_an_unnamed_source_does_not_move_a_confirmed_date() -> None:
    visit = after(told("2025-03-20", "planned", "2025-04-21"))
    assert state(visit) == ("confirmed", "2025-04-14", "2025-04-16")
    assert obeyed(visit) == [True, False]


def test_a_new_date_is_as_sure_as_the_report_that_gives_it() -> None:
    visit = after(told("2025-03-20", "planned", "2025-04-28", tier=1))
    assert state(visit) == ("planned", "2025-04-28", None)


def test_a_visit_that_has_begun_keeps_its_dates() -> None:
    visit = after(told("2025-04-14", "underway"), told("2025-04-15", "confirmed", "2025-04-18"))
    assert state(visit) == ("underway", "2025-04-14", "2025-04-16")
    assert [step.dates.start for step in visit.alternatives] == ["2025-04-18"]
