"""places.toml and CLDR → the gazetteer: what each country and its government are called."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.text.lexicon import LETTER, fold, load_lexicon

TOKEN = re.compile(f"{LETTER}+")
_LANGUAGES = ("en", "fr", "es", "hi")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to name a country: ``kind`` is country, capital, seat or demonym.

    ``country`` is empty for a name that only looks like a country's; ``city`` is empty but
    for capitals and seats. ``written`` gives the case that counts: US is not us, Polish is
    not polish.
    """

    written: str
    country: str
    kind: str
    city: str = ""

    def fits(self, text: str) -> bool:
        """Whether ``text``, which has the same letters, has the case that the alias needs."""
        if self.written.isupper() and len(self.written) <= _LONGEST_ACRONYM:
            return text.isupper()
        return self.written[0].islower() or not text[0].islower()


_LONGEST_ACRONYM = 6


def alias_key(name: str) -> Key:
    """Return the folded words that a name is looked up by."""
    return tuple(TOKEN.findall(fold(name)))


@cache
def load_aliases() -> Mapping[Key, tuple[Alias, ...]]:
    """Return every alias by its key, better ones first."""
    aliases: dict[Key, tuple[Alias, ...]] = {}
    for alias in _read_aliases():
        key = alias_key(alias.written)
        aliases[key] = (*aliases.get(key, ()), alias)
    return aliases


@cache
def load_codes() -> Mapping[str, str]:
    """Return the English names by ISO code."""
    return {code: row[0] for code, row in load_lexicon("places")["countries"].items()}


@cache
def load_lengths() -> Mapping[str, int]:
    """Return how many words the longest alias has that begins with that word."""
    lengths: dict[str, int] = {}
    for key in load_aliases():
        lengths[key[0]] = max(len(key), lengths.get(key[0], 0))
    return lengths


def _read_aliases() -> Iterator[Alias]:
    from babel import Locale  # some 30 ms, only for those who look for places

    tables = load_lexicon("places")
    territories = [Locale(language).territories for language in _LANGUAGES]
    for code, (country, capitals, people, others) in tables["countries"].items():
        local = [names[code] for names in territories if code in names]
        for name in dict.fromkeys([country, *_split(others), *local]):
            yield Alias(name, country, "country")
        for name in _split(capitals):
            yield Alias(name, country, "capital", city=_split(capitals)[0])
        for name in _split(people):
            yield Alias(name, country, "demonym")
            if name.endswith("an"):
                yield Alias(f"{name}s", country, "demonym")
    yield from _read_local(tables, load_codes())
    for name in tables["nowhere"]["names"]:
        yield Alias(name, "", "")


def _read_local(tables: Mapping[str, Any], codes: Mapping[str, str]) -> Iterator[Alias]:
    for code, line in tables["capitals"].items():
        city, _, names = line.partition(" = ")
        for name in _split(names):
            yield Alias(name, codes[code], "capital", city=city)
    for code, line in tables["also"].items():
        for name in line.split():
            yield Alias(name, codes[code], "country")
    for code, line in tables["adjectives"].items():
        for name in line.split():
            yield Alias(name, codes[code], "demonym")
            yield Alias(f"{name}s", codes[code], "demonym")
    for code, seats in tables["seats"].items():
        for city, names in seats.items():
            for name in _split(names):
                yield Alias(name, codes[code], "seat", city=city)


def _split(names: str) -> list[str]:
    return [name for name in names.split("|") if name]
