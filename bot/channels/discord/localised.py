"""prompts/wording → names and descriptions of the commands in each reader's own language.

A text is found by where the command stands: ``commands.feeds.add.description``, an option by
``commands.feeds.add.options.url.name``, a choice by its value, ``commands.choices.failing``.
"""

import re

import discord
from discord import app_commands

from bot.wording import DEFAULT, Wordings

_Where = app_commands.TranslationContextLocation
_NAMES = (_Where.command_name, _Where.group_name, _Where.parameter_name, _Where.choice_name)


class CommandWords(app_commands.Translator):
    """Finds the words for what Discord shows of commands; English is what the commands have."""

    def __init__(self, wordings: Wordings) -> None:
        self._wordings = wordings

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return the words for one locale; None where it is shown as it is."""
        words = self._wordings.choose(locale.value)
        key = find_key(context)
        return words.say(key) if words.language != DEFAULT and words.has(key) else None


def find_key(context: app_commands.TranslationContextTypes) -> str:
    """Return the name of the text for a place in a command."""
    data, part = context.data, "name" if context.location in _NAMES else "description"
    if isinstance(data, app_commands.Choice):
        return f"commands.choices.{choice_key(data)}"
    if isinstance(data, app_commands.Parameter):
        return f"{_find_path(data.command)}.options.{data.name}.{part}"
    return f"{_find_path(data)}.{part}"


def choice_key(choice: app_commands.Choice[str | int | float]) -> str:
    """Return how a choice is called among the texts."""
    return re.sub(r"\W+", "_", str(choice.value)).strip("_").lower()


def _find_path(command: object) -> str:
    assert isinstance(command, app_commands.Command | app_commands.Group)
    return "commands." + command.qualified_name.replace(" ", ".")
