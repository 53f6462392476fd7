"""Dictionary form → forms that grammar makes of it and the dictionary of lemmas often lacks.

Only regular ones, of single words. A form that no text has does no harm, so that every word
is taken for whatever its ending allows.
"""

from collections.abc import Iterator

_SHORTEST_VERB = 5
_HINDI_CONSONANT_END = ("ों", "ें")
# After a vowel sign the endings have letters of their own.
_HINDI_ENDS = (
    ("ियां", "ी"), ("ियों", "ी"), ("ियाँ", "ी"), ("ाओं", "ा"), ("ाएं", "ा"), ("ाएँ", "ा"),
    ("े", "ा"), ("ों", "ा"), ("ुओं", "ु"), ("ुएं", "ु"), ("ुओं", "ू"), ("ियों", "ि"),
)  # fmt: skip
_HINDI_VERB = ("ता", "ते", "ती", "ने", "नी", "कर")
_AFTER_CONSONANT = ("ा", "े", "ी", "ीं", "ेगा", "ेगी", "ेंगे", "ेंगी", "ें")
_AFTER_VOWEL = ("या", "ए", "ई", "ईं", "यी", "ये", "एगा", "एगी", "एंगे", "एंगी", "एं")
_HINDI_VOWELS = "ािीुूेैोौ"


def list_inflected(word: str, language: str) -> tuple[str, ...]:
    """Return plurals, genders and participles of a word in lower case, without the word."""
    inflect = {"en": _english, "fr": _french, "es": _spanish, "hi": _list_hindi_nouns}.get(language)
    return tuple(dict.fromkeys(inflect(word))) if inflect else ()


def list_hindi_verbs(word: str) -> tuple[str, ...]:
    """Return the regular forms of an infinitive in ``ना``; of any other word none."""
    stem = word.removesuffix("ना")
    if stem == word or not stem:
        return ()
    past = _AFTER_VOWEL if stem[-1] in _HINDI_VOWELS else _AFTER_CONSONANT
    return tuple(f"{stem}{end}" for end in (*_HINDI_VERB, *past))


def _english(word: str) -> Iterator[str]:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        yield f"{word[:-1]}ies"
    yield f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"


def _french(word: str) -> Iterator[str]:
    if word.endswith(("s", "x", "z")):
        yield from (f"{word}e", f"{word}es")
    elif word.endswith("al"):
        yield from (f"{word[:-1]}ux", f"{word}e", f"{word}es")
    elif word.endswith("if"):
        yield from (f"{word}s", f"{word[:-1]}ve", f"{word[:-1]}ves")
    elif word.endswith(("eau", "eu")):
        yield f"{word}x"
    else:
        yield f"{word}s"
    if word.endswith("é"):
        yield from (f"{word}e", f"{word}es")
    if len(word) >= _SHORTEST_VERB and word.endswith(("er", "ir")):
        stem = f"{word[:-2]}é" if word.endswith("er") else word[:-1]
        yield from (stem, f"{stem}e", f"{stem}s", f"{stem}es")


def _spanish(word: str) -> Iterator[str]:
    if word.endswith(("a", "e", "o", "é", "á")):
        yield f"{word}s"
    elif word.endswith("ión"):
        yield f"{word[:-2]}ones"
    elif word.endswith("z"):
        yield f"{word[:-1]}ces"
    else:
        yield f"{word}es"
    if len(word) >= _SHORTEST_VERB and word.endswith(("ar", "er", "ir")):
        stem = f"{word[:-2]}ad" if word.endswith("ar") else f"{word[:-2]}id"
        yield from (f"{stem}o", f"{stem}a", f"{stem}os", f"{stem}as")


def _list_hindi_nouns(word: str) -> Iterator[str]:
    for ending, end in _HINDI_ENDS:
        if word.endswith(end):
            yield word.removesuffix(end) + ending
    if word[-1] not in _HINDI_VOWELS:
        yield from (f"{word}{end}" for end in _HINDI_CONSONANT_END)
