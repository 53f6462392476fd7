"""What the tests of the commands start from: a desk on a database of its own, feeds on loopback."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from fakes.outbox import SetClock
from fakes.web import FakeWeb
from stage_samples import settings_for

from bot.app import open_tools
from bot.commands import BotCommands
from bot.model import Author, ChannelRef, make_author

NOW = datetime(2025, 3, 10, 12, tzinfo=UTC)
HERE, THERE = "discord:1", "discord:2"
DESK, OTHER = ChannelRef("discord", "10"), ChannelRef("discord", "11")
STORY = (
    "India will cut its import tariff on bourbon to 100 per cent, the finance ministry said on "
    "Monday. The change takes effect at once and applies to all exporters, officials added. "
)


@asynccontextmanager
async def open_desk(folder: Path, **settings: object) -> AsyncIterator[BotCommands]:
    """The commands at ``NOW``; without meanings, which take seconds to load."""
    async with open_tools(settings_for(folder, **settings), clock=SetClock(NOW)) as tools:
        yield BotCommands(tools)


def by(desk: BotCommands, member: str = "discord:5") -> Author:
    """Whoever changes something now; each call is another batch."""
    return make_author(member, desk.tools.clock())


def pass_time(desk: BotCommands, **time: float) -> None:
    """Set the desk's clock forward."""
    assert isinstance(desk.tools.clock, SetClock)
    desk.tools.clock.advance(**time)


def serve_feed(web: FakeWeb, name: str, title: str = "Gazette", *, text: str = STORY) -> str:
    """Serve an RSS feed with one item of whole text; returns its URL."""
    link = web.url(f"/{name}/1")
    return web.serve(
        f"/{name}.xml",
        f"""<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>
<link>http://gazette.example/</link><language>en</language><item><title>Tariff on bourbon</title>
<link>{link}</link><guid>{link}</guid><pubDate>Mon, 10 Mar 2025 08:00:00 +0000</pubDate>
<description>{text}</description></item></channel></rss>""",
    )


def opml(*rows: tuple[str, str, str], group: str = "") -> bytes:
    """An OPML file of (title, URL, categories)."""
    inner = "".join(
        f'<outline text="{title}" xmlUrl="{url}" category="{categories}" outlet="{title} Ltd" '
        f'tier="2"/>'
        for title, url, categories in rows
    )
    inner = f'<outline text="{group}">{inner}</outline>' if group else inner
    return f'<opml version="2.0"><head/><body>{inner}</body></opml>'.encode()
