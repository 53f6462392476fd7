"""The README says what is so."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_brief_in_the_readme_is_what_the_demo_prints(tmp_path: Path) -> None:
    shown = re.search(r"<!-- demo -->\n```text\n(.*?)\n```\n<!-- /demo -->", README, re.DOTALL)
    assert shown
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo"], cwd=tmp_path, capture_output=True, text=True
    )
    assert shown.group(1) in done.stdout


def test_every_file_and_folder_that_the_readme_names_is_there() -> None:
    links = re.findall(r"\]\(([\w/.]+)\)", README)
    named = re.findall(r"`((?:bot|prompts|docs|tests|seeds)/[\w/.]*)`", README)
    for path in (*links, *named):
        if path != "prompts/topics/energy.md":
            assert (ROOT / path).exists(), path


def test_every_setting_of_the_example_is_one_that_is_read() -> None:
    from bot.config import Settings

    example = (ROOT / ".env.example").read_text("utf-8")
    names = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    assert names == {name.upper() for name in Settings.model_fields}
