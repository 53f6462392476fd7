"""a channel that a brief is to be posted in → whether the bot may, before anything is promised."""

from collections.abc import Sequence

import discord

from bot.channels.discord.asked import Desk, words_of
from bot.channels.discord.permissions import list_missing, list_needed
from bot.errors import InputError
from bot.model import Form

Place = discord.abc.GuildChannel | discord.Thread


def find_place(interaction: discord.Interaction, channel_id: str) -> Place | None:
    """Return the channel or thread of that id on this server, if the bot knows of it."""
    guild = interaction.client.get_guild(interaction.guild_id or 0)
    if guild is None or not channel_id.isdecimal():
        return None
    here = interaction.channel
    if isinstance(here, discord.Thread) and str(here.id) == channel_id:
        # One that slept when the bot came is told of by the command typed in it alone.
        return here
    return guild.get_channel_or_thread(int(channel_id))


def default_form(place: Place | None) -> Form:
    """Return how a brief is posted there if nobody chose."""
    return Form.FORUM if isinstance(place, discord.ForumChannel) else Form.MESSAGE


def check_place(interaction: discord.Interaction, desk: Desk, channel_id: str, form: Form) -> Place:
    """Return the channel, in which the bot may post in that form.

    Raises:
        InputError: it is not on this server, takes no such form, or a right is missing there.
    """
    words = words_of(interaction, desk)
    place = find_place(interaction, channel_id)
    if place is None:
        raise InputError(words.say("replies.missing.not_here"))
    name = f"#{place.name}"
    if isinstance(place, discord.ForumChannel) and form is not Form.FORUM:
        raise InputError(words.say("replies.missing.only_forum", channel=name))
    if form is Form.FORUM and not isinstance(place, discord.ForumChannel):
        raise InputError(words.say("replies.missing.not_forum"))
    if form is Form.THREAD and not isinstance(place, discord.TextChannel):
        raise InputError(words.say("replies.missing.no_threads", channel=name))
    missing = _list_missing(interaction, place, form)
    if missing:
        named = words.join([words.say(f"replies.permission.{each}") for each in missing])
        raise InputError(words.say("replies.missing.line", channel=name, permissions=named))
    return place


def check_tags(
    interaction: discord.Interaction, desk: Desk, place: Place, tags: Sequence[str]
) -> tuple[str, ...]:
    """Return the forum's tags of those names, as the forum writes them.

    Raises:
        InputError: it has no such tag, or wants one and none was given.
    """
    if not isinstance(place, discord.ForumChannel):
        return ()
    known = {tag.name.casefold(): tag.name for tag in place.available_tags}
    words = words_of(interaction, desk)
    listed = ", ".join(known.values()) or "–"
    if unknown := [tag for tag in tags if tag.casefold() not in known]:
        raise InputError(words.say("schedule.no_tag", tag=unknown[0], tags=listed))
    if place.flags.require_tag and not tags:
        raise InputError(words.say("schedule.tag_needed", tags=listed))
    return tuple(known[tag.casefold()] for tag in tags)


def _list_missing(interaction: discord.Interaction, place: Place, form: Form) -> tuple[str, ...]:
    needed = list_needed(form, is_thread=isinstance(place, discord.Thread))
    return list_missing(_find_permissions(interaction, place), needed)


def _find_permissions(interaction: discord.Interaction, place: Place) -> discord.Permissions:
    # What Discord sends along is true at this moment; of other channels we know what it told us.
    if place.id == interaction.channel_id:
        return interaction.app_permissions
    try:
        return place.permissions_for(place.guild.me)
    except discord.ClientException:
        return discord.Permissions.none()
