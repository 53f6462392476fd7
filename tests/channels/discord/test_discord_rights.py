"""Who may do what: no is the default, for commands, completions, buttons, forms and mentions."""

import logging
from typing import Any

import discord
import pytest
from discord_guild import Guild, text_of
from discord_press import ADMINISTRATOR, MANAGE, manage
from discord_samples import KEY, NOW
from discord_setup import Setup
from discord_words import WORDINGS
from fakes import discord_world as world
from fakes.discord_world import CHANNEL_ID, GUILD_ID, MEMBER_ID, message

from bot.channels.discord.asked import Desk as Asked
from bot.channels.discord.commands import build_tree
from bot.channels.discord.login import new_client
from bot.channels.discord.pressed import PRESSES
from bot.errors import StoreError
from bot.model import Right, Rights

OPEN_TO_LOOK = {
    "ask",
    "visits",
    "changes",
    "brief now",
    "brief preview",
    "brief show",
    "feeds list",
    "schedule list",
    "status",
    "why",
    "topics",
}
"""What needs no more than to look; a command that is not here is for managers."""
FOR_EVERYBODY = {"forget me"}


def walk(tree: discord.app_commands.CommandTree[discord.Client]) -> Any:
    """Every command of the tree with its full name."""
    return {
        command.qualified_name: command
        for command in tree.walk_commands()
        if isinstance(command, discord.app_commands.Command)
    }


@pytest.fixture
def commands(setup: Setup) -> Any:
    return walk(build_tree(new_client(), Asked(setup.desk, lambda: NOW, WORDINGS)))


# ---------------------------------------------------------------- what needs what


def test_what_is_not_named_here_needs_the_right_to_manage(commands: Any) -> None:
    needed = {name: each.extras.get("right", Right.MANAGE) for name, each in commands.items()}
    assert {name for name, right in needed.items() if right is Right.VIEW} == OPEN_TO_LOOK
    assert {name for name, right in needed.items() if right is None} == FOR_EVERYBODY
    assert all(right in (Right.VIEW, Right.MANAGE, Right.RULE, None) for right in needed.values())


def test_no_command_is_hidden_from_roles_that_were_chosen(setup: Setup) -> None:
    tree = build_tree(new_client(), Asked(setup.desk, lambda: NOW, WORDINGS))
    for command in tree.get_commands():
        assert command.to_dict(tree)["default_member_permissions"] is None


def test_all_that_is_pressed_needs_a_right() -> None:
    to_look = {act for act, press in PRESSES.items() if press.right is Right.VIEW}
    assert to_look == {"ask", "sources", "vote"}
    to_rule = {act for act, press in PRESSES.items() if press.right is Right.RULE}
    assert to_rule == {"forget"}
    others = PRESSES.keys() - to_look - to_rule
    assert {PRESSES[act].right for act in others} == {Right.MANAGE}


async def test_a_command_that_says_nothing_of_rights_is_for_managers(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = []

    @discord.app_commands.command(name="nothing", description="Says nothing of rights")
    async def nothing(interaction: discord.Interaction) -> None:
        ran.append(interaction.user.id)
        await interaction.response.send_message("done")

    tree_of = build_tree

    def build(client: discord.Client, desk: Asked) -> Any:
        tree = tree_of(client, desk)
        tree.add_command(nothing)
        return tree

    monkeypatch.setattr("bot.channels.discord.gateway.build_tree", build)
    await setup.listen()
    seen = await setup.server.interaction("nothing")
    assert seen.text == "You need Manage Server for this."
    assert ran == []
    await manage(setup, "nothing")
    assert ran == [MEMBER_ID]


# ---------------------------------------------------------------- managing


REMOVE = {"feed": "1"}


@pytest.mark.parametrize("permissions", [MANAGE, ADMINISTRATOR])
async def test_manage_server_and_administrator_may_manage(setup: Setup, permissions: int) -> None:
    await setup.listen()
    await setup.server.interaction("feeds remove", REMOVE, permissions=permissions)
    assert setup.desk.calls == [("remove", f"discord:{GUILD_ID}", "1")]


async def test_a_role_that_was_chosen_may_manage_without_manage_server(setup: Setup) -> None:
    role = setup.server.guilds.home.add_role("Editors")
    other = setup.server.guilds.home.add_role("Readers")
    await setup.listen()
    setup.desk.rights = Rights(managers=frozenset({str(role)}))
    await setup.server.interaction("feeds remove", REMOVE, roles=[role])
    assert len(setup.desk.calls) == 1
    for roles in ([], [other]):
        seen = await setup.server.interaction("feeds remove", REMOVE, roles=roles)
        assert seen.text == "You need Manage Server or one of these roles for this: Editors."
        assert seen.is_private
    assert len(setup.desk.calls) == 1


async def test_a_refusal_names_roles_without_pinging_anybody(setup: Setup) -> None:
    role = setup.server.guilds.home.add_role("@everyone **x**")
    await setup.listen()
    setup.desk.rights = Rights(managers=frozenset({str(role), "404", "no number"}))
    seen = await setup.server.interaction("feeds remove", REMOVE)
    assert "@everyone" not in seen.text
    assert "\\*\\*x" in seen.text
    assert seen.bodies[0]["allowed_mentions"] == {"parse": []}


async def test_a_refusal_is_in_the_language_of_the_one_who_reads(setup: Setup) -> None:
    await setup.listen()
    seen = await setup.server.interaction("feeds remove", REMOVE, locale="fr")
    assert seen.text == "Il faut la permission «\u00a0Gérer le serveur\u00a0» pour cela."


async def test_a_refusal_is_logged_without_what_was_typed(
    setup: Setup, caplog: pytest.LogCaptureFixture
) -> None:
    await setup.listen()
    with caplog.at_level(logging.INFO):
        await setup.server.interaction("feeds add", {"url": "https://secret.test/key"})
    assert "command.denied command=feeds add right=manage" in caplog.text
    assert "secret.test" not in caplog.text


async def test_who_runs_the_bot_has_nothing_on_a_server_nor_by_saying_so(setup: Setup) -> None:
    await setup.listen()
    owner = 1
    for name, options in (("feeds remove", {"feed": str(owner)}), ("feeds pause", REMOVE)):
        seen = await setup.server.interaction(name, options, user_id=owner)
        assert seen.text == "You need Manage Server for this."
    assert setup.desk.calls == []


async def test_in_a_private_chat_nothing_is_changed(setup: Setup) -> None:
    await setup.listen()
    seen = await setup.server.interaction("feeds add", {"url": "https://e.test"}, guild_id=None)
    assert seen.text.startswith("Use this in a server")
    assert setup.desk.calls == []


async def test_while_rights_can_not_be_read_nothing_is_done(setup: Setup) -> None:
    await setup.listen()
    setup.desk.rights_failure = StoreError("The database is locked; try again.")
    seen = await setup.server.interaction("feeds remove", REMOVE)
    assert seen.text == "The database is locked; try again."
    shown = message(CHANNEL_ID, world.BOT_ID, {"content": ""})
    assert "locked" in (await setup.server.people.click(shown, "undo:batch")).text
    completed = await setup.server.interaction("feeds remove", REMOVE, focused="feed")
    assert completed.choices == []
    assert setup.desk.calls == []


async def test_on_a_server_that_removed_the_bot_nothing_is_changed(setup: Setup) -> None:
    await setup.listen()
    seen = await setup.server.interaction("feeds remove", REMOVE, permissions=MANAGE, guild_id=7999)
    assert "no longer on this server" in seen.text
    assert setup.desk.calls == []


# ---------------------------------------------------------------- looking


async def test_everybody_may_look_until_roles_are_chosen_for_it(setup: Setup) -> None:
    reader = setup.server.guilds.home.add_role("Readers")
    editor = setup.server.guilds.home.add_role("Editors")
    await setup.listen()
    await setup.server.interaction("feeds list")
    assert len(setup.desk.calls) == 1
    setup.desk.rights = Rights(managers=frozenset({str(editor)}), viewers=frozenset({str(reader)}))
    seen = await setup.server.interaction("feeds list")
    assert seen.text == (
        "You need Manage Server or one of these roles for this: Editors and Readers."
    )
    for roles, permissions in (([reader], 0), ([editor], 0), ([], MANAGE)):
        setup.desk.calls.clear()
        await setup.server.interaction("feeds list", roles=roles, permissions=permissions)
        assert len(setup.desk.calls) == 1


async def test_who_may_not_look_can_neither_ask_nor_see_sources_nor_vote(setup: Setup) -> None:
    reader = setup.server.guilds.home.add_role("Readers")
    await setup.listen()
    setup.desk.rights = Rights(viewers=frozenset({str(reader)}))
    shown = message(CHANNEL_ID, world.BOT_ID, {"content": ""})
    for act in (f"ask:{KEY}", f"sources:{KEY}", f"vote:{KEY}:up", f"vote:{KEY}:down"):
        seen = await setup.server.people.click(shown, act)
        assert "one of these roles for this: Readers." in seen.text
        assert seen.form is None
    assert "Readers" in (await setup.server.interaction("ask", {"question": "q"})).text
    assert setup.desk.calls == []
    seen = await setup.server.people.click(shown, f"sources:{KEY}", roles=[reader])
    assert "A visit in February is planned." in seen.text


async def test_the_role_of_everyone_is_everybodys(setup: Setup) -> None:
    await setup.listen()
    setup.desk.rights = Rights(viewers=frozenset({str(GUILD_ID)}))
    await setup.server.interaction("feeds list")
    assert len(setup.desk.calls) == 1


# ---------------------------------------------------------------- completion


async def test_without_the_right_nothing_is_completed(
    setup: Setup, caplog: pytest.LogCaptureFixture
) -> None:
    await setup.listen()
    asked = [
        ("feeds remove", {"feed": ""}, "feed"),
        ("feeds add", {"url": "u", "topics": ""}, "topics"),
        ("schedule set", {"times": "06:00", "timezone": "eu"}, "timezone"),
        ("schedule remove", {"order": ""}, "order"),
    ]
    with caplog.at_level(logging.INFO):
        for name, options, focused in asked:
            seen = await setup.server.interaction(name, options, focused=focused)
            assert seen.choices == []
    assert setup.desk.calls == []
    assert "completion.denied command=feeds remove" in caplog.text


async def test_a_role_that_may_manage_is_helped_to_complete(setup: Setup) -> None:
    role = setup.server.guilds.home.add_role("Editors")
    await setup.listen()
    setup.desk.rights = Rights(managers=frozenset({str(role)}))
    seen = await setup.server.interaction(
        "feeds remove", {"feed": "meri"}, focused="feed", roles=[role]
    )
    assert seen.choices == [{"name": "Meridian defence", "value": "1"}]


# ---------------------------------------------------------------- buttons


async def test_undo_is_for_managers(setup: Setup) -> None:
    await setup.listen()
    shown = message(CHANNEL_ID, world.BOT_ID, {"content": ""})
    seen = await setup.server.people.click(shown, "undo:abc")
    assert seen.text == "You need Manage Server for this."
    assert setup.desk.calls == []
    await setup.server.people.click(shown, "undo:abc", permissions=MANAGE)
    assert setup.desk.calls == [("undo", f"discord:{GUILD_ID}", "abc")]


async def test_an_expired_press_or_command_changes_nothing(
    setup: Setup, caplog: pytest.LogCaptureFixture
) -> None:
    await setup.listen()
    shown = message(CHANNEL_ID, world.BOT_ID, {"content": ""})
    await setup.server.people.click(shown, "undo:abc", permissions=MANAGE, is_expired=True)
    await setup.server.interaction("feeds remove", REMOVE, permissions=MANAGE, is_expired=True)
    await setup.server.interaction("topics")
    assert setup.desk.calls == [("topics", f"discord:{GUILD_ID}")]
    assert "command.unanswered command=undo" in caplog.text


# ---------------------------------------------------------------- in a simulated Discord


async def test_a_member_sees_every_command_and_is_refused_those_that_change(
    guild: Guild,
) -> None:
    names = guild.member.available_commands(guild.channel)
    assert "feeds remove" in names
    result = await guild.member.slash(guild.channel, "feeds remove", feed="1")
    assert text_of(result) == "You need Manage Server for this."
    assert result.ephemeral
    assert guild.desk.calls == []


async def test_a_role_chosen_for_managing_manages_in_a_simulated_discord(guild: Guild) -> None:
    role = guild.sim.create_role("Editors")
    editor = guild.sim.add_member(guild.env.create_user("editor"), roles=[role])
    guild.desk.rights = Rights(managers=frozenset({str(role.id)}))
    result = await editor.slash(guild.channel, "feeds remove", feed="1")
    assert "No longer following" in text_of(result)


async def test_undoing_says_whether_manage_server_itself_asks(setup: Setup) -> None:
    role = setup.server.guilds.home.add_role("Editors")
    await setup.listen()
    setup.desk.rights = Rights(managers=frozenset({str(role)}))
    shown = message(CHANNEL_ID, world.BOT_ID, {"content": ""})
    for how in ({"roles": [role], "permissions": 0}, {"permissions": MANAGE}):
        await setup.server.people.click(shown, "undo:abc", **how)
        await setup.server.interaction("undo", {}, **how)
    assert setup.desk.undone_by_rulers == [False, False, True, True]
