"""One message of each kind, as the golden files have them, and the pictures beside those."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from discord_samples import (
    ANSWER,
    BRIEF,
    DISPUTED,
    LONG,
    NOW,
    QUIET,
    REFUSAL,
    REPORT,
    REVIEWS,
    citation,
)
from discord_words import ENGLISH, FRENCH

from bot.channels.discord.answers import render_answer, render_reviews, render_sources
from bot.channels.discord.corrections import render_corrected
from bot.channels.discord.ledger import render_events, render_link
from bot.channels.discord.limits import Payload
from bot.channels.discord.notices import render_alert, render_notice
from bot.channels.discord.render import render_brief, render_changes
from bot.model import Change, Correction, Finding, Form, Item, Look, Style
from bot.ports.posting import PLAIN

ROLE = "555001"
FORUM = Look(form=Form.FORUM, forum_tags=("Briefs", "Daily"), mentions=(("trade", ROLE),))
THREAD = Look(form=Form.THREAD, mentions=(("defence", ROLE), ("sanctions", "555002")))
CORRECTIONS = (
    Correction(
        3,
        "Meridian Wire",
        "The two sides agreed on Tuesday.",
        "The two sides agreed on Wednesday.",
        NOW + timedelta(hours=3, minutes=40),
    ),
    Correction(
        6, "Meridian Wire", "The contract is worth $7.4 billion.", "", NOW + timedelta(hours=9)
    ),
)
ALERT = (
    Item(
        text="Mr Modi's visit to Washington is postponed.",
        citations=(citation(1), citation(2)),
        change=Change.POSTPONED,
        before="confirmed, 12–13 February 2025",
        was=(citation(3, "Mr Modi will travel to Washington on 12 and 13 February."),),
        about="Narendra Modi → Washington, postponed",
    ),
    Item(text="Three ministries confirm the ceasefire.", citations=(citation(4),)),
)
FINDINGS = (
    Finding(
        "notice.feed_failing",
        False,
        {"title": "Halden *Post*", "reason": "status 403", "days": "2"},
    ),
    Finding(
        "notice.order_paused",
        False,
        {"order": "4", "channel": "8001", "reason": "the channel is gone"},
    ),
    Finding(
        "notice.unknown_post",
        False,
        {"channel": "8001", "due": NOW.isoformat(), "reason": "the platform gave no answer"},
    ),
    Finding(
        "notice.failed_post",
        False,
        {"channel": "8001", "due": NOW.isoformat(), "reason": "Send Messages is missing"},
    ),
    Finding("notice.over_budget", False, {"tokens": "500000"}),
)


def mark(number: int) -> str:
    return f"b7q2-{number}"


def _corrected() -> tuple[Payload, ...]:
    (first,) = render_brief(BRIEF, mark, PLAIN, ENGLISH)
    return (render_corrected(first, CORRECTIONS, PLAIN, ENGLISH, BRIEF.timezone),)


MESSAGES: dict[str, Callable[[], tuple[Payload, ...]]] = {
    "brief": lambda: render_brief(BRIEF, mark, PLAIN, ENGLISH),
    "brief_compact": lambda: render_brief(BRIEF, mark, Look(style=Style.COMPACT), ENGLISH),
    "brief_thread": lambda: render_brief(BRIEF, mark, THREAD, ENGLISH),
    "brief_thread_compact": lambda: render_brief(
        BRIEF, mark, replace(THREAD, style=Style.COMPACT), ENGLISH
    ),
    "brief_forum": lambda: render_brief(BRIEF, mark, FORUM, ENGLISH),
    "brief_forum_compact": lambda: render_brief(
        BRIEF, mark, replace(FORUM, style=Style.COMPACT), ENGLISH
    ),
    "brief_in_parts": lambda: render_brief(
        replace(LONG, visits=(), contradictions=()), mark, PLAIN, ENGLISH
    ),
    "brief_french": lambda: render_brief(BRIEF, mark, PLAIN, FRENCH),
    "brief_corrected": _corrected,
    "quiet_brief": lambda: render_brief(QUIET, mark, PLAIN, ENGLISH),
    "quiet_thread": lambda: render_brief(QUIET, mark, THREAD, ENGLISH),
    "alert": lambda: render_alert(ALERT, mark(1), PLAIN, ENGLISH),
    "notice": lambda: render_notice(FINDINGS, mark(1), PLAIN, ENGLISH),
    "notice_french": lambda: render_notice(FINDINGS, mark(1), PLAIN, FRENCH),
    "answer": lambda: render_answer(ANSWER, ENGLISH),
    "answer_french": lambda: render_answer(ANSWER, FRENCH),
    "refusal": lambda: render_answer(REFUSAL, ENGLISH),
    "refusal_french": lambda: render_answer(REFUSAL, FRENCH),
    "contradiction": lambda: render_answer(DISPUTED, ENGLISH),
    "sources": lambda: render_sources(ANSWER.citations, ENGLISH),
    "reviews": lambda: render_reviews(REVIEWS, ENGLISH),
    "changes": lambda: render_changes(REPORT, ENGLISH),
    "changes_french": lambda: render_changes(REPORT, FRENCH),
    "calendar_link": lambda: render_link(
        "https://bot.example.org/calendar/a1b2.ics", ENGLISH, is_new=False
    ),
    "events": lambda: render_events(ENGLISH, is_on=True),
}
