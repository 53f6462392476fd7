"""Tags: an article has those of its kept facts, and ``visits`` also if it tells of a visit."""

from collections.abc import Iterator, Sequence

from bot.evals.figures import Row, Tally, mean_f1, tally_found, tally_share
from bot.evals.gold import EvalSet, Label
from bot.evals.parts import Miss, Part
from bot.evals.run import Outcome


def score_tags(gold: EvalSet, outcome: Outcome) -> Part:
    """Macro-F1 over the topics that some label has, each topic, and silence where none is.

    A borderline topic counts for nothing in its article.
    """
    topics = sorted(frozenset[str]().union(*(label.topics for label in gold.labels.values())))
    judged = [(label, list_tags(ref, outcome)) for ref, label in gold.labels.items()]
    rows = [[_row(label, given, topic) for topic in topics] for label, given in judged]
    return Part(
        name="tags",
        title="Tags",
        tallies=(
            Tally(
                name="tags.macro_f1",
                title="macro F1",
                rows=[tuple(count for row in found for count in row) for found in rows],
                measure=mean_f1,
                n=len(rows),
                unit="article",
            ),
            *(tally for n, topic in enumerate(topics) for tally in _tally(topic, n, rows)),
            _tally_silence(judged),
        ),
        misses=tuple(miss for label, given in judged for miss in _list_misses(label, given)),
    )


def list_tags(ref: str, outcome: Outcome) -> frozenset[str]:
    """The tags that an article was given."""
    analysis = outcome.analyses[ref].analysis
    told = ("visits",) if analysis.mentions else ()
    return frozenset((*(fact.tag for fact in analysis.facts), *told))


def _row(label: Label, given: frozenset[str], topic: str) -> Row:
    """(right, wrong, missed)."""
    if topic in label.topics_borderline:
        return (0, 0, 0)
    is_so, is_told = topic in label.topics, topic in given
    return (is_so and is_told, is_told and not is_so, is_so and not is_told)


def _tally(topic: str, place: int, rows: Sequence[Sequence[Row]]) -> tuple[Tally, ...]:
    found = [row[place] for row in rows]
    labelled = round(sum(right + missed for right, _, missed in found))
    return tally_found(f"tags.{topic}", topic, found, n=labelled, unit="label")


def _tally_silence(judged: Sequence[tuple[Label, frozenset[str]]]) -> Tally:
    """How many of the articles that have no topic were given none."""
    noise = [given for label, given in judged if not label.topics | label.topics_borderline]
    rows = [(not given, 1) for given in noise]
    return tally_share("tags.noise_refused", "noise refused", rows, unit="article")


def _list_misses(label: Label, given: frozenset[str]) -> Iterator[Miss]:
    for topic in sorted(label.topics - given - label.topics_borderline):
        yield Miss(label.id, "tag missed", topic)
    for topic in sorted(given - label.topics - label.topics_borderline):
        yield Miss(label.id, "tag too many", topic)
