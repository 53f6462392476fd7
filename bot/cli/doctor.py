"""``doctor``: settings, database, model, feeds and the login at Discord, each with what to mend."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from bot.cli.session import HERE, AsJson, open_commands, show_json
from bot.errors import BotError, SettingsError, StoreError
from bot.model import Finding

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.wording import Words

_SHARED = ("database", "disk", "model", "embedding")
"""How the codes begin of what all workspaces share."""
_POSTING = ("orders", "notices")
"""How the codes begin of what the command line's own workspace does not need."""


@dataclass(frozen=True, slots=True)
class _Found:
    workspace: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class _Report:
    found: tuple[_Found, ...]
    invite: str = ""

    @property
    def is_ok(self) -> bool:
        return all(each.finding.is_ok for each in self.found)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(doctor)


def doctor(as_json: AsJson = False) -> None:
    """Check settings, database, model, feeds and Discord, and print the bot's invitation."""
    from bot.config import find_folder
    from bot.wording import DEFAULT, load_wordings

    report = asyncio.run(_examine())
    words = load_wordings(find_folder("prompts") / "wording")[DEFAULT]
    if as_json:
        show_json(_to_json(report, words))
    else:
        print("\n".join(_to_lines(report, words)))
    if not report.is_ok:
        raise typer.Exit(1)


async def _examine() -> _Report:
    from bot.config import load_settings

    try:
        settings = load_settings()
    except SettingsError as error:
        return _Report((_bad("settings_failed", str(error)),))
    found = [_fine("settings"), *await _check_inside()]
    told, invite = await _check_discord(settings)
    return _Report((*found, told), invite)


async def _check_inside() -> list[_Found]:
    """What the database knows: each workspace's own findings after those that all share."""
    try:
        async with open_commands() as commands:
            now = commands.tools.clock()
            shared: list[_Found] = []
            own: list[_Found] = []
            for workspace in (HERE, *(set(await commands.list_workspaces()) - {HERE})):
                findings = await commands.find_problems(workspace, now=now)
                shared = shared or [_Found("", each) for each in findings if _is_shared(each)]
                own += _list_own(workspace, findings)
    except StoreError as error:
        return [_bad("database_failed", str(error))]
    except BotError as error:
        return [_bad("settings_failed", str(error))]
    return shared + own


def _list_own(workspace: str, findings: Iterable[Finding]) -> Iterator[_Found]:
    for each in findings:
        is_posting = each.code.startswith(_POSTING) or each.code == "feeds_none"
        if not _is_shared(each) and not (workspace == HERE and is_posting):
            yield _Found(workspace, each)


def _is_shared(finding: Finding) -> bool:
    return finding.code.startswith(_SHARED)


async def _check_discord(settings: "Settings") -> tuple[_Found, str]:
    """Whether Discord takes the token, and the address that invites the bot."""
    token = settings.discord_token.get_secret_value()
    if not token:
        return _fine("discord_none"), ""
    from bot.channels.discord.login import Login
    from bot.channels.discord.permissions import make_invite

    login = Login(token, api_url=settings.discord_api_url)
    try:
        client = await login.get_client()
        application = client.application_id
        assert client.user is not None
        assert application is not None
        values = {"name": client.user.name, "application": str(application)}
        return _Found("", Finding("discord", is_ok=True, values=values)), make_invite(application)
    except BotError as error:
        return _bad("discord_failed", str(error)), ""
    finally:
        await login.close()


def _fine(code: str) -> _Found:
    return _Found("", Finding(code, is_ok=True))


def _bad(code: str, reason: str) -> _Found:
    return _Found("", Finding(code, is_ok=False, values={"reason": reason}))


def _to_lines(report: _Report, words: "Words") -> Iterator[str]:
    wrong = [each for each in report.found if not each.finding.is_ok]
    yield f"{words.count(len(wrong), 'doctor.title') if wrong else words.say('doctor.all_fine')}."
    for number, each in enumerate(wrong, 1):
        yield f"{number}. {_place(each)}{_tell(each, words)}"
        yield f"   {_remedy(each, words)}"
    yield from _list_fine([each for each in report.found if each.finding.is_ok], words)
    if report.invite:
        yield f"Invite the bot: {report.invite}"


def _list_fine(fine: Sequence[_Found], words: "Words") -> Iterator[str]:
    for each in fine:
        yield f"- {_place(each)}{_tell(each, words)}"
        if remedy := _remedy(each, words):
            yield f"  {remedy}"


def _to_json(report: _Report, words: "Words") -> object:
    findings = [
        {
            "workspace": each.workspace,
            "code": each.finding.code,
            "is_ok": each.finding.is_ok,
            "text": _tell(each, words),
            "remedy": _remedy(each, words),
        }
        for each in report.found
    ]
    return {"is_ok": report.is_ok, "findings": findings, "invite": report.invite or None}


def _place(found: _Found) -> str:
    return f"{found.workspace}: " if found.workspace else ""


def _tell(found: _Found, words: "Words") -> str:
    return words.say(f"doctor.{found.finding.code}", **found.finding.values)


def _remedy(found: _Found, words: "Words") -> str:
    key = f"doctor.{found.finding.code}.do"
    return words.say(key, **found.finding.values) if words.has(key) else ""
