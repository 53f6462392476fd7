from dataclasses import replace

from store_samples import NOW, at, new_citation

from bot.ports import Store


async def test_citations_are_found_again_by_number(store: Store) -> None:
    cited = (new_citation(1), new_citation(2), new_citation(3, quote="\ud800 “शांति” 🚀"))
    await store.save_sources("desk", "k1", cited[::-1], NOW)
    assert await store.list_sources("desk", "k1") == cited


async def test_keeping_sources_again_changes_nothing(store: Store) -> None:
    await store.save_sources("desk", "k1", [new_citation(1)], NOW)
    await store.save_sources("desk", "k1", [new_citation(1, quote="Else."), new_citation(2)], at(5))
    assert await store.list_sources("desk", "k1") == (new_citation(1),)
    assert await store.forget_sources(at(1)) == 1


async def test_sources_are_of_one_workspace(store: Store) -> None:
    await store.save_sources("desk", "k1", [new_citation(1)], NOW)
    assert await store.list_sources("other", "k1") == ()
    theirs = replace(new_citation(1), quote="Theirs.")
    await store.save_sources("other", "k1", [theirs], NOW)
    assert await store.list_sources("desk", "k1") == (new_citation(1),)
    assert await store.list_sources("other", "k1") == (theirs,)


async def test_an_unknown_key_has_no_sources(store: Store) -> None:
    await store.save_sources("desk", "empty", [], NOW)
    for key in ("empty", "unknown", "", "%", "\0"):
        assert await store.list_sources("desk", key) == ()


async def test_old_sources_go_and_the_others_stay(store: Store) -> None:
    for key, kept_at in (("old", at(-1)), ("new", NOW)):
        await store.save_sources("desk", key, [new_citation(1), new_citation(2)], kept_at)
    assert await store.forget_sources(NOW) == 1
    assert await store.list_sources("desk", "old") == ()
    assert len(await store.list_sources("desk", "new")) == 2
