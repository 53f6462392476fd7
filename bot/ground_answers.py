"""draft answer × its passages → the lines that the sentences they cite carry."""

import logging
from collections import Counter
from collections.abc import Sequence

from bot.citations import cite
from bot.ground import find_fault
from bot.model import Article, DraftAnswer, Passage, Sentence
from bot.text.commands_to_machines import is_addressed_to_machine
from bot.visit_lines import Line

logger = logging.getLogger(__name__)

NEAREST = 4
"""Passages of each part that an answer may always rest on."""
SEVERAL = 3
"""Passages from which an article is what the question is about."""
RATHER = 0.2
"""How likely a passage must be beside the best one to be near."""


def ground_answer(draft: DraftAnswer, passages: Sequence[Passage]) -> tuple[Line, ...]:
    """The lines about the question that the sentences they cite carry; the others are cut."""
    near = _list_near(passages)
    lines: dict[Line, None] = {}
    for text, cites in draft.lines:
        found = (_find_cited(cite, passages) for cite in cites if cite[0] in near)
        # A sentence that gives orders to a machine is data, and carries nothing.
        cited = [pair for pair in found if pair and not is_addressed_to_machine(pair[1].text)]
        if cited and (line := _ground(text.strip(), cited)):
            lines[line] = None
    return tuple(lines)


def _list_near(passages: Sequence[Passage]) -> frozenset[int]:
    """The numbers of the passages, from 1, that an answer may rest on; others are beside it.

    They are the best of each part, and those not far behind out of an article with several.
    """
    near = set[int]()
    for part in {passage.part for passage in passages}:
        own = [(n, passage) for n, passage in enumerate(passages, 1) if passage.part == part]
        articles = Counter(passage.article.id for _, passage in own)
        best = max(passage.score for _, passage in own)
        near.update(
            number
            for rank, (number, passage) in enumerate(own)
            if rank < NEAREST
            or (articles[passage.article.id] >= SEVERAL and passage.score >= RATHER * best)
        )
    return frozenset(near)


def _ground(text: str, cited: Sequence[tuple[Article, Sentence]]) -> Line | None:
    """The line, unless it says more than the sentences that it cites."""
    if len({article.language for article, _ in cited}) > 1:
        return None
    fault = find_fault(text, " ".join(s.text for _, s in cited), cited[0][0])
    if fault:
        logger.info("answer.line_cut reason=%s", fault[0])
        return None
    return Line(text, tuple(cite(article, s.number, s.text) for article, s in cited))


def _find_cited(
    cite: tuple[int, int], passages: Sequence[Passage]
) -> tuple[Article, Sentence] | None:
    number, sentence_number = cite
    if not 1 <= number <= len(passages):
        return None
    passage = passages[number - 1]
    sentence = next((s for s in passage.sentences if s.number == sentence_number), None)
    return (passage.article, sentence) if sentence else None
