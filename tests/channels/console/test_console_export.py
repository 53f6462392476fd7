"""What a brief is as text, Markdown and HTML, and that no source can break out of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.channels.console.export import render_html, render_markdown, render_text
from bot.channels.console.wording import safe_url
from bot.model import Brief, Change, Citation, Contradiction, Item, Section, Trust

Golden = Callable[[str, str], None]

VOID = {"meta", "hr", "br"}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "&lt;script&gt; &#x41; &amp;",
    "</span></li></ul></style><style>*{display:none}",
    "[click](https://evil.example) ![pixel](https://evil.example/p.png)",
    "](https://evil.example)",
    "<https://evil.example>",
    "# Heading",
    "- item",
    "1. one",
    "2) two",
    "> quote",
    "---",
    "===",
    "+ plus",
    "`code` ``` fence",
    "~~~",
    "**bold** _it_ ~~gone~~",
    "a | b |",
    "[x]: https://evil.example",
    "\\[x](https://evil.example)\\",
    "line\n\n# Heading\n\n    code",
    "@everyone <@123> <!channel>",
]


class Page(HTMLParser):
    """Collects the tags, links and words of a page, and checks that tags close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name == "href"}
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def with_text(brief: Brief, text: str) -> Brief:
    """The brief with ``text`` in every place that a source or a model can write to."""
    citation = replace(
        brief.sections[0].items[0].citations[0], outlet=text, title=text, quote=f"{text} more"
    )
    was = replace(citation, n=9, sentence=9, quote=f"{text} once")
    item = Item(text=text, citations=(citation,), change=Change.UPDATED, before=text, was=(was,))
    visit = replace(brief.visits[0], visitor=text, host=text, place=text)
    moved = tuple(replace(step, outlet=text, quote=text) for step in visit.history)
    return replace(
        brief,
        note=text,
        sections=(Section(tag="t", title="T", items=(item,)),),
        visits=(replace(visit, history=moved),),
        contradictions=(Contradiction(text, item, item),),
        trust=replace(brief.trust, feeds_failing=(text,)),
    )


def stored_links(brief: Brief) -> set[str]:
    items = [item for section in brief.sections for item in section.items]
    items += [item for pair in brief.contradictions for item in (pair.first, pair.second)]
    cited = [citation for item in items for citation in (*item.citations, *item.was)]
    urls = {citation.article_url for citation in cited}
    return urls | {step.article_url for visit in brief.visits for step in visit.history}


def flatten(tokens: list[Token]) -> list[Token]:
    return [t for token in tokens for t in (token, *flatten(token.children or []))]


def markdown_shape(text: str) -> tuple[list[str], set[str]]:
    """The structure of a Markdown text without its words, and where its links lead."""
    tokens = flatten(MarkdownIt("commonmark").enable("table").parse(text))
    shape = [token.type for token in tokens if token.type not in ("text", "text_special")]
    links = {str(token.attrGet("href")) for token in tokens if token.type == "link_open"}
    return shape, links


@pytest.mark.parametrize(
    ("name", "render"), [("brief.md", render_markdown), ("brief.html", render_html)]
)
def test_a_brief_exports_as_its_golden_file(
    brief: Brief, golden: Golden, name: str, render: Callable[[Brief], str]
) -> None:
    golden(f"console/{name}", render(brief))


@pytest.mark.parametrize("render", [render_text, render_markdown, render_html])
def test_every_export_has_the_same_facts(
    brief: Brief, quiet: Brief, render: Callable[[Brief], str]
) -> None:
    page = render(brief)
    for words in (
        "28 January 2025",
        "Asia/Kolkata",
        "could not be reached",
        "New",
        "Updated – was $3 billion",
        "Confirmed",
        "2 more lines below the cap",
        "Newer",
        "Older",
        "Washington,",
        "9 lines kept · 1 dropped",
    ):
        assert words in page
    for citation in brief.sections[0].items[0].citations:
        assert citation.article_url in page
    assert render(quiet).count("Nothing new.") == 3


def test_a_web_page_asks_for_nothing_and_names_its_language(brief: Brief) -> None:
    text = render_html(brief)
    page = Page(text)
    assert '<html lang="en">' in text
    assert "default-src 'none'" in text
    assert page.tags.count("h1") == page.tags.count("main") == 1
    assert not {"script", "img", "link", "iframe", "form"} & set(page.tags)
    assert page.links == stored_links(brief)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_source_becomes_html(brief: Brief, text: str) -> None:
    harmless, page = (
        Page(render_html(with_text(brief, "word"))),
        Page(render_html(with_text(brief, text))),
    )
    assert page.tags == harmless.tags
    assert page.attributes == harmless.attributes
    assert page.links == harmless.links
    assert " ".join(text.split()) in " ".join(page.words.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_source_becomes_markdown(brief: Brief, text: str) -> None:
    shape, links = markdown_shape(render_markdown(with_text(brief, text)))
    assert (shape, links) == markdown_shape(render_markdown(with_text(brief, "word")))


def brief_of(text: str) -> Brief:
    """A small brief whose only words are ``text``."""
    at = datetime(2025, 1, 28, tzinfo=UTC)
    citation = Citation(
        n=1,
        article_id=1,
        article_url="https://x.example/a",
        outlet=text,
        title=text,
        published_at=at,
        sentence=1,
        quote="quote",
    )
    item = Item(text=f"{text}x", citations=(citation,))
    return Brief(
        start_at=at,
        end_at=at,
        sections=(Section(tag="t", title="T", items=(item,)),),
        visits=(),
        contradictions=(),
        trust=Trust(articles=1, sources=1, kept=1, dropped=0, feeds_failing=()),
        engine="extractive",
    )


@settings(max_examples=60)
@given(text=st.text(alphabet="ab1 \n\t\\`*_[]()<>|~&!#+=:.-;'\"{}$@/", min_size=1, max_size=25))
def test_no_mixture_of_signs_becomes_markdown_or_html(text: str) -> None:
    brief = brief_of(text)
    harmless = brief_of("word")
    assert markdown_shape(render_markdown(brief)) == markdown_shape(render_markdown(harmless))
    assert Page(render_html(brief)).tags == Page(render_html(harmless)).tags


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "ftp://x/y"],
)
def test_only_http_addresses_become_links(brief: Brief, url: str) -> None:
    citation = replace(brief.sections[0].items[0].citations[0], article_url=url)
    item = Item(text="t", citations=(citation,))
    bare = replace(
        brief, sections=(Section(tag="t", title="T", items=(item,)),), visits=(), contradictions=()
    )
    assert Page(render_html(bare)).links == set()
    assert markdown_shape(render_markdown(bare))[1] == set()


@pytest.mark.parametrize("end", [*list("<>\"'()[]`|\\^{} "), "\n", "\x1b[2J", "\u202e"])
def test_no_address_can_end_its_own_link(end: str) -> None:
    url = safe_url(f"https://x.example/a{end}b")
    assert url.startswith("https://x.example/a")
    assert not set(url) & set("<>\"'()[]`|\\^{} \n\x1b\u202e")


def test_a_good_address_stays_as_it_is() -> None:
    url = "https://x.example:8443/a-b_c/%D0%B0?q=1&r=ü#top"
    assert safe_url(url) == url
