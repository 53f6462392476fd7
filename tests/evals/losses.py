"""A model's right answers through the bot to the brief: what is lost on the way, and why.

``python -m evals.losses FOLDER…``, run in ``tests/``, prints it for folders of sets.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from fakes.model import FakeModel
from fakes.model_labels import is_part
from fakes.model_oracle import Oracle, name_visitor
from stage_samples import settings_for

from bot.app import open_tools
from bot.evals.folding import fold
from bot.evals.gold import EvalSet, GoldVisit, TrueLine
from bot.evals.match import judge_fields, same_visit
from bot.evals.sets import load_sets
from bot.jobs.compose import compose_brief, list_visits
from bot.jobs.gather import extract_new, read
from bot.jobs.tools import Tools
from bot.model import Analysis, Article, Brief, Fact, Visit

ALL_TIME = timedelta(days=700)


@dataclass(frozen=True)
class Item:
    """One thing that the model got right, and its fate.

    A line is ``kept`` in its own words, ``quoted`` if its sentence stands in for it, or
    ``lost``. A visit, its date and its status are kept or lost.
    """

    article: str
    kind: str
    what: str
    fate: str
    why: str = ""


@dataclass(frozen=True)
class Losses:
    """What became of everything that the model got right about some articles."""

    items: tuple[Item, ...]

    def find(self, *fates: str, kinds: Sequence[str] = ("line", "visit")) -> list[Item]:
        """The items of these fates and kinds."""
        return [item for item in self.items if item.fate in fates and item.kind in kinds]

    def share(self, *fates: str, kinds: Sequence[str] = ("line", "visit")) -> float:
        """Their share of all items of these kinds."""
        every = [item for item in self.items if item.kind in kinds]
        return len(self.find(*fates, kinds=kinds)) / max(len(every), 1)

    def tell(self) -> str:
        """The figures, and every item that is lost or quoted with its reason."""
        lines = [
            f"{kind}: "
            + ", ".join(f"{fate} {len(self.find(fate, kinds=[kind]))}" for fate in FATES)
            for kind in KINDS
        ]
        lines.append(f"lost: {self.share('lost'):.1%} of lines and visits")
        lines += [
            f"  {item.fate} {item.article} {item.kind}: {item.what} ({item.why})"
            for item in self.find("lost", "quoted", kinds=KINDS)
        ]
        return "\n".join(lines)


FATES = ("kept", "quoted", "lost")
KINDS = ("line", "visit", "date", "status")


async def measure_losses(sets: Sequence[EvalSet]) -> Losses:
    """Let the oracle answer every article of the sets, and follow each answer to a brief."""
    return Losses(tuple([item for one in sets for item in await _measure(one)]))


async def _measure(of: EvalSet) -> list[Item]:
    items: list[Item] = []
    async with FakeModel(Oracle([of])) as model:
        with tempfile.TemporaryDirectory() as folder:
            settings = settings_for(
                Path(folder), openai_base_url=model.base_url, openai_model="oracle"
            )
            async with open_tools(settings, clock=lambda: of.until) as tools:
                for ref in of.readings:
                    items += await _follow(tools, of, ref)
    return items


async def _follow(tools: Tools, of: EvalSet, ref: str) -> list[Item]:
    """One article alone in a workspace of its own: no other crowds its lines out of the brief."""
    workspace, end_at = f"{of.name}:{ref}", of.until
    await read(tools, workspace, [of.readings[ref]])
    await extract_new(tools, workspace=workspace)
    ((article, analysis),) = [
        (known.article, known.analysis)
        for known in await tools.store.list_analyses(
            workspace, tools.engine.name, start_at=end_at - ALL_TIME, end_at=end_at
        )
    ]
    brief = await compose_brief(tools, workspace, start_at=end_at - ALL_TIME, end_at=end_at)
    visits = await list_visits(tools, workspace, end_at)
    return [
        *_judge_lines(of, ref, article, analysis, brief),
        *_judge_visits(of, ref, analysis, visits),
    ]


def _judge_lines(
    of: EvalSet, ref: str, article: Article, analysis: Analysis, brief: Brief
) -> Iterator[Item]:
    for line in list_right_lines(of, ref, article):
        fact = _find_fact(line, analysis)
        drop = next((d for d in analysis.drops if fold(d.text) == fold(line.text)), None)
        why = analysis.note or (f"{drop.reason}: {drop.detail}" if drop else "")
        if fact is None:
            yield Item(ref, "line", line.text, "lost", why)
        elif not _is_shown(fact, brief):
            yield Item(ref, "line", line.text, "lost", "it is a fact, but not in the brief")
        elif fold(fact.text) == fold(line.text):
            yield Item(ref, "line", line.text, "kept")
        else:
            yield Item(ref, "line", line.text, "quoted", why)


def list_right_lines(of: EvalSet, ref: str, article: Article) -> list[TrueLine]:
    """The lines that a right model gives for an article: of the set, or its labelled sentences."""
    lines = [line for line in of.drafts or () if line.article == ref]
    return lines or [
        TrueLine(article=ref, tag=key.topic, text=sentence.text, quotes=(sentence.text,))
        for key in of.labels[ref].sentences
        for sentence in article.sentences
        if is_part(sentence.text, key.quote)
    ]


def _find_fact(line: TrueLine, analysis: Analysis) -> Fact | None:
    """The line itself, else a quotation of one of its sentences under its topic."""
    own = [fact for fact in analysis.facts if fact.tag == line.tag]
    same = [fact for fact in own if fold(fact.text) == fold(line.text)]
    quoted = [
        fact
        for fact in own
        if any(is_part(fact.text, quote) for quote in line.quotes)
        and fact.text == fact.evidence[0].quote
    ]
    return next(iter((*same, *quoted)), None)


def _is_shown(fact: Fact, brief: Brief) -> bool:
    """Whether the brief has the fact's text or cites its sentence, or says what it left out."""
    items = [item for section in brief.sections for item in section.items]
    cited = {citation.sentence for item in items for citation in item.citations}
    is_said = any(fold(item.text) == fold(fact.text) for item in items)
    omitted = {section.tag for section in brief.sections if section.omitted}
    is_cited = any(evidence.sentence in cited for evidence in fact.evidence)
    return is_said or is_cited or fact.tag in omitted


def _judge_visits(
    of: EvalSet, ref: str, analysis: Analysis, visits: Sequence[Visit]
) -> Iterator[Item]:
    for gold in of.labels[ref].visits:
        if name_visitor(gold, of.readings[ref]) is None:
            continue  # the label has the name in another script: nobody can say it so
        what = f"{gold.visitor} → {gold.host}, {gold.start or 'no date'}, {gold.status}"
        told = next((visit for visit in visits if same_visit(visit, gold)), None)
        if told is None:
            why = next((drop.detail for drop in analysis.drops if "→" in drop.text), "not told")
            yield Item(ref, "visit", what, "lost", why)
        else:
            yield Item(ref, "visit", what, "kept")
            yield from _judge_fields(ref, what, told, gold)


def _judge_fields(ref: str, what: str, told: Visit, gold: GoldVisit) -> Iterator[Item]:
    right = judge_fields(told, gold)
    fields = {"date": ("start", told.dates.start or "no date"), "status": ("status", told.status)}
    for kind, (name, value) in fields.items():
        yield Item(ref, kind, what, "kept" if right[name] else "lost", f"told: {value}")


if __name__ == "__main__":
    found = [one for folder in sys.argv[1:] for one in load_sets(Path(folder))]
    print(asyncio.run(measure_losses(found)).tell())
