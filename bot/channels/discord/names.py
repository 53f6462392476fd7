"""ids → the names of channels, roles and members of a server, without mentioning anybody."""

import asyncio
from collections.abc import Iterable, Mapping

import discord

from bot.channels.discord.faults import VENDOR_ERRORS
from bot.wording import Words

_CONSOLE = "console"


class Names:
    """The names in one server, as plain text; what is gone has its number."""

    def __init__(self, guild: discord.Guild | None, words: Words) -> None:
        self._guild = guild
        self._words = words

    def channel(self, channel_id: str) -> str:
        """Return ``#news``."""
        found = None
        if self._guild and channel_id.isdecimal():
            found = self._guild.get_channel_or_thread(int(channel_id))
        gone = self._words.say("history.gone_channel", id=channel_id)
        return f"#{found.name}" if found else gone

    def role(self, role_id: str) -> str:
        """Return ``@Editors``."""
        found = None
        if self._guild and role_id.isdecimal():
            found = self._guild.get_role(int(role_id))
        gone = self._words.say("history.gone_role", id=role_id)
        return f"@{found.name.removeprefix('@')}" if found else gone

    def roles(self, role_ids: Iterable[str]) -> str:
        """Return the roles in words, or that there is none."""
        names = sorted(map(self.role, role_ids))
        return self._words.join(names) or self._words.say("history.none")

    async def members(self, members: Iterable[str]) -> Mapping[str, str]:
        """Return the names by which members go in the server now."""
        wanted = sorted(set(members))
        found = await asyncio.gather(*(self._find_member(each) for each in wanted))
        return dict(zip(wanted, found, strict=True))

    async def _find_member(self, member: str) -> str:
        number = member.rpartition(":")[2]
        if member == _CONSOLE:
            return self._words.say("history.console")
        if self._guild and number.isdecimal():
            try:
                known = self._guild.get_member(int(number))
                return (known or await self._guild.fetch_member(int(number))).display_name
            except VENDOR_ERRORS:
                pass
        return self._words.say("history.gone_member", id=number)
