"""Writes to the store at argv[1] until it is killed, printing a line after each commit."""

import asyncio
import itertools
import sys

from store_samples import follow, keep, new_article, new_parts, slot_of, subscribe

from bot.store import open_store

BATCH = 40
PARTS = 3


async def main(url: str) -> None:
    store = open_store(url)
    feed = await follow(store)
    order = await subscribe(store)
    for day in itertools.count():
        batch = [
            new_article(f"https://news.test/{day}/{n}", f"Text {day} {n}.") for n in range(BATCH)
        ]
        await store.save_articles(feed.id, batch)
        await keep(store, slot_of(order, day), order, new_parts(PARTS))
        print(day, flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
