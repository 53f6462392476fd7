"""A sentence tells a visitor's trip if it has the words of one, the place and the person."""

import pytest

from bot.text.trips import find_trip_fault, name_destination

CONTEXT = (
    "President Ana Ruiz of Talia and Foreign Minister Otto Berg met reporters. Donald Trump and "
    "Narendra Modi spoke by telephone. Vikram Misri is India's foreign secretary."
)


def fault_of(visitor: str, host: str, sentence: str, before: str = "", language: str = "en") -> str:
    fault = find_trip_fault(
        visitor, host, sentence, before=before, context=CONTEXT, language=language
    )
    return fault or ""


@pytest.mark.parametrize(
    ("visitor", "host", "sentence", "before", "language"),
    [
        ("Ana Ruiz", "Norway", "Ana Ruiz will visit Oslo in May.", "", "en"),
        ("Ana Ruiz", "Norway", "Ruiz flies to Norway on Monday, Berg said.", "", "en"),
        ("Ana Ruiz", "Norway", "She will be in Oslo on 12 May.", "Ana Ruiz is ill.", "en"),
        ("Ana Ruiz", "Norway", "The president travels to Oslo.", "Ana Ruiz is ill.", "en"),
        ("Ana Ruiz", "Kestria", "“I go to Kestria in May,” the president said.", "", "en"),
        ("Ana Ruiz", "Norway", "Norway will host Ana Ruiz in May.", "", "en"),
        ("EU leaders", "India", "India hosts a full India-EU summit in May.", "", "en"),
        ("Ana Ruiz", "India", "Ruiz is on a visit to the Indian capital.", "", "en"),
        ("Ana Ruiz", "Norvège", "Ana Ruiz se rendra en Norvège le 12 mai.", "", "fr"),
        ("Ana Ruiz", "Noruega", "Ana Ruiz viajará a Noruega el 12 de mayo.", "", "es"),
        ("Narendra Modi", "France", "नरेंद्र मोदी फ़्रांस की यात्रा पर जाएँगे।", "", "hi"),
    ],
)
def test_a_sentence_that_tells_the_visit_passes(
    visitor: str, host: str, sentence: str, before: str, language: str
) -> None:
    assert fault_of(visitor, host, sentence, before, language) == ""


@pytest.mark.parametrize(
    ("visitor", "host", "sentence", "before", "words"),
    [
        ("Ana Ruiz", "Norway", "Norway sold Ana Ruiz's navy 12 radars.", "", "no visit"),
        ("Ana Ruiz", "Norway", "Norwegian officials await the visit of Ana Ruiz.", "", "nobody"),
        ("Otto Berg", "Norway", "Ana Ruiz will visit Oslo in May.", "", "not about"),
        ("Otto Berg", "Norway", "Ana Ruiz will visit Oslo in May, Otto Berg said.", "", "speaks"),
        ("Otto Berg", "Norway", "She will visit Oslo in May.", "Ana Ruiz is ill.", "not about"),
        ("Donald Trump", "United States", "Trump will visit Washington.", "", "at home"),
    ],
)
def test_a_sentence_that_can_not_tell_it_says_why(
    visitor: str, host: str, sentence: str, before: str, words: str
) -> None:
    assert words in fault_of(visitor, host, sentence, before)


@pytest.mark.parametrize(
    ("host", "place", "sentence", "named"),
    [
        ("Kestria", "Varnholm", "Ruiz lands in Varnholm.", "Varnholm"),
        ("Kestria", "Varnholm", "Ruiz lands in Varnholm, Kestria.", "Kestria"),
        ("Kestria", "Varnholm", "Ruiz lands there.", "Kestria"),
        ("Kestria", "Oslo", "Ruiz lands in Oslo.", "Kestria"),
        ("Merawi", "Varnholm", "Ruiz lands in Varnholm.", "Merawi"),
        ("Kestria", None, "Ruiz lands in Varnholm.", "Kestria"),
    ],
)
def test_a_city_stands_for_the_country_that_the_article_names(
    host: str, place: str | None, sentence: str, named: str
) -> None:
    assert name_destination(host, place, sentence, "A treaty with Kestria.") == named
