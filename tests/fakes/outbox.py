"""For deliveries: an outbox in memory, and a clock to set."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.deliver import make_parts
from bot.model import (
    Alert,
    Brief,
    ChannelRef,
    DeliveryState,
    Due,
    Look,
    NewPart,
    Notice,
    Part,
    Reminder,
    Slot,
    SlotRecord,
)
from bot.ports import PLAIN, DeliveryStore

SIX = datetime(2026, 6, 3, 6, tzinfo=UTC)
_KINDS = {Slot: "brief", Reminder: "reminder", Alert: "alert", Notice: "notice"}
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
        self._slots: dict[str, tuple[Due, str, ChannelRef, str | None]] = {}
        self._parts: list[Part] = []
        self._holders: dict[int, tuple[str, datetime]] = {}
        self._endings: dict[int, tuple[str, str]] = {}

    async def list_slot_keys(self, subscription_id: int, since: datetime) -> frozenset[str]:
        return self._list_keys(Slot, subscription_id, since)

    async def list_reminder_keys(self, subscription_id: int, since: datetime) -> frozenset[str]:
        return self._list_keys(Reminder, subscription_id, since)

    async def list_alert_keys(self, subscription_id: int, since: datetime) -> frozenset[str]:
        return self._list_keys(Alert, subscription_id, since)

    def _list_keys(self, kind: type[Due], subscription_id: int, since: datetime) -> frozenset[str]:
        slots = (slot for slot, *_ in self._slots.values() if slot.due_at >= since)
        mine = (slot for slot in slots if slot.subscription_id == subscription_id)
        return frozenset(slot.key for slot in mine if isinstance(slot, kind))

    async def find_last_slot_at(self, subscription_id: int, before: datetime) -> datetime | None:
        posted = (slot for slot, _, _, skipped in self._slots.values() if skipped is None)
        briefs = (slot for slot in posted if isinstance(slot, Slot))
        mine = (slot for slot in briefs if slot.subscription_id == subscription_id)
        return max((slot.due_at for slot in mine if slot.due_at < before), default=None)

    async def save_delivery(
        self,
        due: Due,
        workspace: str,
        channel: ChannelRef,
        parts: Sequence[NewPart],
        *,
        note: str = "",
        brief: Brief | None = None,
        look: Look = PLAIN,
    ) -> bool:
        if due.key in self._slots:
            return False
        self._slots[due.key] = (due, workspace, channel, None)
        self._parts += [
            Part(
                id=len(self._parts) + index,
                slot_key=due.key,
                channel=channel,
                number=part.number,
                payload=part.payload,
                nonce=part.nonce,
                state=DeliveryState.READY,
                due_at=due.due_at,
                first_try_at=due.due_at,
                tries=0,
            )
            for index, part in enumerate(parts)
        ]
        return True

    async def skip_slot(self, due: Due, workspace: str, channel: ChannelRef, reason: str) -> bool:
        if due.key in self._slots:
            return False
        self._slots[due.key] = (due, workspace, channel, reason)
        return True

    async def claim_part(self, owner: str, now: datetime, lease: timedelta) -> Part | None:
        for part in sorted(self._parts, key=lambda part: self._slots[part.slot_key][0].due_at):
            if self._is_free(part, now) and not self._is_waiting(part):
                claimed = replace(part, state=DeliveryState.SENDING, tries=part.tries + 1)
                if not part.tries:
                    claimed = replace(claimed, first_try_at=now)
                self._parts[part.id] = claimed
                self._holders[part.id] = (owner, now + lease)
                return self._with_first(claimed)
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
        mine = [key for key in newest if self._slots[key][1] == workspace]
        return tuple(self._record(key) for key in mine[:limit])

    async def find_part(self, slot_key: str, number: int) -> Part | None:
        for part in self._parts:
            if (part.slot_key, part.number) == (slot_key, number):
                return self._with_first(part)
        return None

    def _with_first(self, part: Part) -> Part:
        for first in self._parts:
            if (first.slot_key, first.number, first.state) == (part.slot_key, 1, "sent"):
                return replace(part, first_message_id=self._endings[first.id][0])
        return part

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
        due, workspace, channel, skipped = self._slots[key]
        parts = [part for part in self._parts if part.slot_key == key]
        endings = [self._endings.get(part.id, ("", "")) for part in parts]
        state, reason = DeliveryState.SKIPPED, skipped or ""
        if skipped is None:
            worst = min(parts, key=lambda part: _WORST_FIRST.index(part.state))
            state, reason = worst.state, self._endings.get(worst.id, ("", ""))[1]
        return SlotRecord(
            key=key,
            workspace=workspace,
            channel=channel,
            due_at=due.due_at,
            state=state,
            reason=reason,
            message_ids=tuple(message_id for message_id, _ in endings if message_id),
            subscription_id=due.subscription_id,
            kind=_KINDS[type(due)],
        )


async def save(
    outbox: DeliveryStore, channel_id: str, *, parts: int = 1, platform: str = "scripted"
) -> None:
    """A slot at six for a channel whose name is the number of its subscription."""
    place = ChannelRef(platform, channel_id)
    slot = Slot(int(channel_id), date(2026, 6, 3), "06:00", SIX)
    payloads = tuple({"text": f"{channel_id}.{number}"} for number in range(1, parts + 1))
    new_parts = make_parts(slot, place, lambda _: payloads)
    assert await outbox.save_delivery(slot, "w", place, new_parts)


async def state_of(outbox: DeliveryStore, channel_id: str) -> tuple[str, str]:
    records = await outbox.list_slots("w", limit=1000)
    [record] = [each for each in records if each.channel.channel_id == channel_id]
    return record.state, record.reason
