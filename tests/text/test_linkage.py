"""Groups from pairs."""

import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.text.linkage import join_by_average, join_pairs

Likeness = dict[tuple[int, int], float]


def test_pairs_that_touch_are_one_group() -> None:
    assert join_pairs(6, [(4, 1), (1, 3), (5, 2)]) == [[0], [1, 3, 4], [2, 5]]
    assert join_pairs(0, []) == []


def test_a_chain_of_likenesses_is_not_one_group() -> None:
    chain = {(0, 1): 0.9, (1, 2): 0.5, (2, 3): 0.9}
    assert join_by_average(4, chain, 0.3) == [[0, 1], [2, 3]]
    assert join_pairs(4, chain) == [[0, 1, 2, 3]]


def test_of_two_equal_pairs_the_first_is_joined() -> None:
    assert join_by_average(3, {(0, 1): 0.6, (1, 2): 0.6}, 0.5) == [[0, 1], [2]]


def test_what_is_not_alike_stays_alone() -> None:
    assert join_by_average(2, {(0, 1): 0.2}, 0.3) == [[0], [1]]
    assert join_by_average(2, {}, 0.3) == [[0], [1]]
    assert join_by_average(0, {}, 0.3) == []


@st.composite
def likenesses(draw: st.DrawFn) -> tuple[int, Likeness]:
    count = draw(st.integers(0, 9))
    pairs = list(combinations(range(count), 2))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    # Eighths and thirds of few members: sums are the same in every order.
    return count, {pair: draw(st.integers(1, 64)) / 64 for pair in chosen}


def join_slowly(count: int, likeness: Likeness, least: float) -> list[list[int]]:
    """The definition, word by word."""
    groups = [[member] for member in range(count)]

    def average(a: list[int], b: list[int]) -> float:
        total = sum(likeness.get((min(x, y), max(x, y)), 0.0) for x in a for y in b)
        return total / (len(a) * len(b))

    while len(groups) > 1:
        a, b = min(
            combinations(range(len(groups)), 2),
            key=lambda pair: (-average(groups[pair[0]], groups[pair[1]]), pair),
        )
        if average(groups[a], groups[b]) < least:
            break
        groups[a] = sorted(groups[a] + groups.pop(b))
    return groups


@given(likenesses(), st.sampled_from([0.1, 0.3, 0.6]))
def test_groups_are_those_of_the_definition(sample: tuple[int, Likeness], least: float) -> None:
    count, likeness = sample
    assert join_by_average(count, likeness, least) == join_slowly(count, likeness, least)


@given(likenesses(), st.randoms(use_true_random=False))
def test_the_order_of_the_pairs_does_not_matter(
    sample: tuple[int, Likeness], rng: random.Random
) -> None:
    count, likeness = sample
    shuffled = list(likeness.items())
    rng.shuffle(shuffled)
    assert join_by_average(count, dict(shuffled), 0.3) == join_by_average(count, likeness, 0.3)
