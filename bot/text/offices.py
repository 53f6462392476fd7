"""offices.toml → patterns: the offices of one language, and what stands between them and names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.text.cues import NEVER
from bot.text.lexicon import LETTER, compile_words, load_lexicon, one_of, whole
from bot.text.occurrences import find_around

FIELDS = 5
"""Fields of one minister: ``विदेश और व्यापार मामलों``."""
HINDI_TITLE = 11
"""Characters between an office and its holder's name in Hindi, such as a courtesy."""
NEAR = 110
"""Characters before and after a name in which its office stands."""
_CASED = ("en", "fr", "es")
_VERB_ENDINGS = r"[a-z]+ed|[\wÀ-ÿ]{3,}(?:ront|ait|aient|rá|rán|ó|aron|ieron)"
_WORDS_BETWEEN = r"(?:(?!(?:{verb})\b)[\wÀ-ÿ’'-]+\s){{0,5}}"


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices of one language.

    ``office`` is one whose holder travels, ``either`` also one of staff. ``after`` finds an
    office that follows a name, ``apposition`` what stands between the two; ``filler`` is what
    may stand between an office and a name after it, ``not_his`` what parts them.
    """

    is_romance: bool
    office: re.Pattern[str]
    either: re.Pattern[str]
    staff: re.Pattern[str]
    after: re.Pattern[str]
    apposition: re.Pattern[str]
    filler: re.Pattern[str]
    not_his: re.Pattern[str]
    placing: re.Pattern[str]
    staff_before: re.Pattern[str]

    def find_before(self, before: str) -> re.Match[str] | None:
        """Return the office that the words before a name lead over to it from, if one does."""
        if self.not_his.search(before):
            return None
        for match in reversed(list(self.either.finditer(before))):
            if self.filler.fullmatch(before, match.end()):
                return match
        return None

    def is_staff(self, name: str, text: str) -> bool:
        """Tell whether the name stands after the word for somebody who only speaks or works."""
        return any(self.staff_before.search(before[-50:]) for before, _ in find_around(text, name))


@cache
def load_offices(language: str) -> Offices:
    """Return the offices of en, fr, es or hi; English ones for any other language."""
    if language == "hi":
        return _load_hindi()
    language = language if language in _CASED else "en"
    tables = load_lexicon("offices")
    table, around = tables[language], tables["names"]
    field = rf"(?:{one_of(table['subject'])}\s)?" if "subject" in table else ""
    staff = one_of(table["staff"])
    either = f"{field}{_name_offices([*table['office'], *table['staff']])}"
    between = _WORDS_BETWEEN.format(verb=_load_verb())
    comma = r"\s*(?:,|\(|–|—)\s*"
    filler = rf"(?:[\s-](?!(?:{_load_verb()})\b){LETTER}[\w’'-]*){{0,7}}{_load_rank()}"
    patterns = {
        "office": whole(f"{field}{_name_offices(table['office'])}"),
        "either": whole(either),
        "staff": rf"\A{staff}\Z",
        "after": rf"{comma}{between}?(?P<role>{either})(?!{LETTER})[^,.;()–—]{{0,50}}",
        "apposition": rf"{comma}{between}",
        "filler": filler,
        "not_his": rf"\b{one_of(around['not_his'])}\s*\Z",
        "placing": rf"\b{one_of(around['placing'])}\s\Z",
        "staff_before": rf"{staff}(?!{LETTER}){filler}",
    }
    compiled = {name: re.compile(words, re.IGNORECASE) for name, words in patterns.items()}
    return Offices(is_romance=language != "en", **compiled)


def _name_offices(offices: Sequence[str]) -> str:
    """``~`` is any one word: ``head of Serbian diplomacy``."""
    return one_of(offices).replace(r"\~", r"[\w’'-]+")


@cache
def load_hindi_office() -> str:
    """Return the pattern of an office in Hindi, whose field may stand before it."""
    table = load_lexicon("offices")["hi"]
    office = one_of(table["office"]).replace(r"\-", r"[\s-]?")
    return rf"(?:{one_of(table['subject'])}[\s-]){{0,{FIELDS}}}{office}"


def is_organisation(name: str) -> bool:
    """Tell whether the name has a word that bodies have in theirs: ``Council``."""
    return bool(_load_organisation().search(name))


@cache
def _load_verb() -> str:
    return f"{one_of(load_lexicon('offices')['names']['verb'])}|{_VERB_ENDINGS}"


@cache
def _load_rank() -> str:
    rank = one_of(load_lexicon("offices")["names"]["rank"])
    return rf"(?:\s*,)?(?:\s{rank}\.?)*\s*\Z"


@cache
def _load_organisation() -> re.Pattern[str]:
    """With their capitals, unlike other words: ``state`` is in no name."""
    return re.compile(compile_words(load_lexicon("offices")["names"]["organisation"]).pattern)


def _load_hindi() -> Offices:
    """An office in Hindi right before a name is its holder's; none stands after one."""
    office = re.compile(whole(load_hindi_office()))
    return Offices(
        is_romance=False,
        office=office,
        either=NEVER,
        staff=NEVER,
        after=NEVER,
        apposition=re.compile(r"\s*[,(–—]\s*"),
        filler=re.compile(rf"(?s:.){{0,{HINDI_TITLE}}}"),
        not_his=NEVER,
        placing=NEVER,
        staff_before=NEVER,
    )
