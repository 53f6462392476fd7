"""Facts that have a new value, that are taken back, and sources that disagree."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from stage_samples import analyse, article

from bot.conflicts import (
    Background,
    Conflict,
    find_conflicts,
    make_item,
    mark_change,
    show_disputes,
)
from bot.lines import make_lines
from bot.model import ArticleAnalysis, Change, Contradiction, Item
from bot.stories import group_stories

START = datetime(2025, 6, 11, tzinfo=UTC)
DEAL = "Kestria will buy 12 coastal radars from Hammerfeld Systems for {} million euros, {}."
MINISTRY = "its defence ministry said"


OTHER = "For {} million euros Hammerfeld Systems is to build Kestria 12 coastal radars, {}."


def report(number: int, hour: float, text: str, outlet: str = "", tier: int = 2) -> ArticleAnalysis:
    """What the built-in engine makes of a text published ``hour`` hours after the period began."""
    at = START + timedelta(hours=hour)
    return analyse(
        article(
            text,
            number=number,
            published=at.isoformat(),
            outlet=outlet or f"Outlet {number}",
            tier=tier,
        )
    )


def conflicts(*reports: ArticleAnalysis) -> tuple[Conflict, ...]:
    """What the lines since ``START`` make of those before."""
    lines = make_lines(
        [known for known in reports if known.article.seen_at > START],
        [known for known in reports if known.article.seen_at <= START],
    )
    stories = group_stories([known.article for known in reports])
    told = [line for line in lines.now if line.fact.tag == "defence"]
    return find_conflicts(told, Background((*lines.now, *lines.earlier), stories, START))


def changes(found: Iterable[Conflict]) -> list[Item]:
    return [mark_change(make_item([c.newer], {}), [c.newer], [c]) for c in found if c.change]


def only(pairs: list[Contradiction]) -> Contradiction:
    assert len(pairs) == 1, pairs
    return pairs[0]


def test_a_new_value_of_what_an_earlier_day_told_is_an_update_with_both_sentences() -> None:
    found = conflicts(
        report(1, -20, DEAL.format(310, MINISTRY)), report(2, 4, DEAL.format(410, MINISTRY))
    )
    (item,) = changes(found)
    assert (item.change, item.before) == (Change.UPDATED, "310 million euros")
    assert [cited.quote for cited in item.was] == [DEAL.format(310, MINISTRY)]
    assert item.citations[0].quote == DEAL.format(410, MINISTRY)
    assert show_disputes(found) == []


def test_two_sources_that_differ_in_one_period_disagree() -> None:
    found = conflicts(
        report(1, 2, DEAL.format(310, MINISTRY), tier=1),
        report(2, 4, OTHER.format(410, "two officials said")),
    )
    pair = only(show_disputes(found))
    assert changes(found) == []
    assert "410" in pair.first.text
    assert "310" in pair.second.text
    assert pair.subject == "Hammerfeld Systems: coastal radars"
    assert pair.second.citations[0].tier == 1


@pytest.mark.parametrize(
    ("hour", "outlet", "words"),
    [
        (2, "Outlet 2", MINISTRY),
        (2, "Outlet 1", "instead of 310 million, its defence ministry said"),
        (2, "Outlet 1", "up from 310 million euros, its defence ministry said"),
    ],
)
def test_a_source_that_corrects_itself_or_tells_of_the_change_updates(
    hour: float, outlet: str, words: str
) -> None:
    found = conflicts(
        report(1, hour, DEAL.format(310, MINISTRY), "Outlet 2"),
        report(2, hour + 3, OTHER.format(410, words), outlet),
    )
    assert [item.change for item in changes(found)] == [Change.UPDATED]
    assert show_disputes(found) == []


def test_days_later_the_newer_source_knows_more() -> None:
    found = conflicts(
        report(1, 2, DEAL.format(310, MINISTRY)),
        report(2, 100, OTHER.format(410, "two officials said")),
    )
    assert [item.before for item in changes(found)] == ["310 million euros"]


@pytest.mark.parametrize("speaker", ["two people familiar with the contract said", "its navy said"])
def test_an_unnamed_source_or_another_speaker_disputes_what_the_last_period_told(
    speaker: str,
) -> None:
    found = conflicts(
        report(1, -5, DEAL.format(310, MINISTRY)), report(2, 4, OTHER.format(410, speaker))
    )
    assert only(show_disputes(found)).second.citations[0].outlet == "Outlet 1"
    assert changes(found) == []


def test_a_value_that_somebody_told_already_is_no_news() -> None:
    found = conflicts(
        report(1, -60, DEAL.format(310, MINISTRY)),
        report(2, -30, DEAL.format(410, MINISTRY)),
        report(3, 4, f"In Varnholm a review began. {DEAL.format(410, 'the ministry said again')}"),
    )
    assert found == ()


def test_of_several_older_values_the_newest_is_what_it_was() -> None:
    found = conflicts(
        report(1, -60, DEAL.format(210, MINISTRY)),
        report(2, -30, DEAL.format(310, MINISTRY)),
        report(3, 4, DEAL.format(410, MINISTRY)),
    )
    assert [item.before for item in changes(found)] == ["310 million euros"]


def test_an_old_value_that_is_said_again_after_it_changed_is_no_update() -> None:
    found = conflicts(
        report(1, -60, DEAL.format(310, MINISTRY)),
        report(2, -30, DEAL.format(410, MINISTRY)),
        report(3, 4, DEAL.format(310, MINISTRY)),
    )
    assert changes(found) == []


def test_a_text_that_is_posted_again_with_another_value_was_corrected() -> None:
    text = f"{DEAL.format(310, MINISTRY)} The masts stand on the cape. Work begins in spring."
    found = conflicts(report(1, 1, text), report(2, 2, text.replace("310", "410")))
    assert [item.before for item in changes(found)] == ["310 million euros"]
    assert show_disputes(found) == []


def test_two_articles_of_one_minute_are_compared_too() -> None:
    found = conflicts(
        report(1, 2, DEAL.format(310, MINISTRY)), report(2, 2, OTHER.format(410, MINISTRY))
    )
    assert only(show_disputes(found))


def test_what_is_taken_back_is_reversed_whoever_tells_it() -> None:
    found = conflicts(
        report(1, 1, DEAL.format(310, MINISTRY)),
        report(
            2, 5, "Kestria has scrapped the purchase of coastal radars from Hammerfeld Systems."
        ),
    )
    (item,) = changes(found)
    assert item.change is Change.REVERSED
    assert item.before == DEAL.format(310, MINISTRY)


def test_a_denial_by_the_other_side_is_a_dispute_and_never_a_reversal() -> None:
    claim = "Sundara's frigate Coral was hit by a Merawi missile on Sunday, its navy said."
    denial = "Merawi denied that its missile had hit Sundara's frigate Coral."
    pair = only(show_disputes(conflicts(report(1, 1, claim), report(2, 5, denial))))
    assert (pair.first.text, pair.second.text) == (denial, claim)
    pair = only(show_disputes(conflicts(report(1, -5, claim), report(2, 5, denial))))
    assert pair.first.text == denial
    assert conflicts(report(1, 1, claim, "Post"), report(2, 5, denial, "Post")) == ()


def test_a_decision_that_is_denied_by_its_own_source_is_reversed() -> None:
    found = conflicts(
        report(1, -5, "Norway will deploy its army to Egypt.", "Post"),
        report(2, 5, "Norway will not deploy its army to Egypt.", "Post"),
    )
    assert [item.change for item in changes(found)] == [Change.REVERSED]


def test_one_pair_of_articles_is_shown_once_for_one_subject() -> None:
    both = f"{DEAL.format(310, MINISTRY)} The army sees the deal as a trade matter."
    found = conflicts(report(1, 1, both), report(2, 3, OTHER.format(410, "two officials said")))
    assert len(show_disputes([*found, *found])) == 1
