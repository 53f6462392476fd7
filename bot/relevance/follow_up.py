"""question × earlier ones → what it leans on: "and when?" asks about what was asked before."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from bot.relevance.question import MAX_TERMS, Part, Question, read_question
from bot.text.commands_to_machines import is_addressed_to_machine
from bot.text.lexicon import LETTER, compile_words, fold, load_lexicon, one_of, whole

MOST = 4
"""Earlier questions that one can lean on."""


def find_earlier(text: str, earlier: Sequence[str]) -> str:
    """The earlier questions that ``text`` leans on, oldest first; empty if it stands alone.

    They go back to the last one that stands alone itself. Orders to a machine are no context.
    """
    if not leans(text):
        return ""
    used: list[str] = []
    for question in reversed([one for one in earlier if not is_addressed_to_machine(one)][-MOST:]):
        used.insert(0, question)
        if not leans(question):
            break
    return " ".join(used)


def needs_subject(text: str) -> bool:
    """Whether the question leaves whom it is about to what was asked before: ``and when?``."""
    return not read_question(text).terms or _points(text)


def is_question(text: str) -> bool:
    """Whether anything is asked: ``thanks!`` and ``ok`` ask nothing."""
    own = read_question(text)
    is_about = any(not is_chat(term.written) for term in own.terms)
    return is_about or any(part.wants for part in own.parts) or "?" in text


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


def is_chat(word: str) -> bool:
    """Whether a word only belongs to chatting, so that no article is expected to speak of it."""
    return fold(word) in _load_chat()


@cache
def _load_chat() -> frozenset[str]:
    return frozenset(map(fold, load_lexicon("leaning")["chat"]["words"]))


def leans(text: str) -> bool:
    """Whether the question takes up an earlier one."""
    return not read_question(text).terms or bool(_load_opening().match(text)) or _points(text)


def _points(text: str) -> bool:
    anywhere, last = _load_pointing()
    return bool(anywhere.search(text) or last.search(text))


@cache
def _load_opening() -> re.Pattern[str]:
    opening = one_of(load_lexicon("leaning")["opening"]["words"])
    return re.compile(rf"\W*{opening}(?!{LETTER})", re.IGNORECASE)


@cache
def _load_pointing() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = load_lexicon("leaning")["pointing"]
    last = whole(one_of(lists["last"]))
    return compile_words(lists["words"]), re.compile(rf"{last}\W*$", re.IGNORECASE)
