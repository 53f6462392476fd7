"""question × earlier ones → what it leans on: "and when?" asks about what was asked before."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from bot.relevance.question import MAX_TERMS, Part, Question, read_question
from bot.text.lexicon import LETTER, compile_words, load_lexicon, one_of

MOST = 3
"""Earlier questions that one can lean on."""
_FEW_TERMS = 1


def find_context(text: str, earlier: Sequence[str]) -> str:
    """The earlier questions that ``text`` leans on, oldest first; empty if it stands alone.

    They go back to the last one that stands alone itself.
    """
    if not earlier or not _leans(text):
        return ""
    used: list[str] = []
    for question in reversed(earlier[-MOST:]):
        used.insert(0, question)
        if not _leans(question):
            break
    return " ".join(used)


def read_follow_up(text: str, context: str) -> Question:
    """The question, each part of it also about what ``context`` names."""
    own = read_question(text)
    if not context:
        return own
    whole = read_question(f"{context} {text}")
    parts = tuple(_add_terms(part, whole) for part in own.parts)
    return replace(own, text=whole.text, parts=parts, terms=whole.terms)


def _add_terms(part: Part, whole: Question) -> Part:
    known = {term.word for term in part.terms}
    added = (term for term in whole.terms if term.word not in known)
    return replace(part, terms=(*part.terms, *added)[:MAX_TERMS])


def _leans(text: str) -> bool:
    opening, pointing = _load_patterns()
    has_few = len(read_question(text).terms) <= _FEW_TERMS
    return has_few or bool(opening.match(text) or pointing.search(text))


@cache
def _load_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = load_lexicon("leaning")
    opening = one_of(lists["opening"]["words"])
    return (
        re.compile(rf"\W*{opening}(?!{LETTER})", re.IGNORECASE),
        compile_words(lists["pointing"]["words"]),
    )
