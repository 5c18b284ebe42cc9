"""A package of the program as one file: a zip with what it says of itself, its signatures and the installer.

Nothing in it is believed here: `domain.updates` judges what is read.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shelter_desk.domain import held_files
from shelter_desk.domain.updates import UpdatePackage, UpdateRefused

SUFFIX = ".maj"
PACKAGE, SIGNATURES = "package.json", "signatures.json"
_LARGEST = 1 << 16  # bytes of what is no installer
_CHUNK = 1 << 20


def read(path: Path) -> tuple[bytes, dict[str, str]]:
    """What the package says of itself, to the byte, and its signatures by name of the key. Raises UpdateRefused."""
    with _opened(path) as book:
        told, signed = (_small(book, name) for name in (PACKAGE, SIGNATURES))
    try:
        found = json.loads(signed)
    except (ValueError, RecursionError) as error:
        raise UpdateRefused("unreadable", "") from error
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise UpdateRefused("unreadable", "")
    return told, found


def unpack(path: Path, package: UpdatePackage, into: Path) -> Path:
    """Write the installer into that folder, which is new and of this account alone; its path.

    Raises UpdateRefused where it is not the one that was signed: nothing of it is left then.
    """
    into.mkdir(mode=0o700)
    target = into / package.installer
    try:
        _write(path, package, target)
    except BaseException:
        held_files.remove_tree(into)
        raise
    return target


def _write(path: Path, package: UpdatePackage, target: Path) -> None:
    digest, size = hashlib.sha256(), 0
    with _opened(path) as book:
        if package.installer not in book.namelist():
            raise UpdateRefused("altered", package.version)
        opened = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o700)
        with os.fdopen(opened, "wb") as written, book.open(package.installer) as source:
            while size <= package.size and (part := source.read(_CHUNK)):
                size += len(part)
                digest.update(part)
                written.write(part)
    if (size, digest.hexdigest()) != (package.size, package.sha256):
        raise UpdateRefused("altered", package.version)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as book:
            yield book
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise UpdateRefused("unreadable", "") from error


def _small(book: zipfile.ZipFile, name: str) -> bytes:
    try:
        with book.open(name) as source:
            found = source.read(_LARGEST + 1)
    except KeyError as error:
        raise UpdateRefused("unreadable", "") from error
    if len(found) > _LARGEST:
        raise UpdateRefused("unreadable", "")
    return found
