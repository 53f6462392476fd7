"""A model's JSON → draft or draft answer: its shape is checked, what can't be true is dropped."""

import logging
import re
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import ModelError
from bot.llm.windows import MAX_FACTS
from bot.model import (
    Draft,
    DraftAnswer,
    DraftFact,
    DraftVisit,
    Passage,
    Sentence,
    Topic,
    VisitStatus,
)
from bot.text.clean import clean_text
from bot.text.plainness import has_link

logger = logging.getLogger(__name__)

MAX_LINES = 5
MAX_CITES = 5
MAX_LINE = 300
"""Characters of a line of an answer; a longer one is left out: cut, it might say another thing."""
MAX_READ = 1_000
"""Characters of a fact that are read; what is too long for a brief is judged with the rest."""
MAX_NAME = 120
MAX_ITEMS = 200
"""Facts, or visits, of one answer that are read; of them the first are kept."""

_STATUSES = [str(status) for status in VisitStatus]
_FENCE = re.compile(r"\s*```(?:json)?\s*(.*?)\s*```\s*", re.DOTALL | re.IGNORECASE)
_NOT_THE_SHAPE = (
    "The model's answer is not the JSON that was asked for; "
    "if this goes on, put a model that keeps to a schema into OPENAI_MODEL."
)


def _make_strict(schema: dict[str, Any]) -> None:
    """Strict schemas know no key that may be missing; an answer without one does no harm."""
    schema["additionalProperties"] = False
    schema["required"] = list(schema["properties"])
    for one in schema["properties"].values():
        one.pop("default", None)


class _Shape(BaseModel):
    # A server that keeps to the schema adds no keys; from one that doesn't they do no harm.
    # An error must not show its input, which would put the article's text into a log.
    model_config = ConfigDict(json_schema_extra=_make_strict, hide_input_in_errors=True)


class _Fact(_Shape):
    tag: str
    text: str
    sentences: list[int]


class _Visit(_Shape):
    visitor: str
    host: str
    place: str | None
    date_text: str
    status: Annotated[str, Field(json_schema_extra={"enum": list(_STATUSES)})]
    sentences: list[int]
    purpose: str = ""


class _Draft(_Shape):
    facts: list[_Fact]
    visits: list[_Visit]


class _DraftItems(_Shape):
    """A draft whose items are still unread: one of them that is junk spoils no other."""

    facts: list[Any]
    visits: list[Any]


class _Cite(_Shape):
    passage: int
    sentence: int


class _Line(_Shape):
    text: str
    cites: list[_Cite]


class _Answer(_Shape):
    answered: bool
    lines: list[_Line]


_Reply = TypeVar("_Reply", bound=_Shape)
_Item = TypeVar("_Item")


def get_draft_schema(topics: Sequence[Topic]) -> dict[str, Any]:
    """The JSON Schema of a draft: strict, with the tags of ``topics`` and no others."""
    schema = _Draft.model_json_schema()
    schema["$defs"]["_Fact"]["properties"]["tag"]["enum"] = [topic.tag for topic in topics]
    return schema


def get_answer_schema() -> dict[str, Any]:
    """The JSON Schema of an answer: strict."""
    return _Answer.model_json_schema()


def parse_draft(reply: str, sentences: Sequence[Sentence]) -> Draft:
    """Read a draft. Numbers of sentences that were not given are taken out, and repeats.

    Nothing is judged here: a fact that cites nothing, or has a tag of its own, is dropped
    where drops are counted.

    Raises:
        ModelError: not JSON, or not of the shape that was asked for.
    """
    items = _parse(reply, _DraftItems)
    numbers = {sentence.number for sentence in sentences}
    facts = [_read_fact(fact, numbers) for fact in _read_items(items.facts, _Fact)]
    visits = [
        _read_visit(visit, numbers)
        for visit in _read_items(items.visits, _Visit)
        if visit.status in _STATUSES
    ]
    return Draft(_keep(facts, MAX_FACTS), _keep(visits, MAX_FACTS))


def parse_answer(reply: str, passages: Sequence[Passage]) -> DraftAnswer:
    """Read an answer. Citations of what was not given are dropped, and lines left without any.

    Raises:
        ModelError: not JSON, or not of the shape that was asked for.
    """
    answer = _parse(reply, _Answer)
    if not answer.answered:
        return DraftAnswer()
    given = {
        (number, sentence.number)
        for number, passage in enumerate(passages, 1)
        for sentence in passage.sentences
    }
    return DraftAnswer(_keep((_read_line(line, given) for line in answer.lines), MAX_LINES))


def _parse(reply: str, shape: type[_Reply]) -> _Reply:
    fenced = _FENCE.fullmatch(reply)
    try:
        return shape.model_validate_json(fenced[1] if fenced else reply)
    except ValidationError as error:
        raise ModelError(_NOT_THE_SHAPE) from error


def _read_items(items: Sequence[object], shape: type[_Reply]) -> list[_Reply]:
    """The items of the right shape.

    Raises:
        ModelError: there are items, and none is.
    """
    read = []
    for item in items[:MAX_ITEMS]:
        try:
            read.append(shape.model_validate(item))
        except ValidationError:
            logger.info("model.item_dropped shape=%s", shape.__name__)
    if items and not read:
        raise ModelError(_NOT_THE_SHAPE)
    return read


def _read_fact(fact: _Fact, numbers: set[int]) -> DraftFact | None:
    text = _line(fact.text, MAX_READ)
    tag = _line(fact.tag, MAX_NAME)
    return DraftFact(tag, text, _cited(fact.sentences, numbers)) if text else None


def _read_visit(visit: _Visit, numbers: set[int]) -> DraftVisit | None:
    visitor, host = _line(visit.visitor, MAX_NAME), _line(visit.host, MAX_NAME)
    cited = _cited(visit.sentences, numbers)
    if not (visitor and host):
        return None
    return DraftVisit(
        visitor=visitor,
        host=host,
        place=_line(visit.place or "", MAX_NAME) or None,
        date_text=_line(visit.date_text, MAX_NAME),
        status=VisitStatus(visit.status),
        sentences=cited,
        purpose=_line(visit.purpose, MAX_NAME),
    )


def _read_line(
    line: _Line, given: set[tuple[int, int]]
) -> tuple[str, tuple[tuple[int, int], ...]] | None:
    text = _line(line.text, MAX_READ)
    cited = _cited(((cite.passage, cite.sentence) for cite in line.cites), given)
    is_line = text and len(text) <= MAX_LINE and not has_link(text)
    return (text, cited) if is_line and cited else None


def _cited(cites: Iterable[_Item], given: set[_Item]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys(cite for cite in cites if cite in given))[:MAX_CITES]


def _keep(items: Iterable[_Item | None], limit: int) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys(item for item in items if item is not None))[:limit]


def _line(text: str, limit: int) -> str:
    """One clean line of at most ``limit`` characters."""
    # Cut before it is cleaned: a text without end would hold up the loop.
    line = " ".join(clean_text(text[: 4 * limit]).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
