"""The ledger on Discord: where each visit stands, since when, by whom, and who says otherwise."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from calendar_samples import CONFIRMED, PLANNED, move, visit
from date_samples import dates
from discord_reader import list_embeds, must_fit, read_all
from discord_samples import VISITS
from discord_words import ENGLISH
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.discord.files import TIMELINE, read_files, without_files
from bot.channels.discord.ledger import (
    render_events,
    render_export,
    render_link,
    render_visits,
)
from bot.channels.discord.limits import ALT, FILES_SIZE, Payload, check_payload
from bot.channels.discord.stamps import tell_distance
from bot.commands import BotCommands
from bot.model import ChannelRef, Picture, Visit, VisitQuery, VisitStatus, make_author

Golden = Callable[[str, str], None]

PICTURE = Picture(b"\x89PNG of weeks", "Timeline. Anna Berg to Tokyo: confirmed.")
MANY = tuple(
    visit(
        move(1, PLANNED, dates("2026-04"), outlet=f"Wire {n}"),
        move(2, CONFIRMED, dates("2026-04-14")),
        visitor=f"Visitor {n:03} " + "Longname " * 6,
    )
    for n in range(80)
)


# ---------------------------------------------------------------- golden files


def test_the_visits_look_as_their_golden_file(golden: Golden) -> None:
    payloads = render_visits(VISITS, None, ENGLISH)
    must_fit(payloads)
    text = json.dumps(payloads, indent=1, ensure_ascii=False)
    golden("discord/visits.json", f"{text}\n")


@pytest.mark.parametrize(("when", "on"), [("upcoming", date(2025, 2, 5)), ("", date(2025, 2, 16))])
async def test_the_visits_of_the_demo_look_as_their_golden_file(
    seeded: BotCommands, golden: Golden, when: str, on: date
) -> None:
    now = datetime(on.year, on.month, on.day, tzinfo=UTC)
    found = await seeded.list_visits("console", now=now, query=VisitQuery(when=when))
    payloads = render_visits(found, None, ENGLISH, is_narrowed=when != "upcoming")
    must_fit(payloads)
    messages = [
        "\n".join(f"# {embed['title']}\n\n{embed['description']}\n" for embed in payload["embeds"])
        for payload in json.loads(json.dumps(payloads))
    ]
    golden(f"discord/demo-visits-{when or 'all'}.md", "\n---\n\n".join(messages))


async def test_today_is_that_of_the_servers_first_order(seeded: BotCommands) -> None:
    now = datetime(2025, 2, 12, 23, tzinfo=UTC)
    asked = VisitQuery(when="today")
    in_utc = await seeded.list_visits("console", now=now, query=asked)
    assert in_utc == await seeded.list_visits(
        "console", now=now, query=VisitQuery(when="2025-02-12")
    )
    here = ChannelRef("discord", "1")
    await seeded.set_schedule(
        "console", here, times="06:00", timezone="Asia/Tokyo", by=make_author("console", now)
    )
    in_tokyo = await seeded.list_visits("console", now=now, query=asked)
    assert in_tokyo == await seeded.list_visits(
        "console", now=now, query=VisitQuery(when="2025-02-13")
    )
    assert in_tokyo != in_utc


# ---------------------------------------------------------------- words


def _text(*visits: Visit) -> str:
    payloads = render_visits(visits, None, ENGLISH)
    must_fit(payloads)
    return read_all(payloads).text


def test_a_day_is_told_in_words_and_how_far_it_is_wherever_the_reader_lives() -> None:
    shown = _text(VISITS[0])
    noon = int(datetime(2025, 2, 12, 12, tzinfo=UTC).timestamp())
    assert f"12–13 February 2025 (<t:{noon}:R>) · confirmed since 28 Jan 2025" in shown


def test_dates_that_are_not_exact_have_no_distance() -> None:
    assert "<t:" not in _text(*VISITS[1:])
    assert "third quarter of 2025 · planned" in _text(VISITS[1])
    assert "date not given · possible" in _text(VISITS[2])


@pytest.mark.parametrize("on", [date.min, date.max, date(1969, 12, 31)])
def test_a_day_far_away_has_a_distance(on: date) -> None:
    assert tell_distance(on).startswith("<t:")


def test_since_is_when_the_state_was_first_told_that_stands() -> None:
    shaken = visit(
        move(1, CONFIRMED),
        move(2, PLANNED),
        move(3, CONFIRMED),
        move(4, VisitStatus.CANCELLED, is_obeyed=False),
        move(5, CONFIRMED, dates("2026-04-14")),
        status=CONFIRMED,
    )
    assert "confirmed since 11 Feb 2026" in _text(shaken)


def test_a_report_that_was_not_followed_is_shown_as_otherwise() -> None:
    shown = _text(VISITS[0])
    assert "reported otherwise by Meridian Wire · 29 Jan 2025: possible, February 2025" in shown


def test_of_many_other_reports_the_oldest_are_counted() -> None:
    others = (move(n, PLANNED, outlet=f"Paper {n}", is_obeyed=False) for n in range(2, 9))
    shown = _text(visit(move(1, CONFIRMED), *others, status=CONFIRMED))
    assert "otherwise by Paper 8" in shown
    assert "Paper 5" not in shown
    assert "and by 4 older reports" in shown


def test_a_date_that_passed_without_a_report_says_so() -> None:
    assert "date passed, no report" in _text(replace(VISITS[0], is_overdue=True))


def test_a_few_visits_are_told_with_every_step_and_many_with_the_newest_source() -> None:
    assert "planned, February 2025 · Meridian Wire" in _text(VISITS[0])
    shown = _text(*VISITS, VISITS[0])
    assert "planned, February 2025 · Meridian Wire" not in shown
    assert "confirmed, 12–13 February 2025 · Meridian Wire · 28 Jan 2025" in shown


def test_nothing_found_says_why() -> None:
    assert "No upcoming visit is known" in read_all(render_visits((), None, ENGLISH)).text
    assert "fits that" in read_all(render_visits((), None, ENGLISH, is_narrowed=True)).text


def test_many_visits_come_in_order_none_parted_from_its_source() -> None:
    payloads = render_visits(MANY, PICTURE, ENGLISH)
    must_fit(payloads)
    assert len(payloads) > 3
    text = read_all(payloads).text
    places = [text.index(f"Visitor {n:03}") for n in range(80)]
    assert places == sorted(places)
    for embed in list_embeds(payloads):
        assert embed["description"].startswith("**Visitor")
        assert embed["description"].rstrip().endswith("2026")


_PARTS = [*"@<>[]()*_~`|#\\:/.\n -", "everyone", "https", "\u202e", "𝔘", "é", "<t:0:R>"]
_NASTY = st.lists(st.sampled_from(_PARTS), max_size=200).map("".join)


@given(_NASTY, _NASTY, _NASTY, _NASTY)
def test_names_from_feeds_do_nothing(visitor: str, host: str, place: str, outlet: str) -> None:
    nasty = visit(
        move(1, CONFIRMED, dates("2026-04-14"), outlet=outlet, url="javascript:alert(1)"),
        move(2, PLANNED, is_obeyed=False, outlet=outlet),
        visitor=visitor,
        host=host,
        place=place,
        status=CONFIRMED,
    )
    payloads = render_visits((nasty,), None, ENGLISH)
    must_fit(payloads)
    shown = read_all(payloads)
    assert shown.kinds() <= {"bold", "block", "link", "mark"}
    # The one thing that is live is our own distance; its parts are read as marks.
    assert [words for kind, words in shown.live if kind == "mark"] in (["<"], [])
    assert not any("javascript" in words for kind, words in shown.live if kind == "link")


# ---------------------------------------------------------------- the picture


def _images(payloads: tuple[Payload, ...]) -> list[tuple[int, int]]:
    return [
        (place, number)
        for place, payload in enumerate(json.loads(json.dumps(payloads)))
        for number, embed in enumerate(payload["embeds"])
        if "image" in embed
    ]


def test_the_picture_stands_below_the_first_embed_with_its_words() -> None:
    payloads = render_visits(VISITS, PICTURE, ENGLISH)
    assert _images(payloads) == [(0, 0)]
    assert read_files(payloads[0]) == ((TIMELINE, PICTURE.alt, PICTURE.png),)
    assert check_payload(payloads[0]) == []
    assert without_files(payloads[0]) == render_visits(VISITS, None, ENGLISH)[0]


def test_a_picture_too_large_to_send_is_left_out() -> None:
    large = Picture(b"x" * (FILES_SIZE + 1), "")
    assert render_visits(VISITS, large, ENGLISH) == render_visits(VISITS, None, ENGLISH)


@pytest.mark.parametrize("alt", ["x" * 5000, "𝔘" * 5000, "a\nb\u202e" * 900])
def test_words_of_a_picture_that_are_too_long_are_cut(alt: str) -> None:
    (payload,) = render_visits(VISITS, Picture(b"png", alt), ENGLISH)
    assert check_payload(payload) == []
    ((_, words, _),) = read_files(payload)
    assert 0 < len(words) <= ALT
    assert "\n" not in words


def test_a_message_whose_files_are_over_the_limits_is_found() -> None:
    file = {"name": "a.png", "alt": "x" * 1025, "content": "A" * (FILES_SIZE * 4 // 3 + 8)}
    embed = {"title": "t", "description": "d", "image": {"url": "https://evil.test/pixel.png"}}
    problems = check_payload({"embeds": [embed], "files": [file]})
    assert len(problems) == 3, problems


# ---------------------------------------------------------------- calendars


def test_an_export_says_how_many_visits_are_in_it() -> None:
    (payload,) = render_export(
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:BEGIN:VEVENT\r\n", ENGLISH
    )
    assert "1 visit whose month or days are known" in read_all([payload]).text
    ((name, _, content),) = read_files(payload)
    assert name == "visits.ics"
    assert content.startswith(b"BEGIN:VCALENDAR")
    must_fit([payload])


def test_a_link_stands_as_it_is_to_be_copied() -> None:
    (payload,) = render_link(
        "https://calendar.example.org/calendar/a_b-c.ics", ENGLISH, is_new=False
    )
    assert "```\nhttps://calendar.example.org/calendar/a_b-c.ics\n```" in json.dumps(
        payload, ensure_ascii=False
    ).replace("\\n", "\n")
    assert "old address" in read_all(render_link("https://x.example", ENGLISH, is_new=True)).text


def test_events_say_what_will_become_of_them() -> None:
    assert "On." in read_all(render_events(ENGLISH, is_on=True)).text
    assert "takes its events away" in read_all(render_events(ENGLISH, is_on=False)).text
