"""Word of a name in one script → how the other is likely to spell it; two words → one name?

A guess: Devanagari writes what a transcriber hears. Ambiguities are spelled out, likely first.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice, product

from bot.text.lexicon import fold
from bot.text.spelling import is_devanagari, spell
from bot.text.variants import ALIKE

MOST = 6
"""Spellings that are worth a search."""
_LONG = 5
_BONES = 2
"""Letters, and more, that two words must share where vowels may differ."""

_VIRAMA, _NASAL = "\u094d", "\u0902"
_UNITS = (
    "tsch", "sch", "tch", "chh", "sh", "ch", "kh", "gh", "th", "dh", "ph", "bh", "zh", "ts", "ck",
    "ee", "oo", "ou", "ow", "ai", "ay", "ei", "ey", "au", "aw", "ea", "ie", "aa", "eu",
)  # fmt: skip
_UNIT = re.compile("|".join((*_UNITS, r"([bcdfgjklmnpqrstvwxz])\1", "[a-z@]")))
_CONSONANTS = {
    "tsch": "च", "sch": "श", "tch": "च", "chh": "छ", "sh": "श", "ch": "च", "kh": "ख", "gh": "घ",
    "th": "थ", "dh": "ध", "ph": "फ", "bh": "भ", "zh": "झ", "ts": "त्स", "ck": "क", "b": "ब",
    "c": "क", "f": "फ", "g": "ग", "h": "ह", "j": "ज", "k": "क", "l": "ल", "m": "म", "n": "न",
    "p": "प", "q": "क", "r": "र", "s": "स", "v": "व", "w": "व", "x": "क्स", "y": "य", "z": "ज़",
}  # fmt: skip
# Sign after a consonant, letter at the start of a word or after a vowel.
_VOWELS = {
    "a": ("ा", "आ"), "aa": ("ा", "आ"), "e": ("े", "ए"), "i": ("ि", "इ"), "o": ("ो", "ओ"),
    "u": ("ु", "उ"), "ee": ("ी", "ई"), "ea": ("ी", "ई"), "ie": ("ी", "ई"), "oo": ("ू", "ऊ"),
    "ou": ("ू", "ऊ"), "ow": ("ो", "ओ"), "ai": ("ै", "ऐ"), "ay": ("े", "ए"), "ei": ("े", "ए"),
    "ey": ("े", "ए"), "au": ("ौ", "औ"), "aw": ("ॉ", "ऑ"), "eu": ("ू", "यू"),
    "short": ("", "अ"), "@": ("", "अ"),
    "broad": ("ै", "ऐ"), "long i": ("ी", "ई"), "long u": ("ू", "ऊ"), "y": ("ी", "ई"),
}  # fmt: skip
_DENTAL, _HARD = {"t": "त", "d": "द"}, {"t": "ट", "d": "ड"}
_LIQUIDS = "rlyvwm"
_WESTERN = re.compile(r"c(?!h)|w|x|ck|tt|[^aeiouh]{2}$|er$|son$|^tr|rm|[^aeiou]{2}er|man$")
# What is heard otherwise than its letters say; "@" is a vowel that is not written.
_HEARD = tuple(
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"^x", "sh"), (r"ce$", "s"), (r"ey$", "y"), (r"(?<=.)er(?![aeiouy])", "@r"),
        (r"u(?=[mn][pbk])", "@"), (r"(?<=[^u][kg])a(?=[rn]$)(?<!^.a)", "@"),
    )
)  # fmt: skip

_LATIN_CONSONANTS = {
    "क": "k", "ख": "kh", "ग": "g", "घ": "gh", "ङ": "n", "च": "ch", "छ": "chh", "ज": "j", "झ": "jh",
    "ञ": "n", "ट": "t", "ठ": "th", "ड": "d", "ढ": "dh", "ण": "n", "त": "t", "थ": "th", "द": "d",
    "ध": "dh", "न": "n", "प": "p", "फ": "ph", "ब": "b", "भ": "bh", "म": "m", "य": "y", "र": "r",
    "ल": "l", "व": "v", "श": "sh", "ष": "sh", "स": "s", "ह": "h",
}  # fmt: skip
_LATIN_VOWELS = {
    "अ": "a", "आ": "a", "ा": "a", "इ": "i", "ि": "i", "ई": "i", "ी": "i", "उ": "u", "ु": "u",
    "ऊ": "u", "ू": "u", "ऋ": "ri", "ृ": "ri", "ए": "e", "े": "e", "ऐ": "ai", "ै": "ai", "ओ": "o",
    "ो": "o", "औ": "au", "ौ": "au", "ऑ": "o", "ॉ": "o", "ऍ": "e", "ॅ": "e",
}  # fmt: skip
_OTHER_LATIN = (("v", "w"), ("ph", "f"), ("ai", "a"), ("k", "c"), ("j", "z"), ("i", "y"))
_LABIAL = re.compile("m(?=[pb])")
_SOFT = re.compile("[ae]")


@dataclass(frozen=True, slots=True)
class _Way:
    """One choice among what Devanagari spells in several ways."""

    is_nasal: bool
    stops: Mapping[str, str]
    first_a: str
    is_long: bool


@lru_cache(maxsize=20_000)
def transliterate(name: str) -> tuple[str, ...]:
    """Return up to six spellings of one word in the other script, the likeliest first.

    ``Modi`` gives ``मोदी`` before ``मोडी``; ``मोदी`` gives ``Modi``. No word, no spelling.
    """
    word = fold(name).strip()
    if is_devanagari(word):
        made: Iterator[str] = (other.capitalize() for other in _write_latin(word))
    elif re.fullmatch("[a-z]+", word):
        made = _write_devanagari(word)
    else:
        return ()
    return tuple(islice(dict.fromkeys(made), MOST))


@lru_cache(maxsize=200_000)
def names_alike(word: str, other: str) -> bool:
    """Tell whether two words can be one name's, over scripts and spellings."""
    a, b = fold(word), fold(other)
    if not a or not b or a == b:
        return bool(a) and a == b
    if is_devanagari(a) != is_devanagari(b):
        latin, devanagari = (b, a) if is_devanagari(a) else (a, b)
        return _sounds_alike(latin, devanagari)
    is_long = min(len(a), len(b)) >= _LONG and a[0] == b[0] and spell(a)[1] == spell(b)[1]
    return is_long and SequenceMatcher(None, a, b).ratio() >= ALIKE


def _sounds_alike(latin: str, devanagari: str) -> bool:
    """Of one sound, or of one but for ``a`` and ``e``, which Devanagari often leaves out.

    Not by the consonants alone, as two names can be: of a text's words too many are.
    """
    sound, other = _hear(latin), _hear(devanagari)
    if sound == other:
        return len(sound) > 1
    firm, other_firm = _SOFT.sub("", sound), _SOFT.sub("", other)
    is_tail = sound.endswith(other) or other.endswith(sound)
    is_enough = len(firm) > _BONES or (is_tail and min(len(sound), len(other)) > _BONES)
    if firm == other_firm and is_enough:
        return True
    made = {fold(spelling) for spelling in transliterate(latin)}
    return devanagari in made or (len(other) > _BONES and other in map(_hear, made))


def _hear(word: str) -> str:
    """The sound, with one nasal before a stop: ``trump``, ``ट्रंप``, ``ट्रम्प``."""
    return _LABIAL.sub("n", spell(word)[0])


def _write_devanagari(word: str) -> Iterator[str]:
    is_western = bool(_WESTERN.search(word))
    for pattern, heard in _HEARD:
        word = pattern.sub(heard, word)
    found = (match.group() for match in _UNIT.finditer(word))
    units = [unit[0] if unit[0] * 2 == unit and unit not in _VOWELS else unit for unit in found]
    choices = product(
        (True, False),
        (_HARD, _DENTAL) if is_western else (_DENTAL, _HARD),
        ("broad", "a", "short") if is_western else ("a", "short"),
        (False, True),
    )
    spelled = [
        (sum(ranks), _spell_units(units, _Way(*choice)))
        for ranks, choice in zip(_rank(is_western), choices, strict=True)
    ]
    yield from (made for _, made in sorted(spelled, key=lambda pair: pair[0]))


def _rank(is_western: bool) -> Iterator[tuple[int, ...]]:
    """How unlikely each choice is, in the order of the choices."""
    return product((0, 3), (0, 2), (0, 1, 1) if is_western else (0, 1), (0, 1))


def _spell_units(units: list[str], way: _Way) -> str:
    written: list[str] = []
    is_open = False  # whether a consonant waits for its vowel
    for at, unit in enumerate(units):
        following = units[at + 1] if at + 1 < len(units) else ""
        is_vowel = unit in _VOWELS and (unit != "y" or (is_open and following not in _VOWELS))
        if is_vowel:
            is_first = not any(other in _VOWELS for other in units[:at])
            kind = _choose_vowel(unit, units[at + 1 :], way, is_first=is_first)
            glide = "य" if at and units[at - 1] == "i" and unit != "i" else ""
            written.append(glide + _VOWELS[kind][0 if is_open or glide else 1])
        elif way.is_nasal and written and not is_open and _takes_nasal(units, at):
            written.append(_NASAL)
        else:
            written.append(_VIRAMA * (is_open and _joins(units, at)))
            is_soft = unit == "c" and following[:1] in ("e", "i", "y")
            written.append("स" if is_soft else way.stops.get(unit) or _CONSONANTS[unit])
        is_open = not is_vowel and written[-1] != _NASAL
    return "".join(written)


def _choose_vowel(unit: str, rest: list[str], way: _Way, *, is_first: bool) -> str:
    """Long at the end; and in ``Rubio``, ``Hamidi``, if so chosen, before one consonant."""
    if unit == "a" and rest:
        return way.first_a if is_first else "a"
    is_before_one = len(rest) > 1 and rest[0] not in _VOWELS and rest[1] in _VOWELS
    if unit in ("i", "u") and (not rest or (way.is_long and is_before_one)):
        return f"long {unit}"
    return unit


def _takes_nasal(units: list[str], at: int) -> bool:
    """``n`` or ``m`` before a stop, or ``n`` at the end after ``o``, as in French."""
    unit = units[at]
    if at + 1 == len(units):
        return unit == "n" and units[at - 1] == "o"
    following = units[at + 1]
    if unit == "m":
        return following in ("p", "b")
    return unit == "n" and following not in _VOWELS and following not in (*_LIQUIDS, "h")


def _joins(units: list[str], at: int) -> bool:
    """Whether a consonant clings to the one before: at the start, ``r`` + any, ``s`` + stop."""
    before, unit = units[at - 1], units[at]
    is_start = not any(other in _VOWELS for other in units[:at])
    return is_start or before in ("r", "s", "l") or unit in ("r", "l", "y")


def _write_latin(word: str) -> Iterator[str]:
    plain_word = _read_letters(word)
    swaps = [pair for pair in _OTHER_LATIN if pair[0] in plain_word]
    chosen = sorted(product((False, True), repeat=len(swaps)), key=sum)
    for choice in chosen:
        made = plain_word
        for (usual, other), is_taken in zip(swaps, choice, strict=True):
            made = made.replace(usual, other) if is_taken else made
        yield made


def _read_letters(word: str) -> str:
    heard = []
    last = len(word) - 1
    for at, letter in enumerate(word):
        following = word[at + 1] if at < last else ""
        if letter in _LATIN_CONSONANTS:
            has_a = following in _LATIN_CONSONANTS or following in ("ं", "ँ")
            # The unwritten a is mute before a last consonant's end and between open syllables.
            is_mute = at > 0 and at + 2 <= last and word[at + 2] in _LATIN_VOWELS
            heard.append(_LATIN_CONSONANTS[letter] + "a" * (has_a and not is_mute))
        elif letter in ("ं", "ँ"):
            heard.append("m" if following in ("प", "ब", "भ") else "n")
        else:
            heard.append(_LATIN_VOWELS.get(letter, ""))
    return "".join(heard)
