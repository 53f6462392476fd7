"""environment and .env → Settings: read once, every problem told at once."""

from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
PACKAGED = Path(__file__).resolve().parent / "data"


def find_folder(name: str) -> Path:
    """A folder shipped with the program: beside ``bot/`` in a checkout, inside it in a wheel."""
    beside = ROOT / name
    return beside if beside.is_dir() else PACKAGED / name


def _trim(value: object) -> object:
    """Take off the blanks and quotes that a value pasted into .env brings along."""
    return value.strip().strip("\"'").strip() if isinstance(value, str) else value


def _split(value: object) -> object:
    """Read a comma-separated value as a set."""
    if not isinstance(value, str):
        return value
    return frozenset(part.strip().lower() for part in value.split(",") if part.strip())


Trimmed = Annotated[str, BeforeValidator(_trim)]
Secret = Annotated[SecretStr, BeforeValidator(_trim)]


class Settings(BaseSettings):
    """Where things are and what is secret; everything an editor may change is elsewhere."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    database_url: Trimmed = ""
    discord_token: Secret = SecretStr("")
    discord_api_url: Trimmed = ""
    discord_gateway_url: Trimmed = ""
    discord_replies: Annotated[bool, BeforeValidator(_trim)] = True
    openai_api_key: Secret = SecretStr("")
    openai_base_url: Trimmed = ""
    openai_model: Trimmed = ""
    prompts_dir: Annotated[Path, BeforeValidator(_trim)] = Field(
        default_factory=lambda: find_folder("prompts")
    )
    starters_file: Annotated[Path, BeforeValidator(_trim)] = Field(
        default_factory=lambda: find_folder("seeds") / "feeds.opml"
    )
    allow_private_hosts: Annotated[frozenset[str], NoDecode, BeforeValidator(_split)] = frozenset()
    user_agent: Trimmed = "briefing-bot/0.1 (feed reader)"
    poll_minutes: int = Field(default=30, ge=5, le=1440)
    questions_per_minute: int = Field(default=3, ge=1)
    questions_per_day: int = Field(default=100, ge=1)
    server_questions_per_day: int = Field(default=1000, ge=1)
    workspace_tokens_per_day: int = Field(default=500_000, ge=0)
    tokens_per_day: int = Field(default=5_000_000, ge=0)
    log_level: Trimmed = "INFO"
    metrics_port: int | None = Field(default=None, ge=1, le=65535)
    metrics_host: Trimmed = "127.0.0.1"
    public_url: Trimmed = ""

    @field_validator("openai_base_url", "discord_api_url", "public_url")
    @classmethod
    def _is_http(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in ("http", "https"):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/")

    @field_validator("public_url")
    @classmethod
    def _is_plain_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (not parts.hostname or parts.username or parts.query or parts.fragment):
            raise ValueError("must be an address alone, like https://briefs.example.org")
        return value

    @field_validator("discord_gateway_url")
    @classmethod
    def _is_websocket(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in ("ws", "wss"):
            raise ValueError("must start with ws:// or wss://")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_known_database(cls, value: str) -> str:
        if value and not value.startswith("sqlite:///"):
            raise ValueError("must start with sqlite:///, or be empty for data/briefing.db")
        return value or "sqlite:///data/briefing.db"

    @field_validator("log_level")
    @classmethod
    def _is_level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("prompts_dir")
    @classmethod
    def _is_folder(cls, value: Path) -> Path:
        if not (value / "topics").is_dir():
            raise ValueError("must be a folder that holds topics/")
        return value

    @property
    def has_model(self) -> bool:
        """Whether a language model is configured; without one the built-in engine works."""
        return bool(self.openai_api_key.get_secret_value() or self.openai_base_url)

    @property
    def calendar_url(self) -> str:
        """Where calendar links start; empty if nothing listens there."""
        return self.public_url if self.metrics_port else ""

    @property
    def secrets(self) -> tuple[str, ...]:
        """Values that must never be shown."""
        values = [self.discord_token.get_secret_value(), self.openai_api_key.get_secret_value()]
        for url in (self.openai_base_url, self.database_url):
            values.append(unquote(urlsplit(url).password or ""))
        return tuple(value for value in values if value)


def load_settings() -> Settings:
    """Read the environment and ``.env`` of the current folder.

    Raises:
        SettingsError: one line that names every wrong setting.
    """
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc']).upper()} "
            f"{problem['msg'].removeprefix('Value error, ')}"
            for problem in error.errors(include_input=False, include_url=False)
        )
        raise SettingsError(f"Settings to correct in .env or the environment: {problems}") from None
    except (OSError, UnicodeDecodeError) as error:
        problem = type(error).__name__
        raise SettingsError(f".env can't be read ({problem}): save it as UTF-8") from None


def load_demo_settings(database_url: str) -> Settings:
    """Settings that no environment changes: no key, no model, a database of its own."""
    return Settings.model_construct(
        database_url=database_url, prompts_dir=find_folder("prompts"), log_level="WARNING"
    )
