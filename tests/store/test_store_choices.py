from bot.ports import Store


async def test_a_choice_is_found_in_its_workspace_alone_and_can_be_changed(store: Store) -> None:
    assert await store.find_choice("desk", "events") is None
    await store.save_choice("desk", "events", "on")
    await store.save_choice("desk", "language", "fr")
    await store.save_choice("other", "events", "off")
    await store.save_choice("desk", "events", "off")
    await store.save_choice("desk", "events", "on")
    assert await store.find_choice("desk", "events") == "on"
    assert await store.find_choice("desk", "language") == "fr"
    assert await store.find_choice("other", "events") == "off"
    assert await store.find_choice("other", "language") is None


async def test_those_who_chose_a_value_are_listed_by_name(store: Store) -> None:
    for workspace in ("c", "a", "b"):
        await store.save_choice(workspace, "events", "on")
    await store.save_choice("b", "events", "off")
    await store.save_choice("d", "language", "on")
    assert await store.list_choosers("events", "on") == ("a", "c")
    assert await store.list_choosers("events", "maybe") == ()
