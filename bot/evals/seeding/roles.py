"""Who it was: another name, two names in each other's place, words put into another's mouth."""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from bot.evals.folding import fold
from bot.evals.seeding.case import Case, replace_span
from bot.evals.seeding.claims import is_quoted
from bot.evals.seeding.names import NameAt, Names
from bot.evals.seeding.words import has_any, one_of, whole

_MANY = 6
"""Replacements tried for one name."""


def swap_name(case: Case, names: Names) -> Iterator[str]:
    """The line with one name replaced by another of its kind."""
    found = list_movable(case, names)
    for name in found:
        if name.kind == "people" and case.language in ("fr", "es"):
            continue  # their endings would have to agree
        if sum(names.are_one(name.text, other.text) for other in names.find(case.text)) > 1:
            continue
        others = [*_list_near(case, names, name), *_list_others(case, names, name.kind)]
        for other in others[:_MANY]:
            yield _put(case, name, _in_form_of(name, other, names))


def list_movable(case: Case, names: Names) -> list[NameAt]:
    """The line's names that another could stand for, with the article that belongs to each.

    ``Merawi defence minister`` is none: there the country is no noun. Nor is ``la France``:
    another country might take another article.
    """
    found = []
    for name in names.find(case.text):
        start = name.start
        if is_quoted(case.text, start):
            continue
        if name.kind == "nation":
            if case.language == "en" and re.search(r"(?<!\w)the $", case.text[:start], re.I):
                start -= len("the ")
            led = case.text[:start].lower()
            is_led = any(led.endswith(article) for article in case.words("articles"))
            if is_led or not _is_noun(case, start, case.text[name.end :]):
                continue
        found.append(NameAt(name.text, name.kind, start, name.end))
    return found


def _is_noun(case: Case, start: int, after: str) -> bool:
    """Whether an English country's name stands for itself, not before another noun."""
    known = case.words("after_noun")
    if not known or re.match(rf"\W*$|['’,.;:)]|\s(?:{'|'.join(known)})\b|\s\w+ed\b", after):
        return True
    before = case.text[:start].split()[-1:]
    is_subject = not before or before[0].lower().strip(",;") in case.words("before_subject")
    return is_subject and bool(re.match(r"\s[a-z]+s\b", after))


def _put(case: Case, name: NameAt, other: str) -> str:
    return replace_span(case.text, name.start, name.end, _with_article(case, other))


def _with_article(case: Case, name: str) -> str:
    return f"the {name}" if name in case.words("with_the") else name


def _list_near(case: Case, names: Names, name: NameAt) -> list[str]:
    """Names of that kind that the evidence has, in another role than this one."""
    if has_any(case.evidence, case.words("symmetric")) or case.language == "hi":
        return []
    told = names.find(case.text)
    found = names.find(case.evidence)
    near = [
        other.text
        for other in found
        if other.kind == name.kind
        and not any(names.are_one(other.text, n.text) for n in told)
        and not _is_listed(case, names, other, found)
    ]
    return list(dict.fromkeys(near))


def _is_listed(case: Case, names: Names, name: NameAt, found: list[NameAt]) -> bool:
    """Whether the evidence joins the name to another by a comma or an ``and``."""
    return any(
        _is_join(case, names, case.evidence[first.end : second.start])
        for first, second in pairwise(found)
        if name in (first, second)
    )


def _is_join(case: Case, names: Names, between: str) -> bool:
    """Whether nothing but commas, an ``and`` and other names stands between two names."""
    for name in reversed(names.find(between)):
        between = between[: name.start] + between[name.end :]
    joins = one_of(tuple(re.escape(word) for word in case.words("joins")))
    return not re.sub(r"\bthe\b", "", joins.sub("", between)).strip()


def _list_others(case: Case, names: Names, kind: str) -> list[str]:
    """Names of that kind that neither line nor evidence has.

    Those of the article come first, then those of the set, then those of the lists.
    """
    told = [name.text for name in names.find(f"{case.evidence} {case.text}")]
    text = fold(f"{case.evidence} {case.text}")
    fit = [
        other
        for other in names.list_all(kind)
        if fold(other) not in text and not any(names.are_one(other, name) for name in told)
    ]
    case.chance.shuffle(fit)
    return sorted(fit, key=lambda other: (other not in case.source.text, other not in names.told))


def _in_form_of(name: NameAt, other: str, names: Names) -> str:
    """A person told by the last name alone stays so."""
    return names.people.get(other, other) if name.text in names.people.values() else other


def swap_roles(case: Case, names: Names) -> Iterator[str]:
    """The line with two names in each other's place, where that makes it another event."""
    everyone = names.find(case.text)
    for first, second in combinations(list_movable(case, names), 2):
        between = case.text[first.end : second.start]
        both = (first.text, second.text)
        if sum(names.are_one(name.text, one) for name in everyone for one in both) > 2:
            continue
        if not _can_change_places(case, names, first, second):
            continue
        left, right = _with_article(case, second.text), _with_article(case, first.text)
        swapped = f"{case.text[: first.start]}{left}{between}{right}{case.text[second.end :]}"
        yield swapped[:1].upper() + swapped[1:] if case.text[:1].isupper() else swapped


def _can_change_places(case: Case, names: Names, first: NameAt, second: NameAt) -> bool:
    """Names of one kind that are no list; of two kinds only with a word that has a direction."""
    between = case.text[first.end : second.start]
    if _is_join(case, names, between) or has_any(between, case.words("symmetric")):
        return False
    kinds = {first.kind, second.kind}
    if len(kinds) == 1:
        return not (kinds == {"people"} and case.language in ("fr", "es"))
    has_the = any(case.text[: name.start].lower().endswith("the ") for name in (first, second))
    is_directed = has_any(between, case.words("directed"))
    return kinds == {"nation", "body"} and is_directed and not has_the


def misattribute(case: Case, names: Names) -> Iterator[str]:
    """The line in the mouth of somebody else, or of somebody where it was nobody's."""
    speakers = list(_find_speakers(case, names))
    others = _list_speakers(case, names)[:_MANY]
    for name in speakers:
        for other in (*_list_near(case, names, name), *others):
            yield _put(case, name, _in_form_of(name, other, names))
    says = (*case.words("say"), *case.words("after_speaker"))
    if not speakers and not has_any(case.text, says):
        line = case.text.strip().rstrip(".।")
        form = str(case.words("attribution") or "{line} ({name}).")
        yield from (form.format(line=line, name=other) for other in others)


def _find_speakers(case: Case, names: Names) -> Iterator[NameAt]:
    """People of the line who say something in it."""
    says, speaks = case.words("say"), case.words("after_speaker")
    for name in names.find(case.text):
        before, after = case.text[: name.start], case.text[name.end :]
        is_before = speaks and re.match(rf",?\s+(?:{whole('|'.join(speaks))})", after)
        is_after = says and re.search(rf"(?:{whole('|'.join(says))})\s+$", before)
        if name.kind == "person" and (is_before or is_after):
            yield name


def _list_speakers(case: Case, names: Names) -> list[str]:
    """People whom neither line nor evidence names.

    Where a pronoun may stand for one of the article's own people, only those of other articles.
    """
    fit = _list_others(case, names, "person")
    has_named = any(name.kind == "person" for name in names.find(case.evidence))
    if has_named and not has_any(case.evidence, case.words("pronouns")):
        return fit
    text = case.source.text
    return [other for other in fit if names.people[other] not in text]
