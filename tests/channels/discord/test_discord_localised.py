"""Every command has its names and descriptions in every language, as Discord takes them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from discord_desk import Desk
from discord_samples import NOW
from discord_setup import Setup
from discord_words import ENGLISH, WORDINGS

from bot.channels.discord.asked import Desk as Asked
from bot.channels.discord.commands import build_tree
from bot.channels.discord.localised import CommandWords
from bot.channels.discord.login import new_client
from bot.wording import DEFAULT

Json = Mapping[str, Any]

_NAME = re.compile(r"[-_'\w]{1,32}")
_LOCALES = {"fr": "fr"}
"""The locales of Discord that each language but English is shown in."""


@pytest.fixture
async def payloads() -> list[Json]:
    tree = build_tree(new_client(), Asked(Desk(), lambda: NOW, WORDINGS))
    words = CommandWords(WORDINGS)
    return [await each.get_translated_payload(tree, words) for each in tree.get_commands()]


def walk(part: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    """Every command, group and option with where it stands."""
    here = f"{path} {part['name']}".strip()
    yield here, part
    for option in part.get("options", []):
        yield from walk(option, here)


def list_choices(payloads: list[Json]) -> Iterator[tuple[str, Json]]:
    for payload in payloads:
        for path, part in walk(payload):
            yield from ((path, choice) for choice in part.get("choices", []))


def test_every_shipped_language_is_shown_somewhere() -> None:
    assert set(_LOCALES) | {DEFAULT} == set(WORDINGS)


def test_every_command_group_option_and_choice_is_in_every_language(payloads: list[Json]) -> None:
    wanted = set(_LOCALES.values())
    lacking = [
        path
        for payload in payloads
        for path, part in walk(payload)
        if set(part["name_localizations"]) != wanted
        or set(part["description_localizations"]) != wanted
    ]
    assert lacking == []
    bare = [
        (path, choice["name"])
        for path, choice in list_choices(payloads)
        if set(choice["name_localizations"]) != wanted
    ]
    assert bare == []


def test_the_english_texts_are_those_of_the_commands(payloads: list[Json]) -> None:
    english = CommandWords(WORDINGS)
    assert english is not None
    for payload in payloads:
        for path, part in walk(payload):
            *above, last = path.split()
            key = f"commands.{'.'.join(above)}.{last}".replace("..", ".")
            if not ENGLISH.has(f"{key}.name"):
                key = f"commands.{'.'.join(above)}.options.{last}"
            assert ENGLISH.say(f"{key}.name") == part["name"]
            assert ENGLISH.say(f"{key}.description") == part["description"]


def test_no_text_is_left_over_from_a_command_that_is_gone(payloads: list[Json]) -> None:
    count = sum(2 for payload in payloads for _ in walk(payload))
    values = {str(choice["value"]) for _, choice in list_choices(payloads)}
    known = [key for key in ENGLISH.texts if key.startswith("commands.")]
    assert len(known) == count + len(values)


def test_names_keep_discords_rules_and_no_two_beside_are_alike(payloads: list[Json]) -> None:
    for payload in payloads:
        for path, part in walk(payload):
            for name in (part["name"], *part["name_localizations"].values()):
                assert _NAME.fullmatch(name), path
                assert name == name.lower(), path
            for locale in _LOCALES.values():
                beside = [each["name_localizations"][locale] for each in part.get("options", [])]
                assert len(set(beside)) == len(beside), path
    for locale in _LOCALES.values():
        names = [payload["name_localizations"][locale] for payload in payloads]
        assert len(set(names)) == len(names)


def test_descriptions_and_choices_are_short_enough(payloads: list[Json]) -> None:
    for payload in payloads:
        for path, part in walk(payload):
            texts = (part["description"], *part["description_localizations"].values())
            assert all(1 <= len(text) <= 100 for text in texts), path
            assert len(part.get("options", [])) <= 25
    for path, choice in list_choices(payloads):
        names = (choice["name"], *choice["name_localizations"].values())
        assert all(1 <= len(name) <= 100 for name in names), path


def _count(part: Json, *, in_all_languages: bool) -> int:
    """The characters that Discord counts of a command, in all languages together or alone."""
    size = 0
    for name in ("name", "description"):
        told = list((part.get(f"{name}_localizations") or {}).values())
        own = len(part.get(name, ""))
        size += own + sum(map(len, told)) if in_all_languages else max([own, *map(len, told)])
    size += len(str(part.get("value", "")))
    inner = [*part.get("options", []), *part.get("choices", [])]
    return size + sum(_count(each, in_all_languages=in_all_languages) for each in inner)


def test_the_commands_keep_discords_limits_in_all_languages_together(
    payloads: list[Json],
) -> None:
    assert len(payloads) <= 100
    assert max(_count(payload, in_all_languages=True) for payload in payloads) <= 8_000


async def test_what_is_sent_carries_every_language(setup: Setup) -> None:
    await setup.listen()
    feeds = next(each for each in setup.server.commands if each["name"] == "feeds")
    assert feeds["name_localizations"] == {"fr": "flux"}
    add = next(each for each in feeds["options"] if each["name"] == "add")
    assert add["name_localizations"] == {"fr": "ajouter"}
