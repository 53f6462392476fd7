"""Near-copies by pairs, stories by B-cubed, both over all articles of the set."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from bot.evals.figures import Row, Tally, f1_of_means, tally_found, tally_share
from bot.evals.gold import EvalSet
from bot.evals.parts import Miss, Part
from bot.evals.run import Outcome

Group = frozenset[str]


def score_copies(gold: EvalSet, outcome: Outcome) -> Part:
    """Pairs of copies: those that ``near_duplicate_of`` joins, directly or through others.

    For the interval each pair is shared by its two articles.
    """
    names = outcome.names
    told = [
        frozenset(names[number] for number in copy)
        for story in outcome.stories
        for copy in story.copies
    ]
    is_told, is_so = _list_pairs(told), _list_pairs(list_gold_copies(gold))
    right, wrong, missed = is_told & is_so, is_told - is_so, is_so - is_told
    rows = [
        tuple(sum(ref in pair for pair in pairs) / 2 for pairs in (right, wrong, missed))
        for ref in gold.labels
    ]
    return Part(
        name="copies",
        title="Near-duplicates",
        tallies=tally_found("copies", "pairs", rows, n=len(is_so), unit="pair"),
        misses=(
            *(_miss("copy missed", pair) for pair in sorted(missed)),
            *(_miss("copy too many", pair) for pair in sorted(wrong)),
        ),
    )


def list_gold_copies(gold: EvalSet) -> list[Group]:
    """The groups of articles that are copies of one text; most are of one article."""
    leader = {ref: ref for ref in gold.labels}

    def find(ref: str) -> str:
        while leader[ref] != ref:
            ref = leader[ref]
        return ref

    for label in gold.labels.values():
        if label.near_duplicate_of is not None:
            leader[find(label.id)] = find(label.near_duplicate_of)
    return _group({ref: find(ref) for ref in leader})


def _group(keys: Mapping[str, str]) -> list[Group]:
    groups: dict[str, list[str]] = {}
    for ref, key in keys.items():
        groups.setdefault(key, []).append(ref)
    return [frozenset(group) for group in groups.values()]


def _list_pairs(groups: Iterable[Group]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _miss(what: str, pair: tuple[str, str]) -> Miss:
    return Miss(pair[0], what, pair[1])


def score_stories(gold: EvalSet, outcome: Outcome) -> Part:
    """B-cubed: of an article's story, how much belongs to it, and how much of its own is there."""
    so = _group({ref: label.story for ref, label in gold.labels.items()})
    names = outcome.names
    told = [frozenset(names[n] for n in story.article_ids) for story in outcome.stories]
    told += [frozenset({ref}) for ref in gold.labels.keys() - frozenset().union(*told)]
    rows = _b_cubed(told, so)
    precision, recall = [(p, 1) for p, _, _ in rows], [(r, 1) for _, r, _ in rows]
    return Part(
        name="stories",
        title="Stories",
        tallies=(
            Tally(
                name="stories.f1",
                title="B-cubed F1",
                rows=rows,
                measure=f1_of_means,
                n=len(rows),
                unit="article",
            ),
            tally_share("stories.precision", "B-cubed precision", precision, unit="article"),
            tally_share("stories.recall", "B-cubed recall", recall, unit="article"),
        ),
        misses=tuple(_list_misses(told, so)),
    )


def _b_cubed(told: Sequence[Group], so: Sequence[Group]) -> list[Row]:
    """(precision, recall, 1) of each article."""
    mine = {ref: group for group in told for ref in group}
    return [
        (len(mine[ref] & group) / len(mine[ref]), len(mine[ref] & group) / len(group), 1)
        for group in so
        for ref in sorted(group)
    ]


def _list_misses(told: Sequence[Group], so: Sequence[Group]) -> list[Miss]:
    is_told, is_so = _list_pairs(told), _list_pairs(so)
    return [
        *(_miss("story split", pair) for pair in sorted(is_so - is_told)),
        *(_miss("story joined", pair) for pair in sorted(is_told - is_so)),
    ]
