"""Feeds of every kind into one shape; what is no feed is told plainly."""

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import DocumentError
from bot.feeds.entries import MAX_ENTRIES
from bot.feeds.markup import html_to_text
from bot.feeds.parse import parse_feed
from bot.feeds.strict import read_strict
from bot.feeds.urls import find_link
from bot.model import ParsedFeed
from tests.feeds import documents
from tests.feeds.documents import WELL_FORMED

URL = "https://meridian.example/feed"


def read(body: bytes | str, content_type: str = "") -> ParsedFeed:
    raw = body.encode() if isinstance(body, str) else body
    return parse_feed(raw, url=URL, content_type=content_type)


def rss(item: str, channel: str = "") -> str:
    return f'<rss version="2.0"><channel><title>c</title>{channel}{item}</channel></rss>'


def refusal(body: bytes | str) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read(body)
    assert "\n" not in str(caught.value)
    return caught.value


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


# ---------------------------------------------------------------- limits and hostile content


def test_the_first_500_entries_count_and_more_are_no_error() -> None:
    items = "".join(f"<item><title>t{number}</title></item>" for number in range(2000))
    entries = read(rss(items)).entries
    assert len(entries) == MAX_ENTRIES == 500
    assert entries[0].title == "t0"


def test_long_titles_texts_and_guids_are_cut() -> None:
    item = f"<item><title>{'A ' * 50_000}</title><guid>{'g' * 90_000}</guid>"
    item += f"<description>{'word ' * 90_000}</description></item>"
    entry = read(rss(item)).entries[0]
    assert len(entry.title) <= 300
    assert entry.title.endswith("…")
    assert len(entry.guid) <= 500
    assert len(entry.text) == 200_000


def test_two_long_guids_with_one_beginning_stay_two() -> None:
    items = [f"<item><title>t</title><guid>{'g' * 9000}{end}</guid></item>" for end in "ab"]
    first, second = read(rss("".join(items))).entries
    assert first.guid != second.guid


def test_an_item_without_title_link_and_guid_is_dropped() -> None:
    assert read(rss("<item/><item><description>x</description></item>")).entries == ()


def test_a_guid_falls_back_to_the_link_and_then_the_title() -> None:
    first, second = read(
        rss("<item><title>a</title><link>/a</link></item><item><title>b</title></item>")
    ).entries
    assert (first.guid, second.guid) == ("https://meridian.example/a", "b")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://127.0.0.1/", "data:text/html,x"])
def test_a_dangerous_link_is_not_used(link: str) -> None:
    (entry,) = read(rss(f"<item><title>t</title><link>{link}</link></item>")).entries
    assert entry.url == ""


def test_a_link_to_a_host_that_the_operator_allows_is_used() -> None:
    body = rss("<item><title>t</title><link>http://127.0.0.1:1/</link></item>").encode()
    feed = parse_feed(body, url=URL, allow_hosts=frozenset({"127.0.0.1"}))
    assert feed.entries[0].url == "http://127.0.0.1:1/"


def test_xml_base_does_not_move_relative_links() -> None:
    body = rss("<item><title>t</title><link>admin</link></item>").replace(
        "<rss", '<rss xml:base="http://127.0.0.1/"'
    )
    assert read(body).entries[0].url == "https://meridian.example/admin"


@pytest.mark.parametrize("opened", ["", "</broken>"])
def test_entities_are_refused_and_no_file_is_read(opened: str) -> None:
    doctype = '<!DOCTYPE rss [<!ELEMENT a ANY><!ENTITY x SYSTEM "file:///etc/hostname">]>'
    assert refusal(doctype + rss("<item><title>&x;</title></item>") + opened).reason == "unsafe"


def test_an_outer_dtd_is_not_read(tmp_path: Path) -> None:
    dtd = tmp_path / "outer.dtd"
    dtd.write_text('<!ENTITY x "leaked">')
    doctype = f'<!DOCTYPE rss SYSTEM "{dtd.as_uri()}">'
    assert read(doctype + rss("<item><title>a &x; b</title></item>")).entries[0].title == "a &x; b"


def test_a_feed_nested_too_deep_is_refused() -> None:
    deep = "<a>" * 80 + "</a>" * 80
    assert refusal(rss(f"<item><title>t</title>{deep}</item>")).reason == "too_deep"


def test_what_readers_would_not_see_is_not_in_the_text() -> None:
    hidden = (
        '<p>Seen.</p><p style="display:none">H1</p><p aria-hidden="true">H2</p>'
        '<p style="font-size:0;color:#fff">H3</p><!-- H4 --><template>H5</template>'
        "<noscript>H6</noscript><p hidden>H7</p><script>H8</script><style>H9</style>"
        '<p style="font-size:0.9em">Small.</p>after'
    )
    item = f"<item><title>t</title><description><![CDATA[{hidden}]]></description></item>"
    assert read(rss(item)).entries[0].text == "Seen.\n\nSmall.\n\nafter"


# ---------------------------------------------------------------- no feed at all


@pytest.mark.parametrize(
    ("body", "reason", "words"),
    [
        (b"", "empty", "nothing"),
        (b" \n", "empty", "nothing"),
        (b"\x00\x01\x02", "not_a_feed", "not a feed"),
        (b"%PDF-1.7", "not_a_feed", "not a feed"),
        (b"<!DOCTYPE html><html><body>Hello</body></html>", "not_a_feed", "a web page, not a feed"),
        (b"<html><p>unclosed &nbsp;", "not_a_feed", "a web page, not a feed"),
        (b'{"version": 1}', "not_a_feed", "not a feed"),
        (b'{"version": "https://jsonfeed.org/version/1"', "not_a_feed", "not a feed"),
        (b"[" * 100_000, "not_a_feed", "not a feed"),
        (b"{" * 100_000, "not_a_feed", "not a feed"),
        (b"<html><title>Just a moment...</title></html>", "captcha", "human"),
        (b"<html>Please enable JavaScript and cookies to continue</html>", "captcha", "human"),
        (b"<opml><body/></opml>", "not_a_feed", "not a feed"),
        (b"x" * 5_000_001, "too_large", "larger"),
    ],
)
def test_what_is_no_feed_is_told_plainly(body: bytes, reason: str, words: str) -> None:
    error = refusal(body)
    assert error.reason == reason
    assert words in str(error)


def test_a_feed_about_captchas_is_a_feed() -> None:
    item = "<item><title>Enable JavaScript: the captcha story</title></item>"
    assert len(read(rss(item)).entries) == 1


@pytest.mark.parametrize(
    "body",
    [
        rss(""),
        '<feed xmlns="http://www.w3.org/2005/Atom"></feed>',
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": []}),
        '<?xml version="9.9"?><rss/>',
    ],
)
def test_an_empty_feed_is_a_feed(body: str) -> None:
    assert read(body).entries == ()


_PIECES = st.sampled_from(
    [
        *("<rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>", "&amp;"),
        *("&", "<", "<![CDATA[", "]]>", "<!DOCTYPE rss [", "'", "<entry>", "</entry>"),
        *("<feed xmlns='http://www.w3.org/2005/Atom'>", "<pubDate>", "&#0;", "&nbsp;", "é"),
        *("<?xml version='1.0'?>", "\x00", "<content type='xhtml'>", "<p>", "{"),
        '{"version":"https://jsonfeed.org/version/1",',
    ]
)


@settings(max_examples=300)
@given(st.lists(_PIECES | st.text(max_size=8), max_size=25).map("".join))
def test_any_bytes_give_a_feed_or_a_plain_refusal(text: str) -> None:
    try:
        feed = read(text.encode("utf-8", "surrogatepass"))
    except DocumentError:
        return
    json.dumps([entry.title + entry.text + entry.url + entry.guid for entry in feed.entries])
    for entry in feed.entries:
        assert entry.guid
        (entry.title + entry.text + entry.url + entry.guid).encode()
