"""usage → may ask, or the friendly line that says when again; and whether a model has tokens."""

from dataclasses import dataclass

from bot.errors import InputError
from bot.model import Usage

QUEUE = 200
"""Questions of one workspace that may wait at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much may be asked, and what a model may take; a day is the last 24 hours.

    Tokens are limited for one workspace's questions, and for all questions and articles
    together; 0 means that they are not.
    """

    questions_per_minute: int
    questions_per_day: int
    server_questions_per_day: int
    workspace_tokens_per_day: int
    tokens_per_day: int


def check_usage(usage: Usage, limits: Limits) -> None:
    """Let a member's next question pass.

    Raises:
        InputError: it would be one too many; the line says why, and when to ask again.
    """
    if usage.member_minute >= limits.questions_per_minute:
        asked = _count(usage.member_minute)
        raise InputError(f"You have asked {asked} in this minute: ask again in a moment.")
    if usage.member_day >= limits.questions_per_day:
        asked = _count(usage.member_day)
        raise InputError(f"You have asked {asked} in 24 hours: ask again in some hours.")
    if usage.workspace_day >= limits.server_questions_per_day:
        were = "was" if usage.workspace_day == 1 else "were"
        asked = f"{_count(usage.workspace_day)} {were} asked here"
        raise InputError(f"{asked} in 24 hours: ask again in some hours.")
    if usage.waiting >= QUEUE:
        raise InputError("Many questions wait here just now: ask again in a few minutes.")


def has_tokens(usage: Usage, limits: Limits) -> bool:
    """Whether a model may still answer a question of this workspace."""
    own = limits.workspace_tokens_per_day
    is_own_spent = bool(own) and usage.tokens >= own
    left = count_tokens_left(usage, limits)
    return not is_own_spent and (left is None or left > 0)


def count_tokens_left(usage: Usage, limits: Limits) -> int | None:
    """What a model may still take for all questions and articles; None if nothing limits it."""
    if not limits.tokens_per_day:
        return None
    return max(0, limits.tokens_per_day - usage.tokens_of_all)


def _count(questions: int) -> str:
    return "1 question" if questions == 1 else f"{questions:,} questions"
