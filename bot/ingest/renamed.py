"""articles of a feed → those that it brought before under another URL and another id.

Their names are remembered while the feed lists them, so that their pages are read once.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b

from bot.model import Article, Entry, Feed, NewArticle
from bot.ports import Store

LOOK_BACK = timedelta(days=60)
"""How long ago an article may have been published that comes back under another name."""
MAX_ALIKE = 20
"""Articles with a like title that are compared."""


def name_entry(entry: Entry | NewArticle) -> str:
    """The name of an entry, or of the article made of it: its id and its address together."""
    return blake2b(f"{entry.guid}\n{entry.url}".encode(errors="replace"), digest_size=8).hexdigest()


async def load_renamed(store: Store, feed: Feed) -> frozenset[str]:
    """The names of the entries of that feed that are known under others."""
    return frozenset(json.loads(await store.find_mark(_mark(feed)) or "[]"))


async def save_renamed(store: Store, feed: Feed, names: Iterable[str]) -> None:
    """Remember those names, and no others, for that feed."""
    await store.save_mark(_mark(feed), json.dumps(sorted(names)))


async def find_renamed(
    store: Store, feed: Feed, articles: Sequence[NewArticle], now: datetime
) -> list[NewArticle]:
    """Those of the articles whose title and text the feed has brought before, or twice now."""
    found: list[NewArticle] = []
    seen: set[tuple[str, str]] = set()
    for article in articles:
        told = _read(article)
        if told in seen or await _is_stored(store, feed, article, now):
            found.append(article)
        seen.add(told)
    return found


async def _is_stored(store: Store, feed: Feed, article: NewArticle, now: datetime) -> bool:
    if feed.succeeded_at is None or not article.title:
        return False
    alike: Sequence[tuple[Article, float]] = await store.search(
        feed.workspace,
        [[article.title.rstrip("* ")]],
        as_of=now,
        since=now - LOOK_BACK,
        limit=MAX_ALIKE,
    )
    return any(known.feed_id == feed.id and _read(known) == _read(article) for known, _ in alike)


def _read(article: NewArticle) -> tuple[str, str]:
    """Title and text, however they are spaced."""
    return " ".join(article.title.split()), " ".join(article.text.split())


def _mark(feed: Feed) -> str:
    return f"renamed in feed {feed.id}"
