"""Numbers and units: a figure that the evidence does not have, two figures that changed places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.evals.seeding.case import Case, replace_span
from bot.evals.seeding.claims import is_quoted
from bot.evals.seeding.words import LETTER, has_any, one_of, whole

_FIGURE = re.compile(r"(?<![\w.,/:-])\d+(?:[.,\u00a0\u202f ]\d+)*(?![\w]*\d|[.,/:]\d)")
_GLUED = re.compile(r"(?!(?:m|bn|mn|k|tn|km|kg|Md)\b)[^\W\d_]")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|e|º|ª)\b")
_CURRENCY = re.compile(r"(US\$|A\$|\$|€|£|₹|¥|Rs\.? ?)(?=\d)")
_OTHER_SIGN = {"$": "€", "US$": "€", "A$": "€", "€": "$", "£": "$", "₹": "$", "¥": "$"}
_BIG = 1.25
"""A figure told as about, over or under is changed by a quarter at least."""


@dataclass(frozen=True, slots=True)
class FigureAt:
    """A figure and where it stands in the line."""

    text: str
    start: int
    end: int


def key_of(figure: str) -> str:
    """A figure without separators and outer zeros: 1,600 and 1600 and 16 are not told apart."""
    return re.sub(r"\D", "", figure).strip("0")


def list_keys(text: str, numbers: dict[str, int]) -> set[str]:
    """Every figure of a text, in digits or in words."""
    keys = {key_of(match.group()) for match in re.finditer(r"\d+(?:[.,\u00a0\u202f ]\d+)*", text)}
    keys |= {key_of(match.group()) for match in re.finditer(r"\d+", text)}
    return keys | {
        key_of(str(value)) for word, value in numbers.items() if re.search(whole(word), text, re.I)
    }


def _numbers(case: Case) -> dict[str, int]:
    return {word: int(value) for word, value in case.rules("numbers")}


def list_figures(case: Case) -> list[FigureAt]:
    """The line's figures that are amounts or counts: no dates, no names, nothing quoted."""
    return _list_figures(case, case.text)


def _list_figures(case: Case, text: str) -> list[FigureAt]:
    return [
        FigureAt(match.group(), match.start(), match.end())
        for match in _FIGURE.finditer(text)
        if not _is_date(case, text, match)
        and not _GLUED.match(text, match.end())
        and not is_quoted(text, match.start())
    ]


def _is_date(case: Case, text: str, match: re.Match[str]) -> bool:
    """Whether the figure is a year, or stands in one clause with a month's name."""
    if re.fullmatch(r"(?:19|20)\d\d", match.group()) or _ORDINAL.match(text, match.end()):
        return True
    months = rf"(?:{'|'.join(case.words('months')) or '(?!)'})"
    days = r"[\s,.\d–-]|st|nd|rd|th|er|and|the|to|et|le|au|y|el|al?|de|और|से|का|की|को"
    after = re.match(rf"(?:{days})*{months}", text[match.end() :], re.IGNORECASE)
    before = re.search(rf"{months}(?:{days})*$", text[: match.start()], re.IGNORECASE)
    return bool(after or before)


def change_figures(case: Case) -> Iterator[str]:
    """The line with one figure, in digits or in words, that stands nowhere in the evidence."""
    numbers = _numbers(case)
    known = list_keys(f"{case.evidence} {case.text}", numbers)
    for figure in list_figures(case):
        for new in _vary(figure.text, _bound(case, figure)):
            if key_of(new) not in known:
                yield replace_span(case.text, figure.start, figure.end, new)
                break
    yield from _take_from_evidence(case)
    yield from _change_words(case, numbers, known)
    yield from _change_places(case)


def _take_from_evidence(case: Case) -> Iterator[str]:
    """Another figure of the evidence with the same unit, where the two are no list or range."""
    told = {key_of(figure.text) for figure in list_figures(case)}
    others = _list_figures(case, case.evidence)
    for figure in list_figures(case):
        mine = [o for o in others if key_of(o.text) == key_of(figure.text)]
        if len(mine) != 1:
            continue
        for other in others:
            first, second = sorted((mine[0], other), key=lambda found: found.start)
            is_like = _unit_of(case.evidence, other) == _unit_of(case.evidence, mine[0])
            between = case.evidence[first.end : second.start]
            if key_of(other.text) not in told and is_like and not _is_list(case, between):
                yield replace_span(case.text, figure.start, figure.end, other.text)


def _is_list(case: Case, between: str) -> bool:
    """Whether two figures are joined to a list or a range."""
    words = re.findall(rf"{LETTER}+|[-–,]", between)
    return all(word in case.words("between_figures") for word in words)


def _change_words(case: Case, numbers: dict[str, int], known: set[str]) -> Iterator[str]:
    if not numbers:
        return
    for match in one_of(tuple(numbers)).finditer(case.text):
        value = numbers[match.group().lower()]
        for word, other in numbers.items():
            if 0 < abs(other - value) <= max(2, value // 2) and key_of(str(other)) not in known:
                new = word.capitalize() if match.group()[0].isupper() else word
                if not is_quoted(case.text, match.start()):
                    yield replace_span(case.text, match.start(), match.end(), new)
                break


def _bound(case: Case, figure: FigureAt) -> str:
    """``up`` where only a greater figure is surely false, ``down``, ``big``, or nothing."""
    near = []
    for text in (case.text, case.evidence):
        for match in re.finditer(re.escape(figure.text), text):
            near.append(text[max(0, match.start() - 25) : match.end() + 14])
    around = " ".join(near) or case.evidence
    is_low = has_any(around, case.words("lower_bounds"))
    is_high = has_any(around, case.words("upper_bounds"))
    if is_low or is_high:
        return "none" if is_low and is_high else "up" if is_low else "down"
    return "big" if has_any(around, case.words("near")) else ""


def _vary(figure: str, bound: str) -> Iterator[str]:
    """Figures near to one, in the same notation."""
    if bound == "none":
        return
    value = float(key_of(figure) or 0)
    for place, digit in enumerate(figure):
        if not digit.isdigit():
            continue
        for step in (1, 2, 3, 4, 5, -1, -2, -3, -4, -5):
            changed = int(digit) + step
            if not 0 <= changed <= 9 or (place == 0 and changed == 0):
                continue
            new = f"{figure[:place]}{changed}{figure[place + 1 :]}"
            if _is_far(_value(figure), _value(new), bound) and value:
                yield new


def _value(figure: str) -> float:
    return float(re.sub(r"\D", "", figure))


def _is_far(old: float, new: float, bound: str) -> bool:
    if bound == "up":
        return new >= _BIG * old
    if bound == "down":
        return old >= _BIG * new
    return bound != "big" or new >= _BIG * old or old >= _BIG * new


def _change_places(case: Case) -> Iterator[str]:
    """Two figures of one kind in each other's place, where they are no list and no range."""
    figures = list_figures(case)
    for first, second in pairwise(figures):
        between = case.text[first.end : second.start]
        if key_of(first.text) == key_of(second.text) or _is_list(case, between):
            continue
        if _unit_of(case.text, first) == _unit_of(case.text, second) and "(" not in between:
            yield (
                f"{case.text[: first.start]}{second.text}{between}{first.text}"
                f"{case.text[second.end :]}"
            )


def _unit_of(text: str, figure: FigureAt) -> tuple[str, str]:
    """What stands before and after a figure without a space, or as its unit."""
    after = re.match(rf"\s?(%|{LETTER}+)?", text[figure.end :])
    return text[max(0, figure.start - 1) : figure.start].strip(), (
        after.group(1) or ""
    ) if after else ""


def change_units(case: Case) -> Iterator[str]:
    """The line with a figure in another unit, which the evidence does not have beside it."""
    figure = rf"(?P<figure>\d+(?:[.,\u00a0\u202f ]\d+)*|{_number_words(case)})"
    for pattern, replacement in case.rules("units"):
        unit = rf"(?P<gap>[\s\u00a0-]?)(?P<unit>{_shift(pattern)})(?!{LETTER})"
        for match in re.finditer(figure + unit, case.text):
            new = match["unit"]
            new = re.sub(pattern, replacement, new) if "\\" in replacement else replacement
            if is_quoted(case.text, match.start()) or _has_pair(case, match["figure"], new):
                continue
            gap = "" if new.startswith((" ", "-")) else match["gap"]
            told = f"{match['figure']}{gap}{new}"
            yield replace_span(case.text, match.start(), match.end(), told)
    for match in _CURRENCY.finditer(case.text):
        sign = _OTHER_SIGN.get(match.group(1).strip())
        if sign and f"{sign}{case.text[match.end() :][:3]}" not in case.evidence:
            yield replace_span(case.text, match.start(), match.end(), sign)


def _number_words(case: Case) -> str:
    words = [rf"(?<!{LETTER}){word}" for word in _numbers(case)]
    return "|".join(words) or r"\d+"


def _shift(pattern: str) -> str:
    """A rule's pattern for use beside a figure: its own group is not counted."""
    return pattern.replace("(million", "(?:million")


def _has_pair(case: Case, figure: str, unit: str) -> bool:
    """Whether the evidence has that figure with that unit."""
    return bool(re.search(rf"{re.escape(figure)}\s?{re.escape(unit.strip())}", case.evidence))
