"""Files with persons in them leave closed: with a password that the program makes and nobody types."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shelter_desk.domain import held_files
from shelter_desk.domain.residents.residents import ALPHABET
from shelter_desk.operations.vault import output_paths

GROUPS, LETTERS = 4, 4  # 79 bits


def new_password() -> str:
    """Four groups of four signs that are not taken for each other, as codes are written."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))


def save(path: Path, content: bytes, password: str) -> None:
    """Write the workbook closed with that password; it lies nowhere in clear. Raises DiskFull, ReadOnly."""
    from shelter_desk.excel import encrypting, saving

    saving.save(path, encrypting.encrypted(content, password))


@contextmanager
def gone_unless_kept(path: Path) -> Iterator[None]:
    """Around what keeps that a file left: where it fails the file goes, since nobody would know of it."""
    try:
        yield
    except BaseException:
        held_files.remove(path, missing_ok=True)
        raise


def save_pdf(path: Path, content: bytes, password: str) -> None:
    """The same of a PDF. Raises WouldOverwrite, DiskFull, ReadOnly."""
    output_paths.check(path)
    from shelter_desk.excel import encrypting, saving

    saving.save(path, encrypting.encrypted_pdf(content, password))
