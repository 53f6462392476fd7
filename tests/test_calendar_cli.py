"""``visits --ics`` and ``calendar`` as a user meets them."""

import shutil
import stat
from pathlib import Path

import icalendar
import pytest
from command_line import Done, run_apart, run_here

SEED = """\
date 2025-01-28

Anna Berg, Norway's prime minister, will visit Tokyo on 14 April 2025, the foreign ministry said.
"""


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose text was read."""
    folder = tmp_path_factory.mktemp("known")
    (folder / "seed.txt").write_text(SEED, "utf-8")
    assert run_here(folder, "read", "seed.txt").returncode == 0
    return folder


@pytest.fixture
def folder(known: Path, tmp_path: Path) -> Path:
    return shutil.copytree(known, tmp_path, dirs_exist_ok=True)


def ics(folder: Path, file: str, *words: str) -> Done:
    return run_here(folder, "visits", "--as-of", "2025-01-29", "--ics", file, *words)


def count(file: bytes) -> int:
    return len(icalendar.Calendar.from_ical(file).events)


def test_visits_become_a_file_and_the_same_bytes_on_standard_output(folder: Path) -> None:
    done = ics(folder, "visits.ics")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "1 event written to visits.ics\n"
    file = (folder / "visits.ics").read_bytes()
    assert count(file) == 1
    piped = run_apart(folder, "visits", "--as-of", "2025-01-29", "--ics", "-")
    assert piped.stdout.encode() == file
    assert stat.S_IMODE((folder / "visits.ics").stat().st_mode) == 0o644
    assert sorted(path.name for path in folder.iterdir()) == ["data", "seed.txt", "visits.ics"]


def test_a_file_that_stands_is_replaced_whole_and_keeps_its_rights(folder: Path) -> None:
    target = folder / "shared.ics"
    target.write_text("old")
    target.chmod(0o640)
    (folder / "link.ics").symlink_to(target)
    assert ics(folder, "link.ics").returncode == 0
    assert (folder / "link.ics").is_symlink()
    assert count(target.read_bytes()) == 1
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("missing/visits.ics", "missing does not exist"),
        (".", "is a folder"),
        ("x" * 300, "no name for a file"),
        ("seed.txt/visits.ics", "does not exist"),
    ],
)
def test_a_place_where_no_file_can_be_is_refused_in_one_line(
    folder: Path, file: str, says: str
) -> None:
    done = ics(folder, file)
    assert (done.returncode, done.stdout) == (1, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_coarse_without_a_file_is_wrong_usage(folder: Path) -> None:
    done = run_here(folder, "visits", "--coarse")
    assert done.returncode == 2
    assert "--ics" in done.stderr
    assert ics(folder, "-", "--coarse").returncode == 0


def test_the_link_of_the_calendar_is_printed_where_it_is_set_up(folder: Path) -> None:
    refused = run_here(folder, "calendar")
    assert refused.returncode == 1
    assert "METRICS_PORT and PUBLIC_URL" in refused.stderr
    env = {"METRICS_PORT": "8080", "PUBLIC_URL": "https://briefs.example.org/"}
    first, again = (run_here(folder, "calendar", **env).stdout for _ in range(2))
    assert first.startswith("https://briefs.example.org/calendar/")
    assert first == again
    assert run_here(folder, "calendar", "--new", **env).stdout != first
