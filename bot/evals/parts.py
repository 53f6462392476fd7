"""What one group of scores is made of: tallies, misses, and what a reader must know."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.evals.figures import Tally


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that is not as labelled; ``where`` is the article's id, or the question's."""

    where: str
    what: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One group of scores; ``skipped`` says why there are none.

    ``counts`` tells of each kind of fault how often each reason was given.
    """

    name: str
    title: str
    tallies: tuple[Tally, ...] = ()
    misses: tuple[Miss, ...] = ()
    skipped: str = ""
    note: str = ""
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
