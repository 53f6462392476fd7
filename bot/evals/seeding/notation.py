"""sentence → the same figures written another way: one function a change, by language."""

import re
from collections.abc import Callable, Mapping, Sequence

Notation = Callable[[str], str]
_AMOUNT = r"(\d+(?:[.,]\d+)*)"
_NO_NOUN = (
    "(?:million|billion|trillion|hundred|thousand|mille|milliard|millones)"
    r"|(?:per|pour|por|and|for|from|with|was|were|are|will|had|have|who|others)\b"
)
_NEXT = rf"(?= (?!{_NO_NOUN})[^\W\d_A-Z]{{3,}})"
"""A word that may be what is counted."""
_HINDI = {"तीन": "3", "चार": "4", "पाँच": "5", "छह": "6", "सात": "7", "आठ": "8", "दस": "10"}
_ENGLISH = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_FRENCH = ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"]
_SPANISH = [
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
]
_FIRST = 2
_DEFINITE = frozenset(
    [
        "the",
        "both",
        "these",
        "those",
        "of",
        "all",
        "their",
        "his",
        "her",
        "its",
        "our",
        "first",
        "last",
        "next",
        "other",
        "every",
        "les",
        "ces",
        "des",
        "leurs",
        "ses",
        "nos",
        "tous",
        "toutes",
        "premiers",
        "los",
        "las",
        "sus",
        "ambos",
        "ambas",
        "estos",
        "estas",
        "primeros",
        "primeras",
        "otros",
        "otras",
    ]
)


def _change(pattern: str, new: str) -> Notation:
    return lambda text: re.sub(pattern, new, text)


def _write_digits(words: Sequence[str]) -> Notation:
    """“of twelve ships” → “12 ships”; not “the two ships”, “two-day”, nor a first word."""
    pattern = rf"(?<![\w-])([\w'’]+) ({'|'.join(words)}){_NEXT}"

    def change(match: re.Match[str]) -> str:
        if match[1].lower() in _DEFINITE:
            return match[0]
        return f"{match[1]} {words.index(match[2]) + _FIRST}"

    return lambda text: re.sub(pattern, change, text)


def _write_words(text: str) -> str:
    """“12 ships” → “twelve ships”, in English, whose months begin with a large letter."""

    def change(match: re.Match[str]) -> str:
        place = int(match[0]) - _FIRST
        return _ENGLISH[place] if 0 <= place < len(_ENGLISH) else match[0]

    return re.sub(rf"(?<=[a-z] )\d\d?{_NEXT}", change, text)


def _write_hindi_digits(text: str) -> str:
    words = "|".join(_HINDI)
    return re.sub(
        rf"(?<=\s)({words})(?=\s)(?! (?:लाख|करोड़|अरब|हज़ार|सौ))", lambda m: _HINDI[m[1]], text
    )


NOTATIONS: Mapping[str, Sequence[Notation]] = {
    "en": (
        _change(rf"([$€£]){_AMOUNT} billion\b", r"\1\2bn"),
        _change(rf"([$€£]){_AMOUNT} million\b", r"\1\2m"),
        _change(rf"([$€£]){_AMOUNT}bn\b", r"\1\2 billion"),
        _change(rf"([$€£]){_AMOUNT}m\b", r"\1\2 million"),
        _change(rf"\b{_AMOUNT} billion euros\b", r"€\1bn"),
        _change(rf"\b{_AMOUNT} million euros\b", r"€\1m"),
        _change(rf"€{_AMOUNT} (million|billion)\b", r"\1 \2 euros"),
        _change(r"(?<=\d) ?per ?cent\b", "%"),
        _change(r"(?<=\d)%", " per cent"),
        _change(r"\b(\d{1,3}),(\d{3})\b(?!,)", r"\1\2"),
        _write_digits(_ENGLISH),
        _write_words,
    ),
    "fr": (
        _change(rf"\b{_AMOUNT} millions? d['’]euros", r"\1 M€"),
        _change(rf"\b{_AMOUNT} milliards? d['’]euros", r"\1 Md€"),
        _change(r"(?<=\d)(?:\s%| pour cent\b)", "%"),
        _change(r"(?<=\d)\s?%", " pour cent"),
        _change(r"(?<![\w.,])(\d{1,3})[ \u00a0\u202f](\d{3})(?![\w,]| \d{3})", r"\1\2"),
        _write_digits(_FRENCH),
    ),
    "es": (
        _change(rf"\b{_AMOUNT} millones de euros\b", r"\1 M€"),
        _change(r"(?<=\d)(?:\s%| por ciento\b)", "%"),
        _change(r"(?<=\d)\s?%", " por ciento"),
        _change(r"\b(\d{1,3})\.(\d{3})\b(?![.,]\d)", r"\1\2"),
        _write_digits(_SPANISH),
    ),
    "hi": (
        _change(r"(?<=\d) ?(?:प्रतिशत|फ़ीसदी)(?!\S)", "%"),
        _change(r"(?<=\d)%", " प्रतिशत"),
        _change(r"\b(\d{1,3}),(\d{3})\b(?!,)", r"\1\2"),
        _write_hindi_digits,
    ),
}
"""The changes of each language; each gives the sentence back where it finds nothing."""
