"""A simulated server with its people, for tests of slash commands; what they are shown."""

from collections.abc import Sequence
from typing import Any

import discord
import simcord
from discord import app_commands
from discord_desk import Desk


class Guild:
    """A simulated server with a manager and a member, and the bot in it."""

    def __init__(
        self, env: simcord.Env, desk: Desk, synced: Sequence[app_commands.AppCommand] = ()
    ) -> None:
        self.env = env
        self.synced = synced
        self.desk = desk
        self.sim = env.create_guild()
        self.channel = self.sim.create_text_channel("news")
        managers = self.sim.create_role(
            "Managers", permissions=discord.Permissions(manage_guild=True)
        )
        self.manager = self.sim.add_member(env.create_user("manager"), roles=[managers])
        self.member = self.sim.add_member(env.create_user("member"))
        self.workspace = f"discord:{self.sim.id}"


def text_of(result: Any) -> str:
    """All words shown, one part a line."""
    parts = []
    for message in filter(None, (result.response, *result.followups)):
        parts.append(message.content)
        parts += [f"{embed.title}\n{embed.description}" for embed in message.embeds]
    return "\n".join(filter(None, parts))
