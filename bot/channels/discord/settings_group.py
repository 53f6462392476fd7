"""/settings → ``ports.Commands``: what a server has chosen besides feeds and orders."""

from collections.abc import Iterable

import discord
from discord import app_commands

from bot.channels.discord.asked import Desk, author_of, words_of, workspace_of
from bot.channels.discord.completing import Choices, Named, name_zones, offer
from bot.channels.discord.names import Names
from bot.channels.discord.permissions import POSTING, list_missing
from bot.channels.discord.replies import answer, take
from bot.channels.discord.rights import MANAGE, RULE
from bot.channels.discord.settings_pages import (
    name_permissions,
    render_chosen,
    render_settings,
)
from bot.errors import InputError
from bot.model import Author, ChannelRef, Right, Rights
from bot.text.lexicon import fold

_OWN, _OWN_NAME = "own", "the server's own language"


class SettingsGroup(app_commands.Group):
    """``/settings show``, and ``/settings set``, where roles take Manage Server itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(name="settings", description="What this server has chosen")
        self._desk = desk
        self.add_command(_SetGroup(desk))

    @app_commands.command(name="show", description="Everything that was chosen", extras=MANAGE)
    async def show(self, interaction: discord.Interaction) -> None:
        """Show all settings to the one who asks."""
        words = words_of(interaction, self._desk)
        await take(interaction, is_private=True)
        settings = await self._desk.commands.get_settings(workspace_of(interaction))
        names = Names(interaction.guild, words)
        await answer(interaction, render_settings(settings, names, words, self._desk.wordings))


class _SetGroup(app_commands.Group):
    def __init__(self, desk: Desk) -> None:
        super().__init__(name="set", description="Choose something for this server")
        self._desk = desk
        named = {_OWN: _OWN_NAME, **{code: each.name for code, each in desk.wordings.items()}}
        languages = [
            app_commands.Choice(name=app_commands.locale_str(name), value=code)
            for code, name in named.items()
        ]
        app_commands.choices(language=languages)(self.language)

    @app_commands.command(
        name="language", description="The language of what is posted for all", extras=MANAGE
    )
    @app_commands.describe(language="Quotations stay in the language of their source")
    async def language(self, interaction: discord.Interaction, language: str) -> None:
        """Choose the language of briefs and other public messages."""
        by, workspace = await self._begin(interaction)
        chosen = "" if language == _OWN else language
        await self._desk.commands.set_language(workspace, chosen, by=by)
        key = "settings.language_own" if language == _OWN else "settings.language_set"
        name = self._desk.wordings[chosen].name if chosen else ""
        await self._show(interaction, key, by, language=name)

    @app_commands.command(
        name="timezone", description="The time zone of this server", extras=MANAGE
    )
    @app_commands.describe(zone="A city or a zone, such as London or Europe/London")
    async def timezone(
        self, interaction: discord.Interaction, zone: app_commands.Range[str, 1, 100]
    ) -> None:
        """Choose in what zone orders are made that name none, and dates are told."""
        by, workspace = await self._begin(interaction)
        name = await self._desk.commands.set_timezone(workspace, zone, by=by)
        await self._show(interaction, "settings.timezone_set", by, timezone=name)

    @timezone.autocomplete("zone")
    async def _complete_zone(self, interaction: discord.Interaction, current: str) -> Choices:
        return await offer(name_zones(current))

    @app_commands.command(
        name="notices", description="The channel in which admins are told what fails", extras=MANAGE
    )
    @app_commands.describe(channel="Best one that only admins see; none if not given")
    async def notices(
        self, interaction: discord.Interaction, channel: discord.TextChannel | None = None
    ) -> None:
        """Choose where failing feeds and rests of orders are told."""
        words = words_of(interaction, self._desk)
        by, workspace = await self._begin(interaction)
        if channel is not None:
            missing = list_missing(channel.permissions_for(channel.guild.me), POSTING)
            if missing:
                names = name_permissions(missing, words)
                raise InputError(words.say("settings.notices_right", permissions=names))
        place = ChannelRef("discord", str(channel.id)) if channel else None
        await self._desk.commands.set_notices(workspace, place, by=by)
        key = "settings.notices_set" if channel else "settings.notices_none"
        await self._show(interaction, key, by, channel=f"#{channel.name}" if channel else "")

    @app_commands.command(
        name="managers", description="The roles that may change things", extras=RULE
    )
    @app_commands.describe(
        role="In place of those before; nobody but Manage Server if not given",
        role2="Another one",
        role3="Another one",
        role4="Another one",
        role5="Another one",
    )
    async def managers(
        self,
        interaction: discord.Interaction,
        role: discord.Role | None = None,
        role2: discord.Role | None = None,
        role3: discord.Role | None = None,
        role4: discord.Role | None = None,
        role5: discord.Role | None = None,
    ) -> None:
        """Choose who may manage, beside those who have Manage Server."""
        await self._set_roles(interaction, Right.MANAGE, (role, role2, role3, role4, role5))

    @app_commands.command(
        name="viewers", description="The roles that may ask and look", extras=RULE
    )
    @app_commands.describe(
        role="In place of those before; everybody if not given",
        role2="Another one",
        role3="Another one",
        role4="Another one",
        role5="Another one",
    )
    async def viewers(
        self,
        interaction: discord.Interaction,
        role: discord.Role | None = None,
        role2: discord.Role | None = None,
        role3: discord.Role | None = None,
        role4: discord.Role | None = None,
        role5: discord.Role | None = None,
    ) -> None:
        """Choose who may ask and look."""
        await self._set_roles(interaction, Right.VIEW, (role, role2, role3, role4, role5))

    @app_commands.command(
        name="mention", description="The role to mention when a brief has a topic", extras=RULE
    )
    @app_commands.describe(topic="The topic", role="The role; none if not given")
    async def mention(
        self,
        interaction: discord.Interaction,
        topic: app_commands.Range[str, 1, 100],
        role: discord.Role | None = None,
    ) -> None:
        """Choose whom a brief calls."""
        words = words_of(interaction, self._desk)
        by, workspace = await self._begin(interaction)
        if role is not None and role.is_default():
            raise InputError(words.say("settings.not_everyone"))
        role_id = str(role.id) if role else ""
        await self._desk.commands.set_mention(workspace, topic, role_id, by=by)
        key = "settings.mention_set" if role else "settings.mention_none"
        if role is not None and not _may_mention(role):
            key = "settings.mention_silent"
        await self._show(interaction, key, by, topic=topic, role=role.name if role else "")

    @mention.autocomplete("topic")
    async def _complete_topic(self, interaction: discord.Interaction, current: str) -> Choices:
        return await offer(_list_topics(self._desk, interaction, current))

    async def _set_roles(
        self, interaction: discord.Interaction, right: Right, given: Iterable[discord.Role | None]
    ) -> None:
        words = words_of(interaction, self._desk)
        by, workspace = await self._begin(interaction)
        roles = [role for role in given if role is not None]
        chosen = frozenset(str(role.id) for role in roles)
        held = await self._desk.commands.get_rights(workspace)
        if right is Right.MANAGE:
            if any(role.is_default() for role in roles):
                raise InputError(words.say("settings.not_everyone"))
            rights = Rights(managers=chosen, viewers=held.viewers)
        else:
            rights = Rights(managers=held.managers, viewers=chosen)
        await self._desk.commands.set_rights(workspace, rights, by=by)
        key = f"settings.{right.value}_{'set' if roles else 'none'}"
        named = Names(interaction.guild, words).roles(chosen)
        await self._show(interaction, key, by, roles=named)

    async def _begin(self, interaction: discord.Interaction) -> tuple[Author, str]:
        workspace, by = workspace_of(interaction), author_of(interaction, self._desk)
        await take(interaction, is_private=True)
        return by, workspace

    async def _show(
        self, interaction: discord.Interaction, key: str, by: Author, **values: str
    ) -> None:
        words = words_of(interaction, self._desk)
        await answer(interaction, render_chosen(key, values, by.batch, words))


def _may_mention(role: discord.Role) -> bool:
    """Whether a mention by the bot would call those who have the role."""
    return role.mentionable or role.guild.me.guild_permissions.mention_everyone


async def _list_topics(desk: Desk, interaction: discord.Interaction, current: str) -> list[Named]:
    topics = await desk.commands.list_topics(workspace_of(interaction))
    return [
        (topic.title, topic.tag)
        for topic in topics
        if fold(current) in fold(f"{topic.tag} {topic.title}")
    ]
