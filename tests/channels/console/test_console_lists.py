"""What the terminal shows of visits, feeds, previews, traces and voted answers."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.channels.console.layout import to_text
from bot.channels.console.lists import (
    render_feeds,
    render_preview,
    render_reviews,
    render_trace,
    render_visits,
)
from bot.model import (
    Entry,
    Feed,
    FeedPreview,
    FeedState,
    Review,
    Trace,
    Visit,
)

Golden = Callable[[str, str], None]


def test_visits_read_as_a_table_and_with_history_as_a_chain_of_cited_moves(
    visits: tuple[Visit, ...], golden: Golden
) -> None:
    golden("console/visits.txt", to_text(render_visits(visits), 80))
    page = to_text(render_visits(visits, history=True), 80)
    assert "planned → confirmed\n" in page
    assert "weaker report, not followed" in page
    golden("console/visits-history.txt", page)


def test_a_visit_whose_date_passed_in_silence_says_so(visits: tuple[Visit, ...]) -> None:
    overdue = [replace(visits[0], is_overdue=True)]
    table = to_text(render_visits(overdue), 100)
    assert all(word in table for word in ("Confirmed,", "passed", "without", "report"))
    chain = to_text(render_visits(overdue, history=True), 100)
    assert "planned → confirmed, date passed without a report\n" in chain


def test_feeds_read_as_their_golden_table(feed: Feed, golden: Golden) -> None:
    not_a_feed = replace(
        feed,
        id=12,
        title="Ministry of Defence: news and communications",
        outlet="UK Ministry of Defence",
        tier=1,
        state=FeedState.NOT_A_FEED,
        reason="this address is a web page",
    )
    feeds = (
        feed,
        not_a_feed,
        replace(feed, id=3, is_paused=True),
        replace(feed, id=4, title="Read by hand", outlet="", is_manual=True, succeeded_at=None),
    )
    golden("console/feeds.txt", to_text(render_feeds(feeds), 100))


@pytest.mark.parametrize("state", list(FeedState))
def test_each_state_of_a_feed_is_told_in_words(feed: Feed, state: FeedState) -> None:
    page = to_text(render_feeds([replace(feed, state=state, reason="why")]), 120)
    assert f"{state.value.replace('_', ' ')}: why" in page


def test_a_paused_feed_keeps_its_state_and_has_no_next_poll(feed: Feed) -> None:
    page = to_text(render_feeds([replace(feed, is_paused=True)]), 120)
    assert "paused (ok)" in page
    assert "06:40" not in page


def test_a_desk_without_feeds_or_visits_says_so() -> None:
    assert "No feeds yet" in to_text(render_feeds([]), 80)
    assert to_text(render_visits([]), 80) == "No visits are known.\n"


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (None, "rhythm unknown"),
        (0.001, "every 1 minute"),
        (0.5, "every 30 minutes"),
        (1.2, "every 1 hour"),
        (30.0, "every 30 hours"),
        (96.0, "every 4 days"),
    ],
)
def test_a_preview_tells_the_rhythm_and_the_newest_entries(
    feed: Feed, hours: float | None, words: str
) -> None:
    entries = tuple(
        Entry(url="", guid=str(n), title=f"Entry {n}", text="", published_at=None)
        for n in range(1, 6)
    )
    preview = FeedPreview(
        feed=feed, entries=entries, hours_between=hours, has_full_text=False, language="en"
    )
    page = to_text(render_preview(preview), 80)
    assert words in page
    assert "teasers only" in page
    assert [f"Entry {n}" in page for n in range(1, 6)] == [True, True, True, False, False]


def test_a_preview_of_an_empty_feed_says_none(feed: Feed) -> None:
    preview = FeedPreview(
        feed=feed, entries=(), hours_between=None, has_full_text=True, language=""
    )
    page = to_text(render_preview(preview), 80)
    assert page.endswith("None.\n")
    assert "unknown language" in page


def test_a_trace_numbers_its_steps() -> None:
    page = to_text(render_trace(Trace(url="https://x.example/a", steps=("Read.", "Kept."))), 80)
    assert page == "https://x.example/a\n1. Read.\n2. Kept.\n"


def test_voted_answers_read_with_who_thinks_what_of_them(review: Review, golden: Golden) -> None:
    golden("console/answers.txt", to_text(render_reviews([review]), 80))
    assert "No answer was voted on yet." in to_text(render_reviews(()), 80)


def test_a_reason_moves_nothing_in_the_terminal(review: Review) -> None:
    vote = replace(review.votes[0], reason="bad\x1b[2J\x1b]0;title\x07\n\n[bold]answer[/]")
    page = to_text(render_reviews([replace(review, votes=(vote,))]), 80)
    assert "not helpful, discord:43: bad [bold]answer[/]" in page
    assert "\x1b" not in page
