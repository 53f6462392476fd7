"""passages → the sentences that answer, verbatim, or none: answering without a model."""

from collections.abc import Iterable, Sequence

from bot.model import DraftAnswer, Passage
from bot.relevance.telling import TOLD

MAX_LINES = 4
RATHER = 0.12
"""A further line is quoted if its chance is at least this share of the best one's."""
EVEN = 0.5
"""Lines with at least this share of the best one's chance stand before the others."""
_FEWEST = 2
"""Lines that each of several parts may have at least."""

AnswerLine = tuple[str, tuple[tuple[int, int], ...]]


def choose_lines(question: str, passages: Sequence[Passage]) -> DraftAnswer:
    """Quote at most four sentences to each part of a question; none where nothing tells."""
    parts = sorted({passage.part for passage in passages})
    most = max(_FEWEST, MAX_LINES - len(parts) + 1)
    chosen = (line for part in parts for line in _answer_part(part, passages, most))
    return DraftAnswer(lines=tuple(dict.fromkeys(chosen)))


def _answer_part(part: int, passages: Sequence[Passage], most: int) -> Iterable[AnswerLine]:
    """The likeliest sentences; of those about as likely the newest first."""
    found = [
        (number, passage)
        for number, passage in enumerate(passages, 1)
        if passage.part == part and passage.told >= TOLD
    ]
    best = max((passage.score for _, passage in found), default=0.0)
    likely = [(n, passage) for n, passage in found if passage.score >= RATHER * best]
    likely.sort(key=lambda pair: pair[1].score, reverse=True)
    chosen = sorted(
        likely[:most],
        key=lambda pair: (
            pair[1].score < EVEN * best,
            -pair[1].article.published_at.timestamp(),
        ),
    )
    return (line for number, passage in chosen for line in _quote(number, passage))


def _quote(number: int, passage: Passage) -> Iterable[AnswerLine]:
    return (
        (sentence.text, ((number, sentence.number),))
        for sentence in passage.sentences
        if sentence.number == passage.hit
    )
