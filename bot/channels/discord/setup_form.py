"""the form of /setup ↔ what was typed into it; after a mistake it opens again as it was left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import discord
from discord import ui

from bot.channels.discord.inert import clip, plain
from bot.channels.discord.lines import name_topic
from bot.model import Starter, Topic
from bot.wording import Words

CHANNEL, ZONE, TIMES, TOPICS, STARTERS = "channel", "zone", "times", "topics", "starters"
_ZONE_ROOM, _TIMES_ROOM = 34, 28
_CHOICES = 25
_LABEL = 100
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

_Label = ui.Label[ui.Modal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What stands in the form: a channel's id, free texts, tags, names of starter sets."""

    channel_id: str
    zone: str
    times: str
    tags: tuple[str, ...] = ()
    starters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """What the form lets one choose from."""

    topics: Sequence[Topic]
    starters: Sequence[Starter]

    @property
    def tags(self) -> list[str]:
        """The tags of the topics, as far as a form has room."""
        return [topic.tag for topic in self.topics[:_CHOICES]]

    @property
    def names(self) -> list[str]:
        """The names of the starter sets, as far as a form has room."""
        return [starter.name for starter in self.starters[:_CHOICES]]


def build_fields(filled: Filled, offer: Offer, words: Words) -> list[_Label]:
    """Return the fields, filled in: five, or fewer where there is nothing to choose from."""
    fields = [
        _label(CHANNEL, words, _channel_select(filled.channel_id)),
        _label(ZONE, words, _text(ZONE, filled.zone, _ZONE_ROOM, words)),
        _label(TIMES, words, _text(TIMES, filled.times, _TIMES_ROOM, words)),
    ]
    lists = {
        TOPICS: _topic_options(filled, offer, words),
        STARTERS: _starter_options(filled, offer, words),
    }
    fields += [
        _label(name, words, _select(name, lists[name], words)) for name in lists if lists[name]
    ]
    return fields


def read_filled(fields: Mapping[str, Sequence[str]], offer: Offer) -> Filled:
    """Return what was typed and chosen; choices that are not offered are none."""

    def read(name: str) -> str:
        return plain("".join(fields.get(name, ())))

    return Filled(
        channel_id="".join(fields.get(CHANNEL, ())),
        zone=read(ZONE),
        times=read(TIMES),
        tags=tuple(tag for tag in fields.get(TOPICS, ()) if tag in offer.tags),
        starters=tuple(name for name in fields.get(STARTERS, ()) if name in offer.names),
    )


# ---------------------------------------------------------------- as the id of a button


def write_rest(filled: Filled, offer: Offer) -> str:
    """Return all of it in so few characters that the id of a button holds them."""
    return "|".join(
        (
            _shorten(int(filled.channel_id) if filled.channel_id.isdecimal() else 0),
            _shorten(_mask(filled.tags, offer.tags)),
            _shorten(_mask(filled.starters, offer.names)),
            _keep(filled.zone, _ZONE_ROOM),
            _keep(filled.times, _TIMES_ROOM),
        )
    )


def read_rest(rest: str, offer: Offer) -> Filled:
    """Return what ``write_rest`` wrote.

    Raises:
        ValueError: it did not write this.
    """
    channel, tags, starters, zone, times = rest.split("|")
    return Filled(
        channel_id=str(int(channel, 36)),
        zone=zone,
        times=times,
        tags=_unmask(int(tags, 36), offer.tags),
        starters=_unmask(int(starters, 36), offer.names),
    )


def _keep(text: str, room: int) -> str:
    # What parts an id has no place inside it.
    free = text.translate(str.maketrans("|~", "//"))
    units = free.encode("utf-16-le", "ignore")[: 2 * room]
    return units.decode("utf-16-le", "ignore")


def _shorten(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def _mask(chosen: Sequence[str], offered: Sequence[str]) -> int:
    return sum(1 << place for place, name in enumerate(offered) if name in chosen)


def _unmask(mask: int, offered: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for place, name in enumerate(offered) if mask >> place & 1)


# ---------------------------------------------------------------- fields


def _label(name: str, words: Words, field: ui.Item[ui.Modal]) -> _Label:
    text, hint = words.say(f"setup.{name}.label"), words.say(f"setup.{name}.hint")
    return ui.Label(text=text, description=hint, component=field)


def _channel_select(channel_id: str) -> ui.ChannelSelect[ui.Modal]:
    chosen = discord.SelectDefaultValue(
        id=int(channel_id or 0), type=discord.SelectDefaultValueType.channel
    )
    return ui.ChannelSelect(
        custom_id=CHANNEL,
        channel_types=[discord.ChannelType.text, discord.ChannelType.news],
        required=True,
        default_values=[chosen] if channel_id else [],
    )


def _text(name: str, value: str, room: int, words: Words) -> ui.TextInput[ui.Modal]:
    return ui.TextInput(
        custom_id=name,
        default=value or None,
        placeholder=words.say(f"setup.{name}.empty"),
        required=True,
        min_length=1,
        max_length=room,
    )


def _select(name: str, options: list[discord.SelectOption], words: Words) -> ui.Select[ui.Modal]:
    return ui.Select(
        custom_id=name,
        placeholder=words.say(f"setup.{name}.empty"),
        options=options,
        required=False,
        min_values=0,
        max_values=len(options),
    )


def _topic_options(filled: Filled, offer: Offer, words: Words) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(
            label=clip(name_topic(topic, words), _LABEL),
            value=topic.tag,
            description=clip(topic.description, _LABEL) or None,
            default=topic.tag in filled.tags,
        )
        for topic in offer.topics[:_CHOICES]
    ]


def _starter_options(filled: Filled, offer: Offer, words: Words) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(
            label=clip(starter.name, _LABEL),
            value=starter.name,
            description=words.count(starter.size, "common.count.feed"),
            default=starter.name in filled.starters,
        )
        for starter in offer.starters[:_CHOICES]
    ]
