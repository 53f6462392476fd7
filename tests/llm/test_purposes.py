"""What a visit is for, in the sentence's own words, and nothing where it does not say."""

import json

import pytest
from llm.model_samples import VISIT, make_article, make_reply
from stage_samples import article

from bot.llm.mentions import find_visits
from bot.llm.purposes import LONGEST
from bot.llm.shapes import parse_draft

EN = "President Ana Ruiz of Talia will visit Norway"
FR = "Le Premier ministre canadien, Marc Roy, se rendra à Paris le 12 mai"
ES = "El presidente de Chile, Luis Soto, viajará a Brasil el 3 de marzo"
HI = "प्रधानमंत्री नरेंद्र मोदी 12 फरवरी को {} फ़्रांस जाएंगे।"


@pytest.mark.parametrize(
    ("language", "text", "purpose"),
    [
        (
            "en",
            f"{EN} in May for talks on fish tariffs, her office said.",
            "for talks on fish tariffs",
        ),
        ("en", f"{EN} to attend a summit on fish.", "to attend a summit on fish"),
        ("en", f"{EN} for a summit with 1,200 guests.", "for a summit with 1,200 guests"),
        ("en", f"{EN}, the ministry said, to sign a treaty.", "to sign a treaty"),
        ("fr", f"{FR} pour signer un accord, a dit son bureau.", "pour signer un accord"),
        ("fr", f"{FR} pour des entretiens avec le roi.", "pour des entretiens avec le roi"),
        ("es", f"{ES} para cerrar la venta de aviones.", "para cerrar la venta de aviones"),
        ("hi", HI.format("व्यापार वार्ता के लिए"), "व्यापार वार्ता के लिए"),
    ],
)
def test_the_words_of_what_for_stand_after_the_place_or_the_date(
    language: str, text: str, purpose: str
) -> None:
    (visit,) = (one for one in find_visits(article(text, language=language)) if one.purpose)
    assert visit.purpose == purpose


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", f"{EN} for two days."),
        ("en", f"{EN} for the first time in May."),
        ("en", f"{EN} in May, while her ministers stay at home to discuss the budget."),
        ("en", f"{EN} to attend {'a very long meeting and ' * 6}a dinner."),
        ("en", f"{EN}. Ministers flew home to discuss the budget."),
        ("fr", "Le Premier ministre canadien, Marc Roy, se rendra à Paris pour février."),
        ("hi", HI.format("दो दिन के लिए")),
    ],
)
def test_how_long_and_what_others_do_is_no_purpose(language: str, text: str) -> None:
    (visit,) = find_visits(article(text, language=language))
    assert visit.purpose == ""


def test_of_several_stops_only_the_one_that_it_is_told_of_has_it() -> None:
    visits = find_visits(article(f"{EN}, then Japan to sign a treaty."))
    assert {visit.host: visit.purpose for visit in visits} == {
        "Norway": "",
        "Japan": "to sign a treaty",
    }


def test_a_model_may_tell_what_for_and_may_leave_it_out() -> None:
    sentences = make_article("Ana Ruiz will visit Oslo for talks.").sentences
    told = parse_draft(make_reply(visits=({**VISIT, "purpose": " for  talks "},)), sentences)
    silent = parse_draft(make_reply(visits=(VISIT,)), sentences)
    endless = parse_draft(
        json.dumps({"facts": [], "visits": [{**VISIT, "purpose": "to talk " * 99}]}), sentences
    )
    assert [one.visits[0].purpose for one in (told, silent)] == ["for talks", ""]
    assert len(endless.visits[0].purpose) <= LONGEST
