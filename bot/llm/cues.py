"""sentence → what makes it a line of a brief and what speaks against it, by word lists."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

from bot.llm.vocabulary import any_of
from bot.text.lexicon import LETTER
from bot.text.names import find_names, get_country

PATH = Path(__file__).with_name("choosing.toml")
MIN_WORDS = 5
MAX_WORDS = 70

_NUKTA = "\u093c"
_WHOLE = re.compile(r"(?<!\.\.)[.!।][)\]\"'”’»]*$")
_CUT = re.compile(r"(?:…|\.\.\.)\W*$")
_LIST_MARK = r"^(?:[-*•·–—]|\(?\d{1,2}[.)])\s"
_BARE_QUOTE = r"^[\"“«][^\"”»]*[\"”»]$"
_NOT_NEWS = re.compile(
    rf"https?://|www\.|@\w|[{{}}<>]|^#{{1,6}}\s|^Q:\s|[?:][)\"'”’»]*$|{_LIST_MARK}|{_BARE_QUOTE}",
    re.IGNORECASE,
)
_AT_START = ("leaning", "owning", "fine", "notices")


def is_line(text: str, language: str, *, is_teaser: bool = False) -> bool:
    """Tell whether a sentence can be a line at all: whole, and news to people.

    Questions, headings, addresses, markup, words in quotation marks that nobody is said to
    speak and notices about the page (*Read also*) can't. A teaser may lack its full stop.
    """
    return (
        MIN_WORDS <= len(text.split()) <= MAX_WORDS
        and bool(_WHOLE.search(text) or (is_teaser and not _CUT.search(text)))
        and not _NOT_NEWS.search(text)
        and not has_cue("notices", text, language)
    )


def is_leaning(text: str, language: str) -> bool:
    """Tell whether it speaks of somebody or something that only an earlier sentence names."""
    if has_cue("fine", text, language):
        return False
    if has_cue("leaning", text, language):
        return True
    if has_cue("owning", text, language):
        return not _names_somebody(text)
    said = _load_patterns(language)["pointing"].search(_plain(text))
    return said is not None and not _names_somebody(text[: said.start()])


def _names_somebody(text: str) -> bool:
    return any(get_country(name) is None for name in find_names(text))


def has_cue(kind: str, text: str, language: str) -> bool:
    """Tell whether the sentence has a cue of the kind, at its start where the kind asks for it."""
    return bool(_load_patterns(language)[kind].search(_plain(text)))


def count_acts(text: str, language: str) -> int:
    """Return how many different words of decisions and deeds the sentence has."""
    found = _load_patterns(language)["acts"].finditer(_plain(text))
    return len({match.group()[:5] for match in found})


def has_cues(language: str) -> bool:
    """Tell whether there are lists of the language; others are read by the English ones."""
    return language in load_table()["words"]


def load_weights() -> dict[str, float]:
    """Return what each sign of a sentence adds to its score."""
    weights: dict[str, float] = load_table()["weights"]
    return weights


@cache
def load_table() -> dict[str, Any]:
    """Return ``choosing.toml``, in NFC like the texts it is held against."""
    return tomllib.loads(normalize("NFC", PATH.read_text("utf-8")))


def _plain(text: str) -> str:
    """Without case and nuktas; accents stay, for ``el`` is not ``él``."""
    return text.casefold().replace("’", "'").replace(_NUKTA, "")


@cache
def _load_patterns(language: str) -> dict[str, re.Pattern[str]]:
    words = load_table()["words"][language if has_cues(language) else "en"]
    lists = {kind: any_of(map(_plain, entries)) for kind, entries in words.items()}
    start = rf"^\W*(?:(?:{lists['linking']})(?!{LETTER})\W*)?"
    return {
        kind: re.compile(
            rf"{start if kind in _AT_START else f'(?<!{LETTER})'}(?:{entries})(?!{LETTER})"
        )
        for kind, entries in lists.items()
    }
