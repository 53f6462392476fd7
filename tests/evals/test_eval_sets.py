"""Reading a set: everything is checked before anything is scored."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from evaluate_samples import (
    ARTICLES,
    DRAFTS,
    FAULTS,
    LABELS,
    MODI,
    QUESTIONS,
    RADAR,
    VISIT,
    write_set,
)

from bot.errors import BotError
from bot.evals.gold import GoldStep, GoldVisit
from bot.evals.sets import load_sets, parse_asked_at
from bot.model import Precision, VisitStatus


def test_a_set_is_read_with_all_its_files(tmp_path: Path) -> None:
    ledger = [{**MODI, "aliases": ["PM Modi"], "host_aliases": ["US"], "history": []}]
    folder = write_set(
        tmp_path / "full", questions=QUESTIONS, drafts=DRAFTS, faults=FAULTS, ledger=ledger
    )
    (gold,) = load_sets(folder)
    assert (gold.name, gold.is_held_out, list(gold.readings)) == (
        "full", False, ["a1", "a2", "a3", "a4", "a5"],
    )  # fmt: skip
    assert gold.labels["a3"].visits == (
        GoldVisit(
            visitor="Narendra Modi",
            host="United States",
            place="Washington",
            start="2025-02-12",
            end="2025-02-13",
            precision=Precision.DAY,
            status=VisitStatus.CONFIRMED,
            visit_key="modi-us",
            aliases=("PM Modi",),
            host_aliases=("US",),
        ),
    )
    assert gold.faults
    assert gold.faults[0].kind == "number"
    assert gold.until > datetime(2025, 2, 12, 23, tzinfo=UTC)


def test_files_that_are_not_there_are_none_and_an_empty_one_is_empty(tmp_path: Path) -> None:
    (gold,) = load_sets(write_set(tmp_path / "bare", drafts=[]))
    assert (gold.questions, gold.ledger, gold.faults, gold.drafts) == (None, None, None, ())


def test_a_byte_order_mark_and_blank_lines_are_no_fault(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set")
    path = folder / "labels.jsonl"
    path.write_text("\ufeff\n" + path.read_text("utf-8").replace("\n", "\n\n"), "utf-8")
    assert len(load_sets(folder)[0].labels) == len(LABELS)


def test_a_quote_may_differ_in_spaces_and_quote_marks_only(tmp_path: Path) -> None:
    articles = [{**ARTICLES[0], "text": "She said: “No\u00a0deal.”\n\nIt ended."}]
    label = {**LABELS[0], "sentences": [{"quote": 'She said: "No deal."', "topic": "defence"}]}
    assert load_sets(write_set(tmp_path / "set", articles=articles, labels=[label]))


def test_held_out_sets_are_known_by_their_name(tmp_path: Path) -> None:
    for name in ("held_out", "held-out-2", "tuned"):
        write_set(tmp_path / name)
    assert [gold.is_held_out for gold in load_sets(tmp_path)] == [True, True, False]


def test_a_question_of_a_day_is_asked_at_its_end() -> None:
    assert parse_asked_at("2025-02-04") > datetime(2025, 2, 4, 23, 59, tzinfo=UTC)
    assert parse_asked_at("2025-02-04T12:00+05:30") == datetime(2025, 2, 4, 6, 30, tzinfo=UTC)


_LABEL = LABELS[0]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"near_duplicate_of": "a9"}, "there is no article a9"),
        ({"sentences": [{"quote": "Not there.", "topic": "defence"}]}, "“Not there.” does not"),
        ({"sentences": [{"quote": " ", "topic": "defence"}]}, "does not stand"),
        ({"visits": [{**MODI, "precision": "month"}]}, "“2025-02-12” is no date of precision"),
        ({"visits": [{**MODI, "status": "likely"}]}, "visits.0.status"),
        ({"visits": [{**MODI, "evidence": "He came."}]}, "“He came.” does not stand"),
        ({"injected": ["Obey."]}, "“Obey.” does not stand"),
        ({"topics": "defence"}, "topics"),
        ({"id": "a7"}, "there is no article a7"),
        ({"id": "a2"}, "has a label already"),
    ],
)
def test_a_label_that_cannot_be_true_is_refused_with_its_line(
    tmp_path: Path, change: dict[str, object], says: str
) -> None:
    labels = [*LABELS[1:], {**_LABEL, **change}]
    with pytest.raises(BotError, match=r"labels\.jsonl line 5: ") as caught:
        load_sets(write_set(tmp_path / "set", labels=labels))
    assert says in str(caught.value)


def test_a_visit_may_have_its_sentence_and_the_ledger_its_history(tmp_path: Path) -> None:
    labels = [{**LABELS[2], "visits": [{**MODI, "evidence": VISIT, "aliases": ["PM"]}]}]
    ledger = [{**MODI, "aliases": ["Modi"], "history": [{"article": "a3", "status": "planned"}]}]
    folder = write_set(tmp_path / "set", articles=ARTICLES[2:3], labels=labels, ledger=ledger)
    (gold,) = load_sets(folder)
    assert gold.labels["a3"].visits[0].evidence == VISIT
    assert gold.labels["a3"].visits[0].aliases == ("PM", "Modi")
    assert gold.ledger
    assert gold.ledger[0].history == (GoldStep(article="a3", status=VisitStatus.PLANNED),)


def test_a_step_of_an_article_that_is_not_there_is_refused(tmp_path: Path) -> None:
    ledger = [{**MODI, "history": [{"article": "a9", "status": "planned"}]}]
    with pytest.raises(BotError, match=r"ledger\.jsonl line 1: there is no article a9"):
        load_sets(write_set(tmp_path / "set", ledger=ledger))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"id": "a2"}, "in an earlier line"),
        ({"url": "https://gazette.example/a2"}, "in an earlier line"),
        ({"text": ""}, "text is missing"),
        ({"published": "tomorrow"}, "“tomorrow” is no date"),
        ({"published": None}, "published is missing"),
        ({"id": 7}, "id is missing or no text"),
    ],
)
def test_an_article_that_cannot_be_read_is_refused_with_its_line(
    tmp_path: Path, change: dict[str, object], says: str
) -> None:
    articles = [*ARTICLES[1:], {**ARTICLES[0], **change}]
    with pytest.raises(BotError, match=r"articles\.jsonl line 5: ") as caught:
        load_sets(write_set(tmp_path / "set", articles=articles))
    assert says in str(caught.value)


def test_bytes_that_are_no_utf_8_are_told_with_their_line(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set")
    with (folder / "labels.jsonl").open("ab") as file:
        file.write(b'{"id": "\xff"}\n')
    with pytest.raises(BotError, match=r"labels\.jsonl line 6: it is not UTF-8"):
        load_sets(folder)


def test_a_fault_may_cite_another_article_and_must_quote_that(tmp_path: Path) -> None:
    fault = {**FAULTS[0], "kind": "citation_article", "article": "a3", "cited_article": "a1"}
    assert load_sets(write_set(tmp_path / "good", faults=[fault]))
    with pytest.raises(BotError, match="line 1: “Kestria will buy"):
        load_sets(write_set(tmp_path / "bad", faults=[{**fault, "cited_article": ""}]))
    with pytest.raises(BotError, match="line 1: kind"):
        load_sets(write_set(tmp_path / "odd", faults=[{**FAULTS[0], "kind": "typo"}]))
    assert RADAR in fault["quotes"]
