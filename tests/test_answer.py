"""Answers: from the articles alone, or a refusal that says what was searched."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from stage_samples import NOW, load_seeds

from bot.answer import check_question
from bot.commands import BotCommands
from bot.errors import InputError, ModelError
from bot.ground_answers import ground_answer
from bot.model import Answer, Article, Draft, DraftAnswer, Drop, Passage, Topic
from bot.passages import make_passages
from bot.relevance.question import read_question


class Scripted:
    """An engine that says what it is told to."""

    name = "scripted"
    prompt_version = "1"

    def __init__(self, draft: DraftAnswer | ModelError) -> None:
        self._draft = draft

    async def draft(
        self, article: Article, topics: Sequence[Topic], *, drops: Sequence[Drop] = ()
    ) -> Draft:
        raise NotImplementedError

    async def check(self) -> None:
        raise NotImplementedError

    async def answer(self, question: str, passages: Sequence[Passage]) -> DraftAnswer:
        if isinstance(self._draft, ModelError):
            raise self._draft
        return self._draft


Ask = Callable[..., Awaitable[Answer]]


@pytest.fixture
def ask(seeded: BotCommands) -> Ask:
    """Ask the seeds, as of a moment, through the real store; another engine may answer."""

    async def ask_seeds(
        question: str, as_of: datetime = NOW, engine: Scripted | None = None
    ) -> Answer:
        tools = replace(seeded.tools, engine=engine) if engine else seeded.tools
        return await BotCommands(tools).ask("console", question, now=as_of)

    return ask_seeds


async def test_an_amount_is_answered_with_its_sentence(ask: Ask) -> None:
    reply = await ask("How much was India's Predator drone contract worth?")
    assert reply.is_answered
    assert "$4" in reply.text
    assert any("Predator" in citation.quote for citation in reply.citations)


async def test_a_visit_is_answered_from_the_ledger_as_it_stood(ask: Ask) -> None:
    early = await ask("When is Modi in Washington?", datetime(2025, 1, 29, tzinfo=UTC))
    late = await ask("When is Modi in Washington?", datetime(2025, 2, 16, tzinfo=UTC))
    assert "February 2025" in early.text
    assert "completed" not in early.text
    assert "completed, 12–13 February 2025" in late.text


async def test_what_the_articles_do_not_tell_is_refused_and_says_what_is_missing(ask: Ask) -> None:
    reply = await ask("What is the price of wheat in Argentina?")
    assert not reply.is_answered
    assert "do not tell" in reply.text
    assert "wheat" in reply.text
    assert reply.searched.articles == 13


async def test_a_model_that_invents_is_refused(ask: Ask) -> None:
    lie = DraftAnswer(lines=(("India paid $40 billion for Predator drones.", ((1, 4), (1, 3))),))
    reply = await ask("How much did the Predator drones cost?", engine=Scripted(lie))
    assert "$40" not in reply.text
    assert not reply.is_answered


def test_a_line_that_cites_nothing_real_is_cut() -> None:
    passages = make_passages(read_question("Predator drones contract"), load_seeds()[:1])
    draft = DraftAnswer(lines=(("India bought drones.", ((9, 1),)), ("Drones.", ((1, 999),))))
    assert ground_answer(draft, passages) == ()


async def test_a_model_that_is_down_leaves_the_answer_to_the_built_in_engine(ask: Ask) -> None:
    down = Scripted(ModelError("no answer"))
    reply = await ask("How much was India's Predator drone contract worth?", engine=down)
    assert reply.is_answered
    assert reply.engine == "extractive"
    assert reply.note


@pytest.mark.parametrize("question", ["", "   ", "?", "\u200b\u200b", "!!!", "x" * 501])
def test_a_question_that_is_none_gets_one_clear_line(question: str) -> None:
    with pytest.raises(InputError):
        check_question(question)


async def test_the_next_visits_are_listed_where_they_are_asked_for(ask: Ask) -> None:
    early = datetime(2025, 2, 5, tzinfo=UTC)
    for question in ("upcoming visits?", "आगामी दौरे"):
        reply = await ask(question, early)
        assert [line.split(":")[0] for line in reply.text.splitlines()] == [
            "Narendra Modi → France (Paris)",
            "Narendra Modi → United States (Washington)",
            "Quad leaders → India",
        ]
    only = await ask("visits to france", early)
    assert only.text.splitlines() == [
        "Narendra Modi → France (Paris): confirmed, 10–11 February 2025. [1]"
    ]


@pytest.mark.parametrize(
    "question",
    ["Who won the football world cup?", "how do i bake bread", "who is the mayor of paris"],
)
async def test_what_is_plainly_elsewhere_is_refused(ask: Ask, question: str) -> None:
    assert not (await ask(question)).is_answered


@pytest.mark.parametrize("question", ["thanks!", "ok lol", "東京訪問はいつですか"])
async def test_what_is_no_question_or_not_read_is_met_with_one_line(
    ask: Ask, question: str
) -> None:
    with pytest.raises(InputError, match="Ask"):
        await ask(question)
