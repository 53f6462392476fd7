"""Questions: found, answered right, cited from the articles that tell, and rightly refused."""

import re
from collections.abc import Callable, Iterator, Sequence

from bot.evals.figures import Row, Tally, tally_share
from bot.evals.gold import EvalSet, GoldQuestion
from bot.evals.parts import Miss, Part
from bot.evals.run import Asked, Outcome
from bot.model import Answer

FIRST = 5
"""Among so many passages a supporting article should be."""
KINDS = ("single", "latest", "multi")
_MARK = re.compile(r"\s*\[\d+\]")


def score_questions(gold: EvalSet, outcome: Outcome) -> Part:
    """An answer is right when it has every keyword, and one of each list of alternatives.

    The citation marks are taken out first: their digits are no keywords.
    """
    if gold.questions is None:
        return Part(name="questions", title="Questions", skipped="no questions.jsonl")
    asked = outcome.answers
    told = [one for one in asked if not one.question.unanswerable]
    answered = [_count_support(one, outcome) for one in told if one.answer.is_answered]
    cited = [(hits > 0, 1) for hits, _ in answered]
    wrong = [
        (one.answer.is_answered and not is_right(one.question, one.answer), 1) for one in asked
    ]
    refused = [(not one.answer.is_answered, 1) for one in told]
    return Part(
        name="questions",
        title="Questions",
        tallies=(
            *_tally_main(asked, outcome),
            _tally("cited", "cited article right", cited),
            tally_share("questions.support", "citations in support", answered, unit="citation"),
            _tally("wrong_refusals", "wrong refusals", refused, is_bad=True),
            _tally("wrong_answers", "wrong answers", wrong, is_bad=True),
            *_tally_kinds(asked, outcome),
            *_tally_languages(asked, outcome),
        ),
        misses=tuple(miss for one in asked for miss in _list_misses(one, outcome)),
    )


def is_right(question: GoldQuestion, answer: Answer) -> bool:
    """Whether the answer holds what it must; to an unanswerable question none does."""
    if question.unanswerable or not answer.is_answered:
        return False
    text = _MARK.sub("", answer.text).lower()
    return all(word.lower() in text for word in question.answer_keywords) and all(
        any(word.lower() in text for word in words) for words in question.answer_keywords_any
    )


def is_found(one: Asked, outcome: Outcome) -> bool:
    """Whether one of the first passages is of a supporting article."""
    refs = [outcome.names[passage.article.id] for passage in one.passages[:FIRST]]
    return any(ref in one.question.support for ref in refs)


def _count_support(one: Asked, outcome: Outcome) -> Row:
    """(citations from supporting articles, citations)."""
    cited = [outcome.names[citation.article_id] for citation in one.answer.citations]
    return (sum(ref in one.question.support for ref in cited), len(cited))


# ---------------------------------------------------------------- tallies


def _tally(name: str, title: str, rows: Sequence[Row], *, is_bad: bool = False) -> Tally:
    return tally_share(f"questions.{name}", title, rows, unit="question", is_bad=is_bad)


def _tally_main(asked: Sequence[Asked], outcome: Outcome, group: str = "") -> list[Tally]:
    """What is found, answered right and rightly refused of these questions."""
    name, title = (f".{group}", f", {group}") if group else ("", "")
    first = f"in first {FIRST}{title}" if group else f"support in first {FIRST}"
    told = [one for one in asked if not one.question.unanswerable]
    untold = [one for one in asked if one.question.unanswerable]
    found = [(is_found(one, outcome), 1) for one in told]
    right = [(is_right(one.question, one.answer), 1) for one in told]
    refused = [(not one.answer.is_answered, 1) for one in untold]
    return [
        _tally(f"found{name}", first, found),
        _tally(f"right{name}", f"answered right{title}", right),
        _tally(f"refused{name}", f"rightly refused{title}", refused),
    ]


def _tally_kinds(asked: Sequence[Asked], outcome: Outcome) -> list[Tally]:
    """The same of each kind of question that has an answer."""
    return _tally_groups(asked, outcome, KINDS, lambda one: one.question.kind)


def _tally_languages(asked: Sequence[Asked], outcome: Outcome) -> list[Tally]:
    """The same of the questions in each language, where there are several."""
    languages = sorted({one.question.lang for one in asked})
    if len(languages) < 2:
        return []
    return _tally_groups(asked, outcome, languages, lambda one: one.question.lang)


def _tally_groups(
    asked: Sequence[Asked],
    outcome: Outcome,
    groups: Sequence[str],
    get_group: Callable[[Asked], str],
) -> list[Tally]:
    return [
        tally
        for group in groups
        for tally in _tally_main([one for one in asked if get_group(one) == group], outcome, group)
        if tally.n
    ]


# ---------------------------------------------------------------- misses


def _list_misses(one: Asked, outcome: Outcome) -> Iterator[Miss]:
    question, answer = one.question, one.answer
    where = question.id or "question"
    if not question.unanswerable and not is_found(one, outcome):
        told = ", ".join(question.support)
        yield Miss(where, "support not among the first passages", f"{question.question} ({told})")
    if is_right(question, answer) or (question.unanswerable and not answer.is_answered):
        return
    what = "wrong answer" if answer.is_answered else "wrong refusal"
    yield Miss(where, what, f"{question.question} → {' '.join(answer.text.split())}")
