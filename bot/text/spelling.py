"""Names in Latin letters and in Devanagari → one rough spelling by which the two can meet."""

import re
from functools import lru_cache

_DEVANAGARI = re.compile("[\u0904-\u0963\u0971-\u097f]")
# Letters that a transcriber takes for one another have one sign; h and y come and go.
_CONSONANTS = {
    **dict.fromkeys("कख", "k"), **dict.fromkeys("गघ", "g"), **dict.fromkeys("चछ", "c"),
    **dict.fromkeys("जझ", "j"), **dict.fromkeys("टठतथ", "t"), **dict.fromkeys("डढदध", "d"),
    **dict.fromkeys("ङञणन", "n"), **dict.fromkeys("पफ", "p"), **dict.fromkeys("बभ", "b"),
    **dict.fromkeys("शषस", "s"), **dict.fromkeys("यह", ""), "म": "m", "र": "r", "ल": "l", "व": "v",
}  # fmt: skip
_VOWELS = {
    **dict.fromkeys("अआा", "a"), **dict.fromkeys("इईिी", "i"), **dict.fromkeys("उऊुू", "u"),
    **dict.fromkeys("ऋृ", "ri"), **dict.fromkeys("एऐऍेैॅ", "e"), **dict.fromkeys("ओऔऑोौॉ", "o"),
    **dict.fromkeys("ंँ", "n"),
}  # fmt: skip
_LATIN = (
    ("sch", "s"), ("sh", "s"), ("ch", "C"), ("ph", "p"), ("ck", "k"), ("dt", "t"), ("q", "k"),
    ("x", "ks"), ("f", "p"), ("w", "v"), ("z", "j"), ("ai", "e"), ("ay", "e"), ("au", "o"),
    ("ou", "o"), ("ow", "o"), ("ee", "i"), ("ea", "i"), ("oo", "u"), ("h", ""),
)  # fmt: skip
_SOFT_C = re.compile("c(?=[ei])")
_FINAL_Y = re.compile("y(?![aeiou])")
_DOUBLE = re.compile(r"(.)\1+")
_VOWEL = re.compile("[aeiou]")


def is_devanagari(word: str) -> bool:
    """Tell whether the word begins in Devanagari."""
    return bool(_DEVANAGARI.match(word))


@lru_cache(maxsize=20_000)
def spell(word: str) -> tuple[str, str]:
    """Return how a folded word sounds, roughly, and the same without its vowels.

    ``kestria`` and ``केस्ट्रिया`` sound alike; ``hammerfeld`` and ``हैमरफेल्ड`` do without
    vowels only, as Devanagari writes no short a.
    """
    sound = _DOUBLE.sub(r"\1", _read_devanagari(word) if is_devanagari(word) else _read(word))
    return sound, _VOWEL.sub("", sound)


def _read(word: str) -> str:
    for written, heard in _LATIN:
        word = word.replace(written, heard)
    word = _FINAL_Y.sub("i", word).replace("y", "")
    return _SOFT_C.sub("s", word).replace("c", "k").replace("C", "c")


def _read_devanagari(word: str) -> str:
    heard = []
    for letter, following in zip(word, f"{word[1:]} ", strict=True):
        consonant = _CONSONANTS.get(letter, "")
        # The unwritten short a, heard before another consonant.
        has_a = bool(consonant) and (following in _CONSONANTS or following in "ंँ")
        heard.append(consonant + "a" * has_a if consonant else _VOWELS.get(letter, ""))
    return "".join(heard)
