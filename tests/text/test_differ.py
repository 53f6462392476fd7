"""Two sentences of one thing: what differs is told, and what only looks so is not."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text.account import Account
from bot.text.cues import LANGUAGES
from bot.text.differ import Difference, find_difference
from bot.text.subject import name_subject
from bot.text.taken_back import Kind

ON = date(2025, 6, 10)
DATA = Path(__file__).parents[1] / "data" / "accounts.jsonl"

# ``kind`` is what is between the two: value, time, denied, taken back or none.
ROWS = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]


def rows(kind: str) -> list[tuple[str, str, str]]:
    return [(row["older"], row["newer"], row["lang"]) for row in ROWS if row["kind"] == kind]


def differ(
    older: str, newer: str, language: str = "en", *, newer_on: date = ON, is_one_event: bool = True
) -> Difference | None:
    return find_difference(
        Account(newer, language, newer_on),
        Account(older, language, ON),
        is_one_event=is_one_event,
    )


@pytest.mark.parametrize(("older", "newer", "language"), rows("value"))
def test_another_value_of_one_thing_is_seen(older: str, newer: str, language: str) -> None:
    found = differ(older, newer, language)
    assert found
    assert found.kind is Kind.VALUE
    assert found.before_text in older


@pytest.mark.parametrize(("older", "newer", "language"), rows("time"))
def test_another_day_of_what_is_ahead_is_seen(older: str, newer: str, language: str) -> None:
    found = differ(older, newer, language)
    assert found
    assert found.kind is Kind.TIME
    assert found.before_text in older


@pytest.mark.parametrize(("older", "newer", "language"), rows("denied"))
def test_a_denial_of_what_was_told_is_seen(older: str, newer: str, language: str) -> None:
    found = differ(older, newer, language)
    assert found
    assert found.kind in (Kind.DENIED, Kind.NEGATED)
    assert found.is_newer_denying
    again = differ(newer, older, language)
    assert again
    assert not again.is_newer_denying


@pytest.mark.parametrize(("older", "newer", "language"), rows("taken back"))
def test_what_is_taken_back_is_seen(older: str, newer: str, language: str) -> None:
    found = differ(older, newer, language)
    assert found
    assert found.kind in (Kind.DROPPED, Kind.NEGATED)


@pytest.mark.parametrize(("older", "newer", "language"), rows("none"))
def test_two_things_or_one_value_are_no_difference(older: str, newer: str, language: str) -> None:
    assert differ(older, newer, language) is None
    assert differ(newer, older, language) is None


def test_what_happens_every_night_is_another_thing_the_next_night() -> None:
    older = "Russia launched 120 drones at Ukraine overnight, Kyiv said."
    newer = "Russia launched 85 drones at Ukraine overnight, Kyiv said."
    assert differ(older, newer, newer_on=date(2025, 6, 12)) is None
    assert differ(older, newer)


def test_articles_on_other_events_must_share_a_full_name() -> None:
    older = "Norvane ordered three frigates for 2.1 billion euros."
    newer = "Norvane ordered three frigates for 2.6 billion euros."
    assert differ(older, newer)
    assert differ(older, newer, is_one_event=False) is None
    named = [text.replace("frigates", "frigates from Brandvik Yards") for text in (older, newer)]
    assert differ(*named, is_one_event=False)


@pytest.mark.parametrize(
    "newer",
    [
        "Sundara will spend $120 million, up from $88 million, on two patrol aircraft.",
        "Sundara will now spend $120 million on two patrol aircraft.",
        "Sundara will spend $120 million instead of $88 million on two patrol aircraft.",
    ],
)
def test_a_source_that_speaks_of_a_change_is_known(newer: str) -> None:
    older = "Sundara will spend $88 million on two patrol aircraft."
    found = differ(older, newer)
    assert found
    assert (found.is_told, found.before_text) == (True, "$88 million")
    plain = differ(older, "Sundara will spend $120 million on two patrol aircraft.")
    assert plain
    assert not plain.is_told


def test_a_toll_that_was_a_least_one_may_be_both() -> None:
    found = differ(
        "At least 12 people were killed in the Sarwan quake.",
        "The Sarwan quake killed 31 people.",
    )
    assert found
    assert found.is_bound


@pytest.mark.parametrize("language", ["de", "zh", "pcm", ""])
def test_a_language_without_word_lists_breaks_nothing(language: str) -> None:
    differ("Norway will buy 12 tanks.", "Norway will buy 15 tanks.", language)


@pytest.mark.parametrize(
    ("number", "subject"),
    [
        (0, "Hammerfeld Systems: coastal radars"),
        (2, "missile strike on the port of Tarvik"),
        (5, "Ledania: tariff on imported steel"),
    ],
)
def test_what_two_disagree_on_is_named_in_words_that_a_person_reads(
    number: int, subject: str
) -> None:
    older, newer, language = rows("value")[number]
    assert name_subject(Account(newer, language, ON), Account(older, language, ON)) == subject


@settings(max_examples=60)
@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_no_text_breaks_it_and_a_text_never_differs_from_itself(
    a: str, b: str, language: str
) -> None:
    differ(a, b, language)
    assert differ(a, a, language) is None
    name_subject(Account(a, language, ON), Account(b, language, ON))


def test_what_is_no_sentence_is_not_compared() -> None:
    endless = "Kestria will buy 12 radars, " + "said Kestria, " * 50_000
    assert Account(endless, "en", ON).values == ()
    assert differ(endless, endless.replace("12", "15")) is None
