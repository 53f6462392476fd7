"""OPML file ↔ feeds: what other readers export comes in, what we follow goes out."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from bot.errors import DocumentError
from bot.text.clean import clean_text

MAX_FEEDS = 5_000
_MAX_BYTES = 5_000_000
_MAX_TITLE = 300
_LOWEST_TIER = 3
_DOCTYPE = "This OPML file has a DOCTYPE line; remove it and try again."


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """One subscription of a file; ``url`` is as written there and still to be checked."""

    url: str
    title: str
    outlet: str
    tier: int


def parse_opml(text: str | bytes) -> tuple[OpmlFeed, ...]:
    """Read the feeds of an OPML file in its order, each URL once.

    Raises:
        DocumentError: broken XML, not OPML, a document type, over 5 MB or 5,000 feeds.
    """
    body = text.lstrip("\ufeff").encode(errors="replace") if isinstance(text, str) else text
    if len(body) > _MAX_BYTES:
        raise DocumentError("This OPML file is larger than 5 MB; split it.", reason="too_large")
    feeds: dict[str, OpmlFeed] = {}
    for outline in _parse_xml(body, is_unicode=isinstance(text, str)).iter("outline"):
        feed = _read_feed(outline)
        if feed.url:
            feeds.setdefault(feed.url, feed)
    if len(feeds) > MAX_FEEDS:
        raise DocumentError(
            f"This OPML file lists {len(feeds):,} feeds; {MAX_FEEDS:,} is the most. Split it.",
            reason="too_many",
        )
    return tuple(feeds.values())


def render_opml(feeds: Sequence[OpmlFeed]) -> str:
    """Write the feeds as OPML 2.0; ``parse_opml`` reads the same values back."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Feeds of briefing-bot"
    body = etree.SubElement(root, "body")
    for feed in feeds:
        title = _one_line(feed.title) or feed.url
        etree.SubElement(
            body,
            "outline",
            type="rss",
            text=title,
            title=title,
            xmlUrl=_one_line(feed.url),
            outlet=_one_line(feed.outlet),
            tier=str(feed.tier),
        )
    document: bytes = etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, pretty_print=True
    )
    return document.decode()


def _parse_xml(body: bytes, *, is_unicode: bool) -> etree._Element:
    # A document type is refused before parsing: expanding entities is what it is for.
    if b"<!DOCTYPE" in body:
        raise DocumentError(_DOCTYPE, reason="doctype")
    parser = etree.XMLParser(
        # A decoded text may still declare the encoding it once had.
        encoding="utf-8" if is_unicode else None,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(
            f"This is not a well-formed OPML file: {_one_line(str(error.msg))}.", reason="broken"
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentError(_DOCTYPE, reason="doctype")
    if root.tag != "opml":
        raise DocumentError("This file is not OPML; export the feeds again.", reason="not_opml")
    return root


def _read_feed(outline: etree._Element) -> OpmlFeed:
    # Readers disagree on the case of attribute names.
    values = {str(name).lower(): _one_line(str(value)) for name, value in outline.attrib.items()}
    url = values.get("xmlurl", "")
    tier = values.get("tier", "")
    return OpmlFeed(
        url=url,
        title=(values.get("text") or values.get("title") or url)[:_MAX_TITLE],
        outlet=values.get("outlet", "")[:_MAX_TITLE],
        tier=int(tier) if tier in ("1", "2", "3") else _LOWEST_TIER,
    )


def _one_line(text: str) -> str:
    return " ".join(clean_text(text).split())
