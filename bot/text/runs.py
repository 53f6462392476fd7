"""Text → runs of words with capitals that can be names, with titles and dates cut off."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.text.lexicon import LETTER, load_lexicon
from bot.text.places import alias_key, load_aliases

Words = tuple[str, ...]

_WORD = re.compile(rf"{LETTER}+(?:['’-]{LETTER}+)*")
_ELISION = re.compile(r"(?:[ldnsjcmt]|qu|jusqu|lorsqu)['’](?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_ARAB_ARTICLE = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|az)-\w", re.IGNORECASE)
_LINKS = frozenset({"of", "de", "du", "des", "del"})
_OPENERS = " \n\"'“‘«(¿¡-–—•*"
_CLOSERS = "\"'”’»)]"
_DASH = re.compile(r"\s[-–—]\s|^[-–—]\s")
_JOINED_TO = re.compile(
    r"(?:ed|ing|made|led|run|built|born|held|like|style|wide|based|era|type|elect|designate|bound|"
    r"friendly|free|only|level|size|funded|owned|sponsored|aligned|linked|ready|old|long|sur|sous|"
    r"en|de|du|le|la|les|ci|là|ce|il|elle|on|ils|elles|nous|vous|moi|même)$"
)
_COMMON_ENDING = re.compile(r"(?:ing|tions?|ments|ities|nesses)$")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    is_capital: bool


@dataclass(frozen=True, slots=True)
class _Lists:
    titles: frozenset[Words]
    particles: frozenset[str]
    starters: frozenset[str]
    never: frozenset[str]


def find_runs(text: str) -> Iterator[Words]:
    """Yield the runs of capitalised words that can be names, in order."""
    words = list(_words(text))
    known = frozenset(word.text for word in words if not word.is_capital)
    for run in _raw_runs(text, words):
        yield from _between_titles(_trim(text, run, known))


def strip_titles(words: Words) -> Words:
    """Return ``words`` without the titles, and the links after them, at the front."""
    start = 0
    while count := _title_length(words, start):
        start += count
        if start < len(words) and words[start] in _LINKS:
            start += 1
    return words[start:]


def is_particle(word: str) -> bool:
    """Tell whether the word is a small part of a name, such as ``bin`` or ``von``."""
    return word.lower() in _load_lists().particles


def _raw_runs(text: str, words: Iterable[_Word]) -> Iterator[list[_Word]]:
    run: list[_Word] = []
    small: list[_Word] = []  # particles that a capital may still follow
    for word in words:
        is_next = bool(run) and _is_next(text, (small or run)[-1], word)
        if is_next and not word.is_capital and is_particle(word.text):
            small.append(word)
            continue
        if run and not (is_next and word.is_capital):
            yield run
            run, small = [], []
        if word.is_capital:
            run += [*small, word]
            small = []
    if run:
        yield run


def _words(text: str) -> Iterator[_Word]:
    """The words of the text, without elided articles before them and possessives after."""
    for match in _WORD.finditer(text):
        start, word = match.start(), match.group()
        if (elision := _ELISION.match(word)) and word[elision.end()].isupper():
            start, word = start + elision.end(), word[elision.end() :]
        yield from _parts(_POSSESSIVE.sub("", word), start)


def _parts(word: str, start: int) -> Iterator[_Word]:
    """The word, or its parts where a hyphen joins a name to something else: ``US-made``."""
    has_digit = any(map(str.isdigit, word))
    if _ARAB_ARTICLE.match(word):
        is_capital = word[word.index("-") + 1].isupper() and not has_digit
        yield _Word(word, start, start + len(word), is_capital)
        return
    first, hyphen, rest = word.partition("-")
    is_split = bool(hyphen) and word[0].isupper() and not has_digit and _is_joined(first, rest)
    head = first if is_split else word
    yield _Word(head, start, start + len(head), word[0].isupper() and not has_digit)
    if is_split:
        is_capital = rest[0].isupper()
        yield _Word(rest, start + len(first) + 1, start + len(word), is_capital)


def _is_joined(first: str, rest: str) -> bool:
    """``US-made``, ``Rome-based``, but not ``Lee Jae-myung``."""
    if rest[0].islower():
        return bool(_is_place(first) or first.isupper() or _JOINED_TO.search(rest))
    return _is_place(first) and _is_place(rest)


def _is_next(text: str, before: _Word, word: _Word) -> bool:
    gap = text[before.end : word.start]
    if gap == " ":
        return True
    is_short = len(before.text) == 1 or (before.text.lower(),) in _load_lists().titles
    return is_short and gap in (".", ". ")


def _trim(text: str, run: Sequence[_Word], known: frozenset[str]) -> Words:
    """The run without what begins it with a capital but is no part of a name."""
    lists, words = _load_lists(), tuple(word.text for word in run)
    if len(words) > 2 and all(map(str.isupper, words)):
        return ()  # shouting
    start, is_first = 0, _begins_sentence(text, run[0].start)
    while start < len(words):
        word = words[start].lower()
        is_common = word in lists.starters or (len(words) == 1 and _is_common(run[0], text, known))
        is_name = _is_place(" ".join(words[start : start + 2])) or not (is_first and is_common)
        if word not in lists.never and run[start].is_capital and is_name:
            break
        start, is_first = start + 1, False
    return words[start:]


def _is_common(word: _Word, text: str, known: frozenset[str]) -> bool:
    """Whether the one capital of a run only begins its sentence."""
    lower = word.text.lower()
    is_joined = text[word.end : word.end + 1] == "-"
    looks_common = is_joined or lower in known or bool(_COMMON_ENDING.search(lower))
    return looks_common and not _is_place(word.text)


def _is_place(name: str) -> bool:
    return alias_key(name) in load_aliases()


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start]
    end = before.rstrip(_OPENERS)
    opening = before[len(end) :]
    is_opened = "\n" in opening or bool(_DASH.search(opening)) or not end
    return is_opened or end.rstrip(_CLOSERS)[-1:] in {*".!?:;…।", ""}


def _between_titles(words: Words) -> Iterator[Words]:
    """The names that titles part: ``European Commission President Ursula von der Leyen``."""
    words = strip_titles(words)
    start = i = 0
    while i < len(words):
        count = _title_length(words, i)
        is_end = i + count == len(words)
        # A lone title at the end may be a surname: "Stephen King".
        if i > start and count and (not is_end or count > 1 or i > start + 1):
            yield words[start:i]
            start = i = len(words) - len(strip_titles(words[i:]))
        else:
            i += 1
    if start < len(words):
        yield words[start:]


def _title_length(words: Words, start: int) -> int:
    """How many words from ``start`` on are a title."""
    titles = _load_lists().titles
    lower = tuple(word.lower() for word in words[start : start + 4])
    return next((n for n in range(len(lower), 0, -1) if lower[:n] in titles), 0)


@cache
def _load_lists() -> _Lists:
    tables = load_lexicon("names")
    return _Lists(
        titles=frozenset(tuple(title.split()) for title in tables["titles"]["words"]),
        particles=frozenset(tables["particles"]["words"]),
        starters=frozenset(" ".join(tables["starters"].values()).split()),
        never=frozenset(tables["never"]["words"]),
    )
