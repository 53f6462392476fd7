"""A whole article: what its sentences say together of each visit, and what is none."""

import random

import pytest
from stage_samples import TOPICS, article

from bot.extract import ground_draft
from bot.llm.extractive import draft_article
from bot.llm.mentions import find_visits
from bot.model import Draft, DraftVisit, VisitStatus

BASE = "President Ana Ruiz of Talia will visit Norway"


def visit_of(text: str, title: str = "News", language: str = "en") -> DraftVisit:
    """The one visit of the article."""
    (visit,) = find_visits(article(text, title=title, language=language))
    return visit


def test_a_date_may_stand_in_a_later_sentence() -> None:
    visit = visit_of(f"{BASE}. Talks were long. The visit will begin on 12 May.")
    assert (visit.date_text, visit.sentences) == ("12 May", (1, 3))


def test_a_finer_date_of_the_same_time_is_taken_from_another_sentence() -> None:
    visit = visit_of(f"{BASE} in May.\n\nRuiz will be in Oslo from 12 to 14 May.")
    assert visit.date_text == "12 to 14 May"


def test_a_line_with_a_date_stands_over_the_sentences_after_it() -> None:
    visit = visit_of(f"Diary of the week\n\nMonday 3 February\n\n{BASE}.", title="Diary")
    assert visit.date_text == "Monday 3 February"
    assert visit.sentences == (3, 2)


def test_a_heading_does_not_date_what_stands_far_below() -> None:
    filler = "\n\n".join("The rain fell again over the quiet northern harbour." for _ in range(8))
    assert visit_of(f"Monday 3 February\n\n{filler}\n\n{BASE}.").date_text == ""


def test_that_a_visit_is_off_counts_from_any_sentence() -> None:
    visit = visit_of(f"{BASE} in May, her office said. Her visit was later cancelled.")
    assert visit.status is VisitStatus.CANCELLED


def test_he_is_whom_the_sentence_before_names_first() -> None:
    visit = visit_of("Talia's president, Ana Ruiz, is ill. She will visit Norway in May.")
    assert (visit.visitor, visit.host) == ("Ana Ruiz", "Norway")


def test_a_visitor_who_goes_nowhere_goes_to_the_place_of_the_headline() -> None:
    visit = visit_of(
        "Talia's president, Ana Ruiz, arrives on Sunday. Norway expects much of it.",
        title="Ruiz trip to Norway nears",
    )
    assert (visit.visitor, visit.host) == ("Ana Ruiz", "Norway")
    assert set(visit.sentences) == {1, 2}, "the second names the place"


def test_the_dateline_is_the_place_that_the_text_speaks_from() -> None:
    visit = visit_of(
        "JEDDAH — Talia's president, Ana Ruiz, lands in the port city on Sunday. Saudi Arabia "
        "has swept its roads."
    )
    assert (visit.host, visit.place) == ("Saudi Arabia", "Jeddah")


@pytest.mark.parametrize(
    "text",
    [
        "Norway's prime minister, Per Lund, will visit Bergen on Monday.",
        "Le ministre français Jean Rey se rendra à Lyon lundi.",
        "El presidente de Chile, Luis Soto, viajará a Valparaíso el lunes.",
    ],
)
def test_a_trip_at_home_is_no_visit(text: str) -> None:
    assert find_visits(article(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Harbour Rovers will travel to Bergen on Sunday for the second leg.",
        "Chief executive Dana Holt will visit the Oslo plant, the company said.",
        "Ambassador Per Lund will visit Peru in May.",
        "Thousands of tourists visit France each summer.",
    ],
)
def test_teams_bosses_ambassadors_and_tourists_make_no_visit(text: str) -> None:
    assert find_visits(article(text)) == ()


def test_a_place_that_nobody_knows_and_the_text_does_not_place_is_none() -> None:
    known = "President Ana Ruiz of Talia will visit Karsk in May."
    assert find_visits(article(known, title="News")) == ()
    (visit,) = find_visits(article(f"{known} Karsk, Ledania, waits. Ledania's army is small."))
    assert (visit.host, visit.place) == ("Ledania", "Karsk")


def test_a_trip_that_was_over_long_ago_is_background() -> None:
    text = "President Ana Ruiz of Talia visited Norway on 3 March 2021."
    assert find_visits(article(text, published="2025-01-28T06:00+00:00")) == ()


def _name(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(3)).title()


def _write_names(count: int) -> str:
    chance = random.Random(1)
    people = (f"{_name(chance)} {_name(chance)}" for _ in range(count))
    return ". ".join(f"President {person} will visit Oslo on Monday" for person in people)


MODI = "प्रधानमंत्री नरेंद्र मोदी मई में जापान की यात्रा पर जाएंगे।"
HOSTILE = {
    "capitals": "A" * 40_000,
    "one name": "Oslo " * 8_000,
    "names": _write_names(500),
    "a list of names": _write_names(500).replace(".", ","),
    "a sentence without end": "President Ana Ruiz will visit Oslo and the minister " * 2_200,
    "offices": "the president of " * 10_000,
    "hyphens": "-Oslo" * 8_000,
    "Hindi fields": "विदेश " * 8_000,
    "Hindi names": "मोदी " * 2_000,
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", HOSTILE)
def test_before_a_hostile_text_a_visit_is_found_and_in_it_a_false_one_refused(name: str) -> None:
    known, host = (MODI, "Japan") if name.startswith("Hindi") else (f"{BASE} in May.", "Norway")
    found = article(f"{known}\n\n{HOSTILE[name]}", title="President Ana Ruiz to visit Oslo")
    false = DraftVisit(
        visitor="Solveig Aarnes",
        host="Kestria",
        place="Cape Storvik",
        date_text="Monday",
        status=VisitStatus.CONFIRMED,
        sentences=(2,),
    )
    told = draft_article(found, TOPICS).visits[0]
    kept = ground_draft(Draft(visits=(told, false)), found, "test", frozenset({"visits"}))
    assert [(mention.host, mention.evidence.sentence) for mention in kept.mentions] == [(host, 1)]


def test_a_dateline_is_no_heading() -> None:
    visit = visit_of(f"OSLO, 4 May (Andes Wire) -\n\n{BASE}, her office said.")
    assert visit.date_text == ""


def test_a_short_sentence_with_a_date_is_no_heading() -> None:
    assert visit_of(f"The parliament rises on Friday.\n\n{BASE}.").date_text == ""


def test_who_is_there_under_the_heading_of_a_day_to_come_will_be_there() -> None:
    visit = visit_of("Wednesday 1 April 2026\n\nPresident Ana Ruiz of Talia is in Oslo.")
    assert (visit.status, visit.date_text) == (VisitStatus.CONFIRMED, "Wednesday 1 April 2026")


def test_what_is_put_off_takes_its_new_date_from_the_next_sentence() -> None:
    text = "Talia's premier, Ana Ruiz, put off a visit to Norway. Ruiz will now go to Oslo in June."
    visit = visit_of(text)
    assert (visit.status, visit.date_text) == (VisitStatus.POSTPONED, "June")


def test_what_is_called_off_keeps_the_date_that_the_next_sentence_tells() -> None:
    text = (
        "President Ana Ruiz of Talia has cancelled a visit to Norway. The visit was due on 9 May."
    )
    visit = visit_of(text)
    assert (visit.status, visit.date_text) == (VisitStatus.CANCELLED, "9 May")


def test_a_trip_denied_and_then_put_off_is_put_off() -> None:
    text = "President Ana Ruiz of Talia will not visit Norway. The trip was put off to June."
    visit = visit_of(text)
    assert (visit.host, visit.status) == ("Norway", VisitStatus.POSTPONED)


def test_a_trip_that_is_denied_is_none() -> None:
    text = "President Ana Ruiz of Talia will not visit Norway. The trip was never planned."
    assert find_visits(article(text)) == ()


def test_a_date_told_before_the_place_is_the_visit_s() -> None:
    visit = visit_of("Talia's president, Ana Ruiz, arrives on 12 May. Ruiz is to visit Norway.")
    assert visit.date_text == "12 May"


def test_a_city_that_a_later_sentence_leads_to_is_the_place() -> None:
    visit = visit_of(f"{BASE} in May. In Oslo, she will open a museum.")
    assert visit.place == "Oslo"
