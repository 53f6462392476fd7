"""JSON Lines file → checked rows; what is wrong is told with its file and line."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.errors import DocumentError, InputError

_Row = TypeVar("_Row")


class LineError(Exception):
    """What is wrong with one line, without its place."""


def load_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON Lines file with their line numbers."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise DocumentError(f"{path} is missing", reason="empty") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise refuse(path, line, "it is not UTF-8") from error
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror or error}") from error
    for number, row in enumerate(text.split("\n"), 1):
        if not row.strip():
            continue
        try:
            record = json.loads(row)
        except (ValueError, RecursionError) as error:
            raise refuse(path, number, "it is not JSON") from error
        if not isinstance(record, dict):
            raise refuse(path, number, "it is not a JSON object")
        yield number, record


def refuse(path: Path, number: int, why: str) -> DocumentError:
    """The error that names the file, the line and what is wrong."""
    return DocumentError(f"{path} line {number}: {why}", reason="junk")


def load_as(
    path: Path, form: type[_Row], check: Callable[[_Row], None]
) -> Iterator[tuple[int, _Row]]:
    """Every line as a checked row of that form."""
    adapter = TypeAdapter(form)
    for number, record in load_rows(path):
        try:
            row = adapter.validate_python(record)
            check(row)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"])
            raise refuse(path, number, f"{field}: {first['msg']}") from None
        except (LineError, InputError) as error:
            raise refuse(path, number, str(error)) from None
        yield number, row
