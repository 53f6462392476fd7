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


async def test_all_choices_of_a_workspace_are_listed_by_name(store: Store) -> None:
    assert await store.list_choices("desk") == {}
    await store.save_choice("desk", "language", "fr")
    await store.save_choice("desk", "events", "on")
    await store.save_choice("other", "events", "off")
    assert await store.list_choices("desk") == {"events": "on", "language": "fr"}


async def test_a_choice_that_is_taken_back_is_gone_in_its_workspace_alone(store: Store) -> None:
    for workspace in ("desk", "other"):
        await store.save_choice(workspace, "events", "on")
        await store.save_choice(workspace, "language", "fr")
    await store.drop_choice("desk", "events")
    await store.drop_choice("desk", "events")
    await store.drop_choice("desk", "nothing")
    assert await store.list_choices("desk") == {"language": "fr"}
    assert await store.find_choice("desk", "events") is None
    assert len(await store.list_choices("other")) == 2
