"""No message breaks a limit of Discord's, whatever the words; nothing is lost, nothing is live."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from discord_reader import must_fit, read, read_all
from discord_samples import BRIEF, VISITS, citation
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.discord.inert import plain
from bot.channels.discord.limits import Payload, check_payload, count_nodes, measure
from bot.channels.discord.pages import join, pieces
from bot.channels.discord.render import render_brief, without_mark
from bot.model import (
    Brief,
    Change,
    Contradiction,
    Item,
    Precision,
    Section,
    VisitDates,
    VisitStatus,
)


@pytest.mark.parametrize(
    ("payload", "problem"),
    [
        ({"embeds": []}, "the message is empty"),
        ({"embeds": [{"title": "t"}], "content": "c"}, "unknown part content"),
        ({"embeds": [{"title": "t", "url": "u"}]}, "embed 1: unknown part url"),
        ({"embeds": [{"title": " ", "description": " \n"}]}, "embed 1: neither title"),
        ({"embeds": [{"title": "t" * 257}]}, "embed 1: title: 257 of 256"),
        ({"embeds": [{"title": "\U0001f600" * 129}]}, "embed 1: title: 258 of 256"),
        ({"embeds": [{"description": "d" * 4097}]}, "embed 1: description: 4,097 of 4,096"),
        ({"embeds": [{"title": "t", "footer": {"text": "f" * 2049}}]}, "embed 1: footer"),
        ({"embeds": [{"title": "t"}] * 11}, "embeds: 11 of 10"),
        ({"embeds": [{"description": "d" * 3001}] * 2}, "text of all embeds: 6,002 of 6,000"),
        ({"embeds": [{"description": "**b** " * 81}]}, "markup of all embeds: 81 of 80"),
    ],
)
def test_a_message_over_a_limit_is_caught(payload: Payload, problem: str) -> None:
    assert any(found.startswith(problem) for found in check_payload(payload))


def test_a_message_at_its_limits_is_fit() -> None:
    embeds = [{"title": "t" * 256, "description": "d" * 4096}, {"description": "e" * 1648}]
    assert check_payload({"embeds": embeds}) == []


def test_links_bold_words_and_small_lines_count_as_markup() -> None:
    assert count_nodes("**New** · text\n-# \\[1\\] [a](https://b.test) · day\n> quote") == 4
    assert count_nodes("\\*\\*no\\*\\* \\[x\\](y) - a > b") == 0


def test_lines_of_one_block_are_parted_only_when_too_long() -> None:
    assert join(["a", "b"]) == ("a\nb",)
    assert join(["a" * 3000, "b" * 3000]) == ("a" * 3000, "b" * 3000)


def test_many_short_lines_with_links_are_spread_over_messages() -> None:
    items = tuple(Item(text="x", citations=(citation(n), citation(n + 1))) for n in range(60))
    section = Section(tag="t", title="T", items=items)
    payloads = render_brief(replace(BRIEF, sections=(section,)), without_mark)
    must_fit(payloads)
    assert len(payloads) > 3


def test_many_quiet_sections_are_spread_over_messages() -> None:
    sections = tuple(Section(tag="t", title=f"Topic {n}", items=()) for n in range(25))
    payloads = render_brief(replace(BRIEF, sections=sections), without_mark)
    must_fit(payloads)
    assert read_all(payloads).text.count("Nothing new.") == 25


# ---------------------------------------------------------------- any brief at all

_WORDS = st.sampled_from(
    (
        "trade", "F-35", "عربى", "עברית", "हिन्दी", "\u202e", "@everyone", "<@1>", "**bold**",
        "[x](https://evil.test)", "https://evil.test/x", "discord.gg/abc", "\U0001f600", "-#", "1.",
        "`", "||", "\n# head", "\n> quote", "\\", "w" * 400,
    )
) | st.text(max_size=8)  # fmt: skip
_TEXT = st.one_of(
    st.lists(_WORDS, max_size=12).map(" ".join),
    st.integers(1, 6000).map(lambda size: "long " * (size // 5)),
    st.integers(1, 5000).map(lambda size: "*" * size),
)
_URL = st.one_of(
    st.text(max_size=20).map(lambda tail: f"https://stored.test/{tail}"),
    st.sampled_from(("javascript:x", "https://discord.gg/x", "", "https://stored.test/)](x")),
)
_CITATIONS = st.lists(
    st.builds(
        lambda n, url, outlet: replace(citation(n), article_url=url, outlet=outlet),
        st.integers(1, 9999),
        _URL,
        _TEXT,
    ),
    max_size=4,
).map(tuple)
_ITEM = st.builds(
    Item,
    text=_TEXT,
    citations=_CITATIONS,
    change=st.none() | st.sampled_from(Change),
    before=st.none() | _TEXT,
    was=_CITATIONS,
)
_SECTION = st.builds(
    Section,
    tag=st.just("tag"),
    title=_TEXT,
    items=st.lists(_ITEM, max_size=25).map(tuple),
    omitted=st.integers(0, 3),
)
_VISIT = st.builds(
    lambda who, where, place, status: replace(
        VISITS[0],
        visitor=who,
        host=where,
        place=place,
        status=status,
        dates=VisitDates("2025", None, Precision.YEAR),
    ),
    _TEXT,
    _TEXT,
    _TEXT,
    st.sampled_from(VisitStatus),
)
_BRIEFS = st.builds(
    lambda sections, visits, pairs, failing, note: replace(
        BRIEF,
        sections=tuple(sections),
        visits=tuple(visits),
        contradictions=tuple(pairs),
        trust=replace(BRIEF.trust, feeds_failing=tuple(failing)),
        note=note,
    ),
    st.lists(_SECTION, max_size=4),
    st.lists(_VISIT, max_size=3),
    st.lists(st.builds(Contradiction, _TEXT, _ITEM, _ITEM), max_size=2),
    st.lists(_TEXT, max_size=3),
    _TEXT,
)


def _items(brief: Brief) -> Iterator[Item]:
    for section in brief.sections:
        yield from section.items
    for pair in brief.contradictions:
        yield from (pair.first, pair.second)


@settings(max_examples=30)
@given(_BRIEFS)
def test_any_brief_fits_loses_no_line_and_links_only_stored_pages(brief: Brief) -> None:
    payloads = render_brief(brief, without_mark)
    must_fit(payloads)
    shown = read_all(payloads)
    assert shown.kinds() <= {"bold", "block", "link"}
    assert {found for kind, found in shown.live if kind == "block"} <= {"-# ", "> "}
    links = [target for kind, target in shown.live if kind == "link"]
    assert {urlsplit(target).hostname for target in links} <= {
        "stored.test",
        "news.example.org",
    }
    at = 0
    for item in _items(brief):
        for piece in pieces(item.text):
            words = read(piece).words
            found = shown.words.find(words, at)
            assert found >= 0, words
            at = found + len(words)


@settings(max_examples=100)
@given(_TEXT)
def test_pieces_hold_every_character_and_fit_a_block(text: str) -> None:
    parts = pieces(text)
    assert all(measure(part) <= 3100 for part in parts)
    shown = [read(part).text.replace("\u2060", "").rstrip("\n") for part in parts]
    inner = [
        part[2 if number else 0 : len(part) - (2 if number < len(shown) - 1 else 0)]
        for number, part in enumerate(shown)
    ]
    assert "".join("".join(inner).split()) == "".join(plain(text).split())
