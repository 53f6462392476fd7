"""text → question: its parts, what each asks for, and the terms by which it is looked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.relevance.cues import KINDS, has_cue, load_asking, load_table
from bot.relevance.terms import find_meanings
from bot.text.cues import LANGUAGES
from bot.text.lexicon import LETTER, fold, one_of, whole
from bot.text.names import find_places
from bot.text.spelling import is_devanagari
from bot.text.synonyms import list_lemmas, list_statement_terms
from bot.text.terms import name_places

MAX_PARTS = 3
MAX_TERMS = 40
_MIN_WORDS = 3
"""A part with fewer is no question of its own."""
_LONGEST = 4
"""Words of a phrase that means a concept."""
_WORD = re.compile(f"{LETTER}+(?:[.,'’-]{LETTER}+)*")
_CUT_SHORT = re.compile(r"(?<!\w)(?:l|d|qu|n|s|c|j)['’](?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """A word that a question is about: as it is typed, and as it is looked for.

    ``meanings`` are the concepts that stand for it in any language, as ``#tariff``.
    """

    written: str
    word: str
    meanings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """One of the questions in a question; ``wants`` are the kinds of thing it asks for."""

    text: str
    terms: tuple[Term, ...]
    wants: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is understood; ``terms`` are those of all its parts."""

    text: str
    language: str
    parts: tuple[Part, ...]
    terms: tuple[Term, ...]
    is_latest: bool
    wants_both: bool

    @property
    def texts(self) -> tuple[str, ...]:
        """What is to be embedded: the text of each part and, if it says more, the whole."""
        texts = tuple(part.text for part in self.parts)
        return texts if texts == (self.text,) else (*texts, self.text)


@lru_cache(maxsize=256)
def read_question(text: str) -> Question:
    """Read what is asked, in English, French, Spanish or Hindi."""
    text = " ".join(text.split())
    language = find_language(text)
    terms = list_question_terms(text, language)
    parts = tuple(_read_part(part, language, terms) for part in split_parts(text))
    return Question(
        text=text,
        language=language,
        parts=parts,
        terms=terms,
        is_latest=has_cue("latest", text) or any("whether" in part.wants for part in parts),
        wants_both=has_cue("differ", text),
    )


def _read_part(text: str, language: str, terms: tuple[Term, ...]) -> Part:
    """A part that has no term of its own is about what the whole question is about."""
    return Part(text, list_question_terms(text, language) or terms, find_wants(text))


# ---------------------------------------------------------------- language and parts


def find_language(text: str) -> str:
    """Return the question's language by its script and its small words; English if in doubt."""
    if any(is_devanagari(word) for word in text.split()):
        return "hi"
    said = [word.casefold() for word in _WORD.findall(text)]
    small = load_table()["language"]
    counts = {one: sum(word in words for word in said) for one, words in small.items()}
    counts["fr"] += len(_CUT_SHORT.findall(text))
    counts["es"] += 2 * ("¿" in text)
    return max(counts, key=lambda one: (counts[one], one == "en"))


def split_parts(text: str) -> tuple[str, ...]:
    """Return the questions in one, at most three: ``did he go and what came of it`` are two."""
    parts: list[str] = []
    for piece in _load_split().split(text):
        if not (piece := piece.strip()):
            continue
        if parts and min(len(_WORD.findall(one)) for one in (piece, parts[-1])) < _MIN_WORDS:
            parts[-1] += f", {piece}"
        else:
            parts.append(piece)
    return tuple(parts[:MAX_PARTS]) or (text,)


@cache
def _load_split() -> re.Pattern[str]:
    table = load_table()
    joins, opens = (
        one_of(word for words in table[name].values() for word in words)
        for name in ("joins", "opens")
    )
    before = one_of(table["opens"]["before"])
    hindi, asks = (one_of(table["hindi"][name]) for name in ("joins", "asks"))
    asked = rf"(?=(?:{before}\s+)?{whole(opens)})"
    soon = rf"(?=(?:\S+\s+){{0,7}}{whole(asks)})"
    return re.compile(rf"(?:\s?[?;:¿]\s|,?\s{joins}\s|,\s){asked}|\s{hindi}\s{soon}", re.IGNORECASE)


# ---------------------------------------------------------------- what is asked for


def find_wants(text: str) -> frozenset[str]:
    """Return the kinds of thing that the question asks for."""
    asked = _drop_joining(text)
    found = {kind for kind in KINDS if has_cue(kind, asked)}
    if has_cue("not_money", asked):
        found.discard("money")
    if any(sign in asked for sign in load_table()["share"]["signs"]):
        found.add("share")
    is_open = _load_openers()[0].search(asked)
    if has_cue("whether", asked) or (not is_open and _load_whether().match(asked)):
        found.add("whether")
    return frozenset(found)


def _drop_joining(text: str) -> str:
    """The question without words that ask where they stand first, but only join later on."""
    openers, joining = _load_openers()
    first = openers.search(text)
    return text[: first.end()] + joining.sub(" ", text[first.end() :]) if first else text


@cache
def _load_openers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What asks for a thing, and what may only join."""
    table = load_table()
    opens, joining = (
        {word for language in LANGUAGES for word in table[name].get(language, ())}
        for name in ("opens", "joining")
    )
    askers = opens.difference(table["whether"]["start"], ("que", "qu'est-ce"))
    return (
        re.compile(whole(one_of(askers)), re.IGNORECASE),
        re.compile(whole(one_of(joining)), re.IGNORECASE),
    )


@cache
def _load_whether() -> re.Pattern[str]:
    lists = load_table()["whether"]
    first, start = one_of(lists["first"]), one_of(lists["start"])
    return re.compile(rf"[^\w]*(?:{first}[\s,]+)*{start}(?!{LETTER})", re.IGNORECASE)


# ---------------------------------------------------------------- terms


def list_question_terms(text: str, language: str) -> tuple[Term, ...]:
    """Return what a question is about, in order, without the words of asking."""
    named = name_places(text)
    written = _find_written(named, language)
    asking = load_asking()
    found = sorted(
        (named.find(written.get(word, word)), word)
        for word in list_statement_terms(named, language)
        if word.startswith("@") or not {word, fold(written.get(word, word))} & asking
        if len(word) > 1
    )
    meanings = _find_meanings(named, language)
    terms = (
        Term(shown, word, meanings.get(fold(shown)) or find_meanings(word, language))
        for _, word in found
        for shown in [written.get(word, word)]
    )
    return tuple(terms)[:MAX_TERMS]


def _find_written(text: str, language: str) -> dict[str, str]:
    """Term → the words of the question that it stands for."""
    written = {f"@{place.country}": text[place.start : place.end] for place in find_places(text)}
    for match in _WORD.finditer(text):
        for word in list_lemmas(match.group(), language):
            written.setdefault(word, match.group())
    return written


def _find_meanings(text: str, language: str) -> Mapping[str, frozenset[str]]:
    """Folded word → the concepts that it, or the shortest phrase it stands in, means here."""
    left = set(find_meanings(text, language))
    words = _WORD.findall(text)
    found: dict[str, frozenset[str]] = {}
    for size in range(1, _LONGEST + 1):
        told = set[str]()
        for at in range(len(words) - size + 1) if left else ():
            here = left & find_meanings(" ".join(words[at : at + size]), language)
            for word in words[at : at + size] if here else ():
                found[fold(word)] = found.get(fold(word), frozenset()) | here
            told |= here
        left -= told
    return found
