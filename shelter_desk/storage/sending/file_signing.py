"""The key that signs files which leave: kept in the settings, under what managers alone hold (decision 014)."""

import secrets
from contextlib import suppress

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection

from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.sealing import KEY, Sealer
from shelter_desk.storage.keys import pairs

SEED = "file_signing_seed"
_ROW = 1  # the private key of the box has the place before


def is_made(connection: Connection) -> bool:
    """Whether this shelter has its key yet."""
    return SEED in settings.read(connection)


def make(connection: Connection, management: bytes) -> None:
    """Give the shelter its key; one that is there stays."""
    if not is_made(connection):
        _keep(connection, management, secrets.token_bytes(KEY))


def seed(connection: Connection, management: bytes) -> bytes:
    """What signs. Raises Damaged where it was altered."""
    wrapped = settings.read(connection)[SEED]
    try:
        return _sealer(management).unwrap("settings", _ROW, bytes.fromhex(wrapped))
    except ValueError as error:
        raise settings.damaged(SEED) from error


def public_of(made: bytes) -> str:
    """The public half, as it is printed and typed."""
    return pairs.public_of(made).hex()


def signature(made: bytes, told: bytes) -> str:
    """What only the owner of the seed can make."""
    return pairs.signature(made, told).hex()


def verifies(public: str, signed: str, told: bytes) -> bool:
    """Whether the owner of that key signed it; False for nonsense in the place of either."""
    try:
        return pairs.verifies(bytes.fromhex(public), bytes.fromhex(signed), told)
    except ValueError:
        return False


def change_key(connection: Connection, old: bytes, new: bytes) -> None:
    """Wrap it anew: partners go on with the key that they were given. One that was altered stays as it is."""
    if is_made(connection):
        with suppress(Damaged):
            _keep(connection, new, seed(connection, old))


def _keep(connection: Connection, management: bytes, made: bytes) -> None:
    settings.write(connection, {SEED: _sealer(management).wrap("settings", _ROW, made).hex()})


def _sealer(management: bytes) -> Sealer:
    return Sealer(HKDF(SHA256(), KEY, salt=None, info=b"shelter-desk files").derive(management))
