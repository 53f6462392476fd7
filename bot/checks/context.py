"""claim × source → what a reader of the article knows that the cited sentence leaves out.

A line must be understood alone, so it may say "Misri" where its sentence says "he", or
"Defence Minister Aarnes" where it says "Aarnes". Both are let through only where the article
leaves no choice; else the verbatim sentence is what is shown.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import pairwise

from bot.checks.source import Source
from bot.model import Sentence
from bot.text.lexicon import load_lexicon, one_of, whole
from bot.text.names import (
    find_names,
    find_people,
    get_country,
    is_initials,
    longest_name,
    same_name,
)
from bot.text.statement import Statement
from bot.text.synonyms import list_lemmas, load_terms

LOOK_BACK = 3
"""Sentences before a pronoun in which its person is looked for."""
BESIDE = 3
"""Words within which two words belong together."""


def is_understood(name: str, claim: Statement, source: Source) -> bool:
    """Tell whether the article says the name for what the cited sentences say otherwise."""
    return (
        is_initials(name, source.evidence.text)
        or any(same_name(name, person) for person in find_antecedents(source))
        or _is_beside(name, claim, source)
    )


def is_title_of(term: str, claim: Statement, source: Source) -> bool:
    """Tell whether the word is an office, and the article joins it to what the claim does."""
    if term not in load_offices(claim.language):
        return False
    is_known = term in list_lemmas(source.whole, claim.language)
    return _is_beside(term, claim, source) or (is_known and bool(find_antecedents(source)))


@lru_cache(maxsize=256)
def _list_pairs(text: str, language: str) -> frozenset[tuple[str, str]]:
    """The pairs of words that stand beside each other in a text, in order.

    Neighbours count both ways: "Minister Aarnes" is "Aarnes, the minister".
    """
    tokens = list_lemmas(text, language)
    pairs = {
        (token, other)
        for at, token in enumerate(tokens)
        for other in tokens[at + 1 : at + 1 + BESIDE]
    }
    return frozenset(pairs | {(b, a) for a, b in pairwise(tokens)})


def _is_beside(added: str, claim: Statement, source: Source) -> bool:
    """Whether each word stands, in claim and article alike, beside a word of the evidence."""
    language = claim.language
    missing = set(list_lemmas(added, language))
    evidence = f"{source.evidence.text} {' '.join(claim.names)}"
    told = {*list_lemmas(evidence, language)} - missing
    missing -= {*list_lemmas(source.evidence.text, language)}
    told |= {*list_lemmas(source.evidence.text, language)}
    if added[:1].isupper():
        told -= load_offices(language)  # "the minister" is no proof of which minister
    known = {
        pair
        for sentence in (source.article.title, *(s.text for s in source.article.sentences))
        for pair in _list_pairs(sentence, language)
    }
    tokens = list_lemmas(claim.text, language)
    return bool(missing) and all(
        any(pair in known for pair in _list_neighbours(token, tokens, told)) for token in missing
    )


def _list_neighbours(
    token: str, tokens: Sequence[str], told: AbstractSet[str]
) -> Iterator[tuple[str, str]]:
    """The token with each told word within two words of it, in their order."""
    for at, other in enumerate(tokens):
        if other == token:
            yield from ((near, token) for near in tokens[max(0, at - 2) : at] if near in told)
            yield from ((token, near) for near in tokens[at + 1 : at + 3] if near in told)


def find_antecedents(source: Source) -> tuple[str, ...]:
    """Whom the pronouns of the cited sentences stand for, where only one person can be meant."""
    cited = [s for s in source.article.sentences if s.text in source.evidence.text]
    return tuple(person for sentence in cited if (person := _find_person(sentence, source)))


def _find_person(sentence: Sentence, source: Source) -> str | None:
    """The one person in office named last before a sentence that a pronoun opens.

    Between the two stand only sentences that the same pronoun opens.
    """
    pronoun = _find_pronoun(sentence.text, source)
    before = source.article.sentences[: sentence.number - 1]
    for earlier in reversed(before[-LOOK_BACK:] if pronoun else ()):
        people = _list_people(earlier.text, source)
        if people:
            return people.pop() if len(people) == 1 else None
        if _find_pronoun(earlier.text, source) != pronoun:
            return None
    return None


def _find_pronoun(text: str, source: Source) -> str | None:
    """The pronoun, or office that stands for a name, that opens the sentence."""
    found = _load_pronouns(source.evidence.language).match(text)
    return found["pronoun"].lower() if found else None


def _list_people(text: str, source: Source) -> set[str]:
    """The persons of a sentence under their fullest names, beside whose name an office stands."""
    language = source.evidence.language
    full = {longest_name(name, source.whole) for name in find_names(text) if not get_country(name)}
    pairs = {pair for line in source.whole.split("\n") for pair in _list_pairs(line, language)}
    titled = {name for office, name in pairs if office in load_offices(language)}
    named = {name for name in full if " " in name and titled & {*list_lemmas(name, language)[:1]}}
    return named | {person for person, _ in find_people(text)}


@cache
def _load_pronouns(language: str) -> re.Pattern[str]:
    listed = load_lexicon("context")["pronouns"].get(language, [])
    words = whole(one_of(listed)) if listed else "(?!)"
    return re.compile(rf"\W*(?:[^,]{{1,40}},\s)?(?P<pronoun>{words})", re.IGNORECASE)


@cache
def load_offices(language: str) -> frozenset[str]:
    """The terms of words of office."""
    return load_terms(load_lexicon("context")["offices"]["words"], language)
