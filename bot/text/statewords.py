"""visitstates.toml → patterns: the cues of a visit's state in one language, compiled once."""

import re
from dataclasses import dataclass, fields
from functools import cache

from bot.text.cues import LANGUAGES, NEVER, compile_any, compile_denied, cue_pattern
from bot.text.lexicon import load_lexicon

_FAR = 60


@dataclass(frozen=True, slots=True)
class StateWords:
    """The cues of one language; visitstates.toml says what each is."""

    blank: re.Pattern[str]
    cancelled: re.Pattern[str]
    postponed: re.Pattern[str]
    moved: re.Pattern[str]
    urged: re.Pattern[str]
    revived: re.Pattern[str]
    gone: re.Pattern[str]
    opened: re.Pattern[str]
    passive: re.Pattern[str]
    noun: re.Pattern[str]
    event: re.Pattern[str]
    aside: re.Pattern[str]
    foreign: re.Pattern[str]
    no_longer_going: re.Pattern[str]
    not_going: re.Pattern[str]
    as_planned: re.Pattern[str]
    refused: re.Pattern[str]
    denied: re.Pattern[str]
    rumour: re.Pattern[str]
    unfounded: re.Pattern[str]
    departed: re.Pattern[str]
    dated: re.Pattern[str]
    completed: re.Pattern[str]
    underway: re.Pattern[str]
    to_come: re.Pattern[str]
    possible: re.Pattern[str]
    afterthought: re.Pattern[str]
    invited: re.Pattern[str]
    condition: re.Pattern[str]
    iffy: re.Pattern[str]
    known_iffy: re.Pattern[str]
    accepted: re.Pattern[str]
    unsettled: re.Pattern[str]
    was_due: re.Pattern[str]
    yet: re.Pattern[str]
    unnamed: re.Pattern[str]
    unnamed_people: re.Pattern[str]
    saying: re.Pattern[str]
    said_by: re.Pattern[str]
    intended: re.Pattern[str]
    expected: re.Pattern[str]
    settled: re.Pattern[str]
    formal: re.Pattern[str]
    opening: re.Pattern[str]
    announced: re.Pattern[str]
    reported: re.Pattern[str]
    content: re.Pattern[str]
    cut: re.Pattern[str]
    denied_before: re.Pattern[str]
    denied_after: re.Pattern[str]

    def is_told(self, text: str, cue: re.Pattern[str]) -> bool:
        """Whether the cue occurs with no word of denial close by."""
        return any(not self.is_denied(text, match) for match in cue.finditer(text))

    def is_denied(self, text: str, match: re.Match[str]) -> bool:
        """Whether a word of denial stands close by the cue."""
        before = text[max(0, match.start() - _FAR) : match.start()]
        after = self.denied_after.match(text, match.end())
        return bool(self.denied_before.search(before) or after)


_BUILT = ("afterthought", "no_longer_going", "not_going", "denied_before", "denied_after")
_BETWEEN = r"(?:\s(?:now|also|be|been|going|to|yet|expected|able|then|\w+ly))*\s?"


def load_state_words(language: str) -> StateWords:
    """Return the cues of en, fr, es or hi; English for any other language."""
    return _load(language if language in LANGUAGES else "en")


@cache
def _load(language: str) -> StateWords:
    table = load_lexicon("visitstates")[language]
    before, after = compile_denied(language)
    cues = {
        field.name: compile_any(table[field.name])
        for field in fields(StateWords)
        if field.name not in _BUILT
    }
    go = "|".join(map(cue_pattern, table["goes"]))
    going = {
        name: re.compile(f"(?:{'|'.join(map(cue_pattern, table[of]))}){_BETWEEN}(?:{go})", re.I)
        for name, of in (("not_going", "not_goes"), ("no_longer_going", "no_longer"))
    }
    doubt = "|".join(map(cue_pattern, table["possible"]))
    going["afterthought"] = (
        re.compile(rf"(?:\s\S+){{0,2}}?\s(?:{doubt})") if language == "hi" else NEVER
    )
    return StateWords(denied_before=before, denied_after=after, **going, **cues)
