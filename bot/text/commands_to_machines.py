"""Sentence → whether it speaks to a machine: such a sentence is data, never a line of a brief."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import cast

from bot.model import Article, Sentence
from bot.text.clean import clean_text
from bot.text.lexicon import LETTER, load_lexicon, one_of, whole

_LONGEST = 2_000
"""Characters that are read: no line of a brief is longer, and a search must not hold the loop."""
_WAKE = 3
_LANGUAGES = ("en", "fr", "es", "hi", "others")
_QUOTED = re.compile(r"[\"“„][^\"“”„]*[\"”]|«[^«»]*»")
_STEP = r"[\s,:]+[\"“«'‘(]*"
_GAP = r"(?:\s+[^\s.!?]+){0,8}?"
_BEGIN = r"(?:^[\W_]*|[.!?:;(।“„«]\s*|(?<!\S)[\"'*]+|\s[-—–]\s)"
_PIECE = re.compile(r"\{(?P<name>\w+)(?P<many>[+?]?)\}( (?!\*))?| \*|~|: ?| |[^{ ~:]+")


@dataclass(frozen=True, slots=True)
class _Cues:
    """One language's patterns; what "reports" matches makes quoted words news."""

    command: re.Pattern[str]
    reports: re.Pattern[str]
    told: re.Pattern[str]


@lru_cache(maxsize=4096)
def is_addressed_to_machine(sentence: str) -> bool:
    """Tell whether the sentence gives orders to a program that reads it, in any language.

    What somebody ordered others to do, or is quoted as having said, is news: "The minister
    told officials to ignore earlier instructions" speaks to no machine.
    """
    text = clean_text(sentence[:_LONGEST]).replace("’", "'")
    folded = text.casefold()
    if any(sign in folded for sign in _load()["all"]["signs"]):
        return True
    return any(_commands(text, _load_cues(language)) for language in _LANGUAGES)


def list_addressed(sentences: Sequence[Sentence], text: str) -> frozenset[int]:
    """Return the numbers of the sentences of ``text`` that belong to an order to a machine.

    What follows an order in its paragraph is a part of it, up to ``_WAKE`` sentences.
    """
    found: set[int] = set()
    wake, end = 0, 0
    for sentence in sentences:
        wake = 0 if "\n" in text[end : sentence.start] else max(0, wake - 1)
        if is_addressed_to_machine(sentence.text):
            wake = _WAKE + 1
        if wake:
            found.add(sentence.number)
        end = sentence.end
    return frozenset(found)


def leave_out(article: Article, numbers: frozenset[int]) -> Article:
    """Return the article whose ``text`` lacks these sentences; their numbers stay taken."""
    text = article.text
    for sentence in reversed(article.sentences):
        if sentence.number in numbers:
            text = text[: sentence.start] + text[sentence.end :]
    return replace(article, text=text)


def _commands(text: str, cues: _Cues) -> bool:
    outside = _QUOTED.sub(" “” ", text)
    if outside != text and cues.reports.search(outside):
        text = outside
    found = cues.command.search(text)
    return found is not None and not cues.told.search(text, 0, found.start())


def _load() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return load_lexicon("commands_to_machines")


@cache
def _load_cues(language: str) -> _Cues:
    table = _load()[language]
    return _Cues(
        command=re.compile("|".join(_compile_cues(table)), re.IGNORECASE),
        reports=_any_of(table["reports"]),
        told=_any_of(table["told"]),
    )


def _compile_cues(table: Mapping[str, Sequence[str]]) -> list[str]:
    """Patterns of the cues that begin a clause, of those that may follow a comma, of the rest."""
    words = cast("Mapping[str, Sequence[str]]", table["words"])
    leads, orders = _either(table["leads"]), _either(table["orders"])
    led = rf"(?:{leads},?\s+)*|(?<!{LETTER}){orders},?\s+)"
    starts = {
        "^": rf"(?:{_BEGIN}{led}",
        ",": rf"(?:(?:{_BEGIN}|,\s*){led}",
        "": rf"(?<!{LETTER})",
    }
    return [
        rf"{start}(?:{'|'.join(bodies)})(?!{LETTER})"
        for mark, start in starts.items()
        if (bodies := [_compile_body(cue, words) for cue in table["cues"] if _mark(cue) == mark])
    ]


def _mark(cue: str) -> str:
    return cue[0] if cue[0] in "^," else ""


def _compile_body(cue: str, words: Mapping[str, Sequence[str]]) -> str:
    return "".join(
        _compile_piece(piece, words) for piece in _PIECE.finditer(cue.removeprefix(_mark(cue)))
    )


def _compile_piece(piece: re.Match[str], words: Mapping[str, Sequence[str]]) -> str:
    signs = {" *": _GAP, "~": f"{LETTER}*", " ": _STEP, ":": r"\s*:", ": ": r"\s*:\s*"}
    if not piece["name"]:
        return signs.get(piece.group(), one_of([piece.group()]))
    phrase = _either(words[piece["name"]])
    if piece["many"] == "+":
        return rf"{phrase}(?:{_STEP}{phrase}){{0,5}}" + (_STEP if piece[3] else "")
    if piece["many"] == "?":
        return rf"(?:{phrase}{_STEP}){{0,6}}"
    return phrase + (_STEP if piece[3] else "")


def _either(phrases: Sequence[str]) -> str:
    return one_of(phrases) if phrases else "(?!)"


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(whole(_either(phrases)), re.IGNORECASE)
