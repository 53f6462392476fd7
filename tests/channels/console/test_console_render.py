"""What the terminal shows of briefs and answers."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.cells import cell_len

from bot.channels.console.layout import to_text
from bot.channels.console.render import render_answer, render_brief, render_changes
from bot.model import (
    Answer,
    Brief,
    Change,
    ChangeReport,
)

Golden = Callable[[str, str], None]


@pytest.mark.parametrize("width", [80, 120])
def test_a_brief_reads_as_its_golden_page(brief: Brief, golden: Golden, width: int) -> None:
    golden(f"console/brief-{width}.txt", to_text(render_brief(brief), width))


def test_a_quiet_brief_says_so_in_every_section_and_names_the_failing_feed(
    quiet: Brief, golden: Golden
) -> None:
    page = to_text(render_brief(quiet), 80)
    assert page.count("Nothing new.") == len(quiet.sections)
    assert "feeds failing: TASS" in page
    golden("console/quiet.txt", page)


def test_an_answer_and_a_refusal_read_as_their_golden_pages(
    answer: Answer, refusal: Answer, golden: Golden
) -> None:
    golden("console/answer.txt", to_text(render_answer(answer), 80))
    page = to_text(render_answer(refusal), 80)
    assert "Searched 27 articles from 3 feeds, 2 Jan 2025 – 28 Jan 2025." in page
    assert "Nearest passages" in page
    golden("console/refusal.txt", page)


def test_a_refusal_of_an_empty_desk_says_that_nothing_was_searched(refusal: Answer) -> None:
    searched = replace(refusal.searched, feeds=0, articles=0, oldest_at=None, newest_at=None)
    page = to_text(render_answer(replace(refusal, searched=searched, citations=())), 80)
    assert "Searched 0 articles from 0 feeds." in page
    assert "NEAREST" not in page


def test_a_sentence_that_is_the_item_is_not_quoted_again(brief: Brief) -> None:
    page = " ".join(to_text(render_brief(brief), 80).split())
    item = brief.sections[0].items[0]
    verbatim, copy = item.citations
    assert page.count(verbatim.quote) == 1
    assert page.count(f"“{copy.quote}”") == 1


def test_every_change_is_told_by_a_word_without_colour(brief: Brief) -> None:
    item = brief.sections[0].items[2]
    items = tuple(replace(item, change=change) for change in Change)
    section = replace(brief.sections[0], items=items)
    page = to_text(render_brief(replace(brief, sections=(section,))), 80)
    for change in Change:
        assert f"• {change.value.capitalize()} · Washington" in page


def test_what_an_item_was_before_stands_beside_its_change_with_its_sentence(brief: Brief) -> None:
    page = to_text(render_brief(brief), 80)
    assert "• Updated – was $3 billion [8] · India" in page
    assert "[8] Harbour Courier, 28 Jan 2025 — “The contract for Predator" in page
    sources = page[page.index("Sources ──") :]
    assert "[2, 8] Harbour Courier" in sources


def test_lines_beyond_the_cap_are_counted(brief: Brief) -> None:
    assert "+ 2 more lines below the cap" in to_text(render_brief(brief), 80)


def test_contradicting_sources_stand_side_by_side(brief: Brief) -> None:
    page = to_text(render_brief(brief), 80)
    assert re.search(r"^ +Newer +Older, primary source$", page, re.MULTILINE)
    assert re.search(r"It then says he wants .* New Delhi's own summary", page)


def test_an_address_is_never_cut_or_folded(brief: Brief) -> None:
    lines = to_text(render_brief(brief), 40).splitlines()
    for item in brief.sections[0].items:
        assert all(f"    {citation.article_url}" in lines for citation in item.citations)


def test_only_addresses_and_no_trailing_space_go_past_the_width(brief: Brief) -> None:
    for width in (40, 80, 100, 200):
        for line in to_text(render_brief(brief), width).splitlines():
            assert line == line.rstrip()
            assert cell_len(line) <= min(width, 100) or line.startswith("    https://")


def test_what_changed_reads_as_its_golden_page(report: ChangeReport, golden: Golden) -> None:
    page = to_text(render_changes(report), 80)
    assert "• Date moved – was planned, January 2025 [2] · Speaking" in page
    golden("console/changes.txt", page)


def test_a_stretch_in_which_nothing_changed_says_so(report: ChangeReport) -> None:
    page = to_text(render_changes(replace(report, visits=(), facts=(), contradictions=())), 80)
    assert "Nothing changed." in page
    assert "Sources" not in page
