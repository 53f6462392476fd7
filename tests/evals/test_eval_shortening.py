"""Each rule that shortens a true sentence does what it says, and leaves alone what it must."""

import pytest

from bot.evals.seeding.shortening import shorten

SHORTENED = [
    (
        "en",
        "The leaders of the group (Peru, Chile and Cuba) meet in May.",
        "The leaders of the group meet in May.",
    ),
    (
        "en",
        "The yard – the largest of the country – will build six ships.",
        "The yard will build six ships.",
    ),
    (
        "en",
        "The firm seeks an export sale to India, whose navy tests it now.",
        "The firm seeks an export sale to India.",
    ),
    (
        "fr",
        "Elle a signé un accord sur la pêche, conclu lundi à Karsk.",
        "Elle a signé un accord sur la pêche.",
    ),
    (
        "es",
        "El tercero de los buques es una opción, que caduca en diciembre.",
        "El tercero de los buques es una opción.",
    ),
    (
        "en",
        "On Monday, the navy ordered new ships from the yard.",
        "The navy ordered new ships from the yard.",
    ),
    (
        "fr",
        "Mercredi, son gouvernement a relevé les droits de douane.",
        "Son gouvernement a relevé les droits de douane.",
    ),
    (
        "es",
        "El domingo, la guardia costera interceptó dos drones navales.",
        "La guardia costera interceptó dos drones navales.",
    ),
    (
        "en",
        "The tariff on leather shoes doubles in April, the ministry said on Wednesday.",
        "The ministry said on Wednesday that the tariff on leather shoes doubles in April.",
    ),
    (
        "en",
        "The ministry said that negotiators had been told to conclude the deal.",
        "Negotiators had been told to conclude the deal, the ministry said.",
    ),
    (
        "en",
        "According to the customs office, Germany takes a third of the graphite.",
        "Germany takes a third of the graphite, according to the customs office.",
    ),
    (
        "fr",
        "Un contrat sera signé en mars à Brennac, a annoncé mardi le gouvernement.",
        "Le gouvernement a annoncé mardi qu'un contrat sera signé en mars à Brennac.",
    ),
    (
        "fr",
        "Les stocks sont tombés à un mois de combat, selon un rapport.",
        "Selon un rapport, les stocks sont tombés à un mois de combat.",
    ),
    (
        "es",
        "Los aranceles bajarán el primer día de julio, informó el despacho.",
        "El despacho informó que los aranceles bajarán el primer día de julio.",
    ),
    (
        "en",
        "They met President Emmanuel Macron in Paris on Monday.",
        "They met Emmanuel Macron in Paris on Monday.",
    ),
    (
        "fr",
        "Elle a parlé avec le président Viktor Lanz à Karsk.",
        "Elle a parlé avec Viktor Lanz à Karsk.",
    ),
    (
        "es",
        "El almirante Óscar Belda ha ordenado duplicar las patrullas.",
        "Óscar Belda ha ordenado duplicar las patrullas.",
    ),
    ("en", "The drones will cost it $4 billion in all.", "The drones will cost it $4bn in all."),
    ("en", "The drones will cost it $4bn in all.", "The drones will cost it $4 billion in all."),
    ("en", "The radars will cost it 2.1 billion euros.", "The radars will cost it €2.1bn."),
    ("en", "The duty falls to 40 per cent in May.", "The duty falls to 40% in May."),
    (
        "en",
        "The yard employs 1,200 welders on the river.",
        "The yard employs 1200 welders on the river.",
    ),
    ("en", "The navy will buy twelve ships in May.", "The navy will buy 12 ships in May."),
    ("en", "The navy will buy 12 ships in May.", "The navy will buy twelve ships in May."),
    ("fr", "La remise en état coûtera 185 millions d'euros.", "La remise en état coûtera 185 M€."),
    ("fr", "Le pays va produire 40 000 obus par an.", "Le pays va produire 40000 obus par an."),
    (
        "es",
        "El arancel del aceite baja del 15 % al 10 %.",
        "El arancel del aceite baja del 15% al 10%.",
    ),
    ("hi", "इस पर लगभग 1,850 करोड़ रुपये ख़र्च होंगे।", "इस पर लगभग 1850 करोड़ रुपये ख़र्च होंगे।"),
    ("hi", "वे चार दिन की यात्रा पर भारत पहुँचेंगे।", "वे 4 दिन की यात्रा पर भारत पहुँचेंगे।"),
]

LEFT_ALONE = {
    "a quotation": ("en", "“We need twelve ships, which cost $4 billion,” the minister said."),
    "a denial in parentheses": ("en", "The group (but not Peru) meets in Lima in May."),
    "a retired general": ("en", "Her minister, Gen. (ret.) Tobias Aldane, was blunter than that."),
    "a hedge in a clause": ("en", "A new date will be found in May, which could take long."),
    "a condition in front": ("en", "If the schedule holds, the minister lands in Washington."),
    "an invitation in front": ("fr", "À l'invitation du Premier ministre, la présidente viendra."),
    "a day that is meant later": ("en", "On Monday, he met the press and left the next day."),
    "whose office it is": (
        "en",
        "The president pays a visit to Kestria, her office said on Friday.",
    ),
    "who “it” is": ("en", "The navy said that it had ordered ships for the fleet."),
    "two statements": ("en", "The navy said that ships were late, and sailors were tired."),
    "a denied saying": ("en", "The navy never said that ships were late this year."),
    "a country before a title": ("en", "They met French President Emmanuel Macron in Paris."),
    "a former president": ("en", "They met former President Emmanuel Macron in Paris."),
    "two that are known": ("en", "In May the two navies order ships jointly again."),
    "a compound": ("en", "She is on a two-day visit to the capital."),
    "days of a month": ("en", "He is in Washington on 12 and 13 February."),
    "few words": ("en", "It pays $4 billion in all."),
    "no full stop": ("en", "The drones will cost it $4 billion in all"),
    "another language": ("de", "Die Drohnen kosten (in Goa) 40 Prozent mehr als im Mai."),
}


@pytest.mark.parametrize(("language", "quote", "shorter"), SHORTENED)
def test_a_rule_shortens_or_turns_a_sentence(language: str, quote: str, shorter: str) -> None:
    assert shorter in shorten(quote, language)


@pytest.mark.parametrize("case", LEFT_ALONE)
def test_what_a_shorter_line_would_change_is_left_alone(case: str) -> None:
    language, quote = LEFT_ALONE[case]
    assert shorten(quote, language) == ()


@pytest.mark.parametrize(("language", "quote", "_shorter"), SHORTENED)
def test_every_result_is_another_whole_sentence(language: str, quote: str, _shorter: str) -> None:
    results = shorten(quote, language)
    assert quote not in results
    assert len(set(results)) == len(results)
    assert all(line.endswith(quote[-1]) and len(line.split()) >= 6 for line in results)
