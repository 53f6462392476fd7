"""bytes → a file that a person named, whole or not at all."""

import os
import tempfile
from pathlib import Path

from bot.errors import InputError


def save_file(file: str, content: bytes) -> None:
    """Write the file.

    Raises:
        InputError: it can't be written there.
    """
    path = check_place(file)
    try:
        _write_whole(path, content)
    except OSError as error:
        raise InputError(f"{file} can't be written: {error.strerror}") from error


def check_place(file: str) -> Path:
    """Where the file will be; a link is followed, so that what it leads to is written.

    Raises:
        InputError: no file can be there.
    """
    try:
        path = Path(file).resolve()
        is_folder, is_odd = path.is_dir(), path.exists() and not path.is_file()
    except (OSError, RuntimeError) as error:  # a name too long; links that lead in a circle
        raise InputError(f"{file[:80]} can't be written: that is no name for a file") from error
    if is_folder:
        raise InputError(f"{file} is a folder: give the name of a file, such as visits.ics")
    if is_odd:
        raise InputError(f"{file} is no ordinary file: give another name, or - for the output")
    if not path.parent.is_dir():
        raise InputError(f"The folder {path.parent} does not exist: make it first")
    return path


def _write_whole(path: Path, content: bytes) -> None:
    """All of it or nothing: who reads meanwhile, or a crash, never meets half a file."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:50]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as made:
            made.write(content)
            made.flush()
            os.fchmod(made.fileno(), mode)
            os.fsync(made.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
