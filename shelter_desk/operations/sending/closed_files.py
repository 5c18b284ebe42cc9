"""Files with persons in them leave closed: with a password that the program makes and nobody types."""

import secrets
from pathlib import Path

from shelter_desk.domain.residents.residents import ALPHABET
from shelter_desk.operations.vault import output_paths

GROUPS, LETTERS = 4, 4  # 79 bits


def new_password() -> str:
    """Four groups of four signs that are not taken for each other, as codes are written."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))


def closed(content: bytes, password: str) -> bytes:
    """The workbook closed with that password; it lies nowhere in clear."""
    from shelter_desk.excel import encrypting

    return encrypting.encrypted(content, password)


def save_pdf(path: Path, content: bytes, password: str) -> None:
    """Write a PDF closed with that password. Raises WouldOverwrite, DiskFull, ReadOnly."""
    output_paths.check(path)
    from shelter_desk.excel import encrypting, saving

    saving.save(path, encrypting.encrypted_pdf(content, password))
