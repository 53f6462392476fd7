"""claim × source → the first name that the cited sentences do not have, in any form."""

import re
from functools import partial

from bot.checks.context import is_understood
from bot.checks.source import Fault, Source
from bot.text.names import get_country, is_people_of, longest_name, same_name
from bot.text.statement import Statement


def check_names(claim: Statement, source: Source) -> Fault | None:
    """Every name itself, another name of its country, or the article's fuller form of it."""
    for name in claim.names:
        if not _tells(name, source.evidence, source) and not is_understood(name, claim, source):
            return source.miss("name", name, partial(Statement.has_words, words=name))
    return None


def _tells(name: str, there: Statement, source: Source) -> bool:
    if name.casefold() in there.text.casefold():
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


def _is_form_of(name: str, short: str, source: Source) -> bool:
    """Whether the article itself uses ``name`` for what the evidence calls ``short``."""
    full = longest_name(short, source.whole)
    return name.casefold() in full.casefold()
