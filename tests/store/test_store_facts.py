import pytest
from store_samples import EVER, NOW, at, follow, new_analysis, new_article

from bot.errors import StoreError
from bot.model import (
    Analysis,
    Drop,
    Evidence,
    Fact,
    Mention,
    Precision,
    VisitDates,
    VisitStatus,
)
from bot.ports import Store

TEXTS = ("First words.", "Second words.", "Third words.")


async def seed(store: Store) -> list[str]:
    """Three articles, a minute apart; their text hashes, oldest first."""
    feed = await follow(store)
    articles = [
        new_article(f"https://news.test/{n}", text, seen_at=at(n)) for n, text in enumerate(TEXTS)
    ]
    await store.save_articles(feed.id, articles)
    return [article.text_hash for article in articles]


async def unread(store: Store, prompt_version: str = "p1", limit: int = 9) -> list[str]:
    found = await store.list_unread("extractive", prompt_version, limit=limit)
    return [article.text for article in found]


async def notes(store: Store, engine: str) -> list[str]:
    found = await store.list_analyses("desk", engine, start_at=EVER, end_at=at(60))
    return [pair.analysis.note for pair in found]


async def test_an_analysis_comes_back_as_it_was_given(store: Store) -> None:
    text_hash, *_ = await seed(store)
    evidence = Evidence(1, 'First "words" · «слова»')
    analysis = Analysis(
        text_hash=text_hash,
        engine="openai/gpt",
        prompt_version="p2",
        facts=(
            Fact(tag="trade", text="A fact.", evidence=(evidence, evidence), engine="openai/gpt"),
            Fact(tag="defence", text="Another.", evidence=(), engine="extractive"),
        ),
        mentions=(
            Mention(
                visitor="Norway",
                host="India",
                place=None,
                dates=VisitDates("2026-Q2", None, Precision.QUARTER),
                status=VisitStatus.POSTPONED,
                evidence=evidence,
                engine="openai/gpt",
                purpose="for talks on fish",
                more=(evidence,),
            ),
        ),
        drops=(Drop("trade", "A claim.", "number", "4bn is not in the sentence \ud800"),),
        tokens=412,
        note="the model was slow",
    )
    await store.save_analysis(analysis, NOW)
    (found,) = await store.list_analyses("desk", "openai/gpt", start_at=EVER, end_at=at(60))
    assert found.analysis == analysis
    assert isinstance(found.analysis.mentions[0].status, VisitStatus)
    assert isinstance(found.analysis.mentions[0].dates.precision, Precision)
    assert found.article.text_hash == text_hash


async def test_only_texts_that_tell_of_a_visit_are_read_for_the_ledger(store: Store) -> None:
    text_hash, other, *_ = await seed(store)
    evidence = Evidence(1, "First")
    told = Mention(
        visitor="Norway",
        host="India",
        place=None,
        dates=VisitDates(),
        status=VisitStatus.PLANNED,
        evidence=evidence,
        engine="extractive",
    )
    for hashed, mentions in ((text_hash, (told,)), (other, ())):
        await store.save_analysis(analysis_of(hashed, mentions), NOW)
    found = await store.list_told("desk", "extractive", start_at=EVER, end_at=at(60))
    assert [known.article.text_hash for known in found] == [text_hash]


def analysis_of(text_hash: str, mentions: tuple[Mention, ...]) -> Analysis:
    return Analysis(
        text_hash=text_hash,
        engine="extractive",
        prompt_version="p1",
        facts=(),
        mentions=mentions,
        drops=(),
    )


async def test_texts_that_an_engine_has_not_read_come_newest_first(store: Store) -> None:
    hashes = await seed(store)
    assert await unread(store) == list(reversed(TEXTS))
    assert await unread(store, limit=2) == ["Third words.", "Second words."]
    await store.save_analysis(new_analysis(hashes[1]), NOW)
    assert await unread(store) == ["Third words.", "First words."]
    assert await unread(store, "p2") == list(reversed(TEXTS))


async def test_unread_texts_can_be_asked_from_a_moment_on(store: Store) -> None:
    await seed(store)
    found = await store.list_unread("extractive", "p1", limit=9, since=at(0))
    assert [article.text for article in found] == ["Third words.", "Second words."]


async def test_a_text_is_unread_once_whoever_carries_it(store: Store) -> None:
    first = await follow(store, "desk", url="https://a.test/feed")
    second = await follow(store, "desk", url="https://b.test/feed")
    await follow(store, "other", url="https://a.test/feed")
    for feed, url in ((first, "https://a.test/1"), (second, "https://b.test/1")):
        await store.save_articles(feed.id, [new_article(url)])
    found = await store.list_unread("extractive", "p1", limit=9)
    assert [article.url for article in found] == ["https://a.test/1"]


async def test_a_text_that_its_feed_has_replaced_is_left_unread(store: Store) -> None:
    feed = await follow(store)
    await store.save_articles(feed.id, [new_article(text="Old words.")])
    await store.save_articles(feed.id, [new_article(text="New words.", seen_at=at(30))])
    assert await unread(store) == ["New words."]


async def test_a_text_that_nobody_follows_is_not_read(store: Store) -> None:
    feed = await follow(store)
    await store.save_articles(feed.id, [new_article()])
    await store.remove_feed("desk", feed.id)
    assert await unread(store) == []


async def test_a_second_analysis_takes_the_place_of_the_first(store: Store) -> None:
    text_hash, *_ = await seed(store)
    await store.save_analysis(new_analysis(text_hash, note="first"), NOW)
    await store.save_analysis(new_analysis(text_hash, note="second"), at(1))
    assert await notes(store, "extractive") == ["second"]


async def test_an_engines_own_newest_analysis_goes_before_any_others(store: Store) -> None:
    text_hash, *_ = await seed(store)
    await store.save_analysis(new_analysis(text_hash, "openai/a", note="model"), at(1))
    await store.save_analysis(new_analysis(text_hash, note="p1"), at(2))
    await store.save_analysis(new_analysis(text_hash, prompt_version="p2", note="p2"), at(3))
    assert await notes(store, "openai/a") == ["model"]
    assert await notes(store, "extractive") == ["p2"]
    assert await notes(store, "openai/b") == ["p2"]


async def test_analyses_are_of_a_period_oldest_first_and_none_is_made_up(store: Store) -> None:
    hashes = await seed(store)
    for number in (2, 1):
        await store.save_analysis(new_analysis(hashes[number], note=f"{number}"), NOW)
    assert await notes(store, "extractive") == ["1", "2"]
    found = await store.list_analyses("desk", "extractive", start_at=at(1), end_at=at(2))
    assert [pair.analysis.note for pair in found] == ["2"]


async def test_an_analysis_of_no_text_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="save its article first"):
        await store.save_analysis(new_analysis("nothing"), NOW)
