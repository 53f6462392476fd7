"""Which unknown names an article deals with as with countries, and which it does not."""

import pytest
from stage_samples import article

from bot.text.atlas import Atlas


def realms_of(text: str, language: str = "en") -> tuple[str, ...]:
    return Atlas(article(text, title="News", language=language)).realms


@pytest.mark.parametrize(
    ("text", "language", "realm"),
    [
        ("Merawi's ambassador in London spoke.", "en", "Merawi"),
        ("Trade with Ngorwe grew.", "en", "Ngorwe"),
        ("She will pay a state visit to Havaru.", "en", "Havaru"),
        ("He weighs a journey to Uzbekistan and Zhantau.", "en", "Zhantau"),
        ("Talks between Zhantau and Uzbekistan failed.", "en", "Zhantau"),
        ("La canciller tovalia dejó Tovalia.", "es", "Tovalia"),
        ("La armada sundarí salió. Sundara calla.", "es", "Sundara"),
    ],
)
def test_what_is_dealt_with_as_a_country_is_one(text: str, language: str, realm: str) -> None:
    assert realms_of(text, language) == (realm,)


@pytest.mark.parametrize(
    "text",
    [
        "Readout of Minister Friis's meeting with President Ruiz.",
        "Sheikh Salem al-Juwaidi spoke. Juwaidi left.",
        "He will pay an official visit to Port Alaima.",
        "A Caribbean prime minister and a Caribbean minister met in the Caribbean.",
    ],
)
def test_a_person_a_port_or_a_region_is_none(text: str) -> None:
    assert realms_of(text) == ()
