"""``visits`` with what is asked for, as a user types it."""

import json
from pathlib import Path

import pytest
from command_line import run_here

SEED = """\
date 2025-01-28

Anna Berg, Norway's prime minister, will visit Tokyo on 14 April 2025, the foreign ministry said.

Emmanuel Macron, France's president, plans to visit India in the third quarter of 2025.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("visits")
    (folder / "seed.txt").write_text(SEED, "utf-8")
    assert run_here(folder, "read", "seed.txt").returncode == 0
    return folder


def found(folder: Path, *words: str) -> list[str]:
    done = run_here(folder, "visits", "--as-of", "2025-02-01", "--json", *words)
    assert done.returncode == 0, done.stderr
    return [visit["visitor"] for visit in json.loads(done.stdout)]


@pytest.mark.parametrize(
    ("words", "visitors"),
    [
        ([], ["Anna Berg", "Emmanuel Macron"]),
        (["--country", "Japon"], ["Anna Berg"]),
        (["--person", "macron", "--when", "2025-Q3"], ["Emmanuel Macron"]),
        (["--status", "confirmed", "--when", "april"], ["Anna Berg"]),
        (["--when", "past"], []),
    ],
)
def test_the_visits_that_fit_are_listed(
    folder: Path, words: list[str], visitors: list[str]
) -> None:
    assert found(folder, *words) == visitors


@pytest.mark.parametrize("option", ["--when", "--status"])
def test_what_can_not_be_understood_is_told_in_one_line(folder: Path, option: str) -> None:
    done = run_here(folder, "visits", option, "whenever")
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "whenever" in done.stderr


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--country", "Japan"], "--country"),
        (["--json"], "--json"),
        (["--history"], "--history"),
        (["--picture", "visits.png"], "--picture"),
        (["--json", "--when", "april"], "--when, --json"),
    ],
)
def test_a_calendar_file_is_of_all_visits_and_goes_with_nothing_else(
    folder: Path, words: list[str], named: str
) -> None:
    done = run_here(folder, "visits", "--ics", "visits.ics", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"--ics FILE holds every visit: leave out {named}" in done.stderr
    assert not list(folder.glob("visits.*"))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--json"], "--json"),
        (["--history"], "--history"),
        (["--json", "--history"], "--history, --json"),
    ],
)
def test_a_picture_goes_with_no_other_form(folder: Path, words: list[str], named: str) -> None:
    done = run_here(folder, "visits", "--picture", "visits.png", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"--picture FILE draws the visits: leave out {named}" in done.stderr
    assert not list(folder.glob("visits.*"))
