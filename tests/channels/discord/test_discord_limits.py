"""No message breaks a limit of Discord's, whatever the words; nothing is lost, nothing is live."""

from dataclasses import replace

import pytest
from discord_reader import must_fit, read, read_all
from discord_samples import BRIEF, citation
from discord_words import ENGLISH
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.discord.inert import plain
from bot.channels.discord.limits import Payload, check_payload, count_nodes, measure
from bot.channels.discord.pages import join, pieces, without_mark
from bot.channels.discord.render import render_brief
from bot.model import (
    Item,
    Section,
)
from bot.ports.posting import PLAIN


@pytest.mark.parametrize(
    ("payload", "problem"),
    [
        ({"embeds": []}, "the message is empty"),
        ({"embeds": [{"title": "t"}], "poll": {}}, "unknown part poll"),
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
    payloads = render_brief(replace(BRIEF, sections=(section,)), without_mark, PLAIN, ENGLISH)
    must_fit(payloads)
    assert len(payloads) > 3


def test_many_quiet_sections_are_spread_over_messages() -> None:
    sections = tuple(Section(tag="t", title=f"Topic {n}", items=()) for n in range(25))
    payloads = render_brief(replace(BRIEF, sections=sections), without_mark, PLAIN, ENGLISH)
    must_fit(payloads)
    assert read_all(payloads).text.count("Nothing new.") == 25


# ---------------------------------------------------------------- any text at all

_WORDS = st.sampled_from(
    (
        *(
            "trade",
            "F-35",
            "عربى",
            "\u202e",
            "@everyone",
            "<@1>",
            "**bold**",
            "1.",
            "-#",
            "`",
            "\\",
        ),
        *("[x](https://evil.test)", "discord.gg/abc", "\U0001f600", "\n# head", "w" * 400),
    )
)
_TEXT = st.one_of(
    st.lists(_WORDS | st.text(max_size=8), max_size=12).map(" ".join),
    st.integers(1, 6000).map(lambda size: "long " * (size // 5)),
    st.integers(1, 5000).map(lambda size: "*" * size),
)


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
