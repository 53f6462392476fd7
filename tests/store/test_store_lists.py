from dataclasses import replace
from datetime import timedelta

from store_samples import NOW, at, follow, new_article

from bot.model import NewArticle
from bot.ports import Store

URLS = [f"https://news.test/{n}" for n in range(5)]


def in_language(language: str, number: int, *, days: int) -> NewArticle:
    seen_at = NOW - timedelta(days=days)
    article = new_article(URLS[number], f"Text {number}.", seen_at=seen_at)
    return replace(article, language=language)


async def test_the_newest_articles_in_some_languages_are_listed_newest_first(store: Store) -> None:
    feed = await follow(store)
    # They come in another order than they were published in, as a feed's first poll brings them.
    for language, number, days in (("fr", 0, 2), ("en", 1, 0), ("fr", 2, 1), ("es", 3, 3)):
        await store.save_articles(feed.id, [in_language(language, number, days=days)])
    found = await store.list_recent("desk", as_of=NOW, languages=["es", "fr"], limit=9)
    assert [article.url for article in found] == [URLS[2], URLS[0], URLS[3]]
    assert await store.list_recent("desk", as_of=NOW, languages=["es", "fr"], limit=1) == found[:1]
    assert await store.list_recent("desk", as_of=NOW, languages=[], limit=9) == ()
    earlier = NOW - timedelta(days=2)
    assert await store.list_recent("desk", as_of=earlier, languages=["fr"], limit=9) == found[1:2]


async def test_an_article_is_listed_in_the_language_that_it_has_now(store: Store) -> None:
    feed = await follow(store)
    await store.save_articles(feed.id, [in_language("fr", 0, days=1)])
    await store.save_articles(feed.id, [replace(in_language("en", 0, days=0), text_hash="new")])
    assert await store.list_recent("desk", as_of=NOW, languages=["fr"], limit=9) == ()
    (article,) = await store.list_recent("desk", as_of=NOW, languages=["en"], limit=9)
    assert article.url == URLS[0]


async def test_articles_are_listed_by_url_in_the_order_asked_for(store: Store) -> None:
    feed = await follow(store)
    await store.save_articles(feed.id, [in_language("en", n, days=n) for n in range(4)])
    asked = [URLS[2], "https://unknown.test/", URLS[0], URLS[2]]
    found = await store.list_by_url("desk", asked, as_of=NOW)
    assert [article.url for article in found] == [URLS[2], URLS[0]]
    early = NOW - timedelta(days=1)
    assert [one.url for one in await store.list_by_url("desk", asked, as_of=early)] == [URLS[2]]
    assert await store.list_by_url("desk", [], as_of=NOW) == ()
    many = [f"https://unknown.test/{n}" for n in range(2_500)]
    assert len(await store.list_by_url("desk", [*many, *URLS], as_of=NOW)) == 4


async def test_a_url_shows_the_version_of_that_moment(store: Store) -> None:
    feed = await follow(store)
    await store.save_articles(feed.id, [new_article(URLS[0], "It is on.")])
    await store.save_articles(feed.id, [new_article(URLS[0], "It is off.", seen_at=at(30))])
    for minutes, text in ((0, "It is on."), (29, "It is on."), (30, "It is off.")):
        (article,) = await store.list_by_url("desk", URLS, as_of=at(minutes))
        assert article.text == text


async def test_nothing_of_other_workspaces_is_listed(store: Store) -> None:
    theirs = await follow(store, "other", "https://other.test/feed")
    await store.save_articles(theirs.id, [in_language("fr", 0, days=0)])
    assert await store.list_recent("desk", as_of=NOW, languages=["fr"], limit=9) == ()
    assert await store.list_by_url("desk", URLS, as_of=NOW) == ()
    own = await follow(store)
    await store.save_articles(own.id, [in_language("fr", 0, days=1)])
    (article,) = await store.list_by_url("desk", URLS, as_of=NOW)
    assert (article.feed_id, article.seen_at) == (own.id, NOW - timedelta(days=1))
