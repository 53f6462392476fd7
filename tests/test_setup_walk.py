"""From joining a server to its first brief: welcome, one form, a preview, the hour, one post."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes.discord_world import CHANNEL_ID, MANAGE_GUILD, channel
from running_bot import FEED, PAGE, Bot, open_bot

NEW_GUILD, NEW_CHANNEL = 7002, 8801
STARTERS = """<opml version="2.0"><head><title>Starters</title></head><body>
<outline text="Wires"><outline text="Gazette" outlet="Gazette" tier="2" type="rss"
 xmlUrl="{}"/></outline></body></opml>"""
MORNING = datetime(2025, 3, 11, 7, 0, 15, tzinfo=UTC)


class Office(Bot):
    """A bot that is new everywhere, with one starter set whose feed is on loopback."""

    def offer_starters(self, folder: Path) -> None:
        self.web.serve("/1", PAGE, content_type="text/html")
        feed = self.web.serve("/feed.xml", FEED.format(self.web.url("/1")))
        file = folder / "starters.opml"
        file.write_text(STARTERS.format(feed), "utf-8")
        self.settings = self.settings.model_copy(update={"starters_file": file})


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_bot(Office, tmp_path, is_new=True) as office:
        office.offer_starters(tmp_path)
        yield office


async def test_a_server_that_adds_the_bot_has_its_first_brief_at_the_hour_once(
    office: Office,
) -> None:
    await office.start()
    here = {"guild_id": NEW_GUILD, "channel_id": NEW_CHANNEL, "permissions": MANAGE_GUILD}
    news = channel(NEW_CHANNEL, guild_id=NEW_GUILD)
    await office.discord.guilds.join(NEW_GUILD, news, system_channel_id=NEW_CHANNEL)
    posts = office.discord.posts
    await office.wait(lambda: bool(posts.list_in(NEW_CHANNEL)))
    (welcome,) = posts.list_in(NEW_CHANNEL)
    assert "/setup" in str(welcome["embeds"])

    form = await office.discord.interaction("setup", **here)
    assert form.form is not None
    made = await office.discord.people.submit(
        form, None, {"zone": "London", "times": "07:00"}, **here
    )
    assert made.is_private
    assert "Europe/London" in made.text
    assert "Gazette" in made.text
    # The preview comes after the first message of the answer.
    await office.wait(lambda: "bourbon" in made.text)
    assert len(posts.list_in(NEW_CHANNEL)) == 1, "nothing is posted before the hour"

    office.clock.now = MORNING
    await office.wait(lambda: len(posts.list_in(NEW_CHANNEL)) > 1)
    await office.pass_ticks()
    _, brief = posts.list_in(NEW_CHANNEL)
    assert "bourbon" in str(brief["embeds"])
    assert str(brief["embeds"]).count("Berg") >= 1
    elsewhere = posts.list_in(CHANNEL_ID)
    assert len(elsewhere) == 1, "the other server has its welcome and nothing else"
