"""Search where there is too much to rank it all: what is right for few must stay right."""

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from store_samples import NOW, at, new_article

from bot.model import Article
from bot.ports import Store
from bot.store import open_store, upgrade
from bot.store.search_sqlite import FEW

MANY = 50_000
SOME = FEW + 500
TWENTY = 20

# Text n tells "common", one of three, ten and a thousand words by its number; its feed is the
# first digit of what remains: texts of all feeds lie between one another.
_FILL = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) ",
    "INSERT INTO text (id, text_hash, title, text, sentences, language) "
    "SELECT {first} + i, {first} || '/' || i, 'Title', 'common three' || (i % 3) || ' ten' "
    "|| (i % 10) || ' thousand' || (i % 1000) || ' {word} u v w x y z', '[[0,6]]', 'en' FROM n",
    "INSERT INTO article (id, url) "
    "SELECT {first} + i, 'https://' || {feed} || '.test/' || i FROM n",
    "INSERT INTO version (article_id, text_id, feed_id, guid, outlet, published_at, published_on,"
    " seen_at, is_stub) SELECT {first} + i, {first} + i, {feed}, i, 'News', {start} + i * 1000000,"
    " '2026-03-10', {start} + i * 1000000, 0 FROM n",
)
START = NOW - timedelta(days=30)


@pytest.fixture(scope="module")
def filled_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three workspaces: of few, some and many articles, the many the newest."""
    file = tmp_path_factory.mktemp("many") / "many.db"
    url = f"sqlite:///{file}"
    upgrade(url)
    engine = create_engine(url)
    with engine.begin() as db:
        first = 0
        for feed, (name, count) in enumerate(
            (("few", TWENTY), ("some", SOME), ("many", MANY)), start=1
        ):
            row = f"({feed}, '', 'https://{name}.test/', 'ok', '', '', '', 0, 0, 0, NULL)"
            db.exec_driver_sql(f"INSERT INTO feed VALUES {row}")
            db.exec_driver_sql(
                f"INSERT INTO follow VALUES ('{name}', {feed}, 'N', 'N', 2, 0, 0, '[]')"
            )
            values = {
                "count": count,
                "feed": feed,
                "first": first,
                "start": round(START.timestamp() * 1e6),
                "word": f"only{name}",
            }
            for statement in _FILL[1:]:
                db.exec_driver_sql((_FILL[0] + statement).format(**values))
            first += count
    engine.dispose()
    return file


@pytest.fixture
async def crowd(filled_sqlite: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """A store of its own for one test."""
    opened = open_store(f"sqlite:///{shutil.copy(filled_sqlite, tmp_path / 'many.db')}")
    yield opened
    await opened.close()


async def find(store: Store, workspace: str, *words: str, limit: int = 10) -> list[Article]:
    hits = await store.search(workspace, [[w] for w in words], as_of=NOW, limit=limit)
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    return [article for article, _ in hits]


async def test_twenty_articles_are_found_among_fifty_thousand_of_another(crowd: Store) -> None:
    found = await find(crowd, "few", "common", limit=99)
    assert {article.url for article in found} == {
        f"https://1.test/{n}" for n in range(1, TWENTY + 1)
    }
    (best, *_) = await find(crowd, "few", "common", "thousand7", "onlymany")
    assert best.url == "https://1.test/7"
    assert await find(crowd, "few", "onlymany") == []
    assert await find(crowd, "nobody", "common") == []


@pytest.mark.parametrize("words", [("common",), ("common", "three1"), ("thousand5", "common")])
async def test_some_are_found_though_a_flood_of_others_is_newer(
    crowd: Store, words: tuple[str, ...]
) -> None:
    found = await find(crowd, "some", *words, limit=30)
    assert len(found) == 30
    assert {article.feed_id for article in found} == {2}


async def test_what_has_all_the_words_is_best_rare_or_not(crowd: Store) -> None:
    for words in (("thousand57", "three2", "ten7"), ("three2", "ten7", "common")):
        found = await find(crowd, "many", *words)
        assert len(found) == 10
        assert all(set(words) <= set(article.text.split()) for article in found[:5])
    (best, *_) = await find(crowd, "many", "common", "thousand57", "three0")
    assert {"thousand57", "three0"} <= set(best.text.split())


async def test_common_words_find_the_newest(crowd: Store) -> None:
    found = await find(crowd, "many", "common", "ten7")
    assert found[0].url == f"https://3.test/{MANY - 3}"


async def test_a_word_that_no_article_has_takes_nothing_from_the_others(crowd: Store) -> None:
    plain = await find(crowd, "many", "thousand57", "ten7")
    assert await find(crowd, "many", "thousand57", "unheard", "ten7", "?!") == plain


async def test_one_rare_hit_is_not_all_that_is_found(crowd: Store) -> None:
    (feed,) = await crowd.list_feeds("many")
    await crowd.save_articles(feed.id, [new_article(text="A zeppelin in the common.")])
    found = await find(crowd, "many", "zeppelin", "three1", "ten3")
    assert found[0].url == new_article().url
    assert len(found) == 10


async def test_only_what_was_seen_by_then_and_published_since_is_found(crowd: Store) -> None:
    as_of = START + timedelta(seconds=MANY // 2)
    for since in (None, START + timedelta(seconds=1000), as_of - timedelta(seconds=100)):
        hits = await crowd.search(
            "many", [["common"], ["ten7"]], as_of=as_of, since=since, limit=10
        )
        assert len(hits) == 10
        assert all(article.seen_at <= as_of for article, _ in hits)
        assert all(article.published_at >= (since or START) for article, _ in hits)
    assert await crowd.search("many", [["common"]], as_of=START, limit=10) == ()


async def test_what_articles_no_longer_say_hides_none_that_is_still_said(crowd: Store) -> None:
    (feed,) = await crowd.list_feeds("many")
    old = [
        new_article(f"https://old.test/{n}", f"Ticker of old, part {n}.", seen_at=at(-90))
        for n in range(10)
    ]
    await crowd.save_articles(feed.id, old)
    live = [
        new_article("https://live.test/", f"Ticker live, part {n}.", seen_at=at(-80 + n / 50))
        for n in range(2_500)
    ]
    await crowd.save_articles(feed.id, live)
    await crowd.save_articles(
        feed.id, [new_article("https://live.test/", "It ended.", seen_at=at(-1))]
    )
    found = await find(crowd, "many", "ticker", limit=10)
    assert {article.url for article in found} == {new.url for new in old}


async def test_the_newest_of_a_language_are_listed(crowd: Store) -> None:
    (newest, *rest) = await crowd.list_recent("many", as_of=NOW, languages=["en"], limit=5)
    assert newest.url == f"https://3.test/{MANY}"
    assert len(rest) == 4
    few = await crowd.list_recent("few", as_of=NOW, languages=["en", "fr"], limit=99)
    assert [article.url for article in few] == [f"https://1.test/{n}" for n in range(20, 0, -1)]
    assert await crowd.list_recent("many", as_of=NOW, languages=["fr", "hi"], limit=5) == ()


async def test_very_many_articles_are_counted_with_the_times_of_the_first_and_the_last(
    crowd: Store,
) -> None:
    searched = await crowd.count_searched("many", as_of=NOW)
    assert (searched.feeds, searched.articles) == (1, MANY)
    assert searched.oldest_at == START + timedelta(seconds=1)
    assert searched.newest_at == START + timedelta(seconds=MANY)
    then = await crowd.count_searched("many", as_of=START + timedelta(seconds=30_000))
    assert (then.articles, then.newest_at) == (30_000, START + timedelta(seconds=30_000))
    assert (await crowd.count_searched("some", as_of=NOW)).articles == SOME
    assert (await crowd.count_searched("nobody", as_of=NOW)).newest_at is None


async def test_a_term_that_nearly_all_have_hides_none_that_have_no_other(crowd: Store) -> None:
    (feed,) = await crowd.list_feeds("many")
    await crowd.save_articles(feed.id, [new_article(text="A zeppelin alone.")])
    common = (*"uvwxyz", "common", "title", "onlymany", "three0", "three1", "three2")
    found = await find(crowd, "many", "zeppelin", *common, limit=50)
    assert len(found) == 50
    assert new_article().url in {article.url for article in found}
