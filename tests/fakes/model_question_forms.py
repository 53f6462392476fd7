"""A right line × what was sent with the question → false forms of it."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fakes.model_questions import Sent, Told

from bot.evals.folding import fold
from bot.evals.gold import Kind, TrueLine
from bot.evals.seeding.case import Case, Source
from bot.evals.seeding.suite import make_faults
from bot.text.dates import find_dates, resolve_dates

_FIGURE = re.compile(r"(?<![\w.,])\d[\d.,]*\d|(?<![\w.,])\d(?![\w.,])")


def get_language(sent: Sent, line: Told) -> str:
    """The language of the article that a line cites first."""
    return sent.of.readings[sent.get_ref(line.cites[0])].language


def _list_sources(sent: Sent) -> Iterator[Source]:
    for ref in dict.fromkeys(sent.refs.values()):
        reading, label = sent.of.readings[ref], sent.of.labels[ref]
        sentences = dict.fromkeys(sent.sentences[cite] for cite in sent.list_of([ref]))
        yield Source(
            ref=ref,
            language=reading.language,
            title=reading.title,
            text=reading.text,
            story=label.story,
            sentences=tuple(sentences),
        )


def open_case(sent: Sent, line: Told, chance: random.Random) -> Case:
    """The line as one to be made false, beside all articles that were sent."""
    sources = list(_list_sources(sent))
    own = next(source for source in sources if source.ref == sent.get_ref(line.cites[0]))
    quotes = tuple(sent.sentences[cite] for cite in line.cites)
    return Case(
        TrueLine(article=own.ref, tag="", text=line.text, quotes=quotes), own, sources, chance
    )


def list_faults(kinds: Sequence[Kind], sent: Sent, line: Told, chance: random.Random) -> list[str]:
    """False forms of the line, made of the articles that were sent."""
    case = open_case(sent, line, chance)
    made = make_faults([case.line], case.sources, seed=chance.randrange(1000))
    return [fault.text for fault in made if fault.kind in kinds]


def borrow(sent: Sent, line: Told) -> Iterator[Told]:
    """A figure, or a date, of the line in place of which another sentence's stands.

    That sentence is cited too, or not.
    """
    told = " ".join(sent.sentences[cite] for cite in line.cites)
    for cite, text in sent.sentences.items():
        if text not in told and sent.get_ref(cite):
            for own, other in (*_pair_figures(line, text, told), *_pair_dates(sent, line, text)):
                if fold(other) not in fold(told):
                    changed = replace(line, text=line.text.replace(own, other, 1))
                    yield from (changed, replace(changed, cites=(*line.cites, cite)))


def _pair_figures(line: Told, text: str, told: str) -> Iterator[tuple[str, str]]:
    others = set(_FIGURE.findall(text)) - set(_FIGURE.findall(told))
    yield from ((own, other) for own in _FIGURE.findall(line.text) for other in sorted(others))


def _pair_dates(sent: Sent, line: Told, text: str) -> Iterator[tuple[str, str]]:
    """The words of two dates that are not the same day."""
    reading = sent.of.readings[sent.get_ref(line.cites[0])]
    assert reading.published_at
    on, language = reading.published_at.date(), reading.language

    def list_dates(words: str) -> list[tuple[str, str]]:
        found = [
            (date.text, resolve_dates(date.text, on, language))
            for date in find_dates(words, language)
        ]
        return [(date, resolved.start) for date, resolved in found if resolved.start]

    for own, start in list_dates(line.text):
        yield from ((own, other) for other, day in list_dates(text) if day != start)
