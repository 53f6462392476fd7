"""Text → numbered sentences with exact offsets, and the language they are written in."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from bot.model import Sentence
from bot.text.lexicon import LETTER

Span = tuple[int, int]

_LIST_MARK = re.compile(r"(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]|[-*•–])\s*$")
# A full stop after one of these ends no sentence; the splitter knows others already.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“‘-])(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Gen|Col|Lt|Maj|Capt|Cmdr|Adm"
    r"|Brig|Sgt|Sen|Rep|Gov|Amb|Mr|Mrs|Ms|Dr|Prof|Rev|Hon|St|Sr|Jr|Mme|Mlle|MM|M|Sra|Srta|Gral"
    r"|Pte|EE\.\s?UU|approx|vs|cf|janv|févr|avr|juil|déc|[A-Z])\.\s*$"
)
# "NEW DELHI, 28 January (Wire) - ", "6:05 pm - ": where and when it was written, no part of what
# the sentence says.
_DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{2,30}(?:,\s[^()\n:–—-]{2,30})?(?:\s?\([^)\n]{2,40}\))?"
    r"|\d{1,2}[:.h]\d{2}(?:\s?[ap]\.?m\.?)?)\s?(?:[-–—]|:)\s"
)
# "in May. Ruiz …", "on 3 Jan. Ruiz …": no date goes on with a capital, so the sentence is over.
_MONTH_END = re.compile(
    r"(?:\b(?:in|by|until|till|since|of|from|through|before|after|early|mid|late|last|next|this)[\s-]"
    r"|\d\s)(?:May|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.\s+(?=[A-ZÀ-Þ“\"‘])"
)
_CLOSERS = re.compile(r"[)\]\"'”’»]+\s*$")
_DEVANAGARI = re.compile(r"[\u0900-\u0963\u0970-\u097f]")
_ENOUGH_LETTERS = 40
_ENOUGH_TEXT = 4000


def split_sentences(text: str, language: str) -> tuple[Sentence, ...]:
    """Cut ``text``, as ``clean_text`` leaves it, into sentences numbered from 1.

    ``text[s.start:s.end] == s.text`` holds for each; no sentence spans a newline, has spaces
    at its ends, is a bare list number or a row of signs. A dateline or a live blog's clock
    time stands alone.
    """
    spans = [span for line in _lines(text) for span in _line_spans(text, line, language)]
    return tuple(
        Sentence(number, start, end, text[start:end])
        for number, (start, end) in enumerate(spans, 1)
    )


def detect_language(text: str, hint: str = "") -> str:
    """Return a two-letter code; a text too short to tell takes ``hint``, else ``en``.

    ``hint`` is a publisher's word, such as ``en-GB``.
    """
    start = text[:_ENOUGH_TEXT]
    letters = sum(map(str.isalpha, start))
    if 2 * len(_DEVANAGARI.findall(start)) > letters > 0:
        return "hi"
    if letters < _ENOUGH_LETTERS:
        code = hint.strip().lower()
        return code[:2] if re.match(r"[a-z]{2}(?![a-z])", code) else "en"
    return _load_classifier()(start)[0]


def _lines(text: str) -> Iterator[Span]:
    for line in re.finditer(r"[^\n]+", text):
        yield line.span()


def _line_spans(text: str, line: Span, language: str) -> list[Span]:
    from sentencex import get_sentence_boundaries

    start, end = line
    dateline = _DATELINE.match(text, start, end)
    offset = dateline.end() if dateline else start
    spans: list[Span] = []
    for piece in get_sentence_boundaries(language or "en", text[offset:end]):
        span = (offset + piece["start_index"], offset + piece["end_index"])
        if spans and _belongs(text, spans[-1], span):
            spans[-1] = (spans[-1][0], span[1])
        else:
            spans.append(span)
    cut = (piece for span in spans for piece in _cut_after_month(text, span))
    trimmed = (_trim(text, span) for span in ((start, offset), *cut))
    return [span for span in trimmed if re.search(LETTER, text[slice(*span)])]


def _cut_after_month(text: str, span: Span) -> Iterator[Span]:
    """The span, cut where a month ends a sentence that the splitter takes for an abbreviation."""
    start, end = span
    for found in _MONTH_END.finditer(text, start, end):
        yield start, found.end()
        start = found.end()
    yield start, end


def _belongs(text: str, before: Span, span: Span) -> bool:
    """Whether the piece goes on with the one before it, against the splitter's opinion."""
    head, tail = text[before[0] : before[1]], text[span[0] : span[1]]
    if not re.search(LETTER, tail):
        return True
    if _CLOSERS.search(head) and not re.search(LETTER, head):
        return True
    return bool(_LIST_MARK.fullmatch(head.lstrip()) or _ABBREVIATION.search(head))


def _trim(text: str, span: Span) -> Span:
    piece = text[span[0] : span[1]]
    start = span[0] + len(piece) - len(piece.lstrip())
    return start, max(start, span[0] + len(piece.rstrip()))


@cache
def _load_classifier() -> Callable[[str], tuple[str, float]]:
    import py3langid  # half a second and 30 MB, for texts long enough to need it

    classify: Callable[[str], tuple[str, float]] = py3langid.classify
    return classify
