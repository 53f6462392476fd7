"""Raw text → clean text: one form for equal content, and nothing in it that readers can't see."""

import re
import unicodedata
from hashlib import blake2b

# Control, zero-width, bidi and tag characters, variation selectors, fillers, private use,
# lone surrogates and noncharacters: all can carry words that a reader never sees, or break
# what stores and sends the text.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\uf8ff"
    "\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028]")
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_NEWLINE = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{2,}")
_NO_LETTERS = re.compile(r"[^\w\s\x00-\u02ff]{9,}")
_MAX_MARKS = 8


def clean_text(text: str) -> str:
    """Return ``text`` in NFC, visible characters only, paragraphs parted by one blank line.

    Single newlines stay; runs of spaces of any width become one space. Doing it twice
    changes nothing.
    """
    text = _NEWLINE.sub("\n", text).replace("\u2029", "\n\n")
    text = unicodedata.normalize("NFC", _limit_marks(_INVISIBLE.sub("", text)))
    text = _AROUND_NEWLINE.sub("\n", _SPACES.sub(" ", text))
    return _BLANK_LINES.sub("\n\n", text).strip()


def hash_text(title: str, text: str) -> str:
    """Return 32 hex digits that stand for the cleaned title and text together."""
    whole = f"{clean_text(title)}\n\n{clean_text(text)}"
    return blake2b(whole.encode(), digest_size=16).hexdigest()


def _limit_marks(text: str) -> str:
    # Normalising a run of n combining marks takes n² steps: 100,000 of them stop us for 5 s.
    return _NO_LETTERS.sub(_first_marks, text)


def _first_marks(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for character in run.group():
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MAX_MARKS:
            kept.append(character)
    return "".join(kept)
