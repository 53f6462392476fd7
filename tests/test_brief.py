"""The brief: what is new, once, ranked and capped, every line with its source."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from stage_samples import TOPICS, analyse, article, load_seeds

from bot.brief import Material, decide_brief, write_brief
from bot.lines import Fate
from bot.model import ArticleAnalysis, Brief, Change, Feed, FeedState
from bot.stories import group_stories
from bot.visits import build_ledger, list_open

SEEDS = [analyse(found) for found in load_seeds()]
CALL_DAY = datetime(2025, 1, 29, tzinfo=UTC)


def brief_of(
    analyses: list[ArticleAnalysis],
    end_at: datetime,
    hours: float = 24,
    feeds: tuple[Feed, ...] = (),
) -> Brief:
    return write_brief(material_of(analyses, end_at, hours, feeds))


def material_of(
    analyses: list[ArticleAnalysis],
    end_at: datetime,
    hours: float = 24,
    feeds: tuple[Feed, ...] = (),
) -> Material:
    start_at = end_at - timedelta(hours=hours)
    heard = [known for known in analyses if known.article.seen_at <= end_at]
    before = [known for known in heard if known.article.seen_at <= start_at]
    within = [known for known in heard if known.article.seen_at > start_at]
    visits = build_ledger(heard, end_at)
    return Material(
        start_at=start_at,
        end_at=end_at,
        timezone="UTC",
        topics=TOPICS,
        analyses=within,
        earlier=before,
        stories=group_stories([known.article for known in heard]),
        visits_before=build_ledger(before, start_at),
        visits_now=visits,
        visits_open=list_open(visits, end_at),
        feeds=feeds,
        engine="extractive",
    )


def test_every_section_of_the_first_story_has_items_and_every_item_its_sentence() -> None:
    brief = brief_of(SEEDS, CALL_DAY)
    assert [section.tag for section in brief.sections] == ["defence", "trade", "visits"]
    texts = {known.article.id: known.article.text for known in SEEDS}
    for section in brief.sections:
        assert section.items, section.tag
        for item in section.items:
            assert item.citations
            for citation in item.citations:
                assert citation.quote in texts[citation.article_id]


def test_citations_are_numbered_through_the_brief_each_sentence_once() -> None:
    brief = brief_of(SEEDS, CALL_DAY)
    numbers = {
        (citation.article_id, citation.sentence): citation.n
        for section in brief.sections
        for item in section.items
        for citation in item.citations
    }
    assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))


def test_copies_of_one_wire_text_count_as_one_source() -> None:
    brief = brief_of(SEEDS, CALL_DAY)
    assert brief.trust.articles == 3
    assert brief.trust.sources == 2
    for section in brief.sections:
        for item in section.items:
            outlets = {citation.outlet for citation in item.citations}
            assert outlets != {"Meridian Wire", "Harbour Courier"}


def test_nothing_is_said_again_on_the_next_day() -> None:
    text = "India will cut its import tariff on bourbon to 100 per cent, the finance ministry said."
    monday = analyse(article(text, number=1, published="2025-03-03T08:00+00:00"))
    tuesday = analyse(
        article(f"{text} Nothing else happened.", number=2, published="2025-03-04T08:00+00:00")
    )
    first = brief_of([monday], datetime(2025, 3, 4, tzinfo=UTC))
    second = brief_of([monday, tuesday], datetime(2025, 3, 5, tzinfo=UTC))
    assert not first.is_quiet
    assert second.is_quiet


def test_a_text_that_is_posted_again_next_week_is_not_news() -> None:
    text = "India will cut its import tariff on bourbon on Friday, the finance ministry said."
    first = analyse(article(text, number=1, published="2025-03-03T08:00+00:00"))
    again = analyse(article(text, number=2, published="2025-03-09T08:00+00:00"))
    assert brief_of([first, again], datetime(2025, 3, 10, tzinfo=UTC)).is_quiet


def test_what_is_added_to_a_text_that_is_posted_again_is_news() -> None:
    text = "India will cut its import tariff on bourbon on Friday, the finance ministry said."
    added = "France will lift its import tariff on whisky, a minister in Paris said."
    first = analyse(article(text, number=1, published="2025-03-03T08:00+00:00"))
    again = analyse(article(f"{text} {added}", number=2, published="2025-03-09T08:00+00:00"))
    brief = brief_of([first, again], datetime(2025, 3, 10, tzinfo=UTC))
    assert [item.text for section in brief.sections for item in section.items] == [added]


def test_a_changed_figure_is_not_taken_for_a_repeat() -> None:
    text = "India will cut its import tariff on bourbon to {} per cent, the finance ministry said."
    monday = analyse(article(text.format(100), number=1, published="2025-03-03T08:00+00:00"))
    tuesday = analyse(article(text.format(80), number=2, published="2025-03-04T08:00+00:00"))
    brief = brief_of([monday, tuesday], datetime(2025, 3, 5, tzinfo=UTC))
    assert [item.text for section in brief.sections for item in section.items] == [text.format(80)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Norway will deploy its army to Egypt.", "Norway will not deploy its army to Egypt."),
        (
            "Norway may buy missiles for its army from Japan.",
            "Norway will buy missiles for its army from Japan.",
        ),
        (
            "The army missile exercise in Egypt is in March.",
            "The army missile exercise in Egypt is in June.",
        ),
        ("An air strike killed 5 soldiers.", "An air strike killed 25 soldiers."),
    ],
)
def test_what_changed_in_a_word_is_no_repeat(before: str, after: str) -> None:
    monday = analyse(article(before, number=1, published="2025-03-03T08:00+00:00"))
    tuesday = analyse(article(after, number=2, published="2025-03-04T08:00+00:00"))
    brief = brief_of([monday, tuesday], datetime(2025, 3, 5, tzinfo=UTC))
    assert [item.text for section in brief.sections for item in section.items] == [after]


def test_two_sources_that_disagree_are_shown_side_by_side() -> None:
    first = article(
        "Kestria will buy coastal radars from Hammerfeld Systems for 310 million euros, its "
        "defence minister announced.",
        number=1,
        published="2025-06-10T08:00+00:00",
    )
    second = article(
        "Kestria will buy coastal radars from Hammerfeld Systems for 410 million euros, two "
        "people familiar with the defence contract said.",
        number=2,
        published="2025-06-10T09:00+00:00",
        outlet="Daily",
    )
    brief = brief_of([analyse(first), analyse(second)], datetime(2025, 6, 11, tzinfo=UTC))
    (pair,) = brief.contradictions
    assert "410" in pair.first.text
    assert "310" in pair.second.text
    assert pair.first.citations[0].n != pair.second.citations[0].n


DEAL = "Kestria will buy 12 coastal radars from Hammerfeld Systems for {} million euros, {}."


def test_a_new_value_says_what_it_was_and_cites_both_sentences_with_one_numbering() -> None:
    first = article(
        DEAL.format(310, "its defence ministry said"),
        number=1,
        published="2025-06-10T08:00+00:00",
    )
    second = article(
        DEAL.format(410, "its defence ministry said"),
        number=2,
        published="2025-06-11T08:00+00:00",
    )
    brief = brief_of([analyse(first), analyse(second)], datetime(2025, 6, 12, tzinfo=UTC))
    (item,) = [item for section in brief.sections for item in section.items]
    assert (item.change, item.before) == (Change.UPDATED, "310 million euros")
    assert [cited.n for cited in (*item.citations, *item.was)] == [1, 2]
    assert item.was[0].quote == first.text
    assert brief.contradictions == ()


def test_a_new_value_is_not_hidden_by_the_cap_and_plain_news_have_no_mark() -> None:
    plain = [
        article(
            f"{country}'s army ordered {number} howitzers and {number + 20} lorries for its "
            f"brigade at {town}, its defence ministry said.",
            number=number,
            published=f"2025-06-11T{number:02}:00+00:00",
            tier=1,
        )
        for number, (country, town) in enumerate(
            (
                ("Japan", "Sendai"),
                ("Brazil", "Manaus"),
                ("Kenya", "Nakuru"),
                ("Norway", "Bardufoss"),
                ("Chile", "Arica"),
                ("Egypt", "Suez"),
                ("Peru", "Tacna"),
                ("Ghana", "Tamale"),
            ),
            3,
        )
    ]
    old, new = (
        article(DEAL.format(price, "its navy said"), number=n, published=f"2025-06-{day}T01:00Z")
        for n, price, day in ((1, 310, 10), (2, 410, 11))
    )
    known = [analyse(found) for found in (old, new, *plain)]
    brief = brief_of(known, datetime(2025, 6, 12, tzinfo=UTC))
    defence = next(section for section in brief.sections if section.tag == "defence")
    assert defence.omitted > 0
    assert [item.change for item in defence.items].count(Change.UPDATED) == 1
    assert {item.change for item in defence.items} == {Change.UPDATED, None}


def test_what_becomes_of_a_visit_is_told_by_the_ledger_alone() -> None:
    trip = "Prime Minister Anna Berg will visit Tokyo from {} September, her office announced."
    reports = [
        analyse(article(trip.format("24 to 25"), number=1, published="2025-06-10T08:00+00:00")),
        analyse(article(trip.format("14 to 16"), number=2, published="2025-06-11T08:00+00:00")),
    ]
    brief = brief_of(reports, datetime(2025, 6, 12, tzinfo=UTC))
    items = [item for section in brief.sections for item in section.items]
    assert [item.change for item in items] == [Change.MOVED]
    assert items[0].before == "confirmed, 24–25 September 2025"
    assert [cited.n for cited in (*items[0].citations, *items[0].was)] == [1, 2]


def test_a_section_is_capped_and_says_how_much_it_left_out() -> None:
    analyses = [
        analyse(
            article(
                f"{country} put an import tariff of {n} per cent on {country} steel.",
                number=n,
                published=f"2025-03-03T{n:02}:00+00:00",
            )
        )
        for n, country in enumerate(
            ("Japan", "Brazil", "Kenya", "Norway", "Chile", "Egypt", "Peru", "Ghana"), 1
        )
    ]
    brief = brief_of(analyses, datetime(2025, 3, 4, tzinfo=UTC))
    trade = next(section for section in brief.sections if section.tag == "trade")
    assert len(trade.items) == 6
    assert trade.omitted == 2


def test_a_visit_that_moved_says_what_it_was_before() -> None:
    brief = brief_of(SEEDS, datetime(2025, 2, 8, tzinfo=UTC), hours=72)
    visits = next(section for section in brief.sections if section.tag == "visits")
    moved = [item for item in visits.items if item.change is Change.CONFIRMED and item.before]
    assert any("planned" in (item.before or "") for item in moved)


def test_a_quiet_day_is_not_padded() -> None:
    brief = brief_of(SEEDS, datetime(2025, 1, 27, tzinfo=UTC))
    assert brief.is_quiet
    assert brief.trust.articles == 0


def test_failing_feeds_and_quoted_articles_are_told() -> None:
    feed = Feed(
        id=1, workspace="w", url="u", title="Ministry", outlet="", tier=1, state=FeedState.BLOCKED
    )
    whole = brief_of(SEEDS, CALL_DAY, feeds=(feed,))
    assert whole.trust.feeds_failing == ("Ministry",)
    stub = replace(SEEDS[0], article=replace(SEEDS[0].article, is_stub=True))
    assert "only in part" in brief_of([stub], CALL_DAY).note


# ---------------------------------------------------------------- what became of each line


def test_each_line_of_the_period_has_one_fate_and_those_shown_are_the_items() -> None:
    for day in range(0, 20, 3):
        material = material_of(SEEDS, CALL_DAY + timedelta(days=day), hours=24 * 8)
        brief, decisions = decide_brief(material)
        assert brief == write_brief(material)
        lines = [(x.line.article.id, x.line.fact) for x in decisions]
        told = [(known.article.id, x) for known in material.analyses for x in known.analysis.facts]
        assert sorted(map(repr, lines)) == sorted(map(repr, told))
        shown = {x.line.fact.text for x in decisions if x.fate is Fate.SHOWN}
        items = {item.text for section in brief.sections for item in section.items}
        assert shown <= items
        over = sum(x.fate is Fate.OVER_CAP and x.like is x.line for x in decisions)
        assert over <= sum(section.omitted for section in brief.sections)
