"""What people of the fake Discord do in one line: type as a manager, press a button by its name."""

from typing import Any

from discord_setup import Setup
from fakes.discord_exchange import Exchange

MANAGE = 1 << 5
ADMINISTRATOR = 1 << 3


async def manage(setup: Setup, name: str, **options: Any) -> Exchange:
    """Type a command with Manage Server."""
    return await setup.server.interaction(name, options, permissions=MANAGE)


async def press(setup: Setup, seen: Exchange, label: str, **how: Any) -> Exchange:
    """Press the button of that label; as a manager, if not said otherwise."""
    message = next(
        each
        for each in seen.shown
        for row in each["components"]
        for part in row["components"]
        if part.get("label") == label
    )
    how = {"permissions": MANAGE} | how
    return await setup.server.people.click(message, seen.parts[label]["custom_id"], **how)
