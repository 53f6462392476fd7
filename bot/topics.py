"""prompts/topics/*.md → Topics: one file is one subject, and its file name is the tag."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from bot.errors import PromptError
from bot.model import Topic
from bot.prompts import FrontMatter, load_page


def _check_entry(entry: str) -> str:
    if "*" in entry[:-1] or not entry.strip("* ") or "(" in entry or ")" in entry:
        raise ValueError(f"{entry!r} must be a word or phrase, with a star at its end if any")
    return " ".join(entry.lower().split())


def _check_word(entry: str) -> str:
    """An entry of the vocabulary may stand in brackets, as unsure."""
    is_unsure = entry.startswith("(") and entry.endswith(")")
    return f"({_check_entry(entry[1:-1])})" if is_unsure else _check_entry(entry)


Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Vocabulary = dict[
    Language, Annotated[list[Annotated[str, AfterValidator(_check_word)]], Field(min_length=1)]
]
Traps = dict[
    Language, Annotated[list[Annotated[str, AfterValidator(_check_entry)]], Field(min_length=1)]
]

_TAG = re.compile(r"[a-z][a-z0-9-]*")


class TopicSettings(FrontMatter):
    """The front matter of a topic. Vocabulary is by language, each entry a word or phrase.

    An entry of the vocabulary in brackets is unsure.
    """

    title: str = Field(min_length=1, max_length=80)
    order: int
    max_items: int = Field(default=6, ge=1, le=50)
    ledger: bool = False
    vocabulary: Vocabulary = Field(min_length=1)
    traps: Traps = Field(default_factory=dict)


def load_topics(folder: Path) -> tuple[Topic, ...]:
    """Read every ``*.md`` of a folder, by order and then tag.

    Raises:
        PromptError: no topic at all, two ledgers, or a file that is wrong.
    """
    topics = [_load_topic(path) for path in folder.glob("*.md")]
    if not topics:
        raise PromptError(f"{folder}: there is no topic; add a file such as defence.md")
    ledgers = sorted(topic.tag for topic in topics if topic.is_ledger)
    if len(ledgers) > 1:
        raise PromptError(f"{folder}: {' and '.join(ledgers)} both say ledger: true; one may")
    return tuple(sorted(topics, key=lambda topic: (topic.order, topic.tag)))


def _load_topic(path: Path) -> Topic:
    if not _TAG.fullmatch(path.stem):
        raise PromptError(
            f"{path}: the file name is the tag; use small letters, digits, hyphens, as in trade.md"
        )
    settings, description = load_page(path, TopicSettings)
    return Topic(
        tag=path.stem,
        title=settings.title,
        order=settings.order,
        description=description,
        vocabulary=_freeze(settings.vocabulary),
        traps=_freeze(settings.traps),
        max_items=settings.max_items,
        is_ledger=settings.ledger,
    )


def _freeze(words: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(dict.fromkeys(entries)) for language, entries in words.items()}
