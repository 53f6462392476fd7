"""Concepts that one language's question and another's article share."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.glossary import LANGUAGES, find_concepts, list_forms
from bot.text.lexicon import load_lexicon
from bot.text.similar import is_stop_word

LISTS = load_lexicon("glossary")
TABLES = {k: v for k, v in LISTS.items() if k not in ("apart", "capitals", "kinds")}
CONCEPTS = {key: forms for table in TABLES.values() for key, forms in table.items()}
BROADER = set(LISTS["kinds"].values())
# Forms that stand in two concepts, with what the language does not tell apart.
SHARED = {
    ("fr", "accueillir"): "a guest is welcomed, a summit is hosted",
    ("es", "acoger"): "a guest is welcomed, a summit is hosted",
    ("es", "diplomático"): "the noun and the adjective",
    ("es", "detener"): "to arrest somebody, to stop something",
    ("hi", "सैनिक"): "one soldier, and troops",
    ("hi", "प्रतिबंध"): "sanctions on a state, a ban on goods",
    ("hi", "पाबंदी"): "sanctions on a state, a ban on goods",
    ("hi", "क़र्ज़"): "a loan, and the debt it makes",
    ("hi", "अनुमति"): "what is allowed has been approved",
}
PARALLEL = [
    (
        {"defence_minister", "postpone", "sign", "trade_agreement", "agreement", "visit"},
        "The defence minister's visit is postponed until the trade agreement is signed.",
        "La visite du ministre de la Défense est reportée avant signature de l'accord commercial.",
        "La visita del ministro de Defensa se aplaza hasta la firma del acuerdo comercial.",
        "व्यापार समझौते पर हस्ताक्षर होने तक रक्षा मंत्री का दौरा स्थगित कर दिया गया।",
    ),
    (
        {"frigate", "navy", "order"},
        "how many frigates did the navy order",
        "combien de fregates la marine a-t-elle commandees",
        "¿Cuántas fragatas tiene el pedido de la Armada?",
        "नौसेना ने कितने फ़्रिगेटों का ऑर्डर दिया?",
    ),
    (
        {"aluminium", "raise", "steel", "tariff"},
        "Tariffs on steel and aluminum rose.",
        "Les droits de douane sur l'acier et l'aluminium ont été augmentés.",
        "Aumentaron los aranceles al acero y al aluminio.",
        "इस्पात और एल्युमिनियम पर टैरिफ बढ़ाए गए।",
    ),
    (
        {"lift", "un_security_council", "sanctions"},
        "The U.N. Security Council lifted the sanctions.",
        "Le Conseil de sécurité de l'ONU a levé les sanctions.",
        "El Consejo de Seguridad de la ONU levantó las sanciones.",
        "सुरक्षा परिषद ने प्रतिबंधों को हटाया।",
    ),
    (
        {"leader", "meeting", "nato", "summit"},
        "NATO leaders met at a summit.",
        "Les dirigeants de l'OTAN se sont rencontrés lors d'un sommet.",
        "Los líderes de la OTAN se reunieron en la cumbre.",
        "नाटो के नेताओं की शिखर सम्मेलन में मुलाक़ात हुई।",
    ),
    (
        {"ballistic_missile", "missile", "drone", "fighter_jet", "purchase"},
        "It bought ballistic missiles, drones and fighter jets.",
        "Il a acheté des missiles balistiques, des drones et des avions de chasse.",
        "Compró misiles balísticos, drones y aviones de combate.",
        "उसने बैलिस्टिक मिसाइलें, ड्रोन और लड़ाकू विमान ख़रीदे।",
    ),
    (
        {"announce", "ceasefire", "foreign_minister"},
        "The foreign minister announced a ceasefire.",
        "Le ministre des Affaires étrangères a annoncé un cessez-le-feu.",
        "El ministro de Exteriores anunció un alto el fuego.",
        "विदेश मंत्री ने युद्धविराम की घोषणा की।",
    ),
]


def test_every_concept_has_forms_in_every_language_and_its_own_name() -> None:
    assert 900 <= len(CONCEPTS) == sum(map(len, TABLES.values()))
    for key, forms in CONCEPTS.items():
        assert set(forms) == set(LANGUAGES), key
        assert all(form.strip() == form and form for listed in forms.values() for form in listed)
        assert all(len(listed) == len(set(listed)) > 0 for listed in forms.values()), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_found_as_its_concept_and_as_no_other(language: str) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for key, forms in CONCEPTS.items():
        for form in forms[language]:
            found[form] |= find_concepts(form, language)
            assert key in found[form], form
    several = {(language, form) for form, keys in found.items() if len(keys - BROADER) > 1}
    assert several == {pair for pair in SHARED if pair[0] == language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_small_word_is_a_concept(language: str) -> None:
    small = load_lexicon("similar")["stop"][language].split()
    assert [word for word in small if find_concepts(word, language)] == []
    assert is_stop_word(small[0], language)


@pytest.mark.parametrize("sentences", PARALLEL)
def test_a_sentence_speaks_of_the_same_in_four_languages(
    sentences: tuple[set[str], str, str, str, str],
) -> None:
    wanted, *texts = sentences
    for text, language in zip(texts, LANGUAGES, strict=True):
        assert find_concepts(text, language) - {"ban"} == wanted, text


@pytest.mark.parametrize(
    ("text", "language", "concept"),
    [
        ("the duty officer said", "en", "tariff"),
        ("in order to win", "en", "order"),
        ("a think tank in Delhi", "en", "tank"),
        ("according to officials", "en", "agreement"),
        ("an air strike hit the camp", "en", "strike_military"),
        ("who will visit", "en", "who"),
        ("it starts at 5 pm", "en", "prime_minister"),
        ("the shipping lane", "en", "ship"),
        ("mais il part", "fr", "corn"),
        ("d'un côté", "fr", "coast"),
        ("les pommes de terre", "fr", "apple"),
        ("il a livré les chars", "fr", "book"),
        ("fin mars à Paris", "fr", "end"),
        ("están de acuerdo", "es", "agreement"),
        ("las costas del país", "es", "cost"),
        ("el canciller llegó", "es", "chancellor"),
        ("लड़ाकू विमान", "hi", "aircraft"),
        ("समय सीमा बढ़ी", "hi", "border"),
        ("उच्चतम न्यायालय", "hi", "high_court"),
        ("कर दिया गया", "hi", "tax"),
    ],
)
def test_a_word_in_another_sense_is_no_concept(text: str, language: str, concept: str) -> None:
    assert concept not in find_concepts(text, language)


@pytest.mark.parametrize(
    ("text", "language", "concept"),
    [
        ("WHO officials", "en", "who"),
        ("what will the pm say", "en", "prime_minister"),
        ("customs duties", "en", "tariff"),
        ("anti-aircraft guns", "en", "air_defence"),
        ("des œufs", "fr", "egg"),
        ("le blocus naval des bâtiments", "fr", "blockade"),
        ("petroleo crudo", "es", "crude_oil"),
        ("विमानवाहक पोतों", "hi", "aircraft_carrier"),
        ("पनडुब्बियाँ", "hi", "submarine"),
        ("व्यापार सम्बन्ध", "hi", "relations"),
        ("पहुँचेंगे", "hi", "arrive"),
    ],
)
def test_any_spelling_and_form_of_a_word_is_found(text: str, language: str, concept: str) -> None:
    assert concept in find_concepts(text, language)


def test_a_concept_gives_the_words_to_search_for() -> None:
    assert list_forms("tariff", "es")[0] == "arancel"
    assert {"समझौता", "समझौते", "समझौतों"} <= set(list_forms("agreement", "hi"))
    assert {"जहाज़", "जहाज"} <= set(list_forms("ship", "hi"))
    assert list_forms("no such thing", "en") == ()
    assert list_forms("tariff", "de") == ()


def test_a_kind_of_a_thing_brings_the_thing() -> None:
    assert find_concepts("a free trade agreement", "en") == {
        "free_trade_agreement",
        "trade_agreement",
        "agreement",
    }
    assert {*LISTS["kinds"], *LISTS["kinds"].values()} <= CONCEPTS.keys()


def test_what_counts_in_capitals_only_is_a_form() -> None:
    for language in LANGUAGES:
        forms = {form for concept in CONCEPTS.values() for form in concept[language]}
        assert set(LISTS["capitals"][language]) <= forms


def test_another_language_has_no_concepts() -> None:
    assert find_concepts("Der Minister unterschreibt", "de") == frozenset()


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_any_text_is_read(text: str, language: str) -> None:
    assert find_concepts(text, language) <= CONCEPTS.keys()
