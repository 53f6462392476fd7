"""Untrusted text shows its words on Discord and does nothing."""

import json
import unicodedata
from pathlib import Path

import pytest
from discord_reader import JOINER, TRIGGERS, read
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.discord.inert import clip, find_link_target, inert, plain, unlinked

_HOSTILE = json.loads(Path(__file__).with_name("discord_hostile.json").read_text(encoding="utf-8"))
_TEXTS: dict[str, str] = _HOSTILE["texts"]
_LINKS: dict[str, str] = _HOSTILE["links"]

_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")

_MORE = (
    "https://evil.test/a_b_c?x=*1*",
    "HTTPS://EVIL.TEST",
    "www.evil.test",
    "steam://run/1",
    "<https://evil.test>",
    "a <@&1> b <:x:1> c </ask:1>",
    "# heading",
    "1. one",
    "12) twelve",
    "- point",
    "+ plus",
    "\\[x](https://evil.test)",
    "\\\\[x](https://evil.test)",
    "[x]\n(https://evil.test)",
    "mail@everyone.test",
    "```py\ncode\n```",
    "¯\\_(ツ)_/¯",
    "discord\u200b.gg/abc",
    "\u202ereversed\u202c",
    "@\u2060everyone",
    "\\\u200b@everyone",
    "F-35 costs $80m - *a lot* (~50%)",
)
_TRICKY = st.text(
    alphabet=st.one_of(
        st.sampled_from("\\*_~|`[]()<>#@:/.-+!1 \n\t\u200b\u202e\u2060\ufeff"),
        st.characters(),
    )
)
_PHRASES = st.lists(
    st.sampled_from(
        ("@everyone", "https", "://", "www.", "discord", ".gg/", "[", "](", ")", "<@1>", "\\", "**")
    )
    | _TRICKY,
    max_size=12,
).map("".join)


def _check(text: str) -> None:
    shown = inert(text)
    reading = read(shown)
    assert reading.live == []
    assert reading.text.replace(JOINER, "").rstrip("\n") == plain(text)
    hidden = [c for c in shown if unicodedata.category(c) in _INVISIBLE and c != JOINER]
    assert hidden == []
    assert len(shown) <= 2 * len(plain(text))
    shown.encode()


@pytest.mark.parametrize("name", sorted(_TEXTS))
def test_a_known_trick_is_only_text(name: str) -> None:
    _check(_TEXTS[name])


@pytest.mark.parametrize("text", _MORE)
def test_markup_links_and_mentions_are_only_text(text: str) -> None:
    _check(text)


@given(_PHRASES)
@example("")
@example("\\")
@example("discord.gg/\\")
def test_any_text_keeps_its_words_and_nothing_is_live(text: str) -> None:
    _check(text)


def _check_unlinked(text: str) -> None:
    shown = unlinked(text)
    assert not any(trigger in shown.casefold() for trigger in TRIGGERS)
    assert shown.replace(JOINER, "") == plain(text)


@pytest.mark.parametrize("known", [*sorted(_TEXTS.values()), *_MORE])
def test_where_no_markup_is_known_no_trick_is_a_link_or_a_ping(known: str) -> None:
    _check_unlinked(known)


@given(_PHRASES)
def test_where_no_markup_is_known_nothing_is_a_link_or_a_ping(text: str) -> None:
    _check_unlinked(text)


def test_ordinary_words_are_left_as_they_are() -> None:
    text = "India's $7.4bn deal (26 jets) at 10:30; U.S. says: “no comment” – F-35, 3.5 %"
    assert inert(text) == text


def test_a_long_run_of_families_is_taken_without_harm() -> None:
    _check("\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 600)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("unit", ["a.", "www.", "://", "\\", "@", "1.", "a/b.", ".aa"])
def test_ten_thousand_of_a_sign_keep_their_words_and_nothing_is_live(unit: str) -> None:
    _check(unit * 10_000)


def test_a_cut_is_shown() -> None:
    assert clip("one two three", 9) == "one two…"
    assert clip("one two", 7) == "one two"


# ---------------------------------------------------------------- links


@pytest.mark.parametrize("name", sorted(_LINKS))
def test_a_bad_item_link_is_refused_or_made_safe(name: str) -> None:
    target = find_link_target(_LINKS[name])
    refused = {"item_link-018", "item_link-019", "item_link-020"} - {name}
    assert (target is None) == (len(refused) == 3)
    assert target is None or not set(target) & set('()<>|[]`"\\ *')


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://e.test/a_(b)?q=1&r=ü#x", "https://e.test/a_%28b%29?q=1&r=%C3%BC#x"),
        ("https://e.test/a%20b", "https://e.test/a%20b"),
        ("HTTP://E.test:8080/", "http://e.test:8080/"),
        (
            "http://e.test/) [x](https://evil.test",
            "http://e.test/%29%20%5Bx%5D%28https://evil.test",
        ),
        ("https://münchen.test/", "https://xn--mnchen-3ya.test/"),
        ("https://e.test//double//slash", "https://e.test//double//slash"),
    ],
)
def test_a_stored_link_can_not_end_early(url: str, target: str) -> None:
    assert find_link_target(url) == target


@pytest.mark.parametrize(
    "url",
    [
        "",
        "e.test/x",
        "https://user:pass@e.test/",
        "https://",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://discord.gg/abc",
        "https://ptb.discord.com/x",
        "https://discordapp.com/invite/x",
        "http://e.test:99999/",
        "http://[bad/",
        "https://e.test/" + "a" * 1000,
        "https://" + "a" * 70 + ".test/",
    ],
)
def test_what_is_no_public_page_is_not_linked(url: str) -> None:
    assert find_link_target(url) is None


@given(st.text(max_size=60).map(lambda tail: f"https://e.test/{tail}"))
def test_any_path_stays_inside_its_link(url: str) -> None:
    target = find_link_target(url)
    assert target is None or read(f"[x]({target}) after").live == [("link", target)]
