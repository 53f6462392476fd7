"""Whom an article sends on a visit: companions, pronouns, offices without a name, and nobody."""

import pytest
from stage_samples import article

from bot.llm.mentions import find_visits
from bot.model import DraftVisit, VisitStatus

WHO = "Peru's president, Ana Ruiz,"
BASE = f"{WHO} will visit Norway on 12 May."


def visits_of(text: str, title: str = "News", language: str = "en") -> dict[str, DraftVisit]:
    """The visits of the article, by "visitor → host"."""
    found = find_visits(article(text, title=title, language=language))
    return {f"{visit.visitor} → {visit.host}": visit for visit in found}


def test_who_goes_with_her_goes_where_and_when_she_goes() -> None:
    visit = visits_of(f"{BASE} Foreign Minister Otto Berg travels with her.")["Otto Berg → Norway"]
    assert (visit.date_text, visit.status) == ("12 May", VisitStatus.CONFIRMED)


def test_who_goes_with_her_is_no_surer_to_go_than_she_is() -> None:
    text = "Peru's president, Ana Ruiz, may visit Norway. Minister Otto Berg will go with her."
    assert visits_of(text)["Otto Berg → Norway"].status is VisitStatus.POSSIBLE


def test_nobody_goes_along_on_a_visit_that_is_off() -> None:
    text = f"{WHO} cancelled a visit to Norway. Minister Otto Berg was to go with her."
    assert list(visits_of(text)) == ["Ana Ruiz → Norway"]


def test_who_accompanies_somebody_goes_there_too() -> None:
    text = "Peru's minister, Luis Soto, will accompany President Ana Ruiz to Norway on 12 March."
    assert set(visits_of(text)) == {"Luis Soto → Norway", "Ana Ruiz → Norway"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "{} Norway's prime minister, Per Lund, will receive her in Oslo on 12 May."),
        ("es", "{} Después seguirá hacia Oslo, donde la recibirá el primer ministro, Per Lund."),
    ],
)
def test_who_is_received_is_whom_the_text_spoke_of(language: str, text: str) -> None:
    first = {
        "en": "Peru's president, Ana Ruiz, arrived in Chile.",
        "es": "La presidenta del Perú, Ana Ruiz, viajará a Chile.",
    }
    found = visits_of(text.format(first[language]), language=language)
    assert set(found) == {"Ana Ruiz → Chile", "Ana Ruiz → Norway"}


def test_he_is_not_whom_somebody_only_meets() -> None:
    text = f"{BASE} She will meet Norway's premier, Per Lund. Then she will fly to India."
    assert "Ana Ruiz → India" in visits_of(text)


def test_her_predecessor_is_not_she() -> None:
    text = f"{BASE} Her predecessor called off a trip to India."
    assert list(visits_of(text)) == ["Ana Ruiz → Norway"]


@pytest.mark.parametrize("office", ["leader", "head of government", "president"])
def test_an_office_without_a_name_is_whom_the_article_names(office: str) -> None:
    found = visits_of(f"{BASE} The Peruvian {office} will go to Bergen on Friday. Norway waits.")
    assert list(found) == ["Ana Ruiz → Norway"]


def test_another_office_of_the_country_is_another_visitor() -> None:
    found = visits_of(f"{BASE} The Peruvian trade minister will go to Bergen, Norway.")
    assert len(found) == 2


@pytest.mark.parametrize(
    "text",
    [
        "It is the first state visit to Mexico by a Peruvian leader in a decade.",
        "The former Peruvian president flew to Mexico.",
        "The federation's president, Otto Berg, will go to Mexico. Peru's president sleeps.",
        "Ana Ruiz, the president, spoke before she left Oslo.",
    ],
)
def test_a_holder_of_no_office_of_now_visits_nobody(text: str) -> None:
    assert visits_of(text) == {}


def test_a_minister_for_foreign_affairs_is_called_by_his_name() -> None:
    text = "Peru's Minister for Foreign Affairs Luis Soto Vega will visit Norway."
    assert list(visits_of(text)) == ["Luis Soto Vega → Norway"]


def test_who_goes_to_a_summit_does_not_send_its_group() -> None:
    text = "Peru's president, Ana Ruiz, will attend the Quad summit in Oslo, Norway."
    assert list(visits_of(text)) == ["Ana Ruiz → Norway"]


def test_the_pope_has_a_home_and_other_names() -> None:
    text = (
        "Pope Pius XIV spoke. The pontiff will fly to Lima on 4 May. He returns to Rome on 9 May."
    )
    assert list(visits_of(text)) == ["Pius XIV → Peru"]


@pytest.mark.parametrize(
    "text",
    [
        "Peru's president, Ana Ruiz, said she would go to Chile rather than to Norway.",
        "Peru's president, Ana Ruiz, told reporters in Oslo that she would go to Chile.",
        "Peru's president, Ana Ruiz, will visit Chile, which sends to Norway all its copper.",
        "Norway waits. A visit to Chile by Peru's president, Ana Ruiz, is planned.",
    ],
)
def test_a_place_that_is_only_spoken_of_is_no_destination(text: str) -> None:
    assert list(visits_of(text)) == ["Ana Ruiz → Chile"]


def test_a_trip_through_the_towns_of_the_text_s_own_country_is_none() -> None:
    text = "The interior minister, Otto Berg, spent Monday in Garissa. Somalia is near, in Kenya."
    assert visits_of(text) == {}


def test_stops_may_each_have_a_date_in_a_list() -> None:
    text = f"{WHO} flies to Oslo on Monday, Tallinn on Tuesday and Riga on Friday."
    assert set(visits_of(text)) == {
        "Ana Ruiz → Norway",
        "Ana Ruiz → Estonia",
        "Ana Ruiz → Latvia",
    }


def test_the_republic_of_a_place_is_the_place() -> None:
    text = "La presidenta Ana Ruiz realizará un Viaje de Estado a la República del Paraguay."
    assert list(visits_of(text, language="es")) == ["Ana Ruiz → Paraguay"]


def test_whoever_meets_somebody_on_his_visit_visits() -> None:
    text = (
        "Minister Otto Berg met President Ana Ruiz in Lima, on the second day of his visit to Peru."
    )
    assert "Otto Berg → Peru" in visits_of(text)


def test_what_was_over_long_ago_is_background() -> None:
    text = "Peru's minister, Otto Berg, spent a day in Oslo last month."
    assert visits_of(text) == {}
