"""The command line as a new user meets it: an empty folder, no key."""

import json
from pathlib import Path

import pytest
from command_line import run_apart, run_here

SEED = """\
date 2025-01-28

In a recent phone call between U.S. President Donald Trump and Indian Prime Minister Narendra
Modi, the leaders discussed stronger ties.

Trump said that India should purchase more American-made security equipment. A recent deal for
Predator drones is valued at approximately $4 billion.

The leaders also spoke of a "fair" bilateral trading relationship and of India's high tariffs.

The call also included plans for Modi's potential visit to Washington in February. This visit is
particularly significant as India prepares to host the Quad Leaders' Summit later this year.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "seed.txt").write_text(SEED, "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose text was read, by a process as a user starts it."""
    folder = tmp_path_factory.mktemp("known")
    (folder / "seed.txt").write_text(SEED, "utf-8")
    done = run_apart(folder, "read", "seed.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 article" in done.stdout
    return folder


def shape(folder: Path, *words: str) -> object:
    done = run_here(folder, *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_text_becomes_a_brief_whose_evidence_stands_in_the_file(known: Path) -> None:
    brief = shape(known, "brief", "--as-of", "2025-01-29")
    flat = " ".join(SEED.split())
    sections = {section["tag"]: section["items"] for section in brief["sections"]}  # type: ignore[index]
    assert set(sections) == {"defence", "trade", "visits"}
    for items in sections.values():
        assert items
        for item in items:
            assert item["citations"]
            for citation in item["citations"]:
                assert " ".join(citation["quote"].split()) in flat
    visits = {(visit["visitor"], visit["host"]): visit for visit in brief["visits"]}  # type: ignore[index]
    modi = visits["Narendra Modi", "United States"]
    assert modi["start"] == "2025-02"
    assert modi["precision"] == "month"
    assert modi["status"] in ("possible", "planned")
    quad = visits["Quad leaders", "India"]
    assert quad["start"] == "2025"


def test_reading_twice_changes_nothing(folder: Path) -> None:
    assert shape(folder, "read", "seed.txt") == {"given": 1, "new": 1}
    assert shape(folder, "read", "seed.txt") == {"given": 1, "new": 0}


def test_a_question_is_answered_or_refused_with_exit_code_0(known: Path) -> None:
    told = shape(known, "ask", "How much is the Predator drones deal worth?")
    assert told["answered"] is True  # type: ignore[index]
    assert "$4 billion" in told["answer"]  # type: ignore[index]
    untold = shape(known, "ask", "Who won the cricket match in Melbourne?")
    assert untold["answered"] is False  # type: ignore[index]


def test_what_was_kept_and_why_can_be_looked_up(known: Path) -> None:
    facts = shape(known, "facts")
    assert {fact["tag"] for fact in facts} == {"defence", "trade", "visits"}  # type: ignore[attr-defined]
    trace = run_here(known, "why", "file:seed.txt")
    assert "kept under defence" in trace.stdout
    unknown = run_here(known, "why", "https://unknown.example/1")
    assert unknown.returncode == 0
    assert "not fetched" in unknown.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run",), "DISCORD_TOKEN is missing"),
        (("read", "none.txt"), "none.txt can't be read"),
        (("read", "empty.txt"), "empty"),
        (("read", "bad.jsonl"), "line 1"),
        (("read", "."), "folder"),
        (("feeds", "add", "http://127.0.0.1/feed"), "address"),
        (("feeds", "add", "nonsense"), "address"),
        (("feeds", "remove", "7"), "list of feeds"),
        (("feeds", "import", "bad.jsonl"), "OPML"),
        (("brief", "--as-of", "yesterday"), "2025-01-29"),
        (("brief", "--topic", "sport"), "no topic"),
        (("brief", "--hours", "-1"), "hours"),
        (("ask", "  "), "few words"),
    ],
)
def test_bad_input_gets_one_line_and_exit_code_1(
    folder: Path, words: tuple[str, ...], says: str
) -> None:
    (folder / "empty.txt").write_text("")
    (folder / "bad.jsonl").write_text("{}\n")
    done = run_here(folder, *words)
    assert done.returncode == 1, done.stdout + done.stderr
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_bad_input_ends_a_process_with_one_line_and_exit_code_1(folder: Path) -> None:
    done = run_apart(folder, "read", "none.txt")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("briefing-bot: none.txt can't be read")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [("nonsense",), ("read",), ("brief", "--format", "pdf")])
def test_wrong_usage_is_exit_code_2(folder: Path, words: tuple[str, ...]) -> None:
    assert run_here(folder, *words).returncode == 2


def test_wrong_settings_are_told_all_at_once(folder: Path) -> None:
    done = run_here(folder, "brief", POLL_MINUTES="0", OPENAI_BASE_URL="nowhere", LOG_LEVEL="LOUD")
    assert done.returncode == 1
    for name in ("POLL_MINUTES", "OPENAI_BASE_URL", "LOG_LEVEL"):
        assert name in done.stderr


def test_a_period_without_articles_says_when_the_newest_came(known: Path) -> None:
    told = run_here(known, "brief", "--as-of", "2025-06-01").stdout
    assert "the newest before it is of 28 January 2025" in " ".join(told.split())


def test_a_terminal_that_knows_only_ascii_gets_marks_and_no_trace(known: Path) -> None:
    done = run_apart(known, "brief", "--as-of", "2025-01-29", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Predator" in done.stdout


def test_a_text_of_which_one_part_is_bad_is_not_stored_by_halves(folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    assert run_here(folder, "read", "seed.txt", "empty.txt").returncode == 1
    assert shape(folder, "facts") == []


def test_a_new_topic_is_a_file_and_a_section(folder: Path) -> None:
    prompts = folder / "prompts"
    source = Path(__file__).parent.parent / "prompts"
    (prompts / "topics").mkdir(parents=True)
    for path in [*source.glob("*.md"), *source.glob("topics/*.md")]:
        (prompts / path.relative_to(source)).write_bytes(path.read_bytes())
    (prompts / "topics" / "energy.md").write_text(
        "---\ntitle: Energy\norder: 15\nvocabulary:\n  en: [gas, oil, pipeline*]\n---\nFuels.\n"
    )
    (folder / "gas.txt").write_text(
        "date 2025-01-28\n\nNorway will build a gas pipeline to Poland for 2 billion euros."
    )
    env = {"PROMPTS_DIR": str(prompts)}
    assert run_here(folder, "read", "gas.txt", **env).returncode == 0
    done = run_here(folder, "brief", "--as-of", "2025-01-29", "--json", **env)
    sections = json.loads(done.stdout)["sections"]
    assert [section["tag"] for section in sections] == ["defence", "energy", "trade", "visits"]
    assert "pipeline" in sections[1]["items"][0]["text"]
    text = run_here(folder, "brief", "--as-of", "2025-01-29", **env).stdout
    assert "Energy" in text


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_a_brief_has_every_form(known: Path, form: str) -> None:
    done = run_here(known, "brief", "--as-of", "2025-01-29", "--format", form)
    assert done.returncode == 0
    assert "Predator" in done.stdout
