"""Cues as an editor writes them → patterns; see modality.toml for what their signs mean."""

import re
from collections.abc import Iterable, Sequence

from bot.text.lexicon import LETTER, load_lexicon, one_of, whole

LANGUAGES = ("en", "fr", "es", "hi")
NEVER = re.compile(r"(?!)")
"""A pattern that matches nothing."""
WINDOW = 1_500
"""Characters of a sentence that are read; hardly any has as many, and hostile ones have more."""


def cut_window(sentence: str, at: int | None) -> tuple[str, int | None]:
    """Return what of a sentence is read, cut at spaces, and where ``at`` is in it.

    It is what stands around ``at``, that character too, or the beginning where that is None.
    """
    if len(sentence) <= WINDOW:
        return sentence, at
    middle = min(max(at or 0, 0), len(sentence))
    start = min(max(middle - WINDOW // 2, 0), len(sentence) - WINDOW)
    end = start + WINDOW
    if start:
        start = max(start, sentence.find(" ", start, middle) + 1)
    if end < len(sentence):
        space = sentence.rfind(" ", middle + 1, end)
        end = space if space > start else end
    return sentence[start:end], None if at is None else at - start


def compile_cues(cues: Iterable[str], never: Sequence[str] = ()) -> re.Pattern[str]:
    """One pattern for all cues, the first of the list first; none of the words of ``never``."""
    patterns = [cue_pattern(cue) for cue in cues]
    if not patterns:
        return NEVER
    unless = rf"(?!{whole(one_of(never))})" if never else ""
    return re.compile(rf"{unless}(?:{'|'.join(patterns)})", re.IGNORECASE)


def compile_any(cues: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all cues, whichever comes first: quicker where the list is long."""
    listed = list(cues)
    signed = [cue for cue in listed if cue[0] in "=~" or cue[-1] == "|"]
    rest = [_spell(cue) for cue in listed if cue not in signed]
    patterns = [*map(cue_pattern, signed), *([whole("|".join(rest))] if rest else [])]
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else NEVER


def cue_pattern(cue: str) -> str:
    """The pattern of one cue."""
    pattern = _spell(cue.removeprefix("=").removesuffix("|"))
    if cue.endswith("|"):
        pattern += r"(?=\s*(?:[,.;:—–!?)\"”]|$))"
    return whole(f"(?-i:{pattern})" if cue.startswith("=") else pattern)


def _spell(cue: str) -> str:
    pattern = one_of([cue])
    pattern = pattern.replace(r"\*\s+", r"(?:\S+\s+){0,4}?").replace(r"\^", "(?-i:[A-ZÀ-Þ])")
    if cue.startswith("~"):  # no names: "Moira" is no French future
        pattern = pattern.replace(r"\~", rf"(?-i:(?![A-Z]){LETTER}){LETTER}+", 1)
    return pattern.replace(r"\~", f"{LETTER}*")


def compile_denied(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before, and after, a word of the language that is denied."""
    denial = load_lexicon("modality")[language]["denial"]
    denied = whole(one_of(denial["words"]))
    before = rf"{denied}(?:\s+(?!but |and |mais |et |sino |y |और )\S+){{0,3}}\s*\Z"
    after = rf"(?:\s+\S+)?\s+{one_of(denial['after'])}" if "after" in denial else NEVER.pattern
    return re.compile(before, re.IGNORECASE), re.compile(after)
