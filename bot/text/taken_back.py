"""Two accounts → whether the one denies or takes back what the other says is so."""

from enum import StrEnum
from functools import lru_cache

from bot.text.account import Account
from bot.text.accountwords import load_cues
from bot.text.modality import find_denials
from bot.text.onething import are_apart, are_at_one_time, has_other_names
from bot.text.synonyms import is_told

DENIED = 0.75
"""Share of the terms of what is denied that the other account must have."""


class Kind(StrEnum):
    """In what two accounts differ: ``denied`` by a word such as that, ``negated`` by a "not"."""

    VALUE = "value"
    TIME = "time"
    DENIED = "denied"
    NEGATED = "negated"
    DROPPED = "dropped"


@lru_cache(maxsize=4096)
def find_denied(account: Account) -> tuple[Kind, frozenset[str]] | None:
    """Return the terms of what is taken back, denied or not so; None for a plain account."""
    cues, body = load_cues(account.language), account.body
    if cues.empty.search(body):
        return None
    if match := cues.dropped.search(body):
        return Kind.DROPPED, account.list_terms(match.end())
    if match := cues.denied.search(body):
        return Kind.DENIED, account.list_terms(match.end())
    return (Kind.NEGATED, account.terms) if _has_denial(account) else None


@lru_cache(maxsize=4096)
def _has_denial(account: Account) -> bool:
    """Whether it has a word of denial; ``without a duty`` denies no event."""
    without, body = load_cues(account.language).without, account.body
    ends = find_denials(body, account.language)
    return any(body[:end].split()[-1].lower() not in without for end in ends)


def speaks_of(account: Account, denied: frozenset[str], denying: Account) -> bool:
    """Whether an account says for sure what another one denies."""
    language = account.language
    if _has_denial(account) or find_denied(account) or account.is_possible:
        return False
    told = [term for term in denied if is_told(term, account.terms, language)]
    if len(told) < 2 or len(told) < DENIED * len(denied):
        return False
    if has_other_names(account, denying) and has_other_names(denying, account):
        return False
    is_other = any(are_apart(term, denying, account) for term in told)
    return not is_other and are_at_one_time(account, denying)
