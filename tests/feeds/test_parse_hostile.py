"""Feeds that are too large, that lie, that attack, and documents that are no feeds."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from feeds.documents import JSON_FEED, URL, WELL_FORMED, read, rss
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import DocumentError
from bot.feeds.entries import MAX_ENTRIES
from bot.feeds.parse import parse_feed


def refusal(body: bytes | str) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read(body)
    assert "\n" not in str(caught.value)
    return caught.value


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


@settings(max_examples=100)
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


_DAMAGE = st.sampled_from(
    [
        *(
            b"<",
            b">",
            b"&",
            b"]]>",
            b"<![CDATA[",
            b"\0",
            b"<!--",
            b"</item>",
            b"</link>",
            b"</tags>",
        ),
        *(b"&#xD800;", b'"', b"\xff", b"<item>", b"<link/>", b"<summary/>", b"</category>", b":"),
    ]
)


@settings(max_examples=100)
@given(
    st.sampled_from([*WELL_FORMED.values(), JSON_FEED.encode()]),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 40), _DAMAGE), min_size=1, max_size=6),
)
def test_a_feed_damaged_anywhere_is_read_or_plainly_refused(
    feed: bytes, damages: list[tuple[int, int, bytes]]
) -> None:
    for at, dropped, inserted in damages:
        at %= len(feed)
        feed = feed[:at] + inserted + feed[at + dropped :]
    with suppress(DocumentError):  # and nothing else
        assert all(entry.guid for entry in read(feed).entries)
