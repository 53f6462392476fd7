"""answers, their sources, what people think of them → Discord messages, each within limits."""

from collections.abc import Iterator, Sequence

from bot.channels.discord.buttons import answer_buttons, with_buttons
from bot.channels.discord.fragments import LIST
from bot.channels.discord.inert import clip, inert
from bot.channels.discord.limits import Payload
from bot.channels.discord.lines import (
    link_numbers,
    paragraphs,
    quoted,
    searched_line,
    source_blocks,
    text_link,
)
from bot.channels.discord.pages import Page, heading, join, pack, pack_first, pieces
from bot.model import Answer, Citation, Review
from bot.wording import Words

_TITLE = 300
_QUESTION, _ANSWER, _REASON = 300, 600, 500
_REASONS = 10
_QUOTE = 4_000
"""Even a sentence without an end leaves room for its source in ``_MESSAGES``."""
_MESSAGES = 3
"""The most messages of sources: anybody may press the button, as often as they like."""


def render_answer(answer: Answer, words: Words) -> tuple[Payload, ...]:
    """Return the reply with its numbered sources, or the refusal with what was searched."""
    text = paragraphs(answer.text) or (words.say("answer.refusal"),)
    linked = (link_numbers(block, answer.citations) for block in text)
    searched = () if answer.is_answered else (searched_line(answer.searched, words),)
    notes = (f"-# {part}" for line in answer.note.splitlines() for part in pieces(line))
    title = heading(answer.question) or words.say("answer.title")
    pages = [Page(title, (*linked, *searched, *notes))]
    shown = inert(answer.text)
    blocks = [
        block
        for citation in answer.citations
        for block in source_blocks(citation, words, has_quote=inert(citation.quote) not in shown)
    ]
    if blocks:
        below = "answer.sources" if answer.is_answered else "answer.nearest"
        pages.append(Page(words.say(below), tuple(blocks)))
    moment, zone = words.moment(answer.as_of), f"{answer.as_of:%Z}"
    as_of = words.say("answer.as_of", moment=moment, zone=zone)
    pressed = answer_buttons(answer.key, words, has_sources=bool(answer.citations))
    return with_buttons(pack(pages, words, footer=as_of), pressed)


def render_sources(citations: Sequence[Citation], words: Words) -> tuple[Payload, ...]:
    """Return citations in full: the sentence, who published it, a link that opens at it.

    What three messages have no room for is counted.
    """
    title = words.say("answer.sources")
    told = [Page(title, join(_tell_source(citation, words))) for citation in citations]
    return pack_first(told, words, way_on=words.say("answer.way_on"), most=_MESSAGES)


def _tell_source(citation: Citation, words: Words) -> Iterator[str]:
    outlet = inert(clip(citation.outlet, _QUESTION)) or words.say("common.unknown_outlet")
    yield f"\\[{citation.n}\\] {outlet} · {words.short_day(citation.published_at)}"
    yield text_link(clip(citation.title, _TITLE), citation, LIST, words)
    for part in quoted(clip(citation.quote, _QUOTE), words):
        yield f"> {part}"


def render_reviews(reviews: Sequence[Review], words: Words) -> tuple[Payload, ...]:
    """Return the answers that were voted on, in that order; what has no room is counted."""
    title, none = words.say("answer.reviews.title"), words.say("answer.reviews.none")
    told = [Page(title, join(_tell_review(review, words))) for review in reviews]
    way_on = words.say("answer.reviews.way_on")
    return pack_first(told or [Page(title, (none,))], words, way_on=way_on)


def _tell_review(review: Review, words: Words) -> Iterator[str]:
    good = sum(vote.is_good for vote in review.votes)
    bad = len(review.votes) - good
    votes = words.say("answer.reviews.votes", good=words.number(good), bad=words.number(bad))
    yield f"**{inert(clip(review.turn.question, _QUESTION))}**"
    yield f"-# {words.short_day(review.turn.asked_at)} · {votes}"
    yield inert(clip(review.turn.answer, _ANSWER)) or words.say("answer.refusal")
    reasons = [vote for vote in review.votes if vote.reason]
    for vote in reasons[:_REASONS]:
        side = "good" if vote.is_good else "bad"
        reason = inert(clip(vote.reason, _REASON))
        yield f"> {words.say(f'answer.reviews.{side}', reason=reason)}"
    if left := len(reasons[_REASONS:]):
        yield f"-# {words.count(left, 'answer.reviews.more')}"
