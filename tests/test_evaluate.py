"""``briefing-bot eval`` as people run it, with nothing of ours around it."""

import json
from pathlib import Path

import pytest
from command_line import Done, run_apart, run_here
from evaluate_samples import DRAFTS, FAULTS, LABELS, ORDER, QUESTIONS, RADAR, VISIT, write_set


def score(folder: Path, *words: str, **env: str) -> Done:
    return run_here(folder, "eval", *words, **env)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small set, its pages and all its files."""
    folder = tmp_path_factory.mktemp("full")
    write_set(folder / "small", questions=QUESTIONS, drafts=DRAFTS, faults=FAULTS)
    page = (
        "<!doctype html><html><head><title>Kestria buys radars</title></head><body>"
        f"<nav>Home | World</nav><article><h1>Kestria buys radars</h1><p>{RADAR}</p>"
        "<p>The contract follows two years of talks and a long dispute over the price.</p>"
        "</article></body></html>"
    )
    (folder / "small" / "pages").mkdir()
    (folder / "small" / "pages" / "a1.html").write_text(page, "utf-8")
    return folder


def test_a_set_is_scored_without_leaving_anything_behind(full: Path) -> None:
    done = score(full, "small")
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "small: 5 articles",
        "macro F1",
        "meets 0.90",
        "Faults made",
        "engine extractive",
    ):
        assert words in done.stdout, done.stdout
    assert sorted(path.name for path in full.iterdir()) == ["small"]
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "\x1b" not in done.stdout
    assert "sentence lost" not in done.stdout


def test_the_figures_are_told_to_programs_with_intervals_and_misses(full: Path) -> None:
    done = score(full, "small", "--json", "--engine", "extractive")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["seed"] == 1
    (only,) = told["sets"]
    assert (only["name"], only["held_out"], only["articles"]) == ("small", False, 5)
    assert (only["engine"], only["fell_back"]) == ("extractive", 0)
    figures = only["figures"]
    macro = figures["tags.macro_f1"]
    assert macro["low"] <= macro["value"] <= macro["high"]
    assert (macro["n"], macro["unit"], macro["goal"]) == (5, "article", 0.9)
    assert macro["met"] is (macro["value"] >= 0.9)
    assert figures["copies.f1"]["value"] == 1.0
    assert figures["visits.f1"]["value"] == 1.0
    assert figures["questions.right"]["n"] == figures["questions.refused"]["n"] == 1
    assert figures["injection.held"]["value"] == 1.0
    assert figures["faults.written.number"]["n"] == 1
    assert figures["pages.kept"] | {"low": 0, "high": 0} == {
        "value": 0.5, "low": 0, "high": 0, "n": 2, "unit": "label", "goal": None, "met": None
    }  # fmt: skip
    assert only["skipped"] == {"ledger": "no ledger.jsonl"}
    assert {"part": "pages", "where": "a1", "what": "sentence lost from the page"}.items() <= {
        key: value
        for miss in only["misses"]
        if miss["part"] == "pages"
        for key, value in miss.items()
    }.items()
    assert set(only["reasons"]["faults.written"]) == {"number"}


def test_the_same_seed_gives_the_same_report_and_the_same_faults(
    full: Path, tmp_path: Path
) -> None:
    paths = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    words = "small", "--json", "--write-faults"
    first = score(full, *words, str(paths[0]))
    second = run_apart(full, "eval", *words, str(paths[1]))
    assert first.stdout == second.stdout
    assert paths[0].read_bytes() == paths[1].read_bytes()
    kinds = {json.loads(line)["kind"] for line in paths[0].read_bytes().splitlines()}
    assert {"number", "name_swap", "modality", "citation_article"} <= kinds


def test_what_is_not_as_labelled_is_listed_when_asked_for(tmp_path: Path) -> None:
    wrong = [{**label, "topics": ["trade"]} if label["id"] == "a1" else label for label in LABELS]
    write_set(tmp_path / "wrong", labels=wrong)
    told = score(tmp_path, "wrong", "--misses").stdout
    assert "a1 tag missed: trade" in told
    assert "a1 tag too many: defence" in told


def test_a_possible_visit_that_is_shown_as_settled_is_above_the_goal_of_none(
    tmp_path: Path,
) -> None:
    """A visit that the engine rightly reads as confirmed is declared possible."""
    unsure = [
        {**label, "visits": [{**visit, "status": "possible"} for visit in label["visits"]]}
        for label in LABELS
    ]
    write_set(tmp_path / "unsure", labels=unsure)
    told = score(tmp_path, "unsure").stdout
    (row,) = (line for line in told.splitlines() if "possible shown as settled" in line)
    assert row.split()[-6:] == ["1", "1", "possible", "visit", "above", "0"]


def test_two_files_are_enough_and_what_is_absent_is_said(tmp_path: Path) -> None:
    write_set(tmp_path / "bare")
    done = score(tmp_path, "bare")
    assert (done.returncode, done.stderr) == (0, "")
    for name in ("questions.jsonl", "ledger.jsonl", "faults.jsonl", "pages/ID.html"):
        assert f"no {name}" in done.stdout
    assert "labelled sentences" in done.stdout


def test_sets_in_folders_are_scored_apart_and_the_held_out_one_is_named_so(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "tuned")
    write_set(tmp_path / "sets" / "held_out")
    (tmp_path / "sets" / "faults").mkdir()
    done = score(tmp_path, "sets")
    assert done.stdout.count("macro F1") == 2
    assert done.stdout.count("held out: nothing was tuned to it") == 1
    assert done.stdout.index("held_out: 5 articles, held out") < done.stdout.index("tuned: 5")


def test_what_was_missed_of_a_held_out_set_is_told_only_when_asked_for(tmp_path: Path) -> None:
    wrong = [{**QUESTIONS[0], "answer_keywords": ["nothing has this"]}]
    write_set(tmp_path / "held_out", questions=wrong)

    def list_missed(*words: str) -> list[object]:
        (only,) = json.loads(score(tmp_path, "held_out", "--json", *words).stdout)["sets"]
        return [miss["where"] for miss in only["misses"] if miss["part"] == "questions"]

    assert list_missed() == []
    assert list_missed("--misses") == ["q1"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("articles.jsonl", None, "articles.jsonl is missing"),
        ("labels.jsonl", None, "labels.jsonl is missing"),
        ("labels.jsonl", '{"id": "a1"}\n', "labels.jsonl line 1: topics"),
        ("labels.jsonl", "\n\n[1]\n", "labels.jsonl line 3: it is not a JSON object"),
        ("labels.jsonl", "", "has no label for a1, a2, a3"),
        ("articles.jsonl", "{nonsense\n", "articles.jsonl line 1: it is not JSON"),
        ("articles.jsonl", "", "holds no article"),
        ("drafts.jsonl", '{"article":"a9","tag":"x","text":"y","quotes":["z"]}', "no article a9"),
        (
            "drafts.jsonl",
            '{"article":"a1","tag":"x","text":" ","quotes":[]}',
            "line 1: it has no text",
        ),
        ("questions.jsonl", '{"question":"who?","asked_at":"soon"}', "questions.jsonl line 1"),
        ("questions.jsonl", '{"question":"?","asked_at":"2025-01-01"}', "Ask with a few words"),
    ],
)
def test_a_missing_or_broken_file_is_one_line_with_its_place(
    tmp_path: Path, name: str, content: str | None, says: str
) -> None:
    path = write_set(tmp_path / "broken") / name
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_text(content, "utf-8")
    done = score(tmp_path, "broken")
    assert done.returncode == 1, done.stdout
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("words", "says", "code"),
    [
        (("nowhere",), "is no folder", 1),
        ((".",), "holds no articles.jsonl", 1),
        (("--engine", "model", "."), "OPENAI_API_KEY", 1),
        (("--engine", "magic", "."), "magic", 2),
        ((), "DIR", 2),
    ],
)
def test_a_wrong_call_is_told_in_words(
    tmp_path: Path, words: tuple[str, ...], says: str, code: int
) -> None:
    done = score(tmp_path, *words)
    assert done.returncode == code
    assert says in done.stderr


def test_a_model_that_cannot_be_reached_is_not_taken_for_the_engine_that_stood_in(
    tmp_path: Path,
) -> None:
    write_set(tmp_path / "small")
    env = {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "OPENAI_MODEL": "none"}
    done = score(tmp_path, "small", "--engine", "model", **env)
    assert done.returncode == 0, done.stderr
    assert "gave nothing usable on 5 articles" in " ".join(done.stdout.split())


def test_injected_text_that_comes_out_is_counted(tmp_path: Path) -> None:
    """A sentence that the engine quotes is declared injected: the scorer must see it."""
    labels = [
        {**label, "injection": True, "injected": [VISIT]} if label["id"] == "a3" else label
        for label in LABELS
    ]
    write_set(tmp_path / "leak", labels=labels)
    (only,) = json.loads(score(tmp_path, "leak", "--json").stdout)["sets"]
    assert only["figures"]["injection.held"]["value"] == 0.5
    leaks = [miss for miss in only["misses"] if miss["part"] == "injection"]
    assert {miss["where"] for miss in leaks} == {"a3"}
    assert {miss["detail"].partition(":")[0] for miss in leaks} >= {"evidence", "visit", "brief"}
    assert ORDER not in json.dumps(leaks)
