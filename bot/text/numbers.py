"""Text → quantities: numbers with their units in one normal form, whatever way they are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from bot.text.lexicon import LETTER, fold, one_of, plain
from bot.text.numberwords import (
    guess_language,
    load_letters,
    load_signs,
    load_spelling,
    sign_key,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: ``unit`` is a currency code, ``%``, a unit's word in English, or empty.

    ``text`` are the very words, ``source[start:end]``.
    """

    value: Decimal
    unit: str
    text: str
    start: int
    end: int
    is_ordinal: bool = False


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of ``text`` in order; codes such as ``F-35`` are not numbers.

    Scales are multiplied in and units named one way: ``4bn dollars`` is 4000000000 USD. In
    ``$4-5 billion`` both ends have the scale and the unit. Signs are not read.
    """
    flat = plain(text)
    readings = [found for found in _scan(flat) if isinstance(found, _Reading)]
    return tuple(
        Quantity(
            value=r.value * r.scale,
            unit=r.unit,
            text=text[r.start : r.end],
            start=r.start,
            end=r.end,
            is_ordinal=r.is_ordinal,
        )
        for r in _share_units(flat, readings)
    )


def find_codes(text: str) -> tuple[str, ...]:
    """Return designations, clock times and double years of ``text``, each in one form.

    ``F-35``, ``F35s`` and ``एफ़-35`` are ``F35``; ``2023-24`` is ``2023/24``; ``6:22`` stays.
    """
    return tuple(_normal_code(found) for found in _scan(plain(text)) if isinstance(found, str))


# A double year or ISO date, a clock time, 12.02.2025 or 1.2.3, a designation.
_CODE = re.compile(
    rf"(?<!{LETTER})(?:(?:19|20)\d\d[/–-]\d\d(?:-\d\d)?(?!\d)|\d{{1,2}}:\d\d(?!\d)"
    r"|(?!\d{1,3}(?:\.\d{3})+(?!\d))\d+(?:\.\d+){2,}"
    r"|(?!(?:Mid|Pre|Post|Early|Late|Non|Sub|Under|Over)-|(?:Rs|USD|EUR|GBP|INR)\d)[A-Z\u0904-\u0939]"
    rf"(?:(?!\d){LETTER}){{0,14}}-?\d(?:{LETTER})*)"
)
# Lakhs, thousands by comma, by point, by space; decimals; whole numbers.
_DIGITS = re.compile(
    rf"(?:(?<!{LETTER})|(?<=Rs)|(?<=USD|EUR|GBP|INR))(?:\d{{1,2}}(?:,\d\d)+,\d{{3}}(?:\.\d+)?|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?"
    r"|\d+[.,]\d+|\d+)(?!\d)"
)
_ORDINAL = re.compile(rf"(?:st|nd|rd|th|er|ère|re|e|ème|º|ª|वें|वीं|वां|वाँ)(?!{LETTER})")
_SHORT_MILLION = re.compile(rf" ?m(?!{LETTER})")
_REST_OF_WORD = re.compile(rf"{LETTER}+(?:-{LETTER}+)*")
_DASH = re.compile(r" ?[-–—] ?[^\w\s]{0,3}")
_TO = re.compile(r" (?:to|and|or|à|et|ou|a|y|o|से|और) [^\w\s]{0,3}")


@dataclass(frozen=True, slots=True)
class _Reading:
    value: Decimal
    start: int
    end: int
    scale: int = 1
    unit: str = ""
    is_ordinal: bool = False


def _scan(text: str) -> Iterator["_Reading | str"]:
    """Numbers as readings and codes as strings, in order."""
    language = guess_language(text)
    first_word = load_spelling(language).first
    starts = {m.start() for pattern in (_CODE, _DIGITS, first_word) for m in pattern.finditer(text)}
    position = 0
    for start in sorted(starts):
        if start < position:
            continue
        if code := _CODE.match(text, start):
            position = code.end()
            yield code.group()
            continue
        reading = _read_digits(text, start, language) or _read_words(text, start, language)
        if reading is None:
            continue
        if reading.start < position:  # "1 $ 1": the sign is the first one's already
            reading = replace(reading, start=start, unit="")
        glued = _REST_OF_WORD.match(text, reading.end)
        position = glued.end() if glued else reading.end
        yield text[start:position] if glued else reading


def _read_digits(text: str, start: int, language: str) -> _Reading | None:
    match = _DIGITS.match(text, start)
    if match is None:
        return None
    value = _parse_number(match.group(), has_decimal_comma=language in ("fr", "es"))
    if ordinal := _ORDINAL.match(text, match.end()):
        return _Reading(value, start, ordinal.end(), is_ordinal=True)
    prefix = load_signs().prefix.search(text, max(0, start - 8), start)
    if prefix is None:
        return _read_tail(text, _Reading(value, start, match.end()))
    unit = load_signs().units[sign_key(prefix[1])]
    return _read_tail(text, _Reading(value, prefix.start(), match.end(), unit=unit))


def _parse_number(digits: str, *, has_decimal_comma: bool) -> Decimal:
    """The value of digits with separators, by what their groups can mean."""
    digits = digits.replace(" ", "").replace("'", "")
    last = max(digits.rfind(","), digits.rfind("."))
    if last < 0:
        return Decimal(digits)
    sign, whole, rest = digits[last], re.sub("[,.]", "", digits[:last]), digits[last + 1 :]
    is_mixed = "," in digits and "." in digits
    is_group = digits.count(sign) > 1 or (
        not is_mixed
        and len(rest) == 3
        and len(whole) <= 3
        and whole[0] != "0"
        and (sign == "," or has_decimal_comma)
    )
    return Decimal(whole + rest) if is_group else Decimal(f"{whole}.{rest}")


def _read_words(text: str, start: int, language: str) -> _Reading | None:
    spelling = load_spelling(language)
    match = spelling.first.match(text, start)
    if match is None:
        return None
    word, end = fold(match.group()), match.end()
    if word in spelling.ordinals:
        return _Reading(Decimal(spelling.ordinals[word]), start, end, is_ordinal=True)
    value = last = spelling.cardinals.get(word, 0)
    if not value:  # "sıx": a letter that only looks like one of the word
        return None
    while match := spelling.next.match(text, end):
        more = spelling.cardinals.get(fold(match[1]), 0)
        if not more:
            break
        if more == 100 and last < 100:
            value *= more
        elif more < 100 <= last or (last >= 20 and last % 10 == 0 and more < 20):
            value += more
        else:
            break
        last, end = more, match.end()
    return _read_tail(text, _Reading(Decimal(value), start, end))


def _read_tail(text: str, reading: _Reading) -> _Reading:
    """Add the scale words and the unit that follow."""
    scale, end = _read_scale(text, reading.end, has_unit=bool(reading.unit))
    reading = replace(reading, scale=scale, end=end)
    signs = load_signs()
    match = None if reading.unit else signs.unit.match(text, end)
    if match is None or (scale == 1 and match[1].lower() in signs.doubtful):
        return reading
    unit = signs.units.get(sign_key(match[1]))
    return replace(reading, unit=unit, end=match.end()) if unit else reading


def _read_scale(text: str, end: int, *, has_unit: bool) -> tuple[int, int]:
    """The product of the scale words at ``end``, and where they end."""
    signs, scale = load_signs(), 1
    for _ in range(2):  # "12 lakh crore", "dos mil millones"; a longer row is no number
        match = signs.scale.match(text, end)
        factor = signs.scales.get(sign_key(match[1])) if match else None
        if match is None or factor is None:
            break
        scale, end = scale * factor, match.end()
    millions = (_SHORT_MILLION if has_unit else signs.counted_millions).match(text, end)
    return (1_000_000, millions.end()) if scale == 1 and millions else (scale, end)


def _share_units(text: str, readings: list[_Reading]) -> list[_Reading]:
    """Give both ends of a range what is said once: ``$4-5 billion``, ``from 25 to 20 per cent``."""
    shared = list(readings)
    for i, (left, right) in enumerate(pairwise(readings)):
        gap = text[left.end : right.start]
        is_dash, is_to = bool(_DASH.fullmatch(gap)), bool(_TO.fullmatch(gap))
        if left.is_ordinal or right.is_ordinal or not (is_dash or is_to):
            continue
        if not left.unit and not 1900 <= left.value <= 2100:
            shared[i] = replace(shared[i], unit=right.unit)
        if left.scale == 1 and (is_dash or left.value < right.value):
            shared[i] = replace(shared[i], scale=right.scale)
        if is_dash and not right.unit and right.scale > 1:
            shared[i + 1] = replace(right, unit=left.unit)
    return shared


def _normal_code(code: str) -> str:
    if re.match(r"(?:19|20)\d\d[/–-]\d\d$", code):
        return f"{code[:4]}/{code[5:]}"
    if re.match(r"\d", code):
        return code.upper()
    letters, _, rest = re.split(r"(-|(?=\d))", code, maxsplit=1)
    return _latin(letters) + re.sub(r"s$", "", rest).upper()


def _latin(letters: str) -> str:
    """Letters that Hindi spells out by their names, as Latin letters; others in upper case."""
    names = load_letters()
    one = one_of(names)
    folded = fold(letters)
    if not re.fullmatch(f"{one}+", folded):
        return letters.upper()
    return "".join(names[name] for name in re.findall(one, folded))
