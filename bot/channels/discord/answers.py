"""answers, their sources, what people think of them → Discord messages, each within limits."""

from collections.abc import Iterator, Sequence

from bot.channels.discord.buttons import answer_buttons, with_buttons
from bot.channels.discord.fragments import LIST
from bot.channels.discord.inert import clip, inert
from bot.channels.discord.limits import Payload
from bot.channels.discord.lines import (
    count,
    link_numbers,
    moment,
    paragraphs,
    searched_line,
    short_day,
    source_blocks,
    text_link,
)
from bot.channels.discord.pages import Page, heading, join, pack, pack_first, pieces
from bot.channels.discord.render import footer
from bot.model import Answer, Citation, Review

SOURCES = "Sources"
NEAREST = "Nearest to the question"
REFUSAL = "The articles don't tell."
REVIEWS = "Answers with votes"
NO_REVIEWS = "Nobody has voted on an answer yet. The buttons are under each answer."
_ALL_REVIEWS = "briefing-bot answers lists them on the command line"
_TITLE = 300
_QUESTION, _ANSWER, _REASON = 300, 600, 500
_REASONS = 10
_QUOTE = 4_000
"""Even a sentence without an end leaves room for its source in ``_MESSAGES``."""
_MESSAGES = 3
"""The most messages of sources: anybody may press the button, as often as they like."""


def render_answer(answer: Answer) -> tuple[Payload, ...]:
    """Return the reply with its numbered sources, or the refusal with what was searched."""
    text = paragraphs(answer.text) or (REFUSAL,)
    linked = (link_numbers(block, answer.citations) for block in text)
    searched = () if answer.is_answered else (searched_line(answer.searched),)
    notes = (f"-# {part}" for line in answer.note.splitlines() for part in pieces(line))
    title = heading(answer.question) or "Question"
    pages = [Page(title, (*linked, *searched, *notes))]
    shown = inert(answer.text)
    blocks = [
        block
        for citation in answer.citations
        for block in source_blocks(citation, has_quote=inert(citation.quote) not in shown)
    ]
    if blocks:
        pages.append(Page(SOURCES if answer.is_answered else NEAREST, tuple(blocks)))
    as_of = f"As of {moment(answer.as_of)} {answer.as_of:%Z}"
    pressed = answer_buttons(answer.key, has_sources=bool(answer.citations))
    return with_buttons(pack(pages, footer(as_of)), pressed)


def render_sources(citations: Sequence[Citation]) -> tuple[Payload, ...]:
    """Return citations in full: the sentence, who published it, a link that opens at it.

    What three messages have no room for is counted.
    """
    told = [Page(SOURCES, join(_tell_source(citation))) for citation in citations]
    return pack_first(told, "the brief or answer itself names them", most=_MESSAGES)


def _tell_source(citation: Citation) -> Iterator[str]:
    outlet = inert(clip(citation.outlet, _QUESTION)) or "unknown outlet"
    yield f"\\[{citation.n}\\] {outlet} · {short_day(citation.published_at)}"
    yield text_link(clip(citation.title, _TITLE), citation, LIST)
    for part in pieces(f"“{clip(citation.quote, _QUOTE)}”"):
        yield f"> {part}"


def render_reviews(reviews: Sequence[Review]) -> tuple[Payload, ...]:
    """Return the answers that were voted on, in that order; what has no room is counted."""
    told = [Page(REVIEWS, join(_tell_review(review))) for review in reviews]
    return pack_first(
        told or [Page(REVIEWS, (NO_REVIEWS,))], "on the command line, briefing-bot answers"
    )


def _tell_review(review: Review) -> Iterator[str]:
    good = sum(vote.is_good for vote in review.votes)
    bad = len(review.votes) - good
    yield f"**{inert(clip(review.turn.question, _QUESTION))}**"
    yield f"-# {short_day(review.turn.asked_at)} · 👍 {good:,} · 👎 {bad:,}"
    yield inert(clip(review.turn.answer, _ANSWER)) or REFUSAL
    reasons = [vote for vote in review.votes if vote.reason]
    for vote in reasons[:_REASONS]:
        yield f"> {'👍' if vote.is_good else '👎'} {inert(clip(vote.reason, _REASON))}"
    if left := len(reasons[_REASONS:]):
        yield f"-# and {count(left, 'more reason')}"
