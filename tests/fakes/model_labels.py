"""What a model that knows the labels makes of a request: which article it is, which sentences."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from fakes.model import Asked

from bot.evals.folding import fold
from bot.evals.gold import EvalSet, Label, TrueLine
from bot.model import Reading

_LINE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_TITLE = re.compile(r"^Title: (.*)$", re.MULTILINE)

ENOUGH_WORDS = 4


@dataclass(frozen=True)
class Seen:
    """One window of one article as the model was shown it; ``again`` has a line for each drop."""

    of: EvalSet
    ref: str
    sentences: Mapping[int, str]
    again: Sequence[str]

    @property
    def label(self) -> Label:
        return self.of.labels[self.ref]

    @property
    def drafts(self) -> list[TrueLine]:
        """The right lines: those of the set, else its labelled sentences as they stand."""
        lines = [line for line in self.of.drafts or () if line.article == self.ref]
        return lines or [
            TrueLine(article=self.ref, tag=key.topic, text=text, quotes=(text,))
            for key in self.label.sentences
            for text in self.sentences.values()
            if is_part(text, key.quote)
        ]

    def find_numbers(self, quotes: Sequence[str]) -> list[int]:
        """The numbers of the sentences that the quotes are made of, datelines left out."""
        return [
            number
            for number, text in self.sentences.items()
            if any(is_part(text, quote) for quote in quotes)
            and (len(text.split()) >= ENOUGH_WORDS or text in quotes)
        ]

    def is_asked(self, text: str) -> bool:
        """Whether the line is wanted: on a second try only what was dropped is."""
        return not self.again or bool(self.find_reason(text))

    def find_reason(self, text: str) -> str:
        """The line that says why this one was dropped, or nothing."""
        return next((line for line in self.again if form(text) in form(line)), "")


def read_asked(asked: Asked, sets: Sequence[EvalSet]) -> Seen | None:
    """The article of the sets that the request shows, or None if it asks for something else."""
    rules, shown, *again = (message["content"] for message in asked.messages)
    if "Topics, by tag" not in rules:
        return None
    sentences = {int(number): text for number, text in _LINE.findall(shown)}
    title = form(_TITLE.findall(shown)[0])

    def fit(reading: Reading) -> tuple[int, bool]:
        whole = form(reading.text)
        return sum(form(text) in whole for text in sentences.values()), title == form(reading.title)

    readings = [(one, ref, reading) for one in sets for ref, reading in one.readings.items()]
    of, ref, _ = max(readings, key=lambda known: fit(known[2]))
    return Seen(of, ref, sentences, [line for part in again for line in part.split("\n")])


def is_part(sentence: str, quote: str) -> bool:
    """Whether one of the two holds the other."""
    a, b = form(sentence), form(quote)
    return a in b or b in a


@cache
def form(text: str) -> str:
    """A text as it is compared: the prompt has round brackets where the article has others."""
    return fold(text.translate(str.maketrans("<>[]", "()()")))
