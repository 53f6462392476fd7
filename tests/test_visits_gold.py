"""The ledger of labelled articles: with perfect mentions, and the first story's with our own."""

from datetime import UTC
from pathlib import Path

import pytest
from stage_samples import analyse, store
from visit_samples import LATER, only

from bot.evals.gold import EvalSet
from bot.evals.match import judge_fields, pair_visits
from bot.evals.sets import load_sets
from bot.model import Analysis, Article, ArticleAnalysis, Evidence, Mention, VisitDates
from bot.stories import forget_retold, group_stories
from bot.visits import build_ledger

TUNED = Path(__file__).parent / "evals" / "tuned"
JUDGED = ("start", "end", "status")


@pytest.fixture(scope="module")
def gold() -> EvalSet:
    (found,) = load_sets(TUNED)
    return found


def tell(ref: str, number: int, gold: EvalSet) -> ArticleAnalysis:
    """The article with the visits that its label names."""
    found = store(gold.readings[ref], number=number)
    mentions = tuple(
        Mention(
            visitor=visit.visitor,
            host=visit.host,
            place=visit.place,
            dates=VisitDates(visit.start, visit.end, visit.precision),
            status=visit.status,
            evidence=Evidence(1, found.sentences[0].text),
            engine="gold",
        )
        for visit in gold.labels[ref].visits
    )
    return ArticleAnalysis(
        found,
        Analysis(
            text_hash=found.text_hash,
            engine="gold",
            prompt_version="1",
            facts=(),
            mentions=mentions,
            drops=(),
        ),
    )


def test_with_perfect_mentions_the_ledger_is_right(gold: EvalSet) -> None:
    analyses = [tell(ref, number, gold) for number, ref in enumerate(gold.labels, 1)]
    kept = forget_retold(analyses, group_stories([known.article for known in analyses]))
    assert gold.ledger
    pairs, _, missed = pair_visits(build_ledger(kept, LATER), gold.ledger)
    verdicts = [judge_fields(visit, label) for visit, label in pairs]
    right = sum(all(verdict[field] for field in JUDGED) for verdict in verdicts)
    assert not missed
    assert right >= 0.97 * len(gold.ledger)


def test_the_first_story_ends_completed_with_every_step_cited(gold: EvalSet) -> None:
    articles: dict[str, Article] = {}
    analyses = []
    for number, reading in enumerate(gold.readings.values(), 1):
        if "Modi" in reading.text or "मोदी" in reading.text:
            found = store(reading, number=number)
            articles[found.url] = found
            analyses.append(analyse(found))
    visits = build_ledger(analyses, LATER.astimezone(UTC))
    visit = only([v for v in visits if (v.visitor, v.host) == ("Narendra Modi", "United States")])
    assert visit.status == "completed"
    assert (visit.dates.start, visit.dates.end) == ("2025-02-12", "2025-02-13")
    steps = [move.status.value for move in visit.history]
    assert [step for n, step in enumerate(steps) if step not in steps[:n]] == [
        "planned",
        "confirmed",
        "underway",
        "completed",
    ]
    for move in visit.history:
        sentence = articles[move.article_url].sentence(move.sentence)
        assert sentence
        assert sentence.text == move.quote
