"""Commands on what else a workspace chooses: language, roles, notices, mentions, quiet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.commands.topics import check_tags
from bot.errors import InputError
from bot.jobs import choices, events
from bot.jobs.tools import Tools
from bot.model import Author, ChannelRef, Rights, Topic, WorkspaceSettings
from bot.schedule.zones import check_timezone

MAX_MUTED_HOURS = 720
MAX_ROLES = 25


@dataclass(frozen=True)
class ChoiceCommands:
    """The part of ``ports.SettingCommands`` that keeps choices."""

    tools: Tools

    async def get_rights(self, workspace: str) -> Rights:
        """The roles that may manage and look."""
        return _read_rights(await self.tools.store.list_choices(workspace))

    async def get_settings(self, workspace: str) -> WorkspaceSettings:
        """Everything chosen."""
        chosen = await self.tools.store.list_choices(workspace)
        return WorkspaceSettings(
            timezone=await choices.find_timezone(self.tools.store, workspace),
            language=chosen.get(choices.LANGUAGE, ""),
            notices=choices.find_notices(chosen),
            rights=_read_rights(chosen),
            mentions=choices.list_mentions(chosen),
            has_events=chosen.get(choices.EVENTS) == choices.ON,
            muted_until=choices.find_muted_until(chosen, self.tools.clock()),
        )

    async def set_timezone(self, workspace: str, timezone: str, *, by: Author) -> str:
        """The workspace's zone, named by a city or as IANA does; returns its IANA name.

        Orders that stand keep theirs.

        Raises:
            InputError: there is no such zone, or several.
        """
        name = check_timezone(timezone)
        await self._choose(workspace, choices.TIMEZONE, name, by)
        return name

    async def set_language(self, workspace: str, language: str, *, by: Author) -> None:
        """The language of what is posted for all: one that is shipped, or empty for none."""
        code = check_language(self.tools.languages, language)
        await self._choose(workspace, choices.LANGUAGE, code, by)

    async def keep_locale(self, workspace: str, language: str) -> None:
        """The platform's own language for the workspace, which counts while none is chosen."""
        code = check_language(self.tools.languages, language)
        if code != await self.tools.store.find_choice(workspace, choices.LOCALE):
            await self.tools.store.save_choice(workspace, choices.LOCALE, code)

    async def set_notices(self, workspace: str, channel: ChannelRef | None, *, by: Author) -> None:
        """Where admins are told of what fails; None for nowhere."""
        value = f"{channel.platform} {channel.channel_id}" if channel else ""
        await self._choose(workspace, choices.NOTICES, value, by)

    async def set_rights(self, workspace: str, rights: Rights, *, by: Author) -> None:
        """The platform's roles that may manage and look."""
        managers, viewers = _write_roles(rights.managers), _write_roles(rights.viewers)
        await self._choose(workspace, choices.MANAGERS, managers, by)
        await self._choose(workspace, choices.VIEWERS, viewers, by)

    async def set_mention(self, workspace: str, tag: str, role: str, *, by: Author) -> None:
        """The role to mention when a brief has something on a topic; empty for none."""
        check_tags(self.tools.topics, [tag])
        await self._choose(workspace, choices.MENTION + tag, role.strip(), by)

    async def _choose(self, workspace: str, name: str, value: str, by: Author) -> None:
        if value:
            await self.tools.store.save_choice(workspace, name, value, by=by)
        else:
            await self.tools.store.drop_choice(workspace, name, by=by)

    async def set_events(self, workspace: str, *, is_on: bool, by: Author | None = None) -> None:
        """Keep the platform's own events of day-precise visits, or no more."""
        if await self.tools.store.find_choice(workspace, choices.EVENTS) is None:
            # Whoever undoes the first choice wants the events gone: no choice would leave them.
            await self.tools.store.save_choice(workspace, choices.EVENTS, choices.OFF)
        await events.switch_events(self.tools, workspace, is_on=is_on, by=by)

    async def mute(self, workspace: str, hours: float, *, by: Author) -> datetime:
        """Post nothing for so long; returns until when. 0 ends it at once."""
        if not 0 <= hours <= MAX_MUTED_HOURS:
            raise InputError(f"The hours must be between 0 and {MAX_MUTED_HOURS} (30 days).")
        until = by.at + timedelta(hours=hours)
        if not hours:
            await choices.end_mute(self.tools.store, workspace, by.at)
        await self._choose(workspace, choices.MUTED, until.isoformat() if hours else "", by)
        return until

    async def list_topics(self, workspace: str) -> tuple[Topic, ...]:
        """The topics that articles are read for."""
        return tuple(self.tools.topics)


def check_language(languages: Sequence[str], language: str) -> str:
    """The code of a language that is shipped, or nothing for none.

    Raises:
        InputError: it is not shipped.
    """
    code = language.strip().lower()
    if code and code not in languages:
        raise InputError(f"There is no language “{code[:20]}”; there are {', '.join(languages)}.")
    return code


def _read_rights(chosen: Mapping[str, str]) -> Rights:
    return Rights(
        managers=choices.list_roles(chosen, choices.MANAGERS),
        viewers=choices.list_roles(chosen, choices.VIEWERS),
    )


def _write_roles(roles: Iterable[str]) -> str:
    """The ids in order; one that could be read as two is refused."""
    found = sorted({role.strip() for role in roles} - {""})
    if len(found) > MAX_ROLES or any("," in role for role in found):
        raise InputError(f"Name up to {MAX_ROLES} roles.")
    return ",".join(found)
