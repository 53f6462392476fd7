"""A set's questions × a model that knows the labels → what is answered, cited, cut and lost."""

import re
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from fakes.model import FakeModel
from fakes.model_labels import form
from fakes.model_question_lies import TRUE_KINDS, AnswerSpoiler
from fakes.model_questions import Reply, Told, holds, list_needs, name
from stage_samples import settings_for

from bot.app import open_tools
from bot.commands import BotCommands
from bot.evals.figures import share as share_of
from bot.evals.folding import fold
from bot.evals.gold import EvalSet
from bot.evals.run import WORKSPACE, Asked, Outcome, run_set
from bot.evals.scores.questions import is_right
from bot.evals.sets import parse_asked_at
from bot.ground import find_fault
from bot.jobs.tools import unwatched
from bot.model import Citation
from bot.text.commands_to_machines import is_addressed_to_machine

SHARES = (0.0, 0.1, 0.3)
_MARK = re.compile(r"\s*\[(\d+)\]")
NOT_SENT, NOT_ASKED, SPOILT, CUT, ELSE = (
    "not among the passages",
    "the model was not asked",
    "spoilt by the model",
    "cut though true",
    "lost otherwise",
)
STAGES = (NOT_SENT, NOT_ASKED, SPOILT, CUT, ELSE)


@dataclass(frozen=True)
class Shown:
    """A line of an answer without its marks, and what it cites."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Trial:
    """What came of a set's questions; ``replies`` has what the model told to each, by name."""

    of: EvalSet
    share: float
    outcome: Outcome
    replies: dict[str, tuple[Reply, ...]]

    @property
    def answerable(self) -> list[Asked]:
        """The questions that have an answer."""
        return [one for one in self.outcome.answers if not one.question.unanswerable]

    @property
    def lies(self) -> list[tuple[Asked, Reply, Told]]:
        """What the model told falsely, or beside the question."""
        return [told for told in self._list_told() if told[2].spoilt]

    def list_standing(self) -> list[tuple[Asked, Told]]:
        """The spoilt lines that are shown: there must be none."""
        return [(one, line) for one, reply, line in self.lies if self._is_shown(one, reply, line)]

    def list_cut(self) -> list[tuple[Asked, Told, str]]:
        """The true lines that are not shown, with the reason."""
        return [
            (one, line, self._find_reason(reply, line))
            for one, reply, line in self._list_told()
            if not line.spoilt and not self._is_shown(one, reply, line)
        ]

    @property
    def right(self) -> float | None:
        """The share of answerable questions that are answered right."""
        asked = self.answerable
        hits = sum(is_right(one.question, one.answer) for one in asked)
        return share_of((hits, len(asked)))

    def get_precision(self, *, own: bool = False) -> float | None:
        """The share of the citations of the model's lines that are of the labels' sentences.

        ``own``: of the bot's own lines instead, out of the ledger and of sources that differ.
        """
        told = [
            self.is_support(one, cited) for one, is_own, cited in self.list_cited() if is_own is own
        ]
        return share_of((sum(told), len(told)))

    def list_cited(self) -> list[tuple[Asked, bool, Citation]]:
        """What each line of an answer cites, and whether the line is the bot's own."""
        return [
            (one, not any(text in fold(shown.text) for text in texts), cited)
            for one in self.outcome.answers
            if one.answer.is_answered
            for texts in [self._list_texts(one)]
            for shown in list_shown(one)
            for cited in shown.citations
        ]

    def _list_texts(self, one: Asked) -> list[str]:
        replies = self.replies.get(name(one.question), ())
        return [fold(line.text) for reply in replies for line in reply.lines]

    @property
    def recall(self) -> float | None:
        """The share of what the answers need, and the model told truly, that they cite."""
        pairs = [self._count_cited(one) for one in self.answerable if one.answer.is_answered]
        return share_of((sum(hits for hits, _ in pairs), sum(tries for _, tries in pairs)))

    def is_support(self, one: Asked, cited: Citation) -> bool:
        """Whether a sentence is of an article that tells, and holds some of what is needed.

        Or it is cited rightly beside such a one, for another word of a right line.
        """
        if self.outcome.names[cited.article_id] not in one.question.support:
            return False
        needs = list_needs(one.question, self.of)
        beside = [
            reply.sent.sentences[cite]
            for reply in self.replies.get(name(one.question), ())
            for line in reply.lines
            if not line.spoilt
            for cite in line.cites
        ]
        return any(holds(cited.quote, need) for need in needs) or form(cited.quote) in map(
            form, beside
        )

    def find_stage(self, one: Asked) -> str:
        """Where the right answer was lost, empty if it was not."""
        if is_right(one.question, one.answer):
            return ""
        replies = self.replies.get(name(one.question), ())
        if not replies:
            return NOT_ASKED
        if not any(reply.lines for reply in replies):
            return NOT_SENT
        if any(line.spoilt for reply in replies for line in reply.lines):
            return SPOILT
        return CUT if any(cut is one for cut, _, _ in self.list_cut()) else ELSE

    def _list_told(self) -> list[tuple[Asked, Reply, Told]]:
        return [
            (one, reply, line)
            for one in self.outcome.answers
            for reply in self.replies.get(name(one.question), ())
            for line in reply.lines
        ]

    def _count_cited(self, one: Asked) -> tuple[int, int]:
        true = [
            line.text
            for reply in self.replies.get(name(one.question), ())
            for line in reply.lines
            if not line.spoilt
        ]
        needs = list_needs(one.question, self.of)
        told = [need for need in needs if any(holds(text, need) for text in true)]
        quotes = [cited.quote for cited in one.answer.citations if self.is_support(one, cited)]
        return sum(any(holds(quote, need) for quote in quotes) for need in told), len(told)

    def _is_shown(self, one: Asked, reply: Reply, line: Told) -> bool:
        """Whether the answer has the line; one that is false in what it cites, with that."""
        if not one.answer.is_answered:
            return False
        text = fold(line.text)
        if line.spoilt not in TRUE_KINDS:
            return text in fold(one.answer.text)
        # Within quotation marks it is one side of what the bot itself sets beside another.
        lines = [shown for shown in list_shown(one) if fold(shown.text).endswith(text)]
        if line.spoilt != "citation":
            return bool(lines)
        false = {fold(reply.sent.sentences[cite]) for cite in line.cites}
        return any(fold(cited.quote) in false for shown in lines for cited in shown.citations)

    def _find_reason(self, reply: Reply, line: Told) -> str:
        """What grounding says of the line alone."""
        article = self.outcome.articles[reply.sent.get_ref(line.cites[0])]
        quotes = [reply.sent.sentences[cite] for cite in line.cites]
        if any(is_addressed_to_machine(quote) for quote in quotes):
            return "it speaks to a machine"
        fault = find_fault(line.text, " ".join(quotes), article)
        long = f"it has {len(line.text)} characters"
        return f"{fault[0]}: {fault[1]}" if fault else long if len(line.text) > 300 else "not shown"


Try = Callable[..., Awaitable[Trial]]
"""``(share, seed=1)`` → what comes of it when that share of the lines is spoilt."""


def list_shown(one: Asked) -> list[Shown]:
    """The lines of an answer."""
    cited = {citation.n: citation for citation in one.answer.citations}
    return [
        Shown(
            _MARK.sub("", line).strip(),
            tuple(cited[int(n)] for n in _MARK.findall(line) if int(n) in cited),
        )
        for line in one.answer.text.splitlines()
    ]


@asynccontextmanager
async def open_trials(of: EvalSet) -> AsyncIterator[Try]:
    """Let the oracle read the set's articles; then its questions can be tried again and again."""
    model = AnswerSpoiler(of)
    labels = {ref: replace(label, injection=False) for ref, label in of.labels.items()}
    articles = replace(of, questions=(), pages={}, labels=labels)
    async with FakeModel(model) as server:
        with tempfile.TemporaryDirectory() as folder:
            settings = settings_for(
                Path(folder), openai_base_url=server.base_url, openai_model="oracle"
            )
            async with open_tools(settings, clock=lambda: of.until) as tools:
                commands = BotCommands(tools)
                outcome = await run_set(articles, tools, commands, unwatched)

                async def run(share: float, seed: int = 1) -> Trial:
                    model.share, model.seed, model.replies = share, seed, {}
                    answers: list[Asked] = []
                    for question in of.questions or ():
                        model.asking = question
                        now = parse_asked_at(question.asked_at)
                        answer = await commands.ask(WORKSPACE, question.question, now=now)
                        answers.append(Asked(question, answer))
                    replies = {key: tuple(told) for key, told in model.replies.items()}
                    return Trial(of, share, replace(outcome, answers=answers), replies)

                yield run
