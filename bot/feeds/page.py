"""bytes → ParsedPage: the article of a web page as plain text, and the feeds it announces."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document

from bot.errors import DocumentError
from bot.feeds.challenge import is_challenge
from bot.feeds.charset import decode
from bot.feeds.dates import parse_date
from bot.feeds.entries import MAX_TEXT, FindLink, shorten
from bot.feeds.markup import drop_hidden, read_html, tree_to_text
from bot.feeds.urls import find_link
from bot.model import ParsedPage
from bot.text.clean import clean_text

_MAX_BYTES = 2_000_000
_MAX_FEEDS = 20
_MIN_TEXT = 40
_TITLES = ("og:title", "twitter:title")
_DATES = (
    *("article:published_time", "og:article:published_time", "datepublished", "date"),
    *("pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date"),
    *("dc.date", "dc.date.issued", "dcterms.created", "dcterms.date"),
)
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_FEED_PATH = re.compile(
    r"(?:/(?:feeds?|rss|atom)/?|\.(?:rss|atom|rdf|xml)|/feed\.json)$", re.IGNORECASE
)
_COMMENTS = frozenset(
    {
        *("comment", "comments", "comment-list", "commentlist", "comments-area", "comment-body"),
        *("comments-section", "comment-section", "user-comments", "disqus_thread"),
    }
)
_HTML = re.compile(
    r"<(?:!doctype|html|head|body|title|meta|article|main|div|p|a|h1|script)\b", re.IGNORECASE
)
_LD_DEPTH = 4
# With its default ``max_date``, today, the result would hang on the clock.
_DATE_SEARCH = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31"}


def parse_page(
    body: bytes,
    *,
    url: str,
    content_type: str = "",
    allow_hosts: frozenset[str] = frozenset(),
) -> ParsedPage:
    """Read an HTML page fetched from ``url``; its text is empty when it holds no article.

    Raises:
        DocumentError: ``reason`` is one of empty, too_large, not_html, captcha.
    """
    if not body.strip():
        raise DocumentError("The page is empty.", reason="empty")
    if len(body) > _MAX_BYTES:
        raise DocumentError("The page is larger than 2 MB.", reason="too_large")
    html = decode(body, content_type)
    if is_challenge(html):
        message = "The site asks for proof of being human before it shows the page."
        raise DocumentError(message, reason="captcha", permanent=False)
    root = read_html(html) if _HTML.search(html) else None
    if root is None:
        raise DocumentError("The address is not a web page.", reason="not_html")
    return _read_page(root, partial(find_link, url, allow_hosts=allow_hosts))


def _read_page(root: HtmlElement, find: FindLink) -> ParsedPage:
    metas = _metas(root)
    data = list(_linked_data(root))
    titles = [*(metas.get(name, "") for name in _TITLES), root.findtext(".//title") or ""]
    title = shorten(clean_text(_first(titles)))
    outlet = metas.get("og:site_name", "") or _first(_publisher(thing) for thing in data)
    dates = [_string(thing.get("datePublished")) for thing in data]
    dates += [metas.get(name, "") for name in _DATES]
    dates += [element.get("datetime", "") for element in root.iterfind(".//time[@pubdate]")]
    published_at = next((read for date in dates if (read := parse_date(date))), None)
    return ParsedPage(
        title=title,
        outlet=shorten(clean_text(outlet)),
        language=clean_text(root.get("lang", ""))[:35],
        published_at=published_at or _guess_date(root),
        feed_urls=tuple(_find_feeds(root, find)),
        text=_article(root, title),  # last, because it takes the tree apart
    )


def _metas(root: HtmlElement) -> dict[str, str]:
    """The content of ``meta`` elements by lower-case name; the first of a name counts."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(name.strip().lower(), meta.get("content", "").strip())
    return metas


# ---------------------------------------------------------------- the article


def _article(root: HtmlElement, title: str) -> str:
    drop_hidden(root)
    _drop_comments(root)
    try:
        document = trafilatura.bare_extraction(
            root, fast=True, include_comments=False, include_tables=True, include_formatting=False
        )
    except ValueError:
        return ""
    if not isinstance(document, Document) or document.body is None:
        return ""
    text = tree_to_text(document.body)
    first, _, rest = text.partition("\n\n")
    text = rest if first.casefold() == title.casefold() else text
    return text[:MAX_TEXT] if len(text) >= _MIN_TEXT else ""


def _drop_comments(root: HtmlElement) -> None:
    """Readers' comments go before extraction: in some layouts they pass for the article."""
    found = [element for element in root.iter("*") if _is_comments(element)]
    for element in found:
        if next(element.iter("h1", "article", "main", "body"), None) is None:
            element.tag = "comments"
    etree.strip_elements(root, "comments", with_tail=False)


def _is_comments(element: HtmlElement) -> bool:
    names = {*element.get("class", "").lower().split(), element.get("id", "").lower()}
    return not names.isdisjoint(_COMMENTS)


def _guess_date(root: HtmlElement) -> datetime | None:
    """The day that trafilatura makes out where a page does not say plainly."""
    try:
        document = trafilatura.extract_metadata(root, date_config=_DATE_SEARCH, extensive=False)
    except ValueError:  # htmldate trips over control characters
        return None
    return parse_date(document.date or "") if document else None


# ---------------------------------------------------------------- what pages tell of themselves


def _linked_data(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD that have a date of publication."""
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        try:
            yield from _dated(json.loads(script.text or ""), _LD_DEPTH)
        except (ValueError, RecursionError):
            continue


def _dated(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if not depth:
        return
    if isinstance(value, dict):
        if "datePublished" in value:
            yield value
        yield from _dated(value.get("@graph"), depth - 1)
    elif isinstance(value, list):
        for part in value:
            yield from _dated(part, depth - 1)


def _publisher(thing: dict[str, Any]) -> str:
    publisher = thing.get("publisher")
    return _string(publisher.get("name")) if isinstance(publisher, dict) else ""


def _find_feeds(root: HtmlElement, find: FindLink) -> Iterable[str]:
    """The feeds that the page announces, then links that look like feeds, each once."""
    announced = [
        link.get("href", "")
        for link in root.iter("link")
        if "alternate" in link.get("rel", "").lower().split()
        and link.get("type", "").strip().lower() in _FEED_TYPES
    ]
    hrefs = (anchor.get("href", "") for anchor in root.iter("a"))
    guessed = [href for href in hrefs if _FEED_PATH.search(href.partition("?")[0])]
    good = (find(href) for href in [*announced, *guessed] if "comments" not in href)
    return list(dict.fromkeys(url for url in good if url))[:_MAX_FEEDS]


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value.strip()), "")
