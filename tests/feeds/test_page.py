"""Web pages: the article and nothing around it, and what the page tells of itself."""

import json
from pathlib import Path

import pytest
from data.bad_inputs_gen import hidden_text
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import DocumentError
from bot.feeds.page import parse_page
from bot.model import ParsedPage

URL = "https://e.test/news/1"
PAGES = Path(__file__).parents[1] / "data" / "pages"
ARTICLES = [json.loads(line) for line in (PAGES / "articles.jsonl").read_text("utf-8").splitlines()]
BODY = """<p>Ministers met in Nairobi on Tuesday to sign the agreement on beef and dates.</p>
<p>The talks had begun in March and were broken off twice over the price of dates.</p>
<p>Both parliaments must still vote; officials expect that to happen by the summer.</p>"""


def read(body: str | bytes, content_type: str = "text/html") -> ParsedPage:
    raw = body.encode() if isinstance(body, str) else body
    return parse_page(raw, url=URL, content_type=content_type)


def page(body: str = f"<article>{BODY}</article>", head: str = "") -> str:
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>"


def refusal(body: str | bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read(body)
    return caught.value.reason


# ---------------------------------------------------------------- the article


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: str(article["id"]))
def test_a_real_page_gives_its_article_to_the_letter(article: dict[str, str]) -> None:
    found = parse_page((PAGES / f"{article['id']}.html").read_bytes(), url=article["url"])
    assert found.text == article["text"]
    assert (found.title, found.outlet) == (article["title"], article["outlet"])
    assert found.language == article["lang"]
    assert found.published_at is not None
    assert found.published_at.isoformat() == article["published"]


def test_hidden_words_are_not_in_the_text() -> None:
    text = read(page(hidden_text().replace("</article>", BODY + "</article>"))).text
    assert "Nairobi" in text
    assert "CANARY" not in text


def test_comments_are_not_in_the_text_even_beside_a_short_article() -> None:
    comments = "".join(
        f'<li class="comment" id="c{number}"><p>They will raise it to {number} million, '
        "mark my words, whatever the paper says here.</p></li>"
        for number in range(9)
    )
    text = read(page(f"<div>{BODY}</div><div><ul>{comments}</ul></div>")).text
    assert "Nairobi" in text
    assert "million" not in text


def test_a_wrapper_that_is_only_called_comments_keeps_its_article() -> None:
    text = read(
        page(f'<div class="user-comments"><h1>Title</h1><article>{BODY}</article></div>')
    ).text
    assert "Nairobi" in text


def test_paragraphs_are_parted_by_blank_lines() -> None:
    body = "<p>First paragraph of the story, long enough to be one.</p>"
    body += "<p>Second paragraph of the <a href='/x'>story</a>, long <b>enough</b> to be one.</p>"
    assert read(page(f"<article>{body}</article>")).text.split("\n\n") == [
        "First paragraph of the story, long enough to be one.",
        "Second paragraph of the story, long enough to be one.",
    ]


def test_a_headline_repeated_above_the_text_is_dropped() -> None:
    head = "<title>Beef for dates</title>"
    found = read(page(f"<article><h1>Beef for dates</h1>{BODY}</article>", head))
    assert found.title == "Beef for dates"
    assert found.text.startswith("Ministers met")


@pytest.mark.parametrize(
    "body",
    [
        "<h1>We value your privacy</h1>",
        "<script>" + "x" * 1_000_000 + "</script>",
        '<meta http-equiv=refresh content="0;url=http://127.0.0.1/">',
        "<p></p>",
    ],
)
def test_a_page_without_an_article_has_no_text(body: str) -> None:
    assert read(body).text == ""


# ---------------------------------------------------------------- what the page tells of itself


@pytest.mark.parametrize(
    ("head", "iso"),
    [
        (
            '<meta property="article:published_time" content="2025-01-28T06:10:00+05:30">',
            "2025-01-28T06:10:00+05:30",
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, '
            '{"@type": "NewsArticle", "datePublished": "2025-01-28T06:10:00+01:00"}]}</script>',
            "2025-01-28T06:10:00+01:00",
        ),
        (
            '<script type="application/ld+json">{broken</script>'
            '<meta name="DC.date" content="2025-01-28">',
            "2025-01-28T00:00:00+00:00",
        ),
        (
            '<meta property="article:published_time" content="soon">'
            '<meta itemprop="datePublished" content="2025-01-28T06:10:00Z">',
            "2025-01-28T06:10:00+00:00",
        ),
    ],
)
def test_the_date_of_publication_is_found(head: str, iso: str) -> None:
    published_at = read(page(head=head)).published_at
    assert published_at is not None
    assert published_at.isoformat() == iso


def test_a_date_that_only_readers_see_is_found_too() -> None:
    found = read(page(f'<article><time datetime="2025-01-28">28 January</time>{BODY}</article>'))
    assert found.published_at is not None
    assert found.published_at.date().isoformat() == "2025-01-28"


def test_no_date_is_no_date() -> None:
    assert read(page()).published_at is None


def test_hostile_linked_data_is_ignored() -> None:
    deep = "[" * 50_000
    for data in (deep, '{"datePublished": {"a": 1}, "publisher": []}', '"text"', "null"):
        head = f'<script type="application/ld+json">{data}</script>'
        assert "Nairobi" in read(page(head=head)).text


def test_announced_feeds_come_first_and_are_checked() -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        '<link rel="alternate" type="application/atom+xml" href="https://e.test/atom">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="http://127.0.0.1/feed">'
        '<link rel="alternate" hreflang="fr" href="/fr">'
        '<link rel="stylesheet" type="application/rss+xml" href="/no">'
    )
    body = '<a href="/rss">RSS</a><a href="/feed.xml">x</a><a href="/about">y</a>'
    assert read(page(body, head)).feed_urls == (
        "https://e.test/feed.xml",
        "https://e.test/atom",
        "https://e.test/rss",
    )


def test_og_url_and_refresh_lead_nowhere() -> None:
    head = '<meta property="og:url" content="https://evil.test/"><link rel="canonical" href="//x">'
    assert "evil" not in repr(read(page(head=head)))


@pytest.mark.parametrize("label", ["", "text/html; charset=utf-8", "text/html; charset=latin-1"])
def test_the_charset_is_right_whatever_the_header_says(label: str) -> None:
    text = page(f"<article>{BODY.replace('Nairobi', 'Zürich')}</article>")
    assert "Zürich" in read(text.encode(), label).text
    declared = text.replace("<head>", '<head><meta charset="iso-8859-1">')
    assert "Zürich" in read(declared.encode("latin-1"), label).text


# ---------------------------------------------------------------- what is no page


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "empty"),
        (" \n", "empty"),
        (b"%PDF-1.7", "not_html"),
        (b"\xff\xd8\xff", "not_html"),
        ("plain text", "not_html"),
        ("<p>" + "x" * 2_000_000, "too_large"),
        ("<html><title>Just a moment...</title><body>Checking</body></html>", "captcha"),
        ("<html><body><p>Please enable JS and disable any ad blocker</p></body></html>", "captcha"),
        ("<html><script>window._cf_chl_opt={}</script></html>", "captcha"),
    ],
)
def test_what_is_no_page_is_refused(body: str | bytes, reason: str) -> None:
    assert refusal(body) == reason


def test_an_article_about_captchas_is_an_article() -> None:
    story = "<p>The ministry will replace the captcha, and enable JavaScript for all forms.</p>"
    paragraphs = "".join(f"<p>{number}. {BODY[3:80]}</p>" for number in range(9))
    assert "captcha" in read(page(f"<article>{story}{paragraphs}</article>")).text


_PIECES = st.sampled_from(
    [
        *("<html>", "<body>", "<p>", "</p>", "<div hidden>", "<template>", "<!--", "-->", "<"),
        *("<table><tr><td>", "<script type='application/ld+json'>{", "</script>", "&#0;", "\x00"),
        *(
            "<meta property='article:published_time' content='",
            "'>",
            "<a href='//['>",
            "<frameset>",
        ),
    ]
)


@settings(max_examples=80)
@example("<body><script type='application/ld+json'>{</script>\x1f")
@given(st.lists(_PIECES | st.text(max_size=8), max_size=25).map("".join))
def test_any_bytes_give_a_page_or_a_plain_refusal(text: str) -> None:
    try:
        found = read(text.encode("utf-8", "surrogatepass"))
    except DocumentError:
        return
    (found.title + found.text + found.outlet + found.language).encode()
