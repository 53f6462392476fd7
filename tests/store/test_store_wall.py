"""Attempts of one workspace to see, or to change, what another one sees."""

from store_samples import EVER, NOW, at, follow, new_analysis, new_article, skip, slot_of, subscribe

from bot.ports import Store

URL = "https://news.test/1"
FALSE_TEXT = "The minister was arrested. Talks are off."


async def words_seen(store: Store, workspace: str) -> set[str]:
    """Every text that ``workspace`` gets to see by any way there is."""
    found = await store.find_article(workspace, URL)
    hits = await store.search(workspace, [["minister"]], as_of=at(99), limit=99)
    listed = await store.list_articles(workspace, start_at=EVER, end_at=at(99))
    unread = await store.list_unread("none", "p1", limit=99, workspace=workspace)
    analysed = await store.list_analyses(workspace, "extractive", start_at=EVER, end_at=at(99))
    articles = [*listed, *unread, *(article for article, _ in hits)]
    articles += [pair.article for pair in analysed] + ([found] if found else [])
    return {article.text for article in articles}


async def seed(store: Store) -> None:
    """``desk`` follows an honest feed, ``other`` one that claims the same URL later."""
    honest = await follow(store, "desk", url="https://news.test/feed")
    hostile = await follow(store, "other", url="https://evil.test/feed", outlet="Evil")
    await store.save_articles(honest.id, [new_article(URL)])
    await store.save_articles(hostile.id, [new_article(URL, FALSE_TEXT, seen_at=at(30))])
    for text in (new_article(URL), new_article(URL, FALSE_TEXT)):
        await store.save_analysis(new_analysis(text.text_hash), NOW)


async def test_a_feed_that_claims_a_url_of_others_is_seen_by_its_followers_alone(
    store: Store,
) -> None:
    await seed(store)
    assert await words_seen(store, "desk") == {new_article().text}
    assert await words_seen(store, "other") == {FALSE_TEXT}


async def test_a_workspace_that_follows_nothing_sees_nothing(store: Store) -> None:
    await seed(store)
    assert await words_seen(store, "third") == set()
    searched = await store.count_searched("third", as_of=at(99))
    assert (searched.feeds, searched.articles, searched.newest_at) == (0, 0, None)


async def test_the_newest_version_that_a_workspace_may_see_is_shown(store: Store) -> None:
    await seed(store)
    await follow(store, "both", url="https://news.test/feed")
    assert await words_seen(store, "both") == {new_article().text}
    await follow(store, "both", url="https://evil.test/feed")
    found = await store.find_article("both", URL)
    assert found is not None
    assert found.text == FALSE_TEXT


async def test_what_a_workspace_no_longer_follows_it_no_longer_sees(store: Store) -> None:
    await seed(store)
    (feed,) = await store.list_feeds("other")
    await store.remove_feed("other", feed.id)
    assert await words_seen(store, "other") == set()
    await follow(store, "other", url="https://evil.test/feed")
    assert await words_seen(store, "other") == {FALSE_TEXT}


async def test_an_article_read_by_hand_is_seen_by_its_reader_alone(store: Store) -> None:
    mine = await follow(store, "desk", url="read:desk", is_manual=True)
    await store.save_articles(mine.id, [new_article(URL)])
    as_public = await follow(store, "other", url="read:desk")
    as_manual = await follow(store, "other", url="read:desk", is_manual=True)
    assert len({mine.id, as_public.id, as_manual.id}) == 3
    assert await words_seen(store, "desk") == {new_article().text}
    assert await words_seen(store, "other") == set()


async def test_the_name_of_a_feed_is_each_workspaces_own(store: Store) -> None:
    hostile = await follow(store, "other", outlet="Evil", tier=1)
    await follow(store, "desk", outlet="News", tier=3, now=at(1))
    await follow(store, "third", title="The News", outlet="", now=at(1))
    await store.save_articles(hostile.id, [new_article(URL, outlet="Evil")])
    found = [await store.find_article(workspace, URL) for workspace in ("desk", "third")]
    assert [(one.outlet, one.tier) for one in found if one] == [("News", 3), ("The News", 2)]


async def test_an_article_read_by_hand_keeps_its_own_outlet(store: Store) -> None:
    feed = await follow(store, url="read:desk", outlet="Read by hand", is_manual=True)
    await store.save_articles(feed.id, [new_article(URL, outlet="Gazette")])
    found = await store.find_article("desk", URL)
    assert found is not None
    assert found.outlet == "Gazette"


async def test_counts_are_of_what_the_workspace_sees(store: Store) -> None:
    await seed(store)
    searched = await store.count_searched("desk", as_of=at(99))
    assert (searched.feeds, searched.articles) == (1, 1)
    assert searched.oldest_at == searched.newest_at == new_article().published_at
    assert (await store.count_searched("desk", as_of=at(-1))).articles == 0


async def test_a_flood_of_better_matches_elsewhere_takes_no_place_of_ours(store: Store) -> None:
    await seed(store)
    (hostile,) = await store.list_feeds("other")
    flood = [new_article(f"https://evil.test/{n}", f"Minister! {n}") for n in range(200)]
    await store.save_articles(hostile.id, flood)
    hits = await store.search("desk", [["minister"]], as_of=at(99), limit=1)
    assert [article.text for article, _ in hits] == [new_article().text]


async def test_orders_and_slots_are_of_one_workspace(store: Store) -> None:
    order = await subscribe(store, "desk")
    same_channel = await subscribe(store, "other")
    assert order.id != same_channel.id
    await skip(store, slot_of(order), order, "quiet")
    assert await store.list_slots("other", limit=9) == ()
    assert not await store.remove_subscription("third", order.id)
    assert not await store.remove_subscription("desk", same_channel.id)
    assert await store.list_subscriptions("desk") == (order,)
    assert len(await store.list_subscriptions()) == 2
