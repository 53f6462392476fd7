"""Pairs that are alike → groups, whatever order the pairs come in."""

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush


def join_pairs(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the connected groups of ``range(count)``, each in order, by their first member."""
    leader = list(range(count))

    def find(member: int) -> int:
        while leader[member] != member:
            leader[member] = leader[leader[member]]
            member = leader[member]
        return member

    for a, b in pairs:
        first, second = sorted((find(a), find(b)))
        leader[second] = first
    groups: dict[int, list[int]] = {}
    for member in range(count):
        groups.setdefault(find(member), []).append(member)
    return list(groups.values())


def join_by_average(
    count: int, likeness: Mapping[tuple[int, int], float], least: float
) -> list[list[int]]:
    """Return groups of ``range(count)``, each in order, by their first member.

    The two groups whose members are most alike on average are joined, again and again,
    while they are at least ``least`` alike, which is above 0. ``likeness`` has the pairs
    ``(a, b)`` with a < b; those it has not are not alike at all. Of equals the first go first.
    """
    groups = {member: [member] for member in range(count)}
    sums: dict[int, dict[int, float]] = {member: {} for member in groups}
    for (a, b), value in sorted(likeness.items()):
        sums[a][b] = sums[b][a] = value
    queue = [(-value, a, b) for (a, b), value in likeness.items() if value >= least]
    heapify(queue)
    while queue:
        value, a, b = heappop(queue)
        is_current = b in sums.get(a, {}) and _average(groups, sums, a, b) == -value
        if is_current:
            _merge(groups, sums, a, b)
            for other in sums[a]:
                average = _average(groups, sums, a, other)
                if average >= least:
                    heappush(queue, (-average, min(a, other), max(a, other)))
    return [sorted(groups[first]) for first in sorted(groups)]


def _average(
    groups: Mapping[int, list[int]], sums: Mapping[int, Mapping[int, float]], a: int, b: int
) -> float:
    return sums[a][b] / (len(groups[a]) * len(groups[b]))


def _merge(groups: dict[int, list[int]], sums: dict[int, dict[int, float]], a: int, b: int) -> None:
    """Put group ``b`` into ``a``, and what ``b`` has in common with others too."""
    groups[a] += groups.pop(b)
    for other, value in sums.pop(b).items():
        del sums[other][b]
        if other != a:
            sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + value
