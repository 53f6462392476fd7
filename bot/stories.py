"""articles → stories: which articles tell of one event, and which are copies of one text."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.model import Article, ArticleAnalysis, Mention, Story
from bot.text.likeness import Likeness, measure_likeness
from bot.text.linkage import join_by_average, join_pairs
from bot.text.marks import Marks, find_marks
from bot.text.similar import containment, numbers, shingles, words

COPY_SHARE = 0.3
"""Share of the shorter text's four-word runs that make two texts copies of one."""
COPY_LENGTH = 0.25
"""A text shorter than this part of the other is a quotation in it, unless it has its title."""
SAME_STORY = 0.34
"""Likeness from which articles tell of one event, on average over the story."""
FADING = 0.1
"""How fast likeness fades with the days between two articles: a tenth by their logarithm."""
RETOLD_SHARE = 0.6
"""Share of a sentence's word pairs that make it the same in two copies."""
LEAD = 3
"""Sentences that an article opens with."""


def group_stories(articles: Sequence[Article]) -> tuple[Story, ...]:
    """Group articles into stories, whatever order they come in.

    The key of a story is the URL of the member we had first (the lowest id), so a new member
    never renames it, however early it was published. Stories that merge go on under the
    older key; where one splits, the part with its first member keeps the key.
    """
    ordered = sorted(articles, key=lambda article: (article.published_at, article.url, article.id))
    copies = join_pairs(len(ordered), _list_copies(ordered))
    texts = [[ordered[member] for member in group] for group in copies]
    likeness = _fade(measure_likeness([_mark(group) for group in texts]), texts)
    return tuple(
        _make_story([texts[index] for index in story])
        for story in join_by_average(len(texts), likeness, SAME_STORY)
    )


def forget_retold(
    analyses: Sequence[ArticleAnalysis], stories: Iterable[Story]
) -> list[ArticleAnalysis]:
    """The analyses, less what a copy says of a visit in the words of an earlier copy.

    A text that is posted again is no newer word on the visit: what came between stands.
    """
    texts = {member: group for story in stories for group in story.copies for member in group}
    told: defaultdict[frozenset[int], list[Mention]] = defaultdict(list)
    kept = {}
    for known in sorted(
        analyses, key=lambda known: (known.article.published_at, known.article.url)
    ):
        text = texts.get(known.article.id)
        if text is None or len(text) == 1:
            continue
        new = [m for m in known.analysis.mentions if not any(_is_retold(m, t) for t in told[text])]
        told[text] += new
        kept[known.article.id] = tuple(new)
    return [
        replace(known, analysis=replace(known.analysis, mentions=kept[known.article.id]))
        if known.article.id in kept
        else known
        for known in analyses
    ]


def _is_retold(mention: Mention, earlier: Mention) -> bool:
    """Whether both say the same of one visit in like words and with the same numbers."""
    now, then = mention.evidence.quote, earlier.evidence.quote
    return (
        (mention.visitor, mention.host, mention.status)
        == (earlier.visitor, earlier.host, earlier.status)
        and numbers(now) == numbers(then)
        and containment(shingles(now, 2), shingles(then, 2)) >= RETOLD_SHARE
    )


def _make_story(texts: Sequence[Sequence[Article]]) -> Story:
    members = sorted((a for text in texts for a in text), key=lambda a: (a.published_at, a.url))
    return Story(
        key=min(members, key=lambda article: (article.id, article.url)).url,
        article_ids=tuple(article.id for article in members),
        copies=tuple(frozenset(article.id for article in text) for text in texts),
    )


def _mark(copies: Sequence[Article]) -> Marks:
    """The marks of the fullest of the copies: a wire on many sites is one text."""
    fullest = max(copies, key=lambda article: len(article.text))
    opening = fullest.sentences[:LEAD]
    return find_marks(fullest.title, fullest.text, lead=opening[-1].end if opening else 0)


def _fade(likeness: Likeness, texts: Sequence[Sequence[Article]]) -> Likeness:
    """The likeness, less the further apart the texts were published."""
    first, last = (
        [text[end].published_at.timestamp() / 86_400 for text in texts] for end in (0, -1)
    )
    return {
        (a, b): value / (1 + FADING * math.log1p(max(0.0, first[b] - last[a], first[a] - last[b])))
        for (a, b), value in likeness.items()
    }


# ---------------------------------------------------------------- copies


@dataclass(frozen=True, slots=True)
class _Text:
    title: tuple[str, ...]
    runs: frozenset[str]
    numbers: frozenset[str]


def _list_copies(articles: Sequence[Article]) -> Iterator[tuple[int, int]]:
    """Pairs of copies, enough to join all of them."""
    texts = [
        _Text(words(a.title, a.language), shingles(a.text, 4), numbers(a.text)) for a in articles
    ]
    tried = set()
    for pair in _list_meetings(text.runs for text in texts):
        if pair not in tried and _is_copy(texts[pair[0]], texts[pair[1]]):
            yield pair
        tried.add(pair)


def _list_meetings(texts: Iterable[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Pairs that share a run of words: each text with the first and the last before it."""
    holders: defaultdict[str, tuple[int, int]] = defaultdict()
    for number, runs in enumerate(texts):
        for run in runs:
            first, last = holders.get(run, (number, number))
            if last != number:
                yield first, number
                yield last, number
            holders[run] = (first, number)


def _is_copy(first: _Text, second: _Text) -> bool:
    shorter, longer = sorted((first, second), key=lambda text: len(text.runs))
    if containment(shorter.runs, longer.runs) < COPY_SHARE:
        return False
    if 2 * len(shorter.numbers & longer.numbers) < len(shorter.numbers):
        return False  # a form that is filled in anew each day
    is_part = len(shorter.runs) >= COPY_LENGTH * len(longer.runs)
    return is_part or (bool(first.title) and first.title == second.title)
