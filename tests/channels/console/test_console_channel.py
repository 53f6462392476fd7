"""The terminal as a channel: printed once, found again, honest about a closed stream."""

import sys
from datetime import UTC, datetime
from io import BytesIO, StringIO, TextIOWrapper

import pytest

from bot.channels.console import ConsoleChannel
from bot.channels.console.export import render_text
from bot.errors import ChannelError
from bot.model import Brief, Correction, Finding
from bot.ports import Channel
from bot.ports.posting import PLAIN

NOW = datetime(2025, 1, 28, 18, tzinfo=UTC)


def mark(number: int) -> str:
    return f"brief 1/2025-01-28/18:00 part {number}"


async def test_a_brief_is_one_message_that_ends_with_its_mark(brief: Brief) -> None:
    channel: Channel = ConsoleChannel(StringIO())
    (payload,) = channel.render_brief(brief, mark, PLAIN)
    assert payload == {"text": f"{render_text(brief)}\n{mark(1)}\n"}
    assert channel.platform == "console"
    await channel.close()


async def test_the_same_nonce_is_printed_once_and_gives_the_same_id(brief: Brief) -> None:
    out = StringIO()
    channel = ConsoleChannel(out)
    (payload,) = channel.render_brief(brief, mark, PLAIN)
    first = await channel.send("desk", payload, "nonce-1")
    assert await channel.send("desk", payload, "nonce-1") == first
    assert out.getvalue() == f"{payload['text']}\n"
    assert await channel.send("desk", payload, "nonce-2") != first


async def test_a_sent_brief_is_found_by_its_mark_in_its_own_channel_only(brief: Brief) -> None:
    channel = ConsoleChannel(StringIO())
    (payload,) = channel.render_brief(brief, mark, PLAIN)
    message_id = await channel.send("desk", payload, "nonce-1")
    assert await channel.find_sent("desk", mark(1), NOW) == message_id
    assert await channel.find_sent("desk", mark(2), NOW) is None
    assert await channel.find_sent("desk", mark(1)[:-1], NOW) is None
    assert await channel.find_sent("other", mark(1), NOW) is None
    assert await ConsoleChannel(StringIO()).find_sent("desk", mark(1), NOW) is None


async def test_a_closed_stream_is_a_permanent_error_and_nothing_counts_as_sent(
    brief: Brief,
) -> None:
    out = StringIO()
    channel = ConsoleChannel(out)
    (payload,) = channel.render_brief(brief, mark, PLAIN)
    out.close()
    with pytest.raises(ChannelError, match="closed") as caught:
        await channel.send("desk", payload, "nonce-1")
    assert caught.value.permanent
    assert await channel.find_sent("desk", mark(1), NOW) is None


async def test_a_stream_of_few_letters_gets_marks_for_those_it_lacks(brief: Brief) -> None:
    raw = BytesIO()
    out = TextIOWrapper(raw, encoding="ascii")
    channel = ConsoleChannel(out)
    (payload,) = channel.render_brief(brief, mark, PLAIN)
    await channel.send("desk", payload, "nonce-1")
    printed = raw.getvalue().decode("ascii")
    assert "Brief ? 28 January 2025" in printed
    assert mark(1) in printed
    out.detach()


async def test_standard_output_is_a_stream_like_any(
    brief: Brief, capsys: pytest.CaptureFixture[str]
) -> None:
    channel = ConsoleChannel(sys.stdout)
    (payload,) = channel.render_brief(brief, mark, PLAIN)
    await channel.send("desk", payload, "nonce-1")
    assert capsys.readouterr().out == f"{payload['text']}\n"


async def test_a_brief_is_printed_anew_with_its_corrections_once(brief: Brief) -> None:
    out = StringIO()
    channel = ConsoleChannel(out)
    (payload,) = channel.render_brief(brief, mark, PLAIN)
    sent = await channel.send("desk", payload, "nonce-1")
    corrections = [
        Correction(3, "Post", "It was 3.", "It was 4.", NOW),
        Correction(1, "Wire", "It rained.", "", NOW),
    ]
    changed = channel.render_corrected(payload, corrections, PLAIN, "Asia/Kolkata")
    assert [await channel.edit("desk", sent, changed) for _ in range(2)] == [True, True]
    assert not await channel.edit("desk", "unknown", changed)
    first, second, _, rest = str(changed["text"]).split("\n", 3)
    assert first.startswith("Corrected 28 Jan 2025 23:30 · [1] Wire: the source no longer has")
    assert second.endswith("[3] Post: the sentence now reads “It was 4.”")
    assert rest == payload["text"]
    assert out.getvalue() == f"{payload['text']}\n{changed['text']}\n"


def test_alerts_and_notices_are_one_message_that_ends_with_its_mark(brief: Brief) -> None:
    channel = ConsoleChannel(StringIO())
    items = next(section.items for section in brief.sections if section.items)
    (alert,) = channel.render_alert(items, "m-1", PLAIN)
    assert str(alert["text"]).startswith("Between briefs\n")
    assert str(alert["text"]).endswith("\nm-1\n")
    failing = Finding("notice.feed_failing", False, {"title": "Wire\x1b[2J", "reason": "gone"})
    (notice,) = channel.render_notice([failing], "m-2", PLAIN)
    assert "notice.feed_failing: title Wire, reason gone" in str(notice["text"])
    assert str(notice["text"]).endswith("\nm-2\n")
