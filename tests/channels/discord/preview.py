"""payloads → a page that looks as Discord shows them, for people who look at golden files.

It draws what the payloads hold and no more: embeds, the markup that we use, buttons, pictures,
mentions, the thread under a message and the post of a forum.
"""

import html
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

WIDTH = 600
"""Pixels; a phone is narrower and wraps more, a desk wider."""

_STYLE = """
* { box-sizing: border-box; }
html, body { margin: 0; background: #313338; }
body { width: 600px; padding: 12px 16px; color: #dbdee1; font: 15px/1.38 "gg sans", "Noto Sans",
  "Liberation Sans", Arial, sans-serif; overflow-wrap: break-word; }
.message { display: flex; gap: 14px; margin: 0 0 18px; }
.avatar { flex: none; width: 38px; height: 38px; border-radius: 50%; background: #5865f2;
  color: #fff; font-weight: 700; text-align: center; line-height: 38px; }
.body { flex: 1; min-width: 0; }
.author { font-weight: 600; color: #f2f3f5; }
.app { background: #5865f2; color: #fff; font-size: 10px; border-radius: 3px; padding: 1px 4px; }
.at { color: #949ba4; font-size: 12px; font-weight: 400; }
.embed { background: #2b2d31; border-left: 4px solid #1e1f22; border-radius: 4px;
  padding: 9px 14px 12px; margin-top: 6px; max-width: 520px; }
.title { font-weight: 600; color: #f2f3f5; margin-bottom: 6px; }
.line { font-size: 14px; min-height: 1.38em; }
.gap { height: 10px; }
.small { font-size: 12px; color: #949ba4; }
.quote { font-size: 14px; border-left: 3px solid #4e5058; padding-left: 9px; }
.code { font: 13px "Liberation Mono", monospace; background: #1e1f22; border: 1px solid #111;
  border-radius: 4px; padding: 6px; white-space: pre-wrap; }
.footer { font-size: 11px; color: #b5bac1; margin-top: 9px; }
a { color: #00a8fc; text-decoration: none; }
.time { background: #3f4147; border-radius: 3px; padding: 0 2px; }
.mention { background: #3c4270; color: #c9cdfb; border-radius: 3px; padding: 0 3px;
  font-weight: 500; }
.image { display: block; max-width: 100%; border-radius: 4px; margin-top: 10px; }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }
.button { background: #4e5058; color: #fff; border-radius: 3px; padding: 6px 14px;
  font-size: 13px; font-weight: 500; }
.post { border-bottom: 1px solid #3f4147; margin: 0 0 14px; padding-bottom: 10px; }
.name { font-size: 20px; font-weight: 700; color: #f2f3f5; }
.tag { background: #3f4147; border-radius: 9px; font-size: 12px; padding: 2px 9px;
  margin-right: 6px; }
.thread { border-left: 2px solid #4e5058; margin: 0 0 14px 18px; padding: 4px 0 0 14px; }
.thread > .name { font-size: 15px; margin-bottom: 12px; }
"""
_MARK = re.compile(
    r"\\(?P<escaped>[^\w\s])"
    r"|\*\*(?P<bold>(?:\\.|[^*\\])+)\*\*"
    r"|\[(?P<label>(?:\\.|[^\]\\])+)\]\((?P<target>[^)\s]+)\)"
    r"|<t:(?P<time>\d+):(?P<form>[a-zA-Z])>"
    r"|<@&(?P<role>\d+)>|<#(?P<channel>\d+)>"
    r"|`(?P<code>[^`]+)`"
)
_THUMB = "M1 7h3v7H1zM5 7l3-6q3 0 2 5h4q1 0 1 1l-1 6q0 1-1 1H5z"
# Discord counts from the reader's clock; a picture must be the same on every day.
_NOW = datetime(2025, 1, 29, 6, 0, tzinfo=UTC)


def render_html(payloads: Sequence[dict[str, Any]], language: str = "en") -> str:
    """Return one page with all messages in order."""
    first, *rest = payloads
    parts = [*_post(first), _message(first)]
    threads = [payload for payload in rest if "thread" in payload]
    parts += [_message(payload) for payload in rest if "thread" not in payload]
    if threads:
        name = f'<div class="name"># {html.escape(threads[0]["thread"]["name"])}</div>'
        parts.append(f'<div class="thread">{name}{"".join(map(_message, threads))}</div>')
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f"<style>{_STYLE}</style><body>{''.join(parts)}</body></html>"
    )


def _post(payload: dict[str, Any]) -> Iterator[str]:
    if post := payload.get("post"):
        tags = "".join(f'<span class="tag">{html.escape(tag)}</span>' for tag in post["tags"])
        yield f'<div class="post"><div class="name">{html.escape(post["name"])}</div>{tags}</div>'


def _message(payload: dict[str, Any]) -> str:
    files = {file["name"]: file for file in payload.get("files", [])}
    content = payload.get("content") or ""
    parts = [
        '<span class="author">Briefing</span> <span class="app">APP</span>'
        ' <span class="at">06:00</span>',
        f'<div class="line">{_inline(content)}</div>' if content else "",
        *(_embed(embed, files) for embed in payload.get("embeds", [])),
        _buttons(payload.get("buttons", [])),
    ]
    return (
        f'<div class="message"><div class="avatar">B</div><div class="body">{"".join(parts)}'
        "</div></div>"
    )


def _embed(embed: dict[str, Any], files: dict[str, dict[str, str]]) -> str:
    parts = []
    if title := embed.get("title"):
        parts.append(f'<div class="title">{_inline(title)}</div>')
    parts += _blocks(embed.get("description") or "")
    if image := embed.get("image"):
        file = files[image["url"].removeprefix("attachment://")]
        source = f"data:image/png;base64,{file['content']}"
        parts.append(f'<img class="image" src="{source}" alt="{html.escape(file["alt"])}">')
    if footer := embed.get("footer"):
        parts.append(f'<div class="footer">{html.escape(footer["text"])}</div>')
    return f'<div class="embed">{"".join(parts)}</div>'


def _blocks(text: str) -> Iterator[str]:
    """Yield each line of a description as its own element."""
    for number, run in enumerate(text.split("```\n")):
        if number % 2:
            yield f'<div class="code">{html.escape(run.rstrip())}</div>'
            continue
        for line in run.strip("\n").split("\n"):
            yield _line(line)


def _line(line: str) -> str:
    for start, kind in (("-# ", "small"), ("> ", "quote")):
        if line.startswith(start):
            return f'<div class="{kind}">{_inline(line.removeprefix(start))}</div>'
    return f'<div class="line">{_inline(line)}</div>' if line else '<div class="gap"></div>'


def _inline(text: str) -> str:
    parts, at = [], 0
    for match in _MARK.finditer(text):
        parts += [html.escape(text[at : match.start()]), _mark(match)]
        at = match.end()
    return "".join([*parts, html.escape(text[at:])])


def _mark(match: re.Match[str]) -> str:
    if match["escaped"]:
        return html.escape(match["escaped"])
    if match["bold"]:
        return f"<b>{_inline(match['bold'])}</b>"
    if match["label"]:
        target = html.escape(match["target"])
        return f'<a href="{target}">{_inline(match["label"])}</a>'
    if match["time"]:
        return f'<span class="time">{_time(int(match["time"]), match["form"])}</span>'
    if match["code"]:
        return f"<code>{html.escape(match['code'])}</code>"
    name = f"@role {match['role']}" if match["role"] else f"#channel {match['channel']}"
    return f'<span class="mention">{name}</span>'


def _time(seconds: int, form: str) -> str:
    at = datetime.fromtimestamp(seconds, UTC)
    if form != "R":
        return f"{at:%d %B %Y %H:%M}"
    hours = round((at - _NOW).total_seconds() / 3600)
    size = f"{abs(hours)} hours" if abs(hours) < 48 else f"{abs(hours) // 24} days"
    return f"in {size}" if hours >= 0 else f"{size} ago"


def _buttons(buttons: Sequence[dict[str, str]]) -> str:
    shown = (
        f'<span class="button">{_emoji(each.get("emoji", ""))}{html.escape(each["label"])}</span>'
        for each in buttons
    )
    return f'<div class="buttons">{"".join(shown)}</div>' if buttons else ""


def _emoji(emoji: str) -> str:
    """Many machines have no font for them."""
    turned = {"👍": "", "👎": ' transform="rotate(180 8 8)"'}
    if emoji not in turned:
        return f"{html.escape(emoji)} " if emoji else ""
    thumb = f'<path{turned[emoji]} d="{_THUMB}" fill="#ffcc4d"/>'
    return f'<svg width="13" height="13" viewBox="0 0 16 16">{thumb}</svg> '
