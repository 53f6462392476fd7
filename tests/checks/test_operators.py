"""Words that turn the meaning: what may not be left out, put in, or go alone, in four languages."""

import pytest
from check_samples import find
from stage_samples import article

from bot.checks.operators import check_operators
from bot.checks.source import Fault, Source
from bot.text.statement import Statement

LOST = [
    ("en", "Norway voted against the tariff.", "Norway voted on the tariff."),
    ("en", "Few ministers backed the deal.", "Ministers backed the deal."),
    ("en", "Nearly all of the missiles hit the port.", "All of the missiles hit the port."),
    ("en", "Norway almost bought 12 jets.", "Norway bought 12 jets."),
    ("en", "Norway is far from signing the deal.", "Norway is signing the deal."),
    ("en", "Norway averted war with Sweden.", "Norway is at war with Sweden."),
    ("en", "The lack of jets worried Norway.", "The jets worried Norway."),
    ("en", "The end of the ban on chips helped Norway.", "The ban on chips helped Norway."),
    ("en", "A mock attack on the port was held.", "An attack on the port was held."),
    ("en", "The film shows Norway attacking Sweden.", "Norway is attacking Sweden."),
    ("en", "In a novel, Ukraine attacked the port.", "Ukraine attacked the port."),
    ("en", "All goods except steel and cars face the duty.", "Steel and cars face the duty."),
    ("en", "All goods except steel and cars face the duty.", "All goods face the duty."),
    ("en", "Instead of Norway, Sweden signed the pact.", "Norway signed the pact."),
    ("en", "Former French president Anna Leduc left.", "French president Anna Leduc left."),
    ("en", "The deputy defence minister resigned.", "The defence minister resigned."),
    ("en", "The president-elect of Norway signed.", "The president of Norway signed."),
    ("en", "Jon Brandt's aide resigned over the jets.", "Jon Brandt resigned over the jets."),
    ("en", "The wife of President Jon Brandt left.", "President Jon Brandt left."),
    ("en", "Norway is the second largest buyer.", "Norway is the largest buyer."),
    ("en", "Norway will buy jets by 2030.", "Norway will buy jets in 2030."),
    ("en", "Trade is worth $4 billion a year.", "Trade is worth $4 billion."),
    ("en", "The jets cost $40 million each.", "The jets cost $40 million."),
    ("en", "Norway bought parts of the jets.", "Norway bought the jets."),
    ("en", "Norway will sell as long as Sweden votes.", "Norway will sell."),
    ("fr", "Tous les membres sauf la Norvège ont signé.", "La Norvège a signé."),
    ("fr", "La Norvège a voté contre la taxe.", "La Norvège a voté la taxe."),
    ("fr", "La Norvège a failli acheter les navires.", "La Norvège a acheté les navires."),
    ("fr", "L'ancien ministre Jean Brandt est parti.", "Le ministre Jean Brandt est parti."),
    ("es", "Todos los miembros salvo Noruega firmaron.", "Noruega firmó."),
    ("es", "Noruega evitó firmar el pacto.", "Noruega firmó el pacto."),
    ("es", "Noruega dejó de comprar buques.", "Noruega compra buques."),
    ("hi", "नॉर्वे के अलावा सभी देशों ने हस्ताक्षर किए।", "नॉर्वे ने हस्ताक्षर किए।"),
    ("hi", "नॉर्वे जहाज़ ख़रीदने से बचा।", "नॉर्वे ने जहाज़ ख़रीदे।"),
    ("hi", "पूर्व मंत्री राम शर्मा गिरफ़्तार हुए।", "मंत्री राम शर्मा गिरफ़्तार हुए।"),
]

ADDED = [
    ("en", "Some members backed the tariff.", "All members backed the tariff."),
    ("en", "The deal covers submarines.", "The deal covers only submarines."),
    ("en", "Norway is a large buyer of jets.", "Norway is the largest buyer of jets."),
    ("en", "Norway cut the tariff. Prices fell.", "Prices fell because Norway cut the tariff."),
    ("en", "Norway cut the tariff. Prices fell.", "Prices fell after Norway cut the tariff."),
    ("en", "Norway signed before Sweden voted.", "Norway signed once Sweden voted."),
    ("en", "Both frigates reached Norway.", "One of the frigates reached Norway."),
    ("fr", "Certains membres ont signé.", "Tous les membres ont signé."),
    ("fr", "La taxe baisse et les prix montent.", "Les prix montent parce que la taxe baisse."),
    ("es", "Algunos miembros firmaron.", "Todos los miembros firmaron."),
    ("es", "Noruega firmó. Suecia votó.", "Noruega firmó porque Suecia votó."),
    ("hi", "कुछ देशों ने समर्थन किया।", "सभी देशों ने समर्थन किया।"),
]

TRUE = [
    ("en", "Former minister Jon Brandt backed the pact.", "Jon Brandt backed the pact."),
    ("en", "Norway nearly signed a pact and Sweden bought jets.", "Sweden bought jets."),
    ("en", "All members, except Norway, left.", "Norway was the only member that did not leave."),
    ("en", "Instead of Norway, Sweden will host the talks.", "Sweden will host the talks."),
    ("en", "Exports fell because of a strike.", "A strike caused exports to fall."),
    ("en", "The strike pushed exports down 3%.", "Exports fell 3% because of the strike."),
    ("en", "Norway makes 400 jets a year.", "Norway makes 400 jets annually."),
    ("en", "The wife of President Jon Brandt left.", "President Jon Brandt's wife left."),
    ("en", "Nearly all members voted against it.", "Almost every member opposed it."),
    ("en", "The tariff takes effect from 1 July.", "The tariff takes effect on 1 July."),
    ("en", "Some members left; the members met in May.", "The members met in May."),
    ("en", "The talks, due to begin in May, failed.", "The talks due to begin in May failed."),
    ("fr", "Tous, sauf la Norvège, ont signé.", "La Norvège n'a pas signé."),
    ("es", "Todos, salvo Noruega, firmaron.", "Noruega no firmó."),
    ("hi", "नॉर्वे के अलावा सभी ने हस्ताक्षर किए।", "नॉर्वे ने हस्ताक्षर नहीं किए।"),
]


@pytest.mark.parametrize(("language", "source", "line"), LOST + ADDED)
def test_an_operator_lost_or_put_in_is_a_fault(language: str, source: str, line: str) -> None:
    fault = _check(language, source, line)
    assert fault is not None
    assert fault.reason == "operator"


@pytest.mark.parametrize(("language", "source", "line"), TRUE)
def test_a_phrase_may_go_with_its_operator_or_say_it_otherwise(
    language: str, source: str, line: str
) -> None:
    assert _check(language, source, line) is None


def test_what_is_left_out_is_told_in_the_words_of_the_source() -> None:
    fault = _check("en", "Norway voted against the tariff.", "Norway voted on the tariff.")
    assert fault is not None
    assert "“voted against”" in fault.detail


@pytest.mark.parametrize("line", ["", "all", "except", "against " * 500, "–'s wife", "के अलावा"])
def test_odd_texts_break_nothing(line: str) -> None:
    for language in ("en", "fr", "es", "hi", "de"):
        _check(language, "Norway voted against the tariff.", line)
        _check(language, line or "x", "Norway voted.")


def _check(language: str, source: str, line: str) -> Fault | None:
    found = article(source, language=language)
    told = Statement(source, language, found.published_on)
    return check_operators(Statement(line, language, found.published_on), Source(told, found))


def test_a_hedge_beside_a_date_is_not_lost_although_would_stays() -> None:
    source = "Speaking to reporters, Brandt said he would fly to Oslo, probably in March."
    assert find("Speaking to reporters, Brandt said he would fly to Oslo in March.", source)
    assert find("Brandt said he would probably fly to Oslo in March.", source) is None
