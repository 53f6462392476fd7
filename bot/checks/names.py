"""claim × source → the first name that the cited sentences do not have, in any form."""

import re
from functools import partial

from bot.checks.context import is_understood
from bot.checks.source import Fault, Source
from bot.text.lexicon import whole
from bot.text.names import find_names, get_country, is_people_of, longest_name, same_name
from bot.text.statement import Statement

SHORT = 3
"""Letters up to which a name's capitals must be the source's."""


def check_names(claim: Statement, source: Source) -> Fault | None:
    """Every name itself, another name of its country, or the article's fuller form of it."""
    for name in claim.names:
        if not _tells(name, source.evidence, source) and not is_understood(name, claim, source):
            return source.miss("name", name, partial(Statement.has_words, words=name))
    return None


def _tells(name: str, there: Statement, source: Source) -> bool:
    if _has_name(name, there.text):
        return True
    country = get_country(name)
    if country:
        return any(place.country == country for place in there.places)
    parts = re.split(r"\s(?:of|de|du|del|von|of the)\s", name)
    if len(parts) > 1:
        return all(_tells(part, there, source) for part in parts)
    return any(
        is_people_of(name, other) or (same_name(name, other) and _is_form_of(name, other, source))
        for other in there.names
    )


def _has_name(name: str, text: str) -> bool:
    """Whether the whole name stands in the text; ``US`` is not in "museum", nor is it "us"."""
    flags = re.IGNORECASE if len(name) > SHORT else re.NOFLAG
    return re.search(whole(re.escape(name)), text, flags) is not None


def _is_form_of(name: str, short: str, source: Source) -> bool:
    """Whether the article itself uses ``name``, and no other, for what the evidence calls so."""
    full = longest_name(short, source.whole)
    others = [other for other in find_names(source.whole) if same_name(other, short)]
    is_sure = all(same_name(other, full) for other in others)
    return is_sure and name.casefold() in full.casefold()
