"""article × topics → what each sentence tells of each topic: its signs, and a score from them.

The signs are the topic's words in a sentence and around it, figures, dates, what will be,
decisions and deeds; ``choosing.toml`` weighs them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from bot.llm.cues import count_acts, has_cue, has_cues, is_line, load_weights
from bot.llm.vocabulary import Hits, find_hits
from bot.model import Article, Topic
from bot.text.dates import find_dates
from bot.text.modality import Modality, modality
from bot.text.names import find_places
from bot.text.numbers import find_quantities

MAIN = 0.2
"""Share of its sentences from which a text is mostly of the topic it has the most words of."""

ENOUGH = 2
"""Different sure words of a topic that make a text one about it, whoever acts."""
DENSE = 0.8
"""Share of its sentences with sure words from which a text is about the topic, whoever acts."""
SHORT_TEXT = 3
"""Sentences of a text in which one sure word of a topic is enough."""
MUCH = 4
"""Sure words from which a text that names no actor can be about the topic all the same."""

_MANY = 3
_SHORT = 10
_FUTURE = (Modality.PLANNED, Modality.CERTAIN_FUTURE)

Signs = dict[str, float]
"""Sign → how strong it is; the names are those of ``choosing.toml``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as it is read under one topic; ``hits`` has the topic's words by sentence.

    ``is_line`` tells of each sentence whether it can be a line, ``is_bare`` whether no topic has
    a claim to it; ``is_main`` says that the text is mostly of this topic, ``has_actor``
    of each sentence that a state or somebody who acts for one stands in it.
    """

    article: Article
    topic: Topic
    hits: tuple[Hits, ...]
    in_title: Hits
    is_line: tuple[bool, ...]
    is_bare: tuple[bool, ...]
    is_main: bool
    has_actor: tuple[bool, ...]

    @property
    def is_trap(self) -> bool:
        """Whether the text is about something else that uses the topic's words, as sport does."""
        hits = (self.in_title, *self.hits)
        traps = frozenset[str]().union(*(found.traps for found in hits))
        sure = frozenset[str]().union(*(found.sure for found in hits))
        if len(traps) >= 2 and len(traps) * 2 >= len(sure):
            return True
        return not (self._is_of_states(len(sure)) and (len(sure) >= ENOUGH or self._is_deed))

    def _is_of_states(self, sure: int) -> bool:
        """Whether a state acts in the text; if none is named, it must speak of little else."""
        dense = sum(bool(found.sure) for found in self.hits) >= DENSE * len(self.hits)
        places = find_places(f"{self.article.title}\n{self.article.text}")
        countries = {place.country for place in places}
        is_brief = len(self.hits) <= SHORT_TEXT
        return any(self.has_actor) or dense or is_brief or (len(countries) > 1 and sure >= MUCH)

    @property
    def _is_deed(self) -> bool:
        """Whether a sentence has a sure word of the topic and an actor; of a trip one will do."""
        both = zip(self.hits, self.has_actor, strict=True)
        is_told = any(found.sure and actor for found, actor in both)
        return self.topic.is_ledger or is_told or len(self.hits) <= SHORT_TEXT


def read_article(
    article: Article,
    topics: Sequence[Topic],
    *,
    refused: Collection[int] = (),
    spoken_for: Collection[int] = (),
) -> tuple[Reading, ...]:
    """Look for each topic's words in each sentence.

    The sentences of the numbers ``refused`` can't be lines; those ``spoken_for`` are known to
    tell of a visit.
    """
    language = article.language
    hits = {
        topic.tag: tuple(find_hits(item.text, topic, language) for item in article.sentences)
        for topic in topics
    }
    shares = {tag: sum(bool(found.sure) for found in own) for tag, own in hits.items()}
    enough = max(MAIN * len(article.sentences), *shares.values(), 1)
    is_bare = tuple(
        item.number not in spoken_for and not any(own[i].sure for own in hits.values())
        for i, item in enumerate(article.sentences)
    )
    lines = tuple(
        item.number not in refused and is_line(item.text, language, is_teaser=article.is_stub)
        for item in article.sentences
    )
    has_actor = tuple(
        not has_cues(language) or has_cue("actors", item.text, language)
        for item in article.sentences
    )
    return tuple(
        Reading(
            article=article,
            topic=topic,
            hits=hits[topic.tag],
            in_title=find_hits(article.title, topic, language),
            is_line=lines,
            is_bare=is_bare,
            is_main=shares[topic.tag] >= enough,
            has_actor=has_actor,
        )
        for topic in topics
    )


def score_sentences(reading: Reading) -> dict[int, float]:
    """Return each sentence's score under the topic by its number; what is no line has -inf."""
    weights = load_weights()
    return {
        sentence.number: weights["base"] + sum(weights[name] * signs[name] for name in signs)
        if signs
        else float("-inf")
        for sentence, signs in zip(reading.article.sentences, list_signs(reading), strict=True)
    }


def list_signs(reading: Reading) -> tuple[Signs, ...]:
    """Return the signs of each sentence; none of one that is no line or speaks of other things.

    What another topic claims is left to it, unless a sure word of this one stands there too.
    """
    return tuple(map(partial(_read_sentence, reading), range(len(reading.hits))))


def _read_sentence(reading: Reading, i: int) -> Signs:
    """The signs of sentence ``i``, counted from 0."""
    topical = _read_topic(reading, i)
    is_ours = bool(reading.hits[i].sure) or reading.is_bare[i]
    if not (is_ours and reading.is_line[i] and (reading.is_main or any(topical.values()))):
        return {}
    signs = topical | dict(_read_plain(reading.article.sentences[i].text, reading.article.language))
    has_data = bool(signs["figures"] or signs["date"])
    signs["main"] = reading.is_main and reading.is_bare[i] and has_data
    signs["late"] = i / len(reading.hits)
    return signs


def _read_topic(reading: Reading, i: int) -> Signs:
    """The signs that the topic's words give to sentence ``i``."""
    hits = reading.hits[i]
    is_told = any(found.sure for found in (reading.in_title, *reading.hits))
    return {
        "sure": min(len(hits.sure), _MANY),
        "unsure": min(len(hits.unsure), _MANY) if is_told else 0,
    }


@lru_cache(maxsize=512)
def _read_plain(text: str, language: str) -> tuple[tuple[str, float], ...]:
    """The signs that are the same under every topic, as pairs."""
    quantities = find_quantities(text)
    signs = {
        "figures": any(found.unit and not found.is_ordinal for found in quantities),
        "date": bool(find_dates(text, language)),
        "future": has_cues(language) and modality(text, language) in _FUTURE,
        "acts": min(count_acts(text, language), _MANY),
        "place": bool(find_places(text)),
        "told": has_cue("told", text, language),
        "quoted": text[:1] in '"“«„',
        "short": len(text.split()) < _SHORT,
    }
    return tuple(signs.items())
