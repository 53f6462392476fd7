"""lines × articles → the suite of false lines: the same on every run with the same seed."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import get_args

from bot.evals.folding import fold
from bot.evals.gold import Fault, Kind, TrueLine
from bot.evals.seeding import amounts, citations, claims, dates, quotes, roles
from bot.evals.seeding.case import Case, Source, shuffled
from bot.evals.seeding.names import Names

PER_LINE = 2
"""False lines of one kind that are made of one supported line."""
PER_KIND = 100
"""False lines of one kind in a suite, at most."""
ENOUGH = 40
"""False lines of one kind that a suite should have."""

_REWRITES: dict[Kind, Callable[[Case], Iterator[str]]] = {
    "number": amounts.change_figures,
    "unit": amounts.change_units,
    "date": dates.change_dates,
    "negation": claims.negate,
    "modality": claims.raise_modality,
    "quotation": quotes.misquote,
    "opposite": claims.turn_round,
    "addition": quotes.add_detail,
}
_ROLES: dict[Kind, Callable[[Case, Names], Iterator[str]]] = {
    "name_swap": roles.swap_name,
    "role_swap": roles.swap_roles,
    "speaker": roles.misattribute,
}


def make_faults(
    lines: Sequence[TrueLine],
    sources: Sequence[Source],
    *,
    seed: int,
    spare: Sequence[TrueLine] = (),
) -> tuple[Fault, ...]:
    """False lines of every kind that the material yields, in the order of kinds and lines.

    The ``spare`` lines are used for kinds that the others give fewer than ``ENOUGH`` of.
    """
    by_ref = {source.ref: source for source in sources}
    names = {
        source.language: Names(
            source.language, [other for other in sources if other.language == source.language]
        )
        for source in sources
    }
    said = {fold(line.text) for line in (*lines, *spare)}
    faults: list[Fault] = []
    for kind in get_args(Kind):
        made: list[Fault] = []
        for line in (*lines, *spare):
            if line in lines or len(made) < ENOUGH:
                found = _make(kind, _open_case(kind, line, by_ref, sources, seed), names)
                is_citation = kind.startswith("citation")
                made += (fault for fault in found if is_citation or fold(fault.text) not in said)
        faults += _thin(made, random.Random(f"{seed}|{kind}"))  # noqa: S311
    return tuple(faults)


def _open_case(
    kind: Kind,
    line: TrueLine,
    by_ref: dict[str, Source],
    sources: Sequence[Source],
    seed: int,
) -> Case:
    """The line with a chance of its own, so that no other line changes what is made of it."""
    chance = random.Random(f"{seed}|{kind}|{line.article}|{line.text}")  # noqa: S311
    return Case(line, by_ref[line.article], sources, chance)


def _make(kind: Kind, case: Case, names: dict[str, Names]) -> list[Fault]:
    base = Fault(
        article=case.line.article,
        kind=kind,
        tag=case.line.tag,
        text=case.text,
        quotes=case.line.quotes,
        was=case.text,
    )
    if kind == "citation_sentence":
        found = list(citations.cite_elsewhere(case))[:PER_LINE]
        return [replace(base, quotes=(sentence,)) for sentence in found]
    if kind == "citation_article":
        return [
            replace(base, quotes=(quote,), cited_article=source.ref)
            for quote, source in list(citations.cite_another(case))[:PER_LINE]
        ]
    known = names[case.language]
    texts = _ROLES[kind](case, known) if kind in _ROLES else _REWRITES[kind](case)
    told = fold(case.evidence)
    fit = [text for text in shuffled(case, texts) if fold(text) not in told]
    return [replace(base, text=text) for text in fit if text != case.text][:PER_LINE]


def _thin(faults: list[Fault], chance: random.Random) -> list[Fault]:
    """At most ``PER_KIND``, drawn evenly, in their order."""
    if len(faults) <= PER_KIND:
        return faults
    kept = sorted(chance.sample(range(len(faults)), PER_KIND))
    return [faults[place] for place in kept]
