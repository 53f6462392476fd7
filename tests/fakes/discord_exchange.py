"""One interaction at the fake Discord: what the person was shown, and the answers it refused."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from fakes import discord_world as world
from fakes.discord_world import CHANNEL_ID, Fault, Json, snowflake

_KINDS = {6: "users", 7: "channels", 8: "roles", 11: "attachments"}


@dataclass(frozen=True)
class Upload:
    """A file given as an option or in a form."""

    name: str
    content: bytes
    content_type: str = "text/xml"


@dataclass
class Exchange:
    """One interaction: what the person sees, and every body the bot sent.

    ``pressed`` is the message whose button or select began it.
    ``faults`` happen to its next answers, in turn, None is a good one. An answer comes too late
    once ``is_expired``; ``refusals`` counts what was refused for that or any other reason.
    """

    id: int
    token: str
    channel_id: int = CHANNEL_ID
    user_id: int = world.MEMBER_ID
    pressed: Json | None = None
    is_acked: bool = False
    is_deferred: bool = False
    is_expired: bool = False
    original_flags: int = 0
    original: Json | None = None
    followups: list[Json] = field(default_factory=list)
    choices: list[Json] | None = None
    form: Json | None = None
    is_answered: bool = False
    refusals: int = 0
    bodies: list[Json] = field(default_factory=list)
    faults: deque[Fault | None] = field(default_factory=deque)

    def next_fault(self) -> Fault | None:
        """What happens to the answer that comes now."""
        return self.faults.popleft() if self.faults else None

    @property
    def shown(self) -> list[Json]:
        """The messages that stand now, in order."""
        return ([self.original] if self.original else []) + self.followups

    @property
    def is_private(self) -> bool:
        """Whether the one who asked is the only one to see any of it."""
        return all(each["flags"] & world.EPHEMERAL for each in self.shown)

    @property
    def text(self) -> str:
        """All words shown, one part a line."""
        parts = []
        for each in self.shown:
            parts.append(each["content"])
            for embed in each["embeds"]:
                parts += [embed.get("title", ""), embed.get("description", "")]
        return "\n".join(filter(None, parts))

    @property
    def parts(self) -> dict[str, Json]:
        """Buttons and selects that stand, by their label or placeholder."""
        rows = [row for each in self.shown for row in each["components"]]
        return {
            part.get("label") or part.get("placeholder") or part["custom_id"]: part
            for row in rows
            for part in row["components"]
        }


class Resolver:
    """Turns what people choose (ids, files) into what Discord sends of it."""

    def __init__(self, channels: Mapping[int, Json], roles: list[Json], cdn_url: str) -> None:
        self._channels = channels
        self._role_payloads = {each["id"]: each for each in roles}
        self._cdn_url = cdn_url
        self.resolved: dict[str, Json] = {}
        self.files: dict[str, Upload] = {}

    def resolve(self, kind: int, value: object) -> object:
        """The value as it stands in an option of that type, its details kept aside."""
        if kind not in _KINDS:
            return value
        chosen, told = self._describe(kind, value)
        self.resolved.setdefault(_KINDS[kind], {})[chosen] = told
        return chosen

    def _describe(self, kind: int, value: object) -> tuple[str, Json]:
        if isinstance(value, Upload):
            chosen = str(snowflake())
            self.files[chosen] = value
            url = f"{self._cdn_url}/{chosen}/{value.name}"
            return chosen, {
                "id": chosen,
                "filename": value.name,
                "size": len(value.content),
                "url": url,
                "proxy_url": url,
                "content_type": value.content_type,
                "ephemeral": True,
            }
        chosen = str(value)
        if kind == 6:
            return chosen, world.user(int(chosen))
        if kind == 8:
            return chosen, self._role_payloads[chosen]
        return chosen, {**self._channels[int(chosen)], "permissions": str(world.ENOUGH)}
