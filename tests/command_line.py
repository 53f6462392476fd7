"""``briefing-bot`` with nothing of ours in its environment: in this process, or in its own."""

import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from bot.__main__ import main

Done = subprocess.CompletedProcess[str]


def run_here(folder: Path, *words: str, **env: str) -> Done:
    """Run it in that folder in this process, which spares the seconds that a start takes."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    code: object = 0
    with (
        chdir(folder),
        mock.patch.dict(os.environ, _environment(folder, env), clear=True),
        mock.patch.object(sys, "argv", ["briefing-bot", *words]),
        mock.patch.object(sys, "stdin", io.StringIO()),
        redirect_stdout(out),
        redirect_stderr(err),
        _logging_as_it_was(),
    ):
        try:
            main()
        except SystemExit as left:
            code = left.code or 0
    assert isinstance(code, int)
    return Done(words, code, _read(out), _read(err))


def run_apart(folder: Path, *words: str, **env: str) -> Done:
    """Run it in that folder as a process of its own, as a user does."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=_environment(folder, env),
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    return Done(words, done.returncode, done.stdout.decode(), done.stderr.decode())


def _environment(folder: Path, more: dict[str, str]) -> dict[str, str]:
    # A terminal in which the tests run may be wider.
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "COLUMNS": "80", **more}


def _read(stream: io.TextIOWrapper) -> str:
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()


@contextmanager
def _logging_as_it_was() -> Iterator[None]:
    root, ours = logging.getLogger(), logging.getLogger("bot")
    handlers, levels, raises = root.handlers[:], (root.level, ours.level), logging.raiseExceptions
    try:
        yield
    finally:
        root.handlers[:], logging.raiseExceptions = handlers, raises
        root.setLevel(levels[0])
        ours.setLevel(levels[1])
