"""Large ledgers on Discord: an answer never floods a channel, and counts what it leaves out."""

import re
import threading
from dataclasses import replace

import pytest
from calendar_samples import CONFIRMED, PLANNED, move, visit
from date_samples import dates
from discord_guild import Guild, text_of
from discord_reader import must_fit, read_all
from discord_samples import REPORT
from discord_words import ENGLISH
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.discord import visits_commands
from bot.channels.discord.ledger import render_visits
from bot.channels.discord.limits import FILES_SIZE
from bot.channels.discord.pages import MESSAGES, Page, pack_first
from bot.channels.discord.render import render_changes

CROWD = tuple(
    visit(move(1, CONFIRMED, dates("2026-04-14")), visitor=f"Visitor {n:04}") for n in range(1_000)
)
_LEFT = re.compile(r"([\d,]+) more: ")


def _count_left(text: str) -> int:
    found = _LEFT.findall(text)
    return int(found[-1].replace(",", "")) if found else 0


def test_of_a_thousand_visits_the_next_are_shown_and_the_others_counted() -> None:
    payloads = render_visits(CROWD, None, ENGLISH)
    must_fit(payloads)
    assert len(payloads) == MESSAGES
    text = read_all(payloads).text
    shown = [n for n in range(len(CROWD)) if f"Visitor {n:04}" in text]
    assert shown == list(range(len(shown)))
    assert len(shown) + _count_left(text) == len(CROWD)
    assert (
        text.rstrip()
        .removesuffix(f"part {MESSAGES} of {MESSAGES}")
        .rstrip()
        .endswith("more: narrow by country, person or when, or use export.")
    )


def test_of_a_thousand_changes_the_first_are_shown_and_the_others_counted() -> None:
    (change,) = REPORT.visits
    many = tuple(replace(change, text=f"Change number {n:04}.") for n in range(1_000))
    payloads = render_changes(replace(REPORT, visits=many), ENGLISH)
    must_fit(payloads)
    assert len(payloads) == MESSAGES
    text = read_all(payloads).text
    others = len(REPORT.facts) + len(REPORT.contradictions)
    assert text.count("Change number") + _count_left(text) == len(many) + others
    assert "more: choose a later since." in text


def test_an_answer_that_has_room_for_all_counts_nothing() -> None:
    assert "more:" not in read_all(render_visits(CROWD[:40], None, ENGLISH)).text
    assert "more:" not in read_all(render_changes(REPORT, ENGLISH)).text


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 3_600)), min_size=1, max_size=40))
def test_every_thing_is_shown_whole_or_counted(things: list[tuple[str, int]]) -> None:
    pages = [Page(title, (f"<{n}>".ljust(size, "x"),)) for n, (title, size) in enumerate(things)]
    payloads = pack_first(pages, ENGLISH, way_on="ask for less")
    text = "\n\n".join(embed["description"] for p in payloads for embed in p["embeds"])
    kept = [n for n, page in enumerate(pages) if page.blocks[0] in text]
    assert len(payloads) <= MESSAGES
    assert kept == list(range(len(kept)))
    assert len(kept) + _count_left(text) == len(pages)


def test_a_visit_with_a_very_long_history_tells_its_newest_steps_and_counts_the_others() -> None:
    address = "https://news.example.org/" + "a" * 900
    moves = (move(n % 28 + 1, PLANNED, outlet=f"Paper {n}", url=address) for n in range(300))
    payloads = render_visits([visit(*moves)] * 3, None, ENGLISH)
    must_fit(payloads)
    assert len(payloads) <= MESSAGES
    text = read_all(payloads).text
    assert "Paper 299" in text
    assert "Paper 290" in text
    assert "Paper 289" not in text
    assert "and 290 older steps" in text


async def test_a_thousand_visits_are_put_in_words_off_the_loop(
    guild: Guild, monkeypatch: pytest.MonkeyPatch
) -> None:
    guild.desk.visits, threads = CROWD, []
    for name in ("render_visits", "render_changes"):
        render = getattr(visits_commands, name)

        def watched(*told: object, _render: object = render, **options: object) -> object:
            threads.append(threading.current_thread())
            return _render(*told, **options)

        monkeypatch.setattr(visits_commands, name, watched)
    result = await guild.member.slash(guild.channel, "visits")
    assert len(result.followups) == MESSAGES - 1
    assert "more: narrow by" in text_of(result)
    await guild.member.slash(guild.channel, "changes")
    assert len(threads) == 2
    assert threading.main_thread() not in threads


async def test_a_calendar_that_is_too_large_to_attach_is_offered_as_a_link(guild: Guild) -> None:
    guild.desk.calendar = b"x" * (FILES_SIZE + 1)
    result = await guild.member.slash(guild.channel, "visits", export=True)
    assert "use /calendar link" in text_of(result)
    assert result.response is None or result.response.attachments == []
    guild.desk.calendar = b"x" * FILES_SIZE
    result = await guild.member.slash(guild.channel, "visits", export=True)
    assert result.response.attachments[0].size == FILES_SIZE
