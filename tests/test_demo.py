"""The demo: the whole product on its own articles, with no key and no network."""

from pathlib import Path

import pytest
from command_line import Done, run_apart


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def shown(folder: Path) -> Done:
    """What the demo prints where the environment names a model, which is not there."""
    return run_apart(folder, "demo", OPENAI_BASE_URL="http://127.0.0.1:9/v1", POLL_MINUTES="1")


def test_it_asks_no_model_whatever_the_environment_says(shown: Done) -> None:
    assert (shown.returncode, shown.stderr) == (0, "")


def test_it_tells_the_first_story_from_plan_to_end(shown: Done, folder: Path) -> None:
    for words in ("Defence", "Trade", "Upcoming visits", "$4 billion", "$500 billion"):
        assert words in shown.stdout, words
    assert shown.stdout.index("planned") < shown.stdout.rindex("completed")
    assert "\x1b" not in shown.stdout
    assert not (folder / "data").exists()


def test_its_brief_is_the_one_in_the_readme(shown: Done) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    _, _, rest = readme.partition("<!-- demo -->\n```text\n")
    told, _, after = rest.partition("\n```\n<!-- /demo -->")
    assert told
    assert after
    assert told in shown.stdout
