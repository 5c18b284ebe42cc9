"""The names of accounts in the list that managers sign, sealed: `keys.json` lies there for everybody to read."""

import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


def sealed(shelter: str, user: int, name: str, database: bytes) -> str:
    """The name for the list, which whoever opens the database reads."""
    nonce = os.urandom(_NONCE)
    return (nonce + _box(database).encrypt(nonce, name.strip().encode(), _told(shelter, user))).hex()


def opened(shelter: str, user: int, told: str, database: bytes) -> str:
    """The name as it was signed, empty where none was, or under another key."""
    try:
        raw = bytes.fromhex(told)
        return _box(database).decrypt(raw[:_NONCE], raw[_NONCE:], _told(shelter, user)).decode()
    except (InvalidTag, ValueError):
        return ""


def _box(database: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"shelter-desk names of accounts").derive(database))


def _told(shelter: str, user: int) -> bytes:
    return json.dumps([shelter, user]).encode()
