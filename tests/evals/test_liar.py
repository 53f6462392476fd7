"""A lying model: nothing that it says reaches the brief, and the brief goes out all the same."""

import asyncio
import io
import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from evals.thinning import choose_every, thin
from fakes.model import FakeModel
from fakes.model_liar import CANARIES, HIJACKED, Liar
from fakes.outbox import SetClock
from stage_samples import settings_for

from bot.app import open_tools
from bot.channels.console import ConsoleChannel, shapes
from bot.channels.console.export import render_html, render_markdown
from bot.channels.discord.render import render_brief
from bot.commands import BotCommands
from bot.config import find_folder
from bot.evals.folding import fold
from bot.evals.gold import KINDS, EvalSet
from bot.evals.sets import load_sets
from bot.jobs.compose import compose_brief
from bot.jobs.gather import extract_new, read
from bot.jobs.post import deliver_waiting, prepare_due
from bot.jobs.tools import Tools
from bot.model import Answer, ArticleAnalysis, Brief, ChannelRef, Visit
from bot.ports.posting import PLAIN
from bot.wording import load_wordings

ENGLISH = load_wordings(find_folder("prompts") / "wording")["en"]

FOLDER = Path(__file__).parent / "tuned"
ALL_TIME = timedelta(days=700)
EVERY = choose_every(3)
"""Of so many articles of the tuned set one is lied about."""
WORKSPACE = "desk"
QUESTION = "What did the defence ministry announce?"


@dataclass(frozen=True)
class Lied:
    """What a lying model told about a set, and everything that came of it."""

    of: EvalSet
    liar: Liar
    analyses: tuple[ArticleAnalysis, ...]
    brief: Brief
    visits: tuple[Visit, ...]
    answer: Answer
    posted: str

    @property
    def outputs(self) -> list[str]:
        """Everything that a reader or a program may be shown of it."""
        return [
            self.posted,
            json.dumps(shapes.brief_json(self.brief), ensure_ascii=False),
            json.dumps(shapes.facts_json(self.analyses), ensure_ascii=False),
            json.dumps(shapes.visits_json(self.visits), ensure_ascii=False),
            json.dumps(shapes.answer_json(self.answer), ensure_ascii=False),
            json.dumps(render_brief(self.brief, lambda _: "", PLAIN, ENGLISH), ensure_ascii=False),
            render_markdown(self.brief),
            render_html(self.brief),
        ]


@pytest.fixture(scope="module")
def lied(tmp_path_factory: pytest.TempPathFactory) -> Lied:
    (of,) = load_sets(FOLDER)
    return asyncio.run(_run(thin(of, EVERY), tmp_path_factory.mktemp("liar")))


async def _run(of: EvalSet, folder: Path) -> Lied:
    liar = Liar([of])
    start_at, end_at = of.until - ALL_TIME, of.until
    async with FakeModel(liar) as model:
        settings = settings_for(folder, openai_base_url=model.base_url, openai_model="liar")
        async with open_tools(settings, clock=SetClock(of.until)) as tools:
            await read(tools, WORKSPACE, list(of.readings.values()))
            await extract_new(tools)
            commands = BotCommands(tools)
            return Lied(
                of=of,
                liar=liar,
                analyses=await tools.store.list_analyses(
                    WORKSPACE, tools.engine.name, start_at=start_at, end_at=end_at
                ),
                brief=await compose_brief(tools, WORKSPACE, start_at=start_at, end_at=end_at),
                visits=await commands.list_visits(WORKSPACE, now=end_at),
                answer=await commands.ask(WORKSPACE, QUESTION, now=end_at),
                posted=await _post(tools, _find_busiest_day(of)),
            )


def _find_busiest_day(of: EvalSet) -> date:
    days = [r.published_at.astimezone(UTC).date() for r in of.readings.values() if r.published_at]
    return max(days, key=days.count)


async def _post(tools: Tools, day: date) -> str:
    """What the clock posts at the console at the end of the day."""
    due_at = datetime.combine(day + timedelta(days=1), time(), UTC)
    await tools.store.save_subscription(
        WORKSPACE,
        ChannelRef("console", "1"),
        timezone="UTC",
        times=["00:00"],
        weekdays=[1, 2, 3, 4, 5, 6, 7],
        tags=[],
        now=due_at - timedelta(days=1),
    )
    out = io.StringIO()
    clock = SetClock(due_at + timedelta(seconds=15))
    posting = replace(tools, channels={"console": ConsoleChannel(out)}, clock=clock)
    await prepare_due(posting)
    assert await deliver_waiting(posting) == 1
    return out.getvalue()


def list_verbatim(lied: Lied) -> dict[str, set[str]]:
    return {
        known.article.url: {sentence.text for sentence in known.article.sentences}
        for known in lied.analyses
    }


def test_the_lies_are_of_every_kind_and_about_every_labelled_article(lied: Lied) -> None:
    assert {fault.kind for fault in lied.of.faults or ()} == set(KINDS)
    assert lied.liar.told.keys() == lied.of.readings.keys()
    told = {text for texts in lied.liar.told.values() for text in texts}
    lies = {fault.text for fault in lied.of.faults or ()}
    # An article may have more lies than a draft may have lines.
    assert len(lies & told) >= 0.95 * len(lies)


def test_no_false_line_is_kept(lied: Lied) -> None:
    sentences = list_verbatim(lied)
    kept = [
        f"{known.article.title}: {fact.text}"
        for known in lied.analyses
        for fact in known.analysis.facts
        if fact.text not in sentences[known.article.url]
    ]
    assert kept == []
    assert [mention for known in lied.analyses for mention in known.analysis.mentions] == []
    assert lied.visits == ()


def test_no_false_line_is_shown_anywhere(lied: Lied) -> None:
    seen = fold("\n".join(lied.outputs))
    shown = [fault.text for fault in lied.of.faults or () if fold(fault.text) in seen]
    assert shown == []
    assert [canary for canary in CANARIES if any(canary in out for out in lied.outputs)] == []
    assert [text for text in HIJACKED if fold(text) in seen] == []


def test_every_posted_line_is_a_sentence_of_the_article_that_it_cites(lied: Lied) -> None:
    sentences = list_verbatim(lied)
    items = [item for section in lied.brief.sections for item in section.items]
    for item in items:
        quotes = [cited.quote for cited in item.citations]
        assert all(cited.quote in sentences[cited.article_url] for cited in item.citations)
        assert item.text == quotes[0]


def test_the_brief_goes_out_and_is_not_empty(lied: Lied) -> None:
    assert not lied.brief.is_quiet
    assert lied.brief.note == "", "the model answered: nothing says that it is down"
    assert "[1]" in lied.posted
    assert "dropped" in lied.posted


def test_the_trust_line_counts_what_was_dropped(lied: Lied) -> None:
    told = sum(map(len, lied.liar.told.values())) + sum(lied.liar.visits.values())
    facts = [fact for known in lied.analyses for fact in known.analysis.facts]
    lies = {text for texts in lied.liar.told.values() for text in texts}
    dropped = told - sum(fact.text in lies for fact in facts)
    assert lied.brief.trust.articles == len(lied.of.readings)
    assert lied.brief.trust.dropped == dropped
    assert f" {dropped:,} dropped" in render_markdown(lied.brief)
    assert lied.brief.trust.kept == len(facts)


def test_a_question_gets_no_lie_for_an_answer(lied: Lied) -> None:
    assert not lied.answer.is_answered
