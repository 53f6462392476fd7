"""True lines that cite a sentence which does not say it, of their own article or another."""

import re
from collections.abc import Iterator

from bot.evals.folding import list_words
from bot.evals.seeding.case import Case, Source, overlap

LIKE = 0.3
"""Share of a line's telling words from which a sentence might say it after all."""
ENOUGH_WORDS = 6


def cite_elsewhere(case: Case) -> Iterator[str]:
    """Another sentence of the article, the nearest first."""
    own = [place for place, s in enumerate(case.source.sentences) if _is_cited(case, s)]
    places = range(len(case.source.sentences))
    near = sorted(places, key=lambda place: min((abs(place - at) for at in own), default=0))
    for place in near:
        sentence = case.source.sentences[place]
        if place not in own and _does_not_say(case, sentence):
            yield sentence


def _is_cited(case: Case, sentence: str) -> bool:
    return any(sentence in quote or quote in sentence for quote in case.line.quotes)


def _does_not_say(case: Case, sentence: str) -> bool:
    """Whether a sentence tells clearly something else."""
    if len(list_words(sentence)) < ENOUGH_WORDS:
        return False
    figures = set(re.findall(r"\d+", case.text)) & set(re.findall(r"\d+", sentence))
    return overlap(case.text, sentence, case.language) < LIKE and not figures


def cite_another(case: Case) -> Iterator[tuple[str, Source]]:
    """A key sentence of another story in the same language, those of the same topic first."""
    others = [
        (quote, topic, source)
        for source in case.sources
        if source.language == case.language and source.story != case.source.story
        for quote, topic in source.key_sentences
        if quote in source.text and _does_not_say(case, quote)
    ]
    case.chance.shuffle(others)
    others.sort(key=lambda other: other[1] != case.line.tag)
    yield from ((quote, source) for quote, _, source in others)
