"""The demo's prompt: what is typed is one conversation."""

import io
import sys
from pathlib import Path

import pytest
from asking_samples import DRONES, open_desk

from bot.cli import demo
from bot.jobs.asking import FORGETS, MAX_TURNS


async def type_in(seeded_folder: Path, folder: Path, lines: list[str]) -> None:
    typed = "".join(f"{line}\n" for line in lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO(typed))
        async with open_desk(seeded_folder, folder) as desk:
            await demo.prompt(desk)


async def test_the_prompt_remembers_what_was_asked_and_says_once_when_it_forgets(
    seeded_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await type_in(seeded_folder, tmp_path, [DRONES] * (MAX_TURNS + 3) + ["", DRONES])
    shown = capsys.readouterr().out
    assert " ".join(shown.split()).count(FORGETS) == 1
    assert shown.count("A question") == MAX_TURNS + 3


async def test_a_question_that_says_nothing_gets_one_line_and_the_prompt_goes_on(
    seeded_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await type_in(seeded_folder, tmp_path, ["?", DRONES])
    shown = capsys.readouterr().out
    assert shown.index("Ask with a few words") < shown.index("Sources")
