"""what admins must know, and what sources changed since a brief → plain text."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from bot.channels.console.wording import plain, short_moment
from bot.model import Correction, Finding


def render_notice(findings: Sequence[Finding], mark: str) -> str:
    """A line for each finding: its code and what it is about; at the end the mark."""
    lines = [f"{finding.code}: {_list_values(finding)}" for finding in findings]
    return "\n".join(["What needs attention", *lines, "", mark, ""])


def _list_values(finding: Finding) -> str:
    return ", ".join(f"{name} {plain(value)}" for name, value in finding.values.items())


def render_corrected(text: str, corrections: Sequence[Correction], timezone: str) -> str:
    """A brief's text below its corrections, the oldest first."""
    told = sorted(corrections, key=lambda correction: (correction.noticed_at, correction.n))
    return "\n".join([*_list_corrections(told, timezone), "", text])


def _list_corrections(corrections: Sequence[Correction], timezone: str) -> Iterator[str]:
    for each in corrections:
        at = short_moment(each.noticed_at.astimezone(ZoneInfo(timezone)))
        now = f"the sentence now reads “{plain(each.now)}”"
        told = now if each.now else "the source no longer has the cited sentence"
        yield f"Corrected {at} · [{each.n}] {plain(each.outlet)}: {told}"
