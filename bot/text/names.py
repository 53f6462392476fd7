"""Text → names: countries under any of their names, people, and whether two names are one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.text.lexicon import LETTER, fold, load_lexicon
from bot.text.places import (
    TOKEN,
    Alias,
    alias_key,
    load_aliases,
    load_codes,
    load_lengths,
)
from bot.text.runs import find_runs, is_particle, strip_titles

_ARTICLES = frozenset({"the", "la", "le", "les", "el", "los", "l"})
_NEAR = re.compile(r"[\s.,'’-]{1,9}")
_PEOPLE = frozenset(
    {"a", "i", "an", "ian", "ean", "ese", "ish", "n", "ien", "ienne", "iens", "ano", "ana", "ia"}
)
_SEPARATOR = re.compile(r"\.\s*|\s+")


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place in a text: ``country`` in English; ``kind`` is country, capital, seat or demonym.

    ``place`` is the city for a capital or a seat, in English, else the words themselves.
    """

    country: str
    place: str
    kind: str
    start: int
    end: int


@lru_cache(maxsize=128)
def find_places(text: str) -> tuple[PlaceMatch, ...]:
    """Return the countries of ``text`` in order, by any name of theirs, the longest first."""
    tokens = list(TOKEN.finditer(text))
    folded = [fold(token.group()) for token in tokens]
    matches: list[PlaceMatch] = []
    i = 0
    while i < len(tokens):
        count, alias = _longest_alias(text, tokens, folded, i)
        if alias and alias.country:
            matches.append(_match(text, tokens[i].start(), tokens[i + count - 1].end(), alias))
        i += count
    return tuple(matches)


def get_country(name: str) -> str | None:
    """Return the English name of the country that ``name`` stands for, in any case, or None.

    ``name`` may be a country's name in four languages, its ISO code, its people, its
    capital or its government's seat, with or without an article.
    """
    alias = _find_alias(name)
    return (alias.country or None) if alias else load_codes().get(name.strip().upper())


@lru_cache(maxsize=128)
def find_names(text: str) -> tuple[str, ...]:
    """Return the proper names of ``text`` in order, each once; none in scripts without case.

    A name is a run of words with capitals and the particles between them, without titles,
    possessives, dates and designations. A common word that only begins a sentence is none.
    """
    names = (" ".join(words) for words in find_runs(text))
    return tuple(dict.fromkeys(name for name in names if len(name) > 1))


def mask_names(text: str, names: Iterable[str]) -> str:
    """Return ``text`` with a space in place of each of the names."""
    for name in names:
        text = re.sub(rf"(?<!{LETTER}){re.escape(name)}(?!{LETTER})", " ", text)
    return text


@lru_cache(maxsize=100_000)
def same_name(a: str, b: str) -> bool:
    """Tell whether two names can stand for one person, body or country.

    Titles, particles, accents and case don't count, and an initial stands for a name.
    ``Modi``, ``PM Modi`` and ``Narendra Modi`` are one; so are ``J.D. Vance``, ``JD Vance``
    and ``James David Vance``; and ``US``, ``American`` and ``United States``.
    """
    countries = [_nation(name) for name in (a, b)]
    if any(countries):
        return countries[0] == countries[1]
    shorter, longer = sorted((list_core(a), list_core(b)), key=len)
    if not shorter:
        return False
    if len(shorter) == len(longer):
        return shorter[-1] == longer[-1] and all(map(_is_initial_of, shorter, longer))
    if _load_organisations() & set(longer) - set(shorter):
        return False
    is_end = shorter[-1] == longer[-1] or shorter == longer[:1]
    return is_end and _is_within(shorter, longer)


def is_people_of(a: str, b: str) -> bool:
    """Tell whether one is the people of the other: ``Zhemari`` of ``Zhemar``, that no list has."""
    short, long = sorted((a.casefold(), b.casefold()), key=len)
    stem = short.rstrip("aeio")
    return len(stem) > 3 and long.startswith(stem) and long[len(stem) :] in _PEOPLE


def is_initials(short: str, text: str) -> bool:
    """Tell whether ``short`` is made of the initials of a run of words: ``GDP``, ``WTO``."""
    if not re.fullmatch(r"[A-Z]{2,6}", short):
        return False
    spelled = load_lexicon("context")["initials"].get(short)
    if spelled and spelled in text.casefold():
        return True
    runs = re.findall(rf"(?:[A-Z]{LETTER}+(?:\s(?:of|and|for|de|des|du|la|the))*\s?){{2,}}", text)
    return any("".join(re.findall(rf"\b([A-Z]){LETTER}", run)) == short for run in runs)


def longest_name(short: str, text: str) -> str:
    """Return the fullest form of the name ``short`` that ``text`` has, or ``short`` itself.

    Another form with the same last word wins over one with the same first word. A country
    comes back under its English name, a known person of another script in Latin letters.
    """
    if country := _nation(short):
        return country
    people = load_lexicon("names")["people"]
    spelled = [person for written, person in people.items() if written in text]
    names = [name for name in (*find_names(text), *spelled) if same_name(short, name)]
    last = list_core(short)[-1:]
    return max(
        names, key=lambda name: (list_core(name)[-1:] == last, len(list_core(name))), default=short
    )


def find_people(text: str) -> tuple[tuple[str, int], ...]:
    """Return the known people that ``text`` names in a script without case, with offsets.

    The longest spelling wins: ``नरेंद्र मोदी`` is one person, not also ``मोदी``.
    """
    people = load_lexicon("names")["people"]
    return tuple((people[text[start:end]], start) for start, end in find_spellings(text))


def find_spellings(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the known people stand in a text of a script without case."""
    taken: list[tuple[int, int]] = []
    for written in sorted(load_lexicon("names")["people"], key=len, reverse=True):
        for match in re.finditer(re.escape(written), text):
            if not any(start <= match.start() < end for start, end in taken):
                taken.append(match.span())
    return tuple(sorted(taken))


def find_home(name: str) -> str | None:
    """Return the country that a known person holds office in, or None."""
    homes = load_lexicon("names")["homes"]
    return next((homes[person] for person in homes if same_name(person, name)), None)


def _longest_alias(
    text: str, tokens: Sequence[re.Match[str]], folded: Sequence[str], i: int
) -> tuple[int, Alias | None]:
    """The alias with the most words that begins at token ``i``, and how many it has."""
    longest = min(load_lengths().get(folded[i], 0), len(tokens) - i)
    for count in range(longest, 0, -1):
        start, end = tokens[i].start(), tokens[i + count - 1].end()
        if count > 1 and not _NEAR.fullmatch(TOKEN.sub("", text[start:end])):
            continue
        for alias in load_aliases().get(tuple(folded[i : i + count]), ()):
            if alias.fits(text[start:end]):
                return count, alias
    return 1, None


def _match(text: str, start: int, end: int, alias: Alias) -> PlaceMatch:
    if alias.written.endswith(".") and text[end : end + 1] == ".":
        end += 1
    return PlaceMatch(alias.country, alias.city or text[start:end], alias.kind, start, end)


def _find_alias(name: str) -> Alias | None:
    key = alias_key(name)
    found = load_aliases().get(key)
    if not found and key and key[0] in _ARTICLES:
        found = load_aliases().get(key[1:])
    return found[0] if found else None


@lru_cache(maxsize=20_000)
def _nation(name: str) -> str | None:
    """The country that the name is a name of, not one that it only stands for."""
    alias = _find_alias(name)
    return alias.country if alias and alias.kind in ("country", "demonym") else None


@lru_cache(maxsize=20_000)
def list_core(name: str) -> tuple[str, ...]:
    """Return the words that tell the name from others, folded; initials apart."""
    words = strip_titles(tuple(_SEPARATOR.split(name.strip(" .,"))))
    person = _load_people().get(alias_key(" ".join(words)))
    words = tuple(person.split()) if person else _split_initials(words)
    folded = [part for word in words for part in alias_key(word)]
    return tuple(word for word in folded if not is_particle(word)) or tuple(folded)


def _split_initials(words: Sequence[str]) -> tuple[str, ...]:
    """``JD Vance`` as ``J D Vance``; what is all in capitals is left alone."""
    first = words[0] if len(words) > 1 else ""
    is_pair = len(first) == 2 and first.isalpha() and first.isupper()
    if not is_pair or all(map(str.isupper, words)) or _find_alias(first):
        return tuple(words)
    return (*first, *words[1:])


def _is_initial_of(a: str, b: str) -> bool:
    """Whether the words are one, or one of them is the other's first letter."""
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


def _is_within(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether the words come in that order in the longer name."""
    rest = iter(longer)
    return all(any(_is_initial_of(word, other) for other in rest) for word in shorter)


@cache
def _load_people() -> dict[tuple[str, ...], str]:
    return {alias_key(name): person for name, person in load_lexicon("names")["people"].items()}


@cache
def _load_organisations() -> frozenset[str]:
    return frozenset(load_lexicon("names")["organisations"]["words"])
