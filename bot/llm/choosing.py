"""a reading of an article → the sentences that a brief should quote, as lines that stand alone.

Every sentence that scores enough is a line, so a short text gives few and a rich one more. One
that leans on an earlier sentence is quoted together with it, or not at all.
"""

from collections.abc import Collection, Sequence

from bot.llm.cues import is_leaning
from bot.llm.reading import Reading, score_sentences
from bot.model import DraftFact, Sentence
from bot.text.similar import Weights, cosine, words

MAX_PER_TOPIC = 6
"""Lines that one article may give to one topic, however much it tells."""
MAX_WEIGHED = 24
"""Sentences among which repeats are looked for: in a text of thousands it would take minutes."""
ALONE = -0.5
"""Score from which a topic's best sentence is a line although no sentence has 0."""
REACH = 3
"""Sentences back in which a leaning one may find what it speaks of."""
SAME_LINE = 0.7
"""Cosine from which two sentences of an article say the same."""
MAX_TOGETHER = 3
"""Sentences of one line."""
MAX_JOINED = 300
"""Characters of a line of more than one sentence."""

Line = tuple[Sentence, ...]


def choose_lines(reading: Reading, also: Collection[int] = ()) -> tuple[DraftFact, ...]:
    """Return the topic's lines in the article's order; none where its words mean another thing.

    ``also`` are the numbers of sentences to quote whatever their score, if they can be lines.
    """
    if reading.is_trap:
        return ()
    article = reading.article
    first = [
        item
        for item in article.sentences
        if item.number in also and reading.is_line[item.number - 1]
    ]
    best = (*first, *_list_best(reading, also))[:MAX_WEIGHED]
    chosen = _drop_alike(best, article.language)[: max(MAX_PER_TOPIC, len(first))]
    kept = sorted(chosen, key=lambda item: item.number)
    return tuple(
        DraftFact(
            reading.topic.tag,
            " ".join(part.text for part in line),
            tuple(part.number for part in line),
        )
        for line in _stand_alone(kept, reading)
    )


def _list_best(reading: Reading, without: Collection[int]) -> list[Sentence]:
    """The sentences that score enough, best first; none if no one of them is sure of the topic.

    Where none scores enough, the best sure one may be told alone.
    """
    scores = score_sentences(reading)
    left = [item for item in reading.article.sentences if item.number not in without]
    left.sort(key=lambda item: (-scores[item.number], item.number))
    enough = [item for item in left if scores[item.number] > 0]
    sure = [item for item in left if scores[item.number] > ALONE and _is_sure(reading, item)]
    return enough if without or any(item in enough for item in sure) else sure[:1]


def _is_sure(reading: Reading, sentence: Sentence) -> bool:
    """Whether it has a sure word; a visit is somebody's who acts for a state, named close by."""
    at = sentence.number - 1
    near = reading.has_actor[max(0, at - 1) : at + 2]
    return bool(reading.hits[at].sure) and (not reading.topic.is_ledger or any(near))


def _drop_alike(sentences: Sequence[Sentence], language: str) -> list[Sentence]:
    """The sentences without those that repeat an earlier one."""
    bags = [words(sentence.text, language) for sentence in sentences]
    weights = Weights(bags)
    kept: list[tuple[Sentence, dict[str, float]]] = []
    for sentence, bag in zip(sentences, bags, strict=True):
        vector = weights.vector(bag)
        if all(cosine(vector, other) < SAME_LINE for _, other in kept):
            kept.append((sentence, vector))
    return [sentence for sentence, _ in kept]


def _stand_alone(chosen: Sequence[Sentence], reading: Reading) -> list[Line]:
    """Each sentence as a line; one that leans, with the one on which it leans, or not at all."""
    lines: list[Line] = []
    for sentence in chosen:
        if not is_leaning(sentence.text, reading.article.language):
            lines.append((sentence,))
            continue
        support = _find_support(sentence, reading)
        if support is None:
            continue
        joined = bool(lines) and support in lines[-1]
        line = (*(lines[-1] if joined else (support,)), sentence)
        if len(line) <= MAX_TOGETHER and sum(len(part.text) + 1 for part in line) <= MAX_JOINED:
            lines[len(lines) - joined :] = [line]
    return lines


def _find_support(sentence: Sentence, reading: Reading) -> Sentence | None:
    """The nearest sentence before it that stands alone, with none between that does not lean."""
    first = max(1, sentence.number - REACH)
    for number in range(sentence.number - 1, first - 1, -1):
        before = reading.article.sentences[number - 1]
        if not reading.is_line[number - 1]:
            return None
        if not is_leaning(before.text, reading.article.language):
            return before
    return None
