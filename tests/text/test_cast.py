"""Who is in office in an article, and whom a sentence means by a name or by an office alone."""

import pytest
from stage_samples import article

from bot.text.cast import Cast, read_cast


def cast_of(text: str, title: str = "News", language: str = "en") -> Cast:
    return read_cast(article(text, title=title, language=language))


@pytest.mark.parametrize(
    ("text", "name", "home", "language"),
    [
        ("Japanese Prime Minister Aiko Mori spoke.", "Aiko Mori", "Japan", "en"),
        ("Norway's defence minister, Gen. Per Dahl, spoke.", "Per Dahl", "Norway", "en"),
        ("King Tavo Amin of Jordan spoke.", "Tavo Amin", "Jordan", "en"),
        ("Per Dahl, the Norwegian trade minister, spoke.", "Per Dahl", "Norway", "en"),
        ("Le ministre norvégien de la Défense, Per Dahl, parle.", "Per Dahl", "Norway", "fr"),
        ("La ministra española de Defensa, Eva Gil, habló.", "Eva Gil", "Spain", "es"),
        ("फ़्रांस की रक्षा मंत्री लीना रुबेल ने कहा।", "लीना रुबेल", "France", "hi"),
    ],
)
def test_an_office_beside_a_name_gives_its_country(
    text: str, name: str, home: str, language: str
) -> None:
    people = {person.name: person.home for person in cast_of(text, language=language).people}
    assert people == {name: home}


def test_an_office_alone_means_its_one_holder_in_the_article() -> None:
    cast = cast_of("Norway's president, Per Dahl, met Peru's president, Eva Gil.")
    seen = cast.find("Peru's president will travel; the Norwegian president will not.")
    assert [one.person.name for one in seen] == ["Eva Gil", "Per Dahl"]
    assert cast.find("The president will travel.") == ()


def test_an_office_in_the_lede_belongs_to_the_only_full_name_without_one() -> None:
    cast = cast_of(
        "Norway's president intends to fly to Seoul.\n\nPer Dahl accepted an invitation last week."
    )
    (seen,) = cast.find("Norway's president intends to fly to Seoul.")
    assert (seen.person.name, seen.person.home) == ("Per Dahl", "Norway")


def test_a_holder_whom_nobody_names_bears_the_words_of_the_office() -> None:
    (seen,) = cast_of("Nothing else.").find("The Angolan foreign minister may turn up in Lusaka.")
    assert seen.person.name == "Angolan foreign minister"
    assert seen.person.home == "Angola"


@pytest.mark.parametrize(
    "text",
    [
        "Chief executive Dana Holt spoke to the minister.",
        "The Snow Wolves met the president.",
        "Ambassador Milica Peric spoke.",
        "The Ministry of Defence spoke to the president.",
    ],
)
def test_bosses_teams_ambassadors_and_ministries_hold_no_office(text: str) -> None:
    assert [person.name for person in cast_of(text).people] == []
