"""Article or question → messages for a model: rules first, untrusted text last and fenced."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypedDict

from bot.model import Article, Drop, Passage, Sentence, Topic
from bot.prompts import Prompt
from bot.text.clean import clean_text
from bot.text.commands_to_machines import is_addressed_to_machine, list_addressed

FORM = "2"
"""Raise it when the same text could give another draft for a change below or in windows.py."""

# A model server may read <|im_start|>, [INST] or [7] in a text as its own sign, or as ours.
_ROUND_BRACKETS = str.maketrans("<>[]", "()()")


class Message(TypedDict):
    """One message of a chat: ``role`` is system or user."""

    role: Literal["system", "user"]
    content: str


def keep_readable(sentences: Iterable[Sentence], article: Article) -> tuple[Sentence, ...]:
    """The article's sentences without those that are orders to the model: it never sees them."""
    addressed = list_addressed(article.sentences, article.text)
    return tuple(sentence for sentence in sentences if sentence.number not in addressed)


def render_draft_messages(
    prompt: Prompt,
    schema: Mapping[str, object],
    article: Article,
    sentences: Sequence[Sentence],
    topics: Sequence[Topic],
    drops: Sequence[Drop],
) -> tuple[Message, ...]:
    """The messages that ask for one window's facts, and again for what was dropped."""
    system = render_draft_system(prompt, schema, topics)
    head = (
        f"Title: {_title(article)}",
        f"Outlet: {_plain(article.outlet)}",
        f"Published: {article.published_on.isoformat()}",
    )
    lines = (f"[{sentence.number}] {_plain(sentence.text)}" for sentence in sentences)
    asked = _user("The article", (*head, *lines))
    return (_system(system), asked, *_render_drops(drops))


def render_answer_messages(
    prompt: Prompt, schema: Mapping[str, object], question: str, passages: Sequence[Passage]
) -> tuple[Message, ...]:
    """The messages that ask for an answer; passages are numbered from 1 in the order given."""
    system = prompt.render({"schema": _render_schema(schema)})
    lines = [
        line for number, passage in enumerate(passages, 1) for line in _render(number, passage)
    ]
    asked = _user("The passages and the question", (*lines, f"question: {_plain(question)}"))
    return (_system(system), asked)


def render_draft_system(
    prompt: Prompt, schema: Mapping[str, object], topics: Sequence[Topic]
) -> str:
    """The rules for a draft: the same for every article, so that servers can cache them."""
    described = "\n\n".join(f"`{topic.tag}`\n{topic.description}" for topic in topics)
    return prompt.render({"topics": described, "schema": _render_schema(schema)})


def enclose(text: str, word: str) -> str:
    """Put ``text`` between two markers made of ``word``, which it can't contain."""
    return f"<<<{word}\n{text.replace(word, ' ')}\n{word}>>>"


def _render_drops(drops: Sequence[Drop]) -> tuple[Message, ...]:
    if not drops:
        return ()
    asked = _user(
        "These statements of yours did not pass the check against the article, each with the "
        "reason. Give only these again, mended so that the cited sentences carry them, and leave "
        "out what can't be mended. The statements",
        (
            f"{drop.tag}: {_plain(drop.text)} ({drop.reason}: {_plain(drop.detail)})"
            for drop in drops
        ),
    )
    return (asked,)


def _render(number: int, passage: Passage) -> Iterable[str]:
    article = passage.article
    yield (
        f"passage {number}: {_plain(article.outlet)}, {article.published_on.isoformat()}, "
        f"{_title(article)}"
    )
    for sentence in passage.sentences:
        yield f"[{number}.{sentence.number}] {_plain(sentence.text)}"


def _title(article: Article) -> str:
    """The title, or nothing if it is an order to the model."""
    return "" if is_addressed_to_machine(article.title) else _plain(article.title)


def _render_schema(schema: Mapping[str, object]) -> str:
    return json.dumps(schema, ensure_ascii=False, separators=(",", ":"))


def _system(content: str) -> Message:
    return {"role": "system", "content": content}


def _user(what: str, lines: Iterable[str]) -> Message:
    text = "\n".join(lines)
    # Nobody can write a text that holds its own hash, and the same text gives the same prompt.
    word = f"DATA-{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"
    return {"role": "user", "content": f"{what}, as data:\n{enclose(text, word)}"}


def _plain(text: str) -> str:
    return " ".join(clean_text(text).translate(_ROUND_BRACKETS).split())
