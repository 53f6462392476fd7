"""Prompts: the real ones load, and what an editor gets wrong is refused with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import PromptError
from bot.prompts import Prompts, load_prompts

REAL = Path(__file__).parents[1] / "prompts"
HEAD = "---\nmax_output_tokens: 1000\n---\n"


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Prompts]:
    """Loads a folder with these two files; the other tests change one of them."""

    def load_with(
        extract: str | bytes = f"{HEAD}Topics: $topics Schema: $schema",
        answer: str | bytes = f"{HEAD}Schema: $schema",
    ) -> Prompts:
        for name, text in (("extract", extract), ("answer", answer)):
            data = text.encode() if isinstance(text, str) else text
            (tmp_path / f"{name}.md").write_bytes(data)
        return load_prompts(tmp_path)

    return load_with


def test_the_real_prompts_load() -> None:
    prompts = load_prompts(REAL)
    assert prompts.extract.name == "extract"
    assert prompts.answer.name == "answer"
    assert "$topics" in prompts.extract.system
    assert prompts.extract.version != prompts.answer.version
    assert prompts == load_prompts(REAL)


def test_a_changed_byte_is_a_new_version(load: Callable[..., Prompts]) -> None:
    before = load()
    after = load(extract=f"{HEAD}Topics:  $topics Schema: $schema")
    assert before.extract.version != after.extract.version
    assert before.answer.version == after.answer.version
    assert load(answer=HEAD.replace("1000", "2000") + "Schema: $schema").answer.version != (
        before.answer.version
    )


def test_settings_are_read(load: Callable[..., Prompts]) -> None:
    head = "---\nmax_output_tokens: 512\ntemperature: 0.2\n---\n"
    settings = load(answer=f"{head}$schema").answer.settings
    assert settings.max_output_tokens == 512
    assert settings.temperature == 0.2
    assert load().answer.settings.temperature is None


def test_a_value_is_put_in_once_and_never_read_again(load: Callable[..., Prompts]) -> None:
    prompt = load(extract=f"{HEAD}$topics, $schema, $topics; $4bn {{schema}}").extract
    values = {"topics": "about $schema", "schema": "\\1 $topics"}
    assert prompt.render(values) == ("about $schema, \\1 $topics, about $schema; $4bn {schema}")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{HEAD}$schema $topics", "$topics stands for nothing"),
        (f"{HEAD}$schema $Schema", "$Schema stands for nothing"),
        (f"{HEAD}Nothing.", "$schema is missing"),
        (f"{HEAD}\n \n", "no text below"),
        ("$schema", "'max_output_tokens' is missing"),
        ("", "'max_output_tokens' is missing"),
        ("---\nmax_output_tokens: 1000\ntone: warm\n---\n$schema", "'tone' is not a setting"),
        ("---\nmax_output_tokens: many\n---\n$schema", "'max_output_tokens' is wrong"),
        ("---\nmax_output_tokens: '1000'\n---\n$schema", "'max_output_tokens' is wrong"),
        ("---\nmax_output_tokens: 1\n---\n$schema", "'max_output_tokens' is wrong"),
        ("---\nmax_output_tokens: 1000\ntemperature: 9\n---\n$schema", "'temperature' is wrong"),
        ("---\nmax_output_tokens: [1\n---\n$schema", "can't be read"),
        (b"\xff\xfe$\x00s\x00", "UTF-8"),
    ],
)
def test_a_wrong_prompt_is_refused_with_its_file_and_what_is_wrong(
    load: Callable[..., Prompts], text: str | bytes, words: str
) -> None:
    with pytest.raises(PromptError) as caught:
        load(answer=text)
    assert "answer.md" in str(caught.value)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_prompt_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match=r"extract\.md"):
        load_prompts(tmp_path)


def test_a_byte_order_mark_and_windows_newlines_do_no_harm(load: Callable[..., Prompts]) -> None:
    text = f"\ufeff{HEAD}$schema".replace("\n", "\r\n")
    assert load(answer=text).answer.system == "$schema"
