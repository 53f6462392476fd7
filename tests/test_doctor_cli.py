"""``briefing-bot doctor``: what is fine, what to mend, and the bot's invitation."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from command_line import Done, run_apart, run_here
from fakes.discord import FakeDiscord
from fakes.discord_world import BOT_ID, TOKEN

from bot.channels.discord.permissions import make_invite


@pytest.fixture
async def server() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as discord_server:
        yield discord_server


async def doctor(folder: Path, server: FakeDiscord, *words: str, token: str = TOKEN) -> Done:
    env = {"DISCORD_TOKEN": token, "DISCORD_API_URL": server.api_url}
    return await asyncio.to_thread(run_here, folder, "doctor", *words, **env)


def codes(done: Done) -> dict[str, Any]:
    return {each["code"]: each for each in json.loads(done.stdout)["findings"]}


def test_a_fresh_folder_without_a_token_is_well_and_says_what_is_off(tmp_path: Path) -> None:
    done = run_apart(tmp_path, "doctor")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("All is well.\n- settings are readable\n")
    assert "no model is set, sentences are quoted" in done.stdout
    assert "DISCORD_TOKEN is not set" in done.stdout
    assert "Invite the bot" not in done.stdout


async def test_a_token_that_works_comes_with_the_invitation(
    tmp_path: Path, server: FakeDiscord
) -> None:
    done = await doctor(tmp_path, server)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Discord takes the token of user{BOT_ID} (application {BOT_ID})" in done.stdout
    assert done.stdout.splitlines()[-1] == f"Invite the bot: {make_invite(BOT_ID)}"
    assert server.gateway.identifies == []


async def test_a_wrong_token_is_to_be_mended_and_not_shown(
    tmp_path: Path, server: FakeDiscord
) -> None:
    done = await doctor(tmp_path, server, token="wrong-token")
    assert done.returncode == 1
    assert done.stdout.startswith("1 thing to mend.\n1. Discord refused the token.")
    assert "   Check DISCORD_TOKEN" in done.stdout
    assert "wrong-token" not in done.stdout + done.stderr


async def test_discord_that_is_down_is_told(tmp_path: Path, server: FakeDiscord) -> None:
    server.is_down = True
    done = await doctor(tmp_path, server, "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert (report["is_ok"], report["invite"]) == (False, None)
    assert codes(done)["discord_failed"]["is_ok"] is False


async def test_programs_get_every_finding_with_its_remedy(
    tmp_path: Path, server: FakeDiscord
) -> None:
    done = await doctor(tmp_path, server, "--json")
    report = json.loads(done.stdout)
    assert report["is_ok"] is True
    assert report["invite"] == make_invite(BOT_ID)
    found = codes(done)
    assert {"settings", "database", "model_none", "discord"} <= found.keys()
    assert all(set(each) == SHAPE for each in found.values())


SHAPE = {"workspace", "code", "is_ok", "text", "remedy"}


def test_settings_that_are_wrong_are_told_and_nothing_else_is_tried(tmp_path: Path) -> None:
    done = run_here(tmp_path, "doctor", "--json", POLL_MINUTES="never")
    assert done.returncode == 1
    found = codes(done)
    assert list(found) == ["settings_failed"]
    assert "POLL_MINUTES" in found["settings_failed"]["text"]
    assert not (tmp_path / "data").exists()


def test_a_database_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "briefing.db").write_bytes(b"not a database " * 400)
    done = run_here(tmp_path, "doctor")
    assert done.returncode == 1
    assert "The database can’t be read" in done.stdout
    assert "restore a backup" in done.stdout


def test_what_other_workspaces_lack_is_told_with_their_name(tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(
        '<opml version="2.0"><body><outline type="rss" text="Wire"'
        ' xmlUrl="https://feeds.example.org/wire.xml"/></body></opml>',
        "utf-8",
    )
    workspace = ("--workspace", "discord:7001")
    imported = run_here(tmp_path, "feeds", "import", str(file), *workspace)
    assert imported.returncode == 0, imported.stderr
    done = run_here(tmp_path, "doctor", "--json")
    assert done.returncode == 1
    orders = codes(done)["orders_none"]
    assert (orders["workspace"], orders["is_ok"]) == ("discord:7001", False)
    assert "discord:7001: No order is set" in run_here(tmp_path, "doctor").stdout
