"""The tags that people name, held against the topics there are."""

from collections.abc import Sequence

from bot.errors import InputError
from bot.model import Topic


def check_tags(topics: Sequence[Topic], tags: Sequence[str]) -> tuple[str, ...]:
    """The tags, each once.

    Raises:
        InputError: one of them is no topic's.
    """
    known = [topic.tag for topic in topics]
    for tag in tags:
        if tag not in known:
            raise InputError(f"There is no topic “{tag[:40]}”; there are {', '.join(known)}.")
    return tuple(dict.fromkeys(tags))
