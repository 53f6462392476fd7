"""The JSON of ``--json`` keeps its shapes: the contract is stated here and in docs/schemas."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from console_shapes import SHAPES

from bot.channels.console.shapes import (
    answer_json,
    brief_json,
    changes_json,
    facts_json,
    feeds_json,
    preview_json,
    reviews_json,
    trace_json,
    visits_json,
)
from bot.model import (
    Analysis,
    Answer,
    Article,
    ArticleAnalysis,
    Brief,
    Change,
    ChangeReport,
    Entry,
    Evidence,
    Fact,
    Feed,
    FeedPreview,
    Review,
    Sentence,
    Trace,
    Visit,
)

SCHEMAS = Path(__file__).parents[3] / "docs" / "schemas"


def as_printed(name: str, value: object) -> Any:
    """What a reader of ``--json`` gets back, held against its shape."""
    printed = json.dumps(value, ensure_ascii=False)
    SHAPES[name].validate_json(printed, strict=True)
    return json.loads(printed)


@pytest.fixture
def analysis() -> ArticleAnalysis:
    article = Article(
        id=1,
        feed_id=1,
        tier=2,
        url="https://x.example/a",
        guid="g",
        outlet="X",
        title="T",
        text="One. Two.",
        text_hash="h",
        sentences=(Sentence(1, 0, 4, "One."), Sentence(2, 5, 9, "Two.")),
        language="en",
        published_at=datetime(2025, 1, 28, tzinfo=UTC),
        published_on=date(2025, 1, 28),
        seen_at=datetime(2025, 1, 28, tzinfo=UTC),
    )
    evidence = (Evidence(1, "One."), Evidence(2, "Two."))
    facts = (
        Fact(tag="trade", text="One and two.", evidence=evidence, engine="extractive"),
        Fact(tag="defence", text="Two.", evidence=evidence[1:], engine="extractive"),
    )
    made = Analysis(
        text_hash="h",
        engine="extractive",
        prompt_version="1",
        facts=facts,
        mentions=(),
        drops=(),
    )
    return ArticleAnalysis(article, made)


def test_facts_carry_their_article_and_every_sentence(analysis: ArticleAnalysis) -> None:
    facts = as_printed("facts", facts_json([analysis, analysis]))
    assert len(facts) == 4
    assert facts[0] == {
        "article_url": "https://x.example/a",
        "tag": "trade",
        "text": "One and two.",
        "evidence": [{"sentence": 1, "quote": "One."}, {"sentence": 2, "quote": "Two."}],
        "engine": "extractive",
    }


def test_visits_carry_their_dates_and_history(visits: tuple[Visit, ...]) -> None:
    modi, quad = as_printed("visits", visits_json(visits))
    assert (modi["start"], modi["end"], modi["precision"]) == ("2025-02-12", "2025-02-13", "day")
    assert [step["status"] for step in modi["history"]] == ["planned", "possible", "confirmed"]
    assert modi["history"][0]["quote"].startswith("Speaking to reporters")
    assert modi["history"][0]["at"] == "2025-01-28T00:40:00+00:00"
    assert (quad["place"], quad["start"], quad["end"]) == (None, "2025", None)


def test_an_answer_and_a_refusal_have_one_shape(answer: Answer, refusal: Answer) -> None:
    told, refused = as_printed("ask", answer_json(answer)), as_printed("ask", answer_json(refusal))
    assert (told["answered"], refused["answered"]) == (True, False)
    assert told["citations"][0]["quote"] == answer.citations[0].quote
    assert told["as_of"] == "2025-01-29T00:00:00+00:00"
    assert refused["searched"]["articles"] == 27
    empty = replace(refusal.searched, feeds=0, articles=0, oldest_at=None, newest_at=None)
    as_printed("ask", answer_json(replace(refusal, searched=empty, citations=())))


def test_every_item_of_a_brief_carries_its_citations_with_the_verbatim_sentence(
    brief: Brief,
) -> None:
    printed = as_printed("brief", brief_json(brief))
    for section, shown in zip(brief.sections, printed["sections"], strict=True):
        for item, shape in zip(section.items, shown["items"], strict=True):
            assert [c["quote"] for c in shape["citations"]] == [c.quote for c in item.citations]
            assert [c["n"] for c in shape["citations"]] == [c.n for c in item.citations]
    assert printed["period"]["start"] == "2025-01-27T18:00:00+00:00"
    assert printed["sections"][0]["omitted"] == 2
    assert printed["sections"][0]["items"][1]["before"] == "$3 billion"
    assert printed["sections"][0]["items"][2]["change"] is None
    assert printed["contradictions"][0]["first"]["citations"][0]["n"] == 6
    assert printed["trust"] == {
        "articles": 3,
        "sources": 2,
        "kept": 9,
        "dropped": 1,
        "feeds_failing": [],
    }
    assert printed["visits"] == json.loads(json.dumps(visits_json(brief.visits)))


def test_every_change_has_its_word_and_the_sentence_that_it_replaces(
    report: ChangeReport,
) -> None:
    moved = report.visits[0]
    every = tuple(replace(moved, change=change) for change in Change)
    printed = as_printed("changes", changes_json(replace(report, visits=every)))
    assert [item["change"] for item in printed["visits"]] == [change.value for change in Change]
    assert printed["visits"][0]["before"] == "planned, January 2025"
    assert [c["n"] for c in printed["visits"][0]["was"]] == [2]
    assert printed["facts"][0]["was"][0]["quote"].endswith("$3 billion.")
    assert printed["contradictions"][0]["second"]["citations"][0]["tier"] == 1
    assert printed["period"]["timezone"] == "UTC"


def test_a_quiet_brief_has_the_same_shape(quiet: Brief) -> None:
    printed = as_printed("brief", brief_json(quiet))
    assert [section["items"] for section in printed["sections"]] == [[], [], []]
    assert printed["trust"]["feeds_failing"] == ["TASS"]


def test_feeds_previews_and_traces_have_their_shapes(feed: Feed) -> None:
    never = replace(feed, succeeded_at=None, next_poll_at=None, is_paused=True)
    polled, new = as_printed("feeds", feeds_json([feed, never]))
    assert polled["last_success"] == "2025-01-28T06:10:00+00:00"
    assert (new["last_success"], new["next_poll"], new["paused"]) == (None, None, True)
    entry = Entry(url="https://x.example/a", guid="g", title="A", text="", published_at=None)
    preview = FeedPreview(
        feed=feed, entries=(entry,), hours_between=2.5, has_full_text=True, language="en"
    )
    assert as_printed("preview", preview_json(preview))["entries"][0]["title"] == "A"
    trace = Trace(url="https://x.example/a", steps=("Read.", "Kept."))
    assert as_printed("why", trace_json(trace))["steps"] == ["Read.", "Kept."]


def test_voted_answers_have_their_shape(review: Review) -> None:
    (printed,) = as_printed("answers", reviews_json([review]))
    assert [vote["good"] for vote in printed["votes"]] == [False, True]
    assert printed["question"] == review.turn.question


def test_what_a_source_wrote_survives_json_unchanged(answer: Answer) -> None:
    text = 'He said "no"\n<b>\u2028 – नरेंद्र मोदी \\ \x1b[2J'
    assert as_printed("ask", answer_json(replace(answer, text=text)))["answer"] == text


@pytest.mark.parametrize("name", list(SHAPES))
def test_the_documented_schema_is_the_shape(name: str, golden: Callable[[str, str], None]) -> None:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema |= SHAPES[name].json_schema()
    golden(str(SCHEMAS / f"{name}.json"), json.dumps(schema, indent=2) + "\n")


@pytest.mark.parametrize("name", list(SHAPES))
def test_the_commands_page_names_every_schema(name: str) -> None:
    page = (SCHEMAS.parent / "commands.md").read_text(encoding="utf-8")
    assert f"schemas/{name}.json" in page
