import dataclasses
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import EVER, NOW, at, follow, new_article

from bot.errors import StoreError
from bot.model import NewArticle, Sentence
from bot.ports import Store
from bot.store.rows import sentences_from_json, sentences_to_json


async def urls_between(store: Store, start_at: datetime, end_at: datetime) -> list[str]:
    found = await store.list_articles("desk", start_at=start_at, end_at=end_at)
    return [article.url for article in found]


async def test_an_article_comes_back_as_it_was_given(store: Store) -> None:
    feed = await follow(store, tier=1)
    new = new_article(is_stub=True, guid="g-1")
    assert await store.save_articles(feed.id, [new]) == 1
    found = await store.find_article("desk", new.url)
    assert found is not None
    given_back = {
        field.name: getattr(found, field.name) for field in dataclasses.fields(NewArticle)
    }
    assert NewArticle(**given_back) == new
    assert (found.feed_id, found.tier) == (feed.id, 1)
    assert found.sentence(2) == Sentence(2, 27, 45, "Talks begin today.")


async def test_an_unchanged_article_is_not_stored_again(store: Store) -> None:
    feed = await follow(store)
    assert await store.save_articles(feed.id, [new_article()]) == 1
    assert await store.save_articles(feed.id, [new_article(seen_at=at(30))]) == 0
    found = await store.find_article("desk", new_article().url)
    assert found is not None
    assert found.seen_at == NOW


async def test_a_changed_text_appears_when_its_newest_version_was_seen(store: Store) -> None:
    feed = await follow(store)
    await store.save_articles(feed.id, [new_article(text="Old words.")])
    first = await store.find_article("desk", new_article().url)
    assert await store.save_articles(feed.id, [new_article(text="New words.", seen_at=at(30))]) == 1
    newest = await store.find_article("desk", new_article().url)
    assert first is not None
    assert newest is not None
    assert (newest.text, newest.seen_at, newest.id) == ("New words.", at(30), first.id)
    assert await urls_between(store, at(0), at(30)) == [newest.url]
    assert await urls_between(store, EVER, at(60)) == [newest.url]


async def test_a_period_that_ended_before_a_change_shows_the_version_of_then(store: Store) -> None:
    feed = await follow(store)
    await store.save_articles(feed.id, [new_article(text="Old words.")])
    await store.save_articles(feed.id, [new_article(text="New words.", seen_at=at(30))])
    (found,) = await store.list_articles("desk", start_at=at(-1), end_at=at(29))
    assert found.text == "Old words."


async def test_the_same_text_from_a_second_feed_is_no_new_version(store: Store) -> None:
    first = await follow(store, url="https://a.test/feed")
    second = await follow(store, url="https://b.test/feed")
    await store.save_articles(first.id, [new_article(text="Old words.")])
    await store.save_articles(first.id, [new_article(text="New words.", seen_at=at(10))])
    await store.save_articles(second.id, [new_article(text="Old words.", seen_at=at(20))])
    await store.save_articles(second.id, [new_article(text="New words.", seen_at=at(30))])
    found = await store.find_article("desk", new_article().url)
    assert found is not None
    assert (found.text, found.seen_at, found.feed_id) == ("New words.", at(10), first.id)
    assert await urls_between(store, at(10), at(60)) == []


async def test_a_period_is_open_at_its_start_and_closed_at_its_end(store: Store) -> None:
    feed = await follow(store)
    moments = [NOW + timedelta(microseconds=micros) for micros in (0, 1, 2)]
    articles = [
        new_article(f"https://news.test/{n}", seen_at=moment) for n, moment in enumerate(moments)
    ]
    await store.save_articles(feed.id, list(reversed(articles)))
    assert await urls_between(store, moments[0], moments[2]) == [
        "https://news.test/1",
        "https://news.test/2",
    ]


async def test_known_guids_and_urls_are_those_this_feed_brought(store: Store) -> None:
    first = await follow(store, url="https://a.test/feed")
    second = await follow(store, url="https://b.test/feed")
    await store.save_articles(first.id, [new_article("https://news.test/1", guid="g-1")])
    await store.save_articles(second.id, [new_article("https://news.test/2", guid="g-2")])
    asked = ["g-1", "g-2", "https://news.test/1", "https://news.test/2", "g-3"]
    assert await store.list_known(first.id, asked) == {"g-1", "https://news.test/1"}
    assert await store.list_known(first.id, (f"x-{n}" for n in range(5000))) == frozenset()
    assert await store.list_known(first.id, []) == frozenset()


async def test_a_batch_with_one_bad_article_stores_nothing(store: Store) -> None:
    feed = await follow(store)
    bad = dataclasses.replace(new_article("https://news.test/2"), seen_at=NOW.replace(tzinfo=None))
    with pytest.raises(StoreError, match="zone"):
        await store.save_articles(feed.id, [new_article(), bad])
    assert await store.find_article("desk", new_article().url) is None
    assert await store.search("desk", [["Oslo"]], as_of=at(60), limit=5) == ()


async def test_sentences_that_are_not_in_the_text_are_refused(store: Store) -> None:
    feed = await follow(store)
    bad = dataclasses.replace(new_article(), sentences=(Sentence(1, 0, 3, "Not"),))
    with pytest.raises(StoreError, match="Sentence 1"):
        await store.save_articles(feed.id, [bad])


async def test_an_article_of_no_feed_is_refused(store: Store) -> None:
    with pytest.raises(StoreError):
        await store.save_articles(77, [new_article()])


async def test_no_articles_are_none_stored(store: Store) -> None:
    feed = await follow(store)
    assert await store.save_articles(feed.id, []) == 0


async def test_an_article_twice_in_one_document_is_stored_once(store: Store) -> None:
    feed = await follow(store)
    assert await store.save_articles(feed.id, [new_article(), new_article()]) == 1


async def test_one_text_under_two_urls_is_two_articles(store: Store) -> None:
    feed = await follow(store)
    copies = [new_article("https://news.test/1"), new_article("https://news.test/2")]
    assert await store.save_articles(feed.id, copies) == 2
    assert len(await store.list_articles("desk", start_at=EVER, end_at=NOW)) == 2


async def test_a_text_that_is_sql_is_only_a_text(store: Store) -> None:
    feed = await follow(store)
    new = new_article(title="'; DROP TABLE text; --", text="%s :name ? $1 {0}")
    await store.save_articles(feed.id, [new])
    found = await store.find_article("desk", new.url)
    assert found is not None
    assert (found.title, found.text) == (new.title, new.text)


async def test_half_a_character_is_refused_in_one_line(store: Store) -> None:
    feed = await follow(store)
    new = dataclasses.replace(new_article(), title="lone \ud800 half")
    with pytest.raises(StoreError, match=r"^[^\n]*can't hold[^\n]*$"):
        await store.save_articles(feed.id, [new])


@pytest.mark.timeout(30)
async def test_five_hundred_articles_are_stored_at_once_and_only_once(store: Store) -> None:
    feed = await follow(store)
    body = "The ministers met in Oslo to speak of steel tariffs. " * 30
    articles = [
        new_article(f"https://news.test/{n}", f"{n} {body}", title=f"Steel {n}") for n in range(500)
    ]
    assert await store.save_articles(feed.id, articles) == 500
    assert await store.save_articles(feed.id, articles) == 0


moments = st.datetimes(
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))])
)


@given(moments, st.integers(min_value=-3, max_value=3))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_moment_comes_back_exact_and_in_utc(
    store: Store, moment: datetime, tier: int
) -> None:
    feed = await follow(store, url=f"https://news.test/{moment.isoformat()}/{tier}", now=moment)
    assert feed.next_poll_at == moment
    assert feed.next_poll_at.tzinfo is UTC


@given(st.text(), st.data())
def test_sentences_come_back_from_their_offsets(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), unique=True)))
    starts = [0, *ends]
    sentences = tuple(
        Sentence(number, start, end, text[start:end])
        for number, (start, end) in enumerate(zip(starts, ends, strict=False), start=1)
    )
    assert sentences_from_json(text, sentences_to_json(text, sentences)) == sentences
