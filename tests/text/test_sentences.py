"""Sentences: exact offsets, right cuts, the language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.clean import clean_text
from bot.text.sentences import detect_language, split_sentences


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("en", "", []),
        ("en", "He left. She stayed!", ["He left.", "She stayed!"]),
        ("en", "1. Big motorcycles\n\nDuty falls.", ["1. Big motorcycles", "Duty falls."]),
        ("en", "a) First thing. Then more.", ["a) First thing.", "Then more."]),
        (
            "en",
            "6:22 pm - That's a wrap.\n6:05 pm - He speaks",
            ["6:22 pm -", "That's a wrap.", "6:05 pm -", "He speaks"],
        ),
        (
            "en",
            "On Feb. 12 Gen. J. Smith met U.S. President Hale. He left.",
            ["On Feb. 12 Gen. J. Smith met U.S. President Hale.", "He left."],
        ),
        ("en", "She goes in May. Ruiz too.", ["She goes in May.", "Ruiz too."]),
        ("en", "On 3 Dec. Okoro said so.", ["On 3 Dec.", "Okoro said so."]),
        ("en", "Theresa May. Ruiz left on Sept. 5.", ["Theresa May. Ruiz left on Sept. 5."]),
        ("en", 'He said "Go." Then he left.', ['He said "Go."', "Then he left."]),
        ("en", "It costs $3.5 million. Ends", ["It costs $3.5 million.", "Ends"]),
        ("en", "First part.\n\n* * *\n\nSecond part.", ["First part.", "Second part."]),
        ("fr", "Il est là. M. Modi est parti.", ["Il est là.", "M. Modi est parti."]),
        ("es", "Llegó el Sr. García. ¿Qué dijo?", ["Llegó el Sr. García.", "¿Qué dijo?"]),
        ("hi", "नई दिल्ली। प्रधानमंत्री आए हैं।", ["नई दिल्ली।", "प्रधानमंत्री आए हैं।"]),
        ("xx", "One. Two.", ["One.", "Two."]),
        ("", "One. Two.", ["One.", "Two."]),
    ],
)
def test_text_is_cut_into_sentences(language: str, text: str, sentences: list[str]) -> None:
    assert [s.text for s in split_sentences(text, language)] == sentences


@given(st.text(), st.sampled_from(["en", "fr", "es", "hi", "zh", ""]))
def test_offsets_are_exact_whatever_the_text(text: str, language: str) -> None:
    text = clean_text(text)
    sentences = split_sentences(text, language)
    assert [s.number for s in sentences] == list(range(1, len(sentences) + 1))
    end = 0
    for sentence in sentences:
        assert end <= sentence.start < sentence.end
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert "\n" not in sentence.text
        end = sentence.end


@given(st.lists(st.sampled_from(["Modi", " ", ". ", "1. ", "\n", '"', "é", "🚀", "A. "])))
def test_no_word_is_lost(parts: list[str]) -> None:
    text = clean_text("".join(parts))
    kept = "".join(s.text for s in split_sentences(text, "en"))
    assert [c for c in kept if c.isalpha()] == [c for c in text if c.isalpha()]


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("The two leaders met in the capital to discuss trade and defence.", "", "en"),
        ("Les deux dirigeants se sont rencontrés dans la capitale indienne.", "en", "fr"),
        ("Los dos dirigentes se reunieron en la capital para hablar de comercio.", "", "es"),
        ("प्रधानमंत्री मोदी", "en", "hi"),
        ("Modi in Paris", "", "en"),
        ("Modi à Paris", "fr-FR", "fr"),
        ("Modi", "ES", "es"),
        ("Modi", "english", "en"),
        ("", "", "en"),
        ("1234", "", "en"),
    ],
)
def test_the_language_is_found_or_taken_from_the_hint(text: str, hint: str, language: str) -> None:
    assert detect_language(text, hint) == language
