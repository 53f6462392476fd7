"""Numbers: one normal form for every way to write them."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.numbers import find_codes, find_quantities


def read(text: str) -> list[tuple[str, str]]:
    return [(f"{q.value.normalize():f}", q.unit) for q in find_quantities(text)]


@pytest.mark.parametrize(
    "text",
    [
        "$4bn",
        "$4 billion",
        "US$4bn",
        "USD 4 billion",
        "4 billion dollars",
        "4,000 million dollars",
        "4bn US dollars",
        "4 milliards de dollars",
        "4 mil millones de dólares",
        "cuatro mil millones de dólares para la zona",
        "4 अरब डॉलर",
        "four billion dollars",
    ],
)
def test_an_amount_is_one_amount_however_it_is_written(text: str) -> None:
    assert read(text) == [("4000000000", "USD")]


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("€96m", [("96000000", "EUR")]),
        ("96 M€", [("96000000", "EUR")]),
        ("600 million euros", [("600000000", "EUR")]),
        ("près de 124 milliards d'euros", [("124000000000", "EUR")]),
        ("unos 1.600 millones de euros", [("1600000000", "EUR")]),
        ("12 lakh crore", [("12000000000000", "")]),
        ("Rs500 crore", [("5000000000", "INR")]),
        ("₹1,00,000", [("100000", "INR")]),
        ("२.५ लाख करोड़ रुपये", [("2500000000000", "INR")]),
        ("12 हजार करोड़", [("120000000000", "")]),
        ("500 अरब डॉलर", [("500000000000", "USD")]),
        ("$40,000 and 7,412.", [("40000", "USD"), ("7412", "")]),
        ("£4.20", [("4.2", "GBP")]),
    ],
)
def test_money_keeps_its_currency_and_scale(text: str, quantities: list[tuple[str, str]]) -> None:
    assert read(text) == quantities


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,000.5", "1000.5"),
        ("1.000,5", "1000.5"),
        ("1 000,5", "1000.5"),
        ("1\u202f000,5", "1000.5"),
        ("1'000'000", "1000000"),
        ("1,234,567.89", "1234567.89"),
        ("1,00,00,000", "10000000"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1.000.000", "1000000"),
        ("2.375", "2.375"),
        ("1.400 empleos en la región", "1400"),
        ("un total de 1.400 emplois dans les usines", "1400"),
        ("१२", "12"),
        ("١٢", "12"),
    ],
)
def test_digits_are_read_as_their_language_writes_them(text: str, value: str) -> None:
    assert find_quantities(text)[0].value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("40 per cent, 40%, 40 percent", [("40", "%")] * 3),
        ("2,5 por ciento, 8 pour cent, 7 प्रतिशत", [("2.5", "%"), ("8", "%"), ("7", "%")]),
        ("40 percentage points", [("40", "points")]),
        ("a 28-metre boat, 60 metres tall", [("28", "m"), ("60", "m")]),
        ("1,600 cc and 1,600cc", [("1600", "cc")] * 2),
        ("22 hours, 17 years, 18 mois", [("22", "hour"), ("17", "year"), ("18", "month")]),
        ("5m people and 5m tonnes", [("5000000", ""), ("5000000", "t")]),
        ("28MW, 5.5 GW, 155 mm", [("28", "MW"), ("5.5", "GW"), ("155", "mm")]),
        ("in 2024 an award was won; in 2020 won", [("2024", ""), ("2020", "")]),
        ("सात महीनों में", [("7", "month")]),
        ("तीन दिवसीय", [("3", "day")]),
    ],
)
def test_units_are_named_in_one_way(text: str, quantities: list[tuple[str, str]]) -> None:
    assert read(text) == quantities


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Forty-one of our people and four thousand names", ["41", "4000"]),
        ("two hundred and fifty ships, ten thousand lines", ["250", "10000"]),
        ("a million people, half a million, a hundred", ["1000000", "100"]),
        ("one of them, no one, the British one", []),
        ("once upon a time he gave ten", ["10"]),
        ("la marina compró once barcos y veintiséis aviones", ["11", "26"]),
        ("mil soldados de la zona", ["1000"]),
        ("les deux mille soldats et trois cents chars", ["2000", "300"]),
        ("quatre-vingt-dix-sept navires pour la marine", ["97"]),
        ("soixante-douze heures dans le port", ["72"]),
        ("दोनों देशों ने तीन समझौते किए", ["3"]),
        ("एक लाख लोग", ["100000"]),
    ],
)
def test_words_for_numbers_are_numbers_in_their_own_language(text: str, values: list[str]) -> None:
    assert [value for value, _ in read(text)] == values


@pytest.mark.parametrize(
    "text", ["12th", "12º", "12e", "twelfth", "le douzième avec la marine", "12वीं"]
)
def test_ordinals_are_marked(text: str) -> None:
    assert [(q.value, q.is_ordinal) for q in find_quantities(text)] == [(Decimal(12), True)]


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("12-13 February 2025", [("12", ""), ("13", ""), ("2025", "")]),
        ("$4-5 billion", [("4000000000", "USD"), ("5000000000", "USD")]),
        ("between $30 and $40 billion", [("30000000000", "USD"), ("40000000000", "USD")]),
        ("from 25 to 20 per cent", [("25", "%"), ("20", "%")]),
        ("7 से 10 अरब डॉलर", [("7000000000", "USD"), ("10000000000", "USD")]),
        ("from 500 to 1 million", [("500", ""), ("1000000", "")]),
        ("raised from 2024 to 40%", [("2024", ""), ("40", "%")]),
        ("won 3-1", [("3", ""), ("1", "")]),
    ],
)
def test_a_range_is_two_numbers_that_share_what_is_said_once(
    text: str, quantities: list[tuple[str, str]]
) -> None:
    assert read(text) == quantities


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("F-35, F35s and एफ़-35", ("F35", "F35", "F35")),
        ("GE-414, MH-60R, Su-30MKI, G20", ("GE414", "MH60R", "SU30MKI", "G20")),
        ("COVID-19 और कोविड-19", ("COVID19", "COVID19")),
        ("the 2023/24 and 2023-24 years", ("2023/24", "2023/24")),
        ("at 6:22 pm", ("6:22",)),
        ("5G and 12.02.2025 and 1.2.3", ("5G", "12.02.2025", "1.2.3")),
        ("एस-400", ("S400",)),
        ("28MW, 4bn, 12th, $40k, mid-2025, Mid-2025", ()),
    ],
)
def test_codes_are_kept_apart_from_numbers(text: str, codes: tuple[str, ...]) -> None:
    assert find_codes(text) == codes


def test_a_code_is_no_quantity() -> None:
    assert read("F-35, 2023/24, GE-414, COVID-19, 6:22") == []


@given(st.text())
def test_any_text_can_be_read_and_offsets_are_exact(text: str) -> None:
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
    find_codes(text)


@given(
    st.lists(
        st.sampled_from(
            ["1", "12", ",", ".", " ", "-", "million", "lakh", "crore", "$", "€", "m", "F", "two",
             "hundred", "and", "%", "th", "k", "9" * 30, "2025", "/", ":", "एक", "लाख", "mil"]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_any_row_of_number_words_can_be_read(parts: list[str]) -> None:
    text = "".join(parts)
    quantities = find_quantities(text)
    assert all(a.end <= b.start for a, b in pairwise(quantities))
    assert all(q.value >= 0 for q in quantities)


@given(st.integers(0, 10**12))
def test_a_number_is_read_back_in_every_grouping(number: int) -> None:
    for text in (f"{number}", f"{number:,}", f"{number:,}".replace(",", " ")):
        assert [q.value for q in find_quantities(text)] == [Decimal(number)]
