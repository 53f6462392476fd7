"""A plain line has words and the signs of writing; links and the signs of platforms show."""

import pytest

from bot.text.plainness import find_odd_signs, has_link


@pytest.mark.parametrize(
    "text",
    [
        "See https://evil.test/x",
        "See HTTP://evil.test",
        "www.evil.test",
        "[a](evil.test)",
        "![x](x)",
        "mailto:a@b.test",
        "Write to desk@evil.test now",
        "javascript:alert(1)",
        "Log in at evil.test/login",
    ],
)
def test_an_address_is_seen(text: str) -> None:
    assert has_link(text)


@pytest.mark.parametrize(
    "text",
    [
        "Booking.com and Amazon.in will pay the tax.",
        "Exports rose by 1.2 per cent/year.",
        "The U.S./U.K. deal: 3.5 to 4.5.",
        "The data: exports fell.",
        "Gen. Ruiz met Lt. Col. Berg at 9.30 a.m.",
    ],
)
def test_news_has_no_address(text: str) -> None:
    assert not has_link(text)


@pytest.mark.parametrize(
    ("text", "source", "odd"),
    [
        ("Talia pays €96m, or 5%.", "", ""),
        ("«Oui», a dit M. Dupont — l'État…", "", ""),
        ("¿Cuándo? ¡El 5.º día!", "", ""),
        ("लागत 3,200 करोड़ ₹ है।", "", ""),
        ("“Yes”, ‘no’; (so) 1/2 – 3–4 & more + °C №5 §3", "", ""),
        ("@everyone **now** 🚨", "", "@*🚨"),
        ("<b>#1</b> `x` ~y~ a_b |z|", "", "<>#`~_|"),
        ("[sic] {x} \\n ^ =", "", "[]{}\\^="),
        ("The @army account", "It was @army that said so.", ""),
    ],
)
def test_signs_that_only_the_line_has_are_found(text: str, source: str, odd: str) -> None:
    assert find_odd_signs(text, source) == odd
