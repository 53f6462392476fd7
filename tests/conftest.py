"""What all tests share: golden files, rewritten with ``--update-golden``, and the seeds."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest
from fakes.embedder import find_remembering
from fakes.forks import fork_worker
from hypothesis import settings
from stage_samples import load_readings, settings_for

from bot.app import open_tools
from bot.commands import BotCommands
from bot.jobs.gather import extract_new, read
from bot.workers import outside

# How long an example takes says more of the machine than of us.
settings.register_profile("ours", settings(), max_examples=50, deadline=None)
settings.load_profile("ours")

_GOLDEN = Path(__file__).parent / "golden"
_START = outside._start_process


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare text with the file of that name under ``tests/golden``."""

    def compare(name: str, text: str) -> None:
        path = _GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def seeded_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose database has read the seeds in the workspace ``console``."""
    folder = tmp_path_factory.mktemp("seeded")

    async def fill() -> None:
        async with open_tools(settings_for(folder)) as tools:
            await read(tools, "console", load_readings())
            await extract_new(tools)

    asyncio.run(fill())
    return folder


@pytest.fixture
async def seeded(seeded_folder: Path, tmp_path: Path) -> AsyncIterator[BotCommands]:
    """The commands on a copy of the seeded database."""
    shutil.copytree(seeded_folder, tmp_path, dirs_exist_ok=True)
    async with open_tools(settings_for(tmp_path)) as tools:
        yield BotCommands(tools)


@pytest.fixture(scope="session", autouse=True)
def quick_starts() -> Iterator[None]:
    """Workers are forked; ``real_starts`` is for tests of what starting them does."""
    with mock.patch.object(outside, "_start_process", fork_worker):
        yield


@pytest.fixture(scope="session", autouse=True)
def shared_vectors() -> Iterator[None]:
    """What was embedded once in this session is not embedded again."""
    with mock.patch("bot.embed.find_embedder", find_remembering):
        yield


@pytest.fixture
def real_starts() -> Iterator[None]:
    """Workers are started as the program starts them."""
    with mock.patch.object(outside, "_start_process", _START):
        yield


@pytest.fixture(autouse=True)
def log_levels() -> Iterator[None]:
    """The level of our loggers as it was: a command that ran in this process may have set it."""
    ours = logging.getLogger("bot")
    level = ours.level
    yield
    ours.setLevel(level)
