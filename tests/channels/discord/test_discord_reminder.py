"""A reminder on Discord is one message that says when, how sure and what is open."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from discord_reader import list_embeds, must_fit, read
from discord_samples import NOW, VISITS, citation
from discord_words import ENGLISH
from fakes.discord import FakeDiscord
from fakes.discord_world import CHANNEL_ID
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.discord.limits import Payload
from bot.channels.discord.reminder import render_reminder
from bot.channels.discord.send import DiscordChannel
from bot.deliver import make_nonce
from bot.model import CalendarEntry, ChannelRef, Item, Visit

MARK = make_nonce("7/visit/a1b2/2025-02-12/3", ChannelRef("discord", "1"), 1)
TRICKS: dict[str, str] = json.loads(
    Path(__file__).with_name("discord_hostile.json").read_text(encoding="utf-8")
)["texts"]
AGENDA = (
    Item(text="India may buy six P-8I aircraft.", citations=(citation(1), citation(2))),
    Item(text="A trade accord is expected by autumn.", citations=(citation(3),)),
)
_TIME = re.compile(r"<t:\d+:R>")


def remind(
    visit: Visit = VISITS[0], agenda: Sequence[Item] = AGENDA, *, days: int = 3, note: str = ""
) -> Payload:
    entry = CalendarEntry(uid="a1b2", sequence=0, changed_at=NOW, visit=visit)
    payloads = render_reminder(entry, agenda, MARK, days=days, note=note, words=ENGLISH)
    must_fit(payloads)
    (payload,) = payloads
    return payload


def text_of(payload: Payload) -> str:
    embeds = list_embeds([payload])
    return "\n".join(f"{embed['title']}\n{embed['description']}" for embed in embeds)


def test_a_reminder_looks_as_its_golden_file(golden: Callable[[str, str], None]) -> None:
    visit = replace(VISITS[0], purpose="talks on tariffs and aircraft")
    payload = remind(visit, note="Posted 5 hours late.")
    golden("discord/reminder.json", f"{json.dumps(payload, indent=1, ensure_ascii=False)}\n")


def test_it_says_how_far_the_visit_is_who_where_when_and_how_sure() -> None:
    text = text_of(remind())
    assert text.startswith("In 3 days: Narendra Modi → Washington, United States\n")
    assert "12–13 February 2025 (<t:1739361600:R>) · **confirmed**" in text
    assert text_of(remind(days=1)).startswith("Tomorrow: Narendra Modi")
    assert text_of(remind(days=2)).startswith("In 2 days: ")


def test_it_names_the_last_report_who_says_otherwise_and_how_to_stop() -> None:
    text = text_of(remind())
    assert "Last report: [Meridian Wire](https://news.example.org/visit/28) · 28 Jan 2025" in text
    assert "> “Mr Modi will travel to Washington on 12 and 13 February.”" in text
    assert "reported otherwise by [Meridian Wire](https://news.example.org/visit/29)" in text
    assert "possible, February 2025" in text
    assert text.endswith("/schedule reminders off")


def test_each_point_of_the_agenda_has_its_numbered_sources() -> None:
    text = text_of(remind())
    assert "India may buy six P-8I aircraft.\n-# \\[1\\] [Halden Post](" in text
    assert "\\[3\\]" in text
    assert "The articles tell of nothing that is open." in text_of(remind(agenda=()))


def test_a_city_that_is_a_state_is_named_once() -> None:
    state = replace(VISITS[0], host="Singapore", place="Singapore")
    assert text_of(remind(state)).startswith("In 3 days: Narendra Modi → Singapore\n")


async def test_it_is_found_again_by_its_mark_and_pings_nobody(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    sent = await channel.send(str(CHANNEL_ID), remind(), MARK)
    assert await channel.find_sent(str(CHANNEL_ID), MARK, NOW) == sent
    (body,) = server.sends
    assert body["allowed_mentions"] == {"parse": []}


# ---------------------------------------------------------------- hostile and long


@pytest.mark.parametrize("name", sorted(TRICKS))
def test_words_of_feeds_are_only_text(name: str) -> None:
    trick = TRICKS[name]
    step = replace(VISITS[0].history[2], outlet=trick, quote=trick)
    other = replace(VISITS[0].history[3], outlet=trick)
    visit = replace(
        VISITS[0], visitor=trick, host=trick, place=trick, purpose=trick, history=(step, other)
    )
    source = replace(citation(1, trick), outlet=trick, title=trick)
    text = text_of(remind(visit, (Item(text=trick, citations=(source,)),), note=trick))
    assert len(_TIME.findall(text)) == 1, "ours alone is live"
    live = read(_TIME.sub("", text)).live
    assert {kind for kind, _ in live} <= {"bold", "block", "link"}
    assert all(
        target.startswith("https://news.example.org/") for kind, target in live if kind == "link"
    )


@given(sizes=st.lists(st.integers(1, 7000), max_size=5), width=st.integers(1, 5000))
def test_however_long_it_is_one_message_and_what_is_left_out_is_counted(
    sizes: list[int], width: int
) -> None:
    address = f"https://news.example.org/{'x' * min(width, 900)}"
    words = ("*" * width)[:width]
    steps = tuple(
        replace(move, quote=words, outlet=words, article_url=address)
        for move in (VISITS[0].history[2], *[VISITS[0].history[3]] * 5)
    )
    visit = replace(VISITS[0], visitor=words, host=words, place=words, purpose=words, history=steps)
    agenda = [
        Item(text=f"point{n}! {'y ' * (size // 2)}", citations=(citation(n),))
        for n, size in enumerate(sizes, 1)
    ]
    text = text_of(remind(visit, agenda, note="Posted 5 hours late."))
    shown = sum(f"point{n}!" in text for n in range(1, len(sizes) + 1))
    left = len(sizes) - shown
    assert ("left out" in text) == bool(left)
    assert f"{left} more line" in text or not left
