"""Hosts under any name: country, capital, seat, a city that an article joins to its country."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from visit_samples import ledger, mention, only, report, state

from bot.text.cities import find_city
from bot.text.names import get_country
from bot.text.spelling import is_devanagari
from bot.text.variants import same_place
from bot.visits.reports import list_reports


def test_the_host_is_one_by_country_capital_and_seat() -> None:
    visit = only(
        ledger(
            report("2025-01-28", mention("planned", "2025-02", host="Washington")),
            report("2025-02-01", mention("planned", "2025-02", host="the White House")),
            report("2025-02-07", mention("confirmed", "2025-02-12", host="United States")),
        )
    )
    assert (visit.host, visit.place) == ("United States", "Washington")
    assert len(visit.history) == 3


@pytest.mark.parametrize("place_first", [True, False])
def test_a_city_that_no_list_has_is_its_country_once_an_article_joins_them(
    place_first: bool,
) -> None:
    city = report("2025-03-01", mention("planned", "2025-05", host="Varnholm"))
    land = report(
        "2025-03-02", mention("confirmed", "2025-05-12", host="Kestria", place="Varnholm")
    )
    again = report("2025-03-09", mention("confirmed", "2025-05-12", host="Kestrie"))
    visit = only(ledger(*((city, land, again) if place_first else (again, land, city))))
    assert (visit.host, visit.place) == ("Kestria", "Varnholm")
    assert state(visit) == ("confirmed", "2025-05-12", None)


def test_an_article_on_another_visitor_joins_a_city_to_its_country() -> None:
    visits = ledger(
        report("2025-03-01", mention("planned", "2025-05", host="Varnholm")),
        report("2025-03-02", mention("confirmed", "2025-05-12", host="Kestria")),
        report(
            "2025-04-01",
            mention("possible", "2026", visitor="Karl Ossian", host="Kestria", place="Varnholm"),
        ),
    )
    assert sorted(len(visit.history) for visit in visits) == [1, 2]
    assert {visit.host for visit in visits} == {"Kestria"}


def test_a_country_that_is_once_mistaken_for_a_city_stays_a_host() -> None:
    visits = ledger(
        report("2025-03-01", mention("planned", "2025-05", host="Ledania", place="Kestria")),
        report("2025-03-02", mention("planned", "2025-05", host="Kestria", place="Varnholm")),
    )
    assert sorted(visit.host for visit in visits) == ["Kestria", "Ledania"]


def test_a_host_told_in_hindi_is_shown_in_latin_letters() -> None:
    first = report("2025-03-01", mention("planned", "2025-05", host="ज़रावन"))
    second = report("2025-03-02", mention("planned", "2025-05", host="Zaravan"))
    assert only(ledger(first, second)).host == "Zaravan"


LATIN = "kes tri a e an ian iens ese ienne n la zem mar ham mer feld o z h y ch"
PARTS = (*LATIN.split(), "केस", "ट्रिया", "हैमर", "ज़रा", "वन")
unlisted = (
    st.lists(st.sampled_from([*PARTS, " ", "the ", "los ", "l'"]), min_size=2, max_size=5)
    .map("".join)
    .filter(lambda name: name.strip() and not get_country(name) and not find_city(name))
)


@settings(max_examples=40)
@given(st.lists(unlisted, min_size=2, max_size=9, unique=True))
def test_hosts_get_the_names_that_comparing_each_with_each_would_give(hosts: list[str]) -> None:
    told = [
        report("2025-03-01", mention("planned", host=host), url=f"https://a.example/{n}")
        for n, host in enumerate(hosts)
    ]
    named = [found.mention.host for (found,) in list_reports(told)]
    plain: list[str] = []
    for host in sorted(hosts, key=is_devanagari):
        name = next((name for name in plain if same_place(name, host)), host)
        plain.append(name)
        assert named[hosts.index(host)] == name


@pytest.mark.timeout(30)
@pytest.mark.parametrize("before", ["", "Port "])
def test_two_thousand_hosts_that_no_list_has_are_all_named(before: str) -> None:
    made = random.Random(7)
    hosts = {"".join(made.choices("bdgklmnprstvaeiou", k=9)).title() for _ in range(2_000)}
    told = [
        report("2025-03-01", mention("planned", host=before + host), url=host) for host in hosts
    ]
    assert len({found.mention.host for (found,) in list_reports(told)}) > 1_900
