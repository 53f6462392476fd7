"""Quotations that nobody said so, and details that stand nowhere."""

import re
from collections.abc import Iterator

from bot.evals.folding import fold, list_words
from bot.evals.seeding.case import Case, overlap, replace_span
from bot.evals.seeding.claims import is_quoted
from bot.evals.seeding.words import whole

_QUOTED = re.compile(r"[“\"«]\s?([^“”\"«»]{8,}?)\s?[”\"»]")
_SPAN = (4, 5, 6, 7)
_NEW = 0.3
"""Share of a detail's words that the evidence may have."""


def misquote(case: Case) -> Iterator[str]:
    """Words within quotation marks changed, or marks put round what is no quotation."""
    yield from _change_quoted(case)
    yield from _quote_paraphrase(case)


def _change_quoted(case: Case) -> Iterator[str]:
    told = fold(case.evidence)
    for quoted in _QUOTED.finditer(case.text):
        for pattern, replacement in case.rules("inside_quotes"):
            match = re.search(whole(pattern), quoted.group(1))
            if not match:
                continue
            new = f"{quoted.group(1)[: match.start()]}{replacement}{quoted.group(1)[match.end() :]}"
            if fold(new) not in told:
                yield replace_span(case.text, quoted.start(1), quoted.end(1), new)


def _quote_paraphrase(case: Case) -> Iterator[str]:
    """Marks round a few words that do not stand like that in the evidence."""
    marks = case.words("quote_marks") or ['"', '"']
    words = list(re.finditer(r"\S+", case.text))
    told = " ".join(list_words(case.evidence))
    for length in _SPAN:
        for place in range(1, len(words) - length + 1):
            start, end = words[place].start(), words[place + length - 1].end()
            span = case.text[start:end].rstrip(".,;:।?!")
            if " ".join(list_words(span)) in told or is_quoted(case.text, start):
                continue
            if _is_phrase(case, span, start):
                yield replace_span(
                    case.text, start, start + len(span), f"{marks[0]}{span}{marks[1]}"
                )


def _is_phrase(case: Case, span: str, start: int) -> bool:
    """Whether a span may begin after what stands before it, and end before what follows."""
    stop, say = set(case.words("stop")), set(case.words("say"))
    words = list_words(span)
    if not words or re.search(r"[\"“”«»;:,()–]", span) or {words[0], words[-1]} & say:
        return False
    if words[-1] in stop:
        return False
    before = case.text[:start].split()[-1:]
    after = case.text[start + len(span) :].split()[:1]
    is_led = not before or before[0].lower() in stop or before[0][-1] in ",;:"
    is_closed = not after or after[0].lower() in stop or after[0][0] in ",;.।"
    return is_led and is_closed


def add_detail(case: Case) -> Iterator[str]:
    """The line with a detail that neither the evidence nor the article has."""
    for detail in case.words("added"):
        if overlap(detail, case.source.text, case.language) <= _NEW:
            yield re.sub(r"\.?$", f"{detail}.", case.text.strip(), count=1)
    for detail in case.words("added_first"):
        if overlap(detail, case.source.text, case.language) <= _NEW:
            yield f"{detail}{case.text}"
