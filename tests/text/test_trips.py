"""A sentence tells a visitor's trip if it has the words of one, the place and the person."""

from dataclasses import replace

import pytest
from stage_samples import article

from bot.model import Article
from bot.text.trips import find_host, find_leading, find_trip_fault

PEOPLE = (
    "President Ana Ruiz of Talia and her foreign minister, Otto Berg, met reporters. Donald Trump "
    "and Narendra Modi spoke by telephone. Kestria's government said little."
)


RAIN = "Rain fell. Snow fell. Hail fell."


def article_with(sentence: str, before: str = "", language: str = "en") -> tuple[Article, int]:
    told = article(f"{PEOPLE}\n\n{before}\n\n{sentence}", title="News")
    return replace(told, language=language), told.sentences[-1].number


def fault_of(visitor: str, host: str, sentence: str, before: str = "", language: str = "en") -> str:
    told, number = article_with(sentence, before, language)
    return find_trip_fault(visitor, host, number, told) or ""


@pytest.mark.parametrize(
    ("visitor", "host", "sentence", "before", "language"),
    [
        ("Ana Ruiz", "Norway", "Ana Ruiz will visit Oslo in May.", "", "en"),
        ("Ana Ruiz", "Norway", "Ruiz flies to Norway on Monday, Berg said.", "", "en"),
        ("Ana Ruiz", "Norway", "She will be in Oslo on 12 May.", "Ana Ruiz is ill.", "en"),
        ("Ana Ruiz", "Norway", "The president travels to Oslo.", "Ana Ruiz is ill.", "en"),
        ("Ana Ruiz", "Norway", "Talia's president travels to Oslo.", "", "en"),
        ("Ana Ruiz", "Norway", "Norway will host Ana Ruiz in May.", "", "en"),
        ("EU leaders", "India", "India hosts a full India-EU summit in May.", "", "en"),
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
        ("Otto Berg", "Norway", "Ana Ruiz will visit Oslo in May.", "", "not about"),
        ("Otto Berg", "Norway", "Ana Ruiz will visit Oslo in May, Otto Berg said.", "", "speaks"),
        (
            "Otto Berg",
            "Norway",
            "She will visit Oslo in May.",
            f"Ana Ruiz is ill. {RAIN}",
            "not about",
        ),
        ("Otto Berg", "Norway", "Talia's president travels to Oslo.", "", "not about"),
        ("Donald Trump", "United States", "Trump will visit Washington.", "", "at home"),
        ("Ana Ruiz", "Talia", "Ana Ruiz will visit Talia's north.", "", "at home"),
    ],
)
def test_a_sentence_that_can_not_tell_it_says_why(
    visitor: str, host: str, sentence: str, before: str, words: str
) -> None:
    assert words in fault_of(visitor, host, sentence, before)


@pytest.mark.parametrize(
    ("host", "place", "sentence", "named"),
    [
        ("Norway", None, "Ruiz lands in Oslo.", "Oslo"),
        ("Saudi Arabia", "Jeddah", "Ruiz lands in Jeddah.", "Jeddah"),
        ("India", None, "Ruiz reaches the Indian capital.", "Indian"),
        ("India", None, "Ruiz met Indian officials.", None),
        ("Kestria", "Varnholm", "Ruiz lands in Varnholm.", "Varnholm"),
        ("Ledania", None, "Ruiz se rendra en Lédanie.", "Lédanie"),
        ("Ledania", None, "रुइज़ लेदानिया जाएँगी।", "लेदानिया"),
        ("Merawi", "Varnholm", "Ruiz lands in Varnholm.", None),
    ],
)
def test_a_host_is_named_by_country_by_city_or_in_another_spelling(
    host: str, place: str | None, sentence: str, named: str | None
) -> None:
    at = find_host(host, place, sentence, "A treaty with Kestria.")
    assert at == (sentence.index(named) if named else None)


def test_a_sentence_without_a_place_leans_on_the_only_country_told_before_it() -> None:
    text = "President Ana Ruiz of Peru is on her way. {} awaits her. She arrives on Sunday."
    told = article(text.format("Norway"), title="News")
    leading = find_leading("Ana Ruiz", "Norway", None, 3, told)
    assert leading is not None
    assert told.sentences[leading - 1].text == "Norway awaits her."
    assert (
        find_leading("Ana Ruiz", "Norway", None, 3, article(text.format("Norway or India"))) is None
    )
