"""text × word → where the word stands in it, without a pattern compiled for each word."""

import re
from collections.abc import Iterator

from bot.text.lexicon import LETTER

AROUND = 120
"""Characters before and after a word that tell what it is."""
_LETTER = re.compile(LETTER)


def find_word(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield where ``word`` stands, in this very spelling and as no part of a longer word."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        is_part = start > 0 and _LETTER.match(text, start - 1)
        if not is_part and not _LETTER.match(text, end):
            yield start, end
        start = text.find(word, end)


def find_around(text: str, word: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and after each place where ``find_word`` finds the word."""
    for start, end in find_word(text, word):
        yield text[max(0, start - AROUND) : start], text[end : end + AROUND]


class Taken:
    """The parts of a text that are spoken for."""

    def __init__(self, text: str) -> None:
        self._marks = bytearray(len(text))

    def take(self, start: int, end: int) -> bool:
        """Take a part, if no character of it is taken yet; tells whether it was free."""
        if any(self._marks[start:end]):
            return False
        self._marks[start:end] = b"\1" * (end - start)
        return True
