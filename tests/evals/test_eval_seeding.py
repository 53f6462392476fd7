"""Seeded faults: each kind, exactly; nothing of it is true, and every run makes the same."""

import json
import random
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from stage_samples import store

from bot.evals.folding import fold
from bot.evals.gold import KINDS, TrueLine
from bot.evals.lines import make_suite, render_fault
from bot.evals.seeding import amounts, citations, claims, dates, quotes, roles
from bot.evals.seeding.case import Case, Source
from bot.evals.seeding.names import Names
from bot.evals.seeding.suite import ENOUGH, PER_KIND, make_faults
from bot.evals.sets import load_sets

RADAR = (
    "Kestria will buy twelve coastal radars from Hammerfeld Systems for 310 million euros, "
    "Defence Minister Solveig Aarnes announced on Monday."
)
DRONES = "Ledania's Defence Minister Bohdan Reiss said on Friday that Talon Avionics had won."


def make_source(ref: str, *sentences: str, language: str = "en", story: str = "") -> Source:
    return Source(
        ref=ref,
        language=language,
        title="",
        text=" ".join(sentences),
        story=story or ref,
        sentences=sentences,
        key_sentences=tuple((sentence, "defence") for sentence in sentences),
    )


OTHER = make_source("b", DRONES)


def make_case(
    text: str, evidence: str, *more: str, language: str = "en", others: Iterable[Source] = ()
) -> Case:
    """A line that cites ``evidence``, in an article that goes on with ``more``."""
    source = make_source("a", evidence, *more, language=language)
    line = TrueLine(article="a", tag="defence", text=text, quotes=(evidence,))
    return Case(line, source, (source, *others), random.Random(1))


def names_of(case: Case) -> Names:
    return Names(case.language, case.sources)


SHORT = RADAR.replace("310 million euros", "€310m").replace(" on Monday", "")


def test_a_number_is_one_that_the_evidence_does_not_have() -> None:
    assert list(amounts.change_figures(make_case(SHORT, RADAR))) == [
        SHORT.replace("310", "410"),
        SHORT.replace("twelve", "six"),
    ]


def test_two_figures_change_places_or_one_is_taken_from_the_evidence() -> None:
    evidence = "Duty on bikes falls to 40 per cent from 50 per cent."
    made = list(amounts.change_figures(make_case("Duty falls to 40% from 50%.", evidence)))
    assert "Duty falls to 50% from 40%." in made
    made = list(amounts.change_figures(make_case("Duty falls to 40 per cent.", evidence)))
    assert "Duty falls to 50 per cent." in made


@pytest.mark.parametrize(
    ("hedge", "made"),
    [("more than", "50"), ("up to", "30"), ("about", "50"), ("between 40 and", "")],
)
def test_a_hedged_number_is_changed_where_that_is_surely_false(hedge: str, made: str) -> None:
    text = f"The yard employs {hedge} 40 people."
    found = [re.findall(r"\d+", line)[-1] for line in amounts.change_figures(make_case(text, text))]
    assert made in found or not made
    if hedge == "more than":
        assert all(int(number) > 40 for number in found)
    if hedge == "up to":
        assert all(int(number) < 40 for number in found)


def test_a_year_a_date_and_a_name_with_a_figure_are_no_amounts() -> None:
    text = "The F-35 came to Base 7b on 12 February 2025, and again on the 13th and May 14."
    assert not [line for line in amounts.change_figures(make_case(text, text)) if "Base 7" in line]
    assert amounts.list_figures(make_case(text, text)) == []


def test_a_unit_is_one_that_the_evidence_does_not_have() -> None:
    assert list(amounts.change_units(make_case(SHORT, RADAR))) == [
        SHORT.replace("€310m", "€310bn"),
        SHORT.replace("€310m", "$310m"),
    ]
    both = "The deal is worth 410 million euros, or 410 million dollars."
    made = list(amounts.change_units(make_case("It is worth 410 million euros.", both)))
    assert made == ["It is worth 410 billion euros."]


def test_a_date_is_another_day_month_year_or_weekday() -> None:
    text = "Modi will be in Paris on Monday, 12 February 2025."
    assert list(dates.change_dates(make_case(text, text))) == [
        text.replace("February", "March"),
        text.replace("Monday", "Tuesday"),
        text.replace("12", "13"),
        text.replace("2025", "2026"),
    ]


def test_a_range_keeps_its_order_and_a_relative_date_turns_round() -> None:
    text = "He is there from 10 to 12 February."
    assert text.replace("12", "13") in list(dates.change_dates(make_case(text, text)))
    text = "He comes next week."
    assert list(dates.change_dates(make_case(text, text))) == ["He comes last week."]


def test_may_is_a_month_only_where_one_can_stand() -> None:
    text = "They may march in May."
    assert list(dates.change_dates(make_case(text, text))) == ["They may march in June."]


def test_a_french_month_keeps_its_preposition() -> None:
    text = "La visite est prévue début avril."
    (made,) = dates.change_dates(make_case(text, text, language="fr"))
    assert made == "La visite est prévue début mai."
    text = "Elle est là à partir de septembre."
    (made,) = dates.change_dates(make_case(text, text, language="fr"))
    assert made == "Elle est là à partir de novembre."


def test_a_name_is_another_one_of_its_kind() -> None:
    case = make_case(SHORT, RADAR, others=[OTHER])
    made = list(roles.swap_name(case, names_of(case)))
    for old, new in (
        ("Kestria", "Ledania"),
        ("Hammerfeld Systems", "Talon Avionics"),
        ("Solveig Aarnes", "Bohdan Reiss"),
    ):
        assert SHORT.replace(old, new) in made
    assert not any("Kestria" not in line and "Hammerfeld" not in line for line in made)


def test_a_name_of_the_evidence_may_take_the_role_of_another() -> None:
    evidence = "Trump told Modi that Canada must pay; later Donald Trump said Narendra Modi agreed."
    sources = [make_source("b", "President Donald Trump and Prime Minister Narendra Modi spoke.")]
    case = make_case("Canada must pay.", evidence, others=sources)
    assert not any("Modi" in line for line in roles.swap_name(case, names_of(case)))
    case = make_case("Trump says that Canada must pay.", evidence, others=sources)
    assert "Modi says that Canada must pay." in list(roles.swap_name(case, names_of(case)))


def test_a_country_before_a_noun_and_a_name_in_a_list_stay() -> None:
    text = "The Merawi minister came."
    case = make_case(text, text)
    assert list(roles.swap_name(case, names_of(case))) == []
    text = "India, Japan and France agreed."
    case = make_case(text, text)
    assert list(roles.swap_roles(case, names_of(case))) == []


def test_roles_change_places_where_that_is_another_event() -> None:
    case = make_case(SHORT, RADAR, others=[OTHER])
    assert list(roles.swap_roles(case, names_of(case))) == [
        SHORT.replace("Hammerfeld Systems", "?")
        .replace("Kestria", "Hammerfeld Systems")
        .replace("?", "Kestria")
    ]
    text = "The United States will sell drones to India."
    case = make_case(text, text)
    assert list(roles.swap_roles(case, names_of(case))) == [
        "India will sell drones to the United States."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "India will hold talks with France.",
        "Trade between India and France grew.",
        "India and France will sign.",
    ],
)
def test_what_holds_both_ways_is_no_role(text: str) -> None:
    case = make_case(text, text)
    assert list(roles.swap_roles(case, names_of(case))) == []


def test_a_speaker_is_another_person() -> None:
    case = make_case(SHORT, RADAR, others=[OTHER])
    assert list(roles.misattribute(case, names_of(case))) == [
        SHORT.replace("Solveig Aarnes", "Bohdan Reiss")
    ]
    text = "The first set comes in 2027."
    case = make_case(text, text, others=[OTHER])
    assert list(roles.misattribute(case, names_of(case))) == [
        "The first set comes in 2027, according to Bohdan Reiss."
    ]


def test_nobody_is_given_words_that_a_pronoun_may_have_given_him() -> None:
    text = "The drones come in May."
    case = make_case(text, "He said that the drones come in May.", DRONES)
    assert list(roles.misattribute(case, names_of(case))) == []


def test_a_statement_is_denied_or_a_denial_taken_out() -> None:
    assert list(claims.negate(make_case(SHORT, RADAR))) == [
        SHORT.replace("will buy", "will not buy")
    ]
    text = "Kestria ordered radars."
    assert list(claims.negate(make_case(text, text))) == ["Kestria did not order radars."]
    text = "Kestria will not buy them."
    assert list(claims.negate(make_case(text, text))) == ["Kestria will buy them."]
    text = "No date has been fixed."
    assert list(claims.negate(make_case(text, text))) == ["A date has been fixed."]


def test_what_may_be_will_be_and_what_is_planned_is_done() -> None:
    text = "Modi may visit Paris."
    assert list(claims.raise_modality(make_case(text, text))) == ["Modi will visit Paris."]
    assert list(claims.raise_modality(make_case(SHORT, RADAR))) == [
        SHORT.replace("will buy", "has bought")
    ]
    text = "He comes in May, probably on Monday."
    assert list(claims.raise_modality(make_case(text, text))) == ["He comes in May, on Monday."]
    text = "He came in May to explain plans to raise duties."
    assert list(claims.raise_modality(make_case(text, text))) == []


def test_a_word_is_turned_into_its_opposite() -> None:
    text = "Exports rose after the talks."
    assert list(claims.turn_round(make_case(text, text))) == [
        "Exports fell after the talks.",
        "Imports rose after the talks.",
        "Exports rose before the talks.",
    ]


def test_words_in_quotation_marks_are_changed() -> None:
    text = 'She called it "a kick in the teeth".'
    made = list(quotes.misquote(make_case(text, text)))
    assert 'She called it "the kick in the teeth".' in made
    assert all(line.count('"') == 2 and "“" not in line for line in made)


def test_marks_are_put_round_words_that_nobody_said_so() -> None:
    evidence = "The deal would, the minister said, be signed within the month of June."
    text = "The minister said that the deal would be signed in June."
    made = list(quotes.misquote(make_case(text, evidence)))
    assert made
    for line in made:
        (quoted,) = re.findall("“(.+?)”", line)
        assert quoted in text
        assert quoted not in evidence
    assert list(quotes.misquote(make_case(evidence, evidence))) == []


def test_a_detail_is_added_that_the_article_does_not_have() -> None:
    made = list(quotes.add_detail(make_case("It rains.", "It rains.", "They met in Geneva.")))
    assert "It rains, the first such step in a decade." in made
    assert not any("Geneva" in line for line in made)


def test_another_sentence_that_does_not_say_it_is_cited() -> None:
    near = "A spokeswoman for the opposition called the price an outrage."
    like = "Twelve coastal radars from Hammerfeld Systems is what Kestria will buy, she said."
    assert list(citations.cite_elsewhere(make_case(SHORT, RADAR, like, "Enough.", near))) == [near]


def test_another_article_of_another_story_is_cited() -> None:
    copy = make_source("c", "Kestria buys a dozen radars from the Hammerfeld firm.", story="a")
    case = make_case(SHORT, RADAR, others=[OTHER, copy])
    assert [(quote, source.ref) for quote, source in citations.cite_another(case)] == [
        (DRONES, "b")
    ]


@pytest.mark.parametrize(
    ("language", "text", "kind", "made"),
    [
        (
            "fr",
            "Modi devrait acheter 26 avions.",
            claims.raise_modality,
            "Modi va acheter 26 avions.",
        ),
        (
            "fr",
            "Le contrat sera signé lundi.",
            claims.negate,
            "Le contrat ne sera pas signé lundi.",
        ),
        ("fr", "Paris a annoncé un accord.", claims.negate, "Paris n'a pas annoncé un accord."),
        (
            "fr",
            "Il coûte 3 milliards d'euros.",
            amounts.change_units,
            "Il coûte 3 millions d'euros.",
        ),
        (
            "es",
            "Chile podría comprar aviones.",
            claims.raise_modality,
            "Chile va a comprar aviones.",
        ),
        ("es", "Chile comprará aviones.", claims.negate, "Chile no comprará aviones."),
        ("es", "Vale 4.000 millones.", amounts.change_units, "Vale 4.000 mil millones."),
        ("hi", "भारत रडार ख़रीदेगा।", claims.negate, "भारत रडार नहीं ख़रीदेगा।"),
        ("hi", "भारत 400 करोड़ दे सकता है।", claims.raise_modality, "भारत 400 करोड़ देगा।"),
        ("hi", "निर्यात 20% बढ़ा है।", claims.turn_round, "आयात 20% बढ़ा है।"),
    ],
)
def test_other_languages_have_rules_of_their_own(
    language: str, text: str, kind: object, made: str
) -> None:
    assert made in list(kind(make_case(text, text, language=language)))  # type: ignore[operator]


def test_a_language_without_word_lists_still_has_numbers_and_citations() -> None:
    text = "Litauen kauft 48 Panzer für die neue Brigade der Armee."
    lines = [TrueLine(article="a", tag="defence", text=text, quotes=(text,))]
    other = make_source("b", "Der Zoll auf Stahl aus Kanada fällt im Herbst weg.", language="de")
    made = make_faults(lines, [make_source("a", text, language="de"), other], seed=1)
    assert {fault.kind for fault in made} == {"number", "citation_article"}


LINES = [
    TrueLine(article="a", tag="defence", text=SHORT, quotes=(RADAR,)),
    TrueLine(article="b", tag="defence", text=DRONES, quotes=(DRONES,)),
]
SOURCES = [make_source("a", RADAR, "Nobody in Storvik was asked what they thought of it."), OTHER]


def test_the_same_seed_makes_the_same_suite_and_another_seed_another() -> None:
    assert make_faults(LINES, SOURCES, seed=1) == make_faults(LINES, SOURCES, seed=1)
    assert make_faults(LINES, SOURCES, seed=1) != make_faults(LINES, SOURCES, seed=2)


def test_a_line_gives_the_same_faults_whatever_lines_stand_beside_it() -> None:
    alone = list(make_faults(LINES[:1], SOURCES, seed=1))
    beside = [f for f in make_faults(LINES[::-1], SOURCES, seed=1) if f.article == "a"]
    assert alone == beside


def test_every_fault_differs_from_its_line_and_stands_in_no_evidence() -> None:
    made = make_faults(LINES, SOURCES, seed=1)
    assert {fault.kind for fault in made} >= set(KINDS) - {"opposite", "date"}
    for fault in made:
        evidence = fold(" ".join(fault.quotes))
        assert fold(fault.text) not in evidence
        assert (fault.text == fault.was) is fault.kind.startswith("citation")
        assert "  " not in fault.text
        source = next(s for s in SOURCES if s.ref == (fault.cited_article or fault.article))
        assert all(quote in source.text for quote in fault.quotes)


def test_a_suite_is_no_larger_than_it_must_be() -> None:
    lines = [
        TrueLine(article="a", tag="defence", text=f"Kestria will pay {n} euros.", quotes=(RADAR,))
        for n in range(1001, 1201)
    ]
    made = make_faults(lines, SOURCES, seed=1)
    counts = {kind: sum(fault.kind == kind for fault in made) for kind in KINDS}
    assert max(counts.values()) == PER_KIND
    spare = make_faults(LINES[:1], SOURCES, seed=1, spare=lines)
    assert ENOUGH <= sum(fault.kind == "negation" for fault in spare) <= ENOUGH + 1


TUNED = Path(__file__).parent / "tuned"


def test_the_suite_of_the_tuned_set_is_full_and_no_fault_of_it_is_true() -> None:
    (gold,) = load_sets(TUNED)
    articles = {
        ref: store(reading, number=number)
        for number, (ref, reading) in enumerate(gold.readings.items(), 1)
    }
    made = make_suite(gold, articles, 1)
    counts = Counter(fault.kind for fault in made)
    assert {kind: counts[kind] for kind in KINDS if counts[kind] < ENOUGH} == {}
    for fault in made:
        source = articles[fault.cited_article or fault.article]
        assert all(fold(quote) in fold(source.text) for quote in fault.quotes), fault
        assert fold(fault.text) not in fold(" ".join(fault.quotes)), fault
    lines = [json.loads(render_fault("tuned", fault)) for fault in made]
    assert len({json.dumps(line) for line in lines}) == len(lines)
