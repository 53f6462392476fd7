"""Text of feeds is data: whatever stands in it, the file is valid and holds one event."""

import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from calendar_samples import APRIL, PLANNED, entry, move, visit
from hypothesis import given, settings
from hypothesis import strategies as st
from ics_reader import only, read, write

from bot.model import CalendarEntry
from bot.text.clean import clean_text

CASES = json.loads((Path(__file__).parents[1] / "data" / "bad_inputs.json").read_text("utf-8"))
INJECTION = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nSUMMARY:evil"
TEXTS = [
    INJECTION,
    INJECTION.replace("\r\n", "\n"),
    INJECTION.replace("\r\n", "\r"),
    INJECTION.replace("\r\n", "\u2028"),
    INJECTION.replace("\r\n", "\x85"),
    "\\nBEGIN:VALARM\\n;,:\"^n^'\\",
    "\x00\x07\x1b[2J\x7f\x9b",
    "\u202egnp.exe\u2066\u200f\u200b\ufeff",
    "\ud800 lone \udfff",
    "<a href=https://evil.example>log in</a><!-- <img src=x> -->",
    "T" * 100_000,
    "न" * 100_000,
    "\u0301" * 50_000,
    "👩‍👩‍👧‍👦" * 5_000,
    " \t\n",
    "",
]


def filled(text: str) -> CalendarEntry:
    """An entry with that text wherever a feed or a model could put it."""
    told = move(1, PLANNED, APRIL, quote=text, outlet=text, url=text)
    told = replace(told, title=text, article_url=text)
    filled = visit(told, move(2, PLANNED, APRIL), visitor=text, host=text, place=text)
    return entry(replace(filled, purpose=text, key=text))


def check(text: str) -> None:
    file = write(filled(text), name=text)
    (event,) = read(file).values()
    assert event.uid == "a1b2@briefing-bot"
    for line in file.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode()
    for border in (b"BEGIN:", b"END:"):
        assert sum(line.startswith(border) for line in file.split(b"\r\n")) == 2
    shown = f"{event.summary}{event.location}{event.description}{event.url}"
    seen = clean_text(shown).split()
    assert seen == unicodedata.normalize("NFC", shown).split(), "nothing that nobody sees"
    assert "<a" not in shown
    assert "<!" not in shown
    assert len(event.summary) < 300
    assert len(event.description) < 5_000
    assert event.url.startswith("https://gazette.example/") or text.startswith("http")


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_hostile_text_is_inert(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if isinstance(case["input"], str) and case["input"]],
    ids=lambda case: case["id"],
)
def test_every_hostile_input_that_is_known_is_inert(case: dict[str, str]) -> None:
    check(case["input"])


@settings(deadline=None)
@given(st.text(st.characters()))
def test_any_text_is_inert(text: str) -> None:
    check(text)


def test_a_text_cut_short_says_so() -> None:
    told = visit(move(1, PLANNED, APRIL, quote="word " * 100), visitor="V" * 101)
    event = only(write(entry(told)))
    assert event.summary == f"planned: {'V' * 99}… → Tokyo"
    assert f"“{'word ' * 59}word…”" in event.description
    hidden = visit(move(1, PLANNED, APRIL), visitor="V" + "\u200b" * 1000)
    assert only(write(entry(hidden))).summary == "planned: V… → Tokyo"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://news.test/a?b=1,2;3&c=%20#d", "https://news.test/a?b=1,2;3&c=%20#d"),
        ("https://news.test/a b\r\nX-EVIL:1", "https://news.test/a%20b%0D%0AX-EVIL:1"),
        ("https://news.test/नरेंद्र", "https://news.test/%E0%A4%A8%E0%A4%B0%E0%A5%87"),
        ('https://news.test/"<b>', "https://news.test/%22%3Cb%3E"),
        ("javascript:alert(1)", ""),
        ("file:seed.txt", ""),
        ("https://user:secret@news.test/", ""),
        ("https://", ""),
        ("http://[::1", ""),
        (f"https://news.test/{'a' * 2000}", ""),
    ],
)
def test_only_an_address_that_a_browser_opens_is_linked(url: str, shown: str) -> None:
    event = only(write(entry(visit(move(1, PLANNED, APRIL, url=url)))))
    assert event.url.startswith(shown)
    assert bool(event.url) == bool(shown)
    assert event.url in event.description
    assert ("secret" in event.description) is False
