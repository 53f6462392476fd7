"""office in a text → the country that it is of, which stands before, within or after it."""

import re
from functools import cache

from bot.text.atlas import Atlas
from bot.text.lexicon import load_lexicon, one_of
from bot.text.offices import load_offices

PHRASE = 60
"""Characters before and after an office that can belong to it."""
HINDI_PHRASE = 40
_OF = re.compile(r"^\s*(?:of|de|du|d['’]|del|de la|des|de los|de l['’])\s*(?:the\s|la\s|l['’])?")
_NOT_AND = r"(?:[\s-](?!and\b|et\b|y\b)[\w-]+)"
_HELD = re.compile(rf"['’]s?{_NOT_AND}{{0,3}}\s")
_ADJACENT = re.compile(rf"(?:['’]s)?{_NOT_AND}{{0,2}}\s")
_STOP = re.compile(r"[,.;:()]")
_HINDI_STOP = re.compile(r"[।\n]")
_HINDI_HELD = re.compile(r"\s(?:के|की|का)\s(?:\S+\s)?")


def find_named_home(atlas: Atlas, before: str, office: re.Match[str], after: str) -> str | None:
    """Return the country of an office in the words before a name.

    ``Japanese Prime Minister``, ``Israel's``, ``ministre ledanien``, ``King X of Y``.
    """
    of = _OF.match(after)
    if of and (spot := atlas.find_first(after[of.end() :])):
        return spot.country
    return _find_around(atlas, before, office.start(), len(before))


def find_phrase_home(atlas: Atlas, office: re.Match[str]) -> str | None:
    """Return the country of an office that stands without a name: ``Ngorwe's president``."""
    if atlas.language == "hi":
        return find_hindi_home(atlas, office)
    text = office.string
    start = max(text.rfind("\n", 0, office.start()) + 1, office.start() - PHRASE)
    tail = _load_leaving().split(text[office.end() : office.end() + PHRASE])[0]
    is_told_after = load_offices(atlas.language).is_romance or _OF.match(tail)
    near = text[start : office.end()] + (tail if is_told_after else "")
    return _find_around(atlas, near, office.start() - start, len(near))


def find_hindi_home(atlas: Atlas, office: re.Match[str]) -> str | None:
    """Return the country right before an office: ``मेरावी के रक्षा मंत्री``."""
    text, at = office.string, office.start()
    before = _HINDI_STOP.split(text[max(0, at - HINDI_PHRASE) : at])[-1]
    spots = [spot for spot in atlas.find(before) if _HINDI_HELD.fullmatch(before, spot.end)]
    return spots[-1].country if spots else None


def find_phrase(atlas: Atlas, office: re.Match[str], home: str) -> str:
    """Return the office and its country in the text's very words: ``Angolan foreign minister``."""
    text = office.string
    spots = [
        spot
        for spot in atlas.find(text)
        if spot.country == home and abs(spot.start - office.start()) < PHRASE
    ]
    near = min(spots, key=lambda spot: abs(spot.start - office.start()), default=None)
    if near is None:
        return office.group()
    start, end = min(near.start, office.start()), max(near.end, office.end())
    return re.sub(r"^(?:the|le|la|el)\s", "", text[start:end], flags=re.IGNORECASE)


def find_phrase_end(atlas: Atlas, office: re.Match[str], home: str | None) -> int:
    """Return where an office ends with its country: ``the emir of Qasira``."""
    tail = _STOP.split(office.string[office.end() : office.end() + PHRASE])[0]
    if not _OF.match(tail):
        return office.end()
    ends = (spot.end for spot in atlas.find(tail) if spot.country == home)
    return office.end() + next(ends, 0)


def _find_around(atlas: Atlas, text: str, start: int, end: int) -> str | None:
    """The country told within the words from ``start`` on, or else right before them."""
    spots = atlas.find(text)
    within = (spot.country for spot in spots if start <= spot.start < end)
    before = (
        spot.country
        for spot in reversed(spots)
        if spot.end <= start
        and (_ADJACENT if spot.is_people else _HELD).fullmatch(text, spot.end, start)
    )
    return next(within, None) or next(before, None)


@cache
def _load_leaving() -> re.Pattern[str]:
    words = one_of(load_lexicon("offices")["names"]["leaving"])
    return re.compile(rf"[,.;:()\n]|\s{words}\s")
