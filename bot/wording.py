"""prompts/wording/<language>/<area>.toml → Words: what we say, in each language that is shipped.

A text is found by its path, such as ``common.count.feed``. Its ``{name}`` are filled in with
values, which are never read again. All languages have the same texts with the same names in
them, which is checked when they are loaded.
"""

import string
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.errors import PromptError
from bot.model import VisitDates
from bot.text.dates import format_dates

DEFAULT = "en"
_LANGUAGE = "language"
_PLURALS = {"zero", "one", "two", "few", "many", "other"}


@dataclass(frozen=True)
class Words:
    """What we say in one language, and how it writes dates and numbers."""

    language: str
    name: str
    formats: str
    texts: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """Return the text of that key with its names filled in."""
        return self.texts[key].format_map(values)

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return key in self.texts

    def count(self, number: int, key: str) -> str:
        """Return a number with its noun in the right form: ``1 feed``, ``1,200 feeds``."""
        form = f"{key}.{self._locale.plural_form(number)}"
        found = form if form in self.texts else f"{key}.other"
        return self.say(found, n=self.number(number))

    def number(self, value: float) -> str:
        """Return ``1,200`` as the language writes it."""
        return format_decimal(value, locale=self._locale)

    def day(self, on: date) -> str:
        """Return ``28 January 2025``."""
        return format_date(on, "long", locale=self._locale)

    def short_day(self, on: date) -> str:
        """Return ``28 Jan 2025``."""
        return format_date(on, "medium", locale=self._locale)

    def weekday(self, number: int) -> str:
        """Return the name of an ISO weekday: 1 is Monday."""
        return str(self._locale.days["stand-alone"]["wide"][number - 1])

    def month(self, on: date) -> str:
        """Return ``January 2025``."""
        return str(format_skeleton("yMMMM", on, locale=self._locale))

    def quarter(self, number: int, year: str) -> str:
        """Return ``first quarter of 2025``."""
        return self.say(f"common.quarter.{number}", year=year)

    @property
    def no_date(self) -> str:
        """Return ``date not given``."""
        return self.say("common.no_date")

    def dates(self, dates: VisitDates) -> str:
        """Return ``12–13 February 2025``, as exactly as they are known."""
        return format_dates(dates, self)

    def moment(self, at: datetime) -> str:
        """Return ``28 January 2025, 06:00`` in the zone that ``at`` carries."""
        return f"{self.day(at)}, {format_time(at, 'HH:mm', locale=self._locale)}"

    def join(self, words: Sequence[str]) -> str:
        """Return ``a, b and c``."""
        return format_list(list(words), locale=self._locale) if words else ""

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse(self.formats)


class Wordings(Mapping[str, Words]):
    """The languages that are shipped, by their codes."""

    def __init__(self, languages: Mapping[str, Words]) -> None:
        self._languages = dict(languages)

    def __getitem__(self, language: str) -> Words:
        return self._languages[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._languages)

    def __len__(self) -> int:
        return len(self._languages)

    def choose(self, locale: str) -> Words:
        """Return the words for a locale such as ``fr`` or ``en-GB``; English for any other."""
        language = locale.replace("_", "-").partition("-")[0].lower()
        return self._languages.get(language, self._languages[DEFAULT])


def load_wordings(folder: Path) -> Wordings:
    """Read every language of ``folder``.

    Raises:
        PromptError: English is missing, a file is wrong, or a language lacks a text that English
            has, has one too many, or fills in other names.
    """
    languages = {path.name: _load_language(path) for path in sorted(folder.iterdir())}
    if DEFAULT not in languages:
        raise PromptError(f"{folder}: there is no folder {DEFAULT}; restore it")
    for words in languages.values():
        _compare(words, languages[DEFAULT], folder)
    return Wordings(languages)


def _load_language(folder: Path) -> Words:
    texts = dict(text for path in sorted(folder.glob("*.toml")) for text in _load_texts(path))
    try:
        name, formats = texts.pop(f"{_LANGUAGE}.name"), texts.pop(f"{_LANGUAGE}.formats")
        Locale.parse(formats)
    except (KeyError, ValueError, UnknownLocaleError) as error:
        raise PromptError(
            f"{folder / _LANGUAGE}.toml: it needs a name and known formats, as en_GB"
        ) from error
    return Words(language=folder.name, name=name, formats=formats, texts=texts)


def _load_texts(path: Path) -> Iterator[tuple[str, str]]:
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise PromptError(f"{path}: it can't be read as TOML: {error}") from error
    yield from _walk(path, path.stem, values)


def _walk(path: Path, key: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(path, f"{key}.{name}", inner)
    elif isinstance(value, str):
        _list_names(value, f"{path}: {key}")
        yield key, value
    else:
        raise PromptError(f"{path}: {key} must be a text in quotation marks")


def _list_names(text: str, place: str) -> frozenset[str]:
    try:
        found = frozenset(
            name for _, name, _, _ in string.Formatter().parse(text) if name is not None
        )
    except ValueError as error:
        raise PromptError(f"{place} has a brace that does not close: {error}") from error
    for wrong in sorted(name for name in found if not name.isidentifier()):
        raise PromptError(f"{place} has {{{wrong}}}: between braces stands one name")
    return found


def _compare(words: Words, english: Words, folder: Path) -> None:
    """Refuse a language whose texts are not those of English; plural forms are its own."""
    place = folder / words.language
    own, known = _list_whole(words), _list_whole(english)
    for key in sorted(known.keys() - own.keys()):
        raise PromptError(f"{place}: the text {key} is missing; English has it")
    for key in sorted(own.keys() - known.keys()):
        raise PromptError(f"{place}: there is no text {key} in English; remove or correct it")
    for key in sorted(key for key in own if own[key] != known[key]):
        raise PromptError(f"{place}: the text {key} must fill in {sorted(known[key])}")


def _list_whole(words: Words) -> dict[str, frozenset[str]]:
    """The names that each text fills in; all forms of a plural are one text."""
    whole: dict[str, frozenset[str]] = {}
    for key, text in words.texts.items():
        stem, _, last = key.rpartition(".")
        name = stem if last in _PLURALS else key
        whole[name] = whole.get(name, frozenset()) | _list_names(text, key)
    return whole
