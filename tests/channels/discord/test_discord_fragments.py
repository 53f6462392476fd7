"""A link opens at the very sentence, and is still the stored address, whatever the sentence."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.discord.fragments import LINE, LIST, find_text_target
from bot.channels.discord.inert import find_link_target, plain

URL = "https://news.example.org/a?b=1"
LONG = (
    "The two governments agreed on Tuesday to buy twenty-six aircraft, with weapons & training,"
    " for about 7.4 billion dollars over the next six years, the ministry of defence said"
)


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("It is on.", "It%20is%20on"),
        ("“We go,” he said.", "We%20go%2C%E2%80%9D%20he%20said"),
        ("F-35s, tanks & guns", "F%2D35s%2C%20tanks%20%26%20guns"),
        ("जी।", "%E0%A4%9C%E0%A5%80"),
        ("a)](b#:~:c", "a%29%5D%28b%23%3A~%3Ac"),
    ],
)
def test_a_sentence_is_named_with_nothing_in_it_that_has_a_meaning(
    sentence: str, named: str
) -> None:
    assert find_text_target(URL, sentence, LIST) == f"{URL}#:~:text={named}"


def test_a_long_sentence_is_named_by_its_first_and_last_words() -> None:
    target = find_text_target(URL, f"{LONG}.", LINE)
    assert target is not None
    start, end = target.partition(":~:text=")[2].split(",")
    assert LONG.startswith(unquote(start))
    assert LONG.endswith(unquote(end))
    assert len(unquote(start).split()) >= 3


def test_a_sentence_that_has_room_is_named_in_full() -> None:
    target = find_text_target(URL, LONG, LIST)
    assert target is not None
    assert unquote(target).endswith(f":~:text={LONG}")


@pytest.mark.parametrize(
    ("url", "start"),
    [
        ("https://e.test/a#part", "https://e.test/a#part:~:text="),
        ("https://e.test/a#", "https://e.test/a#:~:text="),
        ("https://e.test/a#part:~:text=old", "https://e.test/a#part:~:text="),
        ("https://e.test/a#:~:text=old", "https://e.test/a#:~:text="),
    ],
)
def test_a_part_of_the_page_that_the_address_names_is_kept(url: str, start: str) -> None:
    assert find_text_target(url, "Words here", LINE) == f"{start}Words%20here"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [(URL, ""), (URL, "…—“”"), (URL, "अ" * 80), (f"https://e.test/{'a' * 960}", "Some words here")],
)
def test_where_nothing_can_be_named_the_address_is_left_as_it_is(url: str, sentence: str) -> None:
    assert find_text_target(url, sentence, LINE) == find_link_target(url)


@pytest.mark.parametrize("url", ["javascript:x", "https://discord.gg/x", "", "https://u@e.test/"])
def test_what_must_not_be_a_link_is_none(url: str) -> None:
    assert find_text_target(url, "Words here", LIST) is None


@given(st.text(max_size=400), st.integers(0, 700))
def test_no_sentence_leads_anywhere_else_or_ends_the_link(sentence: str, room: int) -> None:
    target = find_text_target(URL, sentence, room)
    assert target is not None
    assert urlsplit(target)[:4] == urlsplit(URL)[:4]
    named = target.partition("#:~:text=")[2]
    assert len(named) <= room
    assert not set(named) & set("-&()[]<> \\#\"'")
    assert named.count(",") <= 1
    whole = plain(sentence)
    assert all(part in whole for part in map(unquote, named.split(",")))
