"""article → the places its sentences name: countries, cities, and realms that no list knows.

A name that no list has is taken for a country if the article treats it as one: it has ministers,
a people, a capital. Any other unknown place lies in whatever country the article joins it to.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from bot.model import Article
from bot.text.cities import City, find_city, name_cities
from bot.text.lexicon import LETTER, fold
from bot.text.names import get_country
from bot.text.occurrences import Taken, find_word
from bot.text.realms import find_realms, list_names
from bot.text.spots import Spot, find_cities, find_known, find_romance_peoples, is_capital_of

LONGEST = 40_000
"""Characters of an article in which places and people are looked for; no news is longer."""
_BLOCS = ("European Union",)
_LONG_WORD = re.compile(f"{LETTER}{{5,}}")
_JOINED_AFTER = re.compile(r"(?:, | \()(?:the |la |le |en |in )?")
_JOINED_BEFORE = re.compile(r"capitale?\b[\s,:]*(?:de |du )?\Z", re.IGNORECASE)


class Atlas:
    """The places of one article.

    ``whole`` is its headline and text, ``lede`` the headline and the first sentences, ``names``
    are those of the whole.
    """

    def __init__(self, article: Article) -> None:
        first = (sentence.text for sentence in article.sentences[:3])
        self.whole = f"{article.title}\n{article.text}"[:LONGEST]
        self.lede = "\n".join([article.title, *first])[:LONGEST]
        self.names = list_names(self.whole)
        self.language = article.language
        self._found: dict[str, tuple[Spot, ...]] = {}

    def find(self, text: str) -> tuple[Spot, ...]:
        """Return the places that ``text`` names, in order; no two overlap."""
        if text not in self._found:
            self._found[text] = self._look(text)
        return self._found[text]

    def find_first(self, text: str) -> Spot | None:
        """Return the place that ``text`` begins with."""
        spots = self.find(text)
        return spots[0] if spots and spots[0].start == 0 else None

    def name_country(self, city: str, home: str | None) -> str:
        """Return the country of a city that no list has: what the article joins it to, or the city.

        ``home`` is the visitor's own country, where he does not go.
        """
        if joined := self._find_joined(city):
            return joined
        realms = {realm for realm in self.realms if realm != home}
        abroad = realms or (self.countries - {home, *_BLOCS})
        return next(iter(abroad)) if len(abroad) == 1 else city

    def knows(self, place: str) -> bool:
        """Tell whether a list has the country or city, or the article treats it as a country."""
        return bool(get_country(place) or find_city(place) or place in self.realms)

    @cached_property
    def realms(self) -> tuple[str, ...]:
        """Names that the article treats as countries though no list has them."""
        return tuple(self._realms)

    @cached_property
    def countries(self) -> frozenset[str]:
        """Every country that the article names."""
        return frozenset(spot.country for spot in self.find(self.whole))

    @cached_property
    def _realms(self) -> Mapping[str, tuple[str, ...]]:
        return find_realms(self.whole, self.names, self.language)

    @cached_property
    def _cities(self) -> Mapping[str, City]:
        return name_cities(self.whole)

    @cached_property
    def _peoples(self) -> dict[str, str]:
        """Folded adjective of an unknown realm → the realm."""
        return {word: realm for realm, peoples in self._realms.items() for word in peoples}

    def _look(self, text: str) -> tuple[Spot, ...]:
        """Of places that overlap the better known one counts."""
        romance = find_romance_peoples(text) if self.language in ("fr", "es") else ()
        every = (
            *find_known(text),
            *romance,
            *self._find_realms(text),
            *find_cities(text, self._cities),
        )
        taken = Taken(text)
        spots = [spot for spot in every if taken.take(spot.start, spot.end)]
        return tuple(sorted(spots, key=lambda spot: spot.start))

    def _find_realms(self, text: str) -> Iterator[Spot]:
        for realm in self.realms:
            for start, end in find_word(text, realm):
                yield Spot(realm, None, start, end)
        for match in _LONG_WORD.finditer(text) if self._peoples else ():
            if realm_of := self._peoples.get(fold(match.group())):
                is_people = not is_capital_of(text, match.end())
                yield Spot(realm_of, None, match.start(), match.end(), is_people)

    def _find_joined(self, city: str) -> str | None:
        """``Karsk, Ledania``, ``BRENNAC (Tovalia)``, ``the Kestrian capital, Varnholm``."""
        for match in re.finditer(re.escape(city), self.whole, re.IGNORECASE):
            after = self.whole[match.end() : match.end() + 40]
            found = _JOINED_AFTER.match(after)
            if found and (spot := self.find_first(after[found.end() :])):
                return spot.country
            before = self.whole[max(0, match.start() - 50) : match.start()]
            if _JOINED_BEFORE.search(before) and (spots := self.find(before)):
                return spots[-1].country
        return None
