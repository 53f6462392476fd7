"""Which words of a text are cities, and how the list of them is written."""

import pytest

from bench.write_cities import SMALL, write_cities
from bot.text.cities import CityMatch, find_city, list_cities


def named(text: str) -> list[tuple[str, str]]:
    return [(text[match.start : match.end], match.city.country) for match in list_cities(text)]


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("He flew from Jeddah to Bergen.", [("Jeddah", "Saudi Arabia"), ("Bergen", "Norway")]),
        ("Il est arrivé à Genève.", [("Genève", "Switzerland")]),
        ("Voló a La Haya.", [("La Haya", "Netherlands")]),
        ("वे कोच्चि पहुँचे।", [("कोच्चि", "India")]),
        ("Bergen, then Bergen again.", [("Bergen", "Norway"), ("Bergen", "Norway")]),
    ],
)
def test_cities_stand_among_the_names_of_a_text(text: str, cities: list[tuple[str, str]]) -> None:
    assert named(text) == cities


@pytest.mark.parametrize(
    "text",
    [
        "The Union spoke of Independence and Victoria.",
        "It was a nice reading of the split.",
        "Bergenhus lies elsewhere.",
        "",
    ],
)
def test_words_that_seldom_mean_a_city_are_none(text: str) -> None:
    assert named(text) == []


def test_a_match_says_where_it_stands() -> None:
    (match,) = list_cities("To Bergen.")
    assert isinstance(match, CityMatch)
    assert (match.start, match.end) == (3, 9)


@pytest.mark.parametrize("name", ["", " ", "?!", "Qqqqville"])
def test_no_name_is_no_city(name: str) -> None:
    assert find_city(name) is None


def test_the_list_has_a_line_for_each_large_city_with_the_spellings_that_news_uses() -> None:
    def city(name: str, population: int, *others: str) -> dict[str, object]:
        return {
            "countrycode": "NO",
            "name": name,
            "population": population,
            "alternatenames": others,
        }

    cities = [
        city("Village", SMALL - 1, "Hamlet"),
        city("Town", SMALL, "Stadt", "बर्गन"),
        city("Metropolis", 1_000_000, "Großstadt", "METRO", "बर्गन", "城市"),
    ]
    assert write_cities(cities).splitlines() == [
        "NO\tMetropolis\tGroßstadt|बर्गन",
        "NO\tTown\tबर्गन",
    ]
