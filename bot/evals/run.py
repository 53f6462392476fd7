"""evaluation set → outcome: its articles go the way that every article goes, then are asked about.

The database is thrown away afterwards; with the built-in engine nothing is sent anywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.answer import check_question, find_passages
from bot.errors import BotError, DocumentError
from bot.evals.gold import EvalSet, Fault, GoldQuestion, TrueLine
from bot.evals.match import is_among
from bot.evals.sets import parse_asked_at
from bot.ground import ground_fact
from bot.jobs.compose import list_visits
from bot.jobs.gather import MAX_ARTICLES, extract_new, read
from bot.jobs.index import embed_new
from bot.jobs.tools import Progress, Tools, unwatched
from bot.model import (
    Answer,
    Article,
    ArticleAnalysis,
    Brief,
    DraftFact,
    Drop,
    Passage,
    Story,
    Visit,
)
from bot.ports import Commands
from bot.relevance.question import read_question
from bot.stories import group_stories
from bot.visits import build_ledger

WORKSPACE = "console"
DAY_HOURS = 24.0
EVER = datetime(1980, 1, 1, tzinfo=UTC)
"""Before any article."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A line as the check judged it: None lets it pass."""

    line: Fault | TrueLine
    drop: Drop | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what was answered, and the passages that the engine was given, best first."""

    question: GoldQuestion
    answer: Answer
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All that came out of a set, by the ids of its articles."""

    analyses: Mapping[str, ArticleAnalysis]
    visits: Mapping[str, Sequence[Visit]]
    stories: Sequence[Story]
    ledger: Sequence[Visit]
    answers: Sequence[Asked]
    briefs: Mapping[str, Brief]
    pages: Mapping[str, str]

    @property
    def names(self) -> dict[int, str]:
        """The set's id of each stored article."""
        return {known.article.id: ref for ref, known in self.analyses.items()}

    @property
    def articles(self) -> dict[str, Article]:
        """The stored articles."""
        return {ref: known.article for ref, known in self.analyses.items()}


async def run_set(
    evalset: EvalSet, tools: Tools, commands: Commands, progress: Progress
) -> Outcome:
    """Read, analyse, group and ask; ``tools.clock`` must stand at ``evalset.until`` or later.

    Raises:
        BotError: an article was not analysed, so that nothing can be scored.
    """
    await read(tools, WORKSPACE, evalset.readings.values())
    for _ in range(0, len(evalset.readings), MAX_ARTICLES):
        await extract_new(tools, workspace=WORKSPACE, progress=progress)
    if evalset.questions is not None:
        await embed_new(tools, workspace=WORKSPACE, limit=len(evalset.readings), progress=progress)
    analyses = await _get_analyses(evalset, tools)
    articles = [known.article for known in analyses.values()]
    return Outcome(
        analyses=analyses,
        visits={
            ref: build_ledger([known], known.article.published_at)
            for ref, known in analyses.items()
        },
        stories=group_stories(articles),
        ledger=await list_visits(tools, WORKSPACE, tools.clock()),
        answers=[await _ask(question, tools, commands) for question in evalset.questions or ()],
        briefs={
            ref: await commands.write_brief(
                WORKSPACE, hours=DAY_HOURS, now=analyses[ref].article.seen_at + timedelta(hours=1)
            )
            for ref, label in evalset.labels.items()
            if label.injection
        },
        pages={ref: await _read_page(ref, evalset, tools) for ref in evalset.pages},
    )


async def _get_analyses(evalset: EvalSet, tools: Tools) -> dict[str, ArticleAnalysis]:
    found = await tools.store.list_analyses(
        WORKSPACE, tools.engine.name, start_at=EVER, end_at=tools.clock()
    )
    by_url = {known.article.url: known for known in found}
    missing = [ref for ref, reading in evalset.readings.items() if reading.url not in by_url]
    if missing:
        raise BotError(f"{', '.join(missing[:5])} of {evalset.name} could not be analysed")
    return {ref: by_url[reading.url] for ref, reading in evalset.readings.items()}


async def _ask(question: GoldQuestion, tools: Tools, commands: Commands) -> Asked:
    now = parse_asked_at(question.asked_at)
    answer = await commands.ask(WORKSPACE, question.question, now=now)
    return Asked(question, answer, await _find_passages(question.question, tools, now))


async def _find_passages(question: str, tools: Tools, now: datetime) -> tuple[Passage, ...]:
    _, passages = await find_passages(
        read_question(check_question(question)),
        workspace=WORKSPACE,
        store=tools.store,
        embedder=tools.embedder,
        now=now,
    )
    return passages


async def _read_page(ref: str, evalset: EvalSet, tools: Tools) -> str:
    """The text that is read out of an article's page; none if it can't be read."""
    body = evalset.pages[ref].read_bytes()
    try:
        page = await tools.parser.parse_page(body, url=evalset.readings[ref].url)
    except DocumentError:
        return ""
    return page.text


def judge_lines(
    lines: Sequence[Fault | TrueLine],
    analyses: Mapping[str, ArticleAnalysis],
    progress: Progress = unwatched,
) -> list[Verdict]:
    """Hold each line against the sentences that it cites, as every drafted line is held."""
    verdicts = []
    for done, line in enumerate(lines, 1):
        verdicts.append(Verdict(line, _judge(line, analyses)))
        progress(done, len(lines))
    return verdicts


def _judge(line: Fault | TrueLine, analyses: Mapping[str, ArticleAnalysis]) -> Drop | None:
    cited = line.cited_article if isinstance(line, Fault) else ""
    article = analyses[cited or line.article].article
    draft = DraftFact(line.tag, line.text, find_sentences(line.quotes, article))
    verdict = ground_fact(draft, article, "eval")
    return verdict if isinstance(verdict, Drop) else None


def find_sentences(quotes: Sequence[str], article: Article) -> tuple[int, ...]:
    """The numbers of our sentences that the quotes cover.

    A quote may be two of our sentences, and one of ours two quotes.
    """
    return tuple(
        sentence.number for sentence in article.sentences if is_among(sentence.text, quotes)
    )
