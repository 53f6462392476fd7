"""url × sentence → the address that opens at the sentence (``#:~:text=``), as far as it fits."""

import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

from bot.channels.discord.inert import LONGEST_URL, find_link_target, plain

LINE = 160
"""Room for the words in a link of which a message holds many."""
LIST = 600
"""Room for the words in a link of which each has its own lines."""
_MOST, _FEWEST = 8, 3
"""Words at each end that stand for a long sentence."""


def find_text_target(url: str, sentence: str, room: int) -> str | None:
    """Return the address as ``find_link_target`` does, opening at the sentence if it can.

    ``room`` is the most characters that the words may take, encoded. A sentence that takes
    more is named by its first and its last words.
    """
    target = find_link_target(url)
    if target is None:
        return None
    texts = (",".join(map(_encode, ends)) for ends in _name(sentence) if _may_fit(ends, room))
    named = next((text for text in texts if len(text) <= room), "")
    base = target.partition(":~:")[0].removesuffix("#")
    whole = f"{base}{'' if '#' in base else '#'}:~:text={named}"
    return whole if named and len(whole) <= LONGEST_URL else target


def _name(sentence: str) -> Iterator[tuple[str, ...]]:
    """Yield what names the sentence on its page, or its two ends, the surest first."""
    words = _trim(plain(sentence)).split()
    if not words:
        return
    yield (" ".join(words),)
    for number in range(_MOST, _FEWEST - 1, -1):
        if 2 * number < len(words):
            yield (" ".join(words[:number]), " ".join(words[-number:]))


def _may_fit(ends: tuple[str, ...], room: int) -> bool:
    """Whether it is worth encoding, which takes long for a text without an end."""
    return sum(map(len, ends)) <= room


def _trim(text: str) -> str:
    """Return the text without marks at its ends: pages differ in their quotation marks."""
    start, end = 0, len(text)
    while start < end and _is_mark(text[start]):
        start += 1
    while end > start and _is_mark(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PZ"


def _encode(text: str) -> str:
    # A dash marks words before or after, a comma parts the ends, an ampersand the directives.
    return quote(text, safe="", errors="ignore").replace("-", "%2D")
