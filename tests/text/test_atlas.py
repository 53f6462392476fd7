"""Which places an article names, and which unknown names it treats as countries."""

import pytest
from stage_samples import article

from bot.text.atlas import Atlas
from bot.text.cities import find_city


def atlas_of(text: str, language: str = "en") -> Atlas:
    return Atlas(article(text, title="News", language=language))


def test_countries_cities_and_peoples_are_told_apart() -> None:
    text = "Indian officials fly from Jeddah to Norway."
    spots = atlas_of(text).find(text)
    assert [(spot.country, spot.city, spot.is_people) for spot in spots] == [
        ("India", None, True),
        ("Saudi Arabia", "Jeddah", False),
        ("Norway", None, False),
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The government of Qasira spoke.", "en"),
        ("Qasira's foreign minister spoke.", "en"),
        ("Kestrian frigates left Kestria.", "en"),
        ("Une frégate kestrienne quitte la Kestrie.", "fr"),
        ("El Gobierno almargueño de Costa Almarga habló.", "es"),
        ("लेदानिया की रक्षा मंत्री ने कहा।", "hi"),
    ],
)
def test_a_name_with_a_government_or_a_people_is_a_country(text: str, language: str) -> None:
    assert len(atlas_of(text, language).realms) == 1


@pytest.mark.parametrize("text", ["The Ministry of Transport spoke.", "Bananas from Banana Inc."])
def test_a_field_or_a_thing_is_none(text: str) -> None:
    assert atlas_of(text).realms == ()


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("He lands in Karsk, Ledania. The army of Ledania waits.", "Ledania"),
        ("The Ledanian capital, Karsk, waits. Ledania's army waits.", "Ledania"),
        ("He lands in Karsk.", "Karsk"),
    ],
)
def test_an_unknown_city_lies_where_the_article_puts_it(text: str, country: str) -> None:
    assert atlas_of(text).name_country("Karsk", None) == country


@pytest.mark.parametrize(
    ("name", "country"),
    [("Le Caire", "Egypt"), ("Ginebra", "Switzerland"), ("जयपुर", "India"), ("Nowhereville", None)],
)
def test_a_city_is_known_under_the_names_of_many_tongues(name: str, country: str | None) -> None:
    city = find_city(name)
    assert (city.country if city else None) == country
