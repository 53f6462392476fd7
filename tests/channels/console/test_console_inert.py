"""No text of a source or a model commands the terminal; a pipe gets the words alone."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from bot.channels.console.layout import print_page, to_text
from bot.channels.console.render import render_answer, render_brief
from bot.channels.console.wording import safe_url
from bot.model import (
    Answer,
    Brief,
    Change,
    Citation,
    Contradiction,
    Item,
    Section,
)

# Colours and links are all that a page may ask of a terminal.
OWN_COMMANDS = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;[^\x1b\x07]*\x1b\\")


def on_terminal(page: RenderableType, width: int = 80) -> str:
    out = StringIO()
    console = Console(file=out, width=width, force_terminal=True, color_system="truecolor")
    print_page(console, page)
    return out.getvalue()


def test_a_pipe_gets_no_colour_and_the_same_words(brief: Brief) -> None:
    out = StringIO()
    print_page(Console(file=out, width=80), render_brief(brief))
    assert "\x1b" not in out.getvalue()
    coloured = OWN_COMMANDS.sub("", on_terminal(render_brief(brief)))
    assert [line.rstrip() for line in coloured.splitlines()] == out.getvalue().splitlines()


HOSTILE = [
    "\x1b[2J\x1b[Hcleared",
    "\x1b]8;;https://evil.example/\x1b\\masked\x1b]8;;\x1b\\",
    "\x1b]0;title\x07",
    "\x1b]52;c;Y2xpcA==\x07",
    "\x1b]unterminated",
    "\x9b31mred",
    "\x1bP1;2|dcs\x1b\\",
    "over\rwritten\b\b\x00",
    "\u202egnp.exe\u200b\U000e0041",
    "a\nb\x0bc\x0cd\u2028e",
    "[bold red]loud[/bold red] [link=https://evil.example]x[/link] [/]",
    ":warning: \\[x]",
]


def hostile_brief(brief: Brief, text: str) -> Brief:
    citation = replace(
        brief.sections[0].items[0].citations[0],
        outlet=text,
        title=text,
        quote=text,
        article_url=f"https://x.example/{text}",
    )
    was = replace(citation, n=9, sentence=9, quote=f"Was: {text}")
    item = Item(
        text=f"Said: {text}",
        citations=(citation,),
        change=Change.UPDATED,
        before=text,
        was=(was,),
    )
    visits = tuple(
        replace(
            visit,
            visitor=text,
            host=text,
            place=text,
            history=tuple(replace(m, outlet=text, quote=text) for m in visit.history),
        )
        for visit in brief.visits
    )
    return replace(
        brief,
        note=text,
        sections=(Section(tag="t", title=text, items=(item,)),),
        visits=visits,
        contradictions=(Contradiction(text, item, item),),
        trust=replace(brief.trust, feeds_failing=(text,)),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_source_can_command_the_terminal(brief: Brief, text: str) -> None:
    shown = OWN_COMMANDS.sub("", on_terminal(render_brief(hostile_brief(brief, text))))
    left = {c for c in shown if ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202e\u200b"}
    assert left <= {"\n"}


def test_links_lead_only_to_stored_addresses(brief: Brief) -> None:
    text = "\x1b]8;;https://evil.example/\x1b\\masked"
    shown = on_terminal(render_brief(hostile_brief(brief, text)))
    targets = set(re.findall(r"\x1b\]8;[^;]*;([^\x1b]*)\x1b\\", shown)) - {""}
    assert targets == {safe_url(f"https://x.example/{text}")}
    assert all(target.startswith("https://x.example/") for target in targets)


def test_markup_and_emoji_codes_of_a_source_are_shown_as_written(brief: Brief) -> None:
    item = Item(text="[bold]loud[/bold] :smile: [/]", citations=())
    page = to_text(
        render_brief(replace(brief, sections=(Section(tag="t", title="[red]T", items=(item,)),))),
        80,
    )
    assert "[bold]loud[/bold] :smile: [/]" in page
    assert "[red]T" in page


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//x.example",
        "http://[",
        "",
    ],
)
def test_an_address_that_is_not_http_is_withheld(brief: Brief, url: str) -> None:
    citation = replace(brief.sections[0].items[0].citations[0], article_url=url)
    item = Item(text=citation.quote, citations=(citation,))
    section = Section(tag="t", title="T", items=(item,))
    shown = on_terminal(
        render_brief(replace(brief, sections=(section,), visits=(), contradictions=()))
    )
    assert "\x1b]8;" not in shown
    assert "(address withheld: not http or https)" in shown


@settings(max_examples=60)
@given(text=st.text(max_size=60), width=st.integers(20, 140))
def test_any_text_at_any_width_is_rendered_without_control_characters(
    text: str, width: int
) -> None:
    at = datetime(2025, 1, 28, tzinfo=UTC)
    citation = Citation(
        n=1,
        article_id=1,
        article_url=f"https://x.example/{text}",
        outlet=text,
        title=text,
        published_at=at,
        sentence=1,
        quote=text,
    )
    item = Item(text=text, citations=(citation,), change=Change.UPDATED, before=text)
    answer = Answer(
        question=text,
        is_answered=True,
        text=text,
        citations=item.citations,
        as_of=at,
        engine=text,
        searched=None,  # type: ignore[arg-type]
    )
    page = to_text(render_answer(answer), width)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", page)
