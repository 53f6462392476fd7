"""Names of people, countries and bodies in a text, found by capitals, titles and lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.evals.folding import fold
from bot.evals.seeding.case import Source
from bot.evals.seeding.words import LETTER, get_nations, get_peoples, get_words, whole

_PARTICLE = r"(?:de|del|von|van|der|den|bin|bint|ibn|al|el|la|le|du|da|dos|di)"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w-]*(?:['’](?!s\b)[\w-]+)*"
_RUN = re.compile(rf"(?<![\w-]){_CAPITAL}(?:[ -](?:{_PARTICLE}[ -])*{_CAPITAL})*")
_HINDI = rf"({LETTER}+ {LETTER}+)(?= (?:ने|को|से|के|की|का)(?!{LETTER}))"
_ORDER = {"nation": 0, "people": 1, "person": 2, "body": 3}


@dataclass(frozen=True, slots=True)
class NameAt:
    """A name where it stands; ``kind`` is person, nation, people or body."""

    text: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Names:
    """The names of one language's articles."""

    language: str
    sources: Sequence[Source]
    _found: dict[str, list[NameAt]] = field(default_factory=dict)

    @cached_property
    def people(self) -> dict[str, str]:
        """Every person by the full name, with the last one."""
        find = self._find_hindi if self.language == "hi" else self._find_people
        names = (name for source in self.sources for name in find(source.text))
        return {name: name.split()[-1] for name in names}

    @cached_property
    def bodies(self) -> list[str]:
        """Every body, in order of first appearance."""
        names = (name for source in self.sources for name in self._find_bodies(source.text))
        return list(dict.fromkeys(names))

    @cached_property
    def told(self) -> frozenset[str]:
        """Every name that some article has."""
        return frozenset(name.text for source in self.sources for name in self.find(source.text))

    def list_all(self, kind: str) -> list[str]:
        """Every name of that kind, in its fullest form."""
        place = 1 if self.language == "fr" else 0  # in French a capital needs no article
        nations = [group[place] for group in get_nations(self.language) if len(group) > place]
        known = {"nation": nations, "people": get_peoples(self.language), "body": self.bodies}
        return list(self.people) if kind == "person" else known[kind]

    def find(self, text: str) -> list[NameAt]:
        """The names of a text in order, the longest first where they overlap."""
        if text not in self._found:
            self._found[text] = list(self._find(text))
        return self._found[text]

    def _find(self, text: str) -> Iterator[NameAt]:
        end = 0
        for match in self._pattern.finditer(text):
            if match.start() >= end:
                end = match.end()
                yield NameAt(match.group(), self._kinds[match.group()], *match.span())

    @cached_property
    def _kinds(self) -> dict[str, str]:
        """Every form of every name, with its kind; a country before its namesakes."""
        forms = [
            *((name, "nation") for group in get_nations(self.language) for name in group),
            *((name, "people") for name in get_peoples(self.language)),
            *((form, "person") for full, last in self.people.items() for form in (full, last)),
            *((name, "body") for name in self.bodies),
        ]
        return dict(sorted(forms, key=lambda form: -_ORDER[form[1]]))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        forms = sorted(self._kinds, key=len, reverse=True)
        names = "|".join(re.escape(form) for form in forms) or r"(?!)"
        return re.compile(rf"(?<![-]){whole(names)}(?!-)")

    def are_one(self, a: str, b: str) -> bool:
        """Whether two names may stand for one: they share a word or a row of the list."""
        first, second = fold(a), fold(b)
        rows = self._rows
        if first in rows and second in rows:
            return rows[first] == rows[second]
        return bool(set(first.split()) & set(second.split()))

    @cached_property
    def _rows(self) -> dict[str, int]:
        groups = enumerate(get_nations(self.language))
        return {fold(name): place for place, group in groups for name in group}

    # ------------------------------------------------------------ finding

    def _find_hindi(self, text: str) -> Iterator[str]:
        title = whole("|".join(get_words("hi", "titles")))
        yield from (match.group(1) for match in re.finditer(rf"{title} {_HINDI}", text))

    def _find_people(self, text: str) -> Iterator[str]:
        """Runs of two words and more that have a title before them, or that speak."""
        titles, says, speaks = (
            whole("|".join(get_words(self.language, name)) or r"(?!)")
            for name in ("titles", "say", "after_speaker")
        )
        for match in _RUN.finditer(text):
            words = self._strip(match.group().split())
            if not 2 <= len(words) <= 4 or not self._is_person(words):
                continue
            start = match.end() - len(" ".join(words))
            before, after = text[max(0, start - 30) : start], text[match.end() :][:16]
            is_told = re.search(rf"(?:{titles}[.,]?|{says},?) $", before, re.IGNORECASE)
            if is_told or re.match(rf",? (?:{speaks}|who )", after):
                yield " ".join(words)

    def _strip(self, words: list[str]) -> list[str]:
        """The words without the titles and small words in front."""
        small = get_words(self.language, "not_names")
        parts = {part for title in get_words(self.language, "titles") for part in title.split()}
        while words and (words[0] in small or words[0].strip(".").lower() in parts):
            words = words[1:]
        return words

    def _is_person(self, words: Sequence[str]) -> bool:
        others = {*map(fold, get_peoples(self.language)), *self._rows}
        for name in ("bodies", "no_people"):
            others.update(get_words(self.language, name))
        is_word = any(fold(word) in others for word in words)
        return not is_word and not any(word.isupper() and len(word) > 2 for word in words)

    def _find_bodies(self, text: str) -> Iterator[str]:
        """Runs that end in a word for a body, such as ``Hammerfeld Systems``."""
        bodies = set(get_words(self.language, "bodies"))
        for match in _RUN.finditer(text):
            words = match.group().split()
            if len(words) >= 2 and words[-1].lower() in bodies and words[0] != "The":
                yield match.group()
