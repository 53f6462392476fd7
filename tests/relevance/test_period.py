"""question × now → since when what it asks about was published."""

from datetime import UTC, datetime

import pytest

from bot.relevance.period import find_since

NOW = datetime(2025, 2, 12, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("what happened yesterday", (2025, 2, 11)),
        ("news from last week on tariffs", (2025, 2, 3)),
        ("qu'a dit modi hier", (2025, 2, 11)),
        ("qué pasó la semana pasada", (2025, 2, 3)),
        ("पिछले हफ़्ते क्या हुआ", (2025, 2, 3)),
        ("anything today on radars", (2025, 2, 12)),
    ],
)
def test_a_time_just_past_begins_with_its_first_day_anywhere(
    text: str, since: tuple[int, int, int]
) -> None:
    found = find_since(text, NOW)
    assert found is not None
    first = datetime(*since, tzinfo=UTC)
    assert (first - found).total_seconds() == 14 * 3600


@pytest.mark.parametrize(
    "text",
    ["when is the summit next week", "in february what happens", "on 12 february what", "hi"],
)
def test_a_time_of_the_event_restricts_nothing(text: str) -> None:
    assert find_since(text, NOW) is None
