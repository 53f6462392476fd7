"""Briefs and replies read well on Discord, stay within its limits and lose nothing."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from discord_messages import MESSAGES
from discord_reader import list_embeds, must_fit, read_all
from discord_samples import (
    ANSWER,
    BRIEF,
    NOW,
    QUIET,
    REFUSAL,
    REPORT,
    citation,
)
from discord_words import ENGLISH

from bot.channels.discord.answers import render_answer
from bot.channels.discord.pages import without_mark
from bot.channels.discord.render import (
    render_brief,
    render_changes,
)
from bot.model import (
    Item,
    Section,
)
from bot.ports.posting import PLAIN

Golden = Callable[[str, str], None]


def _mark(number: int) -> str:
    return f"b7q2-{number}"


# ---------------------------------------------------------------- golden files


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_looks_as_its_golden_file(name: str, golden: Golden) -> None:
    payloads = MESSAGES[name]()
    must_fit(payloads)
    text = json.dumps(payloads, indent=1, ensure_ascii=False)
    golden(f"discord/{name}.json", f"{text}\n")


# ---------------------------------------------------------------- briefs


def test_a_change_is_told_by_a_word() -> None:
    text = read_all(render_brief(BRIEF, _mark, PLAIN, ENGLISH)).text
    assert "New · India and France" in text
    assert "Updated · Deliveries begin in 2028" in text
    assert "was: Deliveries begin in 2027" in text
    assert "was: planned, February 2025 [8]" in text
    assert "[8] Ministry of Trade" in text


def test_two_accounts_say_which_is_newer_and_which_is_a_primary_source() -> None:
    text = read_all(render_brief(BRIEF, _mark, PLAIN, ENGLISH)).text
    assert "Newer: The contract is worth $7.4 billion." in text
    assert "Older, primary source: The contract is worth $6.9 billion." in text


def test_a_stretch_in_which_nothing_changed_says_so() -> None:
    text = read_all(
        render_changes(replace(REPORT, visits=(), facts=(), contradictions=()), ENGLISH)
    ).text
    assert "Nothing changed." in text


def test_a_brief_of_a_day_is_named_by_its_local_date() -> None:
    late = replace(BRIEF, end_at=NOW.replace(hour=20), start_at=NOW.replace(day=28, hour=20))
    titles = [
        list_embeds(render_brief(replace(late, timezone=zone), _mark, PLAIN, ENGLISH))[0]["title"]
        for zone in ("UTC", "Asia/Kolkata")
    ]
    assert titles == ["Brief · 29 January 2025", "Brief · 30 January 2025"]


def test_a_brief_of_some_hours_is_named_by_date_and_hour() -> None:
    assert (
        list_embeds(render_brief(QUIET, _mark, PLAIN, ENGLISH))[0]["title"]
        == "Brief · 29 January 2025, 11:30"
    )


def test_a_day_of_23_hours_is_still_a_day() -> None:
    spring = replace(BRIEF, start_at=NOW - timedelta(hours=23))
    assert (
        list_embeds(render_brief(spring, _mark, PLAIN, ENGLISH))[0]["title"]
        == "Brief · 29 January 2025"
    )


def test_the_note_comes_first_and_a_quiet_section_says_so() -> None:
    first, *sections = list_embeds(render_brief(QUIET, _mark, PLAIN, ENGLISH))
    assert first["description"].startswith("The language model is not reachable")
    assert {embed["description"] for embed in sections} == {"Nothing new."}


def test_failing_feeds_are_named() -> None:
    assert "feeds failing: Halden Post" in read_all(render_brief(QUIET, _mark, PLAIN, ENGLISH)).text


def test_sixty_items_come_in_order_over_several_messages_each_with_its_own_mark() -> None:
    items = tuple(
        Item(text=f"Line {n:02} " + "word " * 30, citations=(citation(n),)) for n in range(1, 61)
    )
    brief = replace(BRIEF, sections=(Section(tag="trade", title="Trade", items=items),))
    payloads = render_brief(brief, _mark, PLAIN, ENGLISH)
    must_fit(payloads)
    assert len(payloads) > 2
    text = read_all(payloads).text
    places = [text.index(f"Line {n:02} ") for n in range(1, 61)]
    assert places == sorted(places)
    for number, payload in enumerate(payloads, 1):
        *others, last = list_embeds([payload])
        assert last["footer"]["text"].endswith(f"part {number} of {len(payloads)} · b7q2-{number}")
        assert not any("footer" in embed for embed in others)
    assert "Trade (continued)" in text


def test_a_text_over_any_limit_goes_on_in_the_next_block_with_a_sign() -> None:
    words = " ".join(f"word{n}" for n in range(3000))
    brief = replace(
        BRIEF, sections=(Section(tag="t", title="T", items=(Item(text=words, citations=()),)),)
    )
    payloads = render_brief(brief, _mark, PLAIN, ENGLISH)
    must_fit(payloads)
    shown = read_all(payloads)
    assert words.replace(" ", "") in shown.words.replace("…", "").replace("T(continued)", "")
    assert " …\n" in shown.text


def test_an_address_that_can_not_be_a_link_is_shown_as_words() -> None:
    bad = replace(citation(1), article_url="javascript:alert(1)", outlet="[Evil](https://x.test)")
    item = Item(text="A line.", citations=(bad,))
    brief = replace(QUIET, sections=(Section(tag="t", title="T", items=(item,)),))
    shown = read_all(render_brief(brief, _mark, PLAIN, ENGLISH))
    assert "link" not in shown.kinds()
    assert "(no link)" in shown.text


def test_brackets_in_the_words_of_a_link_become_round_ones() -> None:
    cited = replace(citation(1), outlet="Wire [live]")
    item = Item(text="A line.", citations=(cited,))
    brief = replace(QUIET, sections=(Section(tag="t", title="T", items=(item,)),))
    shown = read_all(render_brief(brief, _mark, PLAIN, ENGLISH))
    assert "Wire (live)" in shown.text
    assert "link" in shown.kinds()


# ---------------------------------------------------------------- answers and lists


def test_an_answer_shows_the_sentences_it_rests_on() -> None:
    shown = read_all(render_answer(ANSWER, ENGLISH))
    assert "“Mr Modi will travel to Washington on 12 and 13 February.”" in shown.text
    assert [kind for kind, _ in shown.live].count("link") == 4  # its numbers, and its sources


def test_an_answer_in_the_very_words_of_its_source_does_not_repeat_them() -> None:
    quote = "A visit in February is planned."
    answer = replace(ANSWER, text=f"{quote} [2]", citations=(citation(2, quote),))
    assert read_all(render_answer(answer, ENGLISH)).text.count(quote) == 1


def test_a_refusal_says_what_was_searched() -> None:
    text = read_all(render_answer(REFUSAL, ENGLISH)).text
    assert "Searched 1,432 articles of 12 feeds, from 1 November 2024 to 29 January 2025." in text


def test_a_message_nobody_looks_for_has_no_mark() -> None:
    (payload,) = render_brief(QUIET, without_mark, PLAIN, ENGLISH)
    assert list_embeds([payload])[-1]["footer"]["text"] == "Brief of 29 January 2025"


def test_rendering_does_not_load_the_client() -> None:
    code = "import sys, bot.channels.discord.render as r; sys.exit('discord' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
