"""Two names, figures or dates → whether they are one."""

from bot.model import VisitDates
from bot.text.dates import resolve_dates
from bot.text.names import get_country, is_initials, is_people_of, same_name
from bot.text.roles import NAMES, Anchor
from bot.text.statement import Statement


def is_same(a: Anchor, b: Anchor, there: Statement) -> bool:
    """Tell whether two names, figures or dates are one; dates as ``there`` reads them."""
    if a.text.casefold() == b.text.casefold():
        return True
    if a.kind in NAMES:
        country = get_country(a.text)
        if country:
            return country == get_country(b.text)
        if is_people_of(a.text, b.text) or is_initials(a.text, b.text):
            return True
        return same_name(a.text, b.text) or a.text.split()[-1] == b.text.split()[-1]
    if a.kind == "date":
        is_part = a.text in b.text or b.text in a.text
        return is_part or _resolve(a, there) == _resolve(b, there)
    return a.value == b.value


def _resolve(anchor: Anchor, there: Statement) -> VisitDates:
    return resolve_dates(anchor.text, there.published_on, there.language)
