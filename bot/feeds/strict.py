"""Well-formed RSS 0.9x, 1.0, 2.0 or Atom → ParsedFeed: fast, and never a guess."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from bot.errors import DocumentError
from bot.feeds.entries import MAX_ENTRIES, FindLink, build_entry, shorten
from bot.feeds.markup import drop_hidden, html_to_text, tree_to_text
from bot.model import Entry, ParsedFeed
from bot.text.clean import clean_text

_MAX_DEPTH = 64
_PREFIXES = {
    "": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://www.w3.org/2005/Atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
}
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DATES = (
    *("pubDate", "atom:published", "atom:issued", "dcterms:issued", "dc:date", "dcterms:created"),
    *("atom:updated", "atom:modified", "dcterms:modified"),
)
_TEXTS = ("content:encoded", "description", "atom:content", "atom:summary", "xhtml:body")
_HTML_TYPES = frozenset({"html", "text/html"})
_PLAIN_TYPES = frozenset({"", "text", "text/plain"})
_LOOKS_HTML = re.compile(r"<(?:p|br|a|div|img|ul|ol|h\d)\b[^>]*>", re.IGNORECASE)
_is_too_deep = etree.XPath(f"boolean({'/*' * (_MAX_DEPTH + 1)})")

Fields = Mapping[str, list[etree._Element]]
"""The children of a channel or item by name; the names are prefixed as in ``_PREFIXES``."""


def read_strict(
    body: bytes, find_link: FindLink, *, encoding: str | None = None
) -> ParsedFeed | None:
    """Read a feed; None when it is not well-formed, or well-formed and no feed.

    Raises:
        DocumentError: nested too deep, or with entities of its own.
    """
    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    _refuse_hostile(root)
    # With an outer DTD an unknown &nbsp; is no error but a hole in the text.
    if next(root.iter(etree.Entity), None) is not None:
        return None
    kind = _name(root)
    if kind == "atom:feed":
        return _read_feed(root, root, "atom:", find_link)
    channel = next((child for child in root if _name(child) == "channel"), None)
    if kind in {"rss", "rdf:RDF"} and channel is not None:
        return _read_feed(root, channel, "", find_link)
    return None


def _refuse_hostile(root: etree._Element) -> None:
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise DocumentError("The feed declares entities of its own.", reason="unsafe")
    if _is_too_deep(root):
        raise DocumentError(f"The feed is nested deeper than {_MAX_DEPTH}.", reason="too_deep")


def _read_feed(
    root: etree._Element, channel: etree._Element, prefix: str, find_link: FindLink
) -> ParsedFeed:
    fields = _fields(channel)
    entries = (_read_entry(item, prefix, find_link) for item in _items(root, channel, prefix))
    return ParsedFeed(
        title=shorten(_first(map(_construct, fields[f"{prefix}title"]))),
        site_url=_first(find_link(link) for link in _links(fields)),
        language=_first(
            [
                *(_text(fields[name]) for name in ("language", "dc:language")),
                channel.get(_LANG, "").strip(),
                root.get(_LANG, "").strip(),
            ]
        ),
        entries=tuple(entry for entry in entries if entry),
    )


def _items(root: etree._Element, channel: etree._Element, prefix: str) -> Iterator[etree._Element]:
    """The first items, which RSS 1.0 and 0.90 keep beside the channel."""
    wanted = f"{prefix}entry" if prefix else "item"
    found = 0
    for parent in (channel,) if channel is root else (channel, root):
        for child in parent:
            if found < MAX_ENTRIES and _name(child) == wanted:
                found += 1
                yield child


def _read_entry(item: etree._Element, prefix: str, find_link: FindLink) -> Entry | None:
    fields = _fields(item)
    guid = _text(fields["atom:id" if prefix else "guid"]) or item.get(_ABOUT, "")
    return build_entry(
        find_link,
        title=_first(map(_construct, [*fields[f"{prefix}title"], *fields["dc:title"]])),
        guid=guid,
        links=[*_links(fields), *_permalink(fields, guid)],
        texts=[_construct(element) for name in _TEXTS for element in fields[name]],
        dates=[element.text or "" for name in _DATES for element in fields[name]],
    )


def _links(fields: Fields) -> list[str]:
    """The links to what readers see, best first."""
    alternate = [
        element
        for element in fields["atom:link"]
        if element.get("rel", "alternate").strip().lower() in {"", "alternate"}
    ]
    # Stable: of several the one for people, then the order of the document.
    alternate.sort(key=lambda element: element.get("type", "text/html") != "text/html")
    plain = [element.text for element in fields["link"] if element.text]
    return [*plain, *(element.get("href", "") for element in alternate)]


def _permalink(fields: Fields, guid: str) -> list[str]:
    is_link = all(element.get("isPermaLink") != "false" for element in fields["guid"])
    return [guid] if is_link and re.match(r"https?://", guid) else []


def _construct(element: etree._Element) -> str:
    """The plain text of a title or body: escaped HTML, XHTML, or text, as its type says."""
    if len(element):
        drop_hidden(element)
        return tree_to_text(element)
    text = element.text or ""
    is_atom = _name(element).startswith("atom:")
    kind = element.get("type", "").strip().lower() if is_atom else "html"
    if kind in _HTML_TYPES or element.get("mode") == "escaped" or _LOOKS_HTML.search(text):
        return html_to_text(text)
    return clean_text(text) if kind in _PLAIN_TYPES else ""


def _fields(parent: etree._Element) -> Fields:
    fields: defaultdict[str, list[etree._Element]] = defaultdict(list)
    for child in parent:
        fields[_name(child)].append(child)
    return fields


def _name(element: etree._Element) -> str:
    namespace, _, local = str(element.tag).rpartition("}")
    prefix = _PREFIXES.get(namespace.removeprefix("{"))
    return "" if prefix is None else prefix + local


def _text(elements: list[etree._Element]) -> str:
    return _first((element.text or "").strip() for element in elements)


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")
