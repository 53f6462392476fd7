"""stays.toml → patterns: the words of one language that tell what a date is of, compiled once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import pairwise

from bot.text.cues import LANGUAGES
from bot.text.lexicon import compile_words, load_lexicon


class Role(Enum):
    """What a date is of; ``MOVED_FROM`` is the span from the old day to the new one."""

    STAY = "stay"
    END = "end"
    MOVED_TO = "moved to"
    MOVED_FROM = "moved from"
    SAID = "said"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class StayWords:
    """The words of one language; stays.toml says what each is, ``…_in`` stand within a date.

    ``cues`` tell the role of a date by it; ``has_verb_last`` that they stand after it.
    """

    language: str
    has_verb_last: bool
    cues: tuple[tuple[Role, re.Pattern[str]], ...]
    days_of: tuple[tuple[re.Pattern[str], int], ...]
    announce: re.Pattern[str]
    change: re.Pattern[str]
    newly: re.Pattern[str]
    onward: re.Pattern[str]
    listed: re.Pattern[str]
    aside: re.Pattern[str]
    future: re.Pattern[str]
    past: re.Pattern[str]
    next_day: re.Pattern[str]
    since: re.Pattern[str]
    since_in: re.Pattern[str]
    until: re.Pattern[str]
    until_after: re.Pattern[str]
    moved_to: re.Pattern[str]
    moved_to_in: re.Pattern[str]
    moved_from: re.Pattern[str]
    moved_after: re.Pattern[str]
    joined: re.Pattern[str]
    joined_in: re.Pattern[str]
    owner: re.Pattern[str]
    front: re.Pattern[str]
    that: re.Pattern[str]

    def is_told(self, role: Role, text: str, start: int, end: int) -> bool:
        """Whether a cue of the role stands in that part of the text."""
        return any(cue.search(text, start, end) for of, cue in self.cues if of is role)

    def split(self, text: str) -> list[str]:
        """The parts of the sentence between its commas and the like; together they are it."""
        cuts = [0, *(match.start() for match in _SIGNS.finditer(text)), len(text)]
        return [text[a:b] for a, b in pairwise(cuts)]


_SIGNS = re.compile(r"[,;:()—–।]")
_ARTICLE = r"(?:(?:the|le|la|el|los)\s)?"
_BEFORE = rf"\s?{_ARTICLE}(?:\w+\sof\s(?:the\s)?)?\Z"
_PLAIN = ("announce", "change", "newly", "onward", "listed", "aside", "future", "next_day")


@cache
def load_stay_words(language: str) -> StayWords:
    """Return the words of en, fr, es or hi; English for any other language."""
    known = language if language in LANGUAGES else "en"
    table, speech = load_lexicon("stays")[known], load_lexicon("speech")[known]
    report = [*table["report"], *speech["verbs"], *speech["others"], *speech["by"]]
    cues = (
        (Role.OTHER, table["other"]),
        (Role.END, table["leave"]),
        (Role.SAID, [*report, *table["change"]]),
        (Role.STAY, [*load_lexicon("trips")[known]["trip"], *table["stay"]]),
    )
    before = ("since", "until", "moved_to", "moved_from", "owner", "that")
    within = ("since", "moved_to", "joined")
    return StayWords(
        language=known,
        has_verb_last=known == "hi",
        cues=tuple((role, _longest_first(words)) for role, words in cues),
        days_of=tuple((compile_words([words]), day) for words, day in table["days_of"].items()),
        past=compile_words(load_lexicon("dates")[known]["past"]),
        until_after=_surround(r"\s", table["until_after"], ""),
        moved_after=_surround(r"\s", table["moved_after"], ""),
        joined=_surround(r"\W*", table["joined"], rf"\W*{_ARTICLE}"),
        front=_surround(r"\W*(?:", table["front"], rf"\W*)*{_ARTICLE}"),
        **{name: compile_words(table[name]) for name in _PLAIN},
        **{f"{name}_in": compile_words(table[name]) for name in within},
        **{name: _surround("", table[name], _BEFORE) for name in before},
    )


def _longest_first(words: Sequence[str]) -> re.Pattern[str]:
    return compile_words(sorted(words, key=len, reverse=True))


def _surround(before: str, words: Sequence[str], after: str) -> re.Pattern[str]:
    return re.compile(f"{before}{compile_words(words).pattern}{after}", re.IGNORECASE)
