"""Sentence → who and what stands where in it, so that two that changed places are seen.

No grammar is parsed. A name or figure is known by what stands around it in its clause: the
words before it, the words after it, the preposition it hangs on. A passive is read as its
active, so that "the radars were bought by Kestria" and "Kestria bought the radars" agree.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from bot.text.clauses import split_clauses
from bot.text.dates import find_dates
from bot.text.lexicon import LETTER, fold, load_lexicon
from bot.text.names import find_names, find_places, find_spellings, get_country
from bot.text.numbers import find_quantities
from bot.text.synonyms import list_lemmas

WEIGHTS = (3.0, 1.5, 1.0, 0.75, 0.5, 0.5, 0.5)
"""How much the words beside a name tell of its place, the nearest first, to each side.

Beside a figure or a date another anchor tells half as much, on whatever side it stands.
"""
NAMES = ("name", "people")
"""Kinds of anchors that stand for somebody or some place; the others are figures and dates."""
PASSIVE_REACH = 12
"""Words from "was" within which a passive's "by" is looked for."""

_WORD = re.compile(rf"{LETTER}+(?:['’-]{LETTER}+)*")
# No capitals tell a name in Devanagari; what opens the sentence or takes a postposition may be one.
_HINDI_NOUN = re.compile(
    rf"(?:^|(?<=[।;]\s)){LETTER}{{1,40}}(?=\s)|(?<!{LETTER}){LETTER}{{1,40}}(?<!ने)(?<!ना)(?=\s(?:ने|को|से|के|की|का)\s)"
)


class Anchor(NamedTuple):
    """A name, figure or date in a sentence: ``kind`` tells what it can be confused with."""

    kind: str
    text: str
    start: int
    end: int
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An anchor and what stands around it: (side, term) → weight."""

    anchor: Anchor
    around: Mapping[tuple[str, str], float]


@lru_cache(maxsize=512)
def place_anchors(text: str, language: str) -> tuple[Placed, ...]:
    """Return every anchor of ``text`` in order, with what stands around it in its clause."""
    anchors = _list_anchors(text, language)
    placed = []
    for start, end in split_clauses(text, language):
        inside = [anchor for anchor in anchors if start <= anchor.start < end]
        tokens = _tokenise(text, start, end, inside, language)
        voice = _find_passive(tokens, language)
        placed += [
            Placed(token.anchor, _look_around(tokens, at, voice))
            for at, token in enumerate(tokens)
            if token.anchor
        ]
    return tuple(placed)


def likeness(a: Placed, b: Placed) -> float:
    """Return how alike two places are: the weight of what stands on the same side of both."""
    return sum(min(weight, b.around.get(key, 0.0)) for key, weight in a.around.items())


def find_neighbour(placed: Placed) -> str | None:
    """Return the name nearest to an anchor in its clause, None if there is none in reach."""
    near = {term: weight for (side, term), weight in placed.around.items() if side == "near"}
    return max(near, key=near.__getitem__, default=None)


def find_direction(placed: Placed) -> str | None:
    """Return ``from`` or ``to`` if such a word stands right before an anchor."""
    ways = (way for way in ("from", "to") if placed.around.get(("before", way)) == WEIGHTS[0])
    return next(ways, None)


class _Token(NamedTuple):
    """A word of a clause, stemmed, or an anchor under its country's name or its last word."""

    term: str
    anchor: Anchor | None


def _list_anchors(text: str, language: str) -> list[Anchor]:
    """Names, places, figures and dates; where they overlap the longest."""
    found = [
        Anchor("people" if p.kind == "demonym" else "name", text[p.start : p.end], p.start, p.end)
        for p in find_places(text)
    ]
    for name in find_names(text):
        for match in re.finditer(rf"(?<!{LETTER}){re.escape(name)}(?!{LETTER})", text):
            found.append(Anchor("name", name, *match.span()))
    found += [Anchor("name", text[start:end], start, end) for start, end in find_spellings(text)]
    if language == "hi":
        nouns = (m for m in _HINDI_NOUN.finditer(text) if list_lemmas(m.group(), language))
        found += [Anchor("name", m.group(), *m.span()) for m in nouns]
    found += [Anchor("date", d.text, d.start, d.end) for d in find_dates(text, language)]
    found += [Anchor(q.unit or "#", q.text, q.start, q.end, q.value) for q in find_quantities(text)]
    found.sort(key=lambda anchor: (anchor.start - anchor.end, anchor.start))
    kept: list[Anchor] = []
    for anchor in found:
        if all(anchor.end <= other.start or other.end <= anchor.start for other in kept):
            kept.append(anchor)
    return sorted(kept, key=lambda anchor: anchor.start)


def _tokenise(
    text: str, start: int, end: int, anchors: Sequence[Anchor], language: str
) -> list[_Token]:
    tokens: list[_Token] = []
    position = start
    for anchor in anchors:
        tokens += _words(text[position : anchor.start], language)
        tokens.append(_Token(get_country(anchor.text) or anchor.text.split()[-1], anchor))
        position = max(position, anchor.end)
    return [*tokens, *_words(text[position:end], language)]


def _words(text: str, language: str) -> Iterator[_Token]:
    """Content words by their stems, small words as they are; articles go."""
    for match in _WORD.finditer(text):
        folded = fold(match.group())
        if folded in _load_skipped():
            continue
        lemmas = list_lemmas(match.group(), language)
        term = lemmas[0] if len(lemmas) == 1 else folded
        yield _Token(_load_directions().get(term, term), None)


def _find_passive(tokens: Sequence[_Token], language: str) -> tuple[int, int] | None:
    """Where a passive's verb stands and its agent's "by", if the clause has them."""
    forms = _load_voice(language)
    for at, token in enumerate(tokens):
        if token.term not in forms.be:
            continue
        for by in range(at + 2, min(at + PASSIVE_REACH, len(tokens))):
            if tokens[by].term in forms.by:
                return at + 1, by
    return None


def _look_around(
    tokens: Sequence[_Token], at: int, voice: tuple[int, int] | None
) -> dict[tuple[str, str], float]:
    """What stands to the left and right of token ``at``, nearest first."""
    around: dict[tuple[str, str], float] = {}
    me = tokens[at].anchor
    is_name = me is not None and me.kind in NAMES
    for step, weight in enumerate(WEIGHTS, 1):
        for side, index in (("before", at - step), ("after", at + step)):
            if not 0 <= index < len(tokens):
                continue
            term = tokens[index].term
            if anchor := tokens[index].anchor:
                # Beside a name another name tells nothing: the two may have changed places.
                if not is_name:
                    side = "near" if anchor.kind in NAMES else "figure"
                    around.setdefault((side, term), weight / 2)
            else:
                around.setdefault((_turn(side, at, voice), term), weight)
    return around


def _turn(side: str, at: int, voice: tuple[int, int] | None) -> str:
    """In a passive what stands before the verb suffers, and what follows "by" acts."""
    if voice is None:
        return side
    is_subject = at < voice[0] and side == "after"
    is_agent = at == voice[1] + 1 and side == "before"
    if is_subject:
        return "before"
    return "after" if is_agent else side


class _Voice(NamedTuple):
    be: frozenset[str]
    by: frozenset[str]


@cache
def _load_voice(language: str) -> _Voice:
    table = load_lexicon("roles")["passive"].get(language, {"be": [], "by": []})
    return _Voice(frozenset(table["be"]), frozenset(table["by"]))


@cache
def _load_directions() -> dict[str, str]:
    """Small words by where they point: ``desde`` and ``del`` are from."""
    table = load_lexicon("roles")["directions"]
    return {word: way for way, words in table.items() for word in words}


@cache
def _load_skipped() -> frozenset[str]:
    return frozenset(load_lexicon("roles")["skipped"]["words"])
