"""A sentence's values, times and names, as far as they are what it says."""

from datetime import date

import pytest

from bot.text.account import Account

ON = date(2025, 6, 10)


def read(text: str, language: str = "en") -> Account:
    return Account(text, language, ON)


@pytest.mark.parametrize(
    ("text", "language", "body"),
    [
        ("Norvane will buy it, its minister said on Monday.", "en", "Norvane will buy it"),
        ("Norvane bought 12, according to the Red Cross.", "en", "Norvane bought 12"),
        ("Norvane en achète douze, selon le préfet.", "fr", "Norvane en achète douze"),
        ("Norvane compró doce, informó el Ejército.", "es", "Norvane compró doce"),
        ("नॉर्वेन ने 12 टैंक ख़रीदे, मंत्रालय ने कहा।", "hi", "नॉर्वेन ने 12 टैंक ख़रीदे"),
        ("Two died, 12 were hurt, officials said.", "en", "Two died, 12 were hurt"),
    ],
)
def test_who_says_it_is_no_part_of_what_is_said(text: str, language: str, body: str) -> None:
    assert read(text, language).body.strip() == body


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("It bought 16 coastal radars for 410 million euros.", "en", ["#", "EUR"]),
        ("A strike killed 12 soldiers and wounded 30.", "en", ["toll 0", "toll 1"]),
        ("The death toll has risen to 19.", "en", ["toll 0"]),
        ("La frappe a fait 14 morts.", "fr", ["toll 0"]),
        ("The 2027 order took two years and began on 3 May 2025.", "en", []),
        ("Costa Almarga aplica un arancel del 15 % al aceite.", "es", ["%"]),
    ],
)
def test_amounts_and_counts_are_values_and_dates_and_stays_are_none(
    text: str, language: str, values: list[str]
) -> None:
    assert [value.unit for value in read(text, language).values] == values


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The duty falls to 40 per cent from 50 per cent.", ["", "old"]),
        ("The loan is $3.5 billion, up from $2 billion.", ["", "old"]),
        ("It bought two ships, not three ships.", ["", "old"]),
        ("The duty rises by 10 per cent.", ["by"]),
        ("The camp was hit by four rockets.", [""]),
    ],
)
def test_what_holds_no_more_and_what_is_a_step_are_told_apart(text: str, roles: list[str]) -> None:
    assert [value.role for value in read(text).values] == roles


def test_a_value_keeps_the_words_of_its_sentence() -> None:
    value, price = read("It bought twelve coastal radars for 310 million euros.").values
    assert (value.text, value.counted) == ("twelve coastal radars", ("coastal", "radar"))
    assert price.text == "310 million euros"


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("At least 12 people were killed.", "least"),
        ("Up to 60 officers will come.", "most"),
        ("Some 6,500 reservists come.", "about"),
        ("It cost nearly $2 billion.", "about"),
        ("It cost $2 billion.", ""),
    ],
)
def test_a_bound_is_known(text: str, bound: str) -> None:
    assert read(text).values[0].bound == bound


def test_words_for_every_day_mean_the_day_of_the_article() -> None:
    (time,) = read("Seven rockets hit the camp overnight.").times
    assert (time.first, time.last) == (date(2025, 6, 9), ON)


def test_the_day_on_which_it_was_said_is_no_time_of_what_is_said() -> None:
    assert read("The army needs 12 tanks, its chief said on Friday.").times == ()


def test_the_speaker_is_somebody_and_no_part_of_it() -> None:
    account = read("Norvane will buy 12 tanks, Admiral Runa Thorsby said.")
    assert "Runa Thorsby" in account.everybody
    assert "Runa Thorsby" not in account.names
    assert account.speakers == {"Runa Thorsby"}


def test_a_source_without_a_name_is_known() -> None:
    assert read("It ordered 16 radars, two people familiar with the contract said.").is_unnamed
    assert not read("It ordered 16 radars, the ministry said.").is_unnamed


def test_what_tells_a_thing_from_others_stands_beside_it() -> None:
    complements = read("India cut its steel tariff and its duty on certain wines.").complements
    assert complements["tariff"] == {"steel"}
    assert "wine" in complements["duty"] | complements.get("wine", frozenset()) | {"wine"}
    assert complements["duty"]
