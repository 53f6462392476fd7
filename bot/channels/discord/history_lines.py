"""what was changed of the configuration → a line of plain words: what it was and what it is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from bot.channels.discord.names import Names
from bot.channels.discord.order_cards import tell_days
from bot.model import ConfigChange, ConfigEdit, ConfigKind
from bot.wording import Wordings, Words

Value = Mapping[str, Any]

_LISTED = 4
_FEED_FIELDS = ("title", "outlet", "tier", "tags")
_ORDER_FIELDS = (
    "channel_id",
    "times",
    "weekdays",
    "timezone",
    "tags",
    "form",
    "length",
    "style",
    "forum_tags",
    "skips_quiet",
    "alerts_per_day",
    "has_reminders",
)


class HistoryLines:
    """Tells changes in one language; nothing of a line is inert yet."""

    def __init__(self, words: Words, wordings: Wordings, names: Names) -> None:
        self._words = words
        self._wordings = wordings
        self._names = names

    def tell(self, change: ConfigChange) -> str:
        """Return what one command changed, its first parts if it changed many."""
        told = [self._tell_edit(edit) for edit in change.edits[:_LISTED]]
        left = len(change.edits) - len(told)
        if left:
            told.append(self._words.count(left, "history.more"))
        return "; ".join(told)

    def _tell_edit(self, edit: ConfigEdit) -> str:
        if edit.kind is ConfigKind.CHOICE:
            return self._tell_choice(edit)
        if edit.kind is ConfigKind.FEED:
            return self._tell_row("feed", edit, _FEED_FIELDS)
        return self._tell_row("order", edit, _ORDER_FIELDS)

    def _tell_row(self, what: str, edit: ConfigEdit, fields: Sequence[str]) -> str:
        before, after = edit.before, edit.after
        name = {"name": edit.name}
        if before is None and after is not None:
            return self._words.say(f"history.{what}.added", details=self._sum_up(after), **name)
        if before is not None and after is None:
            return self._words.say(f"history.{what}.removed", **name)
        old, new = _flat(before or {}), _flat(after or {})
        if old.get("is_paused") != new.get("is_paused"):
            state = "paused" if new.get("is_paused") else "resumed"
            return self._words.say(f"history.{what}.{state}", **name)
        parts = [
            self._words.say(
                "history.field_changed",
                field=self._words.say(f"history.field.{field}"),
                before=self._value(field, old.get(field)),
                after=self._value(field, new.get(field)),
            )
            for field in fields
            if old.get(field) != new.get(field)
        ]
        return self._words.say(f"history.{what}.changed", parts="; ".join(parts), **name)

    def _sum_up(self, value: Value) -> str:
        """What is new of an order, in a few words."""
        if "times" not in value:
            return ""
        fields = ("channel_id", "weekdays", "times", "timezone")
        return ", ".join(self._value(field, value.get(field)) for field in fields)

    def _tell_choice(self, edit: ConfigEdit) -> str:
        name, _, rest = edit.name.partition(".")
        key = f"{name}_{rest}" if name == "role" else name
        known = f"history.choice.{key}"
        label = self._words.say(known, tag=rest) if self._words.has(known) else edit.name
        return self._words.say(
            "history.field_changed",
            field=label,
            before=self._choice(key, edit.before),
            after=self._choice(key, edit.after),
        )

    def _choice(self, key: str, held: Value | None) -> str:
        value = str((held or {}).get("value") or "")
        if not value:
            return self._words.say("history.none")
        if key == "language" and value in self._wordings:
            return self._wordings[value].name
        if key == "notices":
            return self._names.channel(value.partition(" ")[2])
        if key in ("role_manage", "role_view", "mention"):
            return self._names.roles(value.split(","))
        if key == "muted":
            return f"{self._words.moment(datetime.fromisoformat(value))} UTC"
        return self._word(value)

    def _value(self, field: str, value: object) -> str:
        if field == "channel_id":
            return self._names.channel(str(value))
        if field == "weekdays":
            return tell_days(cast("Sequence[int]", value or ()), self._words)
        if isinstance(value, list | tuple):
            all_or_none = "history.all" if field == "tags" else "history.none"
            return self._words.join(list(map(str, value))) or self._words.say(all_or_none)
        if isinstance(value, bool):
            return self._word("on" if value else "off")
        return self._word(str(value)) if value is not None else self._words.say("history.none")

    def _word(self, value: str) -> str:
        """The word for a value that is one of a few; others are what they are."""
        key = f"history.value.{value}"
        return self._words.say(key) if self._words.has(key) else value


def _flat(value: Value) -> dict[str, Any]:
    """The value with what is inside its look beside the rest."""
    look = value.get("look")
    return {**value, **(look if isinstance(look, Mapping) else {})}
