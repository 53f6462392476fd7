"""article → the people in office that it names, under their fullest names, with their countries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from bot.model import Article
from bot.text.names import (
    find_home,
    find_names,
    find_people,
    find_places,
    get_country,
    longest_name,
    same_name,
)

_OFFICE = (
    r"president|vice[- ]president|prime minister|pm|premier|chancellor|minister|secretary|king|"
    r"queen|emperor|crown prince|prince|sheikh|sultan|emir|pope|commissioner|excellency|leader|"
    r"chief|supremo|"
    r"président|présidente|premier ministre|première ministre|ministre|chancelier|roi|"
    r"presidente|presidenta|primer ministro|primera ministra|ministro|ministra|canciller|rey"
)
_ROLE_BEFORE = re.compile(rf"\b(?:{_OFFICE})\b[^.;:\n]{{0,30}}$", re.IGNORECASE)
_ROLE_ANYWHERE = re.compile(rf"\b(?:{_OFFICE})\b", re.IGNORECASE)
_ROLE_ALONE = re.compile(
    r"\b(?:the|le|el)\s+((?:(?:prime|foreign|defence|defense|trade)\s+)?minister|pm|president|"
    r"premier ministre|presidente|primer ministro|sheikh)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\bleaders of the ([A-Z][\w-]+)|\b([A-Z][\w-]+)(?: Leaders['’]?)? [Ss]ummit\b")
_PM = "prime minister"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in office: the fullest name, the forms used of it, the country, the office."""

    name: str
    forms: tuple[str, ...]
    home: str | None
    role: str

    def find_all(self, text: str) -> list[int]:
        """Where the text names the person, in any form."""
        return [
            match.start()
            for form in self.forms
            for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text)
        ]


def list_people(article: Article) -> tuple[Person, ...]:
    """The people of the article who hold an office, or are named in full beside one who does."""
    whole = f"{article.title}\n{article.text}"
    forms: dict[str, list[str]] = {}
    for form in find_names(whole):
        if not get_country(form):
            forms.setdefault(longest_name(form, whole), []).append(form)
    people = (_make_person(name, tuple(used), whole) for name, used in forms.items())
    known = {name: _spellings(name, whole) for name, _ in find_people(whole)}
    spelled = (Person(name, used, find_home(name), "") for name, used in known.items())
    return tuple(person for person in chain(people, spelled) if person)


def _spellings(name: str, whole: str) -> tuple[str, ...]:
    """How a script without case writes the person here."""
    starts = [start for person, start in find_people(whole) if person == name]
    return tuple({re.split(r"[\s,।.]", whole[start:], maxsplit=1)[0] for start in starts})


def _make_person(name: str, forms: tuple[str, ...], whole: str) -> Person | None:
    """The person, if the article gives him an office or calls him by a full name among such."""
    if re.search(rf"\b[Tt]he {re.escape(name)}['’]s\b", whole):
        return None  # "the Sultanate's minister" is of a realm
    before = [
        whole[max(0, match.start() - 60) : match.start()]
        for form in {name, *forms}
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", whole)
    ]
    roles = [match.group(0) for text in before if (match := _ROLE_BEFORE.search(text))]
    is_full_name = " " in name and len(before) > 1 and _ROLE_ANYWHERE.search(whole)
    if not roles and not is_full_name and find_home(name) is None:
        return None
    home = find_home(name) or next((home for text in before if (home := _home_before(text))), None)
    return Person(name, (name, *forms), home, " ".join(roles).lower())


def _home_before(text: str) -> str | None:
    """``Japanese Prime Minister``, ``Israel's``: the country whose office stands before a name."""
    role = _ROLE_BEFORE.search(text)
    if not role:
        return None
    holders = (
        place.country
        for place in find_places(text[: role.start()])
        if re.fullmatch(r"(?:['’]s)? ", text[place.end : role.start()])
    )
    return next(holders, None)


def find_role_holder(before: str, guests: Sequence[Person], article: Article) -> str | None:
    """Who ``the PM`` or ``the minister`` is in this article, if only one guest can be."""
    match = _ROLE_ALONE.search(before)
    if not match:
        return None
    role = match.group(1).lower().replace("pm", _PM)
    holders = [guest.name for guest in guests if role in guest.role.replace("pm", _PM)]
    return holders[0] if len(set(holders)) == 1 else None


def find_group(text: str, host: str) -> str | None:
    """``the leaders of the Quad``, ``Quad summit`` → Quad leaders; ``India-EU`` in India → EU."""
    match = _GROUP.search(text)
    if not match:
        return None
    words = match.group(1) or match.group(2)
    parts = [part for part in words.split("-") if not same_name(part, host)]
    return f"{'-'.join(parts)} leaders" if parts else None
