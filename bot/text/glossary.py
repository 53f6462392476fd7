"""Text in a language → the concepts it speaks of, which have one name in every language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.text.inflections import list_hindi_verbs, list_inflected
from bot.text.lexicon import LETTER, fold, load_lexicon, whole
from bot.text.similar import is_stop_word
from bot.text.synonyms import list_lemmas

LANGUAGES = ("en", "fr", "es", "hi")
_SPECIAL = frozenset({"apart", "capitals", "kinds"})
_NUKTA = "\u093c"
_NUMBER = "#"
# U.N. is one word; so is any other run of letters. "ministry's" is two.
_WORD = re.compile(rf"(?:[a-z]\.){{2,}}|{LETTER}+")
# हिन्दी and हिंदी: the nasal before a stop has two spellings.
_NASAL = re.compile("[ङञणनम]्(?=[क-भ])")

_Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Index:
    """How a language's concepts are found: word → its base, first base → phrases, longest first."""

    bases: dict[str, str]
    phrases: dict[str, tuple[tuple[_Phrase, frozenset[str]], ...]]


@lru_cache(maxsize=50_000)
def find_concepts(text: str, language: str) -> frozenset[str]:
    """Return the keys of the concepts that ``text`` speaks of; of another language none.

    A phrase counts as itself, not as the words in it: of phrases the longest. A kind of a thing
    (``crude_oil``) brings the thing (``oil``).
    """
    if language not in LANGUAGES:
        return frozenset()
    index = _load_index(language)
    words = [_find_base(word, language) for word in _split(text)]
    found = set[str](_find_in_capitals(text, language))
    at = 0
    while at < len(words):
        for phrase, concepts in index.phrases.get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                found |= concepts
                at += len(phrase) - 1
                break
        at += 1
    return frozenset((*found, *(broader for one in found for broader in _list_broader(one))))


@cache
def list_forms(concept: str, language: str) -> tuple[str, ...]:
    """Return the words of a concept to search for, the usual ones first; of an unknown one none.

    Of a single Hindi word also the plural and oblique forms, and all without the nukta: the
    full text knows no Hindi grammar.
    """
    listed = _load_concepts().get(concept, {}).get(language, ())
    inflected = (
        other
        for form in listed
        if language == "hi" and " " not in form
        for other in list_inflected(form, language)
    )
    forms = (*listed, *inflected)
    return tuple(dict.fromkeys((*forms, *(form.replace(_NUKTA, "") for form in forms))))


@cache
def _list_broader(concept: str) -> tuple[str, ...]:
    """What the concept is a kind of: a free trade agreement, a trade agreement, an agreement."""
    broader = load_lexicon("glossary")["kinds"].get(concept)
    return (broader, *_list_broader(broader)) if broader else ()


def _split(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.lower()):
        yield _NUMBER if word.isdecimal() else word


@lru_cache(maxsize=200_000)
def _find_base(word: str, language: str) -> str:
    """The form that the glossary has for a word in lower case, else its dictionary form.

    As it is written before all: ``livré`` is no ``livre``, though a hasty ``livre`` may be.
    """
    bases = _load_bases(language)
    word = word.replace(".", "")
    for key in (_spell(word), _key(word)):
        if key in bases:
            return bases[key]
    if word == _NUMBER:
        return word
    lemma = _key(next(iter(list_lemmas(word, language, has_small_words=True)), word))
    return bases.get(lemma, lemma)


def _spell(word: str) -> str:
    """The word with one spelling for what Hindi and French spell in two ways; accents stay."""
    if word.isascii():
        return word
    word = word.replace(_NUKTA, "").replace("ँ", "ं").replace("œ", "oe")
    return _NASAL.sub("ं", word)


@lru_cache(maxsize=100_000)
def _key(word: str) -> str:
    return _spell(fold(word))


def _find_in_capitals(text: str, language: str) -> Iterator[str]:
    pattern, concepts = _load_capitals(language)
    for match in pattern.finditer(text):
        yield from concepts[match.group()]


@cache
def _load_concepts() -> dict[str, dict[str, tuple[str, ...]]]:
    """Concept → language → its forms."""
    return {
        key: {language: tuple(listed) for language, listed in forms.items()}
        for table, concepts in load_lexicon("glossary").items()
        if table not in _SPECIAL
        for key, forms in concepts.items()
    }


def _list_listed(language: str) -> Iterator[tuple[str, str]]:
    """Every form of the language in lower case, with its concept."""
    apart = load_lexicon("glossary")["capitals"][language]
    for key, forms in _load_concepts().items():
        yield from ((form.lower(), key) for form in forms[language] if form not in apart)


@cache
def _load_bases(language: str) -> dict[str, str]:
    """Spelling → base: of listed words and what grammar makes of them; the surer comes first."""
    made = [(form, form) for form in _list_single(language)]
    made += [(other, form) for form, _ in made for other in list_inflected(form, language)]
    if language == "hi":
        made += [(other, form) for form in _list_verbs() for other in list_hindi_verbs(form)]
        made += [(other, word) for word in _list_heads() for other in list_inflected(word, "hi")]
    bases = {_spell(written): _spell(form) for written, form in reversed(made)}
    for written, form in made:
        hasty = _key(written)
        if not is_stop_word(hasty, language):
            bases.setdefault(hasty, _spell(form))
    return bases


def _list_single(language: str) -> list[str]:
    forms = [form for form, _ in _list_listed(language)] + load_lexicon("glossary")["apart"][
        language
    ]
    return [form for form in forms if _WORD.fullmatch(form)]


def _list_verbs() -> Iterator[str]:
    return (form for forms in load_lexicon("glossary")["actions"].values() for form in forms["hi"])


def _list_heads() -> Iterator[str]:
    """The last words of Hindi phrases, which alone take their endings."""
    return (form.split()[-1] for form, _ in _list_listed("hi") if " " in form)


@cache
def _load_index(language: str) -> _Index:
    """The phrases, with those that mean none of the concepts."""
    meant: dict[_Phrase, set[str]] = {}
    for form, concept in _list_listed(language):
        meant.setdefault(_read_phrase(form, language), set()).add(concept)
    for form in load_lexicon("glossary")["apart"][language]:
        meant.setdefault(_read_phrase(form.lower(), language), set())
    by_first: dict[str, list[tuple[_Phrase, frozenset[str]]]] = {}
    for phrase, concepts in sorted(meant.items(), key=lambda item: len(item[0]), reverse=True):
        by_first.setdefault(phrase[0], []).append((phrase, frozenset(concepts)))
    return _Index(_load_bases(language), {first: tuple(rest) for first, rest in by_first.items()})


def _read_phrase(form: str, language: str) -> _Phrase:
    words = (_NUMBER if word == _NUMBER else word for word in form.split())
    parts = (part for word in words for part in ([word] if word == _NUMBER else _split(word)))
    return tuple(_find_base(part, language) for part in parts)


@cache
def _load_capitals(language: str) -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    """A pattern for the forms that count in capitals only, and what they mean."""
    capitals = load_lexicon("glossary")["capitals"][language]
    meant = {
        form: frozenset(key for key, forms in _load_concepts().items() if form in forms[language])
        for form in capitals
    }
    return re.compile(whole("|".join(capitals)) if capitals else r"(?!)"), meant
