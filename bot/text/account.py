"""Sentence → what it gives an account of: its values, times, names and terms, read once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from bot.model import Precision
from bot.text.accountwords import load_cues, load_idle
from bot.text.clauses import split_clauses
from bot.text.dates import DateText, find_dates, resolve_dates, span
from bot.text.lexicon import LETTER, fold
from bot.text.modality import Modality, modality
from bot.text.names import find_names, find_people, find_places
from bot.text.numbers import Quantity, find_quantities
from bot.text.similar import is_stop_word
from bot.text.speech import find_speakers
from bot.text.synonyms import list_lemmas

LONGEST = 600
"""Characters beyond which a text is no sentence that could be compared."""
COUNTED = 4
"""Words after a number among which stands what it counts."""
NEAR = 5
"""Words from a number within which "killed" makes it a toll."""
COUNT = "#"
"""The unit of a number of things."""
_STAYS = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
_GAP = " , "
_WORD = re.compile(rf"{LETTER}+(?:['’-]{LETTER}+)*|\d+|[^\w\s]")


class Value(NamedTuple):
    """An amount or a count: ``text`` in its sentence's words, with the things it counts.

    ``unit`` is a quantity's unit, ``#`` for things, or ``toll`` and a number for people
    killed, wounded and so on. ``bound`` is least, most or about. ``role`` is ``old`` for a
    value that holds no more, ``by`` for a step.
    """

    amount: Decimal
    unit: str
    text: str
    counted: tuple[str, ...]
    bound: str
    role: str


class Time(NamedTuple):
    """A time in a sentence: its words, and its first and last possible day."""

    text: str
    first: date
    last: date
    precision: Precision


@dataclass(frozen=True)
class Account:
    """One sentence of an article of ``published_on``, in parts that can be compared."""

    text: str
    language: str
    published_on: date

    @cached_property
    def body(self) -> str:
        """What is said, without who says it; offsets stay. Nothing of what is no sentence."""
        if len(self.text) > LONGEST:
            return ""
        cues = load_cues(self.language)
        head = cues.leading.match(self.text)
        text = " " * head.end() + self.text[head.end() :] if head else self.text
        found = (match.start() for match in cues.trailing.finditer(text))
        cuts = [start for start in found if not find_quantities(text[start:])]
        cuts += [m.start() for m in cues.according.finditer(text)]
        return text[: min(cuts, default=len(text))]

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of people, bodies and places in what is said."""
        numbers = {found.text for found in find_quantities(self.body)}
        names = (n for n in find_names(self.body) if n not in numbers and self._is_name(n))
        people = (person for person, _ in find_people(self.body))
        places = (place.country for place in find_places(self.body))
        return frozenset((*names, *people, *places))

    @cached_property
    def everybody(self) -> frozenset[str]:
        """Names in all of the sentence, who says it among them."""
        text = self.text if self.body else ""
        return self.names | frozenset(name for name in find_names(text) if self._is_name(name))

    @cached_property
    def speakers(self) -> frozenset[str]:
        """Who says it, as far as it tells."""
        found = find_speakers(self.text, self.language)
        words = (name for names in found for name in names)
        return frozenset(word for word in words if not is_stop_word(word, self.language))

    @cached_property
    def is_possible(self) -> bool:
        """Whether it says no more than that something may be."""
        return modality(self.text, self.language) is Modality.POSSIBLE

    @property
    def is_unnamed(self) -> bool:
        """Whether a source without a name says it."""
        return bool(load_cues(self.language).unnamed.search(self.text))

    def _is_name(self, name: str) -> bool:
        return not load_cues(self.language).idle_words.issuperset(fold(name).split())

    @cached_property
    def terms(self) -> frozenset[str]:
        """The stems of what is said of them: no names, numbers, times or idle words."""
        return frozenset(self.sequence)

    @cached_property
    def sequence(self) -> tuple[str, ...]:
        """The terms in order."""
        return tuple(term for term in list_lemmas(self._bare, self.language) if self._tells(term))

    @cached_property
    def every_term(self) -> frozenset[str]:
        """All words of what is said in their dictionary form, the small ones too."""
        return frozenset(list_lemmas(self.body, self.language, has_small_words=True))

    def list_terms(self, start: int) -> frozenset[str]:
        """The terms of what is said from an offset of the body on."""
        rest = frozenset(list_lemmas(self.body[start:], self.language))
        return self.terms & rest

    def _tells(self, term: str) -> bool:
        return not term[0].isdigit() and term not in load_idle(self.language)

    @cached_property
    def _bare(self) -> str:
        """What is said without names, numbers and times."""
        text = self.body
        for words in (*(t.text for t in self.times), *(q.text for q in find_quantities(text))):
            text = text.replace(words, _GAP)
        for name in find_names(self.body):
            text = re.sub(rf"(?<!{LETTER}){re.escape(name)}(?!{LETTER})", _GAP, text)
        return text

    @cached_property
    def complements(self) -> Mapping[str, frozenset[str]]:
        """Term → the terms that tell it from others: ``tariff on steel``, ``steel tariff``."""
        cues, found = load_cues(self.language), dict[str, set[str]]()
        before, link = "", False
        for match in _WORD.finditer(self._bare):
            word = match.group().lower()
            lemmas = list_lemmas(word, self.language)
            if word in cues.links and before:
                link = True
            elif word == "," or word[0].isdigit():
                before, link = "", False
            elif is_stop_word(word, self.language) or not lemmas:
                before, link = (before, link) if link else ("", False)
            else:
                if before:
                    head, other = (before, lemmas[0]) if link else (lemmas[0], before)
                    found.setdefault(head, set()).add(other)
                before, link = lemmas[0], False
        return {head: frozenset(others) for head, others in found.items()}

    @cached_property
    def times(self) -> tuple[Time, ...]:
        """When, in what is said; words such as ``overnight`` mean the day of the article."""
        found = []
        for words in self._dates:
            days = span(dates := resolve_dates(words.text, self.published_on, self.language))
            if days:
                found.append(Time(words.text, *days, dates.precision))
        if match := load_cues(self.language).daily.search(self.body):
            eve = self.published_on - timedelta(days=1)
            found.append(Time(match.group(), eve, self.published_on, Precision.DAY))
        return tuple(found)

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Its amounts and counts in order, but for stays, years and what is part of a date."""
        return tuple(
            value
            for q in find_quantities(self.body)
            if not q.is_ordinal
            and q.unit not in _STAYS
            and not any(d.start < q.end and q.start < d.end for d in self._dates)
            and (value := self._read_value(q))
        )

    @cached_property
    def _dates(self) -> tuple[DateText, ...]:
        """Its dates; ``15`` before ``%`` is none."""
        units = [q for q in find_quantities(self.body) if q.unit and q.unit not in _STAYS]
        return tuple(
            d
            for d in find_dates(self.body, self.language)
            if not any(d.start <= q.start < d.end < q.end for q in units)
        )

    def _read_value(self, q: Quantity) -> Value | None:
        counted, end = ((), q.end) if q.unit else self._read_counted(q)
        unit = q.unit or self._find_toll(q, NEAR if counted else len(self.body)) or COUNT
        if unit == COUNT and (not counted or 1900 <= q.value <= 2100):
            return None
        cues, before = load_cues(self.language), self.body[max(0, q.start - 40) : q.start]
        after = self.body[q.end : q.end + 20]
        bound = next((name for name, cue in cues.bounds if cue.search(before)), "")
        is_old = cues.old.search(before) or cues.old_after.match(after)
        is_part = cues.by.search(before) or (q.unit and cues.step.search(before))
        role = "old" if is_old else "by" if is_part else ""
        return Value(q.value, unit, self.body[q.start : end].strip(), counted, bound, role)

    def _read_counted(self, q: Quantity) -> tuple[tuple[str, ...], int]:
        """What a number counts, as terms, and where the words end."""
        counted, end = list[str](), q.end
        for match in list(_WORD.finditer(self.body, q.end))[:COUNTED]:
            word = match.group()
            if not word[0].isalpha() or is_stop_word(word, self.language):
                break
            counted += list_lemmas(word, self.language)
            end = match.end()
        return tuple(term for term in counted if self._tells(term)), end

    def _find_toll(self, q: Quantity, reach: int) -> str:
        """The kind of toll a number is, by the nearest word of death, wounds and so on."""
        clause = next(
            (c for c in split_clauses(self.body, self.language) if c[0] <= q.start < c[1]),
            (0, len(self.body)),
        )
        found = [
            (distance, kind)
            for kind, cue in enumerate(load_cues(self.language).tolls)
            for match in cue.finditer(self.body, *clause)
            if (distance := self._count_words(q, match)) <= reach
        ]
        return f"toll {min(found)[1]}" if found else ""

    def _count_words(self, q: Quantity, match: re.Match[str]) -> int:
        """Words between a number and a word; many where another number stands between."""
        gap = self.body[min(q.end, match.end()) : max(q.start, match.start())]
        between = gap if gap.strip() else ""
        return len(self.body) + 1 if find_quantities(between) else len(between.split())
