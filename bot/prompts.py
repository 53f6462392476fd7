"""Markdown under prompts/ → checked settings and texts; what is wrong is refused at load."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import frontmatter
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from yaml import YAMLError

from bot.errors import PromptError


class FrontMatter(BaseModel):
    """Front matter of a file under prompts/: every setting is known and of its type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PromptSettings(FrontMatter):
    """How the model is asked. Without a temperature the model's own default applies."""

    max_output_tokens: int = Field(ge=256, le=100_000)
    temperature: float | None = Field(default=None, ge=0, le=2)


@dataclass(frozen=True, slots=True)
class Prompt:
    """Instructions for one task. ``version`` changes with any byte of the file."""

    name: str
    version: str
    system: str
    settings: PromptSettings

    def render(self, values: Mapping[str, str]) -> str:
        """The system text with each ``$name`` replaced once; values are never read again."""
        return _PLACEHOLDER.sub(lambda found: values[found["name"]], self.system)


@dataclass(frozen=True, slots=True)
class Prompts:
    """The instructions of the two tasks that a model is given."""

    extract: Prompt
    answer: Prompt


_PLACEHOLDER = re.compile(r"\$(?P<name>[A-Za-z_]\w*)")
_PLACEHOLDERS = {"extract": frozenset({"topics", "schema"}), "answer": frozenset({"schema"})}
_FrontMatter = TypeVar("_FrontMatter", bound=FrontMatter)


def load_prompts(folder: Path) -> Prompts:
    """Read ``extract.md`` and ``answer.md``.

    Raises:
        PromptError: a file is missing, a setting or a placeholder is unknown or missing.
    """
    return Prompts(extract=_load_prompt(folder, "extract"), answer=_load_prompt(folder, "answer"))


def load_page(path: Path, settings: type[_FrontMatter]) -> tuple[_FrontMatter, str]:
    """Read a Markdown file: its checked front matter and its body, in NFC.

    Raises:
        PromptError: unreadable, a setting unknown, missing or of a wrong type, no body.
    """
    text = _read(path)
    try:
        values, body = frontmatter.parse(text)
    except YAMLError as error:
        problem = getattr(error, "problem", None) or "not YAML"
        raise PromptError(f"{path}: the settings between --- can't be read: {problem}") from error
    try:
        checked = settings.model_validate(values)
    except ValidationError as error:
        raise PromptError(f"{path}: {_explain(error)}") from error
    if not body.strip():
        raise PromptError(f"{path}: there is no text below the settings; write it")
    return checked, body.strip()


def _load_prompt(folder: Path, name: str) -> Prompt:
    path = folder / f"{name}.md"
    settings, system = load_page(path, PromptSettings)
    found = {match["name"] for match in _PLACEHOLDER.finditer(system)}
    for wrong in sorted(found - _PLACEHOLDERS[name]):
        raise PromptError(f"{path}: ${wrong} stands for nothing; remove it or correct it")
    for missing in sorted(_PLACEHOLDERS[name] - found):
        raise PromptError(f"{path}: ${missing} is missing; put it where its text belongs")
    return Prompt(name, _hash(_read(path)), system, settings)


def _read(path: Path) -> str:
    try:
        return unicodedata.normalize("NFC", path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(
            f"{path}: can't be read as UTF-8 text ({type(error).__name__})"
        ) from error


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def _explain(error: ValidationError) -> str:
    words = {"missing": "is missing", "extra_forbidden": "is not a setting"}
    return "; ".join(
        f"setting {'.'.join(str(step) for step in problem['loc'])!r} "
        + words.get(problem["type"], f"is wrong: {problem['msg']}")
        for problem in error.errors(include_url=False, include_input=False)
    )
