"""order, what was chosen, who is absent → why nothing is posted there, and how briefs look."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.jobs.choices import find_language, find_muted_until, list_mentions
from bot.jobs.tools import Tools
from bot.model import Look, Subscription

NOTHING_NEW = "nothing new"
ABSENT = "the bot was not in the server"
REMOVED = "the order was removed"


def explain_silence(
    order: Subscription, choices: Mapping[str, str], absent: Container[str], due_at: datetime
) -> str:
    """Why what came due at that moment is not posted, or an empty string."""
    if order.workspace in absent:
        return ABSENT
    if order.paused_for:
        return f"paused: {order.paused_for}"
    if muted_until := find_muted_until(choices, due_at):
        return f"muted until {muted_until:%Y-%m-%d %H:%M} UTC"
    return ""


async def look_again(tools: Tools, order: Subscription, due_at: datetime) -> str:
    """Why what was written is not posted after all, by what is kept now, or an empty string."""
    orders = await tools.store.list_subscriptions(order.workspace)
    standing = next((each for each in orders if each.id == order.id), None)
    if standing is None:
        return REMOVED
    choices = await tools.store.list_choices(order.workspace)
    return explain_silence(standing, choices, await tools.store.list_absent(), due_at)


def complete_look(look: Look, choices: Mapping[str, str], told: Sequence[str] = ()) -> Look:
    """The look of an order's messages: its language, and whom news on those topics mentions."""
    roles = list_mentions(choices)
    return replace(
        look,
        language=find_language(choices),
        mentions=tuple((tag, roles[tag]) for tag in told if roles.get(tag)),
    )
