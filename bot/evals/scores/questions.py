"""Questions: answered right, rightly refused, and cited from the articles that tell."""

import re
from collections.abc import Iterator, Sequence

from bot.evals.figures import Row, Tally, tally_share
from bot.evals.gold import EvalSet, GoldQuestion
from bot.evals.parts import Miss, Part
from bot.evals.run import Outcome
from bot.model import Answer

_MARK = re.compile(r"\s*\[\d+\]")


def score_questions(gold: EvalSet, outcome: Outcome) -> Part:
    """An answer is right when it has every keyword, and one of each list of alternatives.

    The citation marks are taken out first: their digits are no keywords.
    """
    if gold.questions is None:
        return Part(name="questions", title="Questions", skipped="no questions.jsonl")
    asked = [(question, answer) for question, answer in outcome.answers]
    told = [(q, a) for q, a in asked if not q.unanswerable]
    untold = [(q, a) for q, a in asked if q.unanswerable]
    wrong = [(a.is_answered and not is_right(q, a), 1) for q, a in asked]
    support = [_count_support(q, a, outcome) for q, a in told if a.is_answered]
    return Part(
        name="questions",
        title="Questions",
        tallies=(
            _tally("right", "answered right", [(is_right(q, a), 1) for q, a in told]),
            _tally("refused", "rightly refused", [(not a.is_answered, 1) for _, a in untold]),
            _tally("wrong_answers", "wrong answers", wrong),
            _tally("wrong_refusals", "wrong refusals", [(not a.is_answered, 1) for _, a in told]),
            tally_share("questions.support", "citations in support", support, unit="citation"),
        ),
        misses=tuple(miss for q, a in asked for miss in _list_misses(q, a)),
    )


def _tally(name: str, title: str, rows: Sequence[Row]) -> Tally:
    return tally_share(f"questions.{name}", title, rows, unit="question")


def is_right(question: GoldQuestion, answer: Answer) -> bool:
    """Whether the answer holds what it must; to an unanswerable question none does."""
    if question.unanswerable or not answer.is_answered:
        return False
    text = _MARK.sub("", answer.text).lower()
    return all(word.lower() in text for word in question.answer_keywords) and all(
        any(word.lower() in text for word in words) for words in question.answer_keywords_any
    )


def _count_support(question: GoldQuestion, answer: Answer, outcome: Outcome) -> Row:
    """(citations from supporting articles, citations)."""
    cited = [outcome.names[citation.article_id] for citation in answer.citations]
    return (sum(ref in question.support for ref in cited), len(cited))


def _list_misses(question: GoldQuestion, answer: Answer) -> Iterator[Miss]:
    if is_right(question, answer) or (question.unanswerable and not answer.is_answered):
        return
    what = "wrong answer" if answer.is_answered else "wrong refusal"
    yield Miss(
        question.id or "question", what, f"{question.question} → {' '.join(answer.text.split())}"
    )
