"""Every slash command once, as a person types it, with the right it needs and what it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import Enum, auto

from discord_admin_samples import ORDERS
from discord_desk import Desk
from discord_samples import BRIEF, NOW

from bot.model import ChannelRef, KeptBrief, Right
from bot.ports.posting import PLAIN


class Given(Enum):
    """What an option is given that each server has under an id of its own."""

    CHANNEL = auto()
    FORUM = auto()
    ROLE = auto()
    FILE = auto()


@dataclass(frozen=True)
class Row:
    """A command: its right, what the desk is then asked, what is typed.

    ``opens_form`` is a command that answers with a form. ``completes`` has what is typed so far
    into each option that is completed, and what the options before it were given.
    """

    right: Right | None
    asks: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
    opens_form: bool = False
    completes: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> list[str]:
        """What a person typed in words of their own: no log may have it."""
        return [value for value in self.options.values() if isinstance(value, str)]


VIEW, MANAGE, RULE = Right.VIEW, Right.MANAGE, Right.RULE
_FEED = {"feed": "Meridian defence"}
ROWS: Mapping[str, Row] = {
    "ask": Row(VIEW, "ask", {"question": "When is the xylophone due?"}),
    "visits": Row(VIEW, "visits", {"country": "Norway"}, completes={"country": "", "person": ""}),
    "changes": Row(VIEW, "changes", {"since": "3 xylophones"}),
    "setup": Row(MANAGE, "starters", opens_form=True),
    "brief now": Row(VIEW, "brief", {"hours": 12.0}),
    "brief preview": Row(VIEW, "preview"),
    "brief show": Row(VIEW, "briefs", {"date": "2025-01-28"}, completes={"date": ""}),
    "feeds add": Row(
        MANAGE,
        "propose",
        {"url": "https://xylophone.example/rss"},
        completes={"topics": "defence, tr"},
    ),
    "feeds list": Row(VIEW, "feeds", {"status": "all"}),
    "feeds remove": Row(MANAGE, "remove", _FEED, completes={"feed": "meri"}),
    "feeds pause": Row(MANAGE, "pause", _FEED, completes={"feed": "meri"}),
    "feeds resume": Row(MANAGE, "pause", _FEED, completes={"feed": "MERI"}),
    "feeds test": Row(MANAGE, "test", _FEED, completes={"feed": ""}),
    "feeds import": Row(MANAGE, "import", {"file": Given.FILE}),
    "feeds export": Row(MANAGE, "export feeds"),
    "schedule set": Row(
        MANAGE,
        "schedule",
        {"times": "06:00", "timezone": "Europe/London"},
        completes={"timezone": "lond", "topics": "tra", "forum_tags": "def", "order": ""},
    ),
    "schedule list": Row(VIEW, "schedules"),
    "schedule remove": Row(MANAGE, "stop", {"order": "1"}, completes={"order": ""}),
    "schedule reminders": Row(MANAGE, "reminders", {"state": "on"}),
    "calendar link": Row(MANAGE, "link", {"renew": True}),
    "calendar events": Row(MANAGE, "events", {"state": "on"}),
    "answers review": Row(MANAGE, "reviews"),
    "settings show": Row(MANAGE),
    "settings set language": Row(MANAGE, "language", {"language": "fr"}),
    "settings set timezone": Row(
        MANAGE, "timezone", {"zone": "Europe/London"}, completes={"zone": "lond"}
    ),
    "settings set notices": Row(MANAGE, "notices", {"channel": Given.CHANNEL}),
    "settings set managers": Row(RULE, "rights", {"role": Given.ROLE}),
    "settings set viewers": Row(RULE, "rights", {"role": Given.ROLE}),
    "settings set mention": Row(
        RULE, "mention", {"topic": "trade", "role": Given.ROLE}, completes={"topic": "tra"}
    ),
    "forget me": Row(None, "forget"),
    "forget server": Row(RULE, opens_form=True),
    "status": Row(VIEW, "status"),
    "doctor": Row(MANAGE, "problems"),
    "why": Row(VIEW, "trace", {"url": "https://xylophone.example/a"}),
    "history": Row(MANAGE, "history"),
    "undo": Row(MANAGE, "undo", {"change": "abcdefABCDEF"}, completes={"change": ""}),
    "mute": Row(MANAGE, "mute", {"hours": 5.0}),
    "unmute": Row(MANAGE, "mute"),
    "topics": Row(VIEW, "topics"),
}


def fill_desk(desk: Desk, channel_id: int) -> None:
    """What a server has that has used the bot for a while, everything in one channel."""
    here = ChannelRef("discord", str(channel_id))
    desk.orders = tuple(replace(order, channel=here) for order in ORDERS)
    desk.kept = (
        KeptBrief(
            slot_key="1/2025-01-28/06:00",
            workspace="discord:7001",
            channel=here,
            due_at=NOW - timedelta(days=1),
            brief=BRIEF,
            look=PLAIN,
            message_ids=("123",),
        ),
    )
