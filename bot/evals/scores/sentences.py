"""Key sentences: those that the kept facts cite, held against those that are labelled."""

from collections.abc import Mapping, Sequence

from bot.evals.figures import Row, tally_share
from bot.evals.gold import EvalSet
from bot.evals.match import is_among
from bot.evals.parts import Miss, Part
from bot.evals.run import Outcome
from bot.evals.scores.stories import list_gold_copies


def score_sentences(gold: EvalSet, outcome: Outcome) -> Part:
    """Recall is found of labelled, precision is labelled of picked, each sentence once an article.

    A sentence counts as that of another when it is the same, holds it, or has 0.8 of its words.
    A near-duplicate's sentence is as good as the original's.
    """
    labelled = {
        ref: tuple(dict.fromkeys(sentence.quote for sentence in label.sentences))
        for ref, label in gold.labels.items()
    }
    picked = {ref: _list_picked(ref, outcome) for ref in gold.labels}
    copies = {ref: group for group in list_gold_copies(gold) for ref in group}
    wanted, had = _pool(labelled, copies), _pool(picked, copies)
    found = {ref: [is_among(quote, had[ref]) for quote in labelled[ref]] for ref in labelled}
    right = {ref: [is_among(quote, wanted[ref]) for quote in picked[ref]] for ref in picked}
    return Part(
        name="sentences",
        title="Key sentences",
        tallies=(
            tally_share("sentences.recall", "recall", _rows(found), unit="label"),
            tally_share("sentences.precision", "precision", _rows(right), unit="pick"),
            tally_share(
                "sentences.macro_recall", "macro recall", _macro_rows(found), unit="article"
            ),
            tally_share(
                "sentences.macro_precision", "macro precision", _macro_rows(right), unit="article"
            ),
        ),
        misses=(
            *_list_misses("sentence missed", labelled, found),
            *_list_misses("sentence too many", picked, right),
        ),
    )


def _list_picked(ref: str, outcome: Outcome) -> tuple[str, ...]:
    facts = outcome.analyses[ref].analysis.facts
    return tuple(dict.fromkeys(item.quote for fact in facts for item in fact.evidence))


def _pool(
    quotes: Mapping[str, Sequence[str]], copies: Mapping[str, frozenset[str]]
) -> dict[str, list[str]]:
    """What counts for an article: its own, and those of the copies of its text."""
    return {ref: [q for other in sorted(copies[ref]) for q in quotes[other]] for ref in quotes}


def _rows(hits: Mapping[str, Sequence[bool]]) -> list[Row]:
    return [(sum(found), len(found)) for found in hits.values()]


def _macro_rows(hits: Mapping[str, Sequence[bool]]) -> list[Row]:
    return [(sum(found) / len(found), 1) for found in hits.values() if found]


def _list_misses(
    what: str, quotes: Mapping[str, Sequence[str]], hits: Mapping[str, Sequence[bool]]
) -> list[Miss]:
    return [
        Miss(ref, what, quote)
        for ref, found in hits.items()
        for quote, is_hit in zip(quotes[ref], found, strict=True)
        if not is_hit
    ]
