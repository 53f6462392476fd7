"""documents → readings: single articles handed over as text, Markdown, HTML or JSON Lines."""

import json
import re
import textwrap
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import PurePath
from typing import Any

from bot.errors import DocumentError, InputError
from bot.model import ParsedPage, Reading

_DATE_LINE = re.compile(r"^\s*(?:date|published)(?:\s*:\s*|\s+)(\d\S*)\s*$", re.IGNORECASE)
_HEADING = re.compile(r"^#\s+(.+)$")
MAX_TITLE = 90
WRAPPED = 50
"""Lines at least this long, up to a paragraph's last, were broken by an editor, not an author."""


def parse_moment(text: str) -> datetime:
    """An ISO date or date and time; without a zone it is UTC, a date alone is noon.

    Noon UTC is the one hour that is the same date nearly everywhere on earth.

    Raises:
        InputError: not a date.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InputError(f"“{text.strip()}” is no date: write it like 2025-01-28") from None
    if not 1990 <= moment.year <= 2100:
        raise InputError(f"“{text.strip()}” is out of reach: years 1990 to 2100")
    if len(text.strip()) == len("2025-01-28"):
        moment = datetime.combine(moment.date(), time(12))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_text(name: str, text: str) -> Reading:
    """A text or Markdown file: a first line ``date 2025-01-28`` and a heading are read as such.

    Raises:
        DocumentError: nothing but blanks.
        InputError: the date line holds no date.
    """
    lines = text.lstrip("\ufeff").strip().splitlines()
    published_at = None
    if lines and (match := _DATE_LINE.match(lines[0])):
        published_at = parse_moment(match.group(1))
        lines = lines[1:]
    while lines and not lines[0].strip():
        lines = lines[1:]
    if not lines:
        raise DocumentError(f"{name} is empty: there is nothing to read", reason="empty")
    heading = _HEADING.match(lines[0])
    title = heading.group(1) if heading else lines[0].strip()
    body = lines[1:] if heading else lines
    return Reading(
        url=_name_url(name),
        guid="",
        outlet=PurePath(name).name,
        title=textwrap.shorten(title, MAX_TITLE, placeholder=" …"),
        text=_unwrap("\n".join(map(_strip_markdown, body)).strip()),
        language="",
        published_at=published_at,
    )


def _strip_markdown(line: str) -> str:
    """A line of Markdown as it reads: no heading marks, emphasis or link addresses."""
    line = re.sub(r"^\s*(?:#{1,6}|[-*+]|>)\s+", "", line)
    line = re.sub(r"!?\[([^\]]*)\]\([^)\s]*\)", r"\1", line)
    return re.sub(r"(\*\*|__|`)(.+?)\1", r"\2", line)


def _unwrap(text: str) -> str:
    """Paragraphs whose lines were broken at a width, each on one line again."""
    paragraphs = re.split(r"\n\s*\n", text)
    return "\n\n".join(
        " ".join(lines) if all(len(line) >= WRAPPED for line in lines[:-1]) else paragraph
        for paragraph in paragraphs
        if (lines := [line.strip() for line in paragraph.splitlines()])
    )


def _name_url(name: str) -> str:
    """A file's own address: the same file read again is the same article."""
    if "://" in name:
        return name
    parts = [part for part in PurePath(name).parts if part not in ("/", "..")]
    return f"file:{'/'.join(parts)}"


def read_page(name: str, page: ParsedPage) -> Reading:
    """An HTML page.

    Raises:
        DocumentError: the page holds no article.
    """
    if not page.text:
        raise DocumentError(f"{name} holds no article text", reason="empty")
    return Reading(
        url=_name_url(name),
        guid="",
        outlet=page.outlet or PurePath(name).name,
        title=page.title,
        text=page.text,
        language=page.language,
        published_at=page.published_at,
    )


def read_lines(name: str, text: str) -> list[Reading]:
    """A JSON Lines file of ``{url, outlet, published, title, text, lang}``.

    Raises:
        DocumentError: a line that is not such an object; the message has its number.
    """
    readings = []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if line.strip():
            try:
                readings.append(_read_record(json.loads(line)))
            except (ValueError, TypeError, KeyError, InputError, RecursionError) as error:
                raise DocumentError(
                    f"{name} line {number} can't be read: {_explain(error)}", reason="junk"
                ) from error
    return readings


def _explain(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error} is missing"
    return str(error) if isinstance(error, InputError) else "it is not a JSON object of an article"


def _read_record(record: Mapping[str, Any]) -> Reading:
    url, text = str(record["url"]), str(record.get("text") or "")
    html = "" if text else str(record.get("html") or "")
    if not (text or html) or not url.startswith(("http://", "https://")):
        raise InputError("it needs a url that starts with http, and a text or html")
    return Reading(
        url=url,
        guid=str(record.get("id") or ""),
        outlet=str(record.get("outlet") or ""),
        title=str(record.get("title") or ""),
        text=text,
        html=html,
        language=str(record.get("lang") or ""),
        published_at=parse_moment(str(record["published"])) if record.get("published") else None,
    )
