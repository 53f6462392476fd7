"""articles → stories: which articles tell of one event, and which are copies of one text."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import combinations

from bot.model import Article, Story
from bot.text.similar import Weights, containment, cosine, shingles, words

COPY_SHARE = 0.55
"""Share of the shorter text's four-word runs that make two texts copies of one."""
SAME_STORY = 0.32
"""Cosine of two articles' weighted words from which they tell of one event."""
STORY_DAYS = timedelta(days=4)
"""Articles further apart than this are not joined: a call and the later visit stay two."""


def group_stories(articles: Sequence[Article]) -> tuple[Story, ...]:
    """Group articles into stories, whatever order they come in.

    The key of a story is its earliest article's URL, so new members don't rename it.
    """
    ordered = sorted(articles, key=lambda article: (article.published_at, article.url))
    copies = _join(len(ordered), _copy_pairs(ordered))
    stories = _join(len(ordered), [*_story_pairs(ordered), *_edges(copies)])
    return tuple(_make_story(ordered, group, copies) for group in stories)


def _copy_pairs(articles: Sequence[Article]) -> list[tuple[int, int]]:
    runs = [shingles(article.text, 4) for article in articles]
    return [
        (a, b)
        for a, b in combinations(range(len(articles)), 2)
        if containment(runs[a], runs[b]) >= COPY_SHARE
    ]


def _story_pairs(articles: Sequence[Article]) -> list[tuple[int, int]]:
    bags = [
        words(f"{article.title}\n{article.title}\n{article.text}", article.language)
        for article in articles
    ]
    weights = Weights(bags)
    vectors = [weights.vector(bag) for bag in bags]
    return [
        (a, b)
        for a, b in combinations(range(len(articles)), 2)
        if articles[b].published_at - articles[a].published_at <= STORY_DAYS
        and cosine(vectors[a], vectors[b]) >= SAME_STORY
    ]


def _edges(groups: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
    return [(group[0], member) for group in groups for member in group[1:]]


def _join(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Connected groups of ``range(count)``, each in order."""
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


def _make_story(
    articles: Sequence[Article], group: Sequence[int], copies: Sequence[Sequence[int]]
) -> Story:
    members = set(group)
    return Story(
        key=articles[group[0]].url,
        article_ids=tuple(articles[index].id for index in group),
        copies=tuple(
            frozenset(articles[index].id for index in copy) for copy in copies if copy[0] in members
        ),
    )
