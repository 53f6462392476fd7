"""One way to hold a line against a source of one or more sentences."""

from stage_samples import article

from bot.checks.source import Fault
from bot.ground import find_fault


def find(line: str, source: str, language: str = "en", *, before: str = "") -> Fault | None:
    """The fault of ``line`` when it cites ``source``; ``before`` is the text ahead of it."""
    found = article(f"{before} {source}".strip(), language=language)
    return find_fault(line, source, found)
