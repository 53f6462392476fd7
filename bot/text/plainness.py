"""Line → whether it is plain words, as a brief posts them: no link, no sign its source has not."""

import re
import unicodedata

_LINK = re.compile(
    r"://|\bwww\.|\]\(|\b(?:mailto|javascript|data|tel):\S|\b[\w.-]+@[\w-]+\.\w|"
    # A host with a path; "Booking.com" alone is a name.
    r"\b(?:[\w-]+\.)+[a-z]{2,}/\S",
    re.IGNORECASE,
)
_PLAIN_SIGNS = frozenset(".,;:!?'\"“”‘’«»„‚‹›()-–—‐‑−…/%‰&+·।॥¿¡§°№ºª")
_PLAIN_KINDS = ("L", "M", "N", "Z", "Sc")


def has_link(text: str) -> bool:
    """Tell whether the text holds an address, or the marks of a link."""
    return _LINK.search(text) is not None


def find_odd_signs(text: str, source: str) -> str:
    """Return the signs of ``text`` that are no plain writing and that ``source`` has not.

    ``@``, ``*``, ``<``, ``#``, emoji and the like do something on some platform, or shout.
    """
    return "".join(
        dict.fromkeys(sign for sign in text if not _is_plain(sign) and sign not in source)
    )


def _is_plain(sign: str) -> bool:
    return sign in _PLAIN_SIGNS or unicodedata.category(sign).startswith(_PLAIN_KINDS)
