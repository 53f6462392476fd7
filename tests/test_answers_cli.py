"""``briefing-bot answers``: the review list in the terminal and as JSON."""

import json
from pathlib import Path

import pytest
from asking_samples import ALICE, DRONES, HERE, NOW, open_desk
from command_line import run_here


@pytest.fixture
async def folder(seeded_folder: Path, tmp_path: Path) -> Path:
    async with open_desk(seeded_folder, tmp_path / "data") as desk:
        reply = await desk.ask(HERE, DRONES, now=NOW, origin=ALICE)
        await desk.vote(
            HERE, reply.key, member="discord:43", is_good=False, reason="Too old", now=NOW
        )
    return tmp_path


def test_what_members_think_is_listed_for_people_and_for_programs(folder: Path) -> None:
    shown = run_here(folder, "answers")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert DRONES in shown.stdout
    assert "not helpful, discord:43: Too old" in shown.stdout
    (review,) = json.loads(run_here(folder, "answers", "--json").stdout)
    assert (review["question"], review["member"]) == (DRONES, "discord:42")
    assert [vote["reason"] for vote in review["votes"]] == ["Too old"]


def test_another_server_has_a_list_of_its_own(folder: Path) -> None:
    shown = run_here(folder, "answers", "--workspace", "discord:2")
    assert shown.stdout.strip() == "No answer was voted on yet."
    assert (
        json.loads(run_here(folder, "answers", "--workspace", "discord:2", "--json").stdout) == []
    )


def test_a_question_at_the_command_line_is_not_kept(folder: Path) -> None:
    done = run_here(folder, "ask", DRONES, "--as-of", "2025-02-16", "--json")
    assert json.loads(done.stdout)["answered"]
    assert set(json.loads(done.stdout)) == {
        "answered", "answer", "citations", "as_of", "engine", "question", "searched", "note",
    }  # fmt: skip
