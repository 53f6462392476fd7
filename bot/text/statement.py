"""A text and what can be compared in it, each read once."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from bot.model import VisitDates
from bot.text.clauses import Clause, read_clauses
from bot.text.dates import find_dates, resolve_dates
from bot.text.names import PlaceMatch, find_names, find_places
from bot.text.numbers import Quantity, find_codes, find_quantities
from bot.text.roles import Placed, place_anchors
from bot.text.synonyms import list_lemmas, list_statement_terms


class DatedWords(NamedTuple):
    """A date expression, where it stands, and what it means on the day of its article."""

    text: str
    start: int
    end: int
    dates: VisitDates


@dataclass(frozen=True)
class Statement:
    """What a text says, as far as rules can tell. ``published_on`` is what its dates count from."""

    text: str
    language: str
    published_on: date

    @cached_property
    def folded(self) -> str:
        """The text with blanks and quotation marks in one form."""
        return fold_quotes(self.text)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Its proper names; the letters of a number, as in ``1,2 Md€``, are none."""
        text = self.text
        for number in self.quantities:
            text = text.replace(number.text, number.text.lower())
        return find_names(text)

    @cached_property
    def places(self) -> tuple[PlaceMatch, ...]:
        """Its countries, by any name of theirs."""
        return find_places(self.text)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Its numbers with their units."""
        return find_quantities(self.text)

    @cached_property
    def codes(self) -> Counter[str]:
        """Its designations and double years, and how often each stands in it."""
        return Counter(find_codes(self.text))

    @cached_property
    def dates(self) -> tuple[DatedWords, ...]:
        """Its date expressions, resolved."""
        return tuple(
            DatedWords(
                text=found.text,
                start=found.start,
                end=found.end,
                dates=resolve_dates(found.text, self.published_on, self.language),
            )
            for found in find_dates(self.text, self.language)
        )

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Its clauses, each with its firmness and denial."""
        return read_clauses(self.text, self.language)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The stems of its content words."""
        return list_statement_terms(self.text, self.language)

    @cached_property
    def every_term(self) -> frozenset[str]:
        """All its words in their dictionary form, the small ones too."""
        return frozenset(list_lemmas(self.text, self.language, has_small_words=True))

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Its names, figures and dates, and what stands around each."""
        return place_anchors(self.text, self.language)

    def has_words(self, words: str) -> bool:
        """Whether the very words stand in it, in any case."""
        return fold_quotes(words).casefold() in self.folded.casefold()


def fold_quotes(text: str) -> str:
    """``text`` with blanks, apostrophes and quotation marks in one form."""
    return re.sub(r"\s+", " ", re.sub("[“”„«»]", '"', text.replace("’", "'"))).strip()
