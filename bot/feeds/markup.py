"""HTML → plain text: what a reader would see, paragraphs parted by blank lines."""

import html
import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from bot.text.clean import clean_text

# HTML's names, and those that trafilatura gives to the same things.
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
        *("summary", "table", "tr", "ul", "head", "item", "list", "quote", "row", "ab"),
    }
)
_LINE_BREAKS = frozenset({"br", "lb"})
_CELLS = frozenset({"td", "th", "cell"})
_SILENT = frozenset(
    {
        *("script", "style", "template", "noscript", "iframe", "object", "embed", "svg"),
        *("canvas", "audio", "video", "select", "textarea"),
    }
)
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden"
    r"|font-size\s*:\s*0*(?:\.0+|0)?(?:[a-z]+|%)?\s*(?:!|;|$)",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[a-zA-Z/!?]")
# Python refuses to read numbers of thousands of digits.
_ABSURD_REFERENCE = re.compile(r"&#(?:\d|x[0-9a-f])[0-9a-f]{8,};?", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n\s*\n")
_SPACE = re.compile(r"\s+")
_MARK = "hidden-from-readers"


def html_to_text(fragment: str) -> str:
    """Return the visible text of a piece of HTML, or of plain text with entities."""
    if not _TAG.search(fragment):
        paragraphs = _BLANK_LINE.split(html.unescape(_ABSURD_REFERENCE.sub("", fragment)))
        return clean_text("\n\n".join(_SPACE.sub(" ", part) for part in paragraphs))
    root = read_html(fragment)
    body = root.find("body") if root is not None else None
    if body is None:
        return ""
    drop_hidden(body)
    return tree_to_text(body)


def read_html(text: str) -> HtmlElement | None:
    """Return the ``html`` element of a page or fragment; None when nothing is there."""
    # As bytes, because lxml refuses text that declares an encoding.
    raw = text.replace("\0", "").encode(errors="replace")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return etree.fromstring(raw, parser) if raw.strip() else None
    except etree.XMLSyntaxError:
        return None


def drop_hidden(root: etree._Element) -> None:
    """Take out, in place, all below ``root`` that readers of the page would not see."""
    for element in root.iter("*"):
        if element is not root and _is_hidden(element):
            element.tag = _MARK
    etree.strip_elements(root, _MARK, with_tail=False)


def tree_to_text(root: etree._Element) -> str:
    """Return the text of a tree without comments: blocks become paragraphs."""
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = _name(element)
        if name in _BLOCKS:
            parts.append("\n\n")
        if event == "start":
            parts.append(_fold(element.text))
        elif name in _LINE_BREAKS:
            parts.append("\n")
        elif name in _CELLS:
            parts.append(" ")
        if event == "end" and element is not root:
            parts.append(_fold(element.tail))
    return clean_text("".join(parts))


def _name(element: etree._Element) -> str:
    tag = str(element.tag)
    return tag.rpartition("}")[2] if tag[0] == "{" else tag


def _fold(text: str | None) -> str:
    return _SPACE.sub(" ", text) if text else ""


def _is_hidden(element: etree._Element) -> bool:
    name = _name(element)
    if name in _SILENT:
        return True
    # Some pages hide their whole body until a script has run.
    if name in {"html", "body"}:
        return False
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden", "").strip().lower() == "true"
        or _HIDING_STYLE.search(element.get("style", "")) is not None
    )
