"""pages of text blocks → messages within Discord's limits, nothing lost, in order."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.channels.discord.inert import clip, inert, plain
from bot.channels.discord.limits import (
    DESCRIPTION,
    EMBEDS,
    MESSAGE,
    NODES,
    Payload,
    count_nodes,
    measure,
)
from bot.wording import Words

# Inert text is at most twice as long as the text, so a piece of this many characters always
# fits into a block.
_PIECE = 1_500
_BLOCK = 3_600
_BLOCK_NODES = 30
_HEADING = 100
_FOOTER_ROOM = 200

MESSAGES = 5
"""The most messages that one answer about visits puts into a channel."""


@dataclass(frozen=True, slots=True)
class Page:
    """A headed run of blocks; a block is Discord markup that is not parted, see ``join``."""

    title: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Embed:
    title: str
    blocks: tuple[str, ...]

    @property
    def description(self) -> str:
        return "\n\n".join(self.blocks)


def heading(text: str) -> str:
    """Return a page title of untrusted words."""
    return inert(clip(text, _HEADING))


def pieces(text: str) -> tuple[str, ...]:
    """Return untrusted ``text`` made inert, in several pieces with ``…`` between if too long."""
    rest = plain(text)
    parts = []
    while len(rest) > _PIECE:
        at = rest.rfind(" ", _PIECE // 2, _PIECE)
        at = at if at > 0 else _PIECE
        parts.append(rest[:at])
        rest = rest[at:].lstrip()
    parts.append(rest)
    last = len(parts) - 1
    return tuple(
        f"{'… ' if number else ''}{inert(part)}{' …' if number < last else ''}"
        for number, part in enumerate(parts)
    )


def join(lines: Iterable[str]) -> tuple[str, ...]:
    """Return ``lines`` of markup as one block, or as several where one would be too long."""
    blocks: list[str] = []
    for line in lines:
        joined = f"{blocks[-1]}\n{line}" if blocks else line
        if blocks and is_block(joined):
            blocks[-1] = joined
        else:
            blocks.append(line)
    return tuple(blocks)


def is_block(text: str) -> bool:
    """Return whether ``text`` is short enough to stand in one block."""
    return measure(text) <= _BLOCK and count_nodes(text) <= _BLOCK_NODES


def without_mark(number: int) -> str:
    """Return the mark of a message that nobody will look for."""
    return ""


def pack(
    pages: Sequence[Page],
    words: Words,
    *,
    footer: str = "",
    mark: Callable[[int], str] = without_mark,
    spare: int = 0,
    is_cover: bool = False,
) -> tuple[Payload, ...]:
    """Return the messages that hold ``pages``; the last embed of each has a footer.

    It says ``footer``, which part of how many the message is, and ``mark(number)``, from 1. In
    the first message ``spare`` characters and an embed stay free, and after the first page, if
    that ``is_cover``, nothing stands in it.
    """
    messages: list[tuple[_Embed, ...]] = [()]
    for place, page in enumerate(pages):
        if place == 1 and is_cover:
            messages.append(())
        for number, block in enumerate(page.blocks):
            room = spare if len(messages) == 1 else 0
            if number and _fits(longer := _append(messages[-1], block), room):
                messages[-1] = longer
                continue
            title = words.say("common.continued", title=page.title) if number else page.title
            embed = _Embed(title, (block,))
            if messages[-1] and not _fits((*messages[-1], embed), room):
                messages.append(())
            messages[-1] = (*messages[-1], embed)
    total = len(messages)
    return tuple(
        _payload(message, " · ".join(filter(None, (footer, _tell_part(n, total, words), mark(n)))))
        for n, message in enumerate(messages, 1)
    )


def pack_first(
    things: Sequence[Page], words: Words, *, way_on: str, most: int = MESSAGES
) -> tuple[Payload, ...]:
    """Return ``most`` messages at most, with the first of ``things``, none of them cut.

    Things of one title in a row share a page. Those left out are counted at the end, with
    ``way_on``, which says how to come by them; the first thing is always kept.
    """

    def write(kept: int) -> tuple[Payload, ...]:
        left = len(things) - kept
        told = words.say("common.more", n=words.number(left), way_on=way_on)
        rest = [Page(things[kept - 1].title, (told,))] if left else []
        return pack(_merge((*things[:kept], *rest)), words)

    whole = write(len(things))
    if len(whole) <= most:
        return whole
    kept = bisect_left(range(1, len(things)), True, key=lambda kept: len(write(kept)) > most)
    return write(max(1, kept))


def _merge(things: Iterable[Page]) -> list[Page]:
    return [
        Page(title, tuple(block for thing in run for block in thing.blocks))
        for title, run in groupby(things, key=lambda thing: thing.title)
    ]


def _tell_part(number: int, total: int, words: Words) -> str:
    """Return which message of several it is, and nothing for a lone one."""
    return words.say("common.part", number=number, total=total) if total > 1 else ""


def _append(message: tuple[_Embed, ...], block: str) -> tuple[_Embed, ...]:
    last = message[-1]
    return (*message[:-1], _Embed(last.title, (*last.blocks, block)))


def _fits(message: tuple[_Embed, ...], spare: int) -> bool:
    texts = [embed.description for embed in message]
    size = sum(map(measure, texts)) + sum(measure(embed.title) for embed in message)
    return (
        len(message) <= EMBEDS - bool(spare)
        and max(map(measure, texts)) <= DESCRIPTION
        and size <= MESSAGE - _FOOTER_ROOM - spare
        and sum(map(count_nodes, texts)) <= NODES
    )


def _payload(message: tuple[_Embed, ...], footer: str) -> Payload:
    embeds: list[dict[str, object]] = [
        {"title": embed.title, "description": embed.description} for embed in message
    ]
    if footer:
        embeds[-1]["footer"] = {"text": footer}
    return {"embeds": embeds}
