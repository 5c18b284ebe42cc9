"""Replaces a file so that a power cut leaves the old one or the new one, never a piece."""

import contextlib
import os
import tempfile
from pathlib import Path

from shelter_desk.domain.disk import named


def replace_atomically(path: Path, content: bytes) -> None:
    """Put the content in place of the file, and on the disk.

    Raises DiskFull, ReadOnly; the old file is untouched then.
    """
    try:
        _replace(path, content)
    except OSError as error:
        raise named(error, str(path)) from error


def _replace(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    _keep_entry(path.parent)


def _keep_entry(folder: Path) -> None:
    """Bring the new name of the file to the disk, where folders can be opened (not on Windows)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
