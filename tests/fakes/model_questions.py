"""A model that answers every question right, out of the sentences that it is sent."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fakes.model import Asked
from fakes.model_labels import form
from fakes.model_oracle import Oracle

from bot.evals.folding import list_words
from bot.evals.gold import EvalSet, GoldQuestion, TrueLine
from bot.evals.seeding.shortening import shorten
from bot.evals.seeding.words import get_words

Cite = tuple[int, int]
"""A passage's number, and the number of a sentence of it."""
Need = tuple[str, ...]
"""Strings of which an answer must hold one."""

LONGEST = 300
"""Characters that a line may have, as the prompt says."""
STEM = 5
"""Letters by which two words are taken for forms of one."""
_PASSAGE = re.compile(r"^passage (\d+): (.*)$", re.MULTILINE)
_SENTENCE = re.compile(r"^\[(\d+)\.(\d+)\] (.+)$", re.MULTILINE)
_QUESTION = re.compile(r"^question: (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Told:
    """A line of an answer; ``spoilt`` says what is wrong with it, empty if nothing is."""

    text: str
    cites: tuple[Cite, ...]
    spoilt: str = ""

    @property
    def shape(self) -> dict[str, object]:
        """The line as the schema wants it."""
        cites = [{"passage": passage, "sentence": number} for passage, number in self.cites]
        return {"text": self.text, "cites": cites}


@dataclass(frozen=True)
class Sent:
    """What a model is sent with a question: sentences by number, and the passages' articles.

    ``refs`` has the article of each passage that is of one of the set's.
    """

    of: EvalSet
    question: str
    sentences: Mapping[Cite, str]
    refs: Mapping[int, str]

    def get_ref(self, cite: Cite) -> str:
        """The article of a sentence, empty if the set has none."""
        return self.refs.get(cite[0], "")

    def list_of(self, refs: Sequence[str]) -> list[Cite]:
        """The sentences of these articles."""
        return [cite for cite in self.sentences if self.get_ref(cite) in refs]


@dataclass(frozen=True)
class Reply:
    """What the model was sent with a question, and what it told; no lines: it did not answer."""

    sent: Sent
    lines: tuple[Told, ...]


class Answerer:
    """A reply for ``FakeModel``: articles as the oracle tells them, questions from the labels.

    ``asking`` is the question that is asked now; ``replies`` has what was told to each by name.
    """

    def __init__(self, of: EvalSet) -> None:
        self.of = of
        self.asking: GoldQuestion | None = None
        self.replies: dict[str, list[Reply]] = {}
        self._articles = Oracle([of])
        self._texts = {ref: form(reading.text) for ref, reading in of.readings.items()}

    def __call__(self, asked: Asked) -> str:
        shown = asked.messages[-1]["content"]
        if self.asking is None or not _QUESTION.search(shown):
            return self._articles(asked)
        sent = self._read(shown)
        lines = self.answer(self.asking, sent)
        self.replies.setdefault(name(self.asking), []).append(Reply(sent, tuple(lines)))
        return json.dumps({"answered": bool(lines), "lines": [line.shape for line in lines]})

    def answer(self, question: GoldQuestion, sent: Sent) -> list[Told]:
        """The lines of the answer."""
        return find_lines(question, sent)

    def _read(self, shown: str) -> Sent:
        sentences = {
            (int(passage), int(number)): text for passage, number, text in _SENTENCE.findall(shown)
        }
        heads = {int(number): head for number, head in _PASSAGE.findall(shown)}
        refs = {number: self._find_ref(number, head, sentences) for number, head in heads.items()}
        (question,) = _QUESTION.findall(shown)[-1:]
        known = {number: ref for number, ref in refs.items() if ref}
        return Sent(self.of, question, sentences, known)

    def _find_ref(self, number: int, head: str, sentences: Mapping[Cite, str]) -> str:
        """The article that has all the passage's sentences; of copies, that of the headline."""
        own = [form(text) for (passage, _), text in sentences.items() if passage == number]
        fit = [ref for ref, whole in self._texts.items() if all(text in whole for text in own)]
        readings = self.of.readings

        def rank(ref: str) -> tuple[bool, bool]:
            is_outlet = form(head).startswith(form(readings[ref].outlet))
            return form(head).endswith(form(readings[ref].title)), is_outlet

        return max(fit, key=rank, default="") if own else ""


def name(question: GoldQuestion) -> str:
    """The question's id, or itself where it has none."""
    return question.id or question.question


# ---------------------------------------------------------------- the right lines


def list_needs(question: GoldQuestion, of: EvalSet) -> list[Need]:
    """What an answer must hold, but for what no supporting article has in these words."""
    needs = [*((word,) for word in question.answer_keywords), *question.answer_keywords_any]
    whole = "\n".join(of.readings[ref].text for ref in question.support)
    return [need for need in needs if holds(whole, need)]


def holds(text: str, need: Need) -> bool:
    """Whether a text has one of the strings."""
    return any(word.lower() in text.lower() for word in need)


def find_lines(question: GoldQuestion, sent: Sent) -> list[Told]:
    """The fewest sentences of supporting articles that hold all that is needed, best first.

    None where one of the needs is in no sentence that was sent.
    """
    lines: list[Told] = []
    left = [] if question.unanswerable else list_needs(question, sent.of)
    while left:
        best = max(
            sent.list_of(question.support),
            key=lambda cite: _rank(question, left, cite, sent),
            default=None,
        )
        if best is None or not any(holds(sent.sentences[best], need) for need in left):
            return []
        held = [need for need in left if holds(sent.sentences[best], need)]
        left = [need for need in left if need not in held]
        lines.append(_word(best, held, sent))
    return lines


def _rank(
    question: GoldQuestion, needs: Sequence[Need], cite: Cite, sent: Sent
) -> tuple[float, ...]:
    """How much of the needs a sentence holds; how new its article is, where the newest counts."""
    text = sent.sentences[cite]
    published = sent.of.readings[sent.get_ref(cite)].published_at
    assert published
    age = published.timestamp() if question.kind == "latest" else 0
    held = sum(holds(text, need) for need in needs)
    return (held, age, count_shared(question.question, text), -cite[0], -cite[1])


def count_shared(text: str, other: str) -> int:
    """How many words of a text another has, by their stems."""
    return len(_list_stems(text) & _list_stems(other))


def _list_stems(text: str) -> set[str]:
    return {word[:STEM] for word in list_words(text) if len(word) > 2}


def _word(cite: Cite, needs: Sequence[Need], sent: Sent) -> Told:
    """The set's own true line of that sentence, else the sentence, shortened if it is too long.

    The set's own line cites every sentence that it rests on.
    """
    text, ref = sent.sentences[cite], sent.get_ref(cite)
    own = [
        Told(draft.text, cites)
        for draft in sent.of.drafts or ()
        if draft.article == ref and form(text) in [form(quote) for quote in draft.quotes]
        if (cites := _cite(draft, cite, sent))
    ]
    shorter = shorten(text, sent.of.readings[ref].language) if len(text) > LONGEST else ()
    fit = [
        line
        for line in (*own, *(Told(short, (cite,)) for short in shorter))
        if len(line.text) <= LONGEST and all(holds(line.text, need) for need in needs)
    ]
    return next(iter(fit), Told(text, (cite,)))


def _cite(draft: TrueLine, first: Cite, sent: Sent) -> tuple[Cite, ...]:
    """The draft's sentences, and those next to them that have its other words.

    None if one of the words was not sent: the line would say what nobody can look up.
    """
    quotes = {form(quote) for quote in draft.quotes}
    own = sent.list_of([draft.article])
    by_text = {form(sent.sentences[cite]): cite for cite in (*own, first)}
    if not quotes <= by_text.keys():
        return ()
    cites = [first, *(by_text[quote] for quote in sorted(quotes) if by_text[quote] != first)]
    language = sent.of.readings[draft.article].language
    empty = {word[:STEM] for name in ("stop", "say") for word in get_words(language, name)}
    for stem in sorted(_list_stems(draft.text) - empty):
        if not any(stem in _list_stems(sent.sentences[cite]) for cite in cites):
            others = [cite for cite in own if stem in _list_stems(sent.sentences[cite])]
            if not others:
                return ()
            cites.append(min(others, key=lambda cite: abs(cite[1] - first[1])))
    return tuple(cites)
