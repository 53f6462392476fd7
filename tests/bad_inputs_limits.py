"""What would break a limit of Discord, by the case of data/bad_inputs.json: how it is met."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from channels.discord.discord_reader import must_fit
from channels.discord.discord_samples import BRIEF
from commands_samples import NOW
from fakes.discord_world import CHANNEL_ID, MANAGE_GUILD, TOKEN
from office import HOME, WORDINGS, Office

from bot.channels.discord.limits import Payload
from bot.channels.discord.login import Login
from bot.channels.discord.places import put_in_place
from bot.channels.discord.render import render_brief
from bot.channels.discord.replies import find_line
from bot.channels.discord.send import DiscordChannel
from bot.errors import ChannelError, InputError
from bot.model import Brief, Form, Look, Section

Check = Callable[[Office, Any], Awaitable[None]]


def write(*texts: str, count: int = 1, title: str = "Trade") -> Sequence[Payload]:
    """The messages of a brief with those lines in each of its sections."""
    template = BRIEF.sections[0].items[0]
    items = tuple(replace(template, text=text, change=None, before=None) for text in texts)
    sections = tuple(Section(tag="trade", title=title, items=items) for number in range(count))
    return render(replace(BRIEF, sections=sections, visits=(), contradictions=()))


def render(brief: Brief) -> Sequence[Payload]:
    return render_brief(brief, lambda number: f"mark-{number}", Look(), WORDINGS["en"])


def words_of(payloads: Sequence[Payload]) -> str:
    return json.dumps(payloads, ensure_ascii=False)


async def _check_line(office: Office, given: Any) -> None:
    line = find_line(InputError(given), "feeds add", WORDINGS["en"])
    assert 0 < len(line) <= 2000
    assert line.endswith("…")


async def _check_nonce(office: Office, given: Any) -> None:
    login = Login(TOKEN, api_url=office.server.api_url, gateway_url=office.server.gateway_url)
    posting = DiscordChannel(login, WORDINGS)
    sent = len(office.server.sends)
    with pytest.raises(ChannelError, match="25"):
        await posting.send(str(CHANNEL_ID), {"embeds": [{"title": "t"}]}, given)
    assert len(office.server.sends) == sent


async def _check_choices(office: Office, given: Any) -> None:
    for number in range(given):
        await office.desk.tools.store.add_feed(
            HOME, f"http://e.test/{number}", title=f"Feed {number}", outlet="", tier=3, now=NOW
        )
    offered = await office.server.interaction(
        "feeds remove", {"feed": ""}, focused="feed", permissions=MANAGE_GUILD
    )
    assert offered.choices is not None
    assert len(offered.choices) == 25


async def _check_name(office: Office, given: Any) -> None:
    for form in (Form.THREAD, Form.FORUM):
        payloads = put_in_place(write("One line."), Look(form=form), name=given)
        told = words_of(payloads)
        assert f'"{given}"' not in told
        must_fit(payloads)


def _lines(make: Callable[[Any], Sequence[str]], count: int = 1) -> Check:
    async def check(office: Office, given: Any) -> None:
        payloads = write(*make(given), count=count)
        must_fit(payloads)
        shown = words_of(payloads)
        for text in make(given):
            # A long line is shown from its first letter to its last, in pieces.
            assert all(sign in shown for sign in set(text) if not sign.isspace())

    return check


async def _check_title(office: Office, given: Any) -> None:
    payloads = write("One line.", title=given)
    must_fit(payloads)
    assert "…" in words_of(payloads)


async def _check_items(office: Office, given: Any) -> None:
    payloads = write(*(f"Line number {number}." for number in range(given)))
    must_fit(payloads)
    shown = words_of(payloads)
    places = [shown.index(f"Line number {number}.") for number in range(given)]
    assert places == sorted(places)


async def _check_link(office: Office, given: Any) -> None:
    template = BRIEF.sections[0].items[0]
    cited = tuple(replace(each, article_url=given) for each in template.citations)
    section = Section(tag="trade", title="Trade", items=(replace(template, citations=cited),))
    payloads = render(replace(BRIEF, sections=(section,), visits=(), contradictions=()))
    must_fit(payloads)
    assert "a" * 400 in words_of(payloads)


async def _check_embed_urls(office: Office, given: Any) -> None:
    embeds = [embed for payload in write("One.", count=given) for embed in payload["embeds"]]  # type: ignore[attr-defined]
    assert not [embed for embed in embeds if "url" in embed], "two of one URL would be shown as one"


LIMITS: dict[str, Check] = {
    "discord_limits-001": _check_title,
    "discord_limits-004": _lines(lambda given: [given]),
    "discord_limits-006": _lines(lambda given: [given, "A line."]),
    "discord_limits-007": _lines(lambda given: ["a" * (given // 2), "b" * (given // 2 + 1)]),
    "discord_limits-008": _lines(lambda given: ["A line."], count=11),
    "discord_limits-009": _check_line,
    "discord_limits-012": _check_nonce,
    "discord_limits-013": _check_link,
    "discord_limits-014": _check_embed_urls,
    "discord_limits-015": _check_choices,
    "discord_limits-017": _check_name,
    "discord_limits-018": _lines(lambda given: [given]),
    "discord_limits-019": _check_items,
}
