"""Feeds of every kind into one shape; what is no feed is told plainly."""

import io
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from feeds import documents
from feeds.documents import URL, WELL_FORMED, read, rss

from bot.feeds.markup import html_to_text
from bot.feeds.strict import read_strict
from bot.feeds.urls import find_link

# ---------------------------------------------------------------- the mapper against feedparser


@pytest.mark.parametrize("name", WELL_FORMED)
def test_the_strict_mapper_agrees_with_feedparser(name: str) -> None:
    ours = read_strict(WELL_FORMED[name], lambda link: find_link(URL, link))
    theirs = feedparser.parse(
        io.BytesIO(WELL_FORMED[name]), sanitize_html=False, resolve_relative_uris=False
    )
    assert ours is not None
    assert ours.title == html_to_text(theirs.feed.title)
    assert ours.site_url == theirs.feed.link
    assert len(ours.entries) == len(theirs.entries) > 0
    for mine, their in zip(ours.entries, theirs.entries, strict=True):
        assert mine.title == html_to_text(their.title)
        assert mine.url == their.link
        assert mine.guid == their.get("id", their.link)
        parsed = their.get("published_parsed") or their.get("updated_parsed")
        assert (mine.published_at and mine.published_at.utctimetuple()[:6]) == (
            parsed and parsed[:6]
        )
        bodies = [part.value for part in their.get("content", [])] + [their.get("summary", "")]
        assert mine.text == max(map(html_to_text, bodies), key=len)


def test_the_fullest_text_counts_and_keeps_its_paragraphs() -> None:
    entry = read(documents.RSS_FULL).entries[0]
    assert entry.text == "First & long.\n\nSecond part."
    assert (entry.title, entry.guid) == ("R&D at AT&T: duties cut", "mw-1")


def test_a_date_keeps_the_publishers_own_offset() -> None:
    published_at = read(documents.RSS_FULL).entries[0].published_at
    assert published_at is not None
    assert published_at.isoformat() == "2025-01-28T06:10:00+05:30"


def test_languages_are_read_where_each_format_keeps_them() -> None:
    found = [read(WELL_FORMED[name]).language for name in ("rss-2.0", "atom-1.0", "rdf")]
    assert found == ["en-GB", "fr", "fr"]


def test_json_feed_is_read() -> None:
    feed = read(documents.JSON_FEED)
    first, second = feed.entries
    assert (feed.title, feed.site_url) == ("Harbour Courier", "https://harbour.example/")
    assert (first.guid, first.text) == ("7", "One.\n\nTwo.")
    assert (second.url, second.text) == ("https://else.example/8", "5 < 6 & so on")
    assert first.published_at == datetime(2025, 1, 28, 0, 40, tzinfo=UTC)


def test_nothing_that_can_not_be_stored_comes_out() -> None:
    title = read(documents.JSON_FEED).entries[0].title
    assert title.encode() == b"A lone surrogate and a NUL"


# ---------------------------------------------------------------- mending


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda feed: "\n<br />PHP Warning: x<br />\n" + feed, id="leading junk"),
        pytest.param(lambda feed: feed + "<script>x</script>", id="trailing junk"),
        pytest.param(lambda feed: feed.replace("cut", "c\x08ut"), id="control character"),
        pytest.param(lambda feed: feed.replace("cut", "c&#8;ut"), id="control reference"),
        pytest.param(lambda feed: feed.replace("at AT", "at&nbsp;AT"), id="named entity"),
        pytest.param(lambda feed: feed.replace("&amp;D", "&D"), id="bare ampersand"),
        pytest.param(lambda feed: feed.replace("utf-8", "x-nonexistent"), id="unknown charset"),
        pytest.param(lambda feed: feed.replace("utf-8", "utf-7"), id="distrusted charset"),
        pytest.param(lambda feed: feed.replace("utf-8", "utf-16"), id="wrong charset"),
        pytest.param(lambda feed: feed.replace("</category>", ""), id="unclosed element"),
    ],
)
def test_a_damaged_feed_reads_as_the_whole_one(damage: object) -> None:
    damaged = damage(documents.RSS_FULL)  # type: ignore[operator]
    assert damaged != documents.RSS_FULL
    assert read(damaged).entries[0] == read(documents.RSS_FULL).entries[0]
    assert len(read(damaged).entries) == 4


def test_ampersands_inside_cdata_are_left_alone() -> None:
    item = "<item><title><![CDATA[Q&A &nbsp;x]]></title><link>http://e.test/&1</link></item>"
    assert read(rss(item)).entries[0].title == "Q&A x"


def test_a_huge_character_reference_is_no_reason_to_fail() -> None:
    item = f"<item><title>t &#{'9' * 5000}; u &undefined; &</title></item>"
    assert "&undefined; &" in read(rss(item)).entries[0].title


def test_an_entity_of_an_outer_dtd_leaves_no_hole() -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//x//EN" "http://e.test/rss.dtd">'
    item = "<item><title>caf&eacute; cr&egrave;me</title></item>"
    assert read(doctype + rss(item)).entries[0].title == "café crème"


def test_feedparser_reads_what_nothing_else_can() -> None:
    broken = rss(
        "<item><title>One</title><link>/1</link><category>x"
        "<pubDate>28 Jan 2025 06:00 +0100</pubDate></item>"
        "<item><title>Two</title><updated>28. 1. 2025</updated></item>"
        "<item><title>Three</title><pubDate>2025년 01월 28일 오전 06:00:00</pubDate></item>"
    )
    one, two, three = read(broken).entries
    assert (one.url, two.url) == ("https://meridian.example/1", "")
    assert one.published_at is not None
    assert one.published_at.utcoffset() == timedelta(hours=1)
    assert (two.published_at, three.published_at) == (None, None)


# ---------------------------------------------------------------- charsets


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (rss("<item><title>Zürich</title></item>").encode(), "text/xml; charset=iso-8859-1"),
        (rss("<item><title>Zürich</title></item>").encode("latin-1"), "text/xml; charset=utf-8"),
        (
            b'<?xml version="1.0" encoding="utf-8"?>'
            + rss("<item><title>Zürich</title></item>").encode("latin-1"),
            "",
        ),
        (rss("<item><title>Zürich</title></item>").encode("cp1252"), "text/xml"),
        (rss("<item><title>Zürich</title></item>").encode("utf-16"), ""),
    ],
)
def test_the_text_is_right_whatever_the_labels_say(body: bytes, content_type: str) -> None:
    assert read(body, content_type).entries[0].title == "Zürich"


def test_utf_7_makes_no_mention_out_of_harmless_bytes() -> None:
    body = (
        b'<?xml version="1.0" encoding="utf-7"?>'
        + rss("<item><title>+AEA-everyone</title></item>").encode()
    )
    assert read(body, "text/xml; charset=utf-7").entries[0].title == "+AEA-everyone"


def test_overlong_bytes_become_no_markup_and_no_nul() -> None:
    body = rss("<item><title>a@b</title></item>").encode().replace(b"@", b"\xc0\x80\xc0\xbc")
    title = read(body).entries[0].title
    assert "\0" not in title
    assert "<" not in title
    assert title.startswith("a")
