"""The shape of the code: the arrows between modules, and that prompts hold the topics."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_no_module_imports_against_the_arrows() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_starting_and_helping_load_nothing_heavy() -> None:
    heavy = ("discord", "openai", "sqlalchemy", "trafilatura", "feedparser", "aiohttp", "alembic")
    script = (
        "import sys, bot.__main__, bot.cli\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
