"""Brief → stdout: the terminal as a channel, for a bot without a platform and for tests."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TextIO

from bot.channels.console.export import render_text
from bot.channels.console.layout import to_text
from bot.channels.console.news import render_corrected, render_notice
from bot.channels.console.reminder import render_reminder
from bot.channels.console.render import render_alert
from bot.errors import ChannelError
from bot.model import Brief, CalendarEntry, Correction, Finding, Item, Look
from bot.ports import Payloads

_WIDTH = 80


class ConsoleChannel:
    """A ``ports.Channel`` over a text stream; it remembers what it printed until it ends.

    It speaks English, and knows one look.
    """

    platform = "console"

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._sent: dict[tuple[str, str], str] = {}

    def render_brief(self, brief: Brief, mark: Callable[[int], str], look: Look) -> Payloads:
        """One payload, ``{"text": …}``, whose last line is the mark."""
        return ({"text": f"{render_text(brief)}\n{mark(1)}\n"},)

    def render_alert(self, items: Sequence[Item], mark: str, look: Look) -> Payloads:
        """One payload, ``{"text": …}``, whose last line is the mark."""
        return ({"text": f"{to_text(render_alert(items), _WIDTH)}\n{mark}\n"},)

    def render_notice(self, findings: Sequence[Finding], mark: str, look: Look) -> Payloads:
        """One payload, ``{"text": …}``, whose last line is the mark."""
        return ({"text": render_notice(findings, mark)},)

    def render_corrected(
        self,
        payload: Mapping[str, object],
        corrections: Sequence[Correction],
        look: Look,
        timezone: str,
    ) -> Mapping[str, object]:
        """The payload with its corrections above the text."""
        return {"text": render_corrected(str(payload["text"]), corrections, timezone)}

    def render_reminder(
        self,
        entry: CalendarEntry,
        agenda: Sequence[Item],
        mark: str,
        *,
        days: int,
        note: str = "",
        look: Look,
    ) -> Payloads:
        """One payload, ``{"text": …}``, whose last line is the mark."""
        return ({"text": render_reminder(entry, agenda, mark, days=days, told=note)},)

    async def send(
        self, channel_id: str, payload: Mapping[str, object], nonce: str, *, first_id: str = ""
    ) -> str:
        """Print the text once per nonce; the nonce is the id.

        Raises:
            ChannelError: the stream is closed or refuses.
        """
        if (channel_id, nonce) not in self._sent:
            text = str(payload["text"])
            await asyncio.to_thread(self._print, text)
            self._sent[channel_id, nonce] = text
        return nonce

    async def find_sent(
        self, channel_id: str, mark: str, after: datetime, *, first_id: str = ""
    ) -> str | None:
        """The id of what this process printed with ``mark``; marks are unique for ever."""
        for (channel, nonce), text in self._sent.items():
            if channel == channel_id and mark in text.splitlines():
                return nonce
        return None

    async def edit(self, channel_id: str, message_id: str, payload: Mapping[str, object]) -> bool:
        """Print the text anew: what is printed can't be taken back; False if it never was.

        Raises:
            ChannelError: the stream is closed or refuses.
        """
        known, text = self._sent.get((channel_id, message_id)), str(payload["text"])
        if known is None:
            return False
        if known != text:
            await asyncio.to_thread(self._print, text)
            self._sent[channel_id, message_id] = text
        return True

    async def close(self) -> None:
        """Nothing to let go of: the stream belongs to whoever opened it."""

    def _print(self, text: str) -> None:
        encoding = self._out.encoding or "utf-8"
        try:
            self._out.write(text.encode(encoding, "replace").decode(encoding) + "\n")
            self._out.flush()
        except (OSError, ValueError) as error:
            raise ChannelError(
                "The console can't be written to: standard output is closed.", permanent=True
            ) from error
