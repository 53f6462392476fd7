"""claim × source → the first quotation that is not verbatim, or was nobody's speech."""

import re
from functools import partial

from bot.checks.source import Fault, Source
from bot.text.speech import has_report
from bot.text.statement import Statement, fold_quotes

_QUOTED = (
    re.compile(r"\"\s*([^\"]{2,}?)\s*\""),
    re.compile(r"(?<!\w)['‘]\s*([^'‘\"]{2,}?)\s*'(?!\w)"),
)
_OMITTED = re.compile(r"\s*(?:\.{3}|…|[\[(][^\])]*[\])])\s*")


def check_quotes(claim: Statement, source: Source) -> Fault | None:
    """What stands in quotation marks stands in the source just so, as somebody's words."""
    for quoted in _list_quotations(claim):
        for words in filter(None, _OMITTED.split(quoted)):
            if not _tells(words, source.evidence):
                return source.miss("quotation", words, partial(_tells, words))
            if not _is_speech(words, source):
                return Fault("quotation", f"“{words}” is told in the source, not quoted")
    return None


def _list_quotations(claim: Statement) -> list[str]:
    found = [match for pattern in _QUOTED for match in pattern.findall(claim.folded)]
    return [words.strip(".,!?;: ") for words in found]


def _tells(words: str, there: Statement) -> bool:
    """The very words; only the capital that opens them may differ."""
    bare = there.folded.replace("‘", "'")
    return words in bare or words[:1].swapcase() + words[1:] in bare


def _is_speech(words: str, source: Source) -> bool:
    """Whether the article has the words in quotation marks; in no report they may be a name."""
    paragraphs = (fold_quotes(line).replace("‘", "'") for line in source.whole.split("\n"))
    folded = words.casefold()
    befores = (
        line[: line.casefold().find(folded)] for line in paragraphs if folded in line.casefold()
    )
    # Single marks are apostrophes too: they count only right before the words.
    if any(before.count('"') % 2 == 1 or "'" in before[-2:] for before in befores):
        return True
    return not has_report(source.evidence.text, source.evidence.language)
