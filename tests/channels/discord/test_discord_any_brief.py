"""Any brief in any look: within every limit, no line lost or moved, nothing live but our own.

``make fuzz`` tries many more than a normal run: ``FUZZ_EXAMPLES``.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from itertools import count, islice

from discord_reader import Reading, list_embeds, must_fit, read, read_all
from discord_samples import BRIEF, KEY, NOW, VISITS, citation
from discord_words import WORDINGS
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.discord.corrections import render_corrected
from bot.channels.discord.fragments import LINE, find_text_target
from bot.channels.discord.inert import find_link_target, plain
from bot.channels.discord.limits import Payload
from bot.channels.discord.pages import pieces
from bot.channels.discord.render import render_brief
from bot.channels.discord.stamps import tell_distance
from bot.model import (
    Brief,
    Change,
    Citation,
    Contradiction,
    Correction,
    Form,
    Item,
    Look,
    Picture,
    Precision,
    Section,
    Style,
    VisitDates,
    VisitStatus,
)
from bot.text.dates import span

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "150"))
_MARK = "m" * 24
_MOST = 60

# ---------------------------------------------------------------- any brief

_WORDS = st.sampled_from(
    (
        *(
            "trade",
            "F-35",
            "12.5",
            "عربى",
            "עברית",
            "हिन्दी",
            "\u202e",
            "\u200b\u2060",
            "\U0001f600",
        ),
        *("@everyone", "@here", "<@1>", "<@&555001>", "<#2>", "<t:1:R>", "</ask:1>", "<:x:1>"),
        *("**bold**", "__u__", "~~s~~", "||s||", "`c`", "```", "\\", "\\*", "*", "_", "[", "]("),
        *("[x](https://evil.test)", "https://evil.test/x", "<https://evil.test>", "evil.test/x"),
        *(
            "discord.gg/abc",
            "www.evil.test",
            "http:/" + "/1.2.3.4",
            "-# ",
            "# ",
            "> ",
            ">>> ",
            "- ",
        ),
        *("1. ", "\n# head", "\n> quote", "\r\n-# x", "\x00", "e\u0301" * 9, "w" * 400, "[1]", "…"),
    )
)
_TEXT = st.one_of(
    st.lists(_WORDS | st.text(max_size=6), max_size=8).map(" ".join),
    st.builds("{}{}".format, _WORDS, st.text(max_size=20)),
    st.builds(lambda word, times: f"{word} " * times, _WORDS, st.integers(1, 250)),
    st.builds(lambda char, times: char * times, st.characters(), st.integers(1, 2_500)),
)
_URL = st.one_of(
    st.text(max_size=12).map(lambda tail: f"https://stored.test/{tail}"),
    st.integers(1, 1_200).map(lambda size: f"https://stored.test/{'a' * size}"),
    st.sampled_from(
        (
            "javascript:x",
            "https://discord.gg/x",
            "",
            "https://stored.test/)](x",
            "https://a@b.test/",
        )
    ),
)
_CITED = st.builds(
    lambda url, outlet, quote: replace(citation(1), article_url=url, outlet=outlet, quote=quote),
    _URL,
    _TEXT,
    _TEXT,
)
_DATES = st.sampled_from(
    (
        VisitDates(),
        VisitDates("2025", None, Precision.YEAR),
        VisitDates("2025-Q1", "2025-Q2", Precision.QUARTER),
        VisitDates("2025-02-27", "2025-03-02", Precision.DAY),
    )
)
_VISIT = st.builds(
    lambda who, where, place, status, dates, moves: replace(
        VISITS[0],
        visitor=who,
        host=where,
        place=place,
        status=status,
        dates=dates,
        history=VISITS[0].history[:moves],
    ),
    *(_TEXT, _TEXT, st.none() | _TEXT, st.sampled_from(VisitStatus), _DATES, st.integers(0, 4)),
)
_SIZE = st.one_of(st.integers(0, 4), st.sampled_from((7, 20, _MOST)))
_TITLE = st.sampled_from(("Defence", "Trade", "Topic {n}")) | _TEXT
_LOOK = st.builds(
    Look,
    form=st.sampled_from(Form),
    style=st.sampled_from(Style),
    mentions=st.lists(
        st.tuples(
            st.sampled_from(("tag0", "tag1", "tag9")),
            st.sampled_from(("555001", "555002", "9" * 20, "", "0", "x", "@everyone", "１２")),
        ),
        max_size=4,
    ).map(tuple),
    forum_tags=st.lists(_TEXT, max_size=7).map(tuple),
)


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    """A brief of few drawn texts, each used often: many lines, and quickly drawn."""
    texts = draw(st.lists(_TEXT, min_size=1, max_size=4))
    cited = draw(st.lists(_CITED, max_size=4))
    changes = draw(st.lists(st.none() | st.sampled_from(Change), min_size=1, max_size=3))
    befores = draw(st.lists(st.none() | _TEXT, min_size=1, max_size=2))
    widths = draw(st.lists(st.integers(0, 3), min_size=1, max_size=3))
    numbers = count(1)

    def cite(number: int) -> tuple[Citation, ...]:
        found = islice((cited * 3)[number % 4 :], widths[number % len(widths)])
        return tuple(replace(each, n=next(numbers), article_id=number % 7) for each in found)

    def item(number: int) -> Item:
        return Item(
            text=f"line{number}! {texts[number % len(texts)]}",
            citations=cite(number),
            change=changes[number % len(changes)],
            before=befores[number % len(befores)],
            was=cite(number + 1),
            about=texts[number % len(texts)],
        )

    lines = (item(number) for number in count(1))
    titles, sizes = (
        draw(st.lists(_TITLE, max_size=4)),
        draw(st.lists(_SIZE, min_size=1, max_size=4)),
    )
    sections = [
        Section(
            tag=f"tag{n}",
            title=title,
            items=tuple(islice(lines, sizes[n % len(sizes)])),
            omitted=sizes[0] % 3,
        )
        for n, title in enumerate(titles)
    ]
    pairs = [
        Contradiction(subject, next(lines), next(lines))
        for subject in draw(st.lists(_TEXT, max_size=2))
    ]
    return replace(
        BRIEF,
        sections=tuple(sections),
        visits=tuple(draw(st.lists(_VISIT, max_size=3))),
        contradictions=tuple(pairs),
        trust=replace(BRIEF.trust, feeds_failing=tuple(draw(st.lists(_TEXT, max_size=2)))),
        note=draw(st.just("") | _TEXT),
        start_at=NOW - timedelta(hours=draw(st.sampled_from((6, 24, 168)))),
        timezone=draw(st.sampled_from(("UTC", "Asia/Kolkata", "America/St_Johns"))),
        engine=draw(st.just("extractive") | _TEXT),
        key=draw(st.sampled_from(("", KEY))),
        picture=draw(st.none() | st.builds(Picture, st.just(b"png"), _TEXT)),
    )


_CORRECTIONS = st.lists(
    st.builds(
        lambda n, outlet, now, hours: Correction(
            n, outlet, "It was.", now, NOW + timedelta(hours=hours)
        ),
        *(st.integers(1, 99_999), _TEXT, st.just("") | _TEXT, st.integers(1, 24)),
    ),
    max_size=14,
)

# ---------------------------------------------------------------- what must hold


@settings(max_examples=EXAMPLES)
@given(briefs(), _LOOK, st.sampled_from(sorted(WORDINGS)), _CORRECTIONS)
def test_any_brief_in_any_look_fits_and_loses_nothing(
    brief: Brief, look: Look, language: str, corrections: list[Correction]
) -> None:
    words = WORDINGS[language]
    payloads = render_brief(brief, lambda number: f"{_MARK}{number}", look, words)
    must_fit(payloads)
    shown = read_all(payloads)
    _must_tell_every_line(brief, look, shown.words)
    _must_be_inert(brief, shown)
    _must_mention_only_who_waits(brief, look, payloads)
    _must_go_where_the_look_says(look, payloads)
    _must_be_found_again(payloads)
    first = json.loads(json.dumps(payloads[0]))
    once = render_corrected(first, corrections, look, words, brief.timezone)
    _must_tell_corrections(first, once, corrections)
    half = render_corrected(first, corrections[: len(corrections) // 2], look, words, "UTC")
    assert render_corrected(half, corrections, look, words, brief.timezone) == once


def _list_items(brief: Brief) -> Iterator[Item]:
    for section in brief.sections:
        yield from section.items
    for pair in brief.contradictions:
        yield from (pair.first, pair.second)


def _must_tell_every_line(brief: Brief, look: Look, shown: str) -> None:
    """Every word of every line stands there, in order; and what it replaces, and its numbers."""
    at = 0
    for item in _list_items(brief):
        for text in filter(None, (item.text, item.before)):
            for words in _read_pieces(text):
                found = shown.find(words, at)
                assert found >= 0, words
                at = found + len(words)
    if look.style is Style.COMPACT:
        for item in _list_items(brief):
            assert all(f"[{cited.n}]" in shown for cited in item.citations)


@lru_cache(maxsize=1_000)
def _read_pieces(text: str) -> tuple[str, ...]:
    return tuple(read(piece).words for piece in pieces(text))


def _must_be_inert(brief: Brief, shown: Reading) -> None:
    """Only bold words, small lines, visits' days and links to stored pages are live."""
    assert shown.kinds() <= {"bold", "block", "link", "time"}
    days = [days[0] for visit in brief.visits if (days := span(visit.dates))]
    assert {time for kind, time in shown.live if kind == "time"} <= set(map(tell_distance, days))
    assert {found for kind, found in shown.live if kind == "block"} <= {"-# "}
    assert {target for kind, target in shown.live if kind == "link"} <= _list_targets(brief)


def _list_targets(brief: Brief) -> set[str]:
    cited = [each for item in _list_items(brief) for each in (*item.citations, *item.was)]
    targets = {find_link_target(move.article_url) for v in brief.visits for move in v.history}
    targets |= {find_text_target(url, quote, LINE) for url, quote in _list_quotes(cited)}
    return {target for target in targets if target}


def _list_quotes(cited: Sequence[Citation]) -> set[tuple[str, str]]:
    return {(each.article_url, each.quote) for each in cited}


def _must_mention_only_who_waits(brief: Brief, look: Look, payloads: Sequence[Payload]) -> None:
    told = {section.tag for section in brief.sections if section.items}
    wanted = {role for tag, role in look.mentions if tag in told and role.isascii()}
    first, *rest = payloads
    roles = first.get("mentions", [])
    assert set(roles) == {role for role in wanted if role.isdecimal() and role != "0"}  # type: ignore[call-overload]
    assert first.get("content", "") == " ".join(f"<@&{role}>" for role in roles)  # type: ignore[attr-defined]
    assert not any("content" in payload or "mentions" in payload for payload in rest)


def _must_go_where_the_look_says(look: Look, payloads: Sequence[Payload]) -> None:
    first, *rest = payloads
    assert ("post" in first) == (look.form is Form.FORUM)
    assert "thread" not in first
    assert "in_post" not in first
    assert all(("in_post" in payload) == (look.form is Form.FORUM) for payload in rest)
    assert all(("thread" in payload) == (look.form is Form.THREAD) for payload in rest)
    if look.form is Form.THREAD:
        cover, *more = [embed["title"] for embed in list_embeds([first])]
        assert all(title.startswith(f"{cover} (") for title in more)


def _must_be_found_again(payloads: Sequence[Payload]) -> None:
    for number, payload in enumerate(payloads, 1):
        assert list_embeds([payload])[-1]["footer"]["text"].endswith(f" · {_MARK}{number}")


def _must_tell_corrections(first: Payload, changed: Payload, told: list[Correction]) -> None:
    must_fit([changed])
    if not told:
        assert changed == first
        return
    head, *rest = list_embeds([changed])
    assert rest == list_embeds([first])
    assert read(head["description"]).live == []
    shown = head["description"].split("\n\n")
    numbers = [line.partition("\\[")[2].partition("\\]")[0] for line in shown]
    ordered = sorted(told, key=lambda each: (each.noticed_at, each.n))
    kept = [number for number in numbers if number]
    assert kept
    assert kept == [str(each.n) for each in ordered[: len(kept)]]
    assert (len(kept) < len(told)) == (len(numbers) > len(kept))
    for line, each in zip(shown, ordered, strict=False):
        if "\\[" in line:
            assert "".join(plain(each.now)[:40].split()) in read(line).words
    if len(kept) < len(told):
        assert str(len(told) - len(kept)) in shown[-1]
