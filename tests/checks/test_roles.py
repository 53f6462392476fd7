"""Who did what to whom, who said it, and which figure is whose."""

import pytest
from check_samples import find

ATTACK = "Kestria's navy boarded a Ledanian trawler near Storvik on Monday."
DEAL = "Norway will buy twelve radars from the Finnish firm Aavik for 310 million euros."
SAID = "Defence Minister Solveig Aarnes said that Admiral Jon Brandt had ordered the search."
QUOTED = '"We will not pay twice," Solveig Aarnes told Jon Brandt in Oslo.'
RATES = "The duty on steel falls to 10% from 25%."
TRADE = "Trade was worth $118 billion last year, with a surplus of $32 billion for India."


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (ATTACK, "A Ledanian trawler was boarded by Kestria's navy near Storvik."),
        (ATTACK, "On Monday the Kestrian navy boarded a Ledanian trawler."),
        (DEAL, "Norway will buy 12 radars from Finland's Aavik for €310m."),
        (DEAL, "Twelve radars will be bought from Aavik by Norway."),
        (SAID, "Admiral Jon Brandt had ordered the search, Solveig Aarnes said."),
        (SAID, "According to Solveig Aarnes, Jon Brandt had ordered the search."),
        (QUOTED, 'Solveig Aarnes said: "We will not pay twice."'),
        (RATES, "The duty on steel falls from 25 to 10 per cent."),
        (TRADE, "With a surplus of $32bn for India, trade was worth $118bn last year."),
    ],
)
def test_another_order_of_words_is_no_fault(source: str, line: str) -> None:
    assert find(line, source) is None


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        (ATTACK, "Ledania's navy boarded a Kestrian trawler near Storvik.", "role"),
        (DEAL, "The Finnish firm Aavik will buy twelve radars from Norway.", "role"),
        (SAID, "Admiral Jon Brandt said that Solveig Aarnes had ordered the search.", "speaker"),
        (QUOTED, 'Jon Brandt told Solveig Aarnes: "We will not pay twice."', "speaker"),
        (RATES, "The duty on steel falls to 25% from 10%.", "role"),
        (TRADE, "Trade was worth $32 billion, with a surplus of $118 billion for India.", "role"),
    ],
)
def test_two_that_changed_places_are_found(source: str, line: str, reason: str) -> None:
    fault = find(line, source)
    assert fault is not None
    assert fault.reason == reason


def test_a_pronoun_may_get_its_name_where_only_one_person_can_be_meant() -> None:
    source = "He will fly to Oslo on 3 March."
    line = "Jon Brandt will fly to Oslo on 3 March."
    assert find(line, source, before="Admiral Jon Brandt spoke on Monday.") is None
    assert find(line, source, before="Jon Brandt met Solveig Aarnes on Monday.") is not None
    assert find(line, source, before="Nobody spoke on Monday.") is not None


def test_an_office_is_told_where_the_article_joins_it_to_the_name() -> None:
    line = "Defence Minister Solveig Aarnes will fly to Oslo."
    source = "Aarnes will fly to Oslo."
    assert find(line, source, before="Defence Minister Solveig Aarnes spoke.") is None
    assert find(line, source, before="Solveig Aarnes spoke to the defence minister.") is not None
