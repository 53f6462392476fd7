"""Briefs and replies read well on Discord, stay within its limits and lose nothing."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.discord.inert import plain
from bot.channels.discord.limits import Payload, check_payload, count_nodes, measure
from bot.channels.discord.pages import join, pieces
from bot.channels.discord.render import (
    render_answer,
    render_brief,
    render_feeds,
    render_preview,
    render_removed,
    render_subscription,
    render_visits,
    without_mark,
)
from bot.model import (
    Brief,
    Change,
    ChannelRef,
    Contradiction,
    Item,
    Precision,
    Section,
    Subscription,
    VisitDates,
    VisitStatus,
)
from tests.channels.discord.discord_reader import Reading, read
from tests.channels.discord.discord_samples import (
    ANSWER,
    BRIEF,
    FEEDS,
    NOW,
    PREVIEW,
    QUIET,
    REFUSAL,
    VISITS,
    citation,
)
from tests.fakes.discord_world import refused

Golden = Callable[[str, str], None]


def _mark(number: int) -> str:
    return f"b7q2-{number}"


def _embeds(payloads: Sequence[Payload]) -> list[dict[str, Any]]:
    whole = json.loads(json.dumps(payloads))
    return [embed for payload in whole for embed in payload["embeds"]]


def _read_all(payloads: Sequence[Payload]) -> Reading:
    texts = (part for e in _embeds(payloads) for part in (e["title"], e["description"]))
    return read("\n".join(texts))


def _must_fit(payloads: Sequence[Payload]) -> None:
    assert payloads
    for payload in payloads:
        assert check_payload(payload) == []
        assert refused(json.loads(json.dumps(payload))) is None


# ---------------------------------------------------------------- golden files


@pytest.mark.parametrize(
    ("name", "payloads"),
    [
        ("brief", render_brief(BRIEF, _mark)),
        ("quiet_brief", render_brief(QUIET, _mark)),
        ("answer", render_answer(ANSWER)),
        ("refusal", render_answer(REFUSAL)),
        ("visits", render_visits(VISITS)),
    ],
)
def test_a_message_looks_as_its_golden_file(
    name: str, payloads: Sequence[Payload], golden: Golden
) -> None:
    _must_fit(payloads)
    text = json.dumps(payloads, indent=1, ensure_ascii=False)
    golden(f"discord/{name}.json", f"{text}\n")


# ---------------------------------------------------------------- briefs


def test_a_change_is_told_by_a_word() -> None:
    text = _read_all(render_brief(BRIEF, _mark)).text
    assert "New · India and France" in text
    assert "Updated · Deliveries begin in 2028" in text
    assert "was: Deliveries begin in 2027" in text


def test_a_brief_of_a_day_is_named_by_its_local_date() -> None:
    late = replace(BRIEF, end_at=NOW.replace(hour=20), start_at=NOW.replace(day=28, hour=20))
    titles = [
        _embeds(render_brief(replace(late, timezone=zone), _mark))[0]["title"]
        for zone in ("UTC", "Asia/Kolkata")
    ]
    assert titles == ["Brief · 29 January 2025", "Brief · 30 January 2025"]


def test_a_brief_of_some_hours_is_named_by_date_and_hour() -> None:
    assert _embeds(render_brief(QUIET, _mark))[0]["title"] == "Brief · 29 January 2025, 11:30"


def test_a_day_of_23_hours_is_still_a_day() -> None:
    spring = replace(BRIEF, start_at=NOW - timedelta(hours=23))
    assert _embeds(render_brief(spring, _mark))[0]["title"] == "Brief · 29 January 2025"


def test_the_note_comes_first_and_a_quiet_section_says_so() -> None:
    first, *sections = _embeds(render_brief(QUIET, _mark))
    assert first["description"].startswith("The language model is not reachable")
    assert {embed["description"] for embed in sections} == {"Nothing new."}


def test_failing_feeds_are_named() -> None:
    assert "feeds failing: Halden Post" in _read_all(render_brief(QUIET, _mark)).text


def test_sixty_items_come_in_order_over_several_messages_each_with_its_own_mark() -> None:
    items = tuple(
        Item(text=f"Line {n:02} " + "word " * 30, citations=(citation(n),)) for n in range(1, 61)
    )
    brief = replace(BRIEF, sections=(Section(tag="trade", title="Trade", items=items),))
    payloads = render_brief(brief, _mark)
    _must_fit(payloads)
    assert len(payloads) > 2
    text = _read_all(payloads).text
    places = [text.index(f"Line {n:02} ") for n in range(1, 61)]
    assert places == sorted(places)
    for number, payload in enumerate(payloads, 1):
        *others, last = _embeds([payload])
        assert last["footer"]["text"].endswith(f"part {number} of {len(payloads)} · b7q2-{number}")
        assert not any("footer" in embed for embed in others)
    assert "Trade (continued)" in text


def test_a_text_over_any_limit_goes_on_in_the_next_block_with_a_sign() -> None:
    words = " ".join(f"word{n}" for n in range(3000))
    brief = replace(
        BRIEF, sections=(Section(tag="t", title="T", items=(Item(text=words, citations=()),)),)
    )
    payloads = render_brief(brief, _mark)
    _must_fit(payloads)
    shown = _read_all(payloads)
    assert words.replace(" ", "") in shown.words.replace("…", "").replace("T(continued)", "")
    assert " …\n" in shown.text


def test_an_address_that_can_not_be_a_link_is_shown_as_words() -> None:
    bad = replace(citation(1), article_url="javascript:alert(1)", outlet="[Evil](https://x.test)")
    item = Item(text="A line.", citations=(bad,))
    brief = replace(QUIET, sections=(Section(tag="t", title="T", items=(item,)),))
    shown = _read_all(render_brief(brief, _mark))
    assert "link" not in shown.kinds()
    assert "(no link)" in shown.text


# ---------------------------------------------------------------- answers and lists


def test_an_answer_shows_the_sentences_it_rests_on() -> None:
    shown = _read_all(render_answer(ANSWER))
    assert "“Mr Modi will travel to Washington on 12 and 13 February.”" in shown.text
    assert [kind for kind, _ in shown.live].count("link") == 2


def test_an_answer_in_the_very_words_of_its_source_does_not_repeat_them() -> None:
    quote = "A visit in February is planned."
    answer = replace(ANSWER, text=f"{quote} [2]", citations=(citation(2, quote),))
    assert _read_all(render_answer(answer)).text.count(quote) == 1


def test_a_refusal_says_what_was_searched() -> None:
    text = _read_all(render_answer(REFUSAL)).text
    assert "Searched 1,432 articles of 12 feeds, from 1 November 2024 to 29 January 2025." in text


def test_a_list_of_feeds_never_shows_an_address() -> None:
    text = _read_all(render_feeds(FEEDS)).text
    assert "SECRET" not in text
    assert "example.org" not in text
    assert "Halden Post · blocks us (status 403)" in text
    assert "Ministry of Trade · paused" in text


def test_empty_lists_say_what_to_do() -> None:
    assert "/feeds add" in _read_all(render_feeds(())).text
    assert "No upcoming visit" in _read_all(render_visits(())).text


def test_a_weaker_report_is_shown_in_the_history_and_not_in_the_brief() -> None:
    assert "weaker report" in _read_all(render_visits(VISITS)).text
    assert "weaker report" not in _read_all(render_brief(BRIEF, _mark)).text


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.25, "every 15 minutes"),
        (1.0, "every 1 hour"),
        (30.0, "every 30 hours"),
        (72.0, "every 3 days"),
        (None, "pace unknown"),
    ],
)
def test_a_preview_tells_the_pace_of_a_feed(hours: float | None, words: str) -> None:
    payloads = render_preview(replace(PREVIEW, hours_between=hours))
    _must_fit(payloads)
    assert words in _read_all(payloads).text


def test_a_schedule_is_echoed_in_words() -> None:
    order = Subscription(
        id=1,
        workspace="discord:1",
        channel=ChannelRef("discord", "1"),
        timezone="Europe/London",
        times=("06:00", "18:30"),
        weekdays=(1, 3),
        tags=("trade",),
        created_at=NOW,
    )
    text = _read_all(render_subscription(order)).text
    assert "Here, Monday, Wednesday at 06:00 and 18:30 (Europe/London) · topics: trade" in text
    every_day = replace(order, weekdays=(1, 2, 3, 4, 5, 6, 7), tags=())
    assert "every day at" in _read_all(render_subscription(every_day)).text


# ---------------------------------------------------------------- limits


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


@settings(max_examples=60, deadline=None)
@given(_BRIEFS)
def test_any_brief_fits_loses_no_line_and_links_only_stored_pages(brief: Brief) -> None:
    payloads = render_brief(brief, _mark)
    _must_fit(payloads)
    shown = _read_all(payloads)
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


@settings(max_examples=200)
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


def test_a_message_nobody_looks_for_has_no_mark() -> None:
    (payload,) = render_brief(QUIET, without_mark)
    assert _embeds([payload])[-1]["footer"]["text"] == "Brief of 29 January 2025"


def test_a_removed_feed_is_named() -> None:
    assert "Halden Post" in _read_all(render_removed(FEEDS[1])).text
