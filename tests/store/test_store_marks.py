from bot.ports import Store


async def test_a_mark_is_found_under_its_name_and_can_be_changed(store: Store) -> None:
    assert await store.find_mark("commands") is None
    await store.save_mark("commands", "a1")
    await store.save_mark("other", "x")
    await store.save_mark("commands", "b2")
    assert await store.find_mark("commands") == "b2"
    assert await store.find_mark("other") == "x"
