"""Where a text speaks of people, what belongs to a name, and whose office an office is."""

import pytest
from stage_samples import article

from bot.text.cast import Cast, read_cast
from bot.text.groups import find_group
from bot.text.occurrences import Taken, find_around, find_word


def cast_of(text: str, language: str = "en") -> Cast:
    return read_cast(article(text, title="News", language=language))


def test_a_word_is_found_whole_and_in_its_spelling() -> None:
    text = "Oslo, Oslofjord, OSLO and new-Oslo"
    assert [text[start:end] for start, end in find_word(text, "Oslo")] == ["Oslo", "Oslo"]
    assert list(find_word("मोदीजी और मोदी", "मोदी")) == [(10, 14)]
    assert list(find_around("to Oslo now", "Oslo")) == [("to ", " now")]


def test_a_part_of_a_text_is_taken_once() -> None:
    taken = Taken("abcdef")
    assert taken.take(1, 3)
    assert not taken.take(2, 5)
    assert taken.take(3, 5)


def test_the_office_before_a_name_belongs_to_it() -> None:
    text = "On Monday Norway's trade minister, Gen. Per Dahl, spoke."
    (seen,) = cast_of(text).find(text)
    assert text[seen.start : seen.end] == "trade minister, Gen. Per Dahl"


def test_words_that_keep_office_and_name_apart_do() -> None:
    text = "The president of Peru thanked Norway's minister Per Dahl."
    seen = cast_of(text).find(text)
    assert [(one.person.name, one.person.home) for one in seen] == [
        ("president of Peru", "Peru"),
        ("Per Dahl", "Norway"),
    ]


def test_the_longest_form_of_a_name_is_one_place() -> None:
    text = "President Per Dahl of Norway spoke. Dahl left; Per Dahl stayed."
    named = [text[one.start : one.end] for one in cast_of(text).find(text)]
    assert named == ["President Per Dahl", "Dahl", "Per Dahl"]


def test_a_surname_is_its_bearers_who_is_named_in_full_with_his_country() -> None:
    cast = cast_of("President Per Dahl of Talia spoke. Talia's army left. Dahl left too.")
    assert [(one.name, one.forms) for one in cast.people] == [("Per Dahl", ("Per Dahl", "Dahl"))]


def test_a_country_at_the_end_of_a_name_is_the_holders() -> None:
    (person,) = cast_of("King Tavo Amin of Jordan spoke.").people
    assert (person.name, person.home) == ("Tavo Amin", "Jordan")


def test_an_office_of_two_holders_is_nobodys() -> None:
    cast = cast_of("Norway's minister Per Dahl met Norway's minister Eva Gil.")
    assert cast.find("The minister will travel.") == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("सीमा पर निगरानी टावर लगाए जाएँगे।", "hi"),  # surveillance, no queen
        ("The Presidents' Trophy went to the Snow Wolves.", "en"),
        ("La canción Reinas del Mar sonó en Ministerial Park.", "es"),
    ],
)
def test_an_office_inside_another_word_is_none(text: str, language: str) -> None:
    cast = cast_of(text, language)
    assert (cast.people, cast.find(text)) == ((), ())


def test_a_name_in_hindi_follows_its_office() -> None:
    text = "विदेश मंत्री केन मोरी ने कहा। मोरी और प्रधानमंत्री नरेंद्र मोदी मिले।"
    cast = cast_of(text, "hi")
    assert [text[one.start : one.end] for one in cast.find(text)] == [
        "केन मोरी",
        "मोरी",
        "नरेंद्र मोदी",
    ]


@pytest.mark.parametrize(
    ("text", "host", "group"),
    [
        ("India will host the leaders of the Quad.", "India", "Quad leaders"),
        ("India will host the Quad Leaders' Summit.", "India", "Quad leaders"),
        ("A full India-EU summit is planned.", "India", "EU leaders"),
        ("Le sommet de l'Ecowas aura lieu.", "Ghana", "Ecowas leaders"),
        ("La cumbre de líderes del Mercosur empieza.", "Brazil", "Mercosur leaders"),
        ("World leaders met.", "India", None),
        ("The Norway summit was long.", "India", None),
        ("Leaders met.", "India", None),
    ],
)
def test_a_summit_is_of_a_group_but_not_of_its_host(
    text: str, host: str, group: str | None
) -> None:
    assert find_group(text, host) == group
