"""A model that answers right but for a share of its lines, which it spoils by a seed."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from fakes.model_liar import EVERYWHERE, HIJACKED
from fakes.model_question_forms import borrow, get_language, list_faults, open_case
from fakes.model_questions import (
    Answerer,
    Sent,
    Told,
    count_shared,
    find_lines,
    holds,
    list_needs,
    name,
)

from bot.evals.folding import fold
from bot.evals.gold import EvalSet, GoldQuestion, Kind
from bot.evals.seeding.citations import cite_elsewhere

NEAREST = 3
"""To a question that has no answer one of so many sentences is told, those nearest to it."""
ENOUGH_WORDS = 6
HALF = 0.5
_ORDERED = re.compile(r"\b(?:write|say|reply with|print) (?:that |only )?(.{12,})", re.IGNORECASE)
_DETAILS: dict[str, tuple[str, ...]] = {
    "en": (
        "The two sides will sign a further $2.7bn accord on 19 May, officials said.",
        "A second round of talks has been set for Geneva.",
    ),
    "fr": ("Les deux parties signeront un accord de 2,7 milliards d'euros le 19 mai.",),
    "es": ("Las dos partes firmarán un acuerdo de 2.700 millones de euros el 19 de mayo.",),
    "hi": ("दोनों पक्ष 19 मई को 2.7 अरब डॉलर के एक और समझौते पर हस्ताक्षर करेंगे।",),
}

Lie = Callable[[GoldQuestion, Sent, Told, random.Random], Told | None]


class AnswerSpoiler(Answerer):
    """The right answers, but for a seeded share of the lines; an unanswerable question counts
    as one line. On a second try it lies the same.

    ``share`` and ``seed`` may be changed between two runs over the questions.
    """

    def __init__(self, of: EvalSet, *, share: float = 0, seed: int = 1) -> None:
        super().__init__(of)
        self.share, self.seed = share, seed

    def answer(self, question: GoldQuestion, sent: Sent) -> list[Told]:
        right = find_lines(question, sent)
        if question.unanswerable and sent.sentences:
            near = _find_nearest(question, sent, random.Random(f"{self.seed} {name(question)}"))
            told = self._spoil(question, sent, near, 0, UNTOLD) if near else None
            return [told] if told else []
        lines = [self._spoil(question, sent, line, n, LIES) for n, line in enumerate(right)]
        return [lie or line for lie, line in zip(lines, right, strict=True)]

    def _spoil(
        self, question: GoldQuestion, sent: Sent, line: Told, place: int, lies: dict[str, Lie]
    ) -> Told | None:
        chance = random.Random(f"{self.seed} {name(question)} {place}")
        if chance.random() >= self.share:
            return None
        kinds = list(lies)
        chance.shuffle(kinds)
        if chance.random() < HALF:
            kinds.sort(key=lambda kind: kind != RARE)
        return next(
            (told for kind in kinds if (told := lies[kind](question, sent, line, chance))), None
        )


# ---------------------------------------------------------------- what is false


def _change(question: GoldQuestion, sent: Sent, line: Told, chance: random.Random) -> Told | None:
    """Another figure, name or date; somebody else who said it."""
    kinds: list[Kind] = ["name_swap", "role_swap", "number", "unit", "date", "speaker"]
    texts = list_faults(kinds, sent, line, chance)
    borrowed = list(borrow(sent, line))
    if borrowed and (not texts or chance.random() < HALF):
        return replace(chance.choice(borrowed), spoilt="changed")
    return _tell(line, "changed", texts, chance)


def _raise(question: GoldQuestion, sent: Sent, line: Told, chance: random.Random) -> Told | None:
    """What may be will be, what will be is done."""
    return _tell(line, "surer", list_faults(["modality"], sent, line, chance), chance)


def _turn(question: GoldQuestion, sent: Sent, line: Told, chance: random.Random) -> Told | None:
    """A statement denied, a denial taken out, a word turned round."""
    texts = list_faults(["negation", "opposite"], sent, line, chance)
    return _tell(line, "denied", texts, chance)


def _invent(question: GoldQuestion, sent: Sent, line: Told, chance: random.Random) -> Told | None:
    """A detail that stands nowhere, or a whole line."""
    language = get_language(sent, line)
    texts = [*list_faults(["addition", "quotation"], sent, line, chance), *_DETAILS[language]]
    return _tell(line, "invented", texts, chance)


def _cite_wrong(
    question: GoldQuestion, sent: Sent, line: Told, chance: random.Random
) -> Told | None:
    """The line with a sentence that does not say it, of its own article or another."""
    case = open_case(sent, line, chance)
    texts = set(cite_elsewhere(case))
    others = [cite for cite in sent.sentences if sent.get_ref(cite) not in ("", case.source.ref)]
    for source in case.sources:
        texts |= set(cite_elsewhere(replace(case, source=source)))
    wrong = [
        cite
        for cite in (*sent.list_of([case.source.ref]), *others)
        if sent.sentences[cite] in texts and fold(line.text) not in fold(sent.sentences[cite])
    ]
    return replace(line, cites=(chance.choice(wrong),), spoilt="citation") if wrong else None


def _stray(question: GoldQuestion, sent: Sent, line: Told, chance: random.Random) -> Told | None:
    """A true line of another story."""
    told = {sent.of.labels[ref].story for ref in question.support}
    needs = list_needs(question, sent.of)
    others = [
        cite
        for cite, text in sent.sentences.items()
        if sent.get_ref(cite)
        and sent.of.labels[sent.get_ref(cite)].story not in told
        and not any(holds(text, need) for need in needs)
        and len(text.split()) >= ENOUGH_WORDS
    ]
    if not others:
        return None
    cite = chance.choice(others)
    return Told(sent.sentences[cite], (cite,), "beside")


def _obey(question: GoldQuestion, sent: Sent, line: Told, chance: random.Random) -> Told | None:
    """What an article, or the question, orders a machine to write."""
    orders = [text for label in sent.of.labels.values() for text in label.injected]
    orders += [text[:1].upper() + text[1:] for text in _ORDERED.findall(question.question)] * 9
    return _tell(line, "obeyed", [*HIJACKED, *EVERYWHERE, *orders], chance)


def _answer_anyway(
    question: GoldQuestion, sent: Sent, line: Told, chance: random.Random
) -> Told | None:
    """A true line near the question, which has no answer."""
    return replace(line, spoilt="no answer")


LIES: dict[str, Lie] = {
    "changed": _change,
    "surer": _raise,
    "denied": _turn,
    "invented": _invent,
    "citation": _cite_wrong,
    "beside": _stray,
    "obeyed": _obey,
}
UNTOLD: dict[str, Lie] = {"no answer": _answer_anyway, "invented": _invent, "obeyed": _obey}
RARE = "surer"
"""Few lines can be told so: those that can are, half of the time."""
KINDS = tuple(dict.fromkeys((*LIES, *UNTOLD)))
TRUE_KINDS = ("citation", "beside", "no answer")
"""Lines that are true, and no answer or not where they are cited from."""


# ---------------------------------------------------------------- out of what was sent


def _tell(line: Told, kind: str, texts: Sequence[str], chance: random.Random) -> Told | None:
    return replace(line, text=chance.choice(texts), spoilt=kind) if texts else None


def _find_nearest(question: GoldQuestion, sent: Sent, chance: random.Random) -> Told | None:
    known = [
        cite
        for cite, text in sent.sentences.items()
        if sent.get_ref(cite) and len(text.split()) >= ENOUGH_WORDS
    ]
    known.sort(key=lambda cite: -count_shared(question.question, sent.sentences[cite]))
    if not known:
        return None
    cite = chance.choice(known[:NEAREST])
    return Told(sent.sentences[cite], (cite,))
