"""Hostile inputs of data/bad_inputs.json, typed at the product's own commands over the wire.

What other tests try already is named in ``bad_inputs_tried.py``.
"""

import ast
import asyncio
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from bad_inputs_limits import LIMITS
from bad_inputs_rights import ABUSES, PERMISSIONS, WALLS
from bad_inputs_tried import TRIED
from fakes.discord_world import CHANNEL_ID, TOKEN, Fault
from feeds.cases import build, cases
from office import (
    WORDINGS,
    Office,
    list_links,
    must_be_inert,
    must_be_one_private_line,
    open_office,
)

from bot.channels.discord.login import Login
from bot.channels.discord.send import DiscordChannel

# One bot listens through the whole file.
pytestmark = pytest.mark.asyncio(loop_scope="module")

TESTS = Path(__file__).parent
CATEGORIES = (
    *("discord_text", "discord_limits", "discord_fault", "permission", "cross_guild"),
    *("abuse", "url_syntax", "item_link"),
)
WAITING = "discord_fault-008"
"""All sends wait when all are told to: tried below."""


def here(*categories: str) -> list[Any]:
    """The cases of these categories that are tried in this file."""
    return [case for case in cases(*categories) if case.id not in TRIED]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    async with open_office(tmp_path_factory.mktemp("office")) as office:
        yield office


@pytest_asyncio.fixture(loop_scope="module")
async def office(opened: Office) -> Office:
    await opened.clear()
    return opened


async def test_every_case_is_tried_here_or_by_the_test_that_is_named() -> None:
    ids = {case.id for case in cases(*CATEGORIES)}
    assert set(TRIED) <= ids
    texts = {case.id for case in here("discord_text", "url_syntax", "item_link")}
    assert ids == {*TRIED, *LIMITS, *PERMISSIONS, *WALLS, *ABUSES, *texts, WAITING}
    for case, where in TRIED.items():
        file, _, name = where.partition("::")
        tree = ast.parse((TESTS / file).read_text("utf-8"))
        assert name in {getattr(node, "name", "") for node in ast.walk(tree)}, f"{case}: {where}"


# ---------------------------------------------------------------- addresses and texts


@pytest.mark.parametrize("given", here("url_syntax"))
async def test_what_is_no_address_is_refused_in_one_private_line_and_nothing_is_kept(
    office: Office, given: object
) -> None:
    asked = len(office.web.requests)
    refused = await office.type("feeds add", url=build(given))
    must_be_one_private_line(refused)
    assert refused.parts == {}
    assert await office.list_feeds() == []
    assert len(office.web.requests) == asked


def serve(office: Office, title: str, link: str) -> str:
    """A JSON feed, which may hold any character, with one entry."""
    entry = {"id": "1", "url": link, "title": title, "content_text": f"{title} was said. " * 3}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": title, "items": [entry]}
    return office.web.serve("/feed.json", json.dumps(feed), content_type="application/feed+json")


@pytest.mark.parametrize("link", here("item_link"))
async def test_a_link_of_an_entry_is_made_safe_or_not_used(office: Office, link: str) -> None:
    card = await office.type("feeds add", url=serve(office, "Gazette", link))
    assert "Gazette" in card.text
    must_be_inert(card)
    assert link not in list_links(card)
    must_be_inert(await office.press(card, "Confirm"))
    must_be_inert(await office.type("feeds list"))
    assert len(await office.list_feeds()) == 1


@pytest.mark.parametrize("given", here("discord_text"))
async def test_a_text_of_others_is_shown_and_does_nothing(office: Office, given: object) -> None:
    card = await office.type("feeds add", url=serve(office, build(given), "https://e.test/1"))
    assert card.is_private
    must_be_inert(card)
    must_be_inert(await office.press(card, "Confirm"))
    must_be_inert(await office.type("feeds list"))
    must_be_inert(await office.type("history"))


# ---------------------------------------------------------------- by the case


@pytest.mark.parametrize("given", here("discord_limits"))
async def test_what_is_over_a_limit_is_parted_or_cut_and_accepted(
    office: Office, given: object, request: pytest.FixtureRequest
) -> None:
    await LIMITS[request.node.callspec.id](office, build(given))


@pytest.mark.parametrize("case", PERMISSIONS)
async def test_what_one_may_not_do_changes_nothing(office: Office, case: str) -> None:
    await PERMISSIONS[case](office)


@pytest.mark.parametrize("case", WALLS)
async def test_a_server_is_shown_nothing_of_another(office: Office, case: str) -> None:
    await WALLS[case](office)


@pytest.mark.parametrize("case", ABUSES)
async def test_what_is_too_much_is_bounded(office: Office, case: str) -> None:
    await ABUSES[case](office)


async def test_when_all_sends_are_told_to_wait_all_do(office: Office) -> None:
    server = office.server
    login = Login(TOKEN, api_url=server.api_url, gateway_url=server.gateway_url)
    posting = DiscordChannel(login, WORDINGS)
    sent = len(server.sends)
    server.faults.append(Fault(status=429, retry_after=0.5))
    began = time.monotonic()

    async def send(number: int) -> float:
        payload = {"embeds": [{"title": f"Part {number}"}]}
        await posting.send(str(CHANNEL_ID), payload, f"nonce{number}")
        return time.monotonic() - began

    first = asyncio.create_task(send(1))
    await asyncio.sleep(0.1)
    waited = await asyncio.gather(first, *(send(number) for number in range(2, 5)))
    await posting.close()
    assert min(waited) >= 0.4
    assert len(server.sends) == sent + len(waited) + 1, "only the first was sent to be turned away"
