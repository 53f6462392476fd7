"""Brief → plain text, Markdown or one HTML page, with untrusted words made inert in each."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from bot.channels.console.layout import to_text
from bot.channels.console.render import render_brief
from bot.channels.console.sources import (
    Source,
    change_words,
    item_marks,
    list_item_sources,
    list_items,
    list_sources,
    side_words,
    source_marks,
)
from bot.channels.console.wording import (
    DISAGREEMENT,
    LEDGER,
    NOTHING_NEW,
    SOURCES,
    VISIT_COLUMNS,
    masthead,
    omitted_words,
    plain,
    safe_url,
    source_words,
    trust_words,
    visit_cells,
)
from bot.model import Brief, Citation, Contradiction, Item, Move, Section

_TEXT_WIDTH = 80
_MARKDOWN_INLINE = re.compile(r"([\\`*_\[\]<|~]|&(?=#?\w+;))")
_MARKDOWN_BLOCK = re.compile(r"^(\d*)([#+>.)-])")

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1.05rem/1.5 Georgia, serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin-bottom: 0; } h2 { border-bottom: 1px solid; font-size: 1.2rem; margin-top: 2rem; }
li { margin-bottom: .7rem; } .from, footer, .period { font-size: .88rem; opacity: .8; }
.change { font-weight: bold; } blockquote { margin: .1rem 0 .1rem 1rem; }
h3 { font-size: 1rem; } .pair { display: flex; gap: 1.5rem; } .pair > div { flex: 1; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid; padding: .3rem .6rem .3rem 0; text-align: left;
  vertical-align: top; } a { overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; } li, tr { break-inside: avoid; }
  h2 { break-after: avoid; } a { color: inherit; } }
"""


def render_text(brief: Brief) -> str:
    """The brief as 80 columns of plain text; addresses may be longer."""
    return to_text(render_brief(brief), _TEXT_WIDTH)


# ---------------------------------------------------------------- Markdown


def render_markdown(brief: Brief) -> str:
    """The brief as CommonMark with tables; no word of a source can be markup."""
    blocks = [block for block in _markdown_blocks(brief) if block]
    return "\n\n".join(blocks) + "\n"


def _md(text: str) -> str:
    return _MARKDOWN_BLOCK.sub(r"\1\\\2", _MARKDOWN_INLINE.sub(r"\\\1", plain(text)))


def _markdown_blocks(brief: Brief) -> Iterator[str]:
    title, period = masthead(brief)
    yield f"# {_md(title)}"
    yield f"*{_md(period)}*"
    yield f"**Note:** {_md(brief.note)}" if brief.note else ""
    for section in brief.sections:
        yield f"## {_md(section.title)}"
        yield "\n".join(_md_item(item) for item in section.items)
        yield "" if section.items or section.omitted else NOTHING_NEW
        yield _md(omitted_words(section))
    if brief.visits:
        yield f"## {LEDGER}"
        yield _md_table(VISIT_COLUMNS, [visit_cells(visit) for visit in brief.visits])
    if brief.contradictions:
        yield f"## {DISAGREEMENT}"
        yield from (_md_contradiction(pair) for pair in brief.contradictions)
    sources = list_sources(list_items(brief))
    if sources:
        yield f"## {SOURCES}"
        yield "\n".join(f"- {source_marks(s)} {_md_link(s.citation)}" for s in sources)
    yield "---"
    yield _md(trust_words(brief.trust, brief.engine))


def _md_item(item: Item) -> str:
    change = f"**{_md(change_words(item))}** · " if item.change else ""
    lines = [f"- {change}{_md(item.text)} {item_marks(item)}"]
    for source, has_quote in list_item_sources(item):
        quoted = f" — “{_md(source.citation.quote)}”" if has_quote else ""
        lines.append(f"  - {source_marks(source)} {_md(source_words(source.citation))}{quoted}")
    return "\n".join(lines)


def _md_contradiction(pair: Contradiction) -> str:
    sides = zip(side_words(pair), (pair.first, pair.second), strict=True)
    told = (f"{_md(words)}:\n\n{_md_item(item)}" for words, item in sides)
    return "\n\n".join((f"**{_md(pair.subject)}**", *told))


def _md_link(citation: Citation) -> str:
    words = f"{_md(source_words(citation))} — {_md(citation.title)}"
    url = safe_url(citation.article_url)
    return f"[{words}](<{url}>)" if url else words


def _md_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = tuple(head)
    lines = [head, ["---"] * len(head), *([_md(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


# ---------------------------------------------------------------- HTML


def render_html(brief: Brief) -> str:
    """The brief as one page that needs nothing else: no script, no image, no request."""
    title, period = masthead(brief)
    body = "\n".join(part for part in _html_parts(brief) if part)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<header>
<h1>{escape(title)}</h1>
<p class="period">{escape(period)}</p>
</header>
<main>
{body}
</main>
<footer>
<hr>
<p>{escape(trust_words(brief.trust, brief.engine))}</p>
</footer>
</body>
</html>
"""


def _html_parts(brief: Brief) -> Iterator[str]:
    yield f"<p><strong>Note:</strong> {_words(brief.note)}</p>" if brief.note else ""
    yield from (_html_section(section) for section in brief.sections)
    if brief.visits:
        yield f"<section>\n<h2>{LEDGER}</h2>\n{_html_visits(brief)}\n</section>"
    if brief.contradictions:
        pairs = "\n".join(_html_contradiction(pair) for pair in brief.contradictions)
        yield f"<section>\n<h2>{DISAGREEMENT}</h2>\n{pairs}\n</section>"
    sources = list_sources(list_items(brief))
    if sources:
        lines = (f"<li>{source_marks(s)} {_html_link(s.citation)}</li>" for s in sources)
        listed = _html_list(lines)
        yield f"<section>\n<h2>{SOURCES}</h2>\n{listed}\n</section>"


def _words(text: str) -> str:
    return f'<span dir="auto">{escape(plain(text))}</span>'


def _html_list(lines: Iterable[str]) -> str:
    return "<ul>\n" + "\n".join(lines) + "\n</ul>"


def _html_section(section: Section) -> str:
    listed = _html_list(f"<li>{_html_item(item)}</li>" for item in section.items)
    body = listed if section.items else "" if section.omitted else f"<p>{NOTHING_NEW}</p>"
    omitted = f'<p class="from">{omitted_words(section)}</p>' if section.omitted else ""
    return f"<section>\n<h2>{_words(section.title)}</h2>\n{body}{omitted}\n</section>"


def _html_item(item: Item) -> str:
    change = f'<span class="change">{escape(change_words(item))}</span> · ' if item.change else ""
    sources = "\n".join(_html_citation(*source) for source in list_item_sources(item))
    return f"{change}{_words(item.text)} {item_marks(item)}\n{sources}"


def _html_citation(source: Source, has_quote: bool) -> str:
    told = _html_quote(source.citation) if has_quote else ""
    link = _html_anchor(source.citation, source_words(source.citation))
    return f'<div class="from">{source_marks(source)} {link}{told}</div>'


def _html_quote(source: Citation | Move) -> str:
    return f"<blockquote>{_words(source.quote)}</blockquote>"


def _html_link(citation: Citation) -> str:
    return _html_anchor(citation, f"{source_words(citation)} — {plain(citation.title)}")


def _html_anchor(source: Citation | Move, words: str) -> str:
    url = safe_url(source.article_url)
    return f'<a href="{escape(url)}">{_words(words)}</a>' if url else _words(words)


def _html_visits(brief: Brief) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in VISIT_COLUMNS)
    rows = "\n".join(
        f"<tr>{''.join(f'<td>{_words(cell)}</td>' for cell in visit_cells(visit))}</tr>"
        for visit in brief.visits
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _html_contradiction(pair: Contradiction) -> str:
    sides = "\n".join(
        f"<div><strong>{escape(word)}</strong><br>{_html_item(item)}</div>"
        for word, item in zip(side_words(pair), (pair.first, pair.second), strict=True)
    )
    return f'<h3>{_words(pair.subject)}</h3>\n<div class="pair">\n{sides}\n</div>'
