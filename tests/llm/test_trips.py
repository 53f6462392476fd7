"""One sentence at a time: who goes where, and what is no trip of anybody."""

import pytest
from stage_samples import article

from bot.llm.travel import Scene, is_no_news, load_words
from bot.llm.trips import find_back, find_loose, read_trips
from bot.text.cast import read_cast

PEOPLE = {
    "en": "President Ana Ruiz of Talia met Talia's minister, Otto Berg. Kestria's army left.",
    "fr": "La présidente du Pérou, Ana Ruiz, a vu le ministre norvégien Otto Berg.",
    "es": "La presidenta de Noruega, Ana Ruiz, vio al ministro alemán Otto Berg.",
    "hi": "पेरू की राष्ट्रपति अना रुइज़ ने जापान के विदेश मंत्री केन मोरी से बात की।",
}


def scene_of(text: str, language: str = "en") -> Scene:
    told = article(f"{PEOPLE[language]} {text}", title="News", language=language)
    return Scene(told, read_cast(told), load_words(language))


def trips_of(text: str, language: str = "en") -> list[tuple[str, str, str | None]]:
    """Visitor, country and city of each trip that the sentence tells."""
    trips = read_trips(text, scene_of(text, language))
    return [(trip.visitor, trip.spot.country, trip.spot.city) for trip in trips]


@pytest.mark.parametrize(
    ("text", "trip"),
    [
        ("Ana Ruiz will travel to Norway in May.", ("Ana Ruiz", "Norway", None)),
        ("Ruiz is due in Jeddah on Sunday.", ("Ana Ruiz", "Saudi Arabia", "Jeddah")),
        ("Norway awaits a visit by Ana Ruiz to Oslo.", ("Ana Ruiz", "Norway", "Oslo")),
        ("A trip of Ana Ruiz to India was put off.", ("Ana Ruiz", "India", None)),
        ("On a visit to Baku, Ana Ruiz saw the port.", ("Ana Ruiz", "Azerbaijan", "Baku")),
        ("Talia's president flies to Peru.", ("Ana Ruiz", "Peru", None)),
        ("Ruiz met Japan's premier in Tokyo.", ("Ana Ruiz", "Japan", "Tokyo")),
        ("Ruiz lands in Karsk, Kestria.", ("Ana Ruiz", "Kestria", "Karsk")),
    ],
)
def test_a_person_in_office_and_a_word_of_travel_lead_to_a_place(
    text: str, trip: tuple[str, str, str | None]
) -> None:
    assert trip in trips_of(text)


@pytest.mark.parametrize(
    ("language", "text", "trip"),
    [
        ("fr", "Ana Ruiz se rendra en Inde le 3 mai.", ("Ana Ruiz", "India", None)),
        ("fr", "La visite d'Ana Ruiz à Tokyo est prévue.", ("Ana Ruiz", "Japan", "Tokyo")),
        ("fr", "Tokyo accueillera Ana Ruiz en mai.", ("Ana Ruiz", "Japan", "Tokyo")),
        ("es", "Ana Ruiz viajará a la India el 3 de mayo.", ("Ana Ruiz", "India", None)),
        ("es", "La gira de Ana Ruiz por Japón comenzó.", ("Ana Ruiz", "Japan", None)),
        ("hi", "अना रुइज़ 3 मई को भारत की यात्रा पर आएँगी।", ("अना रुइज़", "India", None)),
        ("hi", "भारत ने अना रुइज़ को दिल्ली आने का न्योता दिया।", ("अना रुइज़", "India", "New Delhi")),
    ],
)
def test_trips_are_told_in_four_languages(
    language: str, text: str, trip: tuple[str, str, str | None]
) -> None:
    assert trip in trips_of(text, language)


@pytest.mark.parametrize(
    ("text", "trip"),
    [
        ("Norway will host Ana Ruiz in May.", ("Ana Ruiz", "Norway", None)),
        ("Ana Ruiz was welcomed in Oslo by the king.", ("Ana Ruiz", "Norway", "Oslo")),
        ("India will host the leaders of the Quad.", ("Quad leaders", "India", None)),
        ("New Delhi hosts a full India-EU summit.", ("EU leaders", "India", "New Delhi")),
    ],
)
def test_whoever_is_received_is_the_visitor(text: str, trip: tuple[str, str, str | None]) -> None:
    assert trips_of(text)[0] == trip


def test_whoever_invites_is_no_visitor() -> None:
    text = "Otto Berg will visit Oslo at the invitation of Ana Ruiz."
    assert trips_of(text) == [("Otto Berg", "Norway", "Oslo")]


def test_a_tour_is_a_trip_to_each_country() -> None:
    text = "Ana Ruiz will travel to Norway, India and then Japan."
    assert [country for _, country, _ in trips_of(text)] == ["Norway", "India", "Japan"]


def test_the_words_after_the_next_place_are_not_of_this_one() -> None:
    text = "Ana Ruiz will travel to Norway, then Japan to sign a treaty."
    norway, _ = read_trips(text, scene_of(text))
    assert text[norway.until :].startswith("Japan")


def test_people_joined_by_and_travel_together() -> None:
    text = "Ana Ruiz and Otto Berg will visit Norway."
    assert {visitor for visitor, _, _ in trips_of(text)} == {"Ana Ruiz", "Otto Berg"}


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz will not visit Norway.",
        "Ana Ruiz ruled out a visit to Norway.",
        "A letter from Ana Ruiz reached Norway.",
        "The wife of Ana Ruiz will visit Norway.",
        "Ana Ruiz will visit a port in Talia.",
        "Ana Ruiz spoke of Norwegian fish.",
        "Tourists visit Norway each summer.",
    ],
)
def test_what_is_denied_sent_or_at_home_is_no_trip(text: str) -> None:
    assert trips_of(text) == []


def test_a_visit_that_is_put_off_is_still_one() -> None:
    assert trips_of("Ana Ruiz's visit to Norway will not go ahead as planned in May.")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ana Ruiz last visited Norway as a student."),
        ("en", "Is Ana Ruiz going to Norway?"),
        ("en", "Had Ana Ruiz visited Norway, the deal would stand."),
        ("fr", "Ana Ruiz s'était rendue en Norvège l'an dernier."),
        ("es", "Ana Ruiz había viajado a Noruega el año pasado."),
        ("hi", "अना रुइज़ पिछले साल भारत आई थीं।"),
    ],
)
def test_background_questions_and_what_never_was_are_no_news(language: str, text: str) -> None:
    assert is_no_news(text, load_words(language))


def test_a_word_on_a_visit_told_before_says_whose_if_it_says_so() -> None:
    for text, visitor in (
        ("The visit was postponed.", None),
        ("Ana Ruiz arrives on Sunday.", "Ana Ruiz"),
    ):
        back = find_back(text, scene_of(text))
        assert back is not None
        assert back.visitor == visitor
    assert find_back("Exports rose.", scene_of("Exports rose.")) is None


def test_a_visitor_without_a_place_waits_for_one() -> None:
    text = "Ana Ruiz arrives on Sunday."
    loose = find_loose(text, scene_of(text))
    assert loose is not None
    assert (loose.visitor, loose.spot.country) == ("Ana Ruiz", "")
    assert find_loose("The rain arrives on Sunday.", scene_of(text)) is None
