"""Text → the form in which texts are compared: one case, plain quote marks, single spaces."""

import re

_WORD = re.compile(r"[\w\u0900-\u0963\u0970-\u097f]+")


def fold(text: str) -> str:
    """A text in one case, with plain quote marks and dashes and single spaces."""
    plain = re.sub("[“„«]\\s*|\\s*[»”]", '"', re.sub("[‘’]", "'", text.casefold()))
    return " ".join(re.sub("[‐-―]", "-", plain).split())


def list_words(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    return _WORD.findall(fold(text))
