"""Seals single values of the database under a key of their own, each bound to its row and column."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shelter_desk.domain.errors import Damaged

NONCE = 12
BLOCK = 32  # values are filled up to a multiple, so that the length of a name does not show


class Sealer:
    """Seals and opens with one key: names with the identity key, narratives with the protection key."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, table: str, column: str, row_id: int, value: str) -> bytes:
        """The value as it is stored; an empty one is stored empty."""
        if not value:
            return b""
        nonce = os.urandom(NONCE)
        plain = value.encode() + b"\x80"
        filled = plain.ljust(-(-len(plain) // BLOCK) * BLOCK, b"\0")
        return nonce + self._cipher.encrypt(nonce, filled, _place(table, column, row_id))

    def unseal(self, table: str, column: str, row_id: int, sealed: bytes) -> str:
        """The value that was sealed.

        Raises Damaged("database") when it was altered, comes from another row or column, or has another key.
        """
        if not sealed:
            return ""
        try:
            filled = self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _place(table, column, row_id))
        except (InvalidTag, ValueError) as error:
            raise Damaged("database", f"{table}.{column}.{row_id}") from error
        return filled.rstrip(b"\0")[:-1].decode()


def _place(table: str, column: str, row_id: int) -> bytes:
    return f"{table}\0{column}\0{row_id}".encode()
