"""article → its people in office, and where a text speaks of them: by name or by office."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from bot.model import Article
from bot.text.atlas import Atlas
from bot.text.claims import settle_offices
from bot.text.hindi_people import list_hindi_people
from bot.text.homes import find_phrase, find_phrase_end, find_phrase_home
from bot.text.offices import load_offices
from bot.text.people import Person, Seen, find_holder, find_named, is_by_name
from bot.text.roster import list_named_people

_NOBODY = re.compile(
    r"\b(?:(?:by|of|d['’]|de)\s?(?:an?|any|une?|un|una)|former|ancien(?:ne)?|antigu[oa]|late|then|ex)"
    r"[\s-](?:[\w’'-]+\s){0,2}\Z"
)


@lru_cache(maxsize=16)
def read_cast(article: Article) -> "Cast":
    """Return the people of the article; asked again for the same one it costs nothing."""
    return Cast(Atlas(article))


class Cast:
    """The people of one article, and its places."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self._offices = load_offices(atlas.language)
        self._seen: dict[str, tuple[Seen, ...]] = {}
        if atlas.language == "hi":
            self.people = list_hindi_people(atlas)
        else:
            self.people = settle_offices(list_named_people(atlas), atlas)

    @cached_property
    def everybody(self) -> tuple[Person, ...]:
        """The people, and the holders of offices whom the article does not name."""
        holders = (seen.person for seen in self.find(self.atlas.whole.replace("\n", " . ")))
        return tuple(dict.fromkeys((*self.people, *holders)))

    def find(self, text: str) -> tuple[Seen, ...]:
        """Return where ``text`` speaks of people in office, by name or by office, in order."""
        if text not in self._seen:
            named = find_named(text, self.people, self._offices)
            every = (*named, *self._find_holders(text, named))
            self._seen[text] = tuple(sorted(every, key=lambda seen: seen[:2]))
        return self._seen[text]

    def _find_holders(self, text: str, named: Sequence[Seen]) -> Iterator[Seen]:
        """``Ngorwe's president``, ``the visiting minister``: offices without a name."""
        for office in self._offices.office.finditer(text):
            if is_by_name(text, office, named, self._offices) or _is_nobody(office):
                continue
            home = find_phrase_home(self.atlas, office)
            person = find_holder(self.people, office.group(), home)
            if person is None and home and not office.group().endswith("ministers"):
                person = Person(find_phrase(self.atlas, office, home), (), home, office.group())
            if person:
                end = find_phrase_end(self.atlas, office, person.home)
                yield Seen(office.start(), end, person)


def _is_nobody(office: re.Match[str]) -> bool:
    """``the first visit by a Peruvian leader``, ``the former prime minister``: no holder of now."""
    return bool(_NOBODY.search(office.string[max(0, office.start() - 40) : office.start()]))
