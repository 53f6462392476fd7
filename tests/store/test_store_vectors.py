import numpy as np
import pytest
from store_samples import at, follow, new_article

from bot.errors import StoreError
from bot.model import Feed, NewArticle
from bot.ports import Store
from bot.store import vectors
from bot.vectors import DIMENSIONS, pack_vector, similarities

MODEL = "e5/1"
URL = "https://news.test/"
rng = np.random.default_rng(5)
QUESTION = pack_vector(rng.standard_normal(DIMENSIONS).astype(np.float32))


def near(share: float) -> bytes:
    """A vector that points as much towards the question as ``share`` says, 0 to 1."""
    own = np.frombuffer(QUESTION, np.int8) / 127
    other = rng.standard_normal(DIMENSIONS)
    other -= own * (other @ own) / (own @ own)
    length = np.linalg.norm(own) / np.linalg.norm(other)
    return pack_vector((own * share + other * length * (1 - share)).astype(np.float32))


async def put(store: Store, feed: Feed, articles: dict[str, float], minute: float = 0) -> None:
    """An article of two sentences for each name, the second as near to the question as told."""
    made = [told(name, minute) for name in articles]
    await store.save_articles(feed.id, made)
    for article, share in zip(made, articles.values(), strict=True):
        await store.save_vectors(article.text_hash, MODEL, near(0) + near(share))


def told(name: str, minute: float = 0, text: str = "") -> NewArticle:
    return new_article(f"{URL}{name}", text or f"First of {name}. Second.", seen_at=at(minute))


async def find(
    store: Store, workspace: str = "desk", minute: float = 99, limit: int = 9
) -> list[str]:
    found = await store.find_nearest(workspace, MODEL, QUESTION, as_of=at(minute), limit=limit)
    return [article.url.removeprefix(URL) for article in found]


async def test_the_nearest_sentence_decides_and_the_best_come_first(store: Store) -> None:
    feed = await follow(store)
    await put(store, feed, {"far": 0.2, "nearest": 0.9, "near": 0.6})
    assert await find(store) == ["nearest", "near", "far"]
    assert await find(store, limit=2) == ["nearest", "near"]
    await put(store, feed, {"newest": 0.95}, minute=5)
    assert await find(store) == ["newest", "nearest", "near", "far"], "a later text is seen"
    assert await find(store, minute=4) == ["nearest", "near", "far"], "but not before it came"


async def test_nearness_never_crosses_the_wall(store: Store) -> None:
    ours = await follow(store, "desk")
    theirs = await follow(store, "other", url="https://other.test/feed")
    await put(store, ours, {"ours": 0.3})
    await put(store, theirs, {f"theirs{n}": 0.9 for n in range(300)}, minute=1)
    assert await find(store, "desk") == ["ours"]
    assert len(await find(store, "other", limit=400)) == 300
    assert await find(store, "third") == []
    await store.remove_feed("desk", ours.id)
    assert await find(store, "desk") == []


async def test_few_old_articles_are_found_beside_many_newer_ones_of_others(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "MAX_SEARCHED", 20)
    ours = await follow(store, "desk")
    theirs = await follow(store, "other", url="https://other.test/feed")
    await put(store, ours, {f"ours{n}": (n + 1) / 10 for n in range(3)})
    await put(store, theirs, {f"theirs{n}": n / 100 for n in range(30)}, minute=1)
    for _ in range(2):
        assert await find(store, "desk") == ["ours2", "ours1", "ours0"]
        assert len(await find(store, "other", limit=99)) == 10, "the newest twenty sentences"


async def test_a_text_that_was_replaced_is_not_shown_but_was_before(store: Store) -> None:
    feed = await follow(store)
    await put(store, feed, {"a": 0.9, "b": 0.5})
    newer = told("a", 10, "Something else. Altogether.")
    await store.save_articles(feed.id, [newer])
    await store.save_vectors(newer.text_hash, MODEL, near(0.1) + near(0.2))
    assert await find(store) == ["b", "a"]
    assert await find(store, minute=5) == ["a", "b"]


async def test_vectors_of_another_model_are_no_neighbours(store: Store) -> None:
    feed = await follow(store)
    await put(store, feed, {"a": 0.9})
    assert await store.find_nearest("desk", "e5/2", QUESTION, as_of=at(99), limit=9) == ()
    hash_of = told("a").text_hash
    assert await store.find_vectors("e5/2", [hash_of]) == {}
    kept = await store.find_vectors(MODEL, [hash_of, "unknown"])
    assert [round(one, 1) for one in similarities(QUESTION, kept[hash_of])] == [
        round(one, 1) for one in similarities(QUESTION, near(0) + near(0.9))
    ]


async def test_texts_without_vectors_are_listed_newest_first_and_once(store: Store) -> None:
    feed = await follow(store)
    other = await follow(store, "other", url="https://other.test/feed")
    await store.save_articles(feed.id, [told("old"), told("new", 20)])
    await store.save_articles(other.id, [told("new", 30), told("theirs", 10)])
    listed = await store.list_unembedded(MODEL, limit=9)
    assert [article.url.removeprefix(URL) for article in listed] == ["new", "theirs", "old"]
    mine = await store.list_unembedded(MODEL, limit=9, workspace="desk", since=at(5))
    assert [article.url.removeprefix(URL) for article in mine] == ["new"]
    # A text without a sentence has no rows, and is not listed again.
    for _ in range(2):
        await store.save_vectors(listed[0].text_hash, MODEL, b"")
    assert len(await store.list_unembedded(MODEL, limit=9)) == 2
    assert len(await store.list_unembedded("e5/2", limit=9)) == 3
    assert await find(store) == []


async def test_rows_that_fit_no_text_are_refused(store: Store) -> None:
    feed = await follow(store)
    await store.save_articles(feed.id, [told("a")])
    with pytest.raises(StoreError, match="No text"):
        await store.save_vectors("unknown", MODEL, QUESTION)
    with pytest.raises(StoreError, match="no rows"):
        await store.save_vectors(told("a").text_hash, MODEL, QUESTION[1:])
