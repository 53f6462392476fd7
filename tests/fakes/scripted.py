"""A platform in memory whose faults are scripted: what is posted to it, searched in it, edited."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import ChannelError
from bot.model import Brief, CalendarEntry, Correction, Finding, Item, Look
from bot.ports import Payloads


@dataclass(frozen=True)
class Posted:
    """A message as it stands in a channel."""

    channel_id: str
    nonce: str
    payload: Mapping[str, object]


async def _nothing(channel_id: str) -> None:
    """What happens in between, unless a test has a thing in mind."""


class ScriptedChannel:
    """A platform in memory, its history for ever, its nonces until ``forget_nonces``.

    ``faults`` holds for each channel what its next sends meet: ``down`` (nothing is posted),
    ``lost`` (posted, but the answer does not come), ``refused`` or ``gone`` (for good), ``hang``
    (posted, then silence) or ``ok``; with ``edit`` among them nothing can be edited.
    ``unreadable`` says of which channels the history can't be read, and whether for good.
    """

    platform = "scripted"

    def __init__(self) -> None:
        self.messages: list[Posted] = []
        self.sends: list[str] = []
        self.first_ids: list[str] = []
        self.edits = 0
        self.searches: list[tuple[str, datetime]] = []
        self.faults: dict[str, list[str]] = defaultdict(list)
        self.unreadable: dict[str, bool] = {}
        self.on_send: Callable[[str], Awaitable[None]] = _nothing
        self._ids: dict[str, str] = {}

    def render_brief(self, brief: Brief, mark: Callable[[int], str], look: Look) -> Payloads:
        return ({"text": brief.note, "mark": mark(1)},)

    def render_alert(self, items: Sequence[Item], mark: str, look: Look) -> Payloads:
        return ({"text": "; ".join(item.text for item in items), "mark": mark},)

    def render_notice(self, findings: Sequence[Finding], mark: str, look: Look) -> Payloads:
        return ({"text": "; ".join(map(_tell, findings)), "mark": mark},)

    def render_corrected(
        self,
        payload: Mapping[str, object],
        corrections: Sequence[Correction],
        look: Look,
        timezone: str,
    ) -> Mapping[str, object]:
        told = "; ".join(f"[{one.n}] {one.before} → {one.now}" for one in corrections)
        return {**payload, "corrected": told}

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
        told = f"{days} to {entry.visit.visitor}; {len(agenda)} open; {note}"
        return ({"text": told, "mark": mark},)

    async def send(
        self, channel_id: str, payload: Mapping[str, object], nonce: str, *, first_id: str = ""
    ) -> str:
        self.sends.append(channel_id)
        self.first_ids.append(first_id)
        await self.on_send(channel_id)
        faults = self.faults[channel_id]
        fault = faults.pop(0) if faults else "ok"
        if fault in ("refused", "gone"):
            raise ChannelError(
                "The channel was deleted; choose another.",
                permanent=True,
                is_gone=fault == "gone",
            )
        if fault == "down":
            raise ChannelError("The platform is down.")
        if nonce not in self._ids:
            self.messages.append(Posted(channel_id, nonce, payload))
            self._ids[nonce] = str(len(self.messages))
        if fault == "hang":
            await asyncio.Event().wait()
        if fault == "lost":
            raise ChannelError("The answer was lost.", is_unknown=True)
        return self._ids[nonce]

    async def find_sent(
        self, channel_id: str, mark: str, after: datetime, *, first_id: str = ""
    ) -> str | None:
        self.searches.append((channel_id, after))
        if channel_id in self.unreadable:
            raise ChannelError(
                "The history can't be read; allow Read Message History.",
                permanent=self.unreadable[channel_id],
            )
        for number, message in enumerate(self.messages, 1):
            if message.channel_id == channel_id and message.nonce == mark:
                return str(number)
        return None

    async def edit(self, channel_id: str, message_id: str, payload: Mapping[str, object]) -> bool:
        if "edit" in self.faults[channel_id]:
            raise ChannelError("The platform is down.")
        place = int(message_id) - 1
        if place >= len(self.messages):
            return False
        self.messages[place] = replace(self.messages[place], payload=payload)
        self.edits += 1
        return True

    async def close(self) -> None:
        """Nothing is held."""

    def forget_nonces(self) -> None:
        self._ids.clear()

    def texts(self, channel_id: str) -> list[object]:
        """What a reader of the channel sees, oldest first."""
        return [each.payload["text"] for each in self.messages if each.channel_id == channel_id]


def _tell(finding: Finding) -> str:
    return " ".join((finding.code, *finding.values.values()))
