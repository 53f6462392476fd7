"""Fixed values of administration that the Discord tests render."""

from dataclasses import replace
from datetime import timedelta

from discord_samples import BRIEF, FEEDS, NOW

from bot.model import (
    ChannelRef,
    ConfigChange,
    ConfigEdit,
    ConfigKind,
    DeliveryState,
    Finding,
    Rights,
    SetupReport,
    SlotRecord,
    Starter,
    Status,
    Subscription,
    Topic,
    Trace,
    WorkspaceSettings,
)

HERE = ChannelRef("discord", "9001")

ORDER = Subscription(
    id=1,
    workspace="discord:7001",
    channel=HERE,
    timezone="Europe/London",
    times=("06:00", "18:30"),
    weekdays=(1, 2, 3, 4, 5),
    tags=("defence", "trade"),
    created_at=NOW - timedelta(days=3),
)

ORDERS = (
    ORDER,
    replace(ORDER, id=4, times=("12:00",), weekdays=(6,), tags=(), paused_for="Unknown channel"),
)

TOPICS = tuple(
    Topic(
        tag=tag,
        title=title,
        order=number,
        description=description,
        vocabulary={},
        traps={},
        max_items=6,
        is_ledger=tag == "visits",
    )
    for number, (tag, title, description) in enumerate(
        [
            ("defence", "Defence", "Armed forces, weapons and their makers."),
            ("trade", "Trade", "Tariffs, agreements and sanctions."),
            ("visits", "Visits", "Upcoming visits and summits."),
        ],
        1,
    )
)

STARTERS = (Starter("Wires", 12), Starter("Governments", 20))

SETTINGS = WorkspaceSettings(
    timezone="Europe/London",
    language="",
    notices=None,
    rights=Rights(),
    mentions={},
    has_events=False,
    muted_until=None,
)

CHANGE = ConfigChange(
    batch="abcdefABCDEF",
    member="discord:6001",
    at=NOW - timedelta(hours=1),
    edits=(
        ConfigEdit(
            kind=ConfigKind.FEED,
            name="Meridian defence",
            before=None,
            after={"title": "Meridian defence"},
        ),
    ),
)

SETUP = SetupReport(
    order=ORDER,
    feeds=("Meridian defence", "Halden Post"),
    preview=BRIEF,
    batch="abcdefABCDEF",
)

STATUS = Status(
    as_of=NOW,
    orders=ORDERS,
    slots=(
        SlotRecord(
            key="1/2025-01-28/18:30",
            workspace="discord:7001",
            channel=HERE,
            due_at=NOW - timedelta(hours=12),
            state=DeliveryState.SENT,
            reason="",
            message_ids=("123",),
            subscription_id=1,
        ),
    ),
    feed_count=3,
    feeds_troubled=(FEEDS[1],),
    engine="extractive",
    model_rests_until=None,
    tokens_today=0,
    tokens_per_day=None,
    muted_until=None,
    notices=None,
)

TRACE = Trace(url="https://news.example.org/a", steps=("Fetched 28 January 2025.", "In no brief."))

FINDINGS = (Finding("database", True, {"size": "12"}),)
