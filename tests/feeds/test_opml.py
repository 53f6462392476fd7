"""OPML in and out, hostile files, and the starter feeds that come with the program."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bot.errors import DocumentError
from bot.feeds.opml import OpmlOutlines, parse_groups, parse_opml, render_opml
from bot.feeds.urls import check_url
from bot.model import Outline
from bot.ports.admin_commands import MAX_FEEDS

SEEDS = Path(__file__).parents[2] / "seeds" / "feeds.opml"


def outline(url: str, title: str, outlet: str = "", tier: int = 3, *tags: str) -> Outline:
    return Outline(url=url, title=title, outlet=outlet, tier=tier, categories=tags)


def opml(body: str, declaration: str = "") -> str:
    return f'{declaration}<opml version="2.0"><head/><body>{body}</body></opml>'


def test_what_is_written_is_read_back_with_custom_titles() -> None:
    feeds = (
        outline("https://a.example/feed?x=1&y=2", 'My "own" <title> & more', "A & Co", 1),
        outline("https://b.example/rss", "नरेंद्र मोदी – Élysée", "", 2),
        outline("https://c.example/rss", "C", "C", 3, "trade", "visits"),
    )
    document = render_opml(feeds)
    assert parse_opml(document) == feeds
    assert parse_opml(document.encode()) == feeds


@settings(max_examples=100)
@given(title=st.text(max_size=80), outlet=st.text(max_size=80), tier=st.sampled_from([1, 2, 3]))
def test_no_title_breaks_the_file(title: str, outlet: str, tier: int) -> None:
    (once,) = parse_opml(render_opml([outline("https://a.example/", title, outlet, tier)]))
    assert (once.url, once.tier) == ("https://a.example/", tier)
    assert once.title
    assert parse_opml(render_opml([once])) == (once,)


def test_the_file_is_opml_two_with_a_head_and_rss_outlines() -> None:
    root = etree.fromstring(render_opml([outline("https://a.example/", "A", "B", 1)]).encode())
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/title")
    (row,) = root.iterfind("body/outline")
    assert row.get("type") == "rss"
    assert row.get("text") == row.get("title") == "A"


def test_nested_groups_are_read_in_order_and_a_url_counts_once() -> None:
    feeds = parse_opml(
        opml(
            '<outline text="G"><outline text="A" xmlUrl="https://a.example/"/>'
            '<outline text="H"><outline text="B" xmlUrl=" https://b.example/ "/></outline>'
            "</outline>"
            '<outline text="again" xmlUrl="https://a.example/"/><outline text="note"/>'
        )
    )
    assert [(feed.url, feed.title) for feed in feeds] == [
        ("https://a.example/", "A"),
        ("https://b.example/", "B"),
    ]


def test_other_readers_spellings_are_understood() -> None:
    (feed,) = parse_opml(opml('<outline title="T" XMLURL="https://a.example/" tier="9"/>'))
    assert feed == outline("https://a.example/", "T", "", 3)
    (bare,) = parse_opml(opml('<outline xmlurl="https://a.example/"/>'))
    assert bare.title == "https://a.example/"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_bytes_are_read_in_the_encoding_they_declare(encoding: str) -> None:
    text = opml(
        '<outline text="Élysée" xmlUrl="https://a.example/"/>',
        f'<?xml version="1.0" encoding="{encoding}"?>',
    )
    assert parse_opml(text.encode(encoding))[0].title == "Élysée"
    assert parse_opml(text)[0].title == "Élysée"
    assert parse_opml("\ufeff" + text)[0].title == "Élysée"


def test_a_file_without_feeds_gives_none() -> None:
    assert parse_opml(opml("")) == ()


BOMB = '<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
ENTITY = opml('<outline text="&b;&x;" xmlUrl="https://a.example/"/>')


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("", "broken"),
        ("not xml", "broken"),
        (opml("<outline>"), "broken"),
        (opml('<outline text="&nbsp;" xmlUrl="https://a.example/"/>'), "broken"),
        (opml("<outline>" * 5_000 + "</outline>" * 5_000), "broken"),
        ("<rss version='2.0'><channel/></rss>", "not_opml"),
        ("<html><body>Sign in</body></html>", "not_opml"),
        (BOMB + ENTITY, "doctype"),
        (OUTSIDE + ENTITY, "doctype"),
        (opml(" " * 1_000_000), "too_large"),
        (opml('<outline xmlUrl="https://a.example/"/>' * 100_000), "too_large"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_with_a_reason(document: str, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_opml(document)
    assert caught.value.reason == reason
    assert "\n" not in str(caught.value)


def test_a_document_type_hidden_in_another_encoding_is_refused() -> None:
    hidden = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE opml [<!ENTITY b "b">]>' + opml("")
    with pytest.raises(DocumentError) as caught:
        parse_opml(hidden.encode("utf-16"))
    assert caught.value.reason == "doctype"


def test_more_feeds_than_the_cap_are_refused_and_none_is_dropped_in_silence() -> None:
    lines = [f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(MAX_FEEDS + 1)]
    with pytest.raises(DocumentError, match="more than 300 feeds"):
        parse_opml(opml("".join(lines)))
    assert len(parse_opml(opml("".join(lines[:MAX_FEEDS])))) == MAX_FEEDS


def test_the_starter_feeds_are_valid_distinct_and_ranked() -> None:
    feeds = parse_opml(SEEDS.read_bytes())
    assert len(feeds) >= 30
    assert {feed.tier for feed in feeds} == {1, 2, 3}
    for feed in feeds:
        assert check_url(feed.url) == feed.url
        assert feed.url.startswith("https://")
        assert feed.outlet
    assert len({feed.title for feed in feeds}) == len(feeds)


def test_the_starter_feeds_are_grouped_and_name_their_state_media() -> None:
    root = etree.parse(SEEDS).getroot()
    assert root.get("version") == "2.0"
    groups = list(root.iterfind("body/outline"))
    assert [group.get("text") for group in groups] == [
        "Governments and organisations",
        "Wires and newspapers",
        "Trade press",
    ]
    for outline in root.iterfind("body/outline/outline"):
        assert outline.get("type") == "rss"
        assert outline.get("text") == outline.get("title")
        assert outline.get("htmlUrl").startswith("https://")
        assert set(outline.get("category").split(",")) <= {"defence", "trade", "visits"}
        says_so = "state media" in outline.get("text") or "funded by" in outline.get("text")
        assert says_so == (outline.get("stateMedia") == "true")


# ---------------------------------------------------------------- as a port


def outlines_of(path: Path = SEEDS) -> OpmlOutlines:
    return OpmlOutlines(path, allow_hosts=frozenset({"10.0.0.9"}))


def test_addresses_are_read_as_they_are_polled_and_wrong_ones_say_why() -> None:
    document = opml(
        '<outline text="A" xmlUrl="feed://A.example/rss#top" category="/News/Trade,visits"/>'
        '<outline text="B" xmlUrl="https://a.example/rss"/>'
        '<outline text="C" xmlUrl="http://127.0.0.1/rss"/>'
        '<outline text="D" xmlUrl="http://10.0.0.9/rss"/>'
        '<outline text="E" xmlUrl="javascript:alert(1)"/>'
    )
    found = outlines_of().read(document.encode())
    assert [(one.title, bool(one.problem)) for one in found] == [
        ("A", False),
        ("C", True),
        ("D", False),
        ("E", True),
    ]
    assert found[0].url == "https://a.example/rss"
    assert found[0].categories == ("news", "trade", "visits")


def test_a_list_that_is_written_is_read_back_the_same() -> None:
    feeds = (outline("https://a.example/rss", "A <&> é", "Outlet", 1, "trade"),)
    assert outlines_of().read(outlines_of().write(feeds)) == feeds


def test_the_starters_come_by_the_name_of_their_group() -> None:
    groups = outlines_of().load_starters()
    assert list(groups) == ["Governments and organisations", "Wires and newspapers", "Trade press"]
    feeds = [feed for group in groups.values() for feed in group]
    assert len(feeds) == len(parse_opml(SEEDS.read_bytes()))
    assert not any(feed.problem for feed in feeds)
    assert {tag for feed in feeds for tag in feed.categories} == {"defence", "trade", "visits"}


def test_a_group_within_a_group_belongs_to_the_one_at_the_top() -> None:
    row = '<outline text="A" xmlUrl="https://a.example/"/>'
    inner = f'<outline text="G"><outline text="H">{row}</outline></outline>'
    found = parse_groups(opml(inner + row + '<outline text="empty"/>'))
    assert {name: [feed.title for feed in feeds] for name, feeds in found.items()} == {"G": ["A"]}


def test_starters_that_are_not_there_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="restore the starter feeds"):
        outlines_of(tmp_path / "none.opml").load_starters()


def test_a_file_of_entries_without_end_is_refused_at_once() -> None:
    rows = "".join(f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(20_000))
    began = time.process_time()
    with pytest.raises(DocumentError, match="more than 300"):
        outlines_of().read(opml(rows).encode())
    assert outlines_of().read(opml("<outline/>" * 90_000).encode()) == ()
    assert time.process_time() - began < 1
