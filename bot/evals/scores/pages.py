"""Pages: how many of the labelled sentences are still there when a page was read."""

from bot.evals.figures import tally_share
from bot.evals.folding import fold
from bot.evals.gold import EvalSet
from bot.evals.parts import Miss, Part
from bot.evals.run import Outcome


def score_pages(gold: EvalSet, outcome: Outcome) -> Part:
    """The share of labelled sentences that stand in the text read out of ``pages/ID.html``."""
    if not outcome.pages:
        return Part(name="pages", title="Page reading", skipped="no pages/ID.html")
    rows, misses = [], []
    for ref, page in outcome.pages.items():
        text = fold(page)
        quotes = dict.fromkeys(sentence.quote for sentence in gold.labels[ref].sentences)
        lost = [quote for quote in quotes if fold(quote) not in text]
        rows.append((len(quotes) - len(lost), len(quotes)))
        misses += [Miss(ref, "sentence lost from the page", quote) for quote in lost]
    return Part(
        name="pages",
        title="Page reading",
        tallies=(tally_share("pages.kept", "labelled sentences kept", rows, unit="label"),),
        misses=tuple(misses),
    )
