"""travel.toml → the words of trips in one language, and what a sentence is read with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from bot.model import OFF, Article
from bot.text.atlas import Atlas
from bot.text.cast import Cast
from bot.text.cues import LANGUAGES, compile_cues
from bot.text.lexicon import LETTER, compile_words, load_lexicon, one_of
from bot.text.people import Person
from bot.text.spots import Spot
from bot.text.visitstates import visit_status

DENIES = 5
"""Words from a denial up to which it denies."""
NEAR = 160
"""Characters before a word in which what leads up to it stands."""
_CLAUSE = re.compile(r"[,;:—–]")
_KIND_OF = (
    r"(?:(?:\w+\s)?(?:republic|kingdom|commonwealth|state|city|town|port|island|république|royaume|"
    r"ville|île|república|reino|ciudad|puerto|isla)\s+(?:of\s+(?:the\s+)?|de\s+|du\s+|del\s+|d['’]))?"
)
"""``to the Republic of Korea``, ``to the port of Mombasa``."""
_GAPS = {"towards": 0, "not_there": 0, "by": 4, "inviter": 4, "proxy": 3}
"""Words that may stand between those of travel.toml and what they lead up to."""


class Trip(NamedTuple):
    """Who goes where; ``at`` is the offset of the word that says so.

    ``until`` is where the sentence begins to speak of the next place.
    """

    visitor: str
    spot: Spot
    at: int
    until: int


class Trigger(NamedTuple):
    """A word of a trip: ``go``, ``along``, ``noun``, ``stay``, ``meet`` or ``hosted``."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, compiled; travel.toml says what each list is."""

    go: re.Pattern[str]
    along: re.Pattern[str]
    noun: re.Pattern[str]
    stay: re.Pattern[str]
    host: re.Pattern[str]
    hosted: re.Pattern[str]
    cohost: re.Pattern[str]
    meet: re.Pattern[str]
    invites: re.Pattern[str]
    back: re.Pattern[str]
    pronoun: re.Pattern[str]
    says: re.Pattern[str]
    homeward: re.Pattern[str]
    kin: re.Pattern[str]
    companion: re.Pattern[str]
    guest: tuple[str, ...]
    past: re.Pattern[str]
    denied: re.Pattern[str]
    condition: re.Pattern[str]
    here: re.Pattern[str]
    unreal: re.Pattern[str]
    towards: re.Pattern[str]
    by: re.Pattern[str]
    inviter: re.Pattern[str]
    proxy: re.Pattern[str]
    not_there: re.Pattern[str]
    direction: re.Pattern[str]
    purpose: re.Pattern[str]
    no_purpose: re.Pattern[str]


_PLAIN = (
    *(
        "go",
        "along",
        "noun",
        "stay",
        "host",
        "hosted",
        "cohost",
        "meet",
        "invites",
        "back",
        "pronoun",
    ),
    *("says", "homeward", "kin", "companion", "past", "denied", "condition", "no_purpose"),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a sentence is read with: the article, its people and places, whom it spoke of last.

    ``last`` is the person whom "he" means, ``here`` the place that "the capital" means, and
    ``own`` the country that the article speaks from. Without ``hears_denials`` a trip that will
    not come about is read as one.
    """

    article: Article
    cast: Cast
    words: Words
    last: Person | None = None
    here: Spot | None = None
    own: Spot | None = None
    hears_denials: bool = True

    @property
    def atlas(self) -> Atlas:
        """The places of the article."""
        return self.cast.atlas

    @property
    def is_verb_last(self) -> bool:
        """Whether the language puts the word of the trip after the place: Hindi."""
        return self.article.language == "hi"


@cache
def load_words(language: str) -> Words:
    """Return the words of en, fr, es or hi; English for any other language."""
    table = load_lexicon("travel")[language if language in LANGUAGES else "en"]
    unreal = "|".join(table["unreal"]).replace(" * ", r"\s(?:\S+\s){0,4}?") or "(?!)"
    return Words(
        unreal=re.compile(rf"(?:{unreal})\b", re.IGNORECASE),
        direction=_compile_direction(table["direction"]),
        purpose=compile_cues(table["purpose"]),
        guest=tuple(table["guest"]),
        # "La Ciudad de México" is a name.
        here=re.compile(compile_words(table["here"]).pattern),
        **{name: compile_words(table[name]) for name in _PLAIN},
        **{name: _compile_leading(table[name], gap) for name, gap in _GAPS.items()},
    )


def _compile_leading(words: Sequence[str], gap: int) -> re.Pattern[str]:
    """One of the words right before the end, an article and so many words in between."""
    if not words:
        return re.compile(r"(?!)")
    article = r"(?:(?:the|la|le|les|los|las|el)\s+|l['’])?"
    article = rf"{article}{_KIND_OF}"
    between = rf"(?:[\w’'-]+,?\s+){{0,{gap}}}"
    leading = rf"(?<!{LETTER}){one_of(words)}(?:\s+|(?<=['’])){article}{between}\Z"
    return re.compile(leading, re.IGNORECASE)


def _compile_direction(words: Sequence[str]) -> re.Pattern[str]:
    """One of the words right before the end; ``the`` leads to no name of a place."""
    romance = r"(?:\b{words}\s(?:(?:la|las|los)\s)?|\bl['’])\Z"
    return re.compile(romance.format(words=one_of(words))) if words else re.compile(r"(?!)")


@lru_cache(maxsize=64)
def list_triggers(text: str, language: str) -> tuple[Trigger, ...]:
    """Return the words of a trip in order; where several begin together the longest first."""
    words = load_words(language)
    found = (
        Trigger(match.start(), match.end(), kind)
        for kind in ("go", "along", "noun", "stay", "meet")
        for match in getattr(words, kind).finditer(text)
    )
    return tuple(sorted(found, key=lambda one: (one.start, -one.end)))


def is_denied(text: str, at: int, scene: Scene) -> bool:
    """Tell whether the trip at that offset is denied; one that is put off is not.

    ``will not visit``, ``ne se rendra pas``.
    """
    if not scene.hears_denials:
        return False
    before = _CLAUSE.split(text[max(0, at - 60) : at])[-1]
    denials = scene.words.denied.finditer(before)
    if not any(len(before[match.end() :].split()) <= DENIES for match in denials):
        return False
    return visit_status(text, scene.article.language, at) not in OFF


def is_no_news(text: str, words: Words) -> bool:
    """Tell whether the sentence is background, a question, or of what did not come about."""
    is_question = text.rstrip("\"'”»").endswith("?")
    return bool(is_question or words.past.search(text) or words.unreal.search(text))
