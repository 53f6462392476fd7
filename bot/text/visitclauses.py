"""sentence → its clauses, and the words of the one that tells of a visit."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from bot.text.statewords import StateWords

SIGNS = re.compile(r"[;:()—–]|,(?! ?\d)|\s-\s")
"""Where one clause ends; a comma before a number stands within a date."""
OPENING = 12
"""Characters in which a clause opens."""
_RELATIVE = re.compile(r",\s(?:which|that|where|qui|que|où|donde)\b")
_SHORT = 4
"""Words of a clause that only adds to the one before it: ``, perhaps in May``."""
Cues = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Clauses:
    """A sentence cut into clauses; the visit is told at ``at``, in that of ``index``.

    Both are None where nobody knows in which. ``whole`` is the sentence before words that only
    look like a cue were taken out.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    at: int | None
    index: int | None
    words: StateWords
    whole: str = ""

    @property
    def narrow(self) -> str:
        """The clause of the visit alone."""
        return self.text if self.index is None else self.text[slice(*self.spans[self.index])]

    @property
    def own(self) -> str:
        """The clause of the visit, with those up to it from one that has a verb.

        ``returned after two days in Lima``. With it goes what tells more of its last noun:
        ``, which ended``. Where nothing has a verb it is the whole sentence.
        """
        if self.index is None:
            return self.text
        words, end = self.words, self.spans[self.index][1]
        if self.index + 1 < len(self.spans) and _RELATIVE.match(self.text, end):
            end = self.spans[self.index + 1][1]
        begun = (words.departed, words.completed, words.underway, words.dated)
        telling = (*begun, words.possible, words.intended, words.expected, words.settled)
        start = self._find_start(telling, end)
        return self.text if start is None else self.text[start:end]

    @property
    def ahead(self) -> str:
        """The clause of the visit, with those before it up to one that says how sure it is.

        What the visit is for is left out: ``will come to discuss a possible sale``. What only
        adds to it goes with it: ``will come in May, if the doctors agree``.
        """
        if self.index is None:
            return self.text
        words, end = self.words, self.spans[self.index][1]
        doubt = (words.possible, words.invited)
        start = self._find_start((*doubt, words.intended, words.expected, words.settled), end)
        if start is None:
            return self.text
        content = words.content.search(self.text, self.at or 0, end)
        if content:
            return self.text[start : content.start()]
        for after, until in self.spans[self.index + 1 :]:
            is_hedge = any(cue.search(self.text, after, after + OPENING) for cue in doubt)
            if not is_hedge and len(self.text[after:until].split()) > _SHORT:
                break
            end = until
        return self.text[start:end]

    def get_clause(self, at: int) -> str:
        """The clause that holds the offset."""
        return next(self.text[start:end] for start, end in self.spans if start <= at < end)

    def _find_start(self, telling: Cues, end: int) -> int | None:
        """Where the nearest clause begins from which on one of the cues stands."""
        starts = [start for start, _ in self.spans[: (self.index or 0) + 1]]
        # what has a cue after it still has one further left: halving finds the last of them
        count = bisect_right(
            starts, False, key=lambda s: not any(c.search(self.text, s, end) for c in telling)
        )
        return starts[count - 1] if count else None


def cut_clauses(text: str, at: int | None, words: StateWords, whole: str) -> Clauses:
    """Cut the sentence as far as signs and small words tell; the visit is told at ``at``."""
    cuts = {m.start() for pattern in (SIGNS, words.cut) for m in pattern.finditer(text)}
    spans = tuple(pairwise(sorted({0, len(text), *cuts})))
    index = next((i for i, (a, b) in enumerate(spans) if at is not None and a <= at < b), None)
    return Clauses(text, spans, at, index, words, whole)


def opens_conditional(text: str, words: StateWords) -> bool:
    """``If it is signed, he will come``; ``Should it be signed, he will come``."""
    is_if = any(cue.search(text, 0, OPENING) for cue in (words.iffy, words.condition))
    return is_if or bool(words.opening.match(text.lstrip()))
