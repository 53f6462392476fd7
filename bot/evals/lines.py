"""evaluation set → lines to judge: supported ones, and false ones made of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import chain, islice, zip_longest

from bot.evals.gold import EvalSet, Fault, TrueLine
from bot.evals.parts import Part
from bot.evals.run import Outcome, judge_lines
from bot.evals.scores.faults import score_faults, score_true_lines
from bot.evals.seeding.case import Source
from bot.evals.seeding.shortening import shorten
from bot.evals.seeding.suite import make_faults
from bot.jobs.tools import Progress
from bot.model import Article

MAX_SHORTENED = 200
"""Lines shortened by rule that a set is scored on."""


def list_lines(gold: EvalSet) -> tuple[TrueLine, ...]:
    """The set's own supported lines, or its labelled sentences where it has none."""
    return gold.drafts or list_verbatim(gold)


def list_verbatim(gold: EvalSet) -> tuple[TrueLine, ...]:
    """The labelled sentences as lines that cite themselves."""
    return tuple(
        TrueLine(article=ref, tag=sentence.topic, text=sentence.quote, quotes=(sentence.quote,))
        for ref, label in gold.labels.items()
        for sentence in label.sentences
    )


def list_shortened(gold: EvalSet) -> tuple[TrueLine, ...]:
    """The labelled sentences shortened by rule: one of each article in turn, up to the maximum."""
    by_article: dict[str, list[TrueLine]] = {}
    for line in list_verbatim(gold):
        language = gold.readings[line.article].language
        by_article.setdefault(line.article, []).extend(
            replace(line, text=text) for text in shorten(line.text, language)
        )
    in_turn = chain.from_iterable(zip_longest(*by_article.values()))
    return tuple(islice((line for line in in_turn if line), MAX_SHORTENED))


def make_suite(gold: EvalSet, articles: Mapping[str, Article], seed: int) -> tuple[Fault, ...]:
    """The false lines of a set, cut into sentences as ``articles`` are."""
    return make_faults(
        list_lines(gold),
        list(_list_sources(gold, articles)),
        seed=seed,
        spare=list_verbatim(gold) if gold.drafts else (),
    )


def _list_sources(gold: EvalSet, articles: Mapping[str, Article]) -> Iterator[Source]:
    for ref, article in articles.items():
        label = gold.labels[ref]
        yield Source(
            ref=ref,
            language=article.language,
            title=article.title,
            text=article.text,
            story=label.story,
            sentences=tuple(sentence.text for sentence in article.sentences),
            key_sentences=tuple((key.quote, key.topic) for key in label.sentences),
        )


def render_fault(set_name: str, fault: Fault) -> str:
    """A false line as one line of JSON, in the form of ``faults.jsonl``."""
    shape = {"set": set_name, **asdict(fault)}
    return json.dumps({name: value for name, value in shape.items() if value}, ensure_ascii=False)


def score_lines(
    gold: EvalSet, outcome: Outcome, suite: Sequence[Fault], progress: Progress
) -> list[Part]:
    """Generated and hand-written faults apart, and the false alarms on supported lines."""
    source = "lines of drafts.jsonl" if gold.drafts else "labelled sentences"
    supported = judge_lines(list_lines(gold), outcome.analyses, progress)
    kept = {(v.line.article, v.line.text): v.drop is None for v in supported}
    title = "Faults written by hand"
    written = Part(name="faults.written", title=title, skipped="no faults.jsonl")
    if gold.faults:
        written = _score_faults("faults.written", title, gold.faults, outcome, kept, progress)
    return [
        _score_faults("faults.made", "Faults made from true lines", suite, outcome, kept, progress),
        written,
        score_true_lines(
            "faults.true_lines", "True lines", supported, note=f"they are the {source}"
        ),
        score_true_lines(
            "faults.shortened",
            "True lines shortened by rule",
            judge_lines(list_shortened(gold), outcome.analyses, progress),
            note="they are made of the labelled sentences",
        ),
    ]


def _score_faults(
    name: str,
    title: str,
    faults: Sequence[Fault],
    outcome: Outcome,
    kept: Mapping[tuple[str, str], bool],
    progress: Progress,
) -> Part:
    verdicts = judge_lines(faults, outcome.analyses, progress)
    return score_faults(name, title, verdicts, [_is_else_kept(f, outcome, kept) for f in faults])


def _is_else_kept(fault: Fault, outcome: Outcome, kept: Mapping[tuple[str, str], bool]) -> bool:
    """Whether the line that a fault was made from is kept; unknown counts as no."""
    known = kept.get((fault.article, fault.was))
    if known is not None or not fault.was or fault.kind.startswith("citation"):
        return bool(known)
    was = TrueLine(article=fault.article, tag=fault.tag, text=fault.was, quotes=fault.quotes)
    return judge_lines([was], outcome.analyses)[0].drop is None
