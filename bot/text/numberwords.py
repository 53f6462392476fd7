"""numbers.toml → patterns: the words, scales and units of numbers, compiled once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.text.lexicon import LETTER, fold, load_lexicon, one_of, whole


@dataclass(frozen=True, slots=True)
class Spelling:
    """How one language writes numbers in words; the keys of the mappings are folded."""

    first: re.Pattern[str]
    next: re.Pattern[str]
    cardinals: Mapping[str, int]
    ordinals: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Signs:
    """What may stand before and after a number in any language; keys as ``sign_key`` gives."""

    prefix: re.Pattern[str]
    scale: re.Pattern[str]
    counted_millions: re.Pattern[str]
    unit: re.Pattern[str]
    scales: Mapping[str, int]
    units: Mapping[str, str]
    doubtful: frozenset[str]


def guess_language(text: str) -> str:
    """Return en, fr, es or hi by the small words of ``text``; en when there are none."""
    if re.search(r"[\u0900-\u0963]", text):
        return "hi"
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {name: sum(w in known for w in words) for name, known in _load_markers().items()}
    return max(counts, key=lambda name: counts[name])


def sign_key(sign: str) -> str:
    """Return the key of a scale or unit: case tells M from m, but says nothing in longer words."""
    return sign if len(sign) == 1 else fold(re.sub(r"\s+", " ", sign))


@cache
def load_spelling(language: str) -> Spelling:
    """Return the number words of en, fr, es or hi."""
    tables = load_lexicon("numbers")
    cardinals = _values(tables["cardinals"][language])
    ordinals = _values(tables["ordinals"][language])
    one = dict.fromkeys(tables["ones"][language].split(), 1)
    articles = dict.fromkeys(tables["articles"].get(language, "").split(), 1)
    hundreds = [word for word, value in cardinals.items() if value == 100]
    before_scale = one_of([*_listed(tables["scales"]), *hundreds])
    singles = whole(one_of(one | articles))
    starts = one_of(word for word in [*cardinals, *ordinals] if word != "hundred")
    return Spelling(
        first=re.compile(
            rf"{whole(starts)}|(?<!half ){singles}(?=[ -]{before_scale}(?!{LETTER}))",
            re.IGNORECASE,
        ),
        next=re.compile(
            rf"[ -](?:(?:and|et|y) )?({whole(one_of(cardinals | one))})", re.IGNORECASE
        ),
        cardinals={fold(word): value for word, value in (cardinals | one | articles).items()},
        ordinals={fold(word): value for word, value in ordinals.items()},
    )


@cache
def load_signs() -> Signs:
    """Return the scales, currencies and units."""
    tables = load_lexicon("numbers")
    iso = {code: [code] for code in tables["iso"]["codes"]}
    named = [*tables["currencies"].items(), *tables["units"].items(), *iso.items()]
    units = {sign_key(sign): unit for unit, signs in named for sign in signs}
    currencies = [*_listed(tables["currencies"]), *iso]
    before = [sign for sign in currencies if not sign[-1].isalpha() or sign.isupper()] + ["Rs"]
    written = one_of(sign for _, signs in named for sign in signs)
    counted = one_of(tables["counted"]["words"])
    return Signs(
        prefix=re.compile(rf"(?<!{LETTER})({one_of(before)}) ?\Z"),
        scale=re.compile(rf"[ -]?({one_of(_listed(tables['scales']))})(?!{LETTER})", re.IGNORECASE),
        counted_millions=re.compile(rf" ?m(?= {counted}(?!{LETTER}))"),
        unit=re.compile(rf"[ -]?(?:de |d['’]|of )?({written})(?!{LETTER})", re.IGNORECASE),
        scales={
            sign_key(sign): int(value)
            for value, signs in tables["scales"].items()
            for sign in signs
        },
        units=units,
        doubtful=frozenset(tables["doubtful"]["words"]),
    )


@cache
def load_letters() -> Mapping[str, str]:
    """Return the Latin letters by their folded names in Hindi."""
    return {fold(name): letter for letter, name in load_lexicon("numbers")["letters"].items()}


@cache
def _load_markers() -> dict[str, frozenset[str]]:
    return {
        language: frozenset(words.split())
        for language, words in load_lexicon("numbers")["markers"].items()
    }


def _listed(table: Mapping[str, list[str]]) -> list[str]:
    return [sign for signs in table.values() for sign in signs]


def _values(table: Mapping[str, str]) -> dict[str, int]:
    return {word: int(value) for value, words in table.items() for word in words.split()}
