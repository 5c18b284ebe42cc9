"""Seals single values of the database, each bound to its row and column, under a key of their row.

The key of a row is wrapped with the identity key. Once it is gone, what was sealed with it is gone wherever it still
lies: in the journal, in an old page of the file.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shelter_desk.domain.errors import Damaged

NONCE = 12
KEY = 32
BLOCK = 32  # values are filled up to a multiple, so that the length of a name does not show


class Sealer:
    """Seals and opens with one key."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def wrap(self, table: str, row_id: int, key: bytes | None = None) -> bytes:
        """A new key for a row, or one it has, as it is stored."""
        nonce = os.urandom(NONCE)
        wrapped = self._cipher.encrypt(nonce, os.urandom(KEY) if key is None else key, _place(table, "seal", row_id))
        return nonce + wrapped

    def unwrap(self, table: str, row_id: int, wrapped: bytes) -> bytes:
        """The key of a row. Raises Damaged("database") when it was altered, or is another row's."""
        try:
            return self._cipher.decrypt(wrapped[:NONCE], wrapped[NONCE:], _place(table, "seal", row_id))
        except (InvalidTag, ValueError) as error:
            raise Damaged("database", f"{table}.seal.{row_id}") from error

    def of_row(self, table: str, row_id: int, wrapped: bytes | None) -> "Sealer":
        """What seals and opens the values of that row; in files before version 0004 rows have no key of their own."""
        return self if not wrapped else Sealer(self.unwrap(table, row_id, wrapped))

    def seal(self, table: str, column: str, row_id: int, value: str) -> bytes:
        """The value as it is stored; an empty one is stored empty."""
        if not value:
            return b""
        plain = value.encode() + b"\x80"
        filled = plain.ljust(-(-len(plain) // BLOCK) * BLOCK, b"\0")
        return self.seal_bytes(table, column, row_id, filled)

    def unseal(self, table: str, column: str, row_id: int, sealed: bytes) -> str:
        """The value that was sealed.

        Raises Damaged("database") when it was altered, comes from another row or column, or has another key.
        """
        if not sealed:
            return ""
        return self.unseal_bytes(table, column, row_id, sealed).rstrip(b"\0")[:-1].decode()

    def seal_bytes(self, table: str, column: str, row_id: int, content: bytes) -> bytes:
        """The content of a file as it is stored; unlike a value it is not filled up, its length shows."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, content, _place(table, column, row_id))

    def unseal_bytes(self, table: str, column: str, row_id: int, sealed: bytes) -> bytes:
        """The content that was sealed, byte for byte. Raises Damaged("database") as `unseal` does."""
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _place(table, column, row_id))
        except (InvalidTag, ValueError) as error:
            raise Damaged("database", f"{table}.{column}.{row_id}") from error


def _place(table: str, column: str, row_id: int) -> bytes:
    return f"{table}\0{column}\0{row_id}".encode()
