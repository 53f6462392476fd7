"""folder → evaluation sets: every file read and checked before anything is scored."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.answer import check_question
from bot.errors import DocumentError, InputError
from bot.evals.folding import fold
from bot.evals.gold import EvalSet, Fault, GoldQuestion, GoldVisit, Label, TrueLine
from bot.evals.rows import LineError, load_as, load_rows, refuse
from bot.model import Precision, Reading
from bot.read import parse_moment

ARTICLES, LABELS = "articles.jsonl", "labels.jsonl"
_FORMS = {
    Precision.DAY: r"\d{4}-\d\d-\d\d",
    Precision.MONTH: r"\d{4}-\d\d",
    Precision.QUARTER: r"\d{4}-Q[1-4]",
    Precision.YEAR: r"\d{4}",
}
_Row = TypeVar("_Row")


def load_sets(folder: Path) -> tuple[EvalSet, ...]:
    """The set that the folder is, or the sets in its folders, by name.

    Raises:
        InputError: there is no set in it.
        DocumentError: a file is missing or wrong; the message names the file and the line.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder: name one that holds {ARTICLES} and {LABELS}")
    if _is_set(folder):
        return (_load_set(folder),)
    inner = [path for path in sorted(folder.iterdir()) if path.is_dir() and _is_set(path)]
    if not inner:
        raise InputError(f"{folder} holds no {ARTICLES}, nor does a folder in it")
    return tuple(_load_set(path) for path in inner)


def _is_set(folder: Path) -> bool:
    return (folder / ARTICLES).exists() or (folder / LABELS).exists()


def _load_set(folder: Path) -> EvalSet:
    readings = _load_readings(folder / ARTICLES)
    labels = _load_labels(folder / LABELS, readings)
    questions = _load_optional(folder / "questions.jsonl", GoldQuestion, _check_question(readings))
    moments = [reading.published_at for reading in readings.values() if reading.published_at]
    moments += [parse_asked_at(question.asked_at) for question in questions or ()]
    ledger = _load_optional(folder / "ledger.jsonl", GoldVisit, _check_entry(readings))
    return EvalSet(
        name=folder.resolve().name,
        folder=folder,
        readings=readings,
        labels=_add_aliases(labels, ledger or ()),
        questions=questions,
        ledger=ledger,
        drafts=_load_optional(folder / "drafts.jsonl", TrueLine, _check_draft(readings)),
        faults=_load_optional(folder / "faults.jsonl", Fault, _check_fault(readings)),
        pages={
            ref: path for ref in readings if (path := folder / "pages" / f"{ref}.html").exists()
        },
        until=max(moments).astimezone(UTC) + timedelta(days=1),
    )


def parse_asked_at(text: str) -> datetime:
    """The moment of a question; a date alone is its end, UTC.

    Raises:
        InputError: not a date.
    """
    moment = parse_moment(text)
    if len(text.strip()) == len("2025-01-29"):
        moment = datetime.combine(moment.date(), time.max, UTC)
    return moment.astimezone(UTC)


# ---------------------------------------------------------------- rows


def _load_optional(
    path: Path, form: type[_Row], check: Callable[[_Row], None]
) -> tuple[_Row, ...] | None:
    if not path.exists():
        return None
    return tuple(row for _, row in load_as(path, form, check))


def _load_readings(path: Path) -> dict[str, Reading]:
    """The articles by id; both ids and addresses are unique."""
    readings: dict[str, Reading] = {}
    urls: set[str] = set()
    for number, record in load_rows(path):
        try:
            reading = _read_article(record)
            if reading.guid in readings or reading.url in urls:
                raise LineError(f"the id or url of {reading.guid} stands in an earlier line too")
        except (LineError, InputError) as error:
            raise refuse(path, number, str(error)) from None
        readings[reading.guid] = reading
        urls.add(reading.url)
    if not readings:
        raise DocumentError(f"{path} holds no article", reason="empty")
    return readings


def _read_article(record: dict[str, Any]) -> Reading:
    values = {name: record.get(name) for name in ("id", "url", "published", "title", "text")}
    for name, value in values.items():
        if not isinstance(value, str) or not value.strip():
            raise LineError(f"{name} is missing or no text")
    return Reading(
        url=str(values["url"]),
        guid=str(values["id"]),
        outlet=str(record.get("outlet") or ""),
        title=str(values["title"]),
        text=str(values["text"]),
        language=str(record.get("lang") or ""),
        published_at=parse_moment(str(values["published"])),
    )


def _load_labels(path: Path, readings: dict[str, Reading]) -> dict[str, Label]:
    labels: dict[str, Label] = {}
    for number, label in load_as(path, Label, _check_label(readings)):
        if label.id in labels:
            raise refuse(path, number, f"{label.id} has a label already")
        labels[label.id] = label
    missing = [ref for ref in readings if ref not in labels]
    if missing:
        raise DocumentError(f"{path} has no label for {', '.join(missing[:5])}", reason="empty")
    return labels


def _add_aliases(labels: dict[str, Label], ledger: Sequence[GoldVisit]) -> dict[str, Label]:
    """The labels, each visit with the other names that the ledger gives to it."""
    known = {visit.visit_key: visit for visit in ledger if visit.visit_key}

    def add(visit: GoldVisit) -> GoldVisit:
        entry = known.get(visit.visit_key, visit)
        return replace(
            visit,
            aliases=tuple(dict.fromkeys((*visit.aliases, *entry.aliases))),
            host_aliases=tuple(dict.fromkeys((*visit.host_aliases, *entry.host_aliases))),
        )

    return {
        ref: replace(label, visits=tuple(add(visit) for visit in label.visits))
        for ref, label in labels.items()
    }


# ---------------------------------------------------------------- what must hold of a row


def _find_reading(ref: str, readings: dict[str, Reading]) -> Reading:
    if ref not in readings:
        raise LineError(f"there is no article {ref} in {ARTICLES}")
    return readings[ref]


def _check_quotes(ref: str, quotes: Sequence[str], readings: dict[str, Reading]) -> None:
    text = fold(_find_reading(ref, readings).text)
    for quote in quotes:
        if not quote.strip() or fold(quote) not in text:
            raise LineError(f"“{quote[:60]}” does not stand in the text of {ref}")


def _check_dates(visit: GoldVisit) -> None:
    form = _FORMS.get(visit.precision, "")
    for date in (visit.start, visit.end):
        if date is not None and not re.fullmatch(form, date):
            raise LineError(f"“{date}” is no date of precision {visit.precision}")


def _check_label(readings: dict[str, Reading]) -> Callable[[Label], None]:
    def check(label: Label) -> None:
        _check_quotes(label.id, [sentence.quote for sentence in label.sentences], readings)
        _check_quotes(label.id, label.injected, readings)
        if label.near_duplicate_of is not None:
            _find_reading(label.near_duplicate_of, readings)
        for visit in label.visits:
            _check_dates(visit)
            _check_quotes(label.id, [visit.evidence] if visit.evidence else [], readings)

    return check


def _check_entry(readings: dict[str, Reading]) -> Callable[[GoldVisit], None]:
    def check(visit: GoldVisit) -> None:
        _check_dates(visit)
        for step in visit.history:
            _find_reading(step.article, readings)

    return check


def _check_question(readings: dict[str, Reading]) -> Callable[[GoldQuestion], None]:
    def check(question: GoldQuestion) -> None:
        check_question(question.question)
        parse_asked_at(question.asked_at)
        for ref in question.support:
            _find_reading(ref, readings)

    return check


def _check_line(line: TrueLine | Fault, cited: str, readings: dict[str, Reading]) -> None:
    _find_reading(line.article, readings)
    if not (line.text.strip() and line.quotes):
        raise LineError("it has no text, or no quotes")
    _check_quotes(cited, line.quotes, readings)


def _check_draft(readings: dict[str, Reading]) -> Callable[[TrueLine], None]:
    return lambda line: _check_line(line, line.article, readings)


def _check_fault(readings: dict[str, Reading]) -> Callable[[Fault], None]:
    return lambda fault: _check_line(fault, fault.cited_article or fault.article, readings)
