"""Who may ask, and whether a model has tokens left."""

from dataclasses import replace

import pytest

from bot.errors import InputError
from bot.limits import QUEUE, Limits, check_usage, count_tokens_left, has_tokens
from bot.model import Usage

NONE = Usage(member_minute=0, member_day=0, workspace_day=0, waiting=0, tokens=0, tokens_of_all=0)
LIMITS = Limits(
    questions_per_minute=3,
    questions_per_day=100,
    server_questions_per_day=1000,
    workspace_tokens_per_day=500,
    tokens_per_day=1000,
)


def test_a_member_may_ask_up_to_each_limit() -> None:
    check_usage(NONE, LIMITS)
    check_usage(
        replace(NONE, member_minute=2, member_day=99, workspace_day=999, waiting=QUEUE - 1), LIMITS
    )


@pytest.mark.parametrize(
    ("usage", "line"),
    [
        (
            {"member_minute": 3, "member_day": 100},
            "You have asked 3 questions in this minute: ask again in a moment.",
        ),
        (
            {"member_day": 100, "workspace_day": 1000},
            "You have asked 100 questions in 24 hours: ask again in some hours.",
        ),
        (
            {"workspace_day": 1000, "waiting": QUEUE},
            "1,000 questions were asked here in 24 hours: ask again in some hours.",
        ),
        (
            {"waiting": QUEUE},
            "Many questions wait here just now: ask again in a few minutes.",
        ),
    ],
)
def test_one_more_gets_a_line_that_says_when_again(usage: dict[str, int], line: str) -> None:
    with pytest.raises(InputError) as refused:
        check_usage(replace(NONE, **usage), LIMITS)
    assert str(refused.value) == line


def test_a_limit_of_one_is_told_in_the_singular() -> None:
    with pytest.raises(InputError, match="You have asked 1 question in this minute"):
        check_usage(replace(NONE, member_minute=1), replace(LIMITS, questions_per_minute=1))


def test_a_model_is_asked_until_either_budget_is_used_up() -> None:
    assert has_tokens(replace(NONE, tokens=499, tokens_of_all=999), LIMITS)
    assert not has_tokens(replace(NONE, tokens=500), LIMITS)
    assert not has_tokens(replace(NONE, tokens_of_all=1000), LIMITS)


def test_no_budget_is_no_limit() -> None:
    free = replace(LIMITS, workspace_tokens_per_day=0, tokens_per_day=0)
    spent = replace(NONE, tokens=10**9, tokens_of_all=10**9)
    assert has_tokens(spent, free)
    assert count_tokens_left(spent, free) is None


def test_what_is_left_for_articles_is_never_less_than_nothing() -> None:
    assert count_tokens_left(replace(NONE, tokens_of_all=400), LIMITS) == 600
    assert count_tokens_left(replace(NONE, tokens_of_all=4000), LIMITS) == 0
