"""bytes → ParsedFeed: JSON Feed, well-formed XML, mended XML, or what feedparser reads."""

import io
import json
import re
from collections.abc import Mapping
from functools import partial
from html import escape
from html.entities import html5
from typing import Any

import feedparser

from bot.errors import DocumentError
from bot.feeds.challenge import is_challenge
from bot.feeds.charset import declared_charset, decode, is_trusted
from bot.feeds.entries import MAX_ENTRIES, FindLink, build_entry, shorten
from bot.feeds.markup import html_to_text
from bot.feeds.strict import read_strict
from bot.feeds.urls import find_link
from bot.model import Entry, ParsedFeed
from bot.text.clean import clean_text

_MAX_BYTES = 5_000_000
_MAX_LOOSE_TAGS = 120_000
_JSON_FEED = re.compile(r"https?://jsonfeed\.org/version/")
_START = re.compile(
    r"<\?xml\b|<!DOCTYPE\s+(?:rss|feed|rdf)|<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE
)
_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml[^>]*\?>")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?\]\]>|&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,32});)?", re.DOTALL
)
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def parse_feed(
    body: bytes,
    *,
    url: str,
    content_type: str = "",
    allow_hosts: frozenset[str] = frozenset(),
) -> ParsedFeed:
    """Read a feed document fetched from ``url``; at most its first 500 entries.

    Raises:
        DocumentError: ``reason`` is one of empty, not_a_feed, captcha, unsafe, too_deep,
            too_large.
    """
    if not body.strip():
        raise DocumentError("The address answers with nothing.", reason="empty")
    if len(body) > _MAX_BYTES:
        raise DocumentError("The feed is larger than 5 MB.", reason="too_large")
    find = partial(find_link, url, allow_hosts=allow_hosts)
    declared = declared_charset(body)
    feed = read_strict(body, find) if not declared or is_trusted(declared) else None
    return feed or _parse_text(decode(body, content_type), find)


def _parse_text(text: str, find: FindLink) -> ParsedFeed:
    if text.lstrip()[:1] == "{":
        feed = _read_json(text, find)
    elif root := _ROOT.search(text):
        if "<!entity" in text[: root.start()].lower():
            raise DocumentError("The feed declares entities of its own.", reason="unsafe")
        mended = _mend(text)
        feed = read_strict(mended.encode(), find, encoding="utf-8") or _read_loose(mended, find)
    else:
        feed = None
    if feed is None:
        raise _refusal(text)
    return feed


def _refusal(text: str) -> DocumentError:
    if is_challenge(text):
        message = "The site asks for proof of being human before it shows the feed."
        return DocumentError(message, reason="captcha", permanent=False)
    if re.search(r"<(?:!doctype html|html|head|body)\b", text, re.IGNORECASE):
        message = "This address is a web page, not a feed. Give the address of its feed."
    else:
        message = "This address is not a feed: it is neither RSS, Atom nor JSON Feed."
    return DocumentError(message, reason="not_a_feed")


# ---------------------------------------------------------------- JSON Feed


def _read_json(text: str, find: FindLink) -> ParsedFeed | None:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or not _JSON_FEED.match(_string(feed, "version")):
        return None
    items = feed.get("items")
    entries = (
        _read_json_item(item, find)
        for item in (items if isinstance(items, list) else [])[:MAX_ENTRIES]
        if isinstance(item, dict)
    )
    return ParsedFeed(
        title=shorten(clean_text(_string(feed, "title"))),
        site_url=find(_string(feed, "home_page_url")),
        language=clean_text(_string(feed, "language")),
        entries=tuple(entry for entry in entries if entry),
    )


def _read_json_item(item: Mapping[str, Any], find: FindLink) -> Entry | None:
    return build_entry(
        find,
        title=clean_text(_string(item, "title")),
        guid=_string(item, "id"),
        links=[_string(item, "url"), _string(item, "external_url")],
        texts=[
            html_to_text(_string(item, "content_html")),
            clean_text(_string(item, "content_text")),
            clean_text(_string(item, "summary")),
        ],
        dates=[_string(item, "date_published"), _string(item, "date_modified")],
    )


def _string(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return str(value) if isinstance(value, str | int) else ""


# ---------------------------------------------------------------- XML that needs mending


def _mend(text: str) -> str:
    """XML with its usual damage put right; it is UTF-8 now, whatever it declared."""
    start, ends = _START.search(text), list(_END.finditer(text))
    text = text[start.start() if start else 0 : ends[-1].end() if ends else len(text)]
    text = _NOT_XML.sub("", _DECLARATION.sub("", text, count=1))
    return _REFERENCE.sub(_mend_reference, text)


def _mend_reference(match: re.Match[str]) -> str:
    whole, name = match.group(), match.group(1)
    if whole.startswith("<") or name in _XML_NAMES:
        return whole
    if name is None:
        return "&amp;"
    if name.startswith("#"):
        code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        return whole if code <= 0x10FFFF and not _NOT_XML.match(chr(code)) else ""
    return escape(html5.get(f"{name};", f"&{name};"), quote=False)


def _read_loose(text: str, find: FindLink) -> ParsedFeed | None:
    if text.count("<") > _MAX_LOOSE_TAGS:
        raise DocumentError("The feed is damaged and too large to be mended.", reason="too_large")
    # Never a string: feedparser would open it as a file or fetch it.
    try:
        read = feedparser.parse(
            io.BytesIO(text.encode()),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # it raises KeyError, ValueError and more on damaged feeds
        message = "The feed is damaged beyond mending."
        raise DocumentError(message, reason="not_a_feed") from error
    if not read.get("version"):
        return None
    entries = (_read_loose_entry(entry, find) for entry in read.entries[:MAX_ENTRIES])
    return ParsedFeed(
        title=shorten(html_to_text(_string(read.feed, "title"))),
        site_url=find(_string(read.feed, "link")),
        language=clean_text(_string(read.feed, "language")),
        entries=tuple(entry for entry in entries if entry),
    )


def _read_loose_entry(entry: Mapping[str, Any], find: FindLink) -> Entry | None:
    bodies = [_string(part, "value") for part in entry.get("content", ())]
    # As written: what feedparser makes of strange dates can be months off.
    names = [name for name in ("published", "updated", "created") if name in entry]
    return build_entry(
        find,
        title=html_to_text(_string(entry, "title")),
        guid=_string(entry, "id"),
        links=[_string(entry, "link")],
        texts=[html_to_text(body) for body in [*bodies, _string(entry, "summary")]],
        dates=[_string(entry, name) for name in names],
    )
