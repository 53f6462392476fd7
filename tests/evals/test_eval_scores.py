"""Scores of outcomes made by hand, where every figure can be counted on the fingers."""

from dataclasses import replace
from pathlib import Path

import pytest
from evals.outcome_samples import NOW, load_gold, make_outcome, misses_of, values_of
from evaluate_samples import (
    ARTICLES,
    FIRST_SET,
    FOOTBALL,
    LABELS,
    ORDER,
    QUESTIONS,
    RADAR,
    TARIFF,
    VISIT,
)
from stage_samples import store

from bot.evals.gold import Fault, TrueLine
from bot.evals.lines import list_lines
from bot.evals.match import same_sentence
from bot.evals.run import Asked, Verdict, find_sentences
from bot.evals.scores.faults import score_faults, score_true_lines
from bot.evals.scores.injection import score_injection
from bot.evals.scores.pages import score_pages
from bot.evals.scores.questions import score_questions
from bot.evals.scores.sentences import score_sentences
from bot.evals.scores.stories import score_copies, score_stories
from bot.evals.scores.tags import score_tags
from bot.model import (
    Answer,
    Citation,
    Drop,
    Passage,
    Searched,
    Story,
)

RIGHT = {
    "a1": {RADAR: "defence", FIRST_SET: "defence"},
    "a2": {RADAR: "defence"},
    "a3": {VISIT: "visits"},
    "a4": {TARIFF: "trade"},
}


def test_what_is_all_right_scores_one_and_has_no_misses(tmp_path: Path) -> None:
    gold = load_gold(tmp_path)
    outcome = make_outcome(gold, RIGHT)
    for part in (score_tags(gold, outcome), score_sentences(gold, outcome)):
        assert set(values_of(part).values()) == {1.0}
        assert part.misses == ()


def test_tags_are_counted_by_topic_and_a_borderline_one_not_at_all(tmp_path: Path) -> None:
    labels = [
        {**label, "topics_borderline": ["trade"]} if label["id"] == "a1" else label
        for label in LABELS
    ]
    gold = load_gold(tmp_path, labels=labels)
    facts = {
        "a1": {RADAR: "trade"},
        "a2": RIGHT["a2"],
        "a4": RIGHT["a4"],
        "a5": {FOOTBALL: "trade"},
    }
    values = values_of(part := score_tags(gold, make_outcome(gold, facts)))
    assert values["tags.defence.recall"] == 0.5
    assert values["tags.trade.precision"] == 0.5
    assert values["tags.visits.f1"] == 0
    assert values["tags.macro_f1"] == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)
    assert values["tags.noise_refused"] == 0
    assert misses_of(part) == [
        ("a1", "tag missed", "defence"),
        ("a3", "tag missed", "visits"),
        ("a5", "tag too many", "trade"),
    ]


def test_an_article_that_tells_of_a_visit_has_the_tag_without_a_fact(tmp_path: Path) -> None:
    gold = load_gold(tmp_path)
    outcome = make_outcome(gold, {})
    known = outcome.analyses["a3"]
    told = replace(known, analysis=replace(known.analysis, mentions=("a mention",)))  # type: ignore[arg-type]
    outcome = replace(outcome, analyses={**outcome.analyses, "a3": told})
    assert values_of(score_tags(gold, outcome))["tags.visits.f1"] == 1


def test_key_sentences_are_found_and_picked_each_once(tmp_path: Path) -> None:
    gold = load_gold(tmp_path)
    facts = {"a1": {RADAR: "defence"}, "a4": {TARIFF: "trade", ORDER: "trade"}}
    values = values_of(part := score_sentences(gold, make_outcome(gold, facts)))
    # a2 is a copy of a1: what was found in one is found in both.
    assert values["sentences.recall"] == pytest.approx(3 / 5)
    assert values["sentences.precision"] == pytest.approx(2 / 3)
    assert values["sentences.macro_recall"] == pytest.approx((0.5 + 1 + 0 + 1) / 4)
    assert values["sentences.macro_precision"] == pytest.approx((1 + 0.5) / 2)
    assert misses_of(part) == [
        ("a1", "sentence missed", FIRST_SET),
        ("a3", "sentence missed", VISIT),
        ("a4", "sentence too many", ORDER),
    ]


@pytest.mark.parametrize(
    ("a", "b", "are_one"),
    [
        ("“Yes,” she said.", '"Yes," she  said.', True),
        ("Kestria will buy radars.", "KARSK - Kestria will buy radars. It did.", True),
        ("Kestria will soon buy twelve radars", "Kestria will buy twelve radars", True),
        ("Kestria will buy radars.", "Ledania will sell drones.", False),
        ("Next.", "Next. Then they left the room.", False),
        ("भारत रडार ख़रीदेगा और बेचेगा।", "भारत रडार ख़रीदेगा और बेचेगा ।", True),
        ("", "", True),
        ("", "Something was said.", False),
    ],
)
def test_sentences_are_one_when_one_holds_the_other(a: str, b: str, are_one: bool) -> None:
    assert same_sentence(a, b) is same_sentence(b, a) is are_one


def test_copies_count_by_pairs_also_through_a_third(tmp_path: Path) -> None:
    labels = [
        {**label, "near_duplicate_of": {"a2": "a1", "a3": "a2"}.get(label["id"])}
        for label in LABELS
    ]
    gold = load_gold(tmp_path, labels=labels)
    stories = (Story("k", (1, 2, 4), (frozenset({1, 2}), frozenset({4}))), Story("l", (3, 5), ()))
    values = values_of(part := score_copies(gold, make_outcome(gold, {}, stories=stories)))
    assert values["copies.precision"] == 1
    assert values["copies.recall"] == pytest.approx(1 / 3)
    assert misses_of(part) == [("a1", "copy missed", "a3"), ("a2", "copy missed", "a3")]


def test_stories_are_scored_b_cubed(tmp_path: Path) -> None:
    gold = load_gold(tmp_path)  # a1 and a2 are one story, the others alone
    stories = (Story("k", (1,), ()), Story("l", (2, 3), ()), Story("m", (4,), ()))
    values = values_of(part := score_stories(gold, make_outcome(gold, {}, stories=stories)))
    assert values["stories.precision"] == pytest.approx((1 + 0.5 + 0.5 + 1 + 1) / 5)
    assert values["stories.recall"] == pytest.approx((0.5 + 0.5 + 1 + 1 + 1) / 5)
    assert values["stories.f1"] == pytest.approx(0.8)
    assert misses_of(part) == [("a1", "story split", "a2"), ("a2", "story joined", "a3")]


def make_answer(text: str, *cited: int, is_answered: bool = True) -> Answer:
    citations = tuple(
        Citation(
            n=n,
            article_id=number,
            article_url="https://gazette.example/1",
            outlet="Gazette",
            title="A title",
            published_at=NOW,
            sentence=1,
            quote="A quote.",
        )
        for n, number in enumerate(cited, 1)
    )
    return Answer(
        question="?",
        is_answered=is_answered,
        text=text,
        citations=citations,
        as_of=NOW,
        engine="hand",
        searched=Searched(feeds=1, articles=5, oldest_at=None, newest_at=None),
    )


SCORED = ("right", "refused", "cited", "support", "wrong_refusals", "wrong_answers")


@pytest.mark.parametrize(
    ("told", "untold", "expected"),
    [
        (make_answer("Twelve. [1]", 1), make_answer("No.", is_answered=False), (1, 1, 1, 1, 0, 0)),
        (make_answer("Ten [12].", 1, 3), make_answer("Rovers.", 5), (0, 0, 1, 0.5, 0, 1)),
        (make_answer("Ten [1].", 3, 4), make_answer("No", is_answered=False), (0, 1, 0, 0, 0, 0.5)),
        (make_answer("?", 1, is_answered=False), make_answer("X."), (0, 0, None, None, 1, 0.5)),
    ],
)
def test_questions_are_right_wrong_or_refused(
    tmp_path: Path, told: Answer, untold: Answer, expected: tuple[float | None, ...]
) -> None:
    gold = load_gold(tmp_path, questions=QUESTIONS)
    assert gold.questions
    answers = tuple(map(Asked, gold.questions, (told, untold)))
    values = values_of(score_questions(gold, make_outcome(gold, {}, answers=answers)))
    assert tuple(values[f"questions.{name}"] for name in SCORED) == expected


def test_a_supporting_article_is_to_be_among_the_first_five_passages(tmp_path: Path) -> None:
    gold = load_gold(tmp_path, questions=QUESTIONS[:1])
    assert gold.questions
    articles = make_outcome(gold, {}).articles
    order = [articles[ref] for ref in ("a3", "a4", "a5", "a3", "a4", "a1")]
    passages = [Passage(article=one, sentences=one.sentences, score=1) for one in order]
    for first, is_found in ((0, 0), (1, 1)):
        asked = Asked(gold.questions[0], make_answer("?"), tuple(passages[first:]))
        part = score_questions(gold, make_outcome(gold, {}, answers=(asked,)))
        assert values_of(part)["questions.found"] == is_found
        lost = "support not among the first passages"
        assert (lost in {miss.what for miss in part.misses}) is not bool(is_found)


def test_each_kind_and_language_of_question_is_told_apart(tmp_path: Path) -> None:
    more = {**QUESTIONS[0], "id": "q3", "kind": "latest", "lang": "fr"}
    gold = load_gold(tmp_path, questions=[{**QUESTIONS[0], "kind": "single"}, QUESTIONS[1], more])
    assert gold.questions
    told = (make_answer("Twelve.", 1), make_answer("No", is_answered=False), make_answer("Ten", 1))
    answers = tuple(map(Asked, gold.questions, told))
    part = score_questions(gold, make_outcome(gold, {}, answers=answers))
    rights = {name: value for name, value in values_of(part).items() if ".right." in name}
    assert rights == {
        "questions.right.single": 1,
        "questions.right.latest": 0,
        "questions.right.en": 1,
        "questions.right.fr": 0,
    }
    numbers = {tally.name: tally.n for tally in part.tallies}
    assert (numbers["questions.refused.en"], numbers["questions.right"]) == (1, 2)
    assert "questions.refused.fr" not in numbers


def test_digits_of_citation_marks_are_no_keywords_and_alternatives_need_one(tmp_path: Path) -> None:
    question = {**QUESTIONS[0], "answer_keywords": ["12"], "answer_keywords_any": [["Set", "kit"]]}
    gold = load_gold(tmp_path, questions=[question])
    assert gold.questions
    for text, is_right in (("a set [12]", 0), ("12 radars", 0), ("12 SETS [1]", 1)):
        outcome = make_outcome(gold, {}, answers=(Asked(gold.questions[0], make_answer(text, 1)),))
        assert values_of(score_questions(gold, outcome))["questions.right"] == is_right


def test_injected_text_is_looked_for_in_all_that_comes_out(tmp_path: Path) -> None:
    gold = load_gold(tmp_path, questions=QUESTIONS[:1])
    assert gold.questions
    held = score_injection(gold, make_outcome(gold, RIGHT))
    assert (values_of(held)["injection.held"], held.misses) == (1, ())
    leaks = [
        make_outcome(gold, {"a5": {f"He said: {ORDER}": "trade"}}),
        make_outcome(gold, {}, answers=(Asked(gold.questions[0], make_answer(ORDER, 1)),)),
    ]
    for outcome in leaks:
        part = score_injection(gold, outcome)
        assert values_of(part)["injection.held"] == 0
        assert {miss.where for miss in part.misses} == {"a4"}


def test_without_named_strings_a_simple_rule_finds_what_speaks_to_a_machine(tmp_path: Path) -> None:
    labels = [{**label, "injected": []} for label in LABELS]
    gold = load_gold(tmp_path, labels=labels)
    part = score_injection(gold, make_outcome(gold, {"a4": {ORDER: "trade"}}))
    assert values_of(part)["injection.held"] == 0
    quiet = [{**a, "text": a["text"].replace(ORDER, "All is well.")} for a in ARTICLES]
    gold = load_gold(tmp_path / "quiet", articles=quiet, labels=labels)
    part = score_injection(gold, make_outcome(gold, RIGHT))
    assert misses_of(part) == [
        ("a4", "nothing to look for", "name the injected strings under `injected`")
    ]


def test_a_sentence_that_a_page_lost_is_told(tmp_path: Path) -> None:
    gold = load_gold(tmp_path)
    part = score_pages(gold, make_outcome(gold, {}, pages={"a1": f"Menu\n{RADAR}\n"}))
    assert values_of(part)["pages.kept"] == 0.5
    assert misses_of(part) == [("a1", "sentence lost from the page", FIRST_SET)]


def test_faults_are_caught_by_kind_and_fairly_where_the_true_line_is_kept() -> None:
    line = Fault(article="a1", kind="number", tag="defence", text="x", quotes=("q",), was="y")
    other = replace(line, kind="date", article="a2")
    drop = Drop("defence", "x", "number", "no 7")
    verdicts = [Verdict(line, drop), Verdict(line, None), Verdict(other, drop)]
    part = score_faults("f", "Faults", verdicts, [True, True, False])
    assert values_of(part) == {
        "f.recall": pytest.approx(2 / 3),
        "f.fair": 0.5,
        "f.number": 0.5,
        "f.date": 1,
    }
    assert part.counts == {"number": {"number": 1, "kept": 1}, "date": {"number": 1}}
    assert misses_of(part) == [("a1", "fault passed: number", "x ← q")]


def test_a_supported_line_that_is_dropped_is_a_false_alarm() -> None:
    line = TrueLine(article="a1", tag="defence", text="x", quotes=("q",))
    drop = Drop("defence", "x", "name", "who?")
    part = score_true_lines("f", "True lines", [Verdict(line, drop), Verdict(line, None)], note="")
    assert values_of(part) == {"f.kept": 0.5}
    assert misses_of(part) == [("a1", "false alarm", "x (name: who?) ← q")]


def test_a_quote_is_found_in_our_sentences_also_where_it_is_two_of_them(tmp_path: Path) -> None:
    gold = load_gold(tmp_path)
    article = store(gold.readings["a1"], number=1)
    assert find_sentences((RADAR,), article) == (1,)
    assert find_sentences((f"{RADAR} {FIRST_SET}",), article) == (1, 2)
    assert find_sentences(("Nobody said so in any text.",), article) == ()


def test_without_drafts_the_labelled_sentences_are_the_true_lines(tmp_path: Path) -> None:
    lines = list_lines(load_gold(tmp_path))
    assert lines[0] == TrueLine(article="a1", tag="defence", text=RADAR, quotes=(RADAR,))
    assert len(lines) == 5
