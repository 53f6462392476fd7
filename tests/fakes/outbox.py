"""For deliveries: an outbox in memory, a platform whose faults are scripted, a clock to set."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.deliver import make_parts
from bot.errors import ChannelError
from bot.model import (
    Brief,
    CalendarEntry,
    ChannelRef,
    DeliveryState,
    Item,
    NewPart,
    Part,
    Reminder,
    Slot,
    SlotRecord,
    Subscription,
)
from bot.ports import DeliveryStore

SIX = datetime(2026, 6, 3, 6, tzinfo=UTC)
_WORST_FIRST = ("failed", "unknown", "sending", "ready", "sent")


class SetClock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


class MemoryOutbox:
    """Keeps ``ports.DeliveryStore`` as its docstrings say, without a database."""

    def __init__(self) -> None:
        self._slots: dict[str, tuple[Slot | Reminder, Subscription, str | None]] = {}
        self._parts: list[Part] = []
        self._holders: dict[int, tuple[str, datetime]] = {}
        self._endings: dict[int, tuple[str, str]] = {}

    async def list_slot_keys(self, subscription_id: int, since: datetime) -> frozenset[str]:
        return self._list_keys(Slot, subscription_id, since)

    async def list_reminder_keys(self, subscription_id: int, since: datetime) -> frozenset[str]:
        return self._list_keys(Reminder, subscription_id, since)

    def _list_keys(
        self, kind: type[Slot | Reminder], subscription_id: int, since: datetime
    ) -> frozenset[str]:
        slots = (slot for slot, _, _ in self._slots.values() if slot.due_at >= since)
        mine = (slot for slot in slots if slot.subscription_id == subscription_id)
        return frozenset(slot.key for slot in mine if isinstance(slot, kind))

    async def find_last_slot_at(self, subscription_id: int, before: datetime) -> datetime | None:
        posted = (slot for slot, _, skipped in self._slots.values() if skipped is None)
        briefs = (slot for slot in posted if isinstance(slot, Slot))
        mine = (slot for slot in briefs if slot.subscription_id == subscription_id)
        return max((slot.due_at for slot in mine if slot.due_at < before), default=None)

    async def save_delivery(
        self,
        slot: Slot | Reminder,
        subscription: Subscription,
        parts: Sequence[NewPart],
        *,
        note: str = "",
    ) -> bool:
        if slot.key in self._slots:
            return False
        self._slots[slot.key] = (slot, subscription, None)
        self._parts += [
            Part(
                id=len(self._parts) + index,
                slot_key=slot.key,
                channel=subscription.channel,
                number=part.number,
                payload=part.payload,
                nonce=part.nonce,
                state=DeliveryState.READY,
                due_at=slot.due_at,
                first_try_at=slot.due_at,
                tries=0,
            )
            for index, part in enumerate(parts)
        ]
        return True

    async def skip_slot(self, slot: Slot, subscription: Subscription, reason: str) -> bool:
        if slot.key in self._slots:
            return False
        self._slots[slot.key] = (slot, subscription, reason)
        return True

    async def claim_part(self, owner: str, now: datetime, lease: timedelta) -> Part | None:
        for part in sorted(self._parts, key=lambda part: self._slots[part.slot_key][0].due_at):
            if self._is_free(part, now) and not self._is_waiting(part):
                claimed = replace(part, state=DeliveryState.SENDING, tries=part.tries + 1)
                if not part.tries:
                    claimed = replace(claimed, first_try_at=now)
                self._parts[part.id] = claimed
                self._holders[part.id] = (owner, now + lease)
                return claimed
        return None

    async def finish_part(
        self, part_id: int, owner: str, state: DeliveryState, *, message_id: str = "", reason: str
    ) -> bool:
        part = self._parts[part_id]
        if part.state != "sending" or self._holders[part_id][0] != owner:
            return False
        stopped = [part] if state == "sent" else self._parts_from(part)
        for each in stopped:
            self._parts[each.id] = replace(each, state=state)
            self._endings[each.id] = (message_id, reason)
        return True

    async def list_slots(self, workspace: str, *, limit: int) -> tuple[SlotRecord, ...]:
        newest = sorted(self._slots, key=lambda key: self._slots[key][0].due_at, reverse=True)
        mine = [key for key in newest if self._slots[key][1].workspace == workspace]
        return tuple(self._record(key) for key in mine[:limit])

    def _is_free(self, part: Part, now: datetime) -> bool:
        is_left = part.state == "sending" and self._holders[part.id][1] <= now
        return part.state == "ready" or is_left

    def _is_waiting(self, part: Part) -> bool:
        before = (each for each in self._parts if each.slot_key == part.slot_key)
        return any(each.number < part.number and each.state != "sent" for each in before)

    def _parts_from(self, part: Part) -> list[Part]:
        same = (each for each in self._parts if each.slot_key == part.slot_key)
        return [each for each in same if each.number >= part.number]

    def _record(self, key: str) -> SlotRecord:
        slot, subscription, skipped = self._slots[key]
        parts = [part for part in self._parts if part.slot_key == key]
        endings = [self._endings.get(part.id, ("", "")) for part in parts]
        state, reason = DeliveryState.SKIPPED, skipped or ""
        if skipped is None:
            worst = min(parts, key=lambda part: _WORST_FIRST.index(part.state))
            state, reason = worst.state, self._endings.get(worst.id, ("", ""))[1]
        return SlotRecord(
            key=key,
            workspace=subscription.workspace,
            channel=subscription.channel,
            due_at=slot.due_at,
            state=state,
            reason=reason,
            message_ids=tuple(message_id for message_id, _ in endings if message_id),
        )


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
    ``lost`` (posted, but the answer does not come), ``refused`` (for good), ``hang`` (posted,
    then silence) or ``ok``; ``unreadable`` says of which channels the history can't be read,
    and whether for good.
    """

    platform = "scripted"

    def __init__(self) -> None:
        self.messages: list[Posted] = []
        self.sends: list[str] = []
        self.searches: list[tuple[str, datetime]] = []
        self.faults: dict[str, list[str]] = defaultdict(list)
        self.unreadable: dict[str, bool] = {}
        self.on_send: Callable[[str], Awaitable[None]] = _nothing
        self._ids: dict[str, str] = {}

    def render_brief(
        self, brief: Brief, mark: Callable[[int], str]
    ) -> tuple[Mapping[str, object], ...]:
        return ({"text": brief.note, "mark": mark(1)},)

    def render_reminder(
        self,
        entry: CalendarEntry,
        agenda: Sequence[Item],
        mark: str,
        *,
        days: int,
        note: str = "",
    ) -> tuple[Mapping[str, object], ...]:
        told = f"{days} to {entry.visit.visitor}; {len(agenda)} open; {note}"
        return ({"text": told, "mark": mark},)

    async def send(self, channel_id: str, payload: Mapping[str, object], nonce: str) -> str:
        self.sends.append(channel_id)
        await self.on_send(channel_id)
        faults = self.faults[channel_id]
        fault = faults.pop(0) if faults else "ok"
        if fault == "refused":
            raise ChannelError("The channel was deleted; choose another.", permanent=True)
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

    async def find_sent(self, channel_id: str, mark: str, after: datetime) -> str | None:
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

    async def close(self) -> None:
        """Nothing is held."""

    def forget_nonces(self) -> None:
        self._ids.clear()

    def texts(self, channel_id: str) -> list[object]:
        """What a reader of the channel sees, oldest first."""
        return [each.payload["text"] for each in self.messages if each.channel_id == channel_id]


async def save(
    outbox: DeliveryStore, channel_id: str, *, parts: int = 1, platform: str = "scripted"
) -> None:
    """A slot at six for a channel whose name is the number of its subscription."""
    place = ChannelRef(platform, channel_id)
    subscription = Subscription(
        id=int(channel_id),
        workspace="w",
        channel=place,
        timezone="UTC",
        times=("06:00",),
        weekdays=(3,),
        tags=(),
        created_at=SIX,
    )
    slot = Slot(subscription.id, date(2026, 6, 3), "06:00", SIX)
    payloads = tuple({"text": f"{channel_id}.{number}"} for number in range(1, parts + 1))
    assert await outbox.save_delivery(
        slot, subscription, make_parts(slot, place, lambda _: payloads)
    )


async def state_of(outbox: DeliveryStore, channel_id: str) -> tuple[str, str]:
    records = await outbox.list_slots("w", limit=1000)
    [record] = [each for each in records if each.channel.channel_id == channel_id]
    return record.state, record.reason
