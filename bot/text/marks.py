"""Article → marks: what tells its event from others, in one form for four languages.

A mark is a country (``@India``), a concept that has words in all the languages (``#visit``),
or the beginning of another word, which is a name where it stands in capitals.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.text.lexicon import LETTER, fold, load_lexicon
from bot.text.names import find_people
from bot.text.places import load_aliases, load_lengths
from bot.text.spelling import is_devanagari

_WORD = re.compile(rf"(?:(?!\d){LETTER})+")
_END = re.compile(r"[.!?:;।•\n]")
_ROOT = 6
"""Letters that Kestria, Kestrian and kestrien, or buyer and buyers, have in common."""
_READ = 8_000
"""Characters that are read: far down stands what the event is not."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one text, how often each stands there, and which stand at its top.

    A name counts once, however many words it has. ``names`` maps the marks that are names
    to the forms they have in the text, folded.
    """

    counts: Mapping[str, float]
    title: frozenset[str]
    lead: frozenset[str]
    names: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Found:
    """A mark in a text; ``form`` is the folded word, empty where it can be no name."""

    mark: str
    start: int
    form: str = ""
    is_capital: bool = False
    is_next: bool = False


def find_marks(title: str, text: str, *, lead: int) -> Marks:
    """Return the marks of a text; its first ``lead`` characters are what it opens with."""
    whole = f"{title}\n{text}"[:_READ]
    found = [*_read_words(whole), *_read_people(whole)]
    top, body = len(title), len(title) + 1 + lead
    return Marks(
        counts=_count(found),
        title=frozenset(one.mark for one in found if one.start < top),
        lead=frozenset(one.mark for one in found if top < one.start < body),
        names=_choose_names([one for one in found if one.form and one.start > top]),
    )


def has_adjective(forms: AbstractSet[str]) -> bool:
    """Tell whether one of a name's forms is its adjective, as a country's or a people's is."""
    endings = load_lexicon("marks")["adjectives"]["endings"].split()
    stems = {form.removesuffix(end) for form in forms for end in endings if form.endswith(end)}
    stems = {stem for stem in stems if len(stem) >= 4}
    return any(form == stem or form[:-1] == stem for form in forms for stem in stems)


def _count(found: Iterable[_Found]) -> dict[str, float]:
    counts: defaultdict[str, float] = defaultdict(float)
    for name in _list_names(found):
        for mark in name:
            counts[mark] += 1 / len(name)
    return counts


def _list_names(found: Iterable[_Found]) -> Iterator[list[str]]:
    """The marks, those of one name together."""
    name: list[str] = []
    for one in found:
        if name and not one.is_next:
            yield name
            name = []
        name.append(one.mark)
    if name:
        yield name


def _choose_names(found: Sequence[_Found]) -> dict[str, frozenset[str]]:
    """The forms of the marks that have a capital as often as not. Titles are no witness."""
    forms: defaultdict[str, set[str]] = defaultdict(set)
    capitals: defaultdict[str, int] = defaultdict(int)
    for one in found:
        forms[one.mark].add(one.form)
        capitals[one.mark] += 1 if one.is_capital else -1
    return {mark: frozenset(forms[mark]) for mark in forms if capitals[mark] >= 0}


def _read_people(text: str) -> Iterator[_Found]:
    for person, start in find_people(text):
        last = fold(person).split()[-1]
        yield _Found(last[:_ROOT], start, last, is_capital=True)


def _read_words(text: str) -> Iterator[_Found]:
    """Countries, concepts and words, in order."""
    words = list(_WORD.finditer(text))
    folded = [_fold(word.group()) for word in words]
    places = load_lengths()
    position, end, was_capital = 0, 0, False
    while position < len(words):
        word, form = words[position], folded[position]
        count, country = 1, ""
        if form in places:
            count, country = _find_place(text, words, folded, position)
        mark = f"@{country}" if country else _mark(form)
        gap = text[end : word.start()]
        # A capital that only begins a sentence makes no name.
        is_capital = not country and word.group()[0].isupper() and not _END.search(gap)
        if mark:
            is_next = is_capital and was_capital and gap == " "
            name = "" if mark[0] in "@#" else form
            yield _Found(mark, word.start(), name, is_capital, is_next)
        was_capital = is_capital and bool(mark)
        position += count
        end = words[position - 1].end()


def _find_place(
    text: str, words: Sequence[re.Match[str]], folded: Sequence[str], position: int
) -> tuple[int, str]:
    """How many words from there name a country, and which; one and none if they don't."""
    longest = min(load_lengths()[folded[position]], len(words) - position)
    for count in range(longest, 0, -1):
        written = text[words[position].start() : words[position + count - 1].end()]
        for alias in load_aliases().get(tuple(folded[position : position + count]), ()):
            if alias.country and alias.fits(written):
                return count, alias.country
    return 1, ""


@lru_cache(maxsize=50_000)
def _fold(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=50_000)
def _mark(word: str) -> str:
    """The mark of a folded word; empty for one that every article may have."""
    lists = _load_lists()
    if len(word) < 2 or word in lists.common:
        return ""
    if word in lists.words:
        return lists.words[word]
    for length in range(min(len(word), lists.longest), 2, -1):
        if concept := lists.beginnings.get(word[:length]):
            return concept
    return word if is_devanagari(word) else word[:_ROOT]


@dataclass(frozen=True, slots=True)
class _Lists:
    common: frozenset[str]
    words: Mapping[str, str]
    beginnings: Mapping[str, str]
    longest: int


@cache
def _load_lists() -> _Lists:
    tables = load_lexicon("marks")
    stop = load_lexicon("similar")["stop"]
    entries = [
        (fold(word), f"#{concept}")
        for concept, words in tables["concepts"].items()
        for word in words.split()
    ]
    beginnings = {word[:-1]: concept for word, concept in entries if word.endswith("*")}
    return _Lists(
        common=frozenset(fold(" ".join([*stop.values(), *tables["common"].values()])).split()),
        words={word: concept for word, concept in entries if not word.endswith("*")},
        beginnings=beginnings,
        longest=max(map(len, beginnings)),
    )
