"""What a line may deny, and how sure it may be, clause by clause."""

import pytest
from check_samples import find

SOURCES = {
    "fixed": "No date has been fixed, though both governments want the visit to go ahead.",
    "rose": "Exports rose by a tenth in May and may rise further in June.",
    "bank": "The bank, which has never lent abroad, will finance two frigates for Norway.",
    "if": "If parliament agrees, Norway will buy six frigates.",
    "denied": "The ministry denied that Norway had bought the frigates.",
    "refused": "Norway refused two foreign bids for the frigates.",
    "said": "The minister said the frigates would arrive in spring.",
    "probably": "The frigates would arrive, probably in April.",
    "weapons": "The cutter carries a small radar, but no missiles.",
    "unsaid": "She opposed the treaty, and she has not said whether she has changed her mind.",
}


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("fixed", "Both governments want the visit to go ahead."),
        ("fixed", "No date has been fixed for the visit."),
        ("rose", "Exports rose by a tenth in May."),
        ("rose", "Exports may rise further in June."),
        ("bank", "The bank will finance two frigates for Norway."),
        ("bank", "The bank has never lent abroad."),
        ("if", "Norway will buy six frigates if parliament agrees."),
        ("said", "The frigates will arrive in spring, the minister said."),
        ("probably", "The frigates would probably arrive in April."),
        ("weapons", "The cutter carries a small radar."),
        ("weapons", "The cutter carries no missiles."),
        ("refused", "Norway refused two foreign bids."),
        ("unsaid", "She has not said whether she has changed her mind."),
        ("unsaid", "She opposed the treaty."),
    ],
)
def test_a_clause_is_as_sure_as_its_own_clause(source: str, line: str) -> None:
    assert find(line, SOURCES[source]) is None


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("fixed", "A date has been fixed.", "negation"),
        ("fixed", "Neither government wants the visit to go ahead.", "negation"),
        ("rose", "Exports did not rise in May.", "negation"),
        ("rose", "Exports will rise further in June.", "modality"),
        ("rose", "Exports rose further in June.", "modality"),
        ("bank", "The bank will not finance two frigates for Norway.", "negation"),
        ("bank", "The bank has financed two frigates for Norway.", "modality"),
        ("if", "Norway will buy six frigates.", "modality"),
        ("denied", "Norway had bought the frigates.", "negation"),
        ("refused", "Norway did not refuse two foreign bids.", "negation"),
        ("said", "The frigates arrived in spring, the minister said.", "modality"),
        ("probably", "The frigates will arrive in April.", "modality"),
        ("weapons", "The cutter carries a small radar and missiles.", "negation"),
        ("unsaid", "She has said whether she has changed her mind.", "negation"),
        (
            "unsaid",
            "She opposed the treaty, and has said whether she changed her mind.",
            "negation",
        ),
    ],
)
def test_a_clause_that_is_surer_or_denies_is_found(source: str, line: str, reason: str) -> None:
    fault = find(line, SOURCES[source])
    assert fault is not None
    assert fault.reason == reason


@pytest.mark.parametrize(
    ("language", "source", "right", "wrong"),
    [
        (
            "fr",
            "La Norvège pourrait acheter six frégates, mais aucune date n'a été fixée.",
            "La Norvège pourrait acheter six frégates.",
            "La Norvège achètera six frégates.",
        ),
        (
            "fr",
            "Le chantier livrerait les frégates au printemps.",
            "Le chantier livrerait les frégates.",
            "Le chantier livrera les frégates.",
        ),
        (
            "es",
            "Noruega podría comprar seis fragatas, aunque el Gobierno no ha fijado la fecha.",
            "Noruega podría comprar seis fragatas.",
            "Noruega comprará seis fragatas.",
        ),
        (
            "es",
            "El Gobierno no ha fijado la fecha de la visita.",
            "No se ha fijado la fecha de la visita.",
            "El Gobierno ha fijado la fecha de la visita.",
        ),
        (
            "hi",
            "नॉर्वे छह जहाज़ ख़रीद सकता है, लेकिन तारीख़ तय नहीं हुई है।",
            "नॉर्वे छह जहाज़ ख़रीद सकता है।",
            "नॉर्वे छह जहाज़ ख़रीदेगा।",
        ),
    ],
)
def test_each_language_has_its_own_doubt_and_denial(
    language: str, source: str, right: str, wrong: str
) -> None:
    assert find(right, source, language) is None
    fault = find(wrong, source, language)
    assert fault is not None
    assert fault.reason in {"modality", "negation"}
