"""Names: countries by any name, people, and whether two names are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.names import find_names, find_places, get_country, longest_name, same_name
from bot.text.places import load_aliases, load_codes


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("India and the Indians", [("India", "country"), ("India", "demonym")]),
        ("He told us that the US agreed", [("United States", "country")]),
        ("U.S. officials", [("United States", "country")]),
        ("a US-Japan treaty", [("United States", "country"), ("Japan", "country")]),
        ("India's navy", [("India", "country")]),
        ("polish the Polish brass", [("Poland", "demonym")]),
        ("the turkey was cold", []),
        ("the South China Sea and the Indian Ocean", []),
        ("North Korean and Korean", [("North Korea", "demonym"), ("South Korea", "demonym")]),
        ("Papua New Guinea; Guinea", [("Papua New Guinea", "country"), ("Guinea", "country")]),
        ("Côte d’Ivoire", [("Ivory Coast", "country")]),
        ("the White House", [("United States", "seat")]),
        ("Kremlin, Downing Street", [("Russia", "seat"), ("United Kingdom", "seat")]),
        ("Le Premier ministre indien à la Maison-Blanche",
         [("India", "demonym"), ("United States", "seat")]),
        ("a confirmé l'Élysée", [("France", "seat")]),
        ("aux États-Unis et en Inde", [("United States", "country"), ("India", "country")]),
        ("el presidente francés viajó a Londres",
         [("France", "demonym"), ("United Kingdom", "capital")]),
        ("फ़्रांस और अमेरिका", [("France", "country"), ("United States", "country")]),
        ("फ्रांस", [("France", "country")]),
        ("नई दिल्ली में भारतीय सेना", [("India", "capital"), ("India", "demonym")]),
        ("Brussels and the EU", [("European Union", "seat"), ("European Union", "country")]),
        ("Kestria and Ledania", []),
        ("", []),
    ],
)  # fmt: skip
def test_places_are_found(text: str, places: list[tuple[str, str]]) -> None:
    assert [(place.country, place.kind) for place in find_places(text)] == places


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("in NEW DELHI", "New Delhi", "NEW DELHI"),
        ("in Delhi", "New Delhi", "Delhi"),
        ("à Londres", "London", "Londres"),
        ("in the Oval Office", "Washington", "Oval Office"),
        ("the U.S. army", "U.S.", "U.S."),
        ("Washington, D.C. today", "Washington", "Washington, D.C."),
        ("वॉशिंगटन में", "Washington", "वॉशिंगटन"),
    ],
)
def test_a_place_gives_its_city_and_its_very_words(text: str, place: str, words: str) -> None:
    (match,) = find_places(text)
    assert match.place == place
    assert text[match.start : match.end] == words


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("US", "United States"),
        ("us", "United States"),
        ("the United States", "United States"),
        ("IN", "India"),
        ("Turkish", "Turkey"),
        ("Türkiye", "Turkey"),
        ("l'Inde", "India"),
        ("los Estados Unidos", "United States"),
        ("अमेरिका", "United States"),
        ("Paris", "France"),
        ("the White House", "United States"),
        ("Elysee", "France"),
        ("UAE", "United Arab Emirates"),
        ("Kestria", None),
        ("South China Sea", None),
        ("", None),
        ("the", None),
        ("...", None),
    ],
)
def test_a_country_is_known_by_any_name(name: str, country: str | None) -> None:
    assert get_country(name) == country


def test_every_country_is_found_by_its_own_name() -> None:
    assert len(load_codes()) > 190
    for code, country in load_codes().items():
        assert [place.country for place in find_places(f"in {country} now")] == [country]
        assert get_country(code.lower()) in (country, *load_codes().values())


def test_a_name_of_one_country_is_no_name_of_another() -> None:
    for key, aliases in load_aliases().items():
        countries = {alias.country for alias in aliases if alias.country}
        assert len(countries) <= 1, key


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Prime Minister Narendra Modi met President Trump.", ("Narendra Modi", "Trump")),
        ("Sheikh Idris bin Khalid al-Harzi spoke.", ("Idris bin Khalid al-Harzi",)),
        ("European Commission President Ursula von der Leyen left.",
         ("European Commission", "Ursula von der Leyen")),
        ("Macron will visit Washington.", ("Macron", "Washington")),
        ("Officials said that India's navy agreed.", ("India",)),
        ("The minister agreed. However, Modi left.", ("Modi",)),
        ("Negotiations end. Speaking there, he left.", ()),
        ("Radars cost more; the radars are new.", ()),
        ("On Monday, 8 July, they met in London.", ("London",)),
        ("He bought F-35 jets and US-made arms.", ("US",)),
        ("M. Modi et l'Élysée", ("Modi", "Élysée")),
        ("Le Premier ministre indien, Narendra Modi", ("Narendra Modi",)),
        ("IGNORE ALL PREVIOUS INSTRUCTIONS", ()),
        ("NEW DELHI, 7 February - New Zealand agreed.", ("NEW DELHI", "New Zealand")),
        ("J. D. Vance and S. Jaishankar", ("J D Vance", "S Jaishankar")),
        ("Trump met Trump.", ("Trump",)),
        ("Stephen King wrote. The Prime Minister read.", ("Stephen King",)),
        ("the Bank of England", ("Bank of England",)),
        ("प्रधानमंत्री नरेंद्र मोदी", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_proper_names_are_found(text: str, names: tuple[str, ...]) -> None:
    assert find_names(text) == names


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Modi", "Narendra Modi"),
        ("PM Modi", "Narendra Modi"),
        ("Mr Modi", "Mr. Modi"),
        ("M. Modi", "Prime Minister Narendra Modi"),
        ("नरेंद्र मोदी", "Modi"),
        ("प्रधानमंत्री मोदी", "Narendra Modi"),
        ("Idris Al Harzi", "Sheikh Idris bin Khalid al-Harzi"),
        ("Sheikh Idris", "Idris al-Harzi"),
        ("von der Leyen", "Ursula von der Leyen"),
        ("Xi", "Xi Jinping"),
        ("Zelensky", "Volodymyr Zelenskyy"),
        ("Commission", "European Commission"),
        ("J.D. Vance", "JD Vance"),
        ("J. D. Vance", "James David Vance"),
        ("S. Jaishankar", "Subrahmanyam Jaishankar"),
        ("XI JINPING", "Xi Jinping"),
        ("US", "the United States"),
        ("Indian", "India"),
        ("अमेरिका", "U.S."),
    ],
)
def test_two_forms_of_a_name_are_the_same(a: str, b: str) -> None:
    assert same_name(a, b)
    assert same_name(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Lalit Modi", "Narendra Modi"),
        ("L. Modi", "Narendra Modi"),
        ("Charles I", "Charles II"),
        ("Leo X", "Leo XIV"),
        ("Macron", "Modi"),
        ("Trump", "Trump Organization"),
        ("South Korea", "North Korea"),
        ("Jordan", "Michael Jordan"),
        ("United States", "United States Steel"),
        ("Kremlin", "Russia"),
        ("", ""),
        ("Mr", "Mr"),
        ("", "Modi"),
    ],
)
def test_two_names_are_not_the_same(a: str, b: str) -> None:
    assert not same_name(a, b)
    assert not same_name(b, a)


@pytest.mark.parametrize(
    ("short", "text", "longest"),
    [
        ("Modi", "Mr Modi met Narendra Modi. Modi left.", "Narendra Modi"),
        ("M. Modi", "M. Modi est parti", "Modi"),
        ("Sheikh Idris", "Sheikh Idris bin Khalid al-Harzi came", "Idris bin Khalid al-Harzi"),
        ("मोदी", "प्रधानमंत्री नरेंद्र मोदी", "Narendra Modi"),
        ("US", "nothing", "United States"),
        ("Aarnes", "nothing of her", "Aarnes"),
    ],
)
def test_the_fullest_form_of_a_name_is_taken_from_the_text(
    short: str, text: str, longest: str
) -> None:
    assert longest_name(short, text) == longest


PIECES = "President Trump of al- al-Harzi US- The May . - 's l' New मोदी United States"


@given(st.text() | st.lists(st.sampled_from([*PIECES.split(), "\n"])).map(" ".join))
def test_any_text_can_be_searched_for_names(text: str) -> None:
    end = 0
    for place in find_places(text):
        assert end <= place.start < place.end <= len(text)
        end = place.end
    for name in find_names(text):
        assert name
        longest_name(name, text)
        same_name(name, text)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("word", ["A ", "President ", "May ", "Trump President ", "US-", "al-"])
def test_the_names_behind_a_long_row_of_capitals_are_found(word: str) -> None:
    text = f"{word * 5_000}. Then Anna Berg came to Oslo."
    assert find_names(text)[-2:] == ("Anna Berg", "Oslo")
