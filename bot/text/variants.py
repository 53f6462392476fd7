"""Two names → whether they can be one person's or place's, over scripts, spellings and offices.

Looser than ``same_name``, which checks rely on: only for names that much else joins already,
such as the same host in the same weeks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from bot.text.lexicon import fold, load_lexicon, one_of, whole
from bot.text.names import find_places, get_country, is_people_of, list_core, same_name
from bot.text.places import alias_key
from bot.text.runs import is_particle
from bot.text.spelling import is_devanagari, spell

ALIKE = 0.75
"""Share of letters from which two spellings in one script can be one name's."""
_LONG = 5
_BONES = 3
_ARTICLES = frozenset({"the", "les", "los", "las", "l", "d", "s"})


@dataclass(frozen=True, slots=True)
class _Office:
    """Somebody named by the office alone: ``the Angolan foreign minister``."""

    title: str
    country: str


@lru_cache(maxsize=100_000)
def same_person(a: str, b: str) -> bool:
    """Tell whether two names can be one person's, or one group's, that visits somewhere.

    Also over scripts (``नूरा हमीदी``, ``Nura Hamidi``), spellings (``Mohammed``, ``Muhammad``),
    with the rest of a long name left out, and for offices (``foreign minister of Angola``,
    ``Angola's foreign minister``) and groups (``leaders of the Quad``, ``the Quad leaders``).
    """
    office, other = _find_office(a), _find_office(b)
    if office and other:
        return office.title == other.title and same_place(office.country, other.country)
    if office or other:
        return False
    group, other_group = _find_group(a), _find_group(b)
    if group and other_group:
        return group == other_group or same_place(group, other_group)
    return same_name(a, b) or _are_spellings(list_core(a), list_core(b))


@lru_cache(maxsize=100_000)
def same_place(a: str, b: str) -> bool:
    """Tell whether two names can be one country's or one city's.

    A country that a gazetteer knows is one with its capital; of others the spelling tells:
    ``Ledania``, ``Ledanie``, ``लेडानिया``.
    """
    countries = (get_country(a), get_country(b))
    if any(countries):
        return countries[0] == countries[1]
    first, second = list_words(a), list_words(b)
    if not first or not second:
        return False
    if first == second or is_people_of(" ".join(first), " ".join(second)):
        return True
    is_one_stem = _cut(first) == _cut(second) and len(_cut(first)) > _BONES
    return is_one_stem or (len(first) == len(second) and _are_spellings(first, second))


def choose_name(a: str, b: str) -> str:
    """Return the name that tells a reader of English more: of equals the first.

    Latin letters before others, then more words, then no title.
    """
    return max(a, b, key=_fullness)


def _fullness(name: str) -> tuple[bool, bool, int, bool]:
    core, words = list_core(name), alias_key(name)
    is_bare = len(words) <= len(core) + sum(map(is_particle, words))
    return (not is_devanagari(name), not _find_office(name), len(core), is_bare)


def _are_spellings(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether the words of the shorter name are those of the longer, spelled otherwise."""
    shorter, longer = sorted((a, b), key=len)
    sounds = [spell(word) for word in shorter]
    if sum(len(bones) for _, bones in sounds) < _BONES and sum(len(s) for s, _ in sounds) < _LONG:
        return False  # too little to tell two names by
    if len(shorter) == len(longer):
        return all(map(_is_spelling, shorter, longer))
    head, tail = longer[: len(shorter)], longer[-len(shorter) :]
    is_head = len(shorter) > 1 and all(map(_is_spelling, shorter, head))
    return is_head or all(map(_is_spelling, shorter, tail))


def _is_spelling(a: str, b: str) -> bool:
    if a == b:
        return True
    (sound, bones), (other_sound, other_bones) = spell(a), spell(b)
    if is_devanagari(a) != is_devanagari(b):
        return sound == other_sound or (bones == other_bones and bool(bones))
    is_long = min(len(a), len(b)) >= _LONG and a[0] == b[0]
    return is_long and bones == other_bones and SequenceMatcher(None, a, b).ratio() >= ALIKE


def list_words(name: str) -> tuple[str, ...]:
    """Return the folded words of a place's name, without articles."""
    words = alias_key(name)
    return tuple(word for word in words if word not in _ARTICLES) or words


def _cut(words: Sequence[str]) -> str:
    """The name without the vowels that tongues end it with."""
    return " ".join(words).rstrip("aeio")


@lru_cache(maxsize=20_000)
def _find_office(name: str) -> _Office | None:
    """The office that the name consists of, with its country; none where a person is named."""
    places = find_places(name)
    rest = name
    for place in reversed(places):
        rest = f"{rest[: place.start]} {rest[place.end :]}"
    rest = " ".join(fold(rest).replace("'s", " ").split())
    for pattern, title in _load_offices():
        if match := pattern.search(rest):
            before, after = (_drop_small(part) for part in rest.split(match.group(), 1))
            return _make_office(title, {place.country for place in places}, before, after, rest)
    return None


def _make_office(
    title: str, countries: set[str], before: str, after: str, rest: str
) -> _Office | None:
    """Joined to its country: a known one alone, or another before it or linked by "of"."""
    if len(countries) == 1 and not before and not after:
        return _Office(title, countries.pop())
    if not countries and before and not after:
        return _Office(title, before)
    is_linked = bool(
        re.search(r"\b(?:of|du|de|del|d')\s*(?:the |la |l')?" + re.escape(after), rest)
    )
    return _Office(title, after) if not countries and after and not before and is_linked else None


def _drop_small(words: str) -> str:
    kept = (word for word in alias_key(words) if word not in _ARTICLES and not is_particle(word))
    return " ".join(kept)


@lru_cache(maxsize=20_000)
def _find_group(name: str) -> str | None:
    """``Quad`` for the Quad's leaders; none for other names."""
    rest, count = _load_group_words().subn(" ", fold(name))
    return _drop_small(rest) or None if count else None


@cache
def _load_offices() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of the offices' names, the longest first: a vice-president is none."""
    named = [
        (fold(form), title)
        for title, forms in load_lexicon("names")["offices"].items()
        for form in forms
    ]
    named.sort(key=lambda pair: len(pair[0]), reverse=True)
    return tuple((re.compile(whole(re.escape(form))), title) for form, title in named)


@cache
def _load_group_words() -> re.Pattern[str]:
    words = load_lexicon("names")["groups"]["words"]
    return re.compile(whole(one_of(map(fold, words))))
