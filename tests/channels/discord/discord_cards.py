"""Cards as golden files, one a file; each within Discord's limits."""

import json
from collections.abc import Callable, Mapping, Sequence

from bot.channels.discord.limits import Payload, check_payload


def check_cards(golden: Callable[[str, str], None], cards: Mapping[str, Sequence[Payload]]) -> None:
    """Compare each card with its golden file."""
    for name, payloads in cards.items():
        assert [problem for each in payloads for problem in check_payload(each)] == []
        text = json.dumps(list(payloads), indent=1, ensure_ascii=False)
        golden(f"discord/{name}.json", f"{text}\n")
