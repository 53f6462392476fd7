"""The fields of one item, as its format gives them → Entry, within limits; or nothing."""

from collections.abc import Callable, Iterable
from hashlib import blake2b

from bot.feeds.dates import parse_date
from bot.feeds.urls import canonical_url
from bot.model import Entry

MAX_ENTRIES = 500
MAX_TEXT = 200_000
_MAX_TITLE = 300
_MAX_GUID = 500

FindLink = Callable[[str], str]
"""A link as written → its checked absolute URL, or ""."""


def build_entry(
    find_link: FindLink,
    *,
    title: str,
    guid: str,
    links: Iterable[str],
    texts: Iterable[str],
    dates: Iterable[str],
) -> Entry | None:
    """Return the entry; of links and dates the first that is good, of texts the fullest.

    ``title`` and ``texts`` are plain text; the link comes back canonical. None for an item
    without title, link and guid.
    """
    link = next((good for link in links if (good := find_link(link))), "")
    url = canonical_url(link) if link else ""
    title = shorten(title)
    guid = _fit(guid.strip()) or url or title
    if not guid:
        return None
    return Entry(
        url=url,
        guid=guid,
        title=title,
        text=max(texts, key=len, default="")[:MAX_TEXT],
        published_at=next((read for date in dates if (read := parse_date(date))), None),
    )


def shorten(title: str) -> str:
    """Return a title on one line, of 300 characters at most."""
    line = " ".join(title.split())
    return line if len(line) <= _MAX_TITLE else line[: _MAX_TITLE - 1].rstrip() + "…"


def _fit(guid: str) -> str:
    guid = "".join(char for char in guid if char.isprintable())
    if len(guid) <= _MAX_GUID:
        return guid
    return f"blake2b:{blake2b(guid.encode(), digest_size=16).hexdigest()}"
