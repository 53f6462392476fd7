"""Who tries what they may not, on a server or across servers, by the case of bad_inputs.json."""

from collections.abc import Awaitable, Callable

from commands_samples import by, opml, serve_feed
from fakes.discord_exchange import Exchange, Upload
from fakes.discord_world import MANAGE_GUILD
from fakes.discord_world import channel as make_channel
from office import (
    HOME,
    OTHER,
    OTHER_CHANNEL,
    OTHER_GUILD,
    SILENT,
    Office,
    must_be_one_private_line,
)

Check = Callable[[Office], Awaitable[None]]
OWNER = 1
"""The person who made the bot, as the fake Discord tells of it."""


def _refused(attempt: Callable[[Office], Awaitable[Exchange]]) -> Check:
    """The attempt is refused to the one who made it, and nothing changed."""

    async def check(office: Office) -> None:
        must_be_one_private_line(await attempt(office))
        for workspace in (HOME, OTHER):
            assert await office.list_feeds(workspace) == []
            assert await office.desk.list_schedules(workspace) == ()

    return check


async def _feed_in_a_private_chat(office: Office) -> Exchange:
    url = serve_feed(office.web, "private")
    return await office.server.interaction(
        "feeds add", {"url": url}, permissions=MANAGE_GUILD, guild_id=None
    )


async def _owner_in_an_option(office: Office) -> Exchange:
    given = {"url": serve_feed(office.web, "owner"), "title": f"<@{OWNER}> owner={OWNER}"}
    return await office.server.interaction("feeds add", given, user_id=OWNER)


async def _card_of_another_server(office: Office) -> Exchange:
    proposal = await office.desk.propose_feed(
        OTHER, serve_feed(office.web, "card"), now=office.clock.now
    )
    card = await office.type("feeds list")
    return await office.server.people.click(
        card.shown[0], f"follow:{proposal.key}", permissions=MANAGE_GUILD
    )


async def _form_that_was_open_too_long(office: Office) -> Exchange:
    form = await office.type("setup")
    office.clock.advance(minutes=16)
    return await office.server.people.submit(
        form, None, {"zone": "London", "starters": []}, permissions=MANAGE_GUILD
    )


async def _channel_that_is_silent(office: Office) -> Exchange:
    return await office.type("schedule set", times="06:00", timezone="UTC", channel=SILENT)


async def _server_that_was_left(office: Office) -> Exchange:
    news = make_channel(OTHER_CHANNEL, guild_id=OTHER_GUILD)
    await office.server.guilds.join(OTHER_GUILD, news)
    there = {"guild_id": OTHER_GUILD, "channel_id": OTHER_CHANNEL, "permissions": MANAGE_GUILD}
    url = serve_feed(office.web, "left")
    card = await office.server.interaction("feeds add", {"url": url}, **there)
    await office.server.guilds.remove(OTHER_GUILD)
    return await office.press(card, "Confirm", guild_id=OTHER_GUILD, channel_id=OTHER_CHANNEL)


async def _check_completion(office: Office) -> None:
    await _follow(office, HOME, "mine", "Ours alone")
    offered = await office.server.interaction("feeds remove", {"feed": "o"}, focused="feed")
    assert offered.choices == []


PERMISSIONS: dict[str, Check] = {
    "permission-003": _refused(_feed_in_a_private_chat),
    "permission-005": _refused(_owner_in_an_option),
    "permission-006": _refused(_card_of_another_server),
    "permission-008": _refused(_form_that_was_open_too_long),
    "permission-010": _check_completion,
    "permission-013": _refused(_channel_that_is_silent),
    "permission-015": _refused(_server_that_was_left),
}


# ---------------------------------------------------------------- between servers


async def _follow(office: Office, workspace: str, name: str, title: str) -> str:
    """Follow a feed there, and return its address."""
    url = serve_feed(office.web, name)
    proposal = await office.desk.propose_feed(workspace, url, title=title, now=office.clock.now)
    await office.desk.accept_feed(workspace, proposal.key, by=by(office.desk))
    return url


async def _check_same_feed(office: Office) -> None:
    for workspace, title in ((HOME, "Ours"), (OTHER, "Note of the others")):
        await _follow(office, workspace, "shared", title)
    told = (await office.type("feeds list")).text
    assert "Ours" in told
    assert "others" not in told


async def _check_list(office: Office) -> None:
    await _follow(office, OTHER, "theirs", "Theirs")
    assert "Theirs" not in (await office.type("feeds list")).text
    offered = await office.server.interaction(
        "feeds remove", {"feed": "the"}, focused="feed", permissions=MANAGE_GUILD
    )
    assert offered.choices == []


async def _check_article(office: Office) -> None:
    await _follow(office, OTHER, "theirs", "Theirs")
    (feed,) = await office.desk.list_feeds(OTHER)
    for named in (str(feed.id), feed.url, "Theirs"):
        for command in ("feeds remove", "feeds pause"):
            refused = await office.type(command, feed=named)
            assert "Theirs" not in refused.text.replace(named, "")
    why = await office.type("why", url=office.web.url("/theirs/1"))
    assert "Tariff" not in why.text
    assert "Theirs" not in why.text
    assert await office.list_feeds(OTHER) == [feed.url]


async def _check_export(office: Office) -> None:
    mine = await _follow(office, HOME, "mine", "Ours")
    theirs = await _follow(office, OTHER, "theirs", "Theirs")
    exported = await office.type("feeds export")
    (file,) = exported.bodies[0]["files"]
    assert mine.encode() in file["content"]
    assert theirs.encode() not in file["content"]
    assert b"Theirs" not in file["content"]


WALLS: dict[str, Check] = {
    "cross_guild-002": _check_same_feed,
    "cross_guild-003": _check_list,
    "cross_guild-007": _check_article,
    "cross_guild-010": _check_export,
}


# ---------------------------------------------------------------- too much, and Discord failing


async def _check_import(office: Office) -> None:
    rows = [("", f"http://e.test/{number}", "") for number in range(100_000)]
    told = await office.type("feeds import", file=Upload("feeds.opml", opml(*rows)))
    must_be_one_private_line(told)
    assert await office.list_feeds() == []


async def _check_typing(office: Office) -> None:
    await _follow(office, HOME, "mine", "Ours")
    asked = len(office.web.requests)
    for number in range(50):
        offered = await office.server.interaction(
            "feeds test", {"feed": "ours"[: number % 5]}, focused="feed", permissions=MANAGE_GUILD
        )
        assert offered.choices
    assert len(office.web.requests) == asked


ABUSES: dict[str, Check] = {"abuse-006": _check_import, "abuse-010": _check_typing}
