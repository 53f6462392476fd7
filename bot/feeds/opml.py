"""OPML file ↔ outlines: what other readers export comes in, what we follow goes out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from bot.errors import DocumentError, InputError
from bot.feeds.urls import check_url
from bot.model import Outline
from bot.ports.admin_commands import MAX_FEEDS, MAX_OPML
from bot.text.clean import clean_text

_MAX_TITLE = 300
_MAX_CATEGORIES = 20
_LOWEST_TIER = 3
_DOCTYPE = "This OPML file has a DOCTYPE line; remove it and try again."


class OpmlOutlines:
    """Keeps ``ports.Outlines``; ``allow_hosts`` are private hosts whose feeds may be listed."""

    def __init__(self, starters: Path, *, allow_hosts: frozenset[str] = frozenset()) -> None:
        self._starters = starters
        self._allow_hosts = allow_hosts

    def read(self, document: bytes) -> tuple[Outline, ...]:
        """The feeds of an OPML file in its order, each once.

        Raises:
            DocumentError: broken XML, not OPML, a document type, over 1 MB or 300 feeds.
        """
        found: dict[str, Outline] = {}
        for outline in parse_opml(document):
            checked = self._check(outline)
            found.setdefault(checked.url, checked)
        return tuple(found.values())

    def write(self, outlines: Sequence[Outline]) -> bytes:
        """An OPML 2.0 file of the feeds; ``read`` gives the same values back."""
        return render_opml(outlines).encode()

    def load_starters(self) -> Mapping[str, tuple[Outline, ...]]:
        """The feeds that are shipped to begin with, by the name of their group.

        Raises:
            DocumentError: the file is not there, or can't be read.
        """
        try:
            document = self._starters.read_bytes()
        except OSError as error:
            raise DocumentError(
                f"{self._starters} can't be read: restore the starter feeds", reason="missing"
            ) from error
        return {
            name: tuple(map(self._check, outlines))
            for name, outlines in parse_groups(document).items()
        }

    def _check(self, outline: Outline) -> Outline:
        try:
            return replace(outline, url=check_url(outline.url, allow_hosts=self._allow_hosts))
        except InputError as error:
            return replace(outline, problem=str(error))


def parse_opml(text: str | bytes) -> tuple[Outline, ...]:
    """Read the feeds of an OPML file in its order, each URL once and as it is written there.

    Raises:
        DocumentError: broken XML, not OPML, a document type, over 1 MB or 300 feeds.
    """
    return _read_feeds(_parse_xml(text).iter("outline"))


def parse_groups(text: str | bytes) -> dict[str, tuple[Outline, ...]]:
    """Read the feeds of an OPML file by the name of the group at its top in which they are.

    Raises:
        DocumentError: as ``parse_opml``.
    """
    groups = {
        _read_title(group): _read_feeds(group.iterdescendants("outline"))
        for group in _parse_xml(text).iterfind("body/outline")
    }
    return {name: feeds for name, feeds in groups.items() if name and feeds}


def render_opml(feeds: Sequence[Outline]) -> str:
    """Write the feeds as OPML 2.0; ``parse_opml`` reads the same values back."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Feeds of briefing-bot"
    body = etree.SubElement(root, "body")
    for feed in feeds:
        title = _one_line(feed.title) or feed.url
        row = etree.SubElement(
            body,
            "outline",
            type="rss",
            text=title,
            title=title,
            xmlUrl=_one_line(feed.url),
            outlet=_one_line(feed.outlet),
            tier=str(feed.tier),
        )
        if feed.categories:
            row.set("category", ",".join(map(_one_line, feed.categories)))
    document: bytes = etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, pretty_print=True
    )
    return document.decode()


def _parse_xml(text: str | bytes) -> etree._Element:
    body = text.lstrip("\ufeff").encode(errors="replace") if isinstance(text, str) else text
    if len(body) > MAX_OPML:
        raise DocumentError("This OPML file is larger than 1 MB; split it.", reason="too_large")
    # A document type is refused before parsing: expanding entities is what it is for.
    if b"<!DOCTYPE" in body:
        raise DocumentError(_DOCTYPE, reason="doctype")
    parser = etree.XMLParser(
        # A decoded text may still declare the encoding it once had.
        encoding="utf-8" if isinstance(text, str) else None,
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


def _read_feeds(outlines: Iterator[etree._Element]) -> tuple[Outline, ...]:
    """The feeds among the outlines; reading ends where there are too many."""
    feeds: dict[str, Outline] = {}
    for outline in outlines:
        feed = _read_feed(outline)
        if feed.url:
            feeds.setdefault(feed.url, feed)
        if len(feeds) > MAX_FEEDS:
            raise DocumentError(
                f"This OPML file lists more than {MAX_FEEDS} feeds; split it.", reason="too_many"
            )
    return tuple(feeds.values())


def _read_feed(outline: etree._Element) -> Outline:
    values = _read_values(outline)
    url = values.get("xmlurl", "")
    tier = values.get("tier", "")
    # OPML's categories may be paths, such as /News/Trade.
    categories = values.get("category", "").replace("/", ",").lower().split(",")
    named = dict.fromkeys(filter(None, map(str.strip, categories)))
    return Outline(
        url=url,
        title=_read_title(outline) or url[:_MAX_TITLE],
        outlet=values.get("outlet", "")[:_MAX_TITLE],
        tier=int(tier) if tier in ("1", "2", "3") else _LOWEST_TIER,
        categories=tuple(named)[:_MAX_CATEGORIES],
    )


def _read_title(outline: etree._Element) -> str:
    values = _read_values(outline)
    return (values.get("text") or values.get("title") or "")[:_MAX_TITLE]


def _read_values(outline: etree._Element) -> dict[str, str]:
    # Readers disagree on the case of attribute names.
    return {str(name).lower(): _one_line(str(value)) for name, value in outline.attrib.items()}


def _one_line(text: str) -> str:
    return " ".join(clean_text(text).split())
