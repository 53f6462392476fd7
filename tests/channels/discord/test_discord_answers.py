"""Answers, their sources and their votes on Discord: what is under them, whole and inert."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from discord_reader import list_embeds, must_fit, read_all
from discord_samples import (
    ANSWER,
    BRIEF,
    DISPUTED,
    KEY,
    LONG,
    NOW,
    QUIET,
    REFUSAL,
    REVIEWS,
    VISITS,
    citation,
)
from discord_words import ENGLISH
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.discord.answers import render_answer, render_reviews, render_sources
from bot.channels.discord.buttons import answer_buttons, brief_buttons, find_key
from bot.channels.discord.limits import Payload, check_payload
from bot.channels.discord.pages import without_mark
from bot.channels.discord.render import render_brief
from bot.model import Answer, Citation
from bot.ports.posting import PLAIN

HOSTILE: dict[str, Any] = json.loads(
    Path(__file__).with_name("discord_hostile.json").read_text(encoding="utf-8")
)
BUTTON = {"label": "l", "id": "i"}


def list_ids(payload: Payload) -> list[str]:
    buttons: Any = payload.get("buttons", [])
    return [button["id"] for button in buttons]


# ---------------------------------------------------------------- buttons


def test_under_an_answer_are_its_sources_and_two_votes_in_words() -> None:
    (payload,) = json.loads(json.dumps(render_answer(ANSWER, ENGLISH)))
    assert payload["buttons"] == [
        {"label": "Sources", "id": f"sources:{KEY}"},
        {"label": "Helpful", "id": f"vote:{KEY}:up", "emoji": "👍"},
        {"label": "Not helpful", "id": f"vote:{KEY}:down", "emoji": "👎"},
    ]


def test_every_part_of_a_brief_names_its_key_and_under_the_last_one_may_ask() -> None:
    *first, last = payloads = render_brief(LONG, without_mark, PLAIN, ENGLISH)
    must_fit(payloads)
    assert first
    assert {tuple(list_ids(payload)) for payload in first} == {(f"sources:{KEY}",)}
    assert {find_key(list_ids(payload)) for payload in payloads} == {KEY}
    assert list_ids(last) == [f"ask:{KEY}", f"sources:{KEY}"]


def test_the_parts_of_a_brief_that_is_kept_nowhere_or_cites_nothing_offer_no_sources() -> None:
    unkept = render_brief(replace(LONG, key=""), without_mark, PLAIN, ENGLISH)
    quiet = replace(QUIET, key=KEY, visits=VISITS * 60)
    *first, last = render_brief(quiet, without_mark, PLAIN, ENGLISH)
    assert first
    assert not any("buttons" in payload for payload in (*unkept, *first))
    assert list_ids(last) == [f"ask:{KEY}"]


def test_what_cites_nothing_offers_no_sources() -> None:
    (quiet,) = render_brief(replace(QUIET, key=KEY), without_mark, PLAIN, ENGLISH)
    assert list_ids(quiet) == [f"ask:{KEY}"]
    (refusal,) = render_answer(replace(REFUSAL, citations=()), ENGLISH)
    assert list_ids(refusal) == [f"vote:{KEY}:up", f"vote:{KEY}:down"]


def test_what_is_kept_nowhere_has_no_buttons() -> None:
    payloads = (
        *render_answer(replace(ANSWER, key=""), ENGLISH),
        *render_brief(replace(BRIEF, key=""), without_mark, PLAIN, ENGLISH),
    )
    assert not any("buttons" in payload for payload in payloads)


@given(st.from_regex(r"\A[A-Za-z0-9_.-]{1,80}\Z"))
def test_a_key_is_found_again_under_any_message_of_ours(key: str) -> None:
    for make in (answer_buttons, brief_buttons):
        buttons = make(key, ENGLISH, has_sources=True)
        assert find_key(button["id"] for button in buttons) == key
        assert check_payload({"embeds": [{"title": "t"}], "buttons": list(buttons)}) == []


@pytest.mark.parametrize("ids", [[], ["page:1"], ["sources:"], ["sources:a b"], ["ask:x\n"]])
def test_buttons_of_others_name_no_key(ids: list[str]) -> None:
    assert find_key(ids) == ""


@pytest.mark.parametrize(
    ("buttons", "problem"),
    [
        ([{**BUTTON, "id": str(n)} for n in range(26)], "buttons: 26 of 25"),
        ([{**BUTTON, "label": "l" * 81}], "button 1: label: 81 of 80"),
        ([{**BUTTON, "label": "👍" * 41}], "button 1: label: 82 of 80"),
        ([{**BUTTON, "id": "i" * 101}], "button 1: id: 101 of 100"),
        ([{**BUTTON, "label": " "}], "button 1: no label or no id"),
        ([{**BUTTON, "id": ""}], "button 1: no label or no id"),
        ([{**BUTTON, "url": "https://e.test"}], "button 1: unknown part url"),
        ([BUTTON, BUTTON], "buttons: two of one id"),
    ],
)
def test_buttons_over_a_limit_are_caught(buttons: list[dict[str, str]], problem: str) -> None:
    assert check_payload({"embeds": [{"title": "t"}], "buttons": buttons}) == [problem]


# ---------------------------------------------------------------- answers


def test_the_numbers_of_an_answer_open_at_the_sentences() -> None:
    first = list_embeds(render_answer(ANSWER, ENGLISH))[0]["description"]
    assert first.startswith(
        "It is confirmed for 12–13 February 2025 \\[[1](https://news.example.org/2025/01/28/1"
        "?a=1%28x%29#:~:text=Mr%20Modi%20will%20travel%20to%20Washington%20on%2012%20and%2013"
        "%20February)\\]."
    )


def test_numbers_are_linked_only_as_far_as_the_message_has_room() -> None:
    citations = tuple(
        replace(citation(n), article_url=f"https://news.example.org/{'a' * 900}{n}")
        for n in range(1, 31)
    )
    marks = " ".join(f"[{n}]" for n in range(1, 31))
    payloads = render_answer(replace(ANSWER, text=f"Words. {marks}", citations=citations), ENGLISH)
    must_fit(payloads)
    assert f"Words. {marks}" in read_all(payloads).text
    first = list_embeds(payloads)[0]["description"]
    assert first.count("](") == 3
    assert first.endswith(" \\[29\\] \\[30\\]")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("As they said [1], it is on.", "{} [2]"),
        ("As they said. [1]", "{} [2]"),
        ("As they said [1].", "Newer – Post: “{}” [2]"),
        ("As they said [1]", "Newer – Post: “{}” [2]"),
        ("As they said", "{} [1], it is on. [2]"),
        ("[1] As they said [1] [2]", "{} [2]."),
        ("[1]", "{} [2]"),
        ("*", "* [1] and {} [2]"),
    ],
)
def test_a_number_in_the_words_of_an_article_is_shown_and_not_linked(quote: str, text: str) -> None:
    citations = (citation(1, "Another."), citation(2, quote))
    whole = text.format(quote)
    payloads = render_answer(replace(ANSWER, text=whole, citations=citations), ENGLISH)
    must_fit(payloads)
    description = list_embeds(payloads)[0]["description"]
    assert whole in read_all(payloads).text
    assert "[1](" not in description
    assert description.count("[2](") == 1
    assert description.rstrip(".").endswith(")\\]")


def test_every_number_at_the_end_of_a_line_is_linked() -> None:
    both = replace(ANSWER, text="It is on. [1] [2]\nThe nearest thing found is [2].")
    description = list_embeds(render_answer(both, ENGLISH))[0]["description"]
    assert description.count("[1](") == 1
    assert description.count("[2](") == 2


def test_both_sides_are_told_each_with_its_source_and_the_note_is_small() -> None:
    embeds = list_embeds(render_answer(DISPUTED, ENGLISH))
    assert "$7.4 billion.” \\[[1](" in embeds[0]["description"]
    assert "$6.9 billion.” \\[[2](" in embeds[0]["description"]
    assert embeds[0]["description"].endswith("-# Only the last 4 questions are remembered here.")


def test_nobody_learns_who_asked() -> None:
    assert "6001" not in json.dumps(render_answer(ANSWER, ENGLISH))


# ---------------------------------------------------------------- sources


def _cite(number: int, words: int) -> tuple[Citation, ...]:
    return tuple(
        replace(citation(n, f"Sentence {n}: {'word ' * words}end {n}."), title=f"Title {n}")
        for n in range(1, number + 1)
    )


@pytest.mark.parametrize(("number", "words"), [(2, 1), (9, 300), (150, 20), (150, 300)])
def test_sources_are_shown_in_full_or_counted(number: int, words: int) -> None:
    payloads = render_sources(_cite(number, words), ENGLISH)
    must_fit(payloads)
    assert len(payloads) <= 3
    text = read_all(payloads).text
    left = re.search(r"\n(\d+) more: the brief or answer itself names them\.", text)
    shown = number - (int(left[1]) if left else 0)
    assert shown == number if number < 10 else 5 < shown < number
    at = -1
    for n in range(1, shown + 1):
        assert (at := text.index(f"[{n}] ", at + 1)) >= 0
        assert f"Title {n}" in text
        assert f"end {n}.”" in text
    assert f"[{shown + 1}] " not in text


def test_a_sentence_without_an_end_leaves_room_to_count_the_others() -> None:
    payloads = render_sources([citation(n, "*" * 100_000) for n in range(1, 151)], ENGLISH)
    must_fit(payloads)
    assert len(payloads) <= 3
    text = read_all(payloads).text
    assert "*…”" in text
    assert "\n149 more: " in text


@pytest.mark.parametrize("name", HOSTILE["texts"])
def test_words_of_others_do_nothing_in_answers_sources_and_reviews(name: str) -> None:
    words = HOSTILE["texts"][name]
    cited = replace(citation(1, words), title=words, outlet=words)
    turn = replace(REVIEWS[0].turn, question=words, answer=words)
    votes = tuple(replace(vote, reason=words) for vote in REVIEWS[0].votes)
    answer = replace(ANSWER, question=words, text=f"{words} [1]", note=words, citations=(cited,))
    for payloads in (
        render_answer(answer, ENGLISH),
        render_sources([cited], ENGLISH),
        render_reviews([replace(REVIEWS[0], turn=turn, votes=votes)], ENGLISH),
    ):
        must_fit(payloads)
        shown = read_all(payloads)
        assert shown.kinds() <= {"bold", "block", "link"}
        links = {target for kind, target in shown.live if kind == "link"}
        assert all(each.startswith("https://news.example.org/2025/01/28/1?") for each in links)


@pytest.mark.parametrize("name", HOSTILE["links"])
def test_an_address_that_is_no_link_stays_words_in_the_sources(name: str) -> None:
    (payload,) = render_sources([replace(citation(1), article_url=HOSTILE["links"][name])], ENGLISH)
    targets = [target for kind, target in read_all([payload]).live if kind == "link"]
    assert all(target.startswith(("http://", "https://")) for target in targets)
    assert not any("discord.com" in target for target in targets)


_TEXT = st.text(max_size=60) | st.integers(1, 6_000).map(lambda size: "*[1] " * (size // 5))


@given(text=_TEXT, note=_TEXT, title=_TEXT, quote=_TEXT)
def test_any_answer_and_its_sources_fit(text: str, note: str, title: str, quote: str) -> None:
    cited = tuple(replace(citation(n, quote), title=title) for n in (1, 2))
    answer: Answer = replace(ANSWER, question=title, text=text, note=note, citations=cited)
    must_fit(render_answer(answer, ENGLISH))
    must_fit(render_sources(cited, ENGLISH))


# ---------------------------------------------------------------- reviews


def test_a_review_shows_question_answer_votes_and_reasons_and_no_name() -> None:
    payloads = render_reviews(REVIEWS, ENGLISH)
    must_fit(payloads)
    text = read_all(payloads).text
    assert "What do the **aircraft** cost?" in text
    assert "Helpful: 1 · Not helpful: 1" in text
    assert "The contract is worth $7.4 billion." in text
    assert "Not helpful: Old: see" in text
    assert "6002" not in json.dumps(payloads)


def test_many_reviews_are_counted_where_they_have_no_room() -> None:
    turn = replace(REVIEWS[0].turn, answer="word " * 200)
    reviews = [replace(REVIEWS[0], turn=replace(turn, asked_at=NOW)) for _ in range(300)]
    payloads = render_reviews(reviews, ENGLISH)
    must_fit(payloads)
    assert len(payloads) == 5
    assert " more: " in read_all(payloads).text


def test_where_nobody_voted_it_says_how() -> None:
    assert "Nobody has voted on an answer yet." in read_all(render_reviews((), ENGLISH)).text
