"""Seals single values of the database, each bound to its row and column, under a key of their row.

The key of a row is wrapped with the identity key. Once it is gone, what was sealed with it is gone wherever it still
lies: in the journal, in an old page of the file.

A box takes what somebody may write and not read again: sealed with its public key, opened with the private one.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shelter_desk.domain.residents.residents import FOR_A_REASON, Reason
from shelter_desk.storage.file.column_values import damaged

_ALTERED = (InvalidTag, ValueError, TypeError)  # the column may hold a number or a text as well
NONCE = 12
KEY = 32
BOXED = KEY + NONCE + KEY + 16  # bytes of a key in a box: the one used once, and the tag
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
        except _ALTERED as error:
            raise damaged(table, "seal", row_id) from error

    def of_row(self, table: str, row_id: int, wrapped: bytes | None) -> "Sealer":
        """What seals and opens the values of that row; in files before version 0004 rows have no key of their own.

        Raises Damaged as `unwrap`, also for an empty one: a row never has that unless somebody put it there.
        """
        return self if wrapped is None else Sealer(self.unwrap(table, row_id, wrapped))

    def seal(self, table: str, column: str, row_id: int, value: str) -> bytes:
        """The value as it is stored; an empty one is stored empty."""
        if not value:
            return b""
        return self.seal_bytes(table, column, row_id, _filled(value))

    def unseal(self, table: str, column: str, row_id: int, sealed: bytes, why: Reason | None = None) -> str:
        """The value that was sealed. why: due for some columns (`FOR_A_REASON`).

        Raises Damaged("database") when it was altered, comes from another row or column, or has another key.
        """
        if not sealed:
            return ""
        try:
            return _emptied(self.unseal_bytes(table, column, row_id, sealed, why))
        except ValueError as error:  # whoever has the key can seal what is no text
            raise damaged(table, column, row_id) from error

    def seal_bytes(self, table: str, column: str, row_id: int, content: bytes) -> bytes:
        """The content of a file as it is stored; unlike a value it is not filled up, its length shows."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, content, _place(table, column, row_id))

    def unseal_bytes(self, table: str, column: str, row_id: int, sealed: bytes, why: Reason | None = None) -> bytes:
        """The content that was sealed, byte for byte. Raises Damaged("database") as `unseal` does."""
        if why is None and (table, column) in FOR_A_REASON:
            raise RuntimeError(f"{table}.{column} is opened for a reason")
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _place(table, column, row_id))
        except _ALTERED as error:
            raise damaged(table, column, row_id) from error

    def handed_to(self, taker: "Sealer", table: str, column: str, row_id: int, sealed: bytes) -> bytes:
        """What was sealed, as `taker` seals it in the same place; what it says is told to nobody. Raises Damaged."""
        try:
            content = self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _place(table, column, row_id))
        except _ALTERED as error:
            raise damaged(table, column, row_id) from error
        return taker.seal_bytes(table, column, row_id, content)

    def opens(self, table: str, column: str, row_id: int, sealed: bytes) -> bool:
        """Whether it opens; what it says is told to nobody."""
        try:
            self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _place(table, column, row_id))
        except _ALTERED:
            return False
        return True


class Box:
    """Seals with a public key alone: whoever has it can put something in, and not take it out again."""

    def __init__(self, public: bytes) -> None:
        self.public = public

    def seal(self, table: str, column: str, row_id: int, value: str) -> bytes:
        """The value as it is stored, under a key used once; an empty one is stored empty."""
        return self.seal_bytes(table, column, row_id, _filled(value)) if value else b""

    def seal_bytes(self, table: str, column: str, row_id: int, content: bytes) -> bytes:
        """The same for bytes, whose length shows."""
        once = X25519PrivateKey.generate()
        sent = once.public_key().public_bytes_raw()
        shared = once.exchange(X25519PublicKey.from_public_bytes(self.public))
        nonce = os.urandom(NONCE)
        cipher = _box_cipher(shared, sent, self.public)
        return sent + nonce + cipher.encrypt(nonce, content, _place(table, column, row_id))


class OpenBox(Box):
    """The same with its private key: it seals and opens."""

    def __init__(self, private: bytes) -> None:
        self._private = X25519PrivateKey.from_private_bytes(private)
        super().__init__(self._private.public_key().public_bytes_raw())

    def unseal(self, table: str, column: str, row_id: int, sealed: bytes) -> str:
        """The value that was put in. Raises Damaged("database") as `Sealer.unseal`."""
        if not sealed:
            return ""
        try:
            return _emptied(self.unseal_bytes(table, column, row_id, sealed))
        except ValueError as error:  # anybody can put in what is no text
            raise damaged(table, column, row_id) from error

    def unseal_bytes(self, table: str, column: str, row_id: int, sealed: bytes) -> bytes:
        """The bytes that were put in. Raises Damaged("database") as `Sealer.unseal`."""
        try:
            sent, nonce, rest = sealed[:KEY], sealed[KEY : KEY + NONCE], sealed[KEY + NONCE :]
            shared = self._private.exchange(X25519PublicKey.from_public_bytes(sent))
            cipher = _box_cipher(shared, sent, self.public)
            return cipher.decrypt(nonce, rest, _place(table, column, row_id))
        except _ALTERED as error:
            raise damaged(table, column, row_id) from error

    def joined(self, key: bytes) -> Sealer:
        """What seals with that key and the private one together: opened by nobody who has only the one or the other."""
        mine = self._private.private_bytes_raw()
        return Sealer(HKDF(SHA256(), KEY, salt=mine, info=b"shelter-desk readers").derive(key))


def new_key() -> bytes:
    """A key for the values of one row."""
    return os.urandom(KEY)


def new_private() -> bytes:
    """The private key of a new box."""
    return X25519PrivateKey.generate().private_bytes_raw()


def _box_cipher(shared: bytes, sent: bytes, public: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), KEY, salt=sent + public, info=b"shelter-desk box").derive(shared))


def _filled(value: str) -> bytes:
    plain = value.encode() + b"\x80"
    return plain.ljust(-(-len(plain) // BLOCK) * BLOCK, b"\0")


def _emptied(filled: bytes) -> str:
    return filled.rstrip(b"\0")[:-1].decode()


_FORMER = {"document_contents": "documents"}  # whose rows held it before version 0039: what was sealed there opens


def _place(table: str, column: str, row_id: int) -> bytes:
    return f"{_FORMER.get(table, table)}\0{column}\0{row_id}".encode()
